"""The shipped holidays, profile and working hours, read once, and a few days of our own."""

from __future__ import annotations

import functools
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from fieldlog.domain.calendar import Calendar, Holiday, HolidayKind, HolidayTable, WorkSpan, make_calendar
from fieldlog.domain.clock import KST
from fieldlog.domain.holiday_reading import read_holidays
from fieldlog.domain.phrase import plain
from fieldlog.domain.profile_reading import read_profile

if TYPE_CHECKING:
    from fieldlog.domain.profile import AgencyProfile

RESOURCES = Path(__file__).parents[2] / "resources"
HOURS = (WorkSpan(time(9), time(12)), WorkSpan(time(13), time(18)))


@functools.cache
def table() -> HolidayTable:
    return read_holidays((RESOURCES / "holidays" / "kr.json").read_text(encoding="utf-8"), "kr.json")


@functools.cache
def calendar() -> Calendar:
    return make_calendar(table(), HOURS)


@functools.cache
def profile_text() -> str:
    return (RESOURCES / "profiles" / "hanbit.toml").read_text(encoding="utf-8")


@functools.cache
def profile() -> AgencyProfile:
    return read_profile(profile_text(), "hanbit.toml")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KST)


def day_off(day: date, name: str = "기관 휴무", *, confirmed: bool = True) -> Holiday:
    return Holiday(
        day=day,
        name=plain(name),
        kind=HolidayKind.AGENCY,
        source="test",
        added_at=date(2026, 1, 1),
        confirmed=confirmed,
    )
