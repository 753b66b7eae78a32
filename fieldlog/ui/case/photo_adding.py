"""Adding photographs: off the window, cancelled at any moment, every file answered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from fieldlog.domain.clock import monotonic
from fieldlog.domain.effects import Effects
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import photographs
from fieldlog.services.photographs import PhotoAnswer, PhotoSource
from fieldlog.ui.jobs import Long

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fieldlog.domain.errors import Known
    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.case.open_case import OpenCase
    from fieldlog.ui.jobs import Report, Step
    from fieldlog.ui.widgets.busy_bar import BusyBar

_LOOKING: Final = Phrase("사진을 살펴보는 중", "Looking at the pictures")
_ADDING: Final = Phrase("사진을 더하는 중: {file}", "Adding: {file}")
_PASTED: Final = "{at}_붙여넣은 사진.png"
_LOOK_EVERY: Final = 1.0
"""Seconds at least between two looks at what has come in so far."""
_LOOK_SHARE: Final = 4
"""A look at many photographs takes long: this many times as long passes before the next."""
_LOOK_PATIENCE: Final = 30.0
"""Seconds after which a look that never came is asked for again."""


class Basket(Struct):
    """What has been answered so far, and what there is to say of it; it outlives a cancelled run."""

    answers: list[PhotoAnswer] = field(default_factory=list)
    remarks: dict[str, Phrase] = field(default_factory=dict)
    effects: Effects = field(default_factory=Effects)
    told: bool = False


class PhotoAdding(QObject):
    """``answered`` brings the Basket of one round, also of one that was stopped half way."""

    answered = Signal(object)

    def __init__(self, case: OpenCase, busy: BusyBar, parent: QObject) -> None:
        super().__init__(parent)
        self._case, self._busy = case, busy
        self._looked, self._pause = 0.0, _LOOK_EVERY
        self.under_way = 0
        case.shown.connect(self._on_shown)

    def add_files(self, paths: Sequence[Path], phase: str, visit: RecordId | None = None) -> None:
        """Add files and whole folders."""
        self._add(lambda: photographs.files_of(paths), phase, visit)

    def add_pasted(self, data: bytes, phase: str) -> None:
        """Add a picture from the clipboard."""
        at = f"{self._case.context.clock.now():%Y%m%d_%H%M%S}"
        self._add(lambda: [PhotoSource(_PASTED.format(at=at), data=data)], phase, None)

    def _add(self, find: Callable[[], list[PhotoSource]], phase: str, visit: RecordId | None) -> None:
        case = self._case.id
        if case is None:
            return
        basket = Basket()

        def add(workspace: Workspace, report: Report) -> Basket:
            sources = find()
            report(0, len(sources), _LOOKING)
            for answer in photographs.add_photos(workspace, case, sources, phase=phase, visit=visit):
                if (said := remark(answer)) is not None:
                    basket.remarks[str(len(basket.answers))] = said
                basket.answers.append(answer)
                basket.effects |= answer.effects
                report(len(basket.answers), len(sources), _ADDING.fill(file=answer.file))
            return basket

        lanes = self._case.context.lanes
        self.under_way += 1
        long = Long(lanes, add, lane=lanes.pictures).progress(self._on_step)
        long.done(self._on_done).stopped(lambda: self._on_stopped(basket))
        long.failed(lambda error: self._on_failed(error, basket))
        run = long.start(self)
        self._busy.follow(run, _LOOKING)
        run.when_over(partial(self._on_over, basket))

    def _on_step(self, step: Step) -> None:
        self._busy.show_step(step)
        if (now := monotonic()) - self._looked > self._pause:
            self._looked, self._pause = now, _LOOK_PATIENCE
            self._case.reload()

    def _on_shown(self, _view: object) -> None:
        self._pause = max(_LOOK_EVERY, _LOOK_SHARE * (monotonic() - self._looked))

    def _on_done(self, basket: Basket) -> None:
        self._end(basket)

    def _on_stopped(self, basket: Basket) -> None:
        self._case.context.bus.effects_happened.emit(basket.effects, self)
        self._end(basket)

    def _on_failed(self, error: Known, basket: Basket) -> None:
        self._case.context.messages.show(error)
        self._on_stopped(basket)

    def _on_over(self, basket: Basket) -> None:
        """A fault of the program ends it too: what was added until then is there and is shown."""
        if isValid(self) and not basket.told:
            self._on_stopped(basket)

    def _end(self, basket: Basket) -> None:
        basket.told = True
        self.under_way -= 1
        self._busy.finish()
        self.answered.emit(basket)


_COUNTS: Final = {
    "added": Phrase("{n}장 추가", "{n} added"),
    "duplicate": Phrase("{n}장 중복", "{n} duplicates"),
    "refused": Phrase("{n}장 거부", "{n} refused"),
}
_WORDS: Final = {
    "added": Phrase("추가", "added"),
    "duplicate": Phrase("중복", "duplicate"),
    "refused": Phrase("거부", "refused"),
}
_ANSWER: Final = Phrase("{file} — {word}: {why}", "{file} — {word}: {why}")


def counted(answers: Sequence[PhotoAnswer]) -> Phrase:
    """How many were added, known already, refused."""
    told = [
        phrase.fill(n=n)
        for status, phrase in _COUNTS.items()
        if (n := sum(1 for each in answers if each.status == status))
    ]
    return Phrase(" · ".join(each.ko for each in told), " · ".join(each.en for each in told))


def remark(answer: PhotoAnswer) -> Phrase | None:
    """A line for a file about which there is something to say."""
    why = [*([answer.reason] if answer.reason else []), *answer.notes]
    if answer.trouble is not None:
        why.append(answer.trouble.how)
    if not why:
        return None
    said = Phrase(" ".join(one.ko for one in why), " ".join(one.en for one in why))
    return _ANSWER.fill(file=plain(answer.file), word=_WORDS[answer.status], why=said)
