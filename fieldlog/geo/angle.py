"""Angles in a text: degrees written as decimals, or with minutes and seconds, in Korean or in signs."""

from __future__ import annotations

import re
from typing import Final, Literal

from msgspec import Struct

from fieldlog.domain.pattern import regex

Axis = Literal["lat", "lon"]
Form = Literal["decimal", "dms"]
Trust = Literal["bare", "shaped", "marked"]
"""How surely it is an angle: a bare number, one in the shape of an angle, one marked by signs or words."""

_PER_MINUTE: Final = 60.0
_PER_SECOND: Final = 3600.0
_SHAPELY_DECIMALS: Final = 3

_LAT_WORD: Final = r"(?:북위|남위|위도|(?<![A-Za-z])(?:latitude|lat|[NS]))"
_LON_WORD: Final = r"(?:동경|서경|경도|(?<![A-Za-z])(?:longitude|long|lng|lon|[EW]))"
_AFTER_WORD: Final = r"(?![A-Za-z])[″′]?(?:는|은|가|이|값)?\s*(?:\([A-Za-z가-힣]{1,4}\))?\s*[.:=(]?\s*"
_WORD: Final = rf"(?:(?P<lat>{_LAT_WORD})|(?P<lon>{_LON_WORD})){_AFTER_WORD}"
# A letter touching the number before it, or standing free: the E of "37.5, E126.9" belongs to what follows.
_LETTER: Final = r"(?:\s+(?=[NSEW](?![0-9])))?(?P<after>[NSEW])(?![A-Za-z])"
_FRESH: Final = r"(?<![0-9.])"
_NO_UNIT: Final = (
    r"(?!\s*(?:(?:mm|cm|m|km|m2|kg|g|t|ha|lx|dB|V|A|W|%|Hz|celsius|fahrenheit|C|F)(?![A-Za-z])"
    r"|(?:개|건|원|명|톤|초|분|시|년|월|일|호|번|층|배|회|대|곳|미터|도씨)(?![가-힣])))"
)

# 37°33′59.1″N, 37도 33분 59.1초, 북위 37° 33.985′, 37.5663°N; the mark of the last part may be missing.
_MARKED: Final = regex(
    rf"{_FRESH}(?:{_WORD})?(?P<sign>[+-])?(?P<d>[0-9]{{1,3}}(?:\.[0-9]+)?)\s*(?:°|도|deg)(?!\s*(?:[CF]\b|씨))"
    r"(?:\s*(?P<m>[0-9]{1,2}(?:\.[0-9]+)?)\s*(?:′|분|(?=\s*[NSEW](?![A-Za-z])))"
    r"(?:\s*(?P<s>[0-9]{1,2}(?:\.[0-9]+)?)(?![0-9.]|\s*(?:°|도|′|분))\s*(?:″|초)?)?)?"
    rf"(?(lat)|(?(lon)|(?:{_LETTER})?))",
    re.IGNORECASE,
)
# 36 21 01.4 N
_LETTER_LAST: Final = regex(
    rf"(?<![0-9.A-Za-z])(?P<d>[0-9]{{1,3}})[\s:-](?P<m>[0-9]{{1,2}}(?:\.[0-9]+)?)"
    rf"(?:[\s:-](?P<s>[0-9]{{1,2}}(?:\.[0-9]+)?))?{_LETTER}",
)
# 373359N 1265840E as in notices to airmen; 3733.985,N as receivers write it
_PACKED: Final = regex(
    rf"{_FRESH}(?P<d>[0-9]{{2,3}})(?P<m>[0-9]{{2}}(?:\.[0-9]+)?)(?P<s>(?<![.])[0-9]{{2}}(?:\.[0-9]+)?)?"
    r",?(?P<after>[NSEW])(?![A-Za-z])",
)
# N 37 33 59.1, E126-58-40, 위도 37:33.985
_WORD_FIRST: Final = regex(
    rf"{_WORD}(?P<d>[0-9]{{1,3}})[\s:-](?P<m>[0-9]{{1,2}}(?:\.[0-9]+)?)(?![0-9.])"
    r"(?:[\s:-](?P<s>[0-9]{1,2}(?:\.[0-9]+)?)(?![0-9.]|\s*[°도]))?",
    re.IGNORECASE,
)
# 37-33-59.1 or 37:33:59
_HYPHENED: Final = regex(
    r"(?<![0-9.:-])(?P<d>[0-9]{1,3})(?P<sep>[:-])(?P<m>[0-9]{2})(?P=sep)(?P<s>[0-9]{2}(?:\.[0-9]+)?)(?![0-9:-])"
)
# 37 33 59.1
_SPACED: Final = regex(
    rf"{_FRESH}(?P<d>[0-9]{{1,3}}) (?P<m>[0-9]{{2}}) (?P<s>[0-9]{{2}}(?:\.[0-9]+)?)(?![0-9.])"
)
_LETTERED: Final = regex(rf"{_FRESH}(?P<sign>[+-])?(?P<d>[0-9]{{1,3}}\.[0-9]+){_LETTER}", re.IGNORECASE)
_WORDED: Final = regex(
    rf"{_WORD}(?P<sign>[+-])?(?P<d>[0-9]{{1,3}}(?:\.[0-9]+)?)(?![0-9]|\.[0-9]){_NO_UNIT}", re.IGNORECASE
)
_BARE: Final = regex(
    r"(?<![0-9.A-Za-z_-])(?P<sign>[+-])?(?P<d>[0-9]{1,3}(?:\.[0-9]+)?)(?![0-9A-Za-z_-]|\.[0-9]|\s*°)"
    + _NO_UNIT
)
_SIGNS: Final[Trust] = "marked"
_LETTER_RUN: Final[tuple[tuple[re.Pattern[str], Trust], ...]] = (
    (_LETTER_LAST, "marked"),
    (_PACKED, "marked"),
)
_WORD_RUN: Final[tuple[tuple[re.Pattern[str], Trust], ...]] = ((_WORD_FIRST, "marked"),)
_OTHERS: Final[tuple[tuple[re.Pattern[str], Trust], ...]] = (
    (_HYPHENED, "shaped"),
    (_LETTERED, "marked"),
    (_WORDED, "marked"),
    (_SPACED, "bare"),
    (_BARE, "bare"),
)

# N 37 33 59 E 126 58 40: the last letter has its numbers after it, so each letter has.
_LETTERS_LEAD: Final = regex(r"(?<![A-Za-z])[NSEW]\s*[0-9](?!.*(?<![A-Za-z])[NSEW](?![A-Za-z]))", re.DOTALL)

# "위도, 경도: 37.5, 126.9" names both before either: the nearer word would claim the wrong number.
_TWO_NUMBERS: Final = r"[\s:=)\]]*(?P<a>-?[0-9]{1,3}\.[0-9]+)\s*[,/;\s]\s*(?P<b>-?[0-9]{1,3}\.[0-9]+)"
_LAT_LON_HEAD: Final = regex(
    rf"(?:위[·/ ]?경도|{_LAT_WORD}\s*[,/·&]?\s*{_LON_WORD}){_TWO_NUMBERS}", re.IGNORECASE
)
_LON_LAT_HEAD: Final = regex(rf"{_LON_WORD}\s*[,/·&]?\s*{_LAT_WORD}{_TWO_NUMBERS}", re.IGNORECASE)
# 위경도 and 경위도 mean a coordinate as such; their last syllables are no label.
_BOTH_AXES: Final = regex(r"위[·/ ]?경도|경위도")

_NEGATIVE: Final = frozenset({"남위", "서경", "S", "W"})
_LAT_LETTERS: Final = frozenset("NS")


class Angle(Struct, frozen=True):
    """One angle as written."""

    value: float
    step: float
    """The smallest difference that the writing could show, in degrees."""
    axis: Axis | None
    """Which way it goes, where the text says so."""
    form: Form
    trust: Trust
    start: int
    end: int


def words_beside_numbers(text: str) -> str:
    """The text with each word for an axis moved to its own number, where both stood before the two."""
    text = _LAT_LON_HEAD.sub(r"위도 \g<a>, 경도 \g<b>", text)
    text = _LON_LAT_HEAD.sub(r"경도 \g<a>, 위도 \g<b>", text)
    return _BOTH_AXES.sub("", text)


def find_angles(text: str) -> list[Angle]:
    """Every angle in a text of plain spelling, in the order written; parts of 60 or more are not angles."""
    found: list[Angle] = []
    runs = _WORD_RUN + _LETTER_RUN if _LETTERS_LEAD.search(text) else _LETTER_RUN + _WORD_RUN
    for pattern, trust in ((_MARKED, _SIGNS), *runs, *_OTHERS):
        matches = list(pattern.finditer(text))
        found.extend(angle for match in matches if (angle := _angle(match, trust)) is not None)
        text = _blanked(text, [match.span() for match in matches])
    return sorted(found, key=lambda angle: angle.start)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with what has been read struck out, so that no number is read twice."""
    for start, end in spans:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


def _angle(match: re.Match[str], trust: Trust) -> Angle | None:
    parts = match.groupdict()
    whole, minutes, seconds = parts["d"], parts.get("m"), parts.get("s")
    if not _is_clock(whole, minutes, seconds):
        return None
    value = float(whole) + float(minutes or 0) / _PER_MINUTE + float(seconds or 0) / _PER_SECOND
    axis, is_negative = _axis(parts)
    if parts.get("sign") == "-":
        if is_negative:
            return None
        is_negative = True
    return Angle(
        value=-value if is_negative else value,
        step=_step(whole, minutes, seconds),
        axis=axis,
        form="decimal" if minutes is None else "dms",
        trust=_trust(trust, axis, whole, minutes),
        start=match.start(),
        end=match.start() + len(match.group().rstrip()),
    )


def _trust(trust: Trust, axis: Axis | None, whole: str, minutes: str | None) -> Trust:
    """Lower what only a degree sign marks (it may be a temperature), raise what has many decimals."""
    if minutes is not None or axis is not None:
        return trust
    if trust == "marked" or _places(whole) >= _SHAPELY_DECIMALS:
        return "shaped"
    return "bare"


def _is_clock(whole: str, minutes: str | None, seconds: str | None) -> bool:
    """Whether only the last part has decimals and no part runs over (60.0 seconds is a rounding)."""
    if minutes is None:
        return True
    if "." in whole or float(minutes) >= _PER_MINUTE:
        return False
    return seconds is None or ("." not in minutes and float(seconds) <= _PER_MINUTE)


def _axis(parts: dict[str, str | None]) -> tuple[Axis | None, bool]:
    """Which way the words or letters say it goes, and whether that is south or west."""
    letter = (parts.get("after") or "").upper()
    lat, lon = parts.get("lat"), parts.get("lon")
    word = (lat or lon or letter).upper()
    if lat or (not lon and letter in _LAT_LETTERS and letter):
        return "lat", word in _NEGATIVE
    if lon or letter:
        return "lon", word in _NEGATIVE
    return None, False


def _step(whole: str, minutes: str | None, seconds: str | None) -> float:
    if seconds is not None:
        return _last_place(seconds) / _PER_SECOND
    if minutes is not None:
        return _last_place(minutes) / _PER_MINUTE
    return _last_place(whole)


def _last_place(number: str) -> float:
    return float(10.0 ** -_places(number))


def _places(number: str) -> int:
    return len(number.partition(".")[2])
