"""What places a person may have meant by a text, best first."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.domain.errors import BadInput
from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Phrase
from fieldlog.geo.angle import find_angles, words_beside_numbers
from fieldlog.geo.coordinate import (
    METRES_PER_DEGREE,
    OUTSIDE_KOREA,
    Coordinate,
    in_korea,
    is_possible,
    looks_swapped,
)
from fieldlog.geo.link import find_linked_places, needs_network, without_links
from fieldlog.geo.national_point import find_point_numbers
from fieldlog.geo.spelling import plain_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.geo.angle import Angle
    from fieldlog.geo.link import LinkedPlace
    from fieldlog.geo.national_point import PointNumber

Kind = Literal["decimal", "dms", "national_point", "link", "swapped"]

MOST_READINGS: Final = 8
_DECIMALS_KEPT: Final = 7
_FINEST_M: Final = 0.1

_SWAPPED: Final = Phrase(
    "위도와 경도가 서로 바뀐 것으로 보입니다. 위도 {lat}, 경도 {lon:을} 뜻하셨습니까?",
    "Latitude and longitude seem to be swapped. Did you mean latitude {lat}, longitude {lon}?",
)
_IMPOSSIBLE: Final = Phrase(
    "적힌 대로는 위도가 {lat}도가 되어 쓸 수 없습니다. 위도는 -90~90도입니다.",
    "As written the latitude is {lat}, which cannot be: latitude runs from -90 to 90.",
)
_BETWEEN: Final = regex(r"\s*[,;/|·]?\s*")
_FARTHEST_PARTNER: Final = 40
_NOISE: Final = regex(
    r"현재|좌표|위치|지점|장소|현장|세계측지계|국가|번호|위도|경도"
    r"|gps|gnss|wgs\s?-?84|epsg:?\s?4326|coordinates?|location|position|point",
    re.IGNORECASE,
)


_TWO_NUMBERS: Final = regex(r"[-+]?\d{1,4}(\.\d+)?\s*[,;/ ]\s*[-+]?\d{1,4}(\.\d+)?")
_UNFIT: Final = Phrase(
    "두 수가 우리나라의 위도·경도가 아니거나 너무 거칩니다. 나라 밖이면 소수 넷째 자리까지 적습니다.",
    "The two numbers are no latitude and longitude, or too coarse for a place outside Korea.",
)
_NOTHING: Final = Phrase(
    "위도·경도나 국가지점번호가 들어 있지 않습니다.", "It holds neither a coordinate nor a grid number."
)


class Reading(Struct, frozen=True):
    """One way to read a text as a place.

    ``lat`` and ``lon`` are WGS84 degrees and stand as they were written even where they cannot be a
    place; ``coordinate`` is None then.
    """

    lat: float
    lon: float
    kind: Kind
    accuracy_m: float
    """How far the writing alone leaves the place open, in metres."""
    note: Phrase | None = None
    """What to tell or, for a swapped reading, to ask the person."""

    @property
    def coordinate(self) -> Coordinate | None:
        """The place, or None where the numbers cannot be one."""
        return Coordinate(self.lat, self.lon) if is_possible(self.lat, self.lon) else None

    @property
    def is_safe(self) -> bool:
        """Whether it may be taken without asking the person first."""
        return self.kind != "swapped" and self.coordinate is not None

    def as_answer(self) -> dict[str, Any]:
        """The reading as ``fieldlog place`` answers it."""
        return {"lat": self.lat, "lon": self.lon, "kind": self.kind, "accuracy_m": self.accuracy_m}


class _Ranked(Struct, frozen=True):
    rank: int
    start: int
    reading: Reading


def read_place(text: str) -> list[Reading]:
    """Every place that a text may mean, best first; empty where it means none.

    Latitude and longitude that stand the wrong way round are never turned silently: the reading as
    written comes first and is not safe, and after it the turned one, with its question.
    """
    plain = plain_spelling(text)
    links = find_linked_places(plain)
    rest = without_links(plain, links)
    numbers = [
        number for number in find_point_numbers(rest) if number.is_plain or _is_alone(rest, number.span)
    ]
    for number in numbers:
        rest = rest[: number.span[0]] + " " * (number.span[1] - number.span[0]) + rest[number.span[1] :]
    ranked = [
        *(_Ranked(0, place.span[0], _linked(place)) for place in links),
        *(_Ranked(0, number.span[0], _numbered(number)) for number in numbers),
        *_paired(words_beside_numbers(rest)),
    ]
    ranked.sort(key=lambda item: (item.rank, item.start))
    return _said_once([item.reading for item in ranked])[:MOST_READINGS]


def no_place(text: str) -> BadInput:
    """The error for a text in which there is no place to read."""
    what = Phrase("위치를 읽을 수 없습니다: {text}", "No place can be read here: {text}").fill(text=text[:80])
    if needs_network(text):
        return BadInput(
            what,
            Phrase(
                "줄인 주소는 인터넷에 연결해야만 풀 수 있습니다.",
                "A shortened link opens only through the network.",
            ),
            Phrase(
                "지도에서 그 지점의 좌표를 복사하여 붙여 주십시오.",
                "Copy the coordinates of the spot from the map instead.",
            ),
        )
    return BadInput(
        what,
        _UNFIT if _TWO_NUMBERS.fullmatch(plain_spelling(text).strip()) else _NOTHING,
        Phrase(
            "37.56630, 126.97790 또는 북위 37도 33분 59초 동경 126도 58분 40초 또는 다사 5389 5200 처럼 적어 주십시오.",
            "Write it like 37.56630, 126.97790 or 37°33′59″N 126°58′40″E or 다사 5389 5200.",
        ),
    )


def _linked(place: LinkedPlace) -> Reading:
    return _reading(place.lat, place.lon, "link", _accuracy_m(place.lat, place.step, place.step))


def _numbered(number: PointNumber) -> Reading:
    centre = number.centre()
    return _reading(centre.lat, centre.lon, "national_point", number.accuracy_m)


def _reading(lat: float, lon: float, kind: Kind, accuracy_m: float) -> Reading:
    note = None if in_korea(lat, lon) else OUTSIDE_KOREA
    return Reading(round(lat, _DECIMALS_KEPT), round(lon, _DECIMALS_KEPT), kind, round(accuracy_m, 2), note)


def _paired(text: str) -> Iterator[_Ranked]:
    """Two angles that stand together, latitude first unless the text says otherwise."""
    angles = find_angles(text)
    index = 0
    while index < len(angles) - 1:
        first, second = angles[index], angles[index + 1]
        readings = _readings_of(first, second, text)
        if not readings:
            index += 1
            continue
        rank = 2 if not readings[0].is_safe else 0 if _is_marked(first, second) else 1
        yield from (_Ranked(rank, first.start, reading) for reading in readings)
        index += 2


def _readings_of(first: Angle, second: Angle, text: str) -> list[Reading]:
    between = text[first.end : second.start]
    if first.axis and second.axis:
        if first.axis == second.axis or len(between) > _FARTHEST_PARTNER:
            return []
    elif not (between and _BETWEEN.fullmatch(between)):
        return []
    is_lon_first = first.axis == "lon" or second.axis == "lat"
    lat, lon = (second, first) if is_lon_first else (first, second)
    if not _is_believable(lat, lon) and not (
        _is_believable_alone(lat, lon) and _is_alone(text, (first.start, second.end))
    ):
        return []
    kind: Kind = "dms" if "dms" in (lat.form, lon.form) else "decimal"
    as_written = _reading(lat.value, lon.value, kind, _accuracy_m(lat.value, *_steps(lat, lon)))
    if is_possible(lat.value, lon.value):
        return [as_written]
    turned = _reading(lon.value, lat.value, "swapped", _accuracy_m(lon.value, *_steps(lon, lat)))
    return [
        replace(as_written, note=_IMPOSSIBLE.fill(lat=as_written.lat)),
        replace(turned, note=_SWAPPED.fill(lat=turned.lat, lon=turned.lon)),
    ]


def _steps(lat: Angle, lon: Angle) -> tuple[float, float]:
    """How precisely each was written; programs drop the zeros at the end of decimals, so the finer one counts."""
    if lat.form == lon.form == "decimal":
        return (min(lat.step, lon.step),) * 2
    return lat.step, lon.step


def _is_marked(first: Angle, second: Angle) -> bool:
    return first.trust == second.trust == "marked" or bool(first.axis and second.axis)


def _is_believable(lat: Angle, lon: Angle) -> bool:
    """Whether two numbers are meant as a place, and not as sizes, dates or prices, whatever else is written."""
    if _is_marked(lat, lon):
        return is_possible(lat.value, lon.value) or looks_swapped(lat.value, lon.value)
    return "bare" not in (lat.trust, lon.trust) and _is_korean(lat, lon)


def _is_believable_alone(lat: Angle, lon: Angle) -> bool:
    """Whether two numbers are meant as a place where nothing else is written."""
    if _is_korean(lat, lon):
        return True
    is_shaped = "bare" not in (lat.trust, lon.trust) and lat.form == lon.form == "decimal"
    return is_shaped and is_possible(lat.value, lon.value)


def _is_korean(lat: Angle, lon: Angle) -> bool:
    return in_korea(lat.value, lon.value) or looks_swapped(lat.value, lon.value)


def _is_alone(text: str, span: tuple[int, int]) -> bool:
    """Whether nothing else is written but words that announce a place."""
    rest = _NOISE.sub("", text[: span[0]] + " " + text[span[1] :])
    return not any(character.isalnum() for character in rest)


def _accuracy_m(lat: float, lat_step: float, lon_step: float) -> float:
    """Half of the last place written, in metres: the larger of north-south and east-west."""
    east_west = lon_step * max(math.cos(math.radians(lat)), 0.0)
    return max(METRES_PER_DEGREE * max(lat_step, east_west) / 2, _FINEST_M)


def _said_once(readings: list[Reading]) -> list[Reading]:
    """Without second tellings of one place; of two that agree the more accurate one stays."""
    kept: list[Reading] = []
    for reading in readings:
        twin = next((index for index, other in enumerate(kept) if _agree(reading, other)), None)
        if twin is None:
            kept.append(reading)
        elif reading.accuracy_m < kept[twin].accuracy_m:
            kept[twin] = reading
    return kept


def _agree(a: Reading, b: Reading) -> bool:
    if a.is_safe != b.is_safe:
        return False
    reach = (a.accuracy_m + b.accuracy_m) / METRES_PER_DEGREE
    return abs(a.lat - b.lat) <= reach and abs(a.lon - b.lon) <= reach / math.cos(
        math.radians(min(abs(a.lat), 89))
    )
