"""Adding photographs from the page: off the window, cancelled at any moment, every file answered."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from PySide6.QtCore import QObject, Signal

from fieldlog.domain.clock import monotonic
from fieldlog.domain.effects import Effects
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import photographs, recording
from fieldlog.services.photographs import PhotoAnswer, PhotoSource
from fieldlog.services.recording import CaseDraft
from fieldlog.ui.jobs import Long

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fieldlog.domain.errors import Known
    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.jobs import Report, Step
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.pages.photos.target import Target
    from fieldlog.ui.widgets.busy_bar import BusyBar

_LOOKING: Final = Phrase("사진을 살펴보는 중", "Looking at the pictures")
_ADDING: Final = Phrase("사진을 더하는 중: {file}", "Adding: {file}")
_PASTED: Final = "{at}_붙여넣은 사진.png"
_LOOK_EVERY: Final = 1.0
_WORDS: Final = {
    "added": Phrase("추가", "Added"),
    "duplicate": Phrase("중복", "Duplicate"),
    "refused": Phrase("거부", "Refused"),
}
_RANKS: Final = {"refused": 0, "duplicate": 1, "added": 2}
_COUNTS: Final = {
    "added": Phrase("추가 {n}", "{n} added"),
    "duplicate": Phrase("중복 {n}", "{n} duplicate"),
    "refused": Phrase("거부 {n}", "{n} refused"),
}
_LINE: Final = Phrase("{word}  {file}", "{word}  {file}")
_LINE_WHY: Final = Phrase("{word}  {file} — {why}", "{word}  {file} — {why}")


class Basket(Struct):
    """What has been answered so far, and in which case; it outlives a run that was stopped."""

    case: RecordId | None = None
    answers: list[PhotoAnswer] = field(default_factory=list)
    lines: list[tuple[int, Phrase]] = field(default_factory=list)
    effects: Effects = field(default_factory=Effects)


class Adding(QObject):
    """``answered`` brings the Basket of a round, ``came`` tells now and then that some have come in."""

    answered = Signal(object)
    came = Signal()

    def __init__(self, context: PageContext[Workspace], busy: BusyBar, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._busy = context, busy
        self._looked = 0.0
        self.under_way = False

    def add_files(self, paths: Sequence[Path], target: Target) -> None:
        """Add files and whole folders."""
        self._add(lambda: photographs.files_of(paths), target)

    def add_pasted(self, data: bytes, target: Target) -> None:
        """Add a picture from the clipboard."""
        at = f"{self._context.clock.now():%Y%m%d_%H%M%S}"
        self._add(lambda: [PhotoSource(_PASTED.format(at=at), data=data)], target)

    def _add(self, find: Callable[[], list[PhotoSource]], target: Target) -> None:
        basket = Basket(target.case)

        def add(workspace: Workspace, report: Report) -> Basket:
            sources = find()
            report(0, len(sources), _LOOKING)
            case = _case_for(workspace, target, basket)
            for answer in photographs.add_photos(workspace, case, sources, phase=target.phase):
                basket.answers.append(answer)
                basket.lines.append((_RANKS[answer.status], _line(answer)))
                basket.effects |= answer.effects
                report(len(basket.answers), len(sources), _ADDING.fill(file=plain(answer.file)))
            return basket

        lanes = self._context.lanes
        long = Long(lanes, add, lane=lanes.pictures).progress(self._on_step).done(self._end)
        long.stopped(lambda: self._on_stopped(basket))
        long.failed(lambda error: self._on_failed(error, basket))
        self.under_way = True
        self._busy.follow(long.start(self), _LOOKING)

    def _on_step(self, step: Step) -> None:
        self._busy.show_step(step)
        if (now := monotonic()) - self._looked > _LOOK_EVERY:
            self._looked = now
            self.came.emit()

    def _on_stopped(self, basket: Basket) -> None:
        self._context.bus.effects_happened.emit(basket.effects, self)
        self._end(basket)

    def _on_failed(self, error: Known, basket: Basket) -> None:
        self._context.messages.show(error)
        self._on_stopped(basket)

    def _end(self, basket: Basket) -> None:
        self.under_way = False
        self._busy.finish()
        self.answered.emit(basket)


def _case_for(workspace: Workspace, target: Target, basket: Basket) -> RecordId:
    if target.case is not None:
        return target.case
    recorded = recording.record_case(workspace, CaseDraft(title=target.title, category=target.category))
    basket.effects |= recorded.effects
    basket.case = recorded.record.id
    return recorded.record.id


def counted(answers: Sequence[PhotoAnswer]) -> Phrase:
    """How many were added, known already, refused."""
    told = [
        phrase.fill(n=n)
        for status, phrase in _COUNTS.items()
        if (n := sum(1 for each in answers if each.status == status))
    ]
    return Phrase(" · ".join(each.ko for each in told), " · ".join(each.en for each in told))


def answered_lines(basket: Basket) -> list[Phrase]:
    """A line for every file, the refused first: what became of it, and why."""
    return [line for _rank, line in sorted(basket.lines, key=itemgetter(0))]


def _line(answer: PhotoAnswer) -> Phrase:
    why = [*([answer.reason] if answer.reason else []), *answer.notes]
    if answer.trouble is not None:
        why.append(answer.trouble.how)
    word, file = _WORDS[answer.status], plain(answer.file)
    if not why:
        return _LINE.fill(word=word, file=file)
    said = Phrase(" ".join(each.ko for each in why), " ".join(each.en for each in why))
    return _LINE_WHY.fill(word=word, file=file, why=said)
