"""Photographs tell when, where, which way and with what; what cannot be true is said to be absent."""

from __future__ import annotations

from math import isfinite

import pytest
from helpers import pictures
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

from fieldlog.media.exif import BROKEN, PhotoFacts, orientation_of, read_facts

BASE = pictures.jpeg(32, 24)


def facts(directories) -> PhotoFacts:
    return read_facts(pictures.with_exif(BASE, pictures.exif_block(directories)))


def test_an_honest_field_photograph_tells_everything() -> None:
    assert read_facts(pictures.with_exif(BASE, pictures.field_exif(orientation=6))) == PhotoFacts(
        orientation=6,
        taken_at="2026-03-09T10:12:00+09:00",
        taken_at_source="EXIF",
        lat=37.493,
        lon=127.0298194,
        gps_acc=4.8,
        altitude=41.2,
        heading_deg=92,
        camera_make="Hanbit",
        camera_model="HB-5",
    )


def test_a_picture_without_exif_tells_nothing_and_complains_of_nothing() -> None:
    assert read_facts(BASE) == PhotoFacts()


def test_a_broken_block_is_said_to_be_broken() -> None:
    assert read_facts(pictures.with_exif(BASE, b"garbage!")).absences == (BROKEN,)


@pytest.mark.parametrize(("value", "turn"), [(0, 1), (1, 1), (8, 8), (9, 1), (65535, 1)])
def test_orientations_beyond_eight_count_as_upright(value, turn) -> None:
    assert facts({0: {0x0112: pictures.short(value)}}).orientation == turn


def test_an_orientation_written_as_text_counts_as_upright() -> None:
    assert facts({0: {0x0112: pictures.text("6")}}).orientation == 1


def test_tiff_is_turned_by_its_decoder_and_so_needs_no_turn() -> None:
    assert orientation_of(pictures.tiff(32, 24, tiffinfo={274: 6})) == 1


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("한빛사진기".encode(), "한빛사진기"),
        ("한빛".encode("cp949"), "한빛"),
        (b"NIKON  CORPORATION   ", "NIKON CORPORATION"),
        (b"HB\x07\x1b[31m-5", "HB [31m-5"),
        (b"Canon\x00secret", "Canon"),
        (b"   ", None),
        (b"x" * 500, "x" * 64),
    ],
)
def test_a_camera_name_in_any_encoding_is_clean_text(raw, name) -> None:
    assert facts({0: {0x0110: pictures.text(raw)}}).camera_model == name


@given(st.data())
def test_flipped_bytes_never_crash_and_never_give_impossible_facts(data) -> None:
    block = bytearray(pictures.field_exif())
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(block) - 1))
        block[at] = data.draw(st.integers(0, 255))
    found = read_facts(pictures.with_exif(BASE, bytes(block)))
    assert (found.lat is None) == (found.lon is None)
    assert all(isfinite(value) for value in astuple(found) if isinstance(value, float))
    assert found.lat is None or found.lon is None or (abs(found.lat) <= 90 and abs(found.lon) <= 180)
    assert found.heading_deg is None or 0 <= found.heading_deg < 360
    assert found.taken_at is None or found.taken_at.endswith("+09:00")
    assert 1 <= found.orientation <= 8


@given(st.integers(0, 2000))
def test_a_photograph_cut_anywhere_still_answers(keep) -> None:
    data = pictures.with_exif(BASE, pictures.field_exif())
    read_facts(data[:keep])


def test_an_iphone_heic_tells_its_facts() -> None:
    found = read_facts(pictures.shared_heic())
    assert found.taken_at == "2021-04-12T05:47:53+09:00"
    assert (found.lat, found.lon, found.heading_deg) == (39.0513444, -94.2887722, 348)
    assert (found.camera_make, found.orientation) == ("Apple", 1)
