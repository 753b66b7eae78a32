from __future__ import annotations

from datetime import timedelta

import pytest
from helpers.office import at, calendar
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.deadline import Count, Due, due
from fieldlog.domain.period import parse_period
from fieldlog.domain.traffic_light import Light, Remaining, remaining

SEVEN_DAYS = due(at("2026-03-09T10:00"), parse_period("7d"), calendar())
ONE_DAY = due(at("2026-03-09T10:00"), parse_period("1d"), calendar())


def left(now: str, counted: Due = SEVEN_DAYS) -> Remaining:
    return remaining(at(now), counted, calendar())


@pytest.mark.parametrize(
    ("now", "light"),
    [
        ("2026-03-09T10:00", Light.BLUE),
        ("2026-03-12T09:00", Light.BLUE),
        ("2026-03-12T16:00", Light.YELLOW),
        ("2026-03-16T17:00", Light.YELLOW),
        ("2026-03-16T18:00", Light.ORANGE),
        ("2026-03-17T17:59", Light.ORANGE),
        ("2026-03-17T23:00", Light.ORANGE),
        ("2026-03-18T00:00", Light.RED),
        ("2026-03-30T10:00", Light.RED),
    ],
)
def test_the_light_follows_the_working_time_left(now, light) -> None:
    assert left(now).light is light


def test_a_period_of_one_day_is_urgent_from_its_start() -> None:
    assert left("2026-03-09T10:00", ONE_DAY).light is Light.ORANGE


def test_what_is_left_is_said_in_days_and_hours() -> None:
    assert left("2026-03-16T16:00").words.ko == "1근무일 2시간 남음"
    assert left("2026-03-17T10:30").words.en == "6 h 30 min left"
    assert left("2026-03-16T16:00").left == timedelta(hours=10)


def test_on_the_evening_of_the_due_day_it_is_still_today() -> None:
    assert left("2026-03-17T19:00").words.ko == "오늘까지"


def test_lateness_is_said_in_working_time() -> None:
    late = left("2026-03-18T11:00")
    assert late.words.ko == "2시간 지남"
    assert late.late_by == timedelta(hours=2)
    assert late.left == timedelta()


def test_just_late_is_said_without_a_number() -> None:
    assert left("2026-03-18T00:00").words.ko == "기한 지남"
    assert left("2026-03-10T10:00:01", ONE_DAY).words.en == "just late"


def test_no_two_levels_share_a_word_or_a_shape() -> None:
    assert len({light.shape for light in Light}) == len(Light)
    assert len({light.word for light in Light}) == len(Light)


def test_a_due_put_together_from_stored_values_is_enough() -> None:
    stored = Due(received_at=at("2026-03-09T10:00"), due_at=at("2026-03-17T18:00"), unit=Count.WORK_DAYS)
    assert left("2026-03-12T16:00", stored) == left("2026-03-12T16:00")


@given(st.integers(0, 60 * 24 * 20), st.integers(0, 60 * 24 * 5))
def test_the_light_never_turns_back(minutes, later) -> None:
    order = list(Light)
    first = at("2026-03-09T10:00") + timedelta(minutes=minutes)
    now, then = (remaining(first + timedelta(minutes=m), SEVEN_DAYS, calendar()) for m in (0, later))
    assert order.index(now.light) <= order.index(then.light)
    assert now.left >= then.left
    assert now.late_by <= then.late_by
