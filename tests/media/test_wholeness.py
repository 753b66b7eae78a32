"""Cut and damaged files are known by their structure."""

from __future__ import annotations

import struct

import pytest
from helpers import pictures
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.media import formats
from fieldlog.media.wholeness import Wholeness, png_chunks, strips_present, wholeness


def box(kind, payload=b"") -> bytes:
    return struct.pack(">I", len(payload) + 8) + kind + payload


HEIC = box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + box(b"meta", bytes(40)) + box(b"mdat", bytes(100))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pictures.jpeg(80, 60), formats.JPEG),
        (pictures.png(80, 60), formats.PNG),
        (pictures.webp(80, 60), formats.WEBP),
        (HEIC, formats.HEIC),
    ],
)
def test_a_whole_file_is_whole_and_any_cut_of_it_is_not(data, found) -> None:
    assert wholeness(data, found) is Wholeness.WHOLE
    for keep in (len(data) - 1, len(data) // 2, 20):
        assert wholeness(data[:keep], found) is not Wholeness.WHOLE


def test_a_jpeg_cut_in_its_header_is_cut_and_one_cut_in_its_scan_is_unended() -> None:
    data = pictures.jpeg(80, 60)
    assert wholeness(data[:100], formats.JPEG) is Wholeness.CUT
    assert wholeness(data[:-40], formats.JPEG) is Wholeness.UNENDED


def test_a_png_with_a_flipped_byte_in_its_pixels_is_damaged() -> None:
    data = bytearray(pictures.png(80, 60))
    start = next(start for kind, start, _ in png_chunks(bytes(data)) if kind == b"IDAT")
    data[start + 5] ^= 0xFF
    assert wholeness(bytes(data), formats.PNG) is Wholeness.DAMAGED


def test_a_heic_box_may_reach_to_the_end_or_be_of_64_bits_and_never_be_smaller_than_its_head() -> None:
    open_ended = HEIC + struct.pack(">I", 0) + b"free" + bytes(33)
    long_box = HEIC + struct.pack(">I", 1) + b"free" + struct.pack(">Q", 24) + bytes(8)
    assert wholeness(open_ended, formats.HEIC) is Wholeness.WHOLE
    assert wholeness(long_box, formats.HEIC) is Wholeness.WHOLE
    assert wholeness(HEIC + struct.pack(">I", 3) + b"free", formats.HEIC) is Wholeness.DAMAGED


def test_padding_after_the_last_heic_box_does_no_harm() -> None:
    assert wholeness(HEIC + bytes(5), formats.HEIC) is Wholeness.WHOLE


def test_tiff_strips_beyond_the_file_are_missing() -> None:
    assert strips_present((8, 100), (92, 50), 150)
    assert not strips_present((8, 100), (92, 51), 150)
    assert strips_present(None, None, 150)


@given(st.binary(max_size=200), st.sampled_from(formats.FORMATS))
def test_no_bytes_confuse_the_judge(data, found) -> None:
    assert wholeness(data, found) in Wholeness
