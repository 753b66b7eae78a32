"""Ops as one file: ``FLS1 | sha256 | zstd(msgpack[stream, scope, device, owner, first, previous, tip, [bodies]])``.

The sha256 is of all that follows it. Bodies are the very bytes of the ops. ``previous`` is the hash of the op
before ``first``, so a segment proves its chain by itself.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import msgspec

from fieldlog.domain.errors import OfficeDamaged
from fieldlog.domain.ids import StreamId
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.transfer import LogName, Stretch
from fieldlog.storage.op_bytes import GENESIS, chained
from fieldlog.sync.folder.names import fits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAGIC: Final = b"FLS1"
"""1 (2026-11-23): first."""
SEGMENT_OPS: Final = 2000
SEGMENT_BYTES: Final = 8 << 20
"""A segment is written with at most so many ops and so many bytes of bodies, or with one op."""
LARGEST_PLAIN: Final = 64 << 20
"""A segment that says it unpacks to more is not unpacked."""
LARGEST_FILE: Final = LARGEST_PLAIN + (1 << 20)
LARGEST_BODY: Final = LARGEST_PLAIN - (1 << 16)

_HASH: Final = 32
_STREAM: Final = 16
_HEAD: Final = len(MAGIC) + _HASH
_LEVEL: Final = 3

_HOW: Final = Phrase(
    "그대로 두었습니다. 그 기록을 가진 기기가 다시 동기화하면 채워집니다.",
    "It was left as it is; the next sync of a device that holds these entries fills the gap.",
)
_WHAT: Final = Phrase("기록 조각을 믿을 수 없습니다.", "A segment of the log cannot be trusted.")
_NO_SEGMENT: Final = Phrase("기록 조각이 아닙니다.", "It is not a segment.")
_TORN: Final = Phrase("쓰다 만 것이거나 바이트가 바뀌었습니다.", "It is torn, or bytes have changed.")
_TOO_LARGE: Final = Phrase("풀면 허용된 크기를 넘습니다.", "Unpacked it would be larger than allowed.")
_NO_CHAIN: Final = Phrase("기록의 사슬이 맞지 않습니다.", "The chain of its entries does not hold.")


class Packed(msgspec.Struct, array_like=True, frozen=True):
    """A segment as msgpack has it; more at the end is passed over."""

    stream: bytes
    scope: str
    device: str
    owner: str
    first: int
    previous: bytes
    tip: bytes
    bodies: list[bytes]


class Segment(msgspec.Struct, frozen=True):
    """Neighbouring ops of one log with the hash of each."""

    stretch: Stretch
    hashes: tuple[bytes, ...]

    @property
    def tip(self) -> bytes:
        """The hash of the last op."""
        return self.hashes[-1]

    def hash_at(self, seq: int) -> bytes | None:
        """The hash of one op, or of the one before the first; None outside."""
        at = seq - self.stretch.first
        if at == -1:
            return self.stretch.previous
        return self.hashes[at] if 0 <= at < len(self.hashes) else None

    def cut(self, after: int, until: int | None = None) -> Stretch | None:
        """The ops above ``after``, up to ``until``; None when there are none."""
        stretch = self.stretch
        begin = max(0, after + 1 - stretch.first)
        end = len(stretch.bodies) if until is None else max(0, until + 1 - stretch.first)
        bodies = stretch.bodies[begin:end]
        if not bodies:
            return None
        previous = self.hashes[begin - 1] if begin else stretch.previous
        return Stretch(stretch.log, stretch.first + begin, previous, bodies)


def hashed(stretch: Stretch) -> Segment:
    """A stretch with the hash of each of its ops."""
    hashes, last = [], stretch.previous
    for body in stretch.bodies:
        last = chained(last, body)
        hashes.append(last)
    return Segment(stretch, tuple(hashes))


def first_difference(one: Segment, other: Segment) -> int | None:
    """The first place where two segments hold different ops; None where they agree or never meet."""
    begin = max(one.stretch.first, other.stretch.first)
    for seq in range(begin - 1, min(one.stretch.last, other.stretch.last) + 1):
        mine, theirs = one.hash_at(seq), other.hash_at(seq)
        if None not in {mine, theirs} and mine != theirs:
            return max(1, seq)
    return None


def pack(segment: Segment) -> bytes:
    """The bytes of a segment's file."""
    from zstandard import ZstdCompressor  # noqa: PLC0415

    log, stretch = segment.stretch.log, segment.stretch
    packed = Packed(
        log.stream, log.scope, log.device, log.owner, stretch.first, stretch.previous, segment.tip,
        list(stretch.bodies),
    )  # fmt: skip
    content = ZstdCompressor(level=_LEVEL).compress(msgspec.msgpack.encode(packed))
    return MAGIC + hashlib.sha256(content).digest() + content


def unpack(data: bytes) -> Segment:
    """Read a segment's file: its hash, its sizes and its chain are checked before a byte is believed.

    Raises:
        OfficeDamaged: It is torn, foreign, a bomb, or its chain does not hold.
    """
    if data[: len(MAGIC)] != MAGIC:
        raise damaged(_NO_SEGMENT)
    content = memoryview(data)[_HEAD:]
    if hashlib.sha256(content).digest() != data[len(MAGIC) : _HEAD]:
        raise damaged(_TORN)
    try:
        packed = msgspec.msgpack.decode(_unzipped(content), type=Packed)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise damaged(_NO_SEGMENT) from error
    shapes = (len(packed.stream), len(packed.previous), len(packed.tip))
    if shapes != (_STREAM, _HASH, _HASH) or packed.first < 1 or not packed.bodies:
        raise damaged(_NO_SEGMENT)
    if not fits(packed.first + len(packed.bodies) - 1):
        raise damaged(_NO_SEGMENT)
    log = LogName(StreamId(packed.stream), packed.scope, packed.device, packed.owner)
    segment = hashed(Stretch(log, packed.first, packed.previous, tuple(packed.bodies)))
    if segment.tip != packed.tip or (packed.first == 1 and packed.previous != GENESIS):
        raise damaged(_NO_CHAIN)
    return segment


def _unzipped(content: memoryview) -> bytes:
    """The plain bytes; the declared size is looked at first, as the decompressor would believe it."""
    from zstandard import ZstdDecompressor, ZstdError, get_frame_parameters  # noqa: PLC0415

    try:
        declared = get_frame_parameters(content)
        if not 0 < declared.content_size <= LARGEST_PLAIN or declared.dict_id:
            raise damaged(_TOO_LARGE)
        return ZstdDecompressor(max_window_size=LARGEST_PLAIN).decompress(
            content, max_output_size=LARGEST_PLAIN, allow_extra_data=False
        )
    except ZstdError as error:
        raise damaged(_NO_SEGMENT) from error


def damaged(why: Phrase) -> OfficeDamaged:
    """What is said of a segment that cannot be believed."""
    return OfficeDamaged(_WHAT, why, _HOW)


def portions(bodies: Sequence[bytes]) -> Iterator[tuple[bytes, ...]]:
    """Bodies in order, in portions that one segment or one answer may hold."""
    portion: list[bytes] = []
    size = 0
    for body in bodies:
        if portion and (len(portion) >= SEGMENT_OPS or size + len(body) > SEGMENT_BYTES):
            yield tuple(portion)
            portion, size = [], 0
        portion.append(body)
        size += len(body)
    if portion:
        yield tuple(portion)
