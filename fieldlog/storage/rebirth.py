"""A device that turns out to be a copy, or restored from a backup, goes on in a log of its own.

What it wrote after the split is unknown to the office; it is written again, op by op, into a new log, with
the same content, author and times. Nothing is dropped (sync specification 5.4, invariant I7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from fieldlog.domain.op import Version
from fieldlog.storage.ingest import Arrival, Ingest
from fieldlog.storage.op_bytes import GENESIS, op_from_bytes, op_to_bytes
from fieldlog.storage.rebuild import rebuild_within
from fieldlog.storage.streams import Stream, all_streams, append, begin_stream, find_stream, move_tip
from fieldlog.storage.stretches import hash_at

if TYPE_CHECKING:
    from fieldlog.domain.ids import StreamId
    from fieldlog.domain.op import Op
    from fieldlog.storage.read_model import ReadModel


def begin_again(
    connection: Any, read_model: ReadModel, old: StreamId, kept: int, *, new: StreamId, device: str
) -> int:
    """Cut the log ``old`` behind op ``kept`` and write what came after it into ``new``; answers how many ops.

    Within a transaction of the caller. Later ops of other logs that build on what is written again keep
    their words: the versions they name come back with the log that holds them.
    """
    before = find_stream(connection, old)
    if before is None:
        return 0
    suffix = _cut(connection, before, kept)
    connection.execute("UPDATE stream SET forked_from = ? WHERE id = ?", (new, before.id))
    begun = begin_stream(connection, new, scope=before.scope, device=device, owner=before.owner)
    if not suffix:
        return 0
    rebuild_within(connection, read_model)
    streams = [begun if each.uuid == new else each for each in all_streams(connection)]
    renamed: dict[Version, Version] = {}
    arrivals = []
    for op in suffix:
        again = _rebased(op, renamed)
        renamed[Version(op.hlc, old)] = Version(op.hlc, new)
        entry = append(connection, begun, op_to_bytes(again, new), again.hlc)
        arrivals.append(Arrival(begun, entry.seq, entry.recv_no, again))
    Ingest(connection, read_model, streams, seen=_seen_before(streams, new)).apply(arrivals)
    return len(suffix)


def _cut(connection: Any, log: Stream, kept: int) -> list[Op]:
    query = "SELECT body FROM op WHERE stream = ? AND seq > ? ORDER BY seq"
    suffix = [op_from_bytes(bytes(body), log.uuid) for (body,) in connection.execute(query, (log.id, kept))]
    connection.execute("DELETE FROM op WHERE stream = ? AND seq > ?", (log.id, kept))
    last = connection.execute("SELECT hlc FROM op WHERE stream = ? AND seq = ?", (log.id, kept)).fetchone()
    digest = hash_at(connection, log.uuid, kept) or GENESIS
    move_tip(connection, log, kept, digest, last[0] if last else 0)
    return suffix


def _rebased(op: Op, renamed: dict[Version, Version]) -> Op:
    """The op with every version that was written again under its new name."""
    return replace(
        op,
        records=tuple(
            replace(
                record,
                changes=tuple(
                    replace(change, bases=tuple(renamed.get(base, base) for base in change.bases))
                    for change in record.changes
                ),
            )
            for record in op.records
        ),
    )


def _seen_before(streams: list[Stream], new: StreamId) -> dict[StreamId, int]:
    return {stream.uuid: 0 if stream.uuid == new else stream.tip_hlc for stream in streams}
