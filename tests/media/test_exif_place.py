"""Positions and directions: finite, in range, and honest about which half of the globe."""

from __future__ import annotations

import struct

import pytest
from helpers import pictures
from helpers.pictures import RATIONAL, UNDEFINED, dms, gps, ratios, short, text
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.media.exif_place import Place, read_place
from fieldlog.media.tags import read_tags

BASE = pictures.jpeg(16, 16)
SEOUL = (dms(37, 29, 34.8), dms(127, 1, 47.35))


def place(entries) -> Place:
    block = pictures.exif_block({pictures.GPS: entries})
    return read_place(read_tags(pictures.with_exif(BASE, block)).gps)


def test_degrees_minutes_and_seconds_become_degrees() -> None:
    found = place(gps(*SEOUL))
    assert (found.lat, found.lon) == (37.493, 127.0298194)
    assert found.absences == ()


def test_south_and_west_are_negative() -> None:
    found = place(gps(*SEOUL, refs=("S", "W")))
    assert (found.lat, found.lon) == (-37.493, -127.0298194)


def test_decimal_degrees_in_a_single_ratio_are_read() -> None:
    found = place(gps(ratios((375, 10)), ratios((1270, 10))))
    assert (found.lat, found.lon) == (37.5, 127.0)


@pytest.mark.parametrize(
    ("entries", "word"),
    [
        (gps(dms(0, 0, 0), dms(0, 0, 0)), "0, 0"),
        (gps(ratios((37, 0), (0, 0), (0, 0)), SEOUL[1]), "숫자가 아니라"),
        (gps(text("37.5"), SEOUL[1]), "숫자가 아니라"),
        (gps(dms(91, 0, 0), SEOUL[1]), "범위를 벗어나"),
        (gps(SEOUL[0], dms(180, 0, 1)), "범위를 벗어나"),
        (gps(dms(37, 61, 0), SEOUL[1]), "범위를 벗어나"),
        (gps(*SEOUL, refs=("", "E")), "남북·동서"),
        (gps(*SEOUL, refs=("K", "E")), "남북·동서"),
        ({1: text("N"), 2: SEOUL[0]}, "하나만"),
        (gps((12, 1, struct.pack("<d", float("nan"))), SEOUL[1]), "숫자가 아니라"),
        (gps((12, 1, struct.pack("<d", float("inf"))), SEOUL[1]), "숫자가 아니라"),
    ],
)
def test_an_impossible_position_counts_as_absent_and_says_why(entries, word) -> None:
    found = place(entries)
    assert (found.lat, found.lon, found.accuracy_m) == (None, None, None)
    assert len(found.absences) == 1
    assert word in found.absences[0].ko


def test_the_equator_alone_is_a_place() -> None:
    assert place(gps(dms(0, 0, 0), dms(32, 30, 0))).lat == 0


def test_no_gps_at_all_is_no_complaint() -> None:
    assert place({}).absences == ()


@pytest.mark.parametrize(
    ("degrees", "heading"), [((0, 1), 0), ((3599, 10), 0), ((360, 1), 0), ((915, 10), 92), ((89, 1), 89)]
)
def test_headings_are_whole_degrees_below_360(degrees, heading) -> None:
    assert place(gps(*SEOUL, t17=ratios(degrees))).heading == heading


@pytest.mark.parametrize("entry", [ratios((361, 1)), ratios((1, 0)), text("north"), (UNDEFINED, 8, bytes(8))])
def test_a_wrong_heading_is_absent_and_says_so_but_leaves_the_place(entry) -> None:
    found = place(gps(*SEOUL, t17=entry))
    assert found.heading is None
    assert found.lat is not None
    assert "방위" in found.absences[0].ko


def test_magnetic_headings_are_marked() -> None:
    assert place(gps(*SEOUL, t16=text("M"), t17=ratios((10, 1)))).magnetic


def test_altitude_below_the_sea_is_negative() -> None:
    assert place(gps(*SEOUL, t5=(1, 1, b"\x01"), t6=ratios((25, 10)))).altitude == -2.5
    assert place(gps(*SEOUL, t6=ratios((99_999, 1)))).altitude is None


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (ratios((48, 10)), 4.8),
        (ratios((0, 1)), None),
        (ratios((1, 0)), None),
        (ratios((20_000, 1)), None),
        (short(7), 7.0),
    ],
)
def test_the_position_error_is_metres_or_absent(error, kept) -> None:
    assert place(gps(*SEOUL, t31=error)).accuracy_m == kept


def test_a_position_noted_without_a_fix_is_kept_with_a_remark() -> None:
    found = place(gps(*SEOUL, t9=text("V")))
    assert found.lat is not None
    assert "신호가 끊긴" in found.remarks[0].ko


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)), min_size=1, max_size=4))
def test_no_ratios_give_a_place_off_the_globe(pairs) -> None:
    entry = (RATIONAL, len(pairs), b"".join(struct.pack("<II", *pair) for pair in pairs))
    found = place(gps(entry, entry, t17=entry, t6=entry, t31=entry))
    assert found.lat is None or (abs(found.lat) <= 90 and len(found.absences) < 4)
