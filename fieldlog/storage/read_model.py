"""What is read from the records: the case list and the search index, rebuilt from the log at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.op import split_key
from fieldlog.domain.registry import REGISTRY
from fieldlog.storage.case_columns import COLUMNS
from fieldlog.storage.record_rows import CASE_KIND, RecordRow, named_values, unpack_values
from fieldlog.storage.search import clear_search, forget_record, index_record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fieldlog.domain.op import Key
    from fieldlog.domain.registry import Value
    from fieldlog.storage.ingest import Ingested

_LOCATION: Final = REGISTRY.kind("location").id
_PHOTO: Final = REGISTRY.kind("photo").id
_SEARCHED: Final = {
    kind.id: tuple(
        declared
        for declared in kind.fields
        if declared.searched and declared.name not in {"title", "case_no"}
    )
    for kind in REGISTRY.kinds
}
_SEARCHED_NUMBERS: Final = {
    kind.id: frozenset(declared.id for declared in kind.fields if declared.searched)
    for kind in REGISTRY.kinds
}
_CASE_NAMES: Final = tuple(name for name, _ in COLUMNS)
_MARKS: Final = ", ".join("?" for _ in range(len(_CASE_NAMES) + 4))
_UPSERT: Final = (
    f"INSERT INTO case_list(row, updated, nconf, photos, {', '.join(_CASE_NAMES)}) VALUES({_MARKS})"
    " ON CONFLICT(row) DO UPDATE SET updated = excluded.updated, nconf = excluded.nconf, "
    + ", ".join(f"{name} = excluded.{name}" for name in _CASE_NAMES)
)
_PLACE_WORDS: Final = ("road_addr", "jibun_addr", "place_hint", "bjd_name", "national_point_no")


class ReadModel:
    """Keeps the case list and the search index in step with the records.

    ``derive`` computes the fields nobody types (due time, priority) from a case's values.
    """

    def __init__(self, derive: Callable[[Mapping[str, Value]], Mapping[str, Value]]) -> None:
        self._derive = derive

    def refresh(self, connection: Any, done: Ingested) -> None:
        """Bring the tables up to date after an ingest."""
        parents: dict[int, int] = {}
        for record, row in done.rows.items():
            keys = done.keys.get(record, set())
            if row.kind == CASE_KIND:
                self._list_case(connection, row)
            elif row.parent is not None:
                parents[row.parent] = max(parents.get(row.parent, 0), _newest(row))
                if row.kind == _LOCATION:
                    self._show_place(connection, row.parent)
                elif row.kind == _PHOTO:
                    _count_photos(connection, row.parent)
                    _note_hash(connection, row)
            if keys:
                self._index(connection, row, keys)
        connection.executemany(
            "UPDATE case_list SET updated = max(updated, ?) WHERE row = ?",
            [(newest, parent) for parent, newest in sorted(parents.items())],
        )

    def clear_search(self, connection: Any) -> None:
        """Empty the search index, before a rebuild."""
        clear_search(connection)

    def derive_all(self, connection: Any) -> None:
        """Compute the derived columns of every case anew."""
        rows = connection.execute(
            "SELECT row, vals FROM record WHERE kind = ? AND deleted = 0", (CASE_KIND,)
        ).fetchall()
        changed = []
        for row, packed in rows:
            derived = self._derive(named_values(CASE_KIND, unpack_values(packed)))
            changed.append((derived.get("due_at"), derived.get("priority_score"), row))
        connection.executemany("UPDATE case_list SET due_at = ?, priority_score = ? WHERE row = ?", changed)

    def _list_case(self, connection: Any, row: RecordRow) -> None:
        if row.deleted:
            connection.execute("DELETE FROM case_list WHERE row = ?", (row.row,))
            return
        values = named_values(row.kind, row.values)
        values.update(self._derive(values))
        newest = _newest(row)
        is_new = not connection.execute("SELECT 1 FROM case_list WHERE row = ?", (row.row,)).fetchone()
        connection.execute(
            _UPSERT, (row.row, newest, row.conflicts, 0, *(_column(values.get(name)) for name in _CASE_NAMES))
        )
        if is_new:
            self._show_place(connection, row.row)
            _count_photos(connection, row.row)

    def _show_place(self, connection: Any, case_row: int) -> None:
        place: tuple[Any, Any, Any] = (None, None, None)
        first = connection.execute(
            "SELECT vals FROM record WHERE parent = ? AND kind = ? AND deleted = 0 ORDER BY row LIMIT 1",
            (case_row, _LOCATION),
        ).fetchone()
        if first:
            values = named_values(_LOCATION, unpack_values(first[0]))
            words = next((str(values[name]) for name in _PLACE_WORDS if values.get(name)), None)
            place = (words, values.get("lat"), values.get("lon"))
        connection.execute(
            "UPDATE case_list SET place = ?, lat = ?, lon = ? WHERE row = ?", (*place, case_row)
        )

    def _index(self, connection: Any, row: RecordRow, keys: set[Key]) -> None:
        case_row = row.row if row.kind == CASE_KIND else row.parent
        if case_row is None:
            return
        if row.deleted:
            forget_record(connection, record_row=row.row)
            return
        numbers = {split_key(key)[0] for key in keys}
        searched = _SEARCHED_NUMBERS.get(row.kind, frozenset())
        if not numbers & searched and 0 not in numbers:
            return
        title, body = searched_text(row)
        index_record(connection, record_row=row.row, case_row=case_row, title=title, body=body)


def searched_text(row: RecordRow) -> tuple[str, str]:
    """What a record is found by: its title with its number, and the rest of its words."""
    values = named_values(row.kind, row.values)
    title = ""
    if row.kind == CASE_KIND:
        title = f"{values.get('title', '')}\n{values.get('case_no', '')}"
    words = [values.get(declared.name) for declared in _SEARCHED.get(row.kind, ())]
    if row.kind != CASE_KIND:
        words.append(values.get("title"))
    return title, "\n".join(str(word) for word in words if word)


def _newest(row: RecordRow) -> int:
    return max((head.version.hlc for living in row.heads.values() for head in living), default=0)


def _count_photos(connection: Any, case_row: int) -> None:
    connection.execute(
        "UPDATE case_list SET photos ="
        " (SELECT count(*) FROM record WHERE parent = ? AND kind = ? AND deleted = 0) WHERE row = ?",
        (case_row, _PHOTO, case_row),
    )


def _note_hash(connection: Any, row: RecordRow) -> None:
    """Remember which records show a picture; a deleted one keeps its bytes and its line."""
    sha256 = named_values(row.kind, row.values).get("sha256")
    if sha256:
        connection.execute("INSERT OR IGNORE INTO photo_hash(sha256, row) VALUES(?, ?)", (sha256, row.row))


def _column(value: Value) -> Value:
    return int(value) if isinstance(value, str) and value.isdigit() and len(value) == 1 else value
