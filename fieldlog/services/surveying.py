"""Surveying the day: what is late, due, under way, without a place, recent or unfinished."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from fieldlog.domain.clock import KST, iso, parse_moment
from fieldlog.domain.errors import NotFound
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.ids import RecordId
from fieldlog.domain.lifecycle_facts import OPEN, Stage
from fieldlog.services.browsing import CaseLine, CaseWindow, count_cases
from fieldlog.services.capture_drafts import FORM, is_own_draft
from fieldlog.services.drafting import drafts
from fieldlog.storage.diary import visits_until
from fieldlog.storage.records import living_in_rows

if TYPE_CHECKING:
    from fieldlog.domain.phrase import Phrase
    from fieldlog.domain.record import Record
    from fieldlog.services.drafting import Draft
    from fieldlog.services.workspace import Workspace

Subject = Literal["overdue", "today", "week", "mine", "no_place"]
SHOWN: Final = 5
_RECENT: Final = 6
_VISITS: Final = 12
_AT_WORK: Final = tuple(stage.value for stage in OPEN if stage is not Stage.DRAFT)
_OPEN: Final = tuple(stage.value for stage in OPEN)
_DRAFT_OF_RECORD: Final = "record/"
_TITLE: Final = "title"


class Group(Struct, frozen=True):
    """Cases that have one thing in common: how many, the first of them, and the filter that shows all."""

    subject: Subject
    count: int
    lines: tuple[CaseLine, ...]
    asked: CaseFilter


class RecentCase(Struct, frozen=True):
    """A case that was recorded or changed lately, with its first photograph."""

    line: CaseLine
    photo: str | None


class Unfinished(Struct, frozen=True):
    """Typing that was never saved; without a case it belongs to the quick record."""

    title: str
    at: str
    case: RecordId | None
    photos: int = 0


class DayVisit(Struct, frozen=True):
    """A visit of today that has not ended, or one that was left over: its case, its kind, when it is or was to begin."""

    line: CaseLine
    kind: Phrase
    at: datetime


class Survey(Struct, frozen=True):
    """The day at a moment."""

    at: datetime
    groups: tuple[Group, ...]
    recent: tuple[RecentCase, ...]
    unfinished: tuple[Unfinished, ...]
    visits: tuple[DayVisit, ...] = ()

    def group(self, subject: Subject) -> Group:
        """The cases of one subject."""
        return next(group for group in self.groups if group.subject == subject)

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been recorded yet."""
        return not (self.recent or self.unfinished or any(group.count for group in self.groups))


def survey(workspace: Workspace) -> Survey:
    """What matters now, in one reading."""
    return Survey(
        workspace.now(), _groups(workspace), _recent(workspace), _unfinished(workspace), _visits(workspace)
    )


def filter_of(workspace: Workspace, subject: Subject) -> CaseFilter:
    """The filter that shows every case of a subject."""
    official = workspace.official
    return {
        "overdue": CaseFilter(due="overdue", sort="due_at", descending=False),
        "today": CaseFilter(due="today", sort="due_at", descending=False),
        "week": CaseFilter(due="week", sort="due_at", descending=False),
        "mine": CaseFilter(stages=_AT_WORK, owners=(official.name,) if official.name else ()),
        "no_place": CaseFilter(stages=_OPEN, without_place=True),
    }[subject]


def _groups(workspace: Workspace) -> tuple[Group, ...]:
    made: list[Group] = []
    due_today = 0
    subjects: tuple[Subject, ...] = ("overdue", "today", "week", "mine", "no_place")
    for subject in subjects:
        asked = filter_of(workspace, subject)
        passed_over = due_today if subject == "week" else 0
        count = count_cases(workspace, asked) - passed_over
        lines = CaseWindow(workspace, asked).begin(passed_over + SHOWN)[passed_over:] if count > 0 else ()
        made.append(Group(subject, max(count, 0), lines, asked))
        if subject == "today":
            due_today = count
    return tuple(made)


def _recent(workspace: Workspace) -> tuple[RecentCase, ...]:
    lines = CaseWindow(workspace, CaseFilter()).begin(_RECENT)
    return tuple(RecentCase(line, _first_photo(workspace, line)) for line in lines)


def _visits(workspace: Workspace) -> tuple[DayVisit, ...]:
    today = workspace.now().astimezone(KST).replace(hour=0, minute=0, second=0, microsecond=0)
    reader = workspace.store.reader()
    noted = visits_until(reader, iso(today), iso(today + timedelta(days=1)), _VISITS)
    if not noted:
        return ()
    lines = CaseWindow(workspace, CaseFilter()).lines([case for _, case, _ in noted])
    records = living_in_rows(reader, [row for row, _, _ in noted])
    return tuple(
        DayVisit(lines[case], _kind_of(workspace, records[row]), parse_moment(at))
        for row, case, at in noted
        if case in lines and row in records
    )


def _kind_of(workspace: Workspace, visit: Record) -> Phrase:
    known = workspace.profile.visit_kinds.get(visit.text("visit_kind"))
    return known.label if known else visit.declared.label


def _first_photo(workspace: Workspace, line: CaseLine) -> str | None:
    if not line.case.photos:
        return None
    photos = workspace.store.sheet(line.case.id).of("photo")
    return photos[0].text("sha256") if photos else None


def _unfinished(workspace: Workspace) -> tuple[Unfinished, ...]:
    found: dict[RecordId | None, Unfinished] = {}
    for draft in drafts(workspace):
        if is_own_draft(draft):
            continue
        if draft.form == FORM:
            photos = draft.values.get("photos")
            count = len(photos) if isinstance(photos, list) else 0
            found[None] = Unfinished(str(draft.values.get(_TITLE) or ""), draft.at, None, count)
        elif (each := _of_record(workspace, draft)) is not None:
            found.setdefault(each.case, each)
    return tuple(found.values())


def _of_record(workspace: Workspace, draft: Draft) -> Unfinished | None:
    if not draft.form.startswith(_DRAFT_OF_RECORD):
        return None
    try:
        record = workspace.store.find(RecordId(draft.form.removeprefix(_DRAFT_OF_RECORD)))
        case = workspace.store.find(record.case_id) if record.case_id else record
    except NotFound:
        return None
    return None if case.deleted else Unfinished(case.text(_TITLE), draft.at, case.id)
