from __future__ import annotations

import hashlib
import io
import tracemalloc
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import StoreDamaged
from fieldlog.storage.sealing import CHUNK_BYTES, HEADER_BYTES, Sealing, plain_chunks, read_header

KEY = bytes(range(32))
NAME = b"n" * 32
TAG = 16
ODD_SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7]


def patterned(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def sealed(data: bytes, *, name: bytes = NAME, key: bytes = KEY) -> bytes:
    sealing = Sealing()
    body = b"".join(sealing.chunks((data,)))
    return sealing.header(key, name) + body


def opened(raw: bytes, *, name: bytes = NAME, key: bytes = KEY) -> bytes:
    file = io.BytesIO(raw)
    return b"".join(plain_chunks(file, read_header(file, key, name)))


@pytest.mark.parametrize("size", ODD_SIZES)
def test_bytes_of_any_length_come_back(size) -> None:
    data = patterned(size)
    raw = sealed(data)
    assert opened(raw) == data
    assert len(raw) == HEADER_BYTES + size + TAG * max(1, -(-size // CHUNK_BYTES))


@given(st.lists(st.integers(0, CHUNK_BYTES + 1), max_size=4))
def test_how_the_bytes_were_handed_over_makes_no_difference(sizes) -> None:
    pieces = [patterned(size) for size in sizes]
    sealing = Sealing()
    body = b"".join(sealing.chunks(pieces))
    whole = b"".join(pieces)
    assert sealing.digest == hashlib.sha256(whole).hexdigest()
    assert sealing.size == len(whole)
    assert opened(sealing.header(KEY, NAME) + body) == whole


@given(st.binary(max_size=300), st.data())
def test_no_byte_can_be_changed_without_being_noticed(data, draw) -> None:
    raw = bytearray(sealed(data))
    place = draw.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(StoreDamaged):
        opened(bytes(raw))


@given(st.binary(max_size=300), st.data())
def test_a_file_cut_anywhere_or_grown_is_noticed(data, draw) -> None:
    raw = sealed(data)
    with pytest.raises(StoreDamaged):
        opened(raw[: draw.draw(st.integers(0, len(raw) - 1))])
    with pytest.raises(StoreDamaged):
        opened(raw + b"\0")


def test_chunks_that_are_swapped_dropped_or_doubled_are_noticed() -> None:
    raw = sealed(patterned(3 * CHUNK_BYTES))
    step = CHUNK_BYTES + TAG
    head, chunks = raw[:HEADER_BYTES], [raw[HEADER_BYTES + i * step :][:step] for i in range(3)]
    assert opened(head + b"".join(chunks))
    for wrong in ([1, 0, 2], [0, 1], [0, 2], [0, 1, 1], [0, 1, 2, 2], []):
        with pytest.raises(StoreDamaged):
            opened(head + b"".join(chunks[i] for i in wrong))


def test_a_file_under_another_name_another_key_or_another_head_does_not_open() -> None:
    one, two = sealed(b"one photo"), sealed(b"two photo")
    with pytest.raises(StoreDamaged):
        opened(one, name=b"m" * 32)
    with pytest.raises(StoreDamaged):
        opened(one, key=bytes(32))
    with pytest.raises(StoreDamaged):
        opened(one[:HEADER_BYTES] + two[HEADER_BYTES:])


def test_the_same_photo_sealed_twice_shares_no_bytes_beyond_the_mark() -> None:
    one, two = sealed(patterned(1000)), sealed(patterned(1000))
    assert one[4:20] != two[4:20]
    assert one[HEADER_BYTES:] != two[HEADER_BYTES:]


def test_a_header_shows_no_key_when_printed() -> None:
    file = io.BytesIO(sealed(b"x"))
    header = read_header(file, KEY, NAME)
    assert header.key.hex() not in repr(header)
    assert repr(header.key) not in repr(header)


def test_a_long_film_passes_through_in_little_memory() -> None:
    sealing = Sealing()
    tracemalloc.start()
    try:
        length = sum(map(len, sealing.chunks(repeat(bytes(300_000), 170))))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length > 50_000_000
    assert peak < 8 * CHUNK_BYTES
