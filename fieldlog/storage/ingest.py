"""Ops into state: merge the heads, then rebuild everything that is read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from fieldlog.domain.editing import changes_for
from fieldlog.domain.ids import RecordId, StreamId, id_bytes, is_record_id
from fieldlog.domain.merge import Ghost, Head, Merged, merge_change, shown
from fieldlog.domain.op import Key, RecordChange, Version
from fieldlog.domain.registry import REGISTRY
from fieldlog.storage.op_bytes import op_from_bytes
from fieldlog.storage.record_rows import (
    CASE_KIND,
    SELECT_RECORD,
    Ingested,
    RecordRow,
    leaf_digest,
    pack_heads,
    pack_values,
    record_row,
)
from fieldlog.storage.streams import body_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fieldlog.domain.editing import Edit
    from fieldlog.domain.op import Op
    from fieldlog.domain.registry import Value
    from fieldlog.storage.read_model import ReadModel
    from fieldlog.storage.streams import Stream


_AT_ONCE: Final = 500
_CASE_ID: Final = REGISTRY.kind("comment").field("case_id").id


class Arrival(Struct, frozen=True):
    """One op that has been chained into its log and now takes effect."""

    stream: Stream
    seq: int
    recv_no: int
    op: Op


class Ingest:
    """Applies ops inside one transaction of the caller.

    ``seen`` tells, per log, up to which hybrid time its ops have taken effect; as a log arrives in
    order, that answers whether a version has been seen. Left out: everything chained so far has.
    """

    def __init__(
        self,
        connection: Any,
        read_model: ReadModel,
        streams: Iterable[Stream],
        seen: dict[StreamId, int] | None = None,
    ) -> None:
        self._connection = connection
        self._read_model = read_model
        known = list(streams)
        self._by_uuid: dict[StreamId, Stream] = {stream.uuid: stream for stream in known}
        self._by_id: dict[int, Stream] = {stream.id: stream for stream in known}
        self._seen = {stream.uuid: stream.tip_hlc for stream in known} if seen is None else seen
        self._fresh: dict[tuple[RecordId, Key, Version], Value] = {}
        self._loaded: dict[RecordId, RecordRow] = {}
        self._absent: set[RecordId] = set()
        self._unwritten: set[RecordId] = set()
        self._inserts: list[tuple[Any, ...]] = []
        self._belonging: dict[RecordId, tuple[int, str, int | None]] = {}
        self._last_row: int | None = None
        self._haunted = connection.execute("SELECT 1 FROM ghost LIMIT 1").fetchone() is not None

    def apply(self, arrivals: list[Arrival]) -> Ingested:
        """Merge ops, in order, and bring every table that is derived from them up to date."""
        done = Ingested()
        touched: dict[RecordId, set[int]] = {}
        if len(arrivals) > 1:
            self._fetch({changed.record for arrival in arrivals for changed in arrival.op.records})
        for arrival in arrivals:
            for changed in arrival.op.records:
                row = self._row(done, changed, arrival.stream.scope)
                self._merge(done, row, changed, arrival)
                touched.setdefault(changed.record, set()).add(arrival.recv_no)
                done.newest[changed.record] = max(done.newest.get(changed.record, 0), arrival.op.hlc)
            for changed in arrival.op.records:
                self._give_row(done.rows[changed.record])
            self._seen[arrival.stream.uuid] = arrival.op.hlc
        for record, row in done.rows.items():
            self._show_values(row, done.keys.get(record, set()))
            if record in self._unwritten:
                done.fresh.add(record)
            self._write(row)
        self._flush()
        self._connection.executemany(
            "INSERT OR IGNORE INTO touched(row, recv_no) VALUES(?, ?)",
            [(row.row, number) for record, row in done.rows.items() for number in sorted(touched[record])],
        )
        self._read_model.refresh(self._connection, done)
        return done

    def _uuid_of(self, number: int) -> StreamId:
        return self._by_id[number].uuid

    def _number_of(self, uuid: StreamId) -> int:
        return self._by_uuid[uuid].id

    def _fetch(self, wanted: set[RecordId]) -> None:
        """Load many records with few questions."""
        asked = [record for record in wanted if record not in self._loaded]
        for at in range(0, len(asked), _AT_ONCE):
            some = asked[at : at + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            query = f"{SELECT_RECORD} WHERE rec IN ({marks})"
            for found in self._connection.execute(query, [id_bytes(record) for record in some]).fetchall():
                self._hold(found)
            self._absent.update(record for record in some if record not in self._loaded)

    def load(self, record: RecordId) -> RecordRow | None:
        """The record as this transaction sees it, or None."""
        if record in self._loaded:
            return self._loaded[record]
        if record in self._absent:
            return None
        found = self._connection.execute(f"{SELECT_RECORD} WHERE rec = ?", (id_bytes(record),)).fetchone()
        if found is None:
            return None
        return self._hold(found)

    def _hold(self, found: Any) -> RecordRow:
        row = record_row(found, self._uuid_of)
        self._loaded[row.record] = row
        self._belonging[row.record] = (row.kind, row.scope, row.parent)
        return row

    def changes_of(self, edits: Sequence[Edit]) -> tuple[RecordChange, ...]:
        """What edits change, seen from here; those that change nothing are left out."""
        changed = []
        for edit in edits:
            kind, row = REGISTRY.kind(edit.kind), self.load(edit.record)
            changes = changes_for(edit, kind, row.heads if row else {}, row.values if row else {})
            if changes:
                changed.append(RecordChange(edit.record, kind.id, changes))
        return tuple(changed)

    def _row(self, done: Ingested, changed: RecordChange, scope: str) -> RecordRow:
        row = done.rows.get(changed.record)
        if row is None:
            row = self.load(changed.record)
            if row is None:
                row = self._loaded[changed.record] = RecordRow(0, changed.record, changed.kind, scope, None)
            elif not row.heads:
                row.kind = changed.kind
            done.rows[changed.record] = row
        return row

    def _merge(self, done: Ingested, row: RecordRow, changed: RecordChange, arrival: Arrival) -> None:
        arrived = Head(Version(arrival.op.hlc, arrival.stream.uuid), arrival.seq)
        merged = Merged(row.heads)
        for change in changed.changes:
            self._fresh[changed.record, change.key, arrived.version] = change.value
            if merge_change(
                merged, changed.record, change, arrived, is_ghost=self._is_ghost, has_seen=self._has_seen
            ):
                done.keys.setdefault(changed.record, set()).add(change.key)
        for ghost in merged.new_ghosts:
            self._haunted = True
            self._connection.execute("INSERT OR IGNORE INTO ghost VALUES(?, ?, ?, ?)", _ghost_row(ghost))
        for ghost in merged.laid_ghosts:
            self._connection.execute(
                "DELETE FROM ghost WHERE rec = ? AND key = ? AND hlc = ? AND stream = ?", _ghost_row(ghost)
            )

    def _is_ghost(self, ghost: Ghost) -> bool:
        if not self._haunted:
            return False
        found = self._connection.execute(
            "SELECT 1 FROM ghost WHERE rec = ? AND key = ? AND hlc = ? AND stream = ?", _ghost_row(ghost)
        ).fetchone()
        return found is not None

    def _has_seen(self, version: Version) -> bool:
        return self._seen.get(version.stream, -1) >= version.hlc

    def _show_values(self, row: RecordRow, keys: set[Key]) -> None:
        for key in keys:
            living = row.heads.get(key, ())
            self._note_agreement(row, key, living)
            if not living:
                row.values.pop(key, None)
                continue
            if isinstance(key, str):  # an element of a set: one living addition outlives every removal
                row.values[key] = any(self._value(row.record, key, head) for head in living)
            else:
                row.values[key] = self._value(row.record, key, shown(living))

    def _note_agreement(self, row: RecordRow, key: Key, living: tuple[Head, ...]) -> None:
        """Equal values collapse: whoever wrote the same is not at odds (sync specification 5.3)."""
        row.agreed.discard(key)
        if len(living) > 1 and isinstance(key, int):
            first, *others = (self._value(row.record, key, head) for head in living)
            if all(other == first and type(other) is type(first) for other in others):
                row.agreed.add(key)

    def _value(self, record: RecordId, key: Key, head: Head) -> Value:
        fresh = (record, key, head.version)
        if fresh in self._fresh:
            return self._fresh[fresh]
        return value_at(self._connection, self._by_uuid[head.version.stream], head, record, key)

    def _write(self, row: RecordRow) -> None:
        row.digest = leaf_digest(row)
        belonging = (row.kind, row.scope, row.parent)
        packed = (
            pack_heads(row.heads, self._number_of, row.agreed),
            pack_values(row.values),
            row.conflicts,
            int(row.deleted),
            row.digest,
        )
        if row.record in self._unwritten:
            self._unwritten.discard(row.record)
            self._inserts.append((*belonging, *packed, id_bytes(row.record), row.row))
        elif self._belonging.get(row.record) == belonging:  # what is not named leaves its index alone
            self._connection.execute(
                "UPDATE record SET heads=?, vals=?, nconf=?, deleted=?, digest=? WHERE row=?",
                (*packed, row.row),
            )
        else:
            self._connection.execute(
                "UPDATE record SET kind=?, scope=?, parent=?, heads=?, vals=?, nconf=?, deleted=?, digest=?"
                " WHERE row=?",
                (*belonging, *packed, row.row),
            )
        self._belonging[row.record] = belonging

    def _flush(self) -> None:
        inserts, self._inserts = self._inserts, []
        self._connection.executemany(
            "INSERT INTO record(kind, scope, parent, heads, vals, nconf, deleted, digest, rec, row)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            inserts,
        )

    def _give_row(self, row: RecordRow) -> None:
        """Number a new record and find its case, op by op: the same numbers in whatever portions ops arrive."""
        if row.parent is None and row.kind != CASE_KIND and _belongs_to_case(row.kind):
            living = row.heads.get(_CASE_ID, ())
            if living:
                row.parent = self._row_of_case(self._value(row.record, _CASE_ID, shown(living)), row.scope)
        if not row.row:
            row.row = self._next_row()
            self._unwritten.add(row.record)

    def _next_row(self) -> int:
        if self._last_row is None:
            self._last_row = int(
                self._connection.execute("SELECT coalesce(max(row), 0) FROM record").fetchone()[0]
            )
        self._last_row += 1
        return self._last_row

    def _row_of_case(self, case_id: Value, scope: str) -> int | None:
        """The row of a case, made empty when a part of it arrives before the case itself."""
        if not isinstance(case_id, str) or not is_record_id(case_id):
            return None
        coming = self._loaded.get(RecordId(case_id))
        if coming is not None:
            if not coming.row and coming.kind == CASE_KIND:
                self._give_row(coming)
            return coming.row or None
        raw, empty = id_bytes(RecordId(case_id)), pack_values({})
        found = self._connection.execute("SELECT row FROM record WHERE rec = ?", (raw,)).fetchone()
        if found:
            return int(found[0])
        row = self._next_row()
        self._absent.discard(RecordId(case_id))
        self._connection.execute(
            "INSERT INTO record(row, rec, kind, scope, heads, vals, nconf, deleted, digest)"
            " VALUES(?, ?, ?, ?, ?, ?, 0, 0, ?)",
            (row, raw, CASE_KIND, scope, empty, empty, bytes(16)),
        )
        return row


def _belongs_to_case(kind: int) -> bool:
    declared = REGISTRY.numbered(kind)
    return declared is not None and declared.has("case_id")


def _ghost_row(ghost: Ghost) -> tuple[bytes, str, int, bytes]:
    return id_bytes(ghost.record), str(ghost.key), ghost.version.hlc, ghost.version.stream


def value_at(connection: Any, stream: Stream, head: Head, record: RecordId, key: Key) -> Value:
    """The value a head stands for, read from its op."""
    op = op_from_bytes(body_at(connection, stream, head.seq), stream.uuid)
    for changed in op.records:
        if changed.record == record:
            for change in changed.changes:
                if change.key == key:
                    return change.value
    return None


def uuid_lookup(streams: Iterable[Stream]) -> Callable[[int], StreamId]:
    """Stream number to stream id, for unpacking rows outside an ingest."""
    table = {stream.id: stream.uuid for stream in streams}
    return table.__getitem__
