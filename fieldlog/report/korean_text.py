"""Dates, amounts and item marks as Korean offices write them.

The forms follow 「행정업무의 운영 및 혁신에 관한 규정」 and its enforcement rule: digits with full stops
for dates, 24-hour times, amounts repeated in Hangul, and eight levels of item marks.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import KST
from fieldlog.domain.errors import Bug
from fieldlog.domain.shown_dates import shown_day, shown_moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

_DIGITS: Final = "일이삼사오육칠팔구"
_PLACES: Final = ("", "십", "백", "천")
_GROUPS: Final = ("", "만", "억", "조", "경", "해")
_GROUP: Final = 10_000
_CONSONANTS: Final = (0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18)
_VOWELS: Final = (0, 4, 8, 13, 18, 20)
_SYLLABLES_PER_CONSONANT: Final = 588
_SYLLABLES_PER_VOWEL: Final = 28
_HANGUL_FIRST: Final = 0xAC00
_COMPASS: Final = ("북", "북동", "동", "남동", "남", "남서", "서", "북서")
_CIRCLED_NUMBERS: Final = ((1, 0x2460), (21, 0x3251), (36, 0x32B1), (51, 0))
_CIRCLED_GA: Final = 0x326E
DEEPEST_LEVEL: Final = 8
NO_BREAK_SPACE: Final = "\u00a0"


def day(value: date) -> str:
    """A date with its weekday: ``2026. 3. 9.(월)``."""
    return shown_day(value).ko


def plain_day(value: date) -> str:
    """A date alone: ``2026. 3. 9.``."""
    return f"{value.year}. {value.month}. {value.day}."


def time_of_day(value: datetime) -> str:
    """A Korean time on the 24-hour clock: ``14:20``."""
    return f"{value.astimezone(KST):%H:%M}"


def moment(value: datetime) -> str:
    """A date and a time: ``2026. 3. 9.(월) 14:20``."""
    return shown_moment(value).ko


def span(start: datetime, end: datetime | None) -> str:
    """From one moment to another; within one day the date is written once."""
    if end is None:
        return f"{moment(start)}～"
    same_day = end.astimezone(KST).date() == start.astimezone(KST).date()
    return f"{moment(start)}～{time_of_day(end) if same_day else moment(end)}"


def days(first: date, last: date) -> str:
    """A period in days: ``2026. 3. 9.(월)～2026. 3. 11.(수), 3일간``."""
    if first == last:
        return f"{day(first)}, 1일간"
    return f"{day(first)}～{day(last)}, {(last - first).days + 1}일간"


def number_in_hangul(value: int) -> str:
    """A whole number read out: 113560 is ``일십일만삼천오백육십``; every 일 is written, as on cheques."""
    if value == 0:
        return "영"
    if value < 0:
        return "마이너스" + number_in_hangul(-value)
    if value >= _GROUP ** len(_GROUPS):
        raise Bug(f"no Hangul name for {value}")
    parts = []
    rest = value
    for group in _GROUPS:
        rest, four = divmod(rest, _GROUP)
        if four:
            parts.append(_four_digits(four) + group)
    return "".join(reversed(parts))


def _four_digits(four: int) -> str:
    digits = reversed(f"{four:d}")
    pairs = zip(digits, _PLACES, strict=False)
    spoken = [_DIGITS[int(digit) - 1] + place for digit, place in pairs if digit != "0"]
    return "".join(reversed(spoken))


def money(won: int) -> str:
    """An amount that cannot be altered by a pen: ``금113,560원(금일십일만삼천오백육십원)``."""
    return f"금{won:,}원(금{number_in_hangul(won)}원)"


def syllable_mark(position: int) -> str:
    """The mark at a place in 가 나 다 … 하, then 거 너 … 허, 고 … , counted from 1."""
    turn, within = divmod(position - 1, len(_CONSONANTS))
    lap, vowel = divmod(turn, len(_VOWELS))
    code = (
        _HANGUL_FIRST + _CONSONANTS[within] * _SYLLABLES_PER_CONSONANT + _VOWELS[vowel] * _SYLLABLES_PER_VOWEL
    )
    return chr(code) * (lap + 1)


def _circled_number(position: int) -> str:
    for (first, code), (beyond, _) in pairwise(_CIRCLED_NUMBERS):
        if first <= position < beyond:
            return chr(code + position - first)
    return f"<{position}>"


def _circled_syllable(position: int) -> str:
    """Circled 가 to 하 exist as characters; what follows them is set in angle brackets."""
    return chr(_CIRCLED_GA + position - 1) if position <= len(_CONSONANTS) else f"<{syllable_mark(position)}>"


def item_mark(level: int, position: int) -> str:
    """The mark of an item at a level from 1 to 8: 1. 가. 1) 가) (1) (가) ① ㉮.

    Raises:
        Bug: There is no ninth level.
    """
    if not 1 <= level <= DEEPEST_LEVEL or position < 1:
        raise Bug(f"no item mark for level {level}, position {position}")
    number, syllable = str(position), syllable_mark(position)
    return (
        f"{number}.",
        f"{syllable}.",
        f"{number})",
        f"{syllable})",
        f"({number})",
        f"({syllable})",
        _circled_number(position),
        _circled_syllable(position),
    )[level - 1]


def attachments(names: Sequence[str]) -> tuple[str, ...]:
    """The closing lines: attachments by name, the last one followed by two spaces and ``끝.``.

    A single attachment is not numbered; without any the document just ends.
    """
    if not names:
        return ("끝.",)
    if len(names) == 1:
        return (f"붙임  {names[0]} 1부.  끝.",)
    lines = [f"{position}. {name} 1부." for position, name in enumerate(names, start=1)]
    lines[-1] += "  끝."
    return (f"붙임  {lines[0]}", *lines[1:])


def heading(degrees: float) -> str:
    """Which way the camera looked: ``북동(45°)``."""
    whole = round(degrees) % 360
    return f"{_COMPASS[round(whole / 45) % len(_COMPASS)]}({whole}°)"


def coordinate(latitude: float, longitude: float) -> str:
    """Latitude and longitude in degrees with six decimals, about a tenth of a metre."""
    return f"{latitude:.6f}, {longitude:.6f}"


def unbroken(text: str) -> str:
    """The text with spaces at which no line ends: numbers in groups stay on one line."""
    return text.replace(" ", NO_BREAK_SPACE)
