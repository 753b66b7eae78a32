"""The deadline of a case in one line: when, how much working time is left, and a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.theme import Tone
from fieldlog.ui.widgets.marks import Mark, MarkLabel, Shape, due_mark
from fieldlog.ui.widgets.parts import row, words

if TYPE_CHECKING:
    from fieldlog.domain.traffic_light import Remaining
    from fieldlog.ui.face import Face

_DUE: Final = Phrase("처리기한", "Due")
_DUE_ON: Final = Phrase("처리기한 {when}", "Due {when}")
_NONE: Final = Phrase("기한 없음", "No deadline")


class DueLine(QWidget):
    """처리기한 2026. 3. 18.(수) 18:00 ▲ 3시간 남음 ▬▬."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._when = words(face, plain(""))
        self._mark = MarkLabel(face, Mark(_NONE, Tone.NEUTRAL, Shape.RING))
        self.setLayout(row(words(face, _DUE, "label"), self._when, self._mark, None))
        self.clear()

    def show_due(self, when: Phrase, remaining: Remaining, share: float | None = None) -> None:
        """Show a deadline; ``share`` is the part of the period still left, 0 to 1."""
        self._face.say(self._when.setText, when)
        self._when.show()
        self._mark.show_mark(due_mark(remaining, share))
        self._face.name(self, _DUE_ON.fill(when=when))

    def show_done(self, word: Phrase) -> None:
        """The clock has stopped: say how it ended."""
        self._when.hide()
        self._mark.show_mark(Mark(word, Tone.GOOD, Shape.DISC))

    def clear(self) -> None:
        """There is no deadline."""
        self._when.hide()
        self._mark.show_mark(Mark(_NONE, Tone.NEUTRAL, Shape.RING))
        self._face.name(self, _NONE)
