"""What is read from the records: the case list and the search index, rebuilt from the log at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.due_of_case import DERIVED_FROM
from fieldlog.domain.op import split_key
from fieldlog.domain.registry import REGISTRY
from fieldlog.storage.case_columns import COLUMNS
from fieldlog.storage.diary import VISIT, note_visit
from fieldlog.storage.photo_list import list_photo
from fieldlog.storage.record_rows import CASE_KIND, RecordRow, named_values, unpack_values
from fieldlog.storage.search import RecordText, clear_search, forget_record, index_many, index_record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fieldlog.domain.op import Key
    from fieldlog.domain.registry import Value
    from fieldlog.storage.record_rows import Ingested

_MANY: Final = 64
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
_LISTED: Final = ("updated", "nconf", *_CASE_NAMES)
_DERIVED: Final = tuple(declared.name for declared in REGISTRY.kind("case").fields if declared.derived)
_DERIVED_FROM: Final = frozenset(REGISTRY.kind("case").field(name).id for name in DERIVED_FROM)
_SELECT_LISTED: Final = f"SELECT {', '.join(_LISTED)} FROM case_list WHERE row = ?"  # noqa: S608
INSERT_LISTED: Final = (
    f"INSERT INTO case_list(row, photos, place, lat, lon, {', '.join(_LISTED)})"
    f" VALUES(?, ?, ?, ?, ?, {', '.join('?' for _ in _LISTED)})"
)
_FIRST_PLACE: Final = (
    "SELECT vals FROM record WHERE parent = ? AND kind = ? AND deleted = 0 ORDER BY rec LIMIT 1"
)
_COUNT_PHOTOS: Final = (
    "UPDATE case_list SET photos ="
    " (SELECT count(*) FROM record WHERE parent = ? AND kind = ? AND deleted = 0) WHERE row = ?"
)
_NEWEST: Final = (
    "SELECT max(op.hlc) FROM touched JOIN op ON op.recv_no = touched.recv_no"
    " WHERE touched.row = ? OR touched.row IN (SELECT row FROM record WHERE parent = ?)"
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
        relisted: set[int] = set()
        parts: list[tuple[RecordRow, int]] = []
        texts: list[RecordText] = []
        listed: list[tuple[Any, ...]] = []
        for record, row in done.rows.items():
            keys = done.keys.get(record, set())
            if row.kind == CASE_KIND:
                if record in done.fresh:
                    listed += self.new_line(row, done.newest[record])
                elif self._list_case(connection, row, keys, done.newest[record]):
                    relisted.add(row.row)
            elif row.parent is not None:
                parts.append((row, done.newest[record]))
            if keys:
                texts.extend(_texts_to_index(connection, row, keys))
        connection.executemany(INSERT_LISTED, listed)
        _index(connection, texts)
        for row, _ in parts:
            if row.kind == _PHOTO:
                _note_hash(connection, row)
                list_photo(connection, row)
            elif row.kind == VISIT:
                note_visit(connection, row)
        _show_parts(connection, [(row, when) for row, when in parts if row.parent not in relisted])

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

    def new_line(self, row: RecordRow, when: int) -> list[tuple[Any, ...]]:
        """A new case as the list shows it; nothing where it came with a tombstone."""
        if row.deleted:
            return []
        values = named_values(row.kind, row.values)
        values.update(self._derive(values))
        shown = (_column(values.get(name)) for name in _CASE_NAMES)
        return [(row.row, 0, None, None, None, when, row.conflicts, *shown)]

    def _list_case(self, connection: Any, row: RecordRow, keys: set[Key], when: int) -> bool:
        """Show a case in the list; True if it was not there for a while and its parts were read again."""
        if row.deleted:
            connection.execute("DELETE FROM case_list WHERE row = ?", (row.row,))
            return False
        values = named_values(row.kind, row.values)
        before = connection.execute(_SELECT_LISTED, (row.row,)).fetchone()
        if before is None or not _DERIVED_FROM.isdisjoint(split_key(key)[0] for key in keys):
            values.update(self._derive(values))
        else:
            values.update((name, before[_LISTED.index(name)]) for name in _DERIVED)
        after = (when, row.conflicts, *(_column(values.get(name)) for name in _CASE_NAMES))
        if before is None:
            newest, photos, *place = _parts_of(connection, row.row)
            connection.execute(INSERT_LISTED, (row.row, photos, *place, newest, *after[1:]))
            return True
        after = (max(before[0], after[0]), *after[1:])
        changed = [at for at, value in enumerate(after) if value != before[at]]
        if changed:
            connection.execute(_update_listed(changed), (*(after[at] for at in changed), row.row))
        return False


def _texts_to_index(connection: Any, row: RecordRow, keys: set[Key]) -> list[RecordText]:
    """The words a changed record is found by now; none where they are as before. A deleted one is forgotten."""
    case_row = row.row if row.kind == CASE_KIND else row.parent
    if case_row is None:
        return []
    if row.deleted:
        forget_record(connection, record_row=row.row)
        return []
    numbers = {split_key(key)[0] for key in keys}
    if not numbers & _SEARCHED_NUMBERS.get(row.kind, frozenset()) and 0 not in numbers:
        return []
    return [RecordText(row.row, case_row, *searched_text(row))]


def _index(connection: Any, texts: list[RecordText]) -> None:
    """A few go where the next save finds them quickly, many straight into the index."""
    if len(texts) >= _MANY:
        index_many(connection, texts)
        return
    for text in texts:
        index_record(connection, **text._asdict())


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


def _update_listed(changed: list[int]) -> str:
    """Only what differs is written: SQLite rewrites the index of every column it is given."""
    return f"UPDATE case_list SET {', '.join(f'{_LISTED[at]} = ?' for at in changed)} WHERE row = ?"  # noqa: S608


def _parts_of(connection: Any, case_row: int) -> tuple[int, int, Value, Value, Value]:
    """What the list shows besides a case's fields: its last change or a part's, photos, the first place."""
    newest, photos = connection.execute(_NEWEST, (case_row, case_row)).fetchone()[0], 0
    place: tuple[Value, Value, Value] | None = None
    for kind, packed in connection.execute(
        "SELECT kind, vals FROM record WHERE parent = ? AND deleted = 0 ORDER BY rec", (case_row,)
    ):
        photos += kind == _PHOTO
        if kind == _LOCATION and place is None:
            place = _place_shown(packed)
    return newest, photos, *(place or (None, None, None))


def _place_shown(packed: bytes) -> tuple[Value, Value, Value]:
    values = named_values(_LOCATION, unpack_values(packed))
    words = next((str(values[name]) for name in _PLACE_WORDS if values.get(name)), None)
    return words, values.get("lat"), values.get("lon")


def _show_parts(connection: Any, parts: list[tuple[RecordRow, int]]) -> None:
    """Show in the list what changed parts change there, each case once."""
    newest: dict[int, int] = {}
    placed, pictured = set(), set()
    for row, when in parts:
        case_row = row.parent or 0
        newest[case_row] = max(newest.get(case_row, 0), when)
        if row.kind == _LOCATION:
            placed.add(case_row)
        elif row.kind == _PHOTO:
            pictured.add(case_row)
    for case_row in sorted(placed):
        first = connection.execute(_FIRST_PLACE, (case_row, _LOCATION)).fetchone()
        place = _place_shown(first[0]) if first else (None, None, None)
        connection.execute(
            "UPDATE case_list SET place = ?, lat = ?, lon = ? WHERE row = ?", (*place, case_row)
        )
    for case_row in sorted(pictured):
        connection.execute(_COUNT_PHOTOS, (case_row, _PHOTO, case_row))
    for case_row, when in sorted(newest.items()):
        connection.execute(
            "UPDATE case_list SET updated = ? WHERE row = ? AND updated < ?", (when, case_row, when)
        )


def _note_hash(connection: Any, row: RecordRow) -> None:
    """Remember which records show a picture; a deleted one keeps its bytes and its line."""
    sha256 = named_values(row.kind, row.values).get("sha256")
    if sha256:
        connection.execute("INSERT OR IGNORE INTO photo_hash(sha256, row) VALUES(?, ?)", (sha256, row.row))


def _column(value: Value) -> Value:
    return int(value) if isinstance(value, str) and value.isdigit() and len(value) == 1 else value
