"""Dates as Korean offices write them (``2026. 3. 9.(월)``), with an English reading beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import KST
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from datetime import date, datetime

_WEEKDAYS_KO: Final = "월화수목금토일"
_WEEKDAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown_day(day: date) -> Phrase:
    """A date: ``2026. 3. 9.(월)`` and ``Mon 9 Mar 2026``."""
    weekday = day.weekday()
    return Phrase(
        f"{day.year}. {day.month}. {day.day}.({_WEEKDAYS_KO[weekday]})",
        f"{_WEEKDAYS_EN[weekday]} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}",
    )


def shown_moment(moment: datetime) -> Phrase:
    """A moment in Korean time: ``2026. 3. 9.(월) 14:20`` and ``Mon 9 Mar 2026, 14:20``."""
    local = moment.astimezone(KST)
    day = shown_day(local.date())
    return Phrase(f"{day.ko} {local:%H:%M}", f"{day.en}, {local:%H:%M}")
