from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import pytest
import zstandard
from helpers.chains import Chain
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import OfficeDamaged
from fieldlog.storage.op_bytes import GENESIS, chained
from fieldlog.sync.folder import segment as segments
from fieldlog.sync.folder.segment import (
    LARGEST_PLAIN,
    MAGIC,
    SEGMENT_BYTES,
    SEGMENT_OPS,
    first_difference,
    hashed,
    pack,
    portions,
    unpack,
)

CHAIN = Chain(1, 12)
WHOLE = pack(hashed(CHAIN.stretch()))
LATER = pack(hashed(CHAIN.stretch(5)))


def sealed(content: bytes) -> bytes:
    return MAGIC + hashlib.sha256(content).digest() + content


def packed(*fields: Any) -> bytes:
    return sealed(zstandard.compress(msgspec.msgpack.encode(list(fields))))


def fields(**changes: Any) -> list[Any]:
    chain = Chain(1, 2)
    right = {"stream": chain.stream, "scope": "도로과", "device": "K1", "owner": "", "first": 1,
             "previous": GENESIS, "tip": chain.hashes[2], "bodies": chain.bodies}  # fmt: skip
    return list({**right, **changes}.values())


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=30), st.integers(1, 30))
def test_a_segment_comes_back_with_the_very_bytes_of_its_ops(bodies: list[bytes], first: int) -> None:
    chain = Chain(1)
    for body in [b"earlier"] * (first - 1) + bodies:
        chain.bodies.append(body)
        chain.hashes.append(chained(chain.hashes[-1], body))
    segment = unpack(pack(hashed(chain.stretch(first))))
    assert segment.stretch == chain.stretch(first)
    assert segment.tip == chain.tip().hash
    assert [segment.hash_at(seq) for seq in range(first - 1, len(chain.bodies) + 1)] == chain.hashes[
        first - 1 :
    ]


@given(st.sampled_from([WHOLE, LATER]), st.data())
def test_no_flipped_bit_is_believed(data: bytes, draw: Any) -> None:
    at = draw.draw(st.integers(0, len(data) * 8 - 1))
    flipped = bytearray(data)
    flipped[at // 8] ^= 1 << at % 8
    with pytest.raises(OfficeDamaged):
        unpack(bytes(flipped))


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=8))
def test_nothing_cut_short_or_with_other_bytes_behind_is_believed(end: int, tail: bytes) -> None:
    if WHOLE[:end] + tail != WHOLE:
        with pytest.raises(OfficeDamaged):
            unpack(WHOLE[:end] + tail)
    with pytest.raises(OfficeDamaged):
        unpack(WHOLE + b"\0")


@given(st.binary(max_size=200))
def test_any_bytes_under_a_right_seal_are_refused_in_words(content: bytes) -> None:
    for data in (content, MAGIC + content, sealed(content), sealed(zstandard.compress(content))):
        with pytest.raises(OfficeDamaged) as told:
            unpack(data)
        assert told.value.why.ko


_simple = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.binary(max_size=40)
    | st.text(max_size=9)
)
_values = st.recursive(
    _simple, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner), max_leaves=9
)


@given(st.lists(_values, max_size=10))
def test_any_values_in_place_of_the_fields_are_refused_in_words(values: list[Any]) -> None:
    with pytest.raises(OfficeDamaged):
        unpack(packed(*values))


@pytest.mark.parametrize(
    "changes",
    [
        {"stream": b"short"}, {"previous": b""}, {"tip": bytes(32)}, {"tip": b"x" * 31}, {"first": 0}, {"first": -3},
        {"bodies": []}, {"bodies": [b"other"]}, {"bodies": [[b"x"]]}, {"previous": b"p" * 32}, {"scope": 3},
        {"first": 1.5}, {"first": 2**63},
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused(changes: dict[str, Any]) -> None:
    assert unpack(packed(*fields()))
    with pytest.raises(OfficeDamaged):
        unpack(packed(*fields(**changes)))


def test_what_a_later_program_adds_behind_is_passed_over() -> None:
    assert unpack(packed(*fields(), {"later": [1, 2]})) == unpack(packed(*fields()))


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zstandard.compress(bytes(LARGEST_PLAIN + 1))
    assert len(bomb) < 10_000
    with pytest.raises(OfficeDamaged) as told:
        unpack(sealed(bomb))
    assert "허용된 크기" in told.value.why.ko


def test_a_bomb_that_hides_its_size_is_not_unpacked() -> None:
    hidden = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1 << 20))
    chained_frames = zstandard.compress(b"x") + zstandard.compress(bytes(1 << 20))
    for content in (hidden, chained_frames):
        with pytest.raises(OfficeDamaged):
            unpack(sealed(content))


@pytest.mark.parametrize("head", [b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff"])
def test_a_count_that_its_bytes_cannot_hold_is_refused(head: bytes) -> None:
    start = msgspec.msgpack.encode(fields()[:7])
    for data in (head, bytes([start[0] + 1]) + start[1:] + head):
        with pytest.raises(OfficeDamaged):
            unpack(sealed(zstandard.compress(data)))


def test_nesting_without_end_is_refused() -> None:
    deep = b"\x91" * 200_000
    behind = bytes([0x99]) + msgspec.msgpack.encode(fields())[1:] + deep
    for data in (deep, behind):
        with pytest.raises(OfficeDamaged):
            unpack(sealed(zstandard.compress(data)))


def test_a_cut_keeps_the_chain() -> None:
    segment = hashed(CHAIN.stretch(3, 10))
    assert segment.cut(0) == segment.cut(2) == CHAIN.stretch(3, 10)
    assert segment.cut(5, 8) == CHAIN.stretch(6, 8)
    assert segment.cut(9) == CHAIN.stretch(10, 10)
    assert [segment.cut(10), segment.cut(99), segment.cut(0, 2), segment.cut(6, 6)] == [None] * 4


@given(st.integers(0, 11), st.integers(1, 12), st.integers(1, 12))
def test_the_first_difference_is_where_a_branch_begins(after: int, one: int, other: int) -> None:
    branch = CHAIN.branch(after, 12 - after, "다른 것")
    mine, theirs = hashed(CHAIN.stretch(one)), hashed(branch.stretch(other))
    told = first_difference(mine, theirs)
    begin = max(one, other)
    assert told == max(after + 1, begin - 1)
    assert first_difference(mine, hashed(CHAIN.stretch(other))) is None


def test_segments_that_do_not_meet_cannot_differ() -> None:
    branch = CHAIN.branch(0, 12, "다른 것")
    assert first_difference(hashed(CHAIN.stretch(1, 4)), hashed(branch.stretch(6))) is None
    assert first_difference(hashed(CHAIN.stretch(1, 4)), hashed(branch.stretch(5))) == 4


@given(st.lists(st.integers(0, 3 << 20), max_size=12))
def test_portions_lose_nothing_and_keep_within_bounds(sizes: list[int]) -> None:
    bodies = [bytes(size) for size in sizes]
    parts = list(portions(bodies))
    assert [body for part in parts for body in part] == bodies
    assert all(part for part in parts)
    assert all(len(part) == 1 or sum(map(len, part)) <= SEGMENT_BYTES for part in parts)
    assert [len(part) for part in portions([b""] * (2 * SEGMENT_OPS + 1))] == [SEGMENT_OPS, SEGMENT_OPS, 1]


def test_every_op_that_may_be_written_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "LARGEST_PLAIN", 1 << 17)
    chain = Chain(1)
    chain.grow(1, size=(1 << 17) - (1 << 16))
    assert unpack(pack(hashed(chain.stretch()))).stretch == chain.stretch()
