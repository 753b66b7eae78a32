"""What an undo writes: for every value of an op that still stands, the one it had replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.ids import StreamId, id_bytes
from fieldlog.domain.merge import shown
from fieldlog.domain.op import Change, Key, OpKind, RecordChange, Version
from fieldlog.domain.registry import DELETED_KEY, REGISTRY, FieldType
from fieldlog.storage.ingest import uuid_lookup
from fieldlog.storage.op_bytes import op_from_bytes
from fieldlog.storage.record_rows import SELECT_RECORD, RecordRow, record_row
from fieldlog.storage.streams import Stream, all_streams, body_at, find_stream

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.op import Op
    from fieldlog.domain.registry import Value

_LOOK_BACK: Final = 2_000
_ALONE: Final = frozenset({REGISTRY.kind("user").id})
UNDONE_REASON: Final = "undo"


def last_undoable(connection: Any, stream_id: bytes) -> tuple[bytes, int] | None:
    """The newest op of a log that is no undo and has not been undone."""
    stream = find_stream(connection, StreamId(stream_id))
    if stream is None:
        return None
    undone: set[int] = set()
    for seq in range(stream.tip_seq, max(0, stream.tip_seq - _LOOK_BACK), -1):
        op = op_from_bytes(body_at(connection, stream, seq), stream.uuid)
        if op.kind == OpKind.UNDO:
            undone.add(int(str(op.ext.get("seq") or 0)))
        elif seq not in undone and any(changed.kind not in _ALONE for changed in op.records):
            return stream.uuid, seq
    return None


def changes_back(connection: Any, target: tuple[bytes, int]) -> tuple[tuple[RecordChange, ...], int]:
    """The changes that undo an op, and how many of its values were replaced since and stay."""
    streams = {stream.uuid: stream for stream in all_streams(connection)}
    stream = streams[StreamId(target[0])]
    op = op_from_bytes(body_at(connection, stream, target[1]), stream.uuid)
    recv_no = connection.execute(
        "SELECT recv_no FROM op WHERE stream = ? AND seq = ?", (stream.id, target[1])
    ).fetchone()[0]
    back, kept = [], 0
    for changed in op.records:
        row = _row(connection, changed.record, list(streams.values()))
        if _first_touch(connection, row) == recv_no:
            change = _tombstone(row)
            if change:
                back.append(RecordChange(changed.record, changed.kind, (change,)))
            continue
        changes = []
        for change in changed.changes:
            reverted = _reverted(connection, streams, row, change, Version(op.hlc, stream.uuid))
            if reverted is None:
                kept += 1
            else:
                changes.append(reverted)
        if changes:
            back.append(RecordChange(changed.record, changed.kind, tuple(changes)))
    return tuple(back), kept


def _row(connection: Any, record: RecordId, streams: list[Stream]) -> RecordRow:
    found = connection.execute(f"{SELECT_RECORD} WHERE rec = ?", (id_bytes(record),)).fetchone()
    return record_row(found, uuid_lookup(streams))


def _first_touch(connection: Any, row: RecordRow) -> int:
    return int(connection.execute("SELECT min(recv_no) FROM touched WHERE row = ?", (row.row,)).fetchone()[0])


def _tombstone(row: RecordRow) -> Change | None:
    if row.deleted:
        return None
    bases = tuple(head.version for head in row.heads.get(DELETED_KEY, ()))
    return Change(DELETED_KEY, bases, int(FieldType.TEXT), UNDONE_REASON)


def _reverted(
    connection: Any, streams: dict[StreamId, Stream], row: RecordRow, change: Change, written: Version
) -> Change | None:
    living = row.heads.get(change.key, ())
    if not living or shown(living).version != written:
        return None
    value: Value = None
    if change.bases:
        value = _value_written(
            connection, streams[max(change.bases).stream], max(change.bases), row.record, change.key
        )
    return Change(change.key, (written,), change.type, value)


def _value_written(connection: Any, stream: Stream, version: Version, record: RecordId, key: Key) -> Value:
    op = _op_written(connection, stream, version)
    for changed in op.records:
        if changed.record == record:
            for change in changed.changes:
                if change.key == key:
                    return change.value
    return None


def _op_written(connection: Any, stream: Stream, version: Version) -> Op:
    """The op of a version, by halving: within a log the hybrid time rises with the sequence."""
    low, high = 1, stream.tip_seq
    while low < high:
        middle = (low + high) // 2
        hlc = connection.execute(
            "SELECT hlc FROM op WHERE stream = ? AND seq = ?", (stream.id, middle)
        ).fetchone()[0]
        low, high = (middle + 1, high) if hlc < version.hlc else (low, middle)
    return op_from_bytes(body_at(connection, stream, low), stream.uuid)
