from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import BadInput
from fieldlog.domain.period import IMMEDIATE, Period, PeriodUnit, parse_period, stored_period
from fieldlog.domain.registry.vocabularies import PERIOD_UNIT


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("7d", Period(7, PeriodUnit.DAYS)),
        ("7 D", Period(7, PeriodUnit.DAYS)),
        ("7일", Period(7, PeriodUnit.DAYS)),
        ("７일", Period(7, PeriodUnit.DAYS)),
        ("24h", Period(24, PeriodUnit.HOURS)),
        ("3시간", Period(3, PeriodUnit.HOURS)),
        ("2w", Period(2, PeriodUnit.WEEKS)),
        ("2주", Period(2, PeriodUnit.WEEKS)),
        ("1m", Period(1, PeriodUnit.MONTHS)),
        ("1 개월", Period(1, PeriodUnit.MONTHS)),
        ("1달", Period(1, PeriodUnit.MONTHS)),
        ("즉시", IMMEDIATE),
        ("now", IMMEDIATE),
        (" Immediate ", IMMEDIATE),
    ],
)
def test_a_period_is_read_as_people_write_it(text, period) -> None:
    assert parse_period(text) == period


def test_korean_letters_taken_apart_are_put_together_first() -> None:
    assert parse_period("7\u110b\u1175\u11af") == Period(7, PeriodUnit.DAYS)


@pytest.mark.parametrize(
    "text", ["", "d", "7", "7x", "-7d", "7.5d", "0d", "1001d", "999999999d", "7d7d", "일곱일"]
)
def test_what_is_no_period_is_refused_with_a_way_out(text) -> None:
    with pytest.raises(BadInput) as caught:
        parse_period(text)
    assert "7d" in caught.value.how.ko
    assert caught.value.why.en


@given(st.sampled_from(PeriodUnit), st.integers(1, 120))
def test_what_is_written_is_read_back(unit, value) -> None:
    period = IMMEDIATE if unit is PeriodUnit.IMMEDIATE else Period(value, unit)
    assert parse_period(period.written()) == period
    assert stored_period(period.value, period.unit) == period


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_refused(text) -> None:
    with contextlib.suppress(BadInput):
        assert parse_period(text).value >= 1


def test_units_are_those_of_the_registry() -> None:
    assert set(PeriodUnit) == set(PERIOD_UNIT.entries)


def test_a_period_is_shown_in_both_languages() -> None:
    assert Period(7, PeriodUnit.DAYS).shown().ko == "7일"
    assert Period(7, PeriodUnit.DAYS).shown().en == "7 days"
    assert Period(1, PeriodUnit.WEEKS).shown().en == "1 week"
    assert IMMEDIATE.shown().ko == "즉시"


def test_stored_fields_without_a_unit_mean_no_period() -> None:
    assert stored_period(7, None) is None
    assert stored_period(None, "IMMEDIATE") == IMMEDIATE


@pytest.mark.parametrize(("value", "unit"), [(None, "DAYS"), (0, "DAYS"), (7, "YEARS")])
def test_stored_fields_that_name_no_period_are_refused(value, unit) -> None:
    with pytest.raises(BadInput):
        stored_period(value, unit)


@pytest.mark.parametrize("text", ["0d", "9999d", "99999999d"])
def test_a_period_out_of_range_is_named_as_it_was_written(text: str) -> None:
    with pytest.raises(BadInput, match=rf"{text}.*from 1 day to 1000 days"):
        parse_period(text)
