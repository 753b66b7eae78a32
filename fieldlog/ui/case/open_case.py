"""The case that is open: read, written and watched in one place for everyone who shows a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from PySide6.QtCore import QObject, Signal

from fieldlog.domain.ids import RecordId
from fieldlog.domain.phrase import Phrase
from fieldlog.services import noticing, undoing
from fieldlog.ui.case.view import CaseView, read_case
from fieldlog.ui.jobs import Latest, Note, Read, Write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.errors import Known
    from fieldlog.domain.news import Place
    from fieldlog.domain.op import Key, Version
    from fieldlog.domain.record import Record
    from fieldlog.domain.registry import Value
    from fieldlog.services.noticing import Notice
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext

UNDONE = Phrase("마지막 저장을 되돌렸습니다.", "The last save was undone.")
UNDONE_ELSEWHERE = Phrase(
    "다른 사안의 마지막 저장을 되돌렸습니다.", "The last save, in another case, was undone."
)
UNDONE_PARTLY = Phrase(
    "되돌렸습니다. 그 뒤에 바뀐 {n}곳은 그대로 두었습니다.", "Undone; {n} changed since then were left."
)


class Sight(Struct, eq=False):
    """Which versions of a record the person has seen, and what of their typing is not saved yet.

    ``pending`` counts saves under way: until they land, what is read may be older than what is seen.
    """

    record: RecordId
    seen: Mapping[Key, Version]
    pending: int = 0
    unsaved: dict[str, Value] = field(default_factory=dict)


class OpenCase(QObject):
    """``shown`` brings the case whenever it is read again; parts never read the store themselves."""

    shown = Signal(object)
    wanted = Signal(str)
    """A field or a part that the person should be taken to."""
    reason_asked = Signal(object)
    """A Way that needs a reason before it can be gone."""
    gone = Signal()

    def __init__(self, context: PageContext[Workspace], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.face = context.face
        self.view: CaseView | None = None
        self._asked: RecordId | None = None
        self._sights: dict[RecordId, Sight] = {}
        self._known: set[Place] = set()
        self._reading = Latest()
        self._afterwards: list[Callable[[], object]] = []
        context.bus.effects_happened.connect(self._on_effects)

    @property
    def id(self) -> RecordId | None:
        """The case asked for; it may still be on its way."""
        return self._asked

    def open(self, case_id: str) -> None:
        """Read another case."""
        if case_id != self._asked:
            self.leave()
            self._sights.clear()
            self._afterwards.clear()
        self._asked = RecordId(case_id)
        self.reload()

    def leave(self) -> None:
        """The person has looked at it as it is shown: what others change from now on is news."""
        view, self._known = self.view, set()
        if view is None or view.locked or view.noticed.newest is None:
            return
        case, newest = view.id, view.noticed.newest
        Note(self.context.lanes, lambda workspace: noticing.look(workspace, case, newest)).start(self)

    def news_of(self, record: RecordId) -> dict[str, Notice]:
        """What somebody else changed in a record since the person last looked, by field."""
        fields = self.view.noticed.fields if self.view is not None else {}
        return {
            name: told
            for (whose, name), told in fields.items()
            if whose == record and (whose, name) not in self._known
        }

    def know(self, record: RecordId, field: str) -> None:
        """The person has been at a changed field: its dot goes."""
        self._known.add((record, field))

    def sight_of(self, record: Record, draft: Mapping[str, Value]) -> Sight:
        """What the person has seen of a record; all forms over one record share it."""
        if record.id not in self._sights:
            self._sights[record.id] = Sight(record.id, dict(record.seen), unsaved=dict(draft))
        return self._sights[record.id]

    def reload(self) -> None:
        """Read the case again."""
        asked = self._asked
        if asked is None:
            return
        read = Read(
            self.context.lanes, lambda workspace: read_case(workspace, asked), lane=self.context.lanes.reading
        )
        self._reading.start(read.done(self._on_read).failed(self._on_missing), self)

    def read(self, verb: Callable[[Workspace], Any], done: Callable[[Any], object]) -> None:
        """Look something up for a part."""
        Read(self.context.lanes, verb, lane=self.context.lanes.reading).done(done).start(self)

    def write(
        self,
        verb: Callable[[Workspace], Any],
        *,
        done: Callable[[Any], object] = lambda _result: None,
        failed: Callable[[Known], object] | None = None,
    ) -> None:
        """Change something; everyone hears of it, this case is read again."""
        Write(self.context.lanes, verb).done(done).failed(failed or self._tell).start(self)

    def when_shown(self, act: Callable[[], object]) -> None:
        """Do something once the case has been read again, after everyone has shown it."""
        self._afterwards.append(act)
        self.reload()

    def undo(self) -> None:
        """Take back the latest save."""
        self.write(undoing.undo_last, done=self._on_undone)

    def undo_op(self, op: tuple[bytes, int]) -> None:
        """Take back one save."""
        self.write(lambda workspace: undoing.undo_op(workspace, op), done=self._on_undone)

    def go(self, field: str) -> None:
        """Take the person to a field or a part."""
        self.wanted.emit(field)

    def _on_undone(self, undone: undoing.Undone) -> None:
        op = undone.effects.op
        again = (lambda: self.undo_op(op)) if op is not None else None
        here = self._asked in undone.effects.cases
        words = UNDONE_PARTLY if undone.kept else UNDONE if here else UNDONE_ELSEWHERE
        self.context.messages.tell(words.fill(n=undone.kept), undo=again)

    def _on_effects(self, effects: Effects | None, _initiator: object) -> None:
        if effects is not None and self._asked is not None and self._asked in effects.cases:
            self.reload()

    def _on_read(self, view: CaseView) -> None:
        if view.case.deleted:
            self.view = None
            self.gone.emit()
            return
        self.view = view
        self.shown.emit(view)
        afterwards, self._afterwards = self._afterwards, []
        for act in afterwards:
            act()

    def _on_missing(self, error: Known) -> None:
        self.view = None
        self._tell(error)
        self.gone.emit()

    def _tell(self, error: Known) -> None:
        self.context.messages.show(error)
