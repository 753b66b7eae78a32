from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import BadInput
from fieldlog.geo.reading import MOST_READINGS, no_place, read_place

CITY_HALL = pytest.approx((37.5663, 126.9779), abs=2e-4)


@pytest.mark.parametrize(
    "text",
    [
        "37.5663, 126.9779",
        "37.5663 126.9779",
        "37.5663/126.9779",
        "(37.5663,126.9779)",
        "37.5663\n126.9779",
        "좌표37.5663,126.9779",
        "GPS: 37.5663, 126.9779",
        "３７．５６６３，１２６．９７７９",
        "37.5663N 126.9779E",
        "37.5663°N, 126.9779°E",
        "N37.5663 E126.9779",
        "북위 37.5663 동경 126.9779",
        "위도: 37.5663, 경도: 126.9779",
        "위도 37.5663 (세계측지계) / 경도 126.9779",
        "경도 126.9779 위도 37.5663",
        "위도(37.5663) 경도(126.9779)",
        "37.5663, 126.9779, 45m",
        "위도, 경도: 37.5663, 126.9779",
        "lat=37.5663 lon=126.9779",
        '{"lat": 37.5663, "lng": 126.9779}',
    ],
)
def test_decimal_degrees_are_read_in_every_spelling(text) -> None:
    (reading,) = read_place(text)
    assert (reading.lat, reading.lon) == CITY_HALL
    assert reading.kind == "decimal"
    assert reading.accuracy_m == pytest.approx(5.57, abs=0.01)
    assert reading.is_safe
    assert reading.note is None


@pytest.mark.parametrize(
    "text",
    [
        "37°33′59″N 126°58′40″E",
        "37°33'59\"N, 126°58'40\"E",
        "37° 33' 58.7\" N 126° 58' 40.4\" E",
        "37º33’59”N, 126º58’40”E",
        "북위 37도 33분 59.1초 동경 126도 58분 40.5초",
        "북위37도33분59초동경126도58분40초",
        "북위 ３７도 ３３분 ５９초 / 동경 １２６도 ５８분 ４０초",
        "37도33분59초 126도58분40초",
        "37도33분59 126도58분40",
        "위도 37도 33분 59초, 경도 126도 58분 40초",
        "37-33-59, 126-58-40",
        "37-33-59 / 126-58-40",
        "37:33:59 126:58:40",
        "N37 33.985 E126 58.674",
        "N 37 33 59.1 E 126 58 40.5",
        "37 33 59.1 N, 126 58 40.5 E",
        "37 33 59.1, 126 58 40.5",
        "동경 126도 58분 40초, 북위 37도 33분 59초",
        "126°58′40″E 37°33′59″N",
        "373359N 1265840E",
        "3733.985,N,12658.674,E",
        "37° 33.985′, 126° 58.674′",
    ],
)
def test_degrees_minutes_and_seconds_are_read_in_every_spelling(text) -> None:
    (reading,) = read_place(text)
    assert (reading.lat, reading.lon) == CITY_HALL
    assert reading.kind == "dms"
    assert reading.is_safe


def test_the_text_that_misleads_a_known_library_is_read_rightly() -> None:
    (reading,) = read_place("36 21 01.4 N, 127 23 04.2 E")
    assert (reading.lat, reading.lon) == pytest.approx((36.3503889, 127.3845), abs=1e-6)


@pytest.mark.parametrize(
    "text", ["다사 5389 5200", "다사53895200", "국가지점번호: 다사 5389-5200", "다사-5389-5200"]
)
def test_a_grid_number_is_read_with_half_its_cell_as_accuracy(text) -> None:
    (reading,) = read_place(text)
    assert (reading.lat, reading.lon) == CITY_HALL
    assert reading.as_answer()["kind"] == "national_point"
    assert reading.accuracy_m == 5.0


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "시청 앞",
        "010-1234-5678",
        "02-123-4567, 02-987-6543",
        "우리 나라 1588-1234",
        "주말 마다 10 20",
        "2026-03-09 14:20:10",
        "26-03-09 12-30-00",
        "2026. 3. 9. 14:20 ~ 2026. 3. 10. 09:00",
        "HB-2026-0001, HB-2026-0002",
        "890101-9000011",
        "4111 1111 1111 1111",
        "127.0.0.1",
        "버전 1.2.3 4.5.6",
        "금113,560원",
        "균열 폭 35.5, 127.4 mm",
        "포트홀 60×55×9cm, 조도 37.5 lx 127.0 lx",
        "기온 37.5℃ 습도 60%",
        "37.5도에서 38.2도",
        "별빛로 37-12, 126동 1203호",
        "37번 국도 126km 지점",
        "3.15, 4.20",
        "12, 34",
        "0, 0",
        "0.0000,0.0000",
        "200, 300",
        "위도 200 경도 300",
        "37°61′00″N 126°58′40″E",
        "북위 37도 33분",
        "다사 5389 520",
        "nan, nan",
        "1e3 1e2",
    ],
)
def test_numbers_that_mean_something_else_are_no_place(text) -> None:
    assert read_place(text) == []


def test_a_place_is_found_among_other_numbers() -> None:
    text = "2026-03-09 09:10 접수 HB-2026-0001, 위치 37.56630, 126.97790 연락처 010-0000-0000"
    (reading,) = read_place(text)
    assert (reading.lat, reading.lon) == (37.5663, 126.9779)


def test_one_place_said_twice_is_one_reading_and_the_finer_one() -> None:
    (reading,) = read_place("현장 37.56630, 126.97790 (국가지점번호 다사 5389 5200)")
    assert reading.kind == "decimal"
    assert reading.accuracy_m < 1


def test_two_places_in_one_text_are_two_readings_in_their_order() -> None:
    readings = read_place("시점 37.56630, 126.97790 종점 37.57010, 126.98230")
    assert [reading.lat for reading in readings] == [37.5663, 37.5701]


def test_a_marked_place_comes_before_bare_numbers() -> None:
    readings = read_place("37.57010, 126.98230 근처 북위 36도 21분 1초 동경 127도 23분 4초")
    assert [reading.kind for reading in readings] == ["dms", "decimal"]


@pytest.mark.parametrize(
    "text",
    [
        "126.9779, 37.5663",
        "위도 126.9779 경도 37.5663",
        "126.9779N 37.5663E",
        "신고 126.9779,37.5663 앞 도로",
    ],
)
def test_swapped_numbers_are_asked_about_and_never_turned_silently(text) -> None:
    as_written, turned = read_place(text)
    assert (as_written.lat, as_written.lon, as_written.kind) == (126.9779, 37.5663, "decimal")
    assert as_written.coordinate is None
    assert not as_written.is_safe
    assert "126.9779" in (as_written.note.ko if as_written.note else "")
    assert (turned.lat, turned.lon, turned.kind) == (37.5663, 126.9779, "swapped")
    assert not turned.is_safe
    assert turned.note is not None
    assert turned.note.ko.endswith("뜻하셨습니까?")


def test_longitude_first_is_no_swap_where_the_text_says_which_is_which() -> None:
    (reading,) = read_place("E126.9779 N37.5663")
    assert reading.is_safe


def test_a_place_abroad_is_read_with_a_warning() -> None:
    (reading,) = read_place("35.6812, 139.7671")
    assert reading.is_safe
    assert reading.note is not None
    assert "우리나라 범위" in reading.note.ko


def test_few_decimals_say_how_little_is_known() -> None:
    assert read_place("37.5, 127.1")[0].accuracy_m > 5_000
    assert read_place("37.5663000001, 126.9779000001")[0].accuracy_m == 0.1


def test_zeros_dropped_at_the_end_of_one_number_do_not_make_the_place_vague() -> None:
    assert read_place("37.493, 127.02982")[0].accuracy_m == pytest.approx(0.56, abs=0.01)


def test_the_error_for_nothing_readable_shows_how_to_write_a_place() -> None:
    error = no_place("시청 앞 " * 100)
    assert isinstance(error, BadInput)
    assert "다사 5389 5200" in error.how.ko
    assert len(error.what.ko) < 120


FRAGMENTS = st.lists(
    st.sampled_from(
        "37.5663|126.9779|37|126|°|도|분|초|′|″|N|E|S|W|북위|동경|위도|경도|,|-|:|/|.|(|)|다사|가각|5389|5200|공|팔구"  # noqa: SIM905
        "|lat=|!3d|geo:|?q=|&lng=|POINT(|٣| |\x00|\ud800".split("|")
    ),
    max_size=24,
).map("".join)


@given(st.one_of(st.text(), FRAGMENTS))
def test_any_text_at_all_is_answered_and_every_reading_is_whole(text) -> None:
    readings = read_place(text)
    assert len(readings) <= MOST_READINGS
    for reading in readings:
        assert reading.accuracy_m > 0
        assert reading.is_safe == (reading.coordinate is not None and reading.kind != "swapped")
        assert set(reading.as_answer()) == {"lat", "lon", "kind", "accuracy_m"}


def test_reading_decimals_loads_neither_the_projections_nor_the_distances() -> None:
    program = (
        "import sys; from fieldlog.geo import distance, link, reading, written; "
        "reading.read_place('37.5663, 126.9779'); "
        "sys.exit(bool({'pyproj', 'geopy', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("text", ["0,0", "91,200", "35.68, 139.76", "43.0 131.0"])
def test_two_numbers_that_are_no_place_are_told_from_no_numbers_at_all(text) -> None:
    assert read_place(text) == []
    assert "두 수가" in no_place(text).why.ko
    assert "두 수가" not in no_place("구청 앞").why.ko
