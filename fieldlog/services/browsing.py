"""Looking: the list of cases, one case with its parts, what happened to it, saved filters."""

from __future__ import annotations

import base64
import contextlib
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

import msgspec
from msgspec import Struct

from fieldlog.domain.clock import KST, iso
from fieldlog.domain.due_of_case import due_as_listed, due_of, priority_of
from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import BadInput
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.hlc import moment_of_wall
from fieldlog.domain.ids import RecordId
from fieldlog.domain.lifecycle import PetitionClock, Stage
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.traffic_light import Remaining, remaining
from fieldlog.storage import case_list, case_window, finding, records
from fieldlog.storage.case_list import DueBounds, Place
from fieldlog.storage.store import not_found

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable, Sequence

    from fieldlog.domain.deadline import Due
    from fieldlog.domain.effects import Effects
    from fieldlog.domain.priority import Priority
    from fieldlog.domain.record import CaseRow, CaseSheet, Record
    from fieldlog.services.recording import Recorded
    from fieldlog.services.workspace import Workspace
    from fieldlog.storage.case_window import Move

_Row: TypeAlias = Annotated[int, msgspec.Meta(ge=-(1 << 63), le=(1 << 63) - 1)]
_Told: TypeAlias = tuple[str, bool, str | _Row | None, _Row]
"""A cursor: the sort key, whether it descends, the value and the row of the last line that was answered."""
_UUID_LENGTH: Final = 36
_HISTORY_SHOWN: Final = 500


class CasePage(Struct, frozen=True):
    """One page of the list; ``next`` asks for the one after it, None at the end."""

    cases: tuple[CaseRow, ...]
    next: str | None


def due_bounds(workspace: Workspace) -> DueBounds:
    """Now, the end of today and the end of this week, as the list compares them."""
    now = workspace.now()
    today = datetime.combine(now.astimezone(KST).date(), time(23, 59, 59), KST)
    return DueBounds(iso(now), iso(today), iso(today + timedelta(days=6 - today.weekday())))


def list_cases(
    workspace: Workspace, asked: CaseFilter, *, limit: int = 50, after: str | None = None
) -> CasePage:
    """A page of the cases that a filter shows, best findings first where words were asked for.

    Raises:
        BadInput: The cursor is none of ours, or belongs to another order.
    """
    reader = workspace.store.reader()
    if case_window.is_ranked(asked):
        begin = finding.parse_place(after) if after else None
        found, following = case_window.find_cases(
            reader, asked, due_bounds(workspace), limit=limit, after=begin
        )
        return CasePage(tuple(found), following.text() if following else None)
    place = _place_at(after, asked) if after else None
    rows = case_list.list_cases(reader, asked, due_bounds(workspace), limit=limit + 1, after=place)
    shown = rows[:limit]
    last = case_list.place_of(reader, asked, shown[-1].row) if len(rows) > limit and shown else None
    return CasePage(tuple(shown), _cursor(last, asked) if last else None)


def _cursor(last: Place, asked: CaseFilter) -> str:
    told = msgspec.json.encode([asked.sort, asked.descending, *last])
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def _place_at(cursor: str, asked: CaseFilter) -> Place:
    """The place a cursor names: what its line was sorted by, and its row."""
    try:
        told = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=_Told)
    except (ValueError, msgspec.DecodeError) as error:
        raise _no_cursor(cursor) from error
    if told[:2] != (asked.sort, asked.descending):
        raise _no_cursor(cursor)
    return Place(*told[2:])


def _no_cursor(cursor: str) -> BadInput:
    return BadInput(
        Phrase("다음 쪽을 찾지 못했습니다.", "The next page was not found."),
        Phrase("이 목록의 이어보기 표시가 아닙니다: {cursor}", "It is no cursor of this list: {cursor}").fill(
            cursor=cursor
        ),
        Phrase(
            "같은 조건으로, 앞선 답의 next 값을 그대로 써 주십시오.",
            "Ask the same way and use the value of next as it was answered.",
        ),
    )


def count_cases(workspace: Workspace, asked: CaseFilter) -> int:
    """How many cases a filter shows."""
    return case_list.count_cases(workspace.store.reader(), asked, due_bounds(workspace))


def stage_counts(workspace: Workspace) -> dict[str, int]:
    """How many cases stand in each stage."""
    return case_list.stage_counts(workspace.store.reader())


class CaseLine(Struct, frozen=True):
    """One line of the case table, with the words for its codes and how much time its deadline leaves."""

    case: CaseRow
    category: Phrase
    department: Phrase
    remaining: Remaining | None


class CaseWindow:
    """The cases of one filter, in order, by position; it stays the list of the moment it was made.

    Cases are named by their rows, numbers that never change. Every call may run on any thread.
    """

    def __init__(self, workspace: Workspace, asked: CaseFilter) -> None:
        self.asked = asked
        self._workspace = workspace
        self._bounds = due_bounds(workspace)
        self._now = workspace.now()
        self._calendar = workspace.calendar

    def begin(self, count: int) -> tuple[CaseLine, ...]:
        """The first lines, at once."""
        if case_window.is_ranked(self.asked):
            rows, _ = case_window.find_cases(self._reader(), self.asked, self._bounds, limit=count)
        else:
            rows = case_list.list_cases(self._reader(), self.asked, self._bounds, limit=count)
        return tuple(self._line(row) for row in rows)

    def gather(self, stopped: Callable[[], bool] = lambda: False) -> array[int]:
        """The row of every case in order; takes half a second for a million."""
        return case_window.gather_rows(self._reader(), self.asked, self._bounds, stopped)

    def lines(self, rows: Sequence[int]) -> dict[int, CaseLine]:
        """The lines of some rows as they are now; those that are listed no more are left out."""
        found = case_list.cases_in_rows(self._reader(), rows)
        return {row: self._line(case) for row, case in found.items()}

    def moves(self, order: Sequence[int], rows: Iterable[int]) -> tuple[Move, ...]:
        """What became of some changed cases in an order gathered earlier."""
        return case_window.moves_of(self._reader(), self.asked, self._bounds, order, rows)

    def rows_of(self, cases: Iterable[RecordId]) -> tuple[int, ...]:
        """The rows of cases; those that are not in the store are left out."""
        found = (case_list.row_of_case(self._reader(), case) for case in cases)
        return tuple(row for row in found if row is not None)

    def _reader(self) -> Any:
        return self._workspace.store.reader()

    def _line(self, case: CaseRow) -> CaseLine:
        profile = self._workspace.profile
        category = profile.category(case.category_code)
        department = profile.departments.get(case.lead_dept_id or "")
        counted = None if case.answered_at else due_as_listed(case, self._calendar, profile)
        return CaseLine(
            case,
            category.label if category else plain(case.category_code),
            department.label if department else plain(case.lead_dept_id or ""),
            remaining(self._now, counted, self._calendar) if counted else None,
        )


def find_case(workspace: Workspace, name: str) -> RecordId:
    """The id of a case named by its number or its id.

    Raises:
        NotFound: There is no such case.
    """
    if len(name) == _UUID_LENGTH and name.count("-") == 4:  # noqa: PLR2004
        return workspace.store.find(RecordId(name.lower())).id
    number = name.strip().encode("utf-8", "replace").decode()
    found = case_list.case_numbered(workspace.store.reader(), number)
    if found is None:
        raise not_found(name)
    return found


def case_sheet(workspace: Workspace, case: RecordId) -> CaseSheet:
    """A case with all its living parts.

    Raises:
        NotFound: There is no such case.
    """
    return workspace.store.sheet(case)


def read_record(workspace: Workspace, record: RecordId) -> Record:
    """One record, deleted ones included.

    Raises:
        NotFound: There is none.
    """
    return workspace.store.find(record)


def due_of_case(workspace: Workspace, case: Record) -> Due | None:
    """When a case is due, with the count; None where nothing is due."""
    return due_of(case.values, workspace.calendar, workspace.profile)


def remaining_of_case(workspace: Workspace, case: Record) -> Remaining | None:
    """How much working time is left; None where nothing is due, it was answered, or the case has ended."""
    counted = None if case.get("answered_at") or has_ended(case) else due_of_case(workspace, case)
    return remaining(workspace.now(), counted, workspace.calendar) if counted else None


def has_ended(case: Record) -> bool:
    """Whether nothing runs for a case any more: answered, closed, or handed to somebody else."""
    stage = case.text("stage")
    return stage in Stage.__members__ and Stage(stage).clock is PetitionClock.STOPPED


def priority_of_case(workspace: Workspace, case: Record) -> Priority:
    """The priority of a case with its parts."""
    return priority_of(case.values, workspace.profile)


class HistoryLine(Struct, frozen=True):
    """One save that touched a case: when, by whom, which records and fields, and what they became."""

    op: tuple[bytes, int]
    at: datetime
    author: str
    kind: int
    changes: tuple[tuple[RecordId, str, str, Any], ...]


def case_history(workspace: Workspace, case: RecordId) -> tuple[HistoryLine, ...]:
    """What happened to a case and its parts, newest first."""
    reader = workspace.store.reader()
    names = records.names_of_people(reader)
    return tuple(
        HistoryLine(
            (past.stream, past.seq),
            moment_of_wall(past.op.wall_ms),
            names.get(RecordId(past.op.author), ""),
            past.op.kind,
            tuple(records.named_changes(past.op)),
        )
        for past in records.history(reader, case, _HISTORY_SHOWN)
    )


# -- saved filters ------------------------------------------------------------------------------------


def saved_filters(workspace: Workspace) -> tuple[tuple[RecordId, str, CaseFilter], ...]:
    """The filters people have saved: id, name, filter; those this version cannot ask for are left out."""
    found = records.records_of_kind(workspace.store.reader(), "saved_filter")
    filters = []
    for record in found:
        tree = record.get("filter")
        with contextlib.suppress(BadInput):  # one of a newer version must not hide the others
            asked = CaseFilter.from_tree(tree if isinstance(tree, dict) else {})
            filters.append((record.id, record.text("name"), asked))
    return tuple(filters)


def save_filter(workspace: Workspace, name: str, asked: CaseFilter) -> Recorded:
    """Keep a filter under a name."""
    from fieldlog.services.recording import Recorded, accepted  # noqa: PLC0415

    values = accepted("saved_filter", {"name": name, "filter": asked.as_tree() or {"sort": asked.sort}})
    record = workspace.mint.record_id()
    effects = workspace.keep([Edit(record=record, kind="saved_filter", values=values)])
    return Recorded(workspace.store.find(record), effects)


def forget_filter(workspace: Workspace, record: RecordId) -> Effects:
    """Remove a saved filter."""
    return workspace.keep([Edit(record=record, kind="saved_filter", values={}, deleted="removed")])
