"""Which days and hours an office works: public holidays, the agency's own, and its working hours."""

from __future__ import annotations

import enum
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.domain.clock import KST
from fieldlog.domain.errors import Bug
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.shown_dates import shown_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7
_WEEKEND: Final = Phrase("토·일요일", "weekend")
_PAST_COVER: Final = Phrase(
    "휴일 자료는 {last}까지만 있습니다. 그 뒤의 공휴일은 반영되지 않았으니 기한을 다시 확인해 주십시오.",
    "Holiday data ends on {last}. Later holidays are not counted: please check the due date.",
)
_BEFORE_COVER: Final = Phrase(
    "휴일 자료는 {first}부터 있습니다. 그 전의 공휴일은 반영되지 않았으니 기한을 다시 확인해 주십시오.",
    "Holiday data begins on {first}. Earlier holidays are not counted: please check the due date.",
)
_UNCONFIRMED: Final = Phrase(
    "{day} {name:은} 공휴일인지 확인되지 않았습니다. 쉬는 날로 계산했습니다.",
    "{day}, {name}, is not confirmed as a public holiday. It was counted as a day off.",
)


class HolidayKind(enum.StrEnum):
    """Where a holiday comes from."""

    STATUTORY = "STATUTORY"
    SUBSTITUTE = "SUBSTITUTE"
    TEMPORARY = "TEMPORARY"
    AGENCY = "AGENCY"


class Holiday(Struct, frozen=True, kw_only=True):
    """One day off: its name, where it comes from and since when the data knows it."""

    day: date
    name: Phrase
    kind: HolidayKind
    source: str
    added_at: date
    confirmed: bool = True
    note: Phrase | None = None


class CountingRules(Struct, frozen=True, kw_only=True):
    """The numbers of the Civil Petitions Treatment Act by which periods are counted.

    ``hours_up_to_days``: periods of so many days or fewer are counted in working hours.
    ``rest_weekdays``: ISO numbers, Monday is 1.
    """

    hours_per_day: int
    hours_up_to_days: int
    immediate_hours: int
    rest_weekdays: frozenset[int]
    source: str
    as_of: date


class HolidayTable(Struct, frozen=True, kw_only=True):
    """The public holidays of a country over the years that the data covers, ends included."""

    version: str
    covers_from: date
    covers_until: date
    rules: CountingRules
    holidays: tuple[Holiday, ...]


class WorkSpan(Struct, frozen=True, order=True):
    """One stretch of working hours within a day; ``end`` is no longer part of it."""

    start: time
    end: time


class Calendar(Struct, frozen=True, kw_only=True):
    """The working time of one agency."""

    rules: CountingRules
    hours: tuple[WorkSpan, ...]
    holidays: Mapping[date, Holiday]
    covers_from: date
    covers_until: date

    def is_working_day(self, day: date) -> bool:
        """Whether the office is open on that day."""
        return day.isoweekday() not in self.rules.rest_weekdays and day not in self.holidays

    def covers(self, day: date) -> bool:
        """Whether the holiday data speaks about that day."""
        return self.covers_from <= day <= self.covers_until

    def why_off(self, day: date) -> Phrase | None:
        """The holiday's name or the weekend, or None on a working day."""
        holiday = self.holidays.get(day)
        if holiday is not None:
            return holiday.name
        return None if self.is_working_day(day) else _WEEKEND

    def working_day_from(self, day: date) -> date:
        """That day, or the next working day when the office is closed on it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def closing(self, day: date) -> datetime:
        """The end of the working hours of that day."""
        return datetime.combine(day, self.hours[-1].end, KST)

    def spans_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of working time after a moment, without end; the first may be cut short by it."""
        moment = moment.astimezone(KST)
        day = moment.date()
        while True:
            day = self.working_day_from(day)
            for span in self.hours:
                start, end = datetime.combine(day, span.start, KST), datetime.combine(day, span.end, KST)
                if end > moment:
                    yield max(start, moment), end
            day += _DAY

    def opening(self, moment: datetime) -> datetime:
        """That moment, or the next one at which the office works."""
        return next(self.spans_from(moment))[0]

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; nothing when the second is not later."""
        start, end = start.astimezone(KST), end.astimezone(KST)
        if end <= start:
            return timedelta()
        first, last = start.date(), end.date()
        if first == last:
            return self._worked_on(first, start, end)
        midnight = datetime.combine(last, time(), KST)
        whole = sum((_length(span) for span in self.hours), timedelta())
        return (
            self._worked_on(first, start, midnight)
            + self._working_days_between(first, last) * whole
            + self._worked_on(last, midnight, end)
        )

    def _worked_on(self, day: date, start: datetime, end: datetime) -> timedelta:
        if not self.is_working_day(day):
            return timedelta()
        spans = (
            (datetime.combine(day, each.start, KST), datetime.combine(day, each.end, KST))
            for each in self.hours
        )
        return sum(
            (max(min(ends, end) - max(begins, start), timedelta()) for begins, ends in spans), timedelta()
        )

    def _working_days_between(self, first: date, last: date) -> int:
        """How many working days lie between two days, neither of them counted."""
        weeks, rest = divmod((last - first).days - 1, _WEEK)
        resting = self.rules.rest_weekdays
        weekdays = weeks * (_WEEK - len(resting))
        weekdays += sum((first + (n + 1) * _DAY).isoweekday() not in resting for n in range(rest))
        return weekdays - sum(first < day < last and day.isoweekday() not in resting for day in self.holidays)

    def with_holidays(self, holidays: Iterable[Holiday]) -> Calendar:
        """The same calendar with further days off."""
        added = {holiday.day: holiday for holiday in holidays}
        return replace(self, holidays=MappingProxyType({**self.holidays, **added}))

    def without_holidays(self, days: Iterable[date]) -> Calendar:
        """The same calendar in which the office works on those days."""
        left_out = frozenset(days)
        kept = {day: holiday for day, holiday in self.holidays.items() if day not in left_out}
        return replace(self, holidays=MappingProxyType(kept))

    def warnings(self, first: date, last: date) -> tuple[Phrase, ...]:
        """What a person should know about a count from one day to another, ends included."""
        said = []
        if first < self.covers_from:
            said.append(_BEFORE_COVER.fill(first=shown_day(self.covers_from)))
        if last > self.covers_until:
            said.append(_PAST_COVER.fill(last=shown_day(self.covers_until)))
        said.extend(
            _UNCONFIRMED.fill(day=shown_day(day), name=self.holidays[day].name)
            for day in sorted(self.holidays)
            if first <= day <= last
            and not self.holidays[day].confirmed
            and day.isoweekday() not in self.rules.rest_weekdays
        )
        return tuple(said)


def _length(span: WorkSpan) -> timedelta:
    return datetime.combine(date.min, span.end) - datetime.combine(date.min, span.start)


def make_calendar(table: HolidayTable, hours: Iterable[WorkSpan]) -> Calendar:
    """The calendar of an office that keeps those hours and the public holidays.

    Raises:
        Bug: There are no working hours or no working weekday, or the hours overlap.
    """
    ordered = tuple(sorted(hours))
    if not ordered or len(table.rules.rest_weekdays) >= _WEEK:
        raise Bug("a calendar needs working hours and working days")
    ends = [time(), *(span.end for span in ordered)]
    if any(not end <= span.start < span.end for end, span in zip(ends, ordered, strict=False)):
        raise Bug("working hours overlap or end before they begin")
    return Calendar(
        rules=table.rules,
        hours=ordered,
        holidays=MappingProxyType({holiday.day: holiday for holiday in table.holidays}),
        covers_from=table.covers_from,
        covers_until=table.covers_until,
    )
