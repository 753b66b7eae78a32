from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fieldlog.geo.coordinate import Coordinate
from fieldlog.geo.distance import distance_m
from fieldlog.geo.national_point import PointNumber, find_point_numbers, national_point

SIGNPOSTS = Path(__file__).parents[3] / "shared" / "data" / "npn" / "bukhansan_station_meta.json"

PUBLISHED = [
    ("가가 0000 0000", 31.648421, 124.336638),
    ("사사 8787 2465", 37.240071, 131.871961),
    ("가아 4682 0147", 37.977957, 124.617531),
    ("다바 5802 5337", 36.677409, 127.030223),
    ("다사 5090 5778", 37.618197, 126.943689),
]


@pytest.mark.parametrize(("number", "lat", "lon"), PUBLISHED)
def test_published_numbers_lie_where_they_were_published(number, lat, lon) -> None:
    (found,) = find_point_numbers(number)
    assert distance_m(found.centre(), Coordinate(lat, lon)) < 8
    assert national_point(found.centre()) == number


@pytest.mark.parametrize(
    ("lat", "lon", "number"),
    [
        (37.5663, 126.9779, "다사 5389 5200"),
        (36.3504, 127.3845, "다바 8963 1700"),
        (36.5040, 127.2650, "다바 7895 3406"),
        (37.6369, 126.9492, "다사 5140 5985"),
        (37.6221, 126.9480, "다사 5128 5821"),
        (37.6271, 126.9465, "다사 5115 5877"),
    ],
)
def test_known_places_have_their_known_numbers(lat, lon, number) -> None:
    assert national_point(Coordinate(lat, lon)) == number


def test_every_signpost_of_bukhansan_carries_the_number_of_its_place() -> None:
    if not SIGNPOSTS.exists():
        pytest.skip("the signposts of Bukhansan are not beside this checkout")
    signposts = json.loads(SIGNPOSTS.read_text(encoding="utf-8"))
    wrong = [
        post
        for post in signposts
        if (national_point(Coordinate(post["GNSS-위도"], post["GNSS-경도"])) or "").replace(" ", "")
        != post["국가지점번호"]
    ]
    assert len(signposts) >= 40
    assert wrong == []


@pytest.mark.parametrize(
    "written",
    [
        "다바 8963 1700",
        "다바89631700",
        "다바-8963-1700",
        "다바 8963-1700",
        "다 바 8963 1700",
        "다바 8 9 6 3 1 7 0 0",
        "다바 팔구육삼 일칠공공",
        "다바 팔구육삼일칠공공",
        "다바 팔 구 육 삼 일 칠 영 영",
        "국가지점번호 다바 8963 1700",
        "국가지점번호: 다바89631700",
        "지점번호는 다바 8963 1700입니다",
    ],
)
def test_one_number_is_read_from_many_spellings(written) -> None:
    assert [str(number) for number in find_point_numbers(written)] == ["다바 8963 1700"]


@pytest.mark.parametrize(
    ("written", "cell_m"),
    [("다바 89 17", 1000), ("다바 896 170", 100), ("다바 8963 1700", 10), ("다바 89637 17004", 1)],
)
def test_fewer_digits_name_a_larger_cell_and_half_of_it_is_the_accuracy(written, cell_m) -> None:
    (number,) = find_point_numbers(written)
    assert number.cell_m == cell_m
    assert number.accuracy_m == cell_m / 2


@pytest.mark.parametrize(
    "written", ["다바 8963 170", "다바 8 1", "다바 896317001", "다바 8963170012345", "아가 1234 5678"]
)
def test_digits_that_do_not_pair_are_no_number(written) -> None:
    assert find_point_numbers(written) == []


@pytest.mark.parametrize("written", ["우리 나라 1588-1234", "주말 마다 10 20", "다사 53 52"])
def test_what_could_be_something_else_is_not_plain(written) -> None:
    assert [number.is_plain for number in find_point_numbers(written)] == [False]


@pytest.mark.parametrize("written", ["3일마다 1000 2000", "바나나사 1234 5678"])
def test_letters_at_the_end_of_a_word_name_no_square(written) -> None:
    assert find_point_numbers(written) == []


@pytest.mark.parametrize(
    ("lat", "lon"), [(35.68, 139.77), (30.0, 127.0), (39.9, 127.0), (37.0, 120.0), (-33.9, 151.2)]
)
def test_outside_the_grid_there_is_no_number(lat, lon) -> None:
    assert national_point(Coordinate(lat, lon)) is None


@given(
    st.integers(0, 6),
    st.integers(0, 7),
    st.integers(2, 5).flatmap(lambda n: st.tuples(*[st.text("0123456789", min_size=n, max_size=n)] * 2)),
)
def test_every_number_names_the_cell_it_came_from(column, row, digits) -> None:
    number = PointNumber(column, row, *digits)
    assert national_point(number.centre(), len(digits[0])) == str(number)


@given(st.floats(33.0, 38.7), st.floats(124.6, 131.9))
def test_the_centre_of_a_cell_is_never_farther_than_its_half_diagonal(lat, lon) -> None:
    place = Coordinate(lat, lon)
    written = national_point(place)
    assume(written is not None)
    (number,) = find_point_numbers(str(written))
    assert distance_m(place, number.centre()) <= number.accuracy_m * 2**0.5 * 1.001


def test_numbers_are_the_same_on_every_thread() -> None:
    answers: list[str | None] = []

    def ask() -> None:
        answers.append(national_point(Coordinate(37.5663, 126.9779)))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["다사 5389 5200"] * 6
