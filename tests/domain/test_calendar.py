from __future__ import annotations

import json
from datetime import UTC, date, time, timedelta

import pytest
from helpers.office import HOURS, RESOURCES, at, calendar, day_off, table
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.calendar import HolidayKind, WorkSpan, make_calendar
from fieldlog.domain.errors import Bug, ProfileBroken
from fieldlog.domain.holiday_reading import read_holidays

MOMENTS = st.datetimes(
    min_value=at("2024-01-01").replace(tzinfo=None), max_value=at("2028-12-01").replace(tzinfo=None)
)
SMALL = {
    "format": 1,
    "version": "t",
    "covers_from": "2026-01-01",
    "covers_until": "2026-12-31",
    "counting": {
        "source": "law",
        "as_of": "2026-01-01",
        "rest_weekdays": [6, 7],
        "hours_per_day": 8,
        "hours_up_to_days": 5,
        "immediate_hours": 3,
    },
    "holidays": [
        {"date": "2026-03-02", "name": "휴일", "kind": "SUBSTITUTE", "source": "s", "added_at": "2026-01-01"},
    ],
}


def written(**changes: object) -> str:
    return json.dumps({**SMALL, **changes}, ensure_ascii=False, indent=1)


def test_weekends_and_holidays_are_no_working_days() -> None:
    assert not calendar().is_working_day(date(2026, 3, 7))
    assert not calendar().is_working_day(date(2026, 2, 17))
    assert calendar().is_working_day(date(2026, 3, 9))


def test_a_day_off_says_why() -> None:
    assert calendar().why_off(date(2026, 2, 17)).ko == "설날"  # type: ignore[union-attr]
    assert calendar().why_off(date(2026, 3, 7)).en == "weekend"  # type: ignore[union-attr]
    assert calendar().why_off(date(2026, 3, 9)) is None


def test_the_lunch_break_is_no_working_time() -> None:
    assert calendar().opening(at("2026-03-09T12:30")) == at("2026-03-09T13:00")
    assert calendar().opening(at("2026-03-09T12:00")) == at("2026-03-09T13:00")


def test_after_closing_work_goes_on_the_next_working_morning() -> None:
    assert calendar().opening(at("2026-03-06T18:00")) == at("2026-03-09T09:00")


def test_working_time_leaves_out_lunch_nights_and_weekends() -> None:
    worked = calendar().working_time(at("2026-03-06T11:00"), at("2026-03-09T14:00"))
    assert worked == timedelta(hours=1 + 5 + 3 + 1)


def test_no_working_time_lies_between_a_moment_and_an_earlier_one() -> None:
    assert calendar().working_time(at("2026-03-09T14:00"), at("2026-03-09T10:00")) == timedelta()


def test_a_moment_written_in_another_zone_counts_in_korean_time() -> None:
    utc = at("2026-03-09T09:30").astimezone(UTC)
    assert calendar().opening(utc) == at("2026-03-09T09:30")
    assert calendar().opening(utc).utcoffset() == timedelta(hours=9)


@given(MOMENTS, st.integers(0, 60 * 24 * 20), st.integers(0, 60 * 24 * 20))
def test_working_time_of_two_stretches_is_that_of_both_together(start, first, second) -> None:
    start = at(start.isoformat())
    middle, end = start + timedelta(minutes=first), start + timedelta(minutes=first + second)
    whole = calendar().working_time(start, end)
    assert calendar().working_time(start, middle) + calendar().working_time(middle, end) == whole


def test_an_agency_adds_days_off_and_works_on_others() -> None:
    changed = calendar().with_holidays([day_off(date(2026, 3, 9))]).without_holidays([date(2026, 5, 1)])
    assert not changed.is_working_day(date(2026, 3, 9))
    assert changed.is_working_day(date(2026, 5, 1))
    assert calendar().is_working_day(date(2026, 3, 9)), "the first calendar stays as it was"


def test_it_covers_the_years_of_the_data_and_no_more() -> None:
    assert calendar().covers(date(2024, 1, 1))
    assert calendar().covers(date(2028, 12, 31))
    assert not calendar().covers(date(2029, 1, 1))


def test_counting_past_the_data_warns_in_both_languages() -> None:
    (warning,) = calendar().warnings(date(2028, 12, 20), date(2029, 1, 3))
    assert "2028. 12. 31.(일)까지만" in warning.ko
    assert "Sun 31 Dec 2028" in warning.en


def test_counting_before_the_data_warns() -> None:
    (warning,) = calendar().warnings(date(2023, 12, 20), date(2024, 1, 3))
    assert "2024. 1. 1.(월)부터" in warning.ko


def test_an_unconfirmed_holiday_in_the_way_is_told() -> None:
    (warning,) = calendar().warnings(date(2026, 4, 27), date(2026, 5, 18))
    assert warning.ko == "2026. 5. 1.(금) 노동절은 공휴일인지 확인되지 않았습니다. 쉬는 날로 계산했습니다."
    assert calendar().warnings(date(2026, 5, 4), date(2026, 5, 18)) == ()


def test_an_unconfirmed_holiday_on_a_weekend_changes_nothing_and_is_not_told() -> None:
    assert calendar().warnings(date(2027, 4, 30), date(2027, 5, 2)) == ()


@pytest.mark.parametrize(
    "hours",
    [(), (WorkSpan(time(9), time(13)), WorkSpan(time(12), time(18))), (WorkSpan(time(12), time(9)),)],
    ids=["none", "overlapping", "backwards"],
)
def test_impossible_working_hours_are_a_fault_of_the_program(hours) -> None:
    with pytest.raises(Bug):
        make_calendar(table(), hours)


def test_hours_may_be_given_in_any_order() -> None:
    assert make_calendar(table(), reversed(HOURS)).closing(date(2026, 3, 9)) == at("2026-03-09T18:00")


def test_the_shipped_data_lists_every_date_once_and_in_order() -> None:
    days = [holiday.day for holiday in table().holidays]
    assert days == sorted(set(days))
    assert table().covers_from <= days[0] <= days[-1] <= table().covers_until


@pytest.mark.parametrize(
    ("seollal", "chuseok", "buddha"),
    [
        ("2024-02-10", "2024-09-17", "2024-05-15"),
        ("2025-01-29", "2025-10-06", "2025-05-05"),
        ("2026-02-17", "2026-09-25", "2026-05-24"),
        ("2027-02-07", "2027-09-15", "2027-05-13"),
        ("2028-01-27", "2028-10-03", "2028-05-02"),
    ],
)
def test_lunar_holidays_fall_where_the_almanac_puts_them(seollal, chuseok, buddha) -> None:
    named = {holiday.day: holiday.name.ko for holiday in table().holidays}
    one = timedelta(days=1)
    for text, name in ((seollal, "설날"), (chuseok, "추석")):
        middle = date.fromisoformat(text)
        assert name in named[middle]
        assert named[middle - one] == f"{name} 전날"
        assert named[middle + one] == f"{name} 다음 날"
    assert "부처님오신날" in named[date.fromisoformat(buddha)]


def test_every_fixed_holiday_is_there_every_year() -> None:
    named = {holiday.day: holiday.name.ko for holiday in table().holidays}
    fixed = {
        (1, 1): "1월 1일",
        (3, 1): "3·1절",
        (5, 5): "어린이날",
        (6, 6): "현충일",
        (8, 15): "광복절",
        (10, 3): "개천절",
        (10, 9): "한글날",
        (12, 25): "기독탄신일",
    }
    for year in range(2024, 2029):
        for (month, day), name in fixed.items():
            assert name in named[date(year, month, day)]


def test_constitution_day_is_a_holiday_again_from_2026() -> None:
    named = {holiday.day.isoformat() for holiday in table().holidays if "제헌절" in holiday.name.ko}
    assert named == {"2026-07-17", "2027-07-17", "2027-07-19", "2028-07-17"}


def test_a_substitute_is_a_working_weekday_after_the_day_it_stands_for() -> None:
    rest = table().rules.rest_weekdays
    substitutes = [holiday.day for holiday in table().holidays if holiday.kind is HolidayKind.SUBSTITUTE]
    assert len(substitutes) == 17
    assert all(day.isoweekday() not in rest for day in substitutes)


def test_substitutes_follow_the_rule_of_sundays_saturdays_and_meetings() -> None:
    """National days, Children's Day, Buddha's Birthday and Christmas move from Saturday and Sunday,
    Seollal and Chuseok from Sunday only, each also when two meet on a weekday; New Year and Memorial
    Day never do (Regulation on Holidays of Public Offices, article 3)."""
    expected = set()
    by_day = {holiday.day: holiday.name.ko for holiday in table().holidays if holiday.kind == "STATUTORY"}
    movable = (
        "3·1절",
        "제헌절",
        "광복절",
        "개천절",
        "한글날",
        "어린이날",
        "부처님오신날",
        "기독탄신일",
        "노동절",
    )
    for day, name in by_day.items():
        weekend = day.isoweekday() in {6, 7} and any(part in name for part in movable)
        feast = day.isoweekday() == 7 and ("설날" in name or "추석" in name)
        meeting = name in {"어린이날·부처님오신날", "개천절·추석"}
        if weekend or feast or meeting:
            moved = day + timedelta(days=1)
            while moved.isoweekday() in {6, 7} or moved in by_day:
                moved += timedelta(days=1)
            expected.add(moved)
    assert expected == {holiday.day for holiday in table().holidays if holiday.kind == "SUBSTITUTE"}


def test_only_labour_day_is_unconfirmed_and_it_carries_a_note() -> None:
    unsure = [holiday for holiday in table().holidays if not holiday.confirmed]
    assert {holiday.day.isoformat() for holiday in unsure} == {
        "2026-05-01",
        "2027-05-01",
        "2027-05-03",
        "2028-05-01",
    }
    assert all(holiday.note for holiday in unsure)


def test_every_holiday_names_its_source_and_reads_in_english() -> None:
    for holiday in table().holidays:
        assert holiday.source
        assert holiday.name.en.isascii(), holiday


def test_the_shipped_data_is_one_line_per_day() -> None:
    text = (RESOURCES / "holidays" / "kr.json").read_text(encoding="utf-8")
    assert sum('"date"' in line for line in text.splitlines()) == len(table().holidays)


def test_a_small_table_is_read() -> None:
    small = read_holidays(written(), "small.json")
    assert small.holidays[0].kind is HolidayKind.SUBSTITUTE
    assert small.holidays[0].confirmed
    assert small.rules.immediate_hours == 3


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{", 1, "JSON"),
        ("[]", 1, "format"),
        ('{"format": 1,\n "covers_from": "x"}', 2, "x"),
        (written(format=2), 2, "형식"),
        (written(covers_until="2025-01-01"), 5, "첫날"),
        (written(counting={**SMALL["counting"], "hours_per_day": 0}), 13, "hours_per_day"),
        (written(counting={**SMALL["counting"], "rest_weekdays": [8]}), 9, "rest_weekdays"),
        (written(holidays=[{**SMALL["holidays"][0], "kind": "MOON"}]), 19, "MOON"),
        (written(holidays=SMALL["holidays"] * 2), 19, "두 번"),
        (written(holidays=[{"date": "2026-13-01"}]), 19, "2026-13-01"),
        (written(holidays=["2026-03-02"]), 1, "date"),
        ("[" * 100_000, 1, "JSON"),
    ],
)
def test_broken_data_names_file_line_and_what_is_wrong(text, line, said) -> None:
    with pytest.raises(ProfileBroken) as caught:
        read_holidays(text, "kr.json")
    assert f"kr.json {line}행" in caught.value.what.ko
    assert said in caught.value.why.ko
    assert "kr.json" in caught.value.how.en


@given(
    st.text(max_size=60)
    | st.recursive(st.none() | st.integers() | st.text(max_size=5), st.lists).map(json.dumps)
)
def test_no_text_makes_the_reader_fail_otherwise(text) -> None:
    with pytest.raises(ProfileBroken):
        read_holidays(text, "kr.json")
