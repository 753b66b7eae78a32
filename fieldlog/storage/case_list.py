"""The case list: which cases a filter shows, in which order, a stretch at a time; never by counting off rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fieldlog.domain.ids import id_bytes, id_text
from fieldlog.domain.record import CaseRow
from fieldlog.storage.case_columns import STILL_RUNNING
from fieldlog.storage.search import search_condition
from fieldlog.storage.wall_times import case_changed_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from fieldlog.domain.filter import CaseFilter
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.registry import Value

_COLUMNS: Final = (
    "c.row, r.rec, c.case_no, c.title, c.stage, c.category_code, c.severity, c.urgency, c.petition_type, c.channel,"
    " c.reported_at, c.received_at, c.period_value, c.period_unit, c.due_at, c.answered_at, c.lead_dept_id, c.owner_user_id, c.priority_score,"
    " c.place, c.lat, c.lon, c.photos, c.nconf, c.updated"
)
_OF_ROWS: Final = (
    f"SELECT {_COLUMNS} FROM case_list c JOIN record r ON r.row = c.row"  # noqa: S608
    " WHERE c.row IN (SELECT value FROM json_each(?))"
)
_NAMES: Final = tuple(_COLUMNS.replace("c.", "").split(", ")[2:-2])
_NEVER_NONE: Final = ("case_no", "title", "stage", "category_code", "urgency")


class Clause(NamedTuple):
    """A piece of SQL with the values of its marks."""

    sql: str
    values: tuple[Any, ...]


class DueBounds(NamedTuple):
    """The moments a due condition compares with, ISO text: now, the end of today, the end of the week."""

    now: str
    today: str
    week: str


def where(asked: CaseFilter, bounds: DueBounds, *, counting: bool = False) -> Clause:
    """The condition of a filter, for counting or for answering in order."""
    parts: list[Clause] = []
    for column, codes in (
        ("stage", asked.stages),
        ("severity", tuple(int(code) for code in asked.severities)),
        ("urgency", asked.urgencies),
        ("lead_dept_id", asked.departments),
        ("owner_user_id", asked.owners),
    ):
        if codes:
            parts.append(_any_of(column, codes))
    if asked.categories:
        parts.append(_any_category(asked.categories))
    if asked.due:
        parts.append(_due(asked.due, bounds))
    parts.extend(_flags(asked, counting=counting))
    if asked.query.strip():
        searched = search_condition(asked.query, column="c.row")
        parts.append(Clause(searched.sql, tuple(searched.parameters)))
    if not parts:
        return Clause("1", ())
    return Clause(
        " AND ".join(f"({part.sql})" for part in parts), tuple(v for part in parts for v in part.values)
    )


def _any_of(column: str, codes: Sequence[Any]) -> Clause:
    return Clause(f"c.{column} IN ({', '.join('?' for _ in codes)})", tuple(codes))


def _any_category(codes: Sequence[str]) -> Clause:
    """Each code itself or, where it names a group, everything under it."""
    return Clause(
        " OR ".join("c.category_code = ? OR (c.category_code >= ? AND c.category_code < ?)" for _ in codes),
        tuple(value for code in codes for value in (code, f"{code}_", f"{code}`")),
    )


def _due(due: str, bounds: DueBounds) -> Clause:
    if due == "overdue":
        return Clause(f"{STILL_RUNNING} AND c.due_at < ?", (bounds.now,))
    if due == "today":
        return Clause(f"{STILL_RUNNING} AND c.due_at >= ? AND c.due_at <= ?", (bounds.now, bounds.today))
    if due == "week":
        return Clause(f"{STILL_RUNNING} AND c.due_at >= ? AND c.due_at <= ?", (bounds.now, bounds.week))
    return Clause(STILL_RUNNING, ())


_CONTESTED: Final = (
    "c.row IN (SELECT coalesce(parent, row) FROM record INDEXED BY record_in_conflict"
    " WHERE nconf > 0 AND deleted = 0)"
)
"""A case is contested where it, or any of its parts, holds values that differ."""


def _flags(asked: CaseFilter, *, counting: bool) -> list[Clause]:
    parts = []
    if asked.petitions_only:
        parts.append(Clause("c.petition_type IS NOT NULL", ()))
    if asked.in_conflict:
        parts.append(Clause(_CONTESTED, ()))
    if asked.without_place:
        # The plus keeps the engine from the index of cases without a place, which counts but is in no order.
        parts.append(Clause("c.lat IS NULL" if counting else "+c.lat IS NULL", ()))
    if asked.received_from:
        parts.append(Clause("c.received_at >= ?", (asked.received_from,)))
    if asked.received_to:
        parts.append(Clause("c.received_at <= ?", (asked.received_to,)))
    return parts


class Place(NamedTuple):
    """Where a case stands in the list: the value it is sorted by, and its row, which makes the order total."""

    value: Value
    row: int


def stretches(asked: CaseFilter, after: Place | None = None) -> list[Clause]:
    """Conditions that cut the list into pieces an index can answer in order, first piece first.

    Cases without the value that the list is sorted by come last, whichever way it is sorted.
    """
    column, beyond = f"c.{asked.sort}", "<" if asked.descending else ">"
    without = Clause(f"{column} IS NULL", ())
    if after is None:
        return [Clause(f"{column} IS NOT NULL", ()), without]
    if after.value is None:
        return [Clause(f"{column} IS NULL AND c.row {beyond} ?", (after.row,))]
    return [
        Clause(f"{column} = ? AND c.row {beyond} ?", (after.value, after.row)),
        Clause(f"{column} {beyond} ?", (after.value,)),
        without,
    ]


def source(asked: CaseFilter) -> str:
    """The table as ``c``: running deadlines are few and have an index, which the engine would not guess."""
    return "case_list c INDEXED BY case_running" if asked.due else "case_list c"


def in_order(what: str, asked: CaseFilter, condition: Clause, stretch: Clause) -> Clause:
    """A query of one stretch of the list, in its order."""
    way = "DESC" if asked.descending else "ASC"
    return Clause(
        f"SELECT {what} WHERE {stretch.sql} AND {condition.sql} ORDER BY c.{asked.sort} {way}, c.row {way}",
        (*stretch.values, *condition.values),
    )


def count_cases(connection: Any, asked: CaseFilter, bounds: DueBounds) -> int:
    """How many cases a filter shows."""
    condition = where(asked, bounds, counting=True)
    query = f"SELECT count(*) FROM {source(asked)} WHERE {condition.sql}"  # noqa: S608
    return int(connection.execute(query, condition.values).fetchone()[0])


def list_cases(
    connection: Any, asked: CaseFilter, bounds: DueBounds, *, limit: int, after: Place | None = None
) -> list[CaseRow]:
    """The first cases of the list, or those after a place; equally quick wherever it lies."""
    condition = where(asked, bounds)
    rows: list[int] = []
    for stretch in stretches(asked, after):
        if len(rows) < limit:
            query = in_order(f"c.row FROM {source(asked)}", asked, condition, stretch)
            found = connection.execute(f"{query.sql} LIMIT ?", (*query.values, limit - len(rows)))
            rows.extend(row for (row,) in found)
    lines = cases_in_rows(connection, rows)
    return [lines[row] for row in rows if row in lines]


def cases_in_rows(connection: Any, rows: Sequence[int]) -> dict[int, CaseRow]:
    """Lines of the list by row, whatever a filter says; rows that are listed no more are left out."""
    asked = json.dumps(list(rows))
    found = connection.execute(_OF_ROWS, (asked,)).fetchall()
    return {row[0]: _case_row(row, case_changed_at(connection, row[0], row[-1])) for row in found}


def row_of_case(connection: Any, case: RecordId) -> int | None:
    """The row of a case, whether it is listed or not; None for one that is not here."""
    found = connection.execute("SELECT row FROM record WHERE rec = ?", (id_bytes(case),)).fetchone()
    return int(found[0]) if found else None


def place_of(connection: Any, asked: CaseFilter, row: int, condition: Clause | None = None) -> Place | None:
    """Where a case stands in the list; None where it is not listed or, if given, the condition leaves it out."""
    kept = condition or Clause("1", ())
    query = f"SELECT c.{asked.sort} FROM case_list c WHERE c.row = ? AND {kept.sql}"  # noqa: S608
    found = connection.execute(query, (row, *kept.values)).fetchone()
    return Place(found[0], row) if found else None


def comes_before(asked: CaseFilter, one: Place, other: Place) -> bool:
    """Whether one place lies before another in the list."""
    if (one.value is None) != (other.value is None):
        return other.value is None
    if one.value == other.value:
        return (one.row > other.row) if asked.descending else (one.row < other.row)
    less: bool = one.value < other.value  # type: ignore[operator]
    return less != asked.descending


def _case_row(row: Sequence[Any], changed_at: datetime) -> CaseRow:
    number, rec, *middle, nconf, _updated = row
    values: dict[str, Any] = dict(zip(_NAMES, middle, strict=True))
    for name in _NEVER_NONE:
        values[name] = values[name] or ""
    values["severity"] = values["severity"] or 0
    return CaseRow(row=number, id=id_text(rec), conflicts=nconf, changed_at=changed_at, **values)


def case_numbered(connection: Any, case_no: str) -> RecordId | None:
    """The newest living case of that number, or None."""
    row = connection.execute(
        "SELECT r.rec FROM case_list c JOIN record r ON r.row = c.row WHERE c.case_no = ? ORDER BY c.row DESC LIMIT 1",
        (case_no,),
    ).fetchone()
    return id_text(row[0]) if row else None


def numbers_beginning(connection: Any, start: str) -> list[str]:
    """Every living case number that begins so."""
    rows = connection.execute(
        "SELECT case_no FROM case_list WHERE case_no >= ? AND case_no < ?", (start, start + "~")
    )
    return [row[0] for row in rows]


def stage_counts(connection: Any) -> dict[str, int]:
    """How many living cases stand in each stage."""
    return dict(connection.execute("SELECT stage, count(*) FROM case_list GROUP BY stage").fetchall())
