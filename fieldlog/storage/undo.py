"""What an undo writes: for every value of an op that still stands, the one it had replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.ids import StreamId, id_bytes, id_text
from fieldlog.domain.merge import shown
from fieldlog.domain.op import Change, Key, OpKind, RecordChange, Version
from fieldlog.domain.registry import DELETED_KEY, REGISTRY, FieldType
from fieldlog.storage.ingest import uuid_lookup
from fieldlog.storage.op_bytes import op_from_bytes
from fieldlog.storage.record_rows import SELECT_RECORD, RecordRow, record_row
from fieldlog.storage.streams import all_streams, body_at, find_stream

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.op import Op
    from fieldlog.domain.registry import Value

_LOOK_BACK: Final = 2_000
_ALONE: Final = frozenset({REGISTRY.kind("user").id, REGISTRY.kind("report").id})
"""Saves of nothing else are passed over: who works here, and that a report has left the house."""
UNDONE_REASON: Final = "undo"


def last_undoable(connection: Any, stream_id: bytes) -> tuple[bytes, int] | None:
    """The newest op of a log that is no undo and has not been undone."""
    stream = find_stream(connection, StreamId(stream_id))
    if stream is None:
        return None
    undone: set[int] = set()
    for seq in range(stream.tip_seq, max(0, stream.tip_seq - _LOOK_BACK), -1):
        op = op_from_bytes(body_at(connection, stream, seq), stream.uuid)
        target = _target(op)
        if target is not None:
            undone.update({target[1]} if target[0] == stream.uuid else ())
        elif seq not in undone and any(changed.kind not in _ALONE for changed in op.records):
            return stream.uuid, seq
    return None


def _target(op: Op) -> tuple[bytes, int] | None:
    """The op that an undo undid; None for other ops."""
    stream, seq = op.ext.get("stream"), op.ext.get("seq")
    if op.kind != OpKind.UNDO or not isinstance(stream, str) or not isinstance(seq, int):
        return None
    return bytes.fromhex(stream), seq


def changes_back(connection: Any, target: tuple[bytes, int]) -> tuple[tuple[RecordChange, ...], int]:
    """The changes that undo an op, and how many of its values were replaced since and stay."""
    past = _Past(connection)
    stream = past.streams[StreamId(target[0])]
    op = op_from_bytes(body_at(connection, stream, target[1]), stream.uuid)
    recv_no = connection.execute(
        "SELECT recv_no FROM op WHERE stream = ? AND seq = ?", (stream.id, target[1])
    ).fetchone()[0]
    written = Version(op.hlc, stream.uuid)
    together = {changed.record for changed in op.records}
    back, kept = [], 0
    for changed in op.records:
        row = past.row(changed.record)
        if _first_touch(connection, row) == recv_no:
            if past.grown(row, written, together):
                kept += len(changed.changes)
            elif change := _tombstone(row):
                back.append(RecordChange(changed.record, changed.kind, (change,)))
            continue
        changes = [past.reverted(row, change, written) for change in changed.changes]
        kept += changes.count(None)
        stand = tuple(change for change in changes if change is not None)
        if stand:
            back.append(RecordChange(changed.record, changed.kind, stand))
    return tuple(back), kept


def _first_touch(connection: Any, row: RecordRow) -> int:
    return int(connection.execute("SELECT min(recv_no) FROM touched WHERE row = ?", (row.row,)).fetchone()[0])


def _tombstone(row: RecordRow) -> Change | None:
    if row.deleted:
        return None
    bases = tuple(head.version for head in row.heads.get(DELETED_KEY, ()))
    return Change(DELETED_KEY, bases, int(FieldType.TEXT), UNDONE_REASON)


class _Past:
    """What ops wrote, as far as the log of this store holds it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.streams = {stream.uuid: stream for stream in all_streams(connection)}
        self._uuid_of = uuid_lookup(self.streams.values())

    def row(self, record: RecordId) -> RecordRow:
        """A record as it is now."""
        found = self._connection.execute(f"{SELECT_RECORD} WHERE rec = ?", (id_bytes(record),)).fetchone()
        return record_row(found, self._uuid_of)

    def grown(self, row: RecordRow, written: Version, together: set[RecordId]) -> bool:
        """Whether more hangs on a record than the op that made it: later values, or living parts."""
        for key, living in row.heads.items():
            if any(self._stands_for(row.record, key, head.version) not in {written, None} for head in living):
                return True
        parts = self._connection.execute(
            "SELECT rec FROM record WHERE parent = ? AND deleted = 0", (row.row,)
        ).fetchall()
        return any(id_text(rec) not in together for (rec,) in parts)

    def reverted(self, row: RecordRow, change: Change, written: Version) -> Change | None:
        """The change that brings back what ``change`` replaced; None where something newer stands."""
        living = row.heads.get(change.key, ())
        if not living or self._stands_for(row.record, change.key, shown(living).version) != written:
            return None
        value: Value = None
        if change.bases:
            before = self._written(row.record, change.key, max(change.bases))
            value = before.value if before else None
        return Change(change.key, (shown(living).version,), change.type, value)

    def _stands_for(self, record: RecordId, key: Key, version: Version) -> Version | None:
        """The version whose value a head shows: an undo shows an earlier one, or nothing at all (None)."""
        while (target := _target(self._op(version))) is not None:
            undone = op_from_bytes(
                body_at(self._connection, self.streams[StreamId(target[0])], target[1]), StreamId(target[0])
            )
            change = _change(undone, record, key)
            if change is None or not change.bases:
                return None
            version = max(change.bases)
        return version

    def _written(self, record: RecordId, key: Key, version: Version) -> Change | None:
        return _change(self._op(version), record, key)

    def _op(self, version: Version) -> Op:
        """The op of a version, by halving: within a log the hybrid time rises with the sequence."""
        stream = self.streams[version.stream]
        low, high = 1, stream.tip_seq
        while low < high:
            middle = (low + high) // 2
            hlc = self._connection.execute(
                "SELECT hlc FROM op WHERE stream = ? AND seq = ?", (stream.id, middle)
            ).fetchone()[0]
            low, high = (middle + 1, high) if hlc < version.hlc else (low, middle)
        return op_from_bytes(body_at(self._connection, stream, low), stream.uuid)


def _change(op: Op, record: RecordId, key: Key) -> Change | None:
    for changed in op.records:
        if changed.record == record:
            for change in changed.changes:
                if change.key == key:
                    return change
    return None
