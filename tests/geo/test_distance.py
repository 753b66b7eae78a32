from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.geo.coordinate import Coordinate
from fieldlog.geo.distance import bearing_deg, direction, distance_m, shown_distance, shown_offset

HERE = Coordinate(37.49300, 127.02982)
ACROSS = Coordinate(37.49305, 127.03014)


def test_two_sides_of_a_boundary_road_are_28_8_metres_apart() -> None:
    assert distance_m(HERE, ACROSS) == pytest.approx(28.8, abs=0.05)


@pytest.mark.parametrize(
    ("metres", "shown"),
    [
        (0, "0.0 m"),
        (28.83, "28.8 m"),
        (99.94, "99.9 m"),
        (99.96, "100 m"),
        (340.4, "340 m"),
        (999.4, "999 m"),
        (999.6, "1.0 km"),
        (1_260, "1.3 km"),
        (99_940, "99.9 km"),
        (99_960, "100 km"),
        (140_600, "141 km"),
        (1_234_567, "1,235 km"),
    ],
)
def test_lengths_are_shown_as_precisely_as_they_matter(metres, shown) -> None:
    assert shown_distance(metres).ko == shown_distance(metres).en == shown


@pytest.mark.parametrize(
    ("degrees", "ko", "en"),
    [
        (0, "북쪽", "north"),
        (22.4, "북쪽", "north"),
        (22.6, "북동쪽", "north-east"),
        (90, "동쪽", "east"),
        (135, "남동쪽", "south-east"),
        (180, "남쪽", "south"),
        (225, "남서쪽", "south-west"),
        (270, "서쪽", "west"),
        (315, "북서쪽", "north-west"),
        (359.9, "북쪽", "north"),
    ],
)
def test_a_bearing_is_said_as_one_of_eight_directions(degrees, ko, en) -> None:
    assert (direction(degrees).ko, direction(degrees).en) == (ko, en)


def test_an_offset_is_said_in_the_order_of_each_language() -> None:
    assert shown_offset(HERE, ACROSS).ko == "동쪽 28.8 m"
    assert shown_offset(HERE, ACROSS).en == "28.8 m east"


def test_a_place_lies_on_the_same_spot_as_itself() -> None:
    assert shown_offset(HERE, HERE).ko == "같은 지점"


@given(st.floats(33, 38.7), st.floats(124.5, 132), st.floats(33, 38.7), st.floats(124.5, 132))
def test_distance_is_symmetric_and_agrees_with_the_sphere_to_half_a_percent(
    lat_a, lon_a, lat_b, lon_b
) -> None:
    a, b = Coordinate(lat_a, lon_a), Coordinate(lat_b, lon_b)
    there, back = distance_m(a, b), distance_m(b, a)
    half = math.sin(math.radians(lat_b - lat_a) / 2) ** 2
    half += (
        math.cos(math.radians(lat_a))
        * math.cos(math.radians(lat_b))
        * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    sphere = 2 * 6_371_008.8 * math.asin(math.sqrt(half))
    assert there == pytest.approx(back, abs=1e-6)
    assert there == pytest.approx(sphere, rel=5e-3, abs=1e-3)


@given(st.floats(0, 359.99), st.floats(33, 38), st.floats(125, 131))
def test_a_place_reached_along_a_bearing_is_seen_in_that_bearing(degrees, lat, lon) -> None:
    from geopy.distance import geodesic

    reached = geodesic(kilometers=2).destination((lat, lon), degrees)
    seen = bearing_deg(Coordinate(lat, lon), Coordinate(reached.latitude, reached.longitude))
    assert abs((seen - degrees + 180) % 360 - 180) < 0.3
