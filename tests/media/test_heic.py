"""The boxes of HEIC files are read without a decoder, and files that would kill it never reach it."""

from __future__ import annotations

import struct

import pytest
from helpers import pictures
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import PhotoRefused
from fieldlog.media import formats, heic
from fieldlog.media.recognition import recognise
from fieldlog.media.tags import read_tags


def box(kind, body=b"", *, full=None) -> bytes:
    body = body if full is None else bytes([full, 0, 0, 0]) + body
    return struct.pack(">I", len(body) + 8) + kind + body


def entry(number, kind, strings=b"\x00", *, version=2) -> bytes:
    head = struct.pack(">HH" if version == 2 else ">IH", number, 0)
    return box(b"infe", head + kind + strings, full=version)


def located(number, *extents: tuple[int, int], method=0, version=1) -> bytes:
    head = struct.pack(">HHHH", number, method, 0, len(extents))
    spots = b"".join(struct.pack(">II", *extent) for extent in extents)
    return box(b"iloc", b"\x44\x00\x00\x01" + head + spots, full=version)


def file_of(*entries: bytes, iloc=b"", idat=b"", tail=b"") -> bytes:
    table = box(b"iinf", struct.pack(">H", len(entries)) + b"".join(entries), full=0)
    meta = box(b"meta", table + iloc + (box(b"idat", idat) if idat else b""), full=0)
    return box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + meta + tail


PAYLOAD = struct.pack(">I", 6) + b"Exif\x00\x00" + pictures.field_exif()


def test_the_item_table_is_read_in_both_widths() -> None:
    data = file_of(
        entry(1, b"hvc1"), entry(2, b"Exif", version=3), entry(3, b"mime", b"\x00application/rdf+xml\x00")
    )
    assert [(item.number, item.kind) for item in heic.items(data)] == [
        (1, b"hvc1"),
        (2, b"Exif"),
        (3, b"mime"),
    ]
    assert heic.is_sound(data)


def test_exif_is_found_in_the_file_and_in_the_item_data_box() -> None:
    inside = file_of(entry(7, b"Exif"), iloc=located(7, (0, len(PAYLOAD)), method=1), idat=PAYLOAD)
    assert read_tags(inside).main[0x0110] == b"HB-5\x00"
    front = file_of(entry(7, b"Exif"), iloc=located(7, (0, 0), (0, 0)))
    half = len(PAYLOAD) // 2
    at = len(front) + 8
    extents = ((at, half), (at + half, len(PAYLOAD) - half))
    outside = file_of(entry(7, b"Exif"), iloc=located(7, *extents), tail=box(b"mdat", PAYLOAD))
    assert read_tags(outside).exif[0x9003] == b"2026:03:09 10:12:00\x00"


def test_exif_with_its_header_told_by_an_offset_is_found() -> None:
    payload = struct.pack(">I", 3) + b"xyz" + pictures.field_exif()
    data = file_of(entry(7, b"Exif"), iloc=located(7, (0, len(payload)), method=1), idat=payload)
    assert read_tags(data).main[0x010F] == b"Hanbit\x00"


@pytest.mark.parametrize(
    "bad", [entry(1, b"hv\xffc"), entry(1, b"mime", b"\x00appli\xe9cation\x00"), entry(1, b"ab\x00c")]
)
def test_items_that_are_not_named_in_plain_letters_are_unsound(bad) -> None:
    assert not heic.is_sound(file_of(entry(2, b"hvc1"), bad))


def test_a_file_without_items_is_unsound_and_refused() -> None:
    data = file_of()
    assert not heic.is_sound(data)
    with pytest.raises(PhotoRefused):
        recognise(data, "현장.heic")


def test_a_real_photograph_with_a_misnamed_item_is_refused_and_not_handed_to_the_decoder() -> None:
    data = pictures.shared_heic()
    at = data.index(b"Exif")
    broken = data[: at + 2] + b"\x90" + data[at + 3 :]
    assert formats.sniff(broken) is formats.HEIC
    with pytest.raises(PhotoRefused, match="damaged"):
        recognise(broken, "현장.heic")


def test_boxes_stop_at_the_first_that_does_not_fit() -> None:
    data = box(b"free", b"12") + struct.pack(">I", 999) + b"mdat"
    assert [each.kind for each in heic.boxes(data, 0, len(data))] == [b"free"]


@given(st.binary(max_size=300))
def test_no_bytes_confuse_the_reader(tail) -> None:
    for data in (
        tail,
        file_of(tail),
        file_of(entry(7, b"Exif"), iloc=box(b"iloc", tail)),
        box(b"meta", tail),
    ):
        heic.items(data)
        heic.is_sound(data)
        heic.exif_block(data)
