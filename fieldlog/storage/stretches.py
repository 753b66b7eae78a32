"""Reading the log out in the pieces that travel: ends of logs and stretches of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.transfer import LogName, Stretch, Tip
from fieldlog.storage.op_bytes import GENESIS
from fieldlog.storage.streams import all_streams, find_stream

if TYPE_CHECKING:
    from fieldlog.domain.ids import StreamId
    from fieldlog.storage.streams import Stream

MOST_OPS: Final = 2_000
MOST_BYTES: Final = 8 << 20
"""What one stretch may hold (sync specification 5.2); a single larger op still travels."""


def log_name(stream: Stream) -> LogName:
    """A log as it is called between stores."""
    return LogName(stream.uuid, stream.scope, stream.device or "", stream.owner or "")


def tips(connection: Any) -> tuple[Tip, ...]:
    """How far every log reaches here; logs that hold nothing yet are left out."""
    return tuple(
        Tip(log_name(stream), stream.tip_seq, stream.tip_hash)
        for stream in all_streams(connection)
        if stream.tip_seq
    )


def hash_at(connection: Any, uuid: StreamId, seq: int) -> bytes | None:
    """The hash of one op; None where the log does not reach so far. Before the first op it is the genesis."""
    if seq == 0:
        return GENESIS
    row = connection.execute(
        "SELECT op.hash FROM op JOIN stream ON stream.id = op.stream WHERE stream.uuid = ? AND op.seq = ?",
        (uuid, seq),
    ).fetchone()
    return bytes(row[0]) if row else None


def stretch_after(
    connection: Any, uuid: StreamId, after: int, *, most_ops: int = MOST_OPS, most_bytes: int = MOST_BYTES
) -> Stretch | None:
    """The next ops of a log behind ``after``, at least one; None at its end."""
    stream = find_stream(connection, uuid)
    previous = hash_at(connection, uuid, after)
    if stream is None or previous is None:
        return None
    bodies: list[bytes] = []
    size = 0
    query = "SELECT body FROM op WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?"
    for (body,) in connection.execute(query, (stream.id, after, most_ops)):
        size += len(body)
        if bodies and size > most_bytes:
            break
        bodies.append(bytes(body))
    return Stretch(log_name(stream), after + 1, previous, tuple(bodies)) if bodies else None
