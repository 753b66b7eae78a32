from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fieldlog.geo.coordinate import Coordinate
from fieldlog.geo.reading import read_place
from fieldlog.geo.written import decimal, dms, point_number

CITY_HALL = Coordinate(37.5663, 126.9779)


def test_a_place_is_written_in_three_ways() -> None:
    assert decimal(CITY_HALL) == "37.56630, 126.97790"
    assert dms(CITY_HALL).ko == "북위 37도 33분 58.7초, 동경 126도 58분 40.4초"
    assert dms(CITY_HALL).en == "37°33′58.7″N 126°58′40.4″E"
    assert point_number(CITY_HALL) == "다사 5389 5200"


def test_seconds_that_round_up_carry_into_minutes_and_degrees() -> None:
    assert dms(Coordinate(36.9999999, 127.0166666)).en == "37°00′00.0″N 127°01′00.0″E"


def test_the_southern_and_western_halves_are_said() -> None:
    assert dms(Coordinate(-33.5, -70.25)).ko == "남위 33도 30분 00.0초, 서경 70도 15분 00.0초"
    assert dms(Coordinate(-33.5, -70.25)).en == "33°30′00.0″S 70°15′00.0″W"


def test_outside_the_grid_there_is_no_point_number_to_write() -> None:
    assert point_number(Coordinate(35.68, 139.77)) is None


@pytest.mark.parametrize("way", ["decimal", "ko", "en", "number"])
@given(st.floats(33.2, 38.6), st.floats(124.6, 131.9))
def test_what_is_written_is_read_back_within_its_accuracy(way, lat, lon) -> None:
    place = Coordinate(lat, lon)
    writings = {
        "decimal": decimal(place),
        "ko": dms(place).ko,
        "en": dms(place).en,
        "number": point_number(place),
    }
    assume(writings[way] is not None)
    reading = read_place(str(writings[way]))[0]
    # The grid of 국가지점번호 stands askew to the meridian by up to 2.5 degrees.
    reach = reading.accuracy_m * 1.08 / 110_900 + 1e-7
    assert reading.is_safe
    assert abs(reading.lat - lat) <= reach
    assert abs(reading.lon - lon) <= reach / 0.78


@given(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9))
def test_degrees_minutes_and_seconds_are_read_back_anywhere_on_earth(lat, lon) -> None:
    assume((lat, lon) != (0.0, 0.0))
    place = Coordinate(lat, lon)
    for text in (dms(place).ko, dms(place).en):
        readings = read_place(text)
        if not readings:
            assert abs(lat) < 2e-5
            assert abs(lon) < 2e-5
            continue
        assert abs(readings[0].lat - lat) < 2e-5
        assert abs(readings[0].lon - lon) < 2e-5
