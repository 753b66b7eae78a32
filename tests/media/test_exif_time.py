"""The time a photograph was taken, from the most to the least trustworthy tag."""

from __future__ import annotations

from datetime import datetime

import pytest
from helpers.pictures import EXIF, GPS, MAIN, Entry, exif_block, jpeg, ratios, text, with_exif
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.clock import KST
from fieldlog.media.exif import PhotoFacts, read_facts

BASE = jpeg(16, 16)
ORIGINAL, DIGITISED, CHANGED = 0x9003, 0x9004, 0x0132
NOW = datetime(2026, 11, 22, 12, tzinfo=KST)


def facts(exif=None, *, main=None, gps=None, latest=None) -> PhotoFacts:
    block = exif_block({MAIN: main or {}, EXIF: exif or {}, GPS: gps or {}})
    return read_facts(with_exif(BASE, block), latest=latest)


def test_the_original_time_goes_before_digitised_and_changed() -> None:
    exif = {ORIGINAL: text("2026:03:09 10:12:01"), DIGITISED: text("2026:03:09 10:12:02")}
    main = {CHANGED: text("2026:03:09 10:12:03")}
    assert facts(exif, main=main).taken_at == "2026-03-09T10:12:01+09:00"
    del exif[ORIGINAL]
    assert facts(exif, main=main).taken_at == "2026-03-09T10:12:02+09:00"
    assert facts(main=main).taken_at == "2026-03-09T10:12:03+09:00"


def test_a_time_without_zone_is_korean_and_one_with_zone_is_turned_into_korean() -> None:
    exif = {ORIGINAL: text("2026:03:09 23:30:00")}
    assert facts(exif).taken_at == "2026-03-09T23:30:00+09:00"
    assert facts(exif | {0x9011: text("-05:00")}).taken_at == "2026-03-10T13:30:00+09:00"
    assert facts(exif | {0x9011: text("+99:99")}).taken_at == "2026-03-09T23:30:00+09:00"


@pytest.mark.parametrize(
    "written", ["2026:03:09 10:12:00", "2026-03-09 10:12:00", "2026/3/9 10:12", "2026:03:09T10:12:00.5Z"]
)
def test_the_spellings_cameras_use_are_read(written) -> None:
    assert facts({ORIGINAL: text(written)}).taken_at == "2026-03-09T10:12:00+09:00"


@pytest.mark.parametrize(
    "written",
    [
        "2026:02:30 10:00:00",
        "2026:13:01 10:00:00",
        "2026:03:09 24:05:00",
        "1970:01:01 00:00:00",
        "0000:00:00 00:00:00",
        "yesterday",
        "9999:12:31 23:59:59",
    ],
)
def test_an_impossible_time_counts_as_absent_and_is_quoted(written) -> None:
    found = facts({ORIGINAL: text(written)})
    assert (found.taken_at, found.taken_at_source) == (None, None)
    assert [phrase.ko for phrase in found.absences] == [
        f"촬영 시각이 있을 수 없는 값이라 쓰지 않았습니다: {written}"
    ]


def test_after_an_impossible_time_the_next_one_is_used() -> None:
    found = facts({ORIGINAL: text("2026:02:30 10:00:00"), DIGITISED: text("2026:03:02 10:00:00")})
    assert found.taken_at == "2026-03-02T10:00:00+09:00"
    assert len(found.absences) == 1


@pytest.mark.parametrize("written", ["", "    :  :     :  :  ", " "])
def test_a_blank_time_is_simply_absent(written) -> None:
    found = facts({ORIGINAL: text(written)})
    assert (found.taken_at, found.absences) == (None, ())


def test_a_time_after_now_is_impossible_once_now_is_known() -> None:
    exif = {ORIGINAL: text("2031:01:01 10:00:00")}
    assert facts(exif).taken_at == "2031-01-01T10:00:00+09:00"
    assert facts(exif, latest=NOW).taken_at is None
    assert facts({ORIGINAL: text("2026:11:22 20:00:00")}, latest=NOW).taken_at is not None


def satellite(date, hour, minute, second) -> dict[int, Entry]:
    return {29: text(date), 7: ratios((hour, 1), (minute, 1), (second, 1))}


def test_gps_time_stands_in_when_the_camera_has_none_and_says_so() -> None:
    found = facts(gps=satellite("2026:03:09", 1, 12, 0))
    assert found.taken_at == "2026-03-09T10:12:00+09:00"
    assert found.taken_at_source == "EXIF"
    assert "GPS 시각" in found.remarks[0].ko


def test_agreeing_clocks_are_not_remarked_upon_and_disagreeing_ones_are() -> None:
    exif = {ORIGINAL: text("2026:03:09 10:12:00")}
    assert facts(exif, gps=satellite("2026:03:09", 1, 2, 0)).remarks == ()
    remark = facts(exif, gps=satellite("2026:03:08", 23, 2, 0)).remarks[0]
    assert remark.ko.startswith("사진기 시각과 GPS 시각이 2시간 10분 다릅니다.")
    assert remark.en.startswith("The camera clock and the GPS time differ by 2 h 10 min.")


@pytest.mark.parametrize(
    "gps",
    [
        satellite("2026:02:31", 1, 1, 1),
        satellite("never", 1, 1, 1),
        {29: text("2026:03:09"), 7: ratios((1, 0), (1, 1), (1, 1))},
    ],
)
def test_an_impossible_gps_time_is_said_to_be_unused(gps) -> None:
    assert len(facts(gps=gps).absences) == 1


def test_times_of_the_wrong_type_are_absent() -> None:
    assert facts({ORIGINAL: ratios((2026, 1))}).taken_at is None


@given(st.binary(max_size=40))
def test_no_time_text_crashes(raw) -> None:
    facts({ORIGINAL: text(raw), 0x9011: text(raw)}, gps={29: text(raw), 7: ratios((1, 1))})
