"""How grave it is, if the person wants to say: five shapes with their words, one or none pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from fieldlog.domain.registry.vocabularies import SEVERITY
from fieldlog.ui.face import mark
from fieldlog.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from fieldlog.ui.face import Face

_GAP: Final = 6


class SeverityRow(QWidget):
    """Pressing the one that is pressed takes it back."""

    chosen = Signal(str)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.buttons: dict[str, QToolButton] = {}
        flow = Flow(self, gap=_GAP)
        for code, label in SEVERITY.entries.items():
            made = QToolButton()
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            mark(made, toggle=True)
            face.say(made.setText, label)
            face.name(made, label)
            made.clicked.connect(lambda pressed, code=code: self._choose(code if pressed else ""))
            flow.addWidget(made)
            self.buttons[code] = made

    def code(self) -> str:
        """The severity chosen; empty leaves it to the category."""
        return next((code for code, made in self.buttons.items() if made.isChecked()), "")

    def show_code(self, code: str) -> None:
        """Show one as chosen, without saying so."""
        for each, made in self.buttons.items():
            made.setChecked(each == code)

    def _choose(self, code: str) -> None:
        self.show_code(code)
        self.chosen.emit(code)
