from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from helpers.office import at, calendar, day_off, profile, table
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.clock import iso, parse_moment
from fieldlog.domain.deadline import Count, CountedSlot, Due, due, shown_due
from fieldlog.domain.errors import BadInput, Bug
from fieldlog.domain.period import IMMEDIATE, Period, PeriodUnit, parse_period

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "deadline_vectors.json"
PERIODS = st.one_of(
    st.just(IMMEDIATE),
    st.builds(Period, st.integers(1, 80), st.just(PeriodUnit.HOURS)),
    st.builds(Period, st.integers(1, 40), st.just(PeriodUnit.DAYS)),
    st.builds(Period, st.integers(1, 8), st.just(PeriodUnit.WEEKS)),
    st.builds(Period, st.integers(1, 6), st.just(PeriodUnit.MONTHS)),
)
MOMENTS = st.datetimes(
    min_value=at("2024-01-01").replace(tzinfo=None), max_value=at("2028-03-01").replace(tzinfo=None)
).map(lambda moment: at(moment.replace(microsecond=0).isoformat()))
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def counted(received: str, period: str) -> Due:
    return due(at(received), parse_period(period), calendar())


@pytest.mark.parametrize(
    ("received", "period", "due_at", "unit"),
    [
        ("2026-03-05T14:00", "3d", "2026-03-10T14:00", "WORK_HOURS"),
        ("2026-03-05T14:00", "24h", "2026-03-10T14:00", "WORK_HOURS"),
        ("2026-03-06T17:30", "1d", "2026-03-09T17:30", "WORK_HOURS"),
        ("2026-03-06T16:30", "즉시", "2026-03-09T10:30", "WORK_HOURS"),
        ("2026-02-13T11:30", "2d", "2026-02-20T11:30", "WORK_HOURS"),
        ("2026-09-23T16:00", "1d", "2026-09-28T16:00", "WORK_HOURS"),
        ("2026-06-02T09:00", "5d", "2026-06-09T18:00", "WORK_HOURS"),
        ("2026-02-12T10:00", "7d", "2026-02-25T18:00", "WORK_DAYS"),
        ("2026-09-21T16:30", "7d", "2026-10-01T18:00", "WORK_DAYS"),
        ("2026-07-16T15:00", "7d", "2026-07-27T18:00", "WORK_DAYS"),
        ("2026-10-02T10:00", "14d", "2026-10-23T18:00", "WORK_DAYS"),
        ("2026-05-29T09:00", "7d", "2026-06-09T18:00", "WORK_DAYS"),
    ],
)
def test_periods_are_counted_as_the_law_says(received, period, due_at, unit) -> None:
    answer = counted(received, period)
    assert answer.due_at == at(due_at)
    assert answer.unit == unit


@pytest.mark.skipif(not VECTORS.exists(), reason="the shared data is not beside this checkout")
def test_every_shared_vector_is_met() -> None:
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    assert vectors
    for vector in vectors:
        period = parse_period(f"{vector['period_days']}d") if "period_days" in vector else IMMEDIATE
        answer = due(parse_moment(vector["received_at"]), period, calendar())
        assert (iso(answer.due_at), answer.unit) == (vector["due_at"], vector["unit"]), vector


@pytest.mark.skipif(not VECTORS.exists(), reason="the shared data is not beside this checkout")
def test_the_shipped_holidays_hold_all_of_the_shared_ones() -> None:
    expected = {
        date.fromisoformat(day) for day in json.loads(VECTORS.read_text(encoding="utf-8"))["holidays"]
    }
    assert expected <= {holiday.day for holiday in table().holidays}


def test_a_receipt_at_lunch_counts_from_one_and_time_used_up_at_noon_is_due_at_noon() -> None:
    assert counted("2026-03-09T12:30", "1d").due_at == at("2026-03-10T12:00")


def test_a_receipt_at_closing_counts_from_the_next_morning() -> None:
    assert counted("2026-03-09T18:00", "1d").due_at == at("2026-03-10T18:00")


def test_a_receipt_on_a_weekend_counts_from_monday_morning() -> None:
    assert counted("2026-03-07T10:00", "1d").due_at == at("2026-03-09T18:00")


def test_a_day_petition_received_on_saturday_counts_from_monday() -> None:
    answer = counted("2026-03-07T10:00", "7d")
    assert answer.slots[0] == CountedSlot(date(2026, 3, 9), 1)
    assert answer.due_at == at("2026-03-17T18:00")


def test_five_days_are_hours_and_six_are_days() -> None:
    assert counted("2026-03-09T10:00", "5d").due_at == at("2026-03-16T10:00")
    assert counted("2026-03-09T10:00", "6d").due_at == at("2026-03-16T18:00")


@pytest.mark.parametrize(
    ("received", "period", "last"),
    [
        ("2026-03-10T10:00", "1w", "2026-03-16"),
        ("2026-03-09T10:00", "1w", "2026-03-16"),
        ("2026-03-09T10:00", "1m", "2026-04-08"),
        ("2026-01-31T10:00", "1m", "2026-03-03"),
        ("2026-01-29T10:00", "1m", "2026-03-03"),
        ("2024-01-31T10:00", "1m", "2024-02-29"),
        ("2026-12-15T10:00", "2m", "2027-02-15"),
        ("2026-12-09T10:00", "2m", "2027-02-10"),
        ("2026-02-10T10:00", "1w", "2026-02-19"),
    ],
)
def test_weeks_and_months_run_by_the_calendar_and_end_on_a_working_day(received, period, last) -> None:
    answer = counted(received, period)
    assert answer.due_at.date().isoformat() == last
    assert answer.unit is Count.CALENDAR


def test_hours_used_are_listed_day_by_day_for_the_explanation() -> None:
    answer = counted("2026-03-06T16:30", "now")
    assert answer.slots == (CountedSlot(date(2026, 3, 6), 1, 1.5), CountedSlot(date(2026, 3, 9), 2, 1.5))
    assert [skipped.day.day for skipped in answer.skipped] == [7, 8]


def test_days_left_out_say_why() -> None:
    skipped = {one.day.isoformat(): one.why.ko for one in counted("2026-02-12T10:00", "7d").skipped}
    assert skipped["2026-02-16"] == "설날 전날"
    assert skipped["2026-02-14"] == "토·일요일"
    assert len(skipped) == 7


def test_an_end_moved_off_a_holiday_says_why() -> None:
    answer = counted("2026-02-10T10:00", "1w")
    assert [slot.day.day for slot in answer.slots] == list(range(10, 17))
    assert [one.why.ko for one in answer.skipped] == ["설날", "설날 다음 날"]


def test_a_count_over_an_unconfirmed_holiday_warns() -> None:
    assert "노동절" in counted("2026-04-27T14:00", "14d").warnings[0].ko
    confirmed_away = calendar().without_holidays([date(2026, 5, 1)])
    answer = due(at("2026-04-27T14:00"), parse_period("14d"), confirmed_away)
    assert answer.due_at == at("2026-05-15T18:00")
    assert answer.warnings == ()


def test_a_count_past_the_holiday_data_warns() -> None:
    assert "2028" in counted("2028-12-28T10:00", "14d").warnings[0].en


def test_a_temporary_holiday_moves_the_due_day_on() -> None:
    moved = calendar().with_holidays([day_off(date(2026, 9, 28))])
    assert due(at("2026-09-21T16:30"), parse_period("7d"), moved).due_at == at("2026-10-02T18:00")


def test_a_holiday_after_the_due_day_changes_nothing() -> None:
    later = calendar().with_holidays([day_off(date(2026, 10, 2))])
    assert due(at("2026-09-21T16:30"), parse_period("7d"), later).due_at == at("2026-10-01T18:00")


def test_a_day_count_is_met_until_the_end_of_its_date_and_an_hour_count_until_its_minute() -> None:
    by_days, by_hours = counted("2026-03-09T10:00", "7d"), counted("2026-03-09T10:00", "1d")
    assert not by_days.is_late(at("2026-03-17T23:59:59"))
    assert by_days.is_late(at("2026-03-18T00:00"))
    assert not by_hours.is_late(at("2026-03-10T10:00"))
    assert by_hours.is_late(at("2026-03-10T10:00:01"))


def test_the_due_time_is_shown_as_offices_write_it() -> None:
    assert shown_due(counted("2026-02-12T10:00", "7d")).ko == "2026. 2. 25.(수)까지"
    assert shown_due(counted("2026-02-12T10:00", "7d")).en == "by Wed 25 Feb 2026"
    assert shown_due(counted("2026-03-05T14:00", "3d")).ko == "2026. 3. 10.(화) 14:00까지"
    assert shown_due(counted("2026-03-05T14:00", "3d")).en == "by Tue 10 Mar 2026, 14:00"


def test_internal_targets_of_the_profile_are_counted_the_same_way() -> None:
    target = profile().target_for("EMERGENCY")
    assert target is not None
    assert due(at("2026-03-09T16:00"), target, calendar()).due_at == at("2026-03-10T11:00")
    assert profile().target_for("PLANNED") is None


def test_a_moment_in_another_zone_is_the_same_receipt() -> None:
    received = parse_moment("2026-03-05T05:00:00+00:00")
    assert due(received, parse_period("3d"), calendar()).due_at == at("2026-03-10T14:00")


def test_a_moment_without_zone_is_a_fault_of_the_program() -> None:
    with pytest.raises(Bug):
        due(at("2026-03-05T14:00").replace(tzinfo=None), IMMEDIATE, calendar())


@pytest.mark.parametrize("year", [1, 1899, 2501, 9999])
def test_a_year_that_cannot_be_meant_is_refused(year) -> None:
    with pytest.raises(BadInput) as caught:
        due(at("2026-03-05T14:00").replace(year=year), parse_period("120m"), calendar())
    assert str(year) in caught.value.what.ko


@given(MOMENTS, PERIODS, st.lists(DAYS, max_size=5))
def test_adding_holidays_never_makes_it_earlier(received, period, days) -> None:
    more = calendar().with_holidays([day_off(day) for day in days])
    assert due(received, period, more).due_at >= due(received, period, calendar()).due_at


@given(MOMENTS, st.integers(0, 60 * 24 * 40), PERIODS)
def test_what_is_received_later_is_never_due_earlier(received, minutes, period) -> None:
    later = received + timedelta(minutes=minutes)
    assert due(later, period, calendar()).due_at >= due(received, period, calendar()).due_at


@given(MOMENTS, PERIODS)
def test_slots_add_up_and_every_other_day_is_accounted_for(received, period) -> None:
    answer = due(received, period, calendar())
    assert [slot.number for slot in answer.slots] == list(range(1, len(answer.slots) + 1))
    days = {slot.day for slot in answer.slots} | {one.day for one in answer.skipped}
    span = (answer.due_at.date() - received.date()).days + 1
    every_day = {received.date() + timedelta(days=n) for n in range(span)}
    assert days <= every_day
    assert all(calendar().is_working_day(day) for day in every_day - days)
    if answer.unit is Count.WORK_HOURS:
        used = calendar().working_time(received, answer.due_at)
        assert sum(slot.hours or 0 for slot in answer.slots) == pytest.approx(
            used / timedelta(hours=1), abs=0.01
        )


@given(MOMENTS, PERIODS)
def test_it_is_due_within_working_hours_of_a_working_day(received, period) -> None:
    answer = due(received, period, calendar())
    assert calendar().is_working_day(answer.due_at.date())
    assert calendar().working_time(answer.due_at - timedelta(seconds=1), answer.due_at) == timedelta(
        seconds=1
    )
