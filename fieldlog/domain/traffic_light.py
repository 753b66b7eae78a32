"""How much working time a deadline leaves, as a word and a shape beside the colour."""

from __future__ import annotations

import enum
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from datetime import datetime

    from fieldlog.domain.calendar import Calendar
    from fieldlog.domain.deadline import Due

_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)
_LEFT: Final = Phrase("{time} 남음", "{time} left")
_LATE: Final = Phrase("{time} 지남", "{time} late")
_TODAY: Final = Phrase("오늘까지", "due today")
_JUST_OVER: Final = Phrase("기한 지남", "just late")
_DAYS: Final = Phrase("{n}근무일", "{n} d")
_HOURS: Final = Phrase("{n}시간", "{n} h")
_MINUTES: Final = Phrase("{n}분", "{n} min")


class Light(enum.Enum):
    """The four levels: more than half left, half or less, one working day or less, late."""

    BLUE = "BLUE"
    YELLOW = "YELLOW"
    ORANGE = "ORANGE"
    RED = "RED"

    @property
    def word(self) -> Phrase:
        """What the colour means."""
        return _WORDS[self]

    @property
    def shape(self) -> str:
        """A sign that is told apart without colour, in print and on a grey screen."""
        return _SHAPES[self]


_WORDS: Final = {
    Light.BLUE: Phrase("여유", "On time"),
    Light.YELLOW: Phrase("절반 지남", "Half gone"),
    Light.ORANGE: Phrase("임박", "Due soon"),
    Light.RED: Phrase("기한 초과", "Late"),
}
_SHAPES: Final = {Light.BLUE: "●", Light.YELLOW: "◆", Light.ORANGE: "▲", Light.RED: "■"}


class Remaining(Struct, frozen=True, kw_only=True):
    """Working time left, or passed since; one of the two is nothing. ``words`` says it for a person."""

    light: Light
    left: timedelta
    late_by: timedelta
    words: Phrase


def remaining(now: datetime, due: Due, calendar: Calendar) -> Remaining:
    """What a deadline leaves at a moment, in the working time of the office."""
    day = calendar.rules.hours_per_day * _HOUR
    if due.is_late(now):
        late_by = calendar.working_time(due.due_at, now)
        words = _LATE.fill(time=_shown(late_by, day)) if late_by >= _MINUTE else _JUST_OVER
        return Remaining(light=Light.RED, left=timedelta(), late_by=late_by, words=words)
    left = calendar.working_time(now, due.due_at)
    if left <= day:
        light = Light.ORANGE
    elif 2 * left <= calendar.working_time(due.received_at, due.due_at):
        light = Light.YELLOW
    else:
        light = Light.BLUE
    words = _LEFT.fill(time=_shown(left, day)) if left >= _MINUTE else _TODAY
    return Remaining(light=light, left=left, late_by=timedelta(), words=words)


def _shown(span: timedelta, day: timedelta) -> Phrase:
    """The two largest units that are not nothing: days and hours, or hours and minutes."""
    days, rest = divmod(span, day)
    hours, rest = divmod(rest, _HOUR)
    counts = ((_DAYS, days), (_HOURS, hours), (_MINUTES, rest // _MINUTE))
    said = [phrase.fill(n=n) for phrase, n in counts if n][:2]
    return Phrase(" ".join(part.ko for part in said), " ".join(part.en for part in said))
