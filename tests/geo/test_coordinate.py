from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import BadInput
from fieldlog.geo.coordinate import Coordinate, in_korea, is_possible, looks_swapped

KOREAN_LAT = st.floats(33.0, 38.7)
KOREAN_LON = st.floats(124.5, 132.0)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (math.nan, 127.0),
        (37.0, math.nan),
        (math.inf, 127.0),
        (90.1, 127.0),
        (-90.1, 127.0),
        (37.0, 180.1),
        (0.0, 0.0),
        (-0.0, 0.0),
    ],
)
def test_what_cannot_be_a_place_is_refused_with_a_reason(lat, lon) -> None:
    with pytest.raises(BadInput) as refused:
        Coordinate(lat, lon)
    assert refused.value.why.ko
    assert refused.value.how.en


def test_zero_and_zero_mean_that_the_device_knew_nothing() -> None:
    assert not is_possible(0.0, -0.0)
    with pytest.raises(BadInput, match="place is unknown"):
        Coordinate(0, 0)


def test_a_place_on_the_equator_or_the_meridian_is_a_place() -> None:
    assert is_possible(0.0, 32.5)
    assert is_possible(51.5, 0.0)


@pytest.mark.parametrize(
    ("lat", "lon"), [(37.2412, 131.8643), (33.1120, 126.2680), (37.9776, 124.7200), (38.6, 128.36)]
)
def test_the_farthest_islands_and_the_northern_border_are_in_korea(lat, lon) -> None:
    assert Coordinate(lat, lon).is_in_korea
    assert Coordinate(lat, lon).warnings() == ()


def test_a_place_abroad_is_kept_with_a_warning() -> None:
    tokyo = Coordinate(35.6812, 139.7671)
    assert not tokyo.is_in_korea
    assert [warning.en[:28] for warning in tokyo.warnings()] == ["This lies outside Korea (33."]


@given(KOREAN_LAT, KOREAN_LON)
def test_a_korean_place_turned_round_is_recognised_and_the_right_way_round_is_not(lat, lon) -> None:
    assert in_korea(lat, lon)
    assert not looks_swapped(lat, lon)
    assert looks_swapped(lon, lat)


def test_a_turned_place_is_refused_and_told_so() -> None:
    with pytest.raises(BadInput, match="seem to be swapped"):
        Coordinate(126.9779, 37.5663)


def test_a_place_abroad_does_not_look_swapped() -> None:
    assert not looks_swapped(-33.8568, 151.2153)
