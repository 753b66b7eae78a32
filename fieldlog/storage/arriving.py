"""Taking in ops that others wrote: checked against the chain, merged, all of a stretch or nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from fieldlog.domain.errors import Forked, OfficeDamaged
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.ingest import Arrival, Ingest
from fieldlog.storage.op_bytes import chained, op_from_bytes
from fieldlog.storage.streams import all_streams, begin_stream, move_tip
from fieldlog.storage.stretches import hash_at

if TYPE_CHECKING:
    from fieldlog.domain.transfer import Stretch
    from fieldlog.storage.read_model import ReadModel
    from fieldlog.storage.record_rows import Ingested
    from fieldlog.storage.streams import Stream


class Taken(Struct, frozen=True):
    """What a stretch brought: how many ops were new, and what they touched; None where none was."""

    ops: int
    done: Ingested | None = None


def take(connection: Any, read_model: ReadModel, stretch: Stretch) -> Taken:
    """Take in a stretch within a transaction of the caller; ops held already are compared and passed over.

    Raises:
        Forked: Another op is held at one of these places; nothing of the stretch was taken.
        OfficeDamaged: Ops before the stretch are missing here, or the bytes are not what the hashes say.
        StoreDamaged: The bytes of an op are none.
    """
    streams = all_streams(connection)
    stream = next((each for each in streams if each.uuid == stretch.log.stream), None)
    if stream is None:
        log = stretch.log
        stream = begin_stream(connection, log.stream, scope=log.scope, device=log.device, owner=log.owner)
        streams.append(stream)
    fresh = _fresh(connection, stream, stretch)
    if not fresh:
        return Taken(0)
    first = connection.execute("SELECT coalesce(max(recv_no), 0) + 1 FROM op").fetchone()[0]
    arrivals: list[Arrival] = []
    rows = []
    for recv_no, (seq, body, digest) in enumerate(fresh, first):
        op = op_from_bytes(body, stream.uuid)
        arrivals.append(Arrival(stream, seq, recv_no, op))
        rows.append((recv_no, stream.id, seq, op.hlc, body, digest))
    connection.executemany(
        "INSERT INTO op(recv_no, stream, seq, hlc, body, hash) VALUES(?, ?, ?, ?, ?, ?)", rows
    )
    ingest = Ingest(connection, read_model, streams)
    last, _, digest = fresh[-1]
    move_tip(connection, stream, last, digest, arrivals[-1].op.hlc)
    return Taken(len(arrivals), ingest.apply(arrivals))


def _fresh(connection: Any, stream: Stream, stretch: Stretch) -> list[tuple[int, bytes, bytes]]:
    """The ops not held yet: place, bytes, hash; whatever is held must be the same."""
    before = hash_at(connection, stream.uuid, stretch.first - 1)
    if before is None:
        raise _gap(stream, stretch.first)
    if before != stretch.previous:
        raise forked(stream.uuid, max(stretch.first - 1, 1), stream.device)
    fresh = []
    digest = before
    for seq, body in enumerate(stretch.bodies, stretch.first):
        digest = chained(digest, body)
        if seq > stream.tip_seq:
            fresh.append((seq, body, digest))
        elif hash_at(connection, stream.uuid, seq) != digest:
            raise forked(stream.uuid, seq, stream.device)
    return fresh


def forked(stream: bytes, seq: int, device: str) -> Forked:
    """The error for two different ops at one place of a log."""
    return Forked(
        Phrase("한 기기의 기록이 두 갈래로 나뉘었습니다.", "The records of one device have split in two."),
        Phrase(
            "기기 {device}의 {seq}번째 기록이 양쪽에서 서로 다릅니다. 디스크를 복제했거나 백업에서 되돌린"
            " 기기일 수 있습니다.",
            "Entry {seq} of device {device} differs on the two sides. Its disk may have been copied, or"
            " restored from a backup.",
        ).fill(device=device or stream.hex()[:8], seq=seq),
        Phrase(
            "어느 쪽도 지워지지 않았습니다. 그 기기에서 동기화하면 스스로 갈라진 뒤의 기록을 새로 올립니다.",
            "Neither side was erased. When that device syncs it hands in anew what it wrote after the split.",
        ),
        stream=stream,
        seq=seq,
    )


def _gap(stream: Stream, first: int) -> OfficeDamaged:
    return OfficeDamaged(
        Phrase("받은 기록 사이에 빠진 것이 있습니다.", "Entries are missing between those received."),
        Phrase(
            "기기 {device}의 {seq}번째 앞의 기록이 없습니다.",
            "Entries before {seq} of device {device} are missing.",
        ).fill(device=stream.device or stream.uuid.hex()[:8], seq=first),
        Phrase("다시 동기화해 주십시오.", "Please sync again."),
    )
