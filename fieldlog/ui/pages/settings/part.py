"""How the settings are laid out: a heading, and below it labels with what they name at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QToolButton, QWidget

from fieldlog.ui.face import GAP, GROUP_GAP, mark
from fieldlog.ui.widgets.parts import column, framed, row, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.phrase import Phrase
    from fieldlog.ui.face import Face

_LABEL_WIDTH: Final = 136


class Part(QWidget):
    """One group of settings."""

    def __init__(self, face: Face, title: Phrase) -> None:
        super().__init__()
        self.face = face
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GROUP_GAP)
        self._grid.setVerticalSpacing(GAP + 4)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        face.name(self, title)
        self.setLayout(column(words(face, title, "title"), self._grid, gap=GROUP_GAP))

    def add(self, label: Phrase, *controls: QWidget, hint: Phrase | None = None, told: bool = False) -> None:
        """Add a setting with its name; ``hint`` stands below in small type, ``told`` is text to read only."""
        at = self._grid.rowCount()
        named = words(self.face, label, "label")
        if not told:
            named.setMinimumHeight(self.face.target)
        self._grid.addWidget(named, at, 0, Qt.AlignmentFlag.AlignTop)
        beside = len(controls) > 1 or isinstance(controls[0], QPushButton)
        held = column(row(*controls, None) if beside else controls[0], gap=4)
        if hint is not None:
            held.addWidget(words(self.face, hint, "small", wrap=True))
        self._grid.addWidget(framed(held, "clear"), at, 1)

    def span(self, wide: QWidget) -> None:
        """Add something over the whole width."""
        self._grid.addWidget(wide, self._grid.rowCount(), 0, 1, 2)


class Choice(QWidget):
    """A few answers side by side, one of them pressed."""

    chosen = Signal(str)

    def __init__(self, face: Face, name: Phrase, answers: Mapping[str, Phrase]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        face.name(self, name)
        line = row(gap=4)
        for key, label in answers.items():
            made = QToolButton()
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            mark(made, toggle=True)
            face.say(made.setText, label)
            face.name(made, label)
            made.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(made)
            self.buttons[key] = made
            line.addWidget(made)
        line.addStretch(1)
        self.setLayout(line)

    def show_chosen(self, key: str) -> None:
        """Show an answer as the one in force."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)
