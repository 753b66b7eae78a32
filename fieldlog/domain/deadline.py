"""The statutory due time of a petition, as a pure function of receipt, period and calendar.

Source: Civil Petitions Treatment Act (민원 처리에 관한 법률) article 19 and Civil Act articles 159 to 161.
"""

from __future__ import annotations

import enum
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct

from fieldlog.domain.clock import KST
from fieldlog.domain.errors import BadInput, Bug
from fieldlog.domain.period import Period, PeriodUnit
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.shown_dates import shown_day, shown_moment

if TYPE_CHECKING:
    from fieldlog.domain.calendar import Calendar

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_DAYS_OF_WEEK: Final = 7
_MONTHS_OF_YEAR: Final = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2500
_BY: Final = Phrase("{when}까지", "by {when}")
_ODD_YEAR: Final = Phrase(
    "접수일시의 연도를 확인해 주십시오: {year}", "Please check the year of receipt: {year}"
)
_YEARS_COUNTED: Final = Phrase(
    "{first}년부터 {last}년까지만 계산합니다.", "Only the years {first} to {last} are counted."
)
_RETYPE: Final = Phrase("접수일시를 다시 적어 주십시오.", "Enter the time of receipt again.")


class Count(enum.StrEnum):
    """How a period is counted."""

    WORK_HOURS = "WORK_HOURS"
    WORK_DAYS = "WORK_DAYS"
    CALENDAR = "CALENDAR"


class CountedSlot(Struct, frozen=True):
    """One day of the count: its number from 1, and the working hours used when hours are counted."""

    day: date
    number: int
    hours: float | None = None


class SkippedDay(Struct, frozen=True):
    """A day that was not counted, and why: a holiday's name or the weekend."""

    day: date
    why: Phrase


class Due(Struct, frozen=True, kw_only=True):
    """When an answer is due, and how that was counted.

    ``due_at`` of a count in days is the close of office; the law gives until the end of that date
    (``ends_at``). A Due may be put together from stored values by leaving the last three out.
    """

    received_at: datetime
    due_at: datetime
    unit: Count
    slots: tuple[CountedSlot, ...] = ()
    skipped: tuple[SkippedDay, ...] = ()
    warnings: tuple[Phrase, ...] = ()

    @property
    def ends_at(self) -> datetime:
        """The moment after which an answer is late."""
        if self.unit is Count.WORK_HOURS:
            return self.due_at
        return datetime.combine(self.due_at.astimezone(KST).date() + _DAY, datetime.min.time(), KST)

    def is_late(self, moment: datetime) -> bool:
        """Whether an answer at that moment misses the due time."""
        return moment > self.due_at if self.unit is Count.WORK_HOURS else moment >= self.ends_at


_Counted: TypeAlias = tuple[datetime, datetime, Count, tuple[CountedSlot, ...]]


def due(received: datetime, period: Period, calendar: Calendar) -> Due:
    """Count a period from the moment of receipt.

    Up to five days are counted in working hours from that moment, eight to a day, and "at once" as
    three of them; longer periods of days count working days, the day of receipt included; weeks and
    months run by the calendar from the day of receipt, and an end on a day off moves to the next working
    day. Time used up exactly at the end of a working stretch is due then, not when the next begins.

    Raises:
        BadInput: The year of receipt cannot be meant.
    """
    received, due_at, unit, slots = _count(received, period, calendar)
    return _told(received, due_at, unit, slots, calendar)


def due_moment(received: datetime, period: Period, calendar: Calendar) -> datetime:
    """The moment of :func:`due` alone, without telling how it was counted: for lists.

    Raises:
        BadInput: The year of receipt cannot be meant.
    """
    return _count(received, period, calendar)[1]


def _count(received: datetime, period: Period, calendar: Calendar) -> _Counted:
    if received.tzinfo is None:
        raise Bug("a moment of receipt carries its zone")
    received = received.astimezone(KST)
    if not _FIRST_YEAR <= received.year <= _LAST_YEAR:
        years = _YEARS_COUNTED.fill(first=_FIRST_YEAR, last=_LAST_YEAR)
        raise BadInput(_ODD_YEAR.fill(year=received.year), years, _RETYPE)
    hours = _working_hours(period, calendar)
    if hours is not None:
        return _by_hours(received, hours * _HOUR, calendar)
    if period.unit is PeriodUnit.DAYS:
        return _by_days(received, period.value, calendar)
    return _by_calendar(received, period, calendar)


def counted_in(period: Period, calendar: Calendar) -> Count:
    """How a period is counted in an office that keeps this calendar."""
    if _working_hours(period, calendar) is not None:
        return Count.WORK_HOURS
    return Count.WORK_DAYS if period.unit is PeriodUnit.DAYS else Count.CALENDAR


def shown_due(counted: Due) -> Phrase:
    """The due time for a person: ``2026. 2. 25.(수)까지``; with the time of day when hours are counted."""
    if counted.unit is Count.WORK_HOURS:
        return _BY.fill(when=shown_moment(counted.due_at))
    return _BY.fill(when=shown_day(counted.due_at.astimezone(KST).date()))


def _working_hours(period: Period, calendar: Calendar) -> int | None:
    rules = calendar.rules
    if period.unit is PeriodUnit.IMMEDIATE:
        return rules.immediate_hours
    if period.unit is PeriodUnit.HOURS:
        return period.value
    if period.unit is PeriodUnit.DAYS and period.value <= rules.hours_up_to_days:
        return period.value * rules.hours_per_day
    return None


def _by_hours(received: datetime, left: timedelta, calendar: Calendar) -> _Counted:
    used_on: dict[date, timedelta] = {}
    due_at = received
    for start, end in calendar.spans_from(received):
        used = min(left, end - start)
        used_on[start.date()] = used_on.get(start.date(), timedelta()) + used
        left -= used
        if not left:
            due_at = start + used
            break
    slots = tuple(
        CountedSlot(day, number, round(used / _HOUR, 4))
        for number, (day, used) in enumerate(used_on.items(), 1)
    )
    return received, due_at, Count.WORK_HOURS, slots


def _by_days(received: datetime, days: int, calendar: Calendar) -> _Counted:
    slots = []
    day = received.date()
    for number in range(1, days + 1):
        day = calendar.working_day_from(day)
        slots.append(CountedSlot(day, number))
        day += _DAY
    return received, calendar.closing(slots[-1].day), Count.WORK_DAYS, tuple(slots)


def _by_calendar(received: datetime, period: Period, calendar: Calendar) -> _Counted:
    first = received.date()
    if period.unit is PeriodUnit.WEEKS:
        last = first + (_DAYS_OF_WEEK * period.value - 1) * _DAY
    else:
        last = _last_day_of_months(first, period.value)
    slots = tuple(CountedSlot(first + n * _DAY, n + 1) for n in range((last - first).days + 1))
    closing = calendar.closing(calendar.working_day_from(last))
    return received, closing, Count.CALENDAR, slots


def _last_day_of_months(first: date, months: int) -> date:
    """The day before the corresponding one; the month's last day where it has none (Civil Act 160)."""
    years, month = divmod(first.month - 1 + months, _MONTHS_OF_YEAR)
    year, month = first.year + years, month + 1
    days = (date(year + month // _MONTHS_OF_YEAR, month % _MONTHS_OF_YEAR + 1, 1) - _DAY).day
    return date(year, month, days) if first.day > days else date(year, month, first.day) - _DAY


def _told(
    received: datetime, due_at: datetime, unit: Count, slots: tuple[CountedSlot, ...], calendar: Calendar
) -> Due:
    first, last = received.date(), due_at.date()
    counted = {slot.day for slot in slots}
    days = (first + n * _DAY for n in range((last - first).days + 1))
    off = ((day, calendar.why_off(day)) for day in days if day not in counted)
    return Due(
        received_at=received,
        due_at=due_at,
        unit=unit,
        slots=slots,
        skipped=tuple(SkippedDay(day, why) for day, why in off if why is not None),
        warnings=calendar.warnings(first, last),
    )
