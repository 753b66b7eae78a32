from __future__ import annotations

import pytest

from fieldlog.geo.angle import find_angles, words_beside_numbers


def seen(text: str) -> list[tuple[float, str | None, str, str]]:
    return [(round(angle.value, 5), angle.axis, angle.form, angle.trust) for angle in find_angles(text)]


@pytest.mark.parametrize(
    ("text", "value", "axis"),
    [
        ("37°33′59″N", 37.56639, "lat"),
        ("북위 37도 33분 59초", 37.56639, "lat"),
        ("동경126도58분40.5초", 126.97792, "lon"),
        ("N37 33.985", 37.56642, "lat"),
        ("126 58 40.5 E", 126.97792, "lon"),
        ("남위 33도 30분", -33.5, "lat"),
        ("70°15′W", -70.25, "lon"),
        ("373359N", 37.56639, "lat"),
        ("12658.674,E", 126.9779, "lon"),
        ("경도=126.9779", 126.9779, "lon"),
        ("60.0″ 없음 36°20′60.0″N", 36.35, "lat"),
    ],
)
def test_one_angle_is_read_with_its_axis(text, value, axis) -> None:
    marked = [item for item in seen(text) if item[3] == "marked"]
    assert [(item[0], item[1]) for item in marked] == [(value, axis)]


@pytest.mark.parametrize("text", ["37°60′N", "37°33′61″N", "37.5°33′N", "37°33.5′20″N", "-37.5°S"])
def test_parts_that_run_over_are_no_angle(text) -> None:
    assert [item for item in seen(text) if item[3] == "marked"] == []


def test_a_letter_belongs_to_the_number_it_touches() -> None:
    assert [item[1] for item in seen("37.5663N 126.9779E")] == ["lat", "lon"]
    assert [item[1] for item in seen("N37.5663 E126.9779")] == ["lat", "lon"]
    assert [item[1] for item in seen("36 21 01.4 N 127 23 04.2 E")] == ["lat", "lon"]
    assert [item[1] for item in seen("N 36 21 01.4 E 127 23 04.2")] == ["lat", "lon"]


def test_a_bare_degree_sign_may_be_a_temperature_and_is_only_in_shape() -> None:
    assert seen("37.5도") == [(37.5, None, "decimal", "shaped")]
    assert seen("37.5°C") == []


def test_a_number_with_a_unit_is_no_angle() -> None:
    assert seen("35.5 mm, 60%, 12.5kg, 7건, 3층") == []


def test_words_named_before_both_numbers_move_to_their_own() -> None:
    assert words_beside_numbers("위도, 경도: 37.5, 126.9") == "위도 37.5, 경도 126.9"
    assert words_beside_numbers("경도/위도 126.9 37.5") == "경도 126.9, 위도 37.5"
    assert words_beside_numbers("위경도 37.5,126.9") == "위도 37.5, 경도 126.9"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["N37 33 ", "37.5 127.0 ", "37 127 ", "위도", "1-1-1:", "37°33′", "가가1", " "]
)
def test_a_long_run_of_half_coordinates_is_read_quickly(piece) -> None:
    from fieldlog.geo.reading import read_place

    read_place(piece * (20_000 // len(piece)))
