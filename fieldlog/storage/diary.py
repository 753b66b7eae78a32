"""The diary: visits that are planned or under way, a narrow row each, so that a day is read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.registry import REGISTRY, Value
from fieldlog.storage.record_rows import named_values, unpack_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.storage.record_rows import RecordRow

VISIT: Final = REGISTRY.kind("visit").id
CREATE_DIARY: Final = (
    "CREATE TABLE diary(row INTEGER PRIMARY KEY, case_row INTEGER NOT NULL, at TEXT NOT NULL) STRICT",
    "CREATE INDEX diary_by_time ON diary(at)",
)
"""A visit that has ended, has no time or was removed has no row here."""
_WRITE: Final = "INSERT OR REPLACE INTO diary(row, case_row, at) VALUES(?, ?, ?)"
_VISITS: Final = "SELECT row, parent, vals FROM record WHERE kind = ? AND deleted = 0 AND parent IS NOT NULL"
_UNTIL: Final = (
    "SELECT diary.row, diary.case_row, diary.at FROM diary JOIN case_list ON case_list.row = diary.case_row"
    " WHERE diary.at < ? AND case_list.stage NOT IN"
    " ('CLOSED', 'MERGED', 'REJECTED', 'WITHDRAWN', 'TRANSFERRED') ORDER BY diary.at < ?, diary.at LIMIT ?"
)


def note_visit(connection: Any, row: RecordRow) -> None:
    """Keep the diary in step with a visit."""
    at = None if row.deleted else _at(named_values(row.kind, row.values))
    if at is None or row.parent is None:
        connection.execute("DELETE FROM diary WHERE row = ?", (row.row,))
    else:
        connection.execute(_WRITE, (row.row, row.parent, at))


def fill_diary(connection: Any) -> None:
    """Write the diary of a store that had none."""
    for row, parent, packed in connection.execute(_VISITS, (VISIT,)).fetchall():
        at = _at(named_values(VISIT, unpack_values(packed)))
        if at is not None:
            connection.execute(_WRITE, (row, parent, at))


def visits_until(connection: Any, since: str, until: str, limit: int) -> list[tuple[int, int, str]]:
    """Visits of open cases that were to begin before a moment: row, row of the case, when.

    Those from ``since`` on come first, then what was left over before.
    """
    return connection.execute(_UNTIL, (until, since, limit)).fetchall()  # type: ignore[no-any-return]


def _at(values: Mapping[str, Value]) -> str | None:
    at = values.get("started_at") or values.get("planned_at")
    return None if values.get("ended_at") or not at else str(at)
