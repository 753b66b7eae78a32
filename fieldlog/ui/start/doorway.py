"""The small window before the main one: it welcomes, asks for the passphrase, says what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Language, Phrase, plain
from fieldlog.ui.face import GAP, PAGE_MARGIN
from fieldlog.ui.widgets.parts import button, framed, row, scrolled, words
from fieldlog.ui.widgets.text_entry import commit_composition

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from fieldlog.ui.face import Face

_NAME: Final = Phrase("fieldlog 시작", "Starting fieldlog")
_OTHER_LANGUAGE: Final[dict[Language, tuple[Language, Phrase]]] = {
    "ko": ("en", plain("English")),
    "en": ("ko", plain("한국어")),
}
_SIZE: Final = QSize(560, 680)


class Doorway(QWidget):
    """Shows one step at a time; a step is made by who asks for it and thrown away with the next."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.setWindowTitle("fieldlog")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "background")
        face.name(self, _NAME)
        self.resize(_SIZE)
        self.setMinimumSize(QSize(400, 420))
        self._step: QWidget | None = None
        self.language = button(face, _OTHER_LANGUAGE[face.language][1], self._switch_language, kind="quiet")
        brand = words(face, plain("fieldlog"), "label")
        top = row(brand, None, self.language)
        top.setContentsMargins(PAGE_MARGIN, GAP, GAP, 0)
        self._place = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self._place, 1)
        face.wardrobe.dress(self)

    @property
    def step(self) -> QWidget | None:
        """What is shown now."""
        return self._step

    def show_step(self, step: QWidget) -> None:
        """Show a step in place of the one before."""
        old = self._place.currentWidget()
        self._step = step
        holder = QVBoxLayout()
        holder.setContentsMargins(PAGE_MARGIN * 2, PAGE_MARGIN, PAGE_MARGIN * 2, PAGE_MARGIN)
        holder.addWidget(step)
        area = scrolled(framed(holder, "clear"))
        self._place.addWidget(area)
        self._place.setCurrentWidget(area)
        if old is not None:
            self._place.removeWidget(old)
            old.deleteLater()
        if not self.isVisible():
            self.show()
        self.raise_()
        self.activateWindow()
        step.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep what is being composed; there is nothing to lose yet."""
        commit_composition()
        super().closeEvent(event)

    def _switch_language(self) -> None:
        self._face.speak(_OTHER_LANGUAGE[self._face.language][0])
        offered = _OTHER_LANGUAGE[self._face.language][1]
        self._face.say(self.language.setText, offered)
        self._face.name(self.language, offered)
