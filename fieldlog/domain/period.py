"""A period as a person writes it: 7d, 24h, 2w, 1m, 즉시, 7일, 3시간, 2주, 1개월."""

from __future__ import annotations

import enum
import unicodedata
from typing import Final

from msgspec import Struct

from fieldlog.domain.errors import BadInput
from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Phrase


class PeriodUnit(enum.StrEnum):
    """What a period is counted in; the codes are those of the field ``period_unit``."""

    IMMEDIATE = "IMMEDIATE"
    HOURS = "HOURS"
    DAYS = "DAYS"
    WEEKS = "WEEKS"
    MONTHS = "MONTHS"


_SPELLINGS: Final = {
    PeriodUnit.HOURS: ("h", "hour", "hours", "시간", "근무시간"),
    PeriodUnit.DAYS: ("d", "day", "days", "일", "근무일"),
    PeriodUnit.WEEKS: ("w", "week", "weeks", "주", "주일"),
    PeriodUnit.MONTHS: ("m", "month", "months", "개월", "달"),
}
_UNIT_OF: Final = {word: unit for unit, words in _SPELLINGS.items() for word in words}
_AT_ONCE: Final = frozenset({"즉시", "now", "immediate", "immediately"})
_WRITTEN: Final = regex(r"([0-9]+)\s*([a-z가-힣]+)")
_MOST: Final = {
    PeriodUnit.IMMEDIATE: 1,
    PeriodUnit.HOURS: 2000,
    PeriodUnit.DAYS: 1000,
    PeriodUnit.WEEKS: 520,
    PeriodUnit.MONTHS: 120,
}
_SAID: Final = {
    PeriodUnit.IMMEDIATE: Phrase("즉시", "immediately"),
    PeriodUnit.HOURS: Phrase("{n}시간", "{n} working hours"),
    PeriodUnit.DAYS: Phrase("{n}일", "{n} days"),
    PeriodUnit.WEEKS: Phrase("{n}주", "{n} weeks"),
    PeriodUnit.MONTHS: Phrase("{n}개월", "{n} months"),
}
_SAID_ONCE: Final = {
    PeriodUnit.HOURS: Phrase("1시간", "1 working hour"),
    PeriodUnit.DAYS: Phrase("1일", "1 day"),
    PeriodUnit.WEEKS: Phrase("1주", "1 week"),
    PeriodUnit.MONTHS: Phrase("1개월", "1 month"),
}
_WHAT: Final = Phrase("처리기간을 읽을 수 없습니다: {text}", "Not a period: {text}")
_HOW: Final = Phrase(
    "7d, 24h, 2w, 1m, 즉시 또는 7일, 3시간, 2주, 1개월처럼 적어 주십시오.",
    "Write it like 7d, 24h, 2w, 1m or now.",
)
_NOT_SO: Final = Phrase("숫자와 단위로 된 기간이 아닙니다.", "It is not a number with a unit.")
_OUT_OF_RANGE: Final = Phrase("{least}에서 {most} 사이여야 합니다.", "It must be from {least} to {most}.")
_SHOWN: Final = 40
_LONGEST: Final = 9
"""Digits of a number worth reading; more of them are out of every range."""


class Period(Struct, frozen=True):
    """A number of units; at once is always ``Period(1, PeriodUnit.IMMEDIATE)``.

    Raises:
        BadInput: The number is out of range.
    """

    value: int
    unit: PeriodUnit

    def __post_init__(self) -> None:
        if not 1 <= self.value <= _MOST[self.unit]:
            raise _out_of_range(self.written(), self.unit)

    def written(self) -> str:
        """The short spelling, which :func:`parse_period` reads back: ``7d``, ``즉시``."""
        return "즉시" if self.unit is PeriodUnit.IMMEDIATE else f"{self.value}{_SPELLINGS[self.unit][0]}"

    def shown(self) -> Phrase:
        """The period for a person: ``7일``, ``7 days``."""
        return _said(self.value, self.unit)


IMMEDIATE: Final = Period(1, PeriodUnit.IMMEDIATE)


def parse_period(text: str) -> Period:
    """Read a period.

    Raises:
        BadInput: The text is no period, or one that is out of range.
    """
    plain_text = unicodedata.normalize("NFKC", text).strip().lower()
    if plain_text in _AT_ONCE:
        return IMMEDIATE
    found = _WRITTEN.fullmatch(plain_text)
    if found is None or found[2] not in _UNIT_OF:
        raise BadInput(_WHAT.fill(text=text[:_SHOWN]), _NOT_SO, _HOW)
    unit = _UNIT_OF[found[2]]
    digits = found[1].lstrip("0") or "0"
    if len(digits) > _LONGEST:
        raise _out_of_range(text[:_SHOWN], unit)
    return Period(int(digits), unit)


def _out_of_range(written: str, unit: PeriodUnit) -> BadInput:
    least, most = (_said(value, unit) for value in (1, _MOST[unit]))
    return BadInput(_WHAT.fill(text=written), _OUT_OF_RANGE.fill(least=least, most=most), _HOW)


def _said(value: int, unit: PeriodUnit) -> Phrase:
    words = _SAID_ONCE.get(unit) if value == 1 else None
    return (words or _SAID[unit]).fill(n=value)


def stored_period(value: int | None, unit: str | None) -> Period | None:
    """The period of the fields ``period_value`` and ``period_unit``; None when the case has none.

    Raises:
        BadInput: The two fields name no period.
    """
    if unit is None:
        return None
    if unit not in PeriodUnit.__members__:
        raise BadInput(_WHAT.fill(text=f"{value} {unit}"), _NOT_SO, _HOW)
    return IMMEDIATE if unit == PeriodUnit.IMMEDIATE else Period(value or 0, PeriodUnit(unit))
