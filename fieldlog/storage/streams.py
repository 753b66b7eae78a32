"""The logs this store holds: one per device incarnation and scope, each a hash chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from fieldlog.domain.errors import StoreDamaged
from fieldlog.domain.ids import StreamId
from fieldlog.domain.numbering import device_code
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.op_bytes import GENESIS, chained

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE_BYTES: Final = 4
_COLUMNS = "id, uuid, scope, device, owner, tip_seq, tip_hash, tip_hlc"


class Stream(Struct):
    """One log and how far it reaches."""

    id: int
    uuid: StreamId
    scope: str
    device: str
    owner: str
    tip_seq: int
    tip_hash: bytes
    tip_hlc: int


class Entry(Struct, frozen=True):
    """One op as it lies in the log."""

    recv_no: int
    seq: int
    body: bytes
    hash: bytes


def _stream(row: Any) -> Stream:
    identity, uuid, *rest = row
    return Stream(identity, StreamId(uuid), *rest)


def code_of(uuid: StreamId) -> str:
    """The short code by which people know the device that writes a log."""
    return device_code(uuid[-_CODE_BYTES:])


def find_stream(connection: Any, uuid: StreamId) -> Stream | None:
    """The log of that id, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM stream WHERE uuid = ?", (uuid,)).fetchone()  # noqa: S608
    return _stream(row) if row else None


def all_streams(connection: Any) -> list[Stream]:
    """Every log this store holds."""
    return [_stream(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM stream ORDER BY id")]  # noqa: S608


def begin_stream(connection: Any, uuid: StreamId, *, scope: str, device: str, owner: str) -> Stream:
    """Begin an empty log."""
    cursor = connection.execute(
        "INSERT INTO stream(uuid, scope, device, owner, tip_seq, tip_hash, tip_hlc) VALUES(?, ?, ?, ?, 0, ?, 0)",
        (uuid, scope, device, owner, GENESIS),
    )
    return Stream(cursor.lastrowid, uuid, scope, device, owner, 0, GENESIS, 0)


def append(connection: Any, stream: Stream, body: bytes, hlc: int) -> Entry:
    """Chain one op to its log and move the log's tip; nothing is committed here."""
    seq, digest = stream.tip_seq + 1, chained(stream.tip_hash, body)
    cursor = connection.execute(
        "INSERT INTO op(stream, seq, hlc, body, hash) VALUES(?, ?, ?, ?, ?)",
        (stream.id, seq, hlc, body, digest),
    )
    move_tip(connection, stream, seq, digest, hlc)
    return Entry(cursor.lastrowid, seq, body, digest)


def move_tip(connection: Any, stream: Stream, seq: int, digest: bytes, hlc: int) -> None:
    """A log ends here from now on."""
    stream.tip_seq, stream.tip_hash, stream.tip_hlc = seq, digest, hlc
    connection.execute(
        "UPDATE stream SET tip_seq = ?, tip_hash = ?, tip_hlc = ? WHERE id = ?", (seq, digest, hlc, stream.id)
    )


def body_at(connection: Any, stream: Stream, seq: int) -> bytes:
    """The bytes of one op.

    Raises:
        StoreDamaged: The log does not hold it.
    """
    row = connection.execute("SELECT body FROM op WHERE stream = ? AND seq = ?", (stream.id, seq)).fetchone()
    if row is None:
        raise _broken(stream, seq)
    return bytes(row[0])


def place_of(connection: Any, stream: Stream, hlc: int) -> int | None:
    """Where in a log the op of a hybrid time stands, found by halving: times only grow in a log."""
    low, high = 1, stream.tip_seq
    while low <= high:
        middle = (low + high) // 2
        row = connection.execute(
            "SELECT hlc FROM op WHERE stream = ? AND seq = ?", (stream.id, middle)
        ).fetchone()
        if row is None:
            return None
        if row[0] == hlc:
            return middle
        low, high = (middle + 1, high) if row[0] < hlc else (low, middle - 1)
    return None


def verified_entries(connection: Any, stream: Stream) -> Iterator[Entry]:
    """Every op of a log in order, each checked against the chain.

    Raises:
        StoreDamaged: A byte of the chain is not what it was, or an op is missing.
    """
    previous, expected = GENESIS, 1
    query = "SELECT recv_no, seq, body, hash FROM op WHERE stream = ? ORDER BY seq"
    for recv_no, seq, body, digest in connection.execute(query, (stream.id,)):
        if seq != expected or chained(previous, body) != digest:
            raise _broken(stream, expected)
        previous, expected = digest, expected + 1
        yield Entry(recv_no, seq, body, digest)
    if (expected - 1, previous) != (stream.tip_seq, stream.tip_hash):
        raise _broken(stream, expected)


def _broken(stream: Stream, seq: int) -> StoreDamaged:
    return StoreDamaged(
        Phrase("기록의 사슬이 끊어져 있습니다.", "The chain of entries is broken."),
        Phrase("기기 {device}의 {seq}번째 기록이 다릅니다.", "Entry {seq} of device {device} differs.").fill(
            device=stream.device or stream.uuid.hex()[:8], seq=seq
        ),
        Phrase(
            "이 폴더를 그대로 두고 관리자에게 알려 주십시오. 백업이나 다른 기기의 사본으로 되살립니다.",
            "Leave the folder as it is and tell the administrator; restore from a backup or another device.",
        ),
    )
