"""What nobody types about a case: its due time and its priority, derived from what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldlog.domain.clock import iso, parse_moment
from fieldlog.domain.deadline import Due, due
from fieldlog.domain.errors import BadInput
from fieldlog.domain.period import Period, stored_period
from fieldlog.domain.priority import Priority, priority

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.calendar import Calendar
    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.domain.registry import Value


def period_of(values: Mapping[str, Value]) -> Period | None:
    """The period a case was given, or None."""
    count, unit = values.get("period_value"), values.get("period_unit")
    try:
        return stored_period(
            int(count) if isinstance(count, (int, float)) else None, str(unit) if unit else None
        )
    except BadInput:
        return None


def due_of(values: Mapping[str, Value], calendar: Calendar, profile: AgencyProfile) -> Due | None:
    """When a case is due: by law for petitions, by the agency's target for others; None before receipt.

    A case that has only been reported has no due time: the law counts from receipt.
    """
    received = values.get("received_at")
    if not isinstance(received, str):
        return None
    period = period_of(values)
    if period is None and not values.get("petition_type"):
        period = profile.target_for(str(values.get("urgency") or ""))
    if period is None:
        return None
    try:
        return due(parse_moment(received), period, calendar)
    except BadInput:
        return None


def priority_of(values: Mapping[str, Value], profile: AgencyProfile) -> Priority:
    """The priority of a case with its parts."""
    severity, affected = values.get("severity"), values.get("affected_people")
    return priority(
        severity=int(str(severity)) if str(severity or "").isdigit() else 0,
        affected_people=int(affected) if isinstance(affected, (int, float)) else 0,
        vulnerable=bool(values.get("vulnerable_flags")),
        weights=profile.priority,
    )


def derived_values(
    values: Mapping[str, Value], calendar: Calendar, profile: AgencyProfile
) -> dict[str, Value]:
    """The derived fields of a case, for the case list and the screens."""
    counted = due_of(values, calendar, profile)
    derived: dict[str, Value] = {"priority_score": priority_of(values, profile).score}
    if counted is not None:
        derived["due_at"] = iso(counted.due_at)
    return derived
