"""The phase that new photographs are given: before, during, after or evidence, one of them pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from fieldlog.domain.lifecycle import Stage
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry.vocabularies import PHASE
from fieldlog.ui.face import mark
from fieldlog.ui.widgets.parts import row

if TYPE_CHECKING:
    from fieldlog.ui.face import Face

_PHASES: Final = ("BEFORE", "DURING", "AFTER", "EVIDENCE")
_NAME: Final = Phrase("더할 사진의 단계: {phase}", "Phase of the photos to add: {phase}")
_OF_STAGE: Final = {
    Stage.IN_ACTION: "DURING",
    Stage.VERIFYING: "AFTER",
    Stage.NOTIFIED: "AFTER",
    Stage.FOLLOW_UP: "AFTER",
}


class PhaseSwitch(QWidget):
    """Begins with what the stage of the case suggests; the person's choice stays for the case."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for code in _PHASES:
            made = QToolButton()
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            mark(made, toggle=True)
            face.say(made.setText, PHASE.entries[code])
            face.name(made, _NAME.fill(phase=PHASE.entries[code]))
            self._group.addButton(made)
            self._buttons[code] = made
        self.choose("BEFORE")
        self.setLayout(row(*self._buttons.values(), gap=4))

    @property
    def phase(self) -> str:
        """The phase pressed."""
        return next(code for code, made in self._buttons.items() if made.isChecked())

    def choose(self, phase: str) -> None:
        """Press one."""
        self._buttons[phase].setChecked(True)

    def suggest(self, stage: Stage) -> None:
        """Press what fits a stage."""
        self.choose(_OF_STAGE.get(stage, "BEFORE"))
