from __future__ import annotations

import pytest
from helpers.office import calendar, profile

from fieldlog.domain.clock import iso
from fieldlog.domain.due_of_case import derived_values, due_of, period_of, priority_of

PETITION = {
    "received_at": "2026-11-23T10:00:00+09:00",
    "petition_type": "OTHER",
    "period_value": 7,
    "period_unit": "DAYS",
}


def due(**values: object) -> str | None:
    found = due_of({**PETITION, **values}, calendar(), profile())
    return iso(found.due_at) if found else None


def test_a_petition_is_due_by_its_period_from_receipt() -> None:
    assert due() == "2026-12-01T18:00:00+09:00"
    assert due(period_value=4, period_unit="HOURS") == "2026-11-23T15:00:00+09:00"


def test_nothing_is_due_before_receipt_or_without_a_period() -> None:
    assert due(received_at=None) is None
    assert due(period_value=None) is None
    assert due(period_unit=None) is None


def test_a_case_that_is_no_petition_follows_the_target_of_its_urgency() -> None:
    own = {"petition_type": None, "period_value": None, "period_unit": None}
    assert due(**own, urgency="EMERGENCY") == "2026-11-23T15:00:00+09:00"
    assert due(**own, urgency="PLANNED") is None


@pytest.mark.parametrize(
    "values",
    [{"received_at": "unfug"}, {"period_unit": "EONS"}, {"period_value": "viele"}, {"period_value": -1}],
)
def test_values_no_rule_can_count_with_give_no_due_time(values) -> None:
    assert due(**values) is None


def test_the_end_of_the_calendar_is_no_crash() -> None:
    assert derived_values({**PETITION, "received_at": "9999-12-31T23:00:00+09:00"}, calendar(), profile())


def test_the_priority_weighs_severity_people_and_the_vulnerable() -> None:
    low, high = {"severity": "1"}, {"severity": "5", "affected_people": 1000, "vulnerable_flags": ["CHILD"]}
    assert priority_of(high, profile()).score > priority_of(low, profile()).score
    assert priority_of({"severity": "unbekannt", "affected_people": "viele"}, profile()).score >= 0


def test_what_was_counted_once_is_remembered() -> None:
    known: dict[tuple[str, object], str | None] = {}
    first = derived_values(PETITION, calendar(), profile(), known)
    assert len(known) == 1
    assert derived_values(PETITION, calendar(), profile(), known) == first
    assert period_of(PETITION).value == 7
