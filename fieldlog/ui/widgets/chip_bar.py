"""The filters in force, each a chip that can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import mark
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.parts import button

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from fieldlog.ui.face import Face

_FILTERS: Final = Phrase("적용된 필터", "Filters in force")
_REMOVE: Final = Phrase("{name} 필터 빼기", "Remove filter {name}")
_CLEAR: Final = Phrase("모두 지우기", "Clear all")
_CROSS: Final = 14


class ChipBar(QWidget):
    """Shows filters by key; a click, Delete or Backspace on a chip takes it away."""

    removed = Signal(str)
    cleared = Signal()

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._chips: dict[str, Chip] = {}
        self._flow = Flow(self)
        self._clear = button(face, _CLEAR, self.cleared.emit, kind="quiet")
        self._flow.addWidget(self._clear)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        face.name(self, _FILTERS)
        self.hide()

    def show_filters(self, filters: Mapping[str, Phrase]) -> None:
        """Show these filters, in this order; none hides the bar."""
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = {}
        self._flow.removeWidget(self._clear)
        for key, phrase in filters.items():
            chip = Chip(self._face, phrase, _REMOVE, parent=self)
            chip.removed.connect(lambda key=key: self.removed.emit(key))
            self._chips[key] = chip
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self._clear)
        self._clear.setVisible(len(filters) > 1)
        self.setVisible(bool(filters))
        self.updateGeometry()


class Chip(QToolButton):
    """One thing with a cross; ``remove`` says with its {name} what the cross does."""

    removed = Signal()

    def __init__(self, face: Face, phrase: Phrase, remove: Phrase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIconSize(QSize(_CROSS, _CROSS))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        mark(self, chip=True)
        face.say(self.setText, phrase)
        face.name(self, remove.fill(name=phrase))
        face.say(self.setToolTip, remove.fill(name=phrase))
        face.show_icon(self, "x", "muted")
        self.clicked.connect(self.removed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete takes it away."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
