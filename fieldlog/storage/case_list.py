"""The case list: filtered, sorted, paged by position without counting from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fieldlog.domain.hlc import moment_of
from fieldlog.domain.ids import id_text
from fieldlog.domain.record import CaseRow
from fieldlog.storage.search import search_condition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.filter import CaseFilter
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.registry import Value

_COLUMNS: Final = (
    "c.row, r.rec, c.case_no, c.title, c.stage, c.category_code, c.severity, c.urgency, c.petition_type, c.channel,"
    " c.reported_at, c.received_at, c.due_at, c.answered_at, c.lead_dept_id, c.owner_user_id, c.priority_score,"
    " c.place, c.lat, c.lon, c.photos, c.nconf, c.updated"
)
_ENDED: Final = ("NOTIFIED", "FOLLOW_UP", "CLOSED", "TRANSFERRED", "MERGED", "REJECTED", "WITHDRAWN")


class Clause(NamedTuple):
    """A piece of SQL with the values of its marks."""

    sql: str
    values: tuple[Any, ...]


class DueBounds(NamedTuple):
    """The moments a due condition compares with, ISO text: now, the end of today, the end of the week."""

    now: str
    today: str
    week: str


def where(asked: CaseFilter, bounds: DueBounds) -> Clause:
    """The condition of a filter."""
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
    parts.extend(_flags(asked))
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
    running = f"c.due_at IS NOT NULL AND c.answered_at IS NULL AND c.stage NOT IN ({', '.join('?' for _ in _ENDED)})"
    if due == "overdue":
        return Clause(f"{running} AND c.due_at < ?", (*_ENDED, bounds.now))
    if due == "today":
        return Clause(f"{running} AND c.due_at >= ? AND c.due_at <= ?", (*_ENDED, bounds.now, bounds.today))
    if due == "week":
        return Clause(f"{running} AND c.due_at >= ? AND c.due_at <= ?", (*_ENDED, bounds.now, bounds.week))
    return Clause(running, _ENDED)


def _flags(asked: CaseFilter) -> list[Clause]:
    parts = []
    if asked.petitions_only:
        parts.append(Clause("c.petition_type IS NOT NULL", ()))
    if asked.in_conflict:
        parts.append(Clause("c.nconf > 0", ()))
    if asked.without_place:
        parts.append(Clause("c.lat IS NULL", ()))
    if asked.received_from:
        parts.append(Clause("c.received_at >= ?", (asked.received_from,)))
    if asked.received_to:
        parts.append(Clause("c.received_at <= ?", (asked.received_to,)))
    return parts


def order(asked: CaseFilter) -> str:
    """The order of a filter, made total by the row; cases without a value come last."""
    way = "DESC" if asked.descending else "ASC"
    last = f"c.{asked.sort} IS NULL, " if asked.sort in {"due_at", "received_at", "reported_at"} else ""
    return f"{last}c.{asked.sort} {way}, c.row {way}"


def count_cases(connection: Any, asked: CaseFilter, bounds: DueBounds) -> int:
    """How many cases a filter shows."""
    condition = where(asked, bounds)
    query = f"SELECT count(*) FROM case_list c WHERE {condition.sql}"  # noqa: S608
    return int(connection.execute(query, condition.values).fetchone()[0])


def list_cases(
    connection: Any, asked: CaseFilter, bounds: DueBounds, *, limit: int, offset: int = 0
) -> list[CaseRow]:
    """A stretch of the list; an offset far into a large list is slow, see the case window."""
    condition = where(asked, bounds)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM case_list c JOIN record r ON r.row = c.row WHERE {condition.sql}"  # noqa: S608
        f" ORDER BY {order(asked)} LIMIT ? OFFSET ?",
        (*condition.values, limit, offset),
    )
    return [_case_row(row) for row in rows]


def _case_row(row: Sequence[Any]) -> CaseRow:
    number, rec, *middle, nconf, updated = row
    names = _COLUMNS.replace("c.", "").split(", ")[2:-2]
    values: dict[str, Any] = dict(zip((name.strip() for name in names), middle, strict=True))
    for name in ("case_no", "title", "stage", "category_code", "urgency"):
        values[name] = values[name] or ""
    values["severity"] = values["severity"] or 0
    return CaseRow(row=number, id=id_text(rec), conflicts=nconf, changed_at=moment_of(updated), **values)


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


def sort_value(row: CaseRow, asked: CaseFilter) -> Value:
    """The value a line is sorted by."""
    value: Value = getattr(row, "changed_at" if asked.sort == "updated" else asked.sort)
    return value
