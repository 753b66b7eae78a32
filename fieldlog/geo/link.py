"""Places inside links and geometry texts, whose own rules say which number is which.

Kakao's ``urlX``/``urlY`` are EPSG:5181 times 2.5 and Naver's address entries EPSG:3857, both measured
against known places; of Google's numbers ``!3d!4d`` is the pin and ``@`` only the middle of the view.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from fieldlog.domain.pattern import regex
from fieldlog.geo.coordinate import is_possible

_DEGREES: Final = r"(-?[0-9]{1,3}(?:\.[0-9]+)?)"
_METRES: Final = r"(-?[0-9]{1,9}(?:\.[0-9]+)?)"
_LAT_FIRST: Final = (
    regex(rf"\bgeo:{_DEGREES},{_DEGREES}"),
    regex(rf"!3d{_DEGREES}!4d{_DEGREES}"),
    regex(rf"map\.kakao\.com/link/(?:map|to|roadview)/(?:[^/\s]*,)?{_DEGREES},{_DEGREES}"),
    regex(rf"[?&](?:q|ll|query|destination)=(?:loc:)?{_DEGREES}(?:,|%2C){_DEGREES}", re.IGNORECASE),
    regex(rf"[?&]lat(?:itude)?={_DEGREES}&(?:[^\s]*&)?(?:lng|lon|long|longitude)={_DEGREES}"),
)
_VIEW: Final = regex(rf"/@{_DEGREES},{_DEGREES}")
_LON_FIRST: Final = (
    regex(rf"\bPOINT\s*(?:Z\s*)?\(\s*{_DEGREES}\s+{_DEGREES}", re.IGNORECASE),
    regex(rf"[?&](?:lng|lon|long|longitude)={_DEGREES}&(?:[^\s]*&)?lat(?:itude)?={_DEGREES}"),
)
_PROJECTED: Final = (
    (regex(rf"[?&]urlX={_METRES}&(?:[^\s]*&)?urlY={_METRES}"), "EPSG:5181", 2.5),
    (regex(rf"map\.naver\.com/[^\s]*?/{_METRES},{_METRES}"), "EPSG:3857", 1.0),
)
_WEB_ADDRESS: Final = regex(r"\b(?:https?://|geo:|(?:www|map|maps|m)\.)\S+", re.IGNORECASE)
_SHORTENED: Final = regex(
    r"\b(?:naver\.me|kko\.to|kko\.kakao\.com|maps\.app\.goo\.gl|goo\.gl)/", re.IGNORECASE
)


class LinkedPlace(Struct, frozen=True):
    """A place in a link: degrees, how precisely written, and where it stood."""

    lat: float
    lon: float
    step: float
    span: tuple[int, int]


def find_linked_places(text: str) -> list[LinkedPlace]:
    """Every place that links or geometry texts carry; the middle of a view counts only where there is no pin."""
    found: list[LinkedPlace] = []
    for pattern in _LAT_FIRST:
        found += [_degrees(match, match[1], match[2]) for match in pattern.finditer(text)]
    if not found:
        found += [_degrees(match, match[1], match[2]) for match in _VIEW.finditer(text)]
    for pattern in _LON_FIRST:
        found += [_degrees(match, match[2], match[1]) for match in pattern.finditer(text)]
    for pattern, system, scale in _PROJECTED:
        found += [_projected(match, system, scale) for match in pattern.finditer(text)]
    return [place for place in found if is_possible(place.lat, place.lon)]


def without_links(text: str, places: list[LinkedPlace]) -> str:
    """The text with web addresses and the given places struck out: their other numbers are no places."""
    for span in [*(place.span for place in places), *(match.span() for match in _WEB_ADDRESS.finditer(text))]:
        text = text[: span[0]] + " " * (span[1] - span[0]) + text[span[1] :]
    return text


def needs_network(text: str) -> bool:
    """Whether it is a shortened link, which only its maker can open."""
    return _SHORTENED.search(text) is not None


def _degrees(match: re.Match[str], lat: str, lon: str) -> LinkedPlace:
    places = min(len(number.partition(".")[2]) for number in (lat, lon))
    return LinkedPlace(float(lat), float(lon), float(10.0**-places), match.span())


def _projected(match: re.Match[str], system: str, scale: float) -> LinkedPlace:
    from pyproj import Transformer  # noqa: PLC0415

    transformer = Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    lon, lat = transformer.transform(float(match[1]) / scale, float(match[2]) / scale)
    return LinkedPlace(lat, lon, 1e-5, match.span())
