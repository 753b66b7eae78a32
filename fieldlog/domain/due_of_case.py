"""What nobody types about a case: its due time and its priority, derived from what was recorded."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import iso, parse_moment
from fieldlog.domain.deadline import Due, counted_in, due, due_moment
from fieldlog.domain.errors import BadInput
from fieldlog.domain.period import Period, stored_period
from fieldlog.domain.priority import Priority, priority, priority_score

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from fieldlog.domain.calendar import Calendar
    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.domain.record import CaseRow
    from fieldlog.domain.registry import Value


COUNTING_RULES: Final = "1"
"""Raised when due times or priorities are counted in another way, so that stores count theirs anew (2026-11-22)."""
DERIVED_FROM: Final = (
    "received_at",
    "period_value",
    "period_unit",
    "petition_type",
    "urgency",
    "severity",
    "affected_people",
    "vulnerable_flags",
)
"""The fields of a case from which everything here follows."""
_COUNTED_FROM: Final = DERIVED_FROM[:5]


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
    counted = _counted_from(values, profile)
    if counted is None:
        return None
    try:
        return due(parse_moment(counted[0]), counted[1], calendar)
    except BadInput:
        return None


def _counted_from(values: Mapping[str, Value], profile: AgencyProfile) -> tuple[str, Period] | None:
    received = values.get("received_at")
    if not isinstance(received, str):
        return None
    period = period_of(values)
    if period is None and not values.get("petition_type"):
        period = profile.target_for(str(values.get("urgency") or ""))
    return (received, period) if period else None


def _due_moment(counted: tuple[str, Period], calendar: Calendar) -> str | None:
    try:
        return iso(due_moment(parse_moment(counted[0]), counted[1], calendar))
    except BadInput:
        return None


def due_as_listed(row: CaseRow, calendar: Calendar, profile: AgencyProfile) -> Due | None:
    """The due time of a line of the case list, put together from what the list holds without counting again."""
    if row.due_at is None or row.received_at is None:
        return None
    values: dict[str, Value] = {name: getattr(row, name) for name in _COUNTED_FROM}
    counted = _counted_from(values, profile)
    if counted is None:
        return None
    received, until = datetime.fromisoformat(row.received_at), datetime.fromisoformat(row.due_at)
    return Due(received_at=received, due_at=until, unit=counted_in(counted[1], calendar))


def priority_of(values: Mapping[str, Value], profile: AgencyProfile) -> Priority:
    """The priority of a case with its parts."""
    severity, affected, vulnerable = _weighed(values)
    return priority(
        severity=severity, affected_people=affected, vulnerable=vulnerable, weights=profile.priority
    )


def _weighed(values: Mapping[str, Value]) -> tuple[int, int, bool]:
    severity, affected = values.get("severity"), values.get("affected_people")
    return (
        int(str(severity)) if str(severity or "").isdigit() else 0,
        int(affected) if isinstance(affected, (int, float)) else 0,
        bool(values.get("vulnerable_flags")),
    )


def derived_values(
    values: Mapping[str, Value],
    calendar: Calendar,
    profile: AgencyProfile,
    remembered: MutableMapping[tuple[str, Period], str | None] | None = None,
) -> dict[str, Value]:
    """The derived fields of a case, for the case list and the screens.

    ``remembered`` keeps what was counted with the same calendar before: saves of one case ask again and again.
    """
    severity, affected, vulnerable = _weighed(values)
    score = priority_score(
        severity=severity, affected_people=affected, vulnerable=vulnerable, weights=profile.priority
    )
    derived: dict[str, Value] = {"priority_score": score}
    known = {} if remembered is None else remembered
    counted = _counted_from(values, profile)
    if counted is not None:
        if counted not in known:
            known[counted] = _due_moment(counted, calendar)
        if known[counted] is not None:
            derived["due_at"] = known[counted]
    return derived
