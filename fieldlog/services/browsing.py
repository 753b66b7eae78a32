"""Looking: the list of cases, one case with its parts, what happened to it, saved filters."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.clock import KST, iso
from fieldlog.domain.due_of_case import due_of, priority_of
from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import BadInput
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.ids import RecordId
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.traffic_light import Remaining, remaining
from fieldlog.services.recording import Recorded, accepted
from fieldlog.storage import case_list, records
from fieldlog.storage.case_list import DueBounds
from fieldlog.storage.store import not_found

if TYPE_CHECKING:
    from fieldlog.domain.deadline import Due
    from fieldlog.domain.effects import Effects
    from fieldlog.domain.priority import Priority
    from fieldlog.domain.record import CaseRow, CaseSheet, Record
    from fieldlog.services.workspace import Workspace

_UUID_LENGTH: Final = 36
_HISTORY_SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class CasePage:
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
    """A page of the cases that a filter shows.

    Raises:
        BadInput: The cursor is none of ours.
    """
    offset = _cursor(after)
    rows = case_list.list_cases(
        workspace.store.reader(), asked, due_bounds(workspace), limit=limit + 1, offset=offset
    )
    following = base64.urlsafe_b64encode(str(offset + limit).encode()).decode() if len(rows) > limit else None
    return CasePage(tuple(rows[:limit]), following)


def _cursor(after: str | None) -> int:
    if not after:
        return 0
    try:
        return max(0, int(base64.urlsafe_b64decode(after.encode()).decode()))
    except (ValueError, binascii.Error) as error:
        raise BadInput(
            Phrase("다음 쪽을 찾지 못했습니다.", "The next page was not found."),
            Phrase("이어보기 표시가 아닙니다: {after}", "It is no cursor: {after}").fill(after=after),
            Phrase("앞선 답의 next 값을 그대로 써 주십시오.", "Use the value of next as it was answered."),
        ) from error


def count_cases(workspace: Workspace, asked: CaseFilter) -> int:
    """How many cases a filter shows."""
    return case_list.count_cases(workspace.store.reader(), asked, due_bounds(workspace))


def stage_counts(workspace: Workspace) -> dict[str, int]:
    """How many cases stand in each stage."""
    return case_list.stage_counts(workspace.store.reader())


def find_case(workspace: Workspace, name: str) -> RecordId:
    """The id of a case named by its number or its id.

    Raises:
        NotFound: There is no such case.
    """
    if len(name) == _UUID_LENGTH and name.count("-") == 4:  # noqa: PLR2004
        return workspace.store.find(RecordId(name.lower())).id
    found = case_list.case_numbered(workspace.store.reader(), name.strip())
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
    """How much working time is left; None where nothing is due or it was answered."""
    counted = None if case.get("answered_at") else due_of_case(workspace, case)
    return remaining(workspace.now(), counted, workspace.calendar) if counted else None


def priority_of_case(workspace: Workspace, case: Record) -> Priority:
    """The priority of a case with its parts."""
    return priority_of(case.values, workspace.profile)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One save that touched a case: when, by whom, which records and fields, and what they became."""

    op: tuple[bytes, int]
    at: datetime
    author: str
    kind: int
    changes: tuple[tuple[RecordId, str, str, Any], ...]


def case_history(workspace: Workspace, case: RecordId) -> tuple[HistoryLine, ...]:
    """What happened to a case and its parts, newest first."""
    reader = workspace.store.reader()
    names = {user.id: user.text("display_name") for user in records.records_of_kind(reader, "user")}
    return tuple(
        HistoryLine(
            (past.stream, past.seq),
            datetime.fromtimestamp(past.op.wall_ms / 1000, KST),
            names.get(RecordId(past.op.author), ""),
            past.op.kind,
            tuple(records.named_changes(past.op)),
        )
        for past in records.history(reader, case, _HISTORY_SHOWN)
    )


# -- saved filters ------------------------------------------------------------------------------------


def saved_filters(workspace: Workspace) -> tuple[tuple[RecordId, str, CaseFilter], ...]:
    """The filters people have saved: id, name, filter."""
    found = records.records_of_kind(workspace.store.reader(), "saved_filter")
    filters = []
    for record in found:
        tree = record.get("filter")
        filters.append(
            (record.id, record.text("name"), CaseFilter.from_tree(tree if isinstance(tree, dict) else {}))
        )
    return tuple(filters)


def save_filter(workspace: Workspace, name: str, asked: CaseFilter) -> Recorded:
    """Keep a filter under a name."""
    values = accepted("saved_filter", {"name": name, "filter": asked.as_tree() or {"sort": asked.sort}})
    record = workspace.mint.record_id()
    effects = workspace.keep([Edit(record=record, kind="saved_filter", values=values)])
    return Recorded(workspace.store.find(record), effects)


def forget_filter(workspace: Workspace, record: RecordId) -> Effects:
    """Remove a saved filter."""
    return workspace.keep([Edit(record=record, kind="saved_filter", values={}, deleted="removed")])
