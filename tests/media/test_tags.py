"""EXIF directories are read from any bytes, and nothing in them is believed."""

from __future__ import annotations

import struct

import pytest
from helpers import pictures
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from fieldlog.media.tags import Ratio, read_tags


def test_tags_of_all_three_directories_are_read() -> None:
    tags = read_tags(pictures.jpeg(16, 16, exif=pictures.field_exif()))
    assert tags.main[0x010F] == b"Hanbit\x00"
    assert tags.exif[0x9003] == b"2026:03:09 10:12:00\x00"
    assert tags.gps[2] == (Ratio(37, 1), Ratio(29, 1), Ratio(348000, 10000))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_pillow_writes_in_each_format_is_read_back(kind) -> None:
    exif = Image.Exif()
    exif[0x0110] = "HB-5"
    exif.get_ifd(pictures.EXIF)[0x9003] = "2026:03:09 10:12:00"
    tags = read_tags(pictures.saved(pictures.scene((32, 24)), kind, exif=exif))
    assert tags.main[0x0110] == b"HB-5\x00"
    assert tags.exif[0x9003] == b"2026:03:09 10:12:00\x00"


def test_a_tiff_file_is_its_own_directory() -> None:
    tags = read_tags(pictures.tiff(32, 24, tiffinfo={0x0110: "HB-5", 0x0132: "2026:03:09 10:12:00"}))
    assert tags.main[0x0110] == b"HB-5\x00"
    assert tags.main[0x0132] == b"2026:03:09 10:12:00\x00"


def test_big_endian_directories_are_read() -> None:
    block = b"MM\x00*" + struct.pack(">IH", 8, 1) + struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) + bytes(4)
    assert read_tags(pictures.with_exif(pictures.jpeg(16, 16), block)).main == {0x0112: (6,)}


def test_a_pointer_of_the_wrong_type_still_points() -> None:
    block = bytearray(pictures.field_exif())
    at = block.index(struct.pack("<HHI", pictures.EXIF, pictures.LONG, 1))
    struct.pack_into("<H", block, at + 2, pictures.UNDEFINED)
    assert 0x9003 in read_tags(pictures.with_exif(pictures.jpeg(16, 16), bytes(block))).exif


def test_a_picture_without_exif_has_no_tags_and_is_not_broken() -> None:
    tags = read_tags(pictures.jpeg(16, 16))
    assert (tags.main, tags.exif, tags.gps, tags.broken) == ({}, {}, {}, False)


@pytest.mark.parametrize("block", [b"XX*\x00\x08\x00\x00\x00", b"II*\x00\xff\xff\xff\x7f", b"II*\x00"])
def test_an_unreadable_block_is_called_broken(block) -> None:
    assert read_tags(pictures.with_exif(pictures.jpeg(16, 16), block)).broken


def test_values_that_point_beyond_the_block_are_left_out() -> None:
    block = bytearray(pictures.field_exif())
    at = block.index(struct.pack("<HHI", 2, pictures.RATIONAL, 3))
    struct.pack_into("<I", block, at + 8, 0xFFFFFF00)
    tags = read_tags(pictures.with_exif(pictures.jpeg(16, 16), bytes(block)))
    assert 2 not in tags.gps
    assert 4 in tags.gps


def test_a_directory_that_points_to_itself_ends() -> None:
    block = bytearray(pictures.exif_block({pictures.EXIF: {0x9003: pictures.text("2026:03:09 10:12:00")}}))
    at = block.index(struct.pack("<HHI", pictures.EXIF, pictures.LONG, 1))
    struct.pack_into("<I", block, at + 8, 8)
    assert read_tags(pictures.with_exif(pictures.jpeg(16, 16), bytes(block))).main


@given(st.binary(max_size=400))
def test_no_block_raises(block) -> None:
    read_tags(pictures.with_exif(b"\xff\xd8\xff\xd9", block))
    read_tags(b"II*\x00" + block)
    read_tags(b"RIFF\x00\x00\x00\x00WEBP" + block)
    read_tags(b"\x89PNG\r\n\x1a\n" + block)
