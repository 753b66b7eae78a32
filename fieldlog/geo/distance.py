"""How far apart two places lie, and in which direction, as shown to people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from fieldlog.domain.phrase import Phrase, plain

if TYPE_CHECKING:
    from fieldlog.geo.coordinate import Coordinate

_KILOMETRE: Final = 1000.0
_FULL_CIRCLE: Final = 360.0
_DIRECTIONS: Final = (
    Phrase("북쪽", "north"),
    Phrase("북동쪽", "north-east"),
    Phrase("동쪽", "east"),
    Phrase("남동쪽", "south-east"),
    Phrase("남쪽", "south"),
    Phrase("남서쪽", "south-west"),
    Phrase("서쪽", "west"),
    Phrase("북서쪽", "north-west"),
)
_SAME_PLACE: Final = Phrase("같은 지점", "the same spot")
_SAME_PLACE_M: Final = 0.05


def distance_m(a: Coordinate, b: Coordinate) -> float:
    """Metres between two places on the WGS84 ellipsoid."""
    from geopy.distance import geodesic  # noqa: PLC0415

    return float(geodesic((a.lat, a.lon), (b.lat, b.lon)).m)


def shown_distance(metres: float) -> Phrase:
    """A length as people read it: ``28.8 m``, ``340 m``, ``1.3 km``, ``141 km``."""
    if round(metres, 1) < 100:  # noqa: PLR2004
        return plain(f"{metres:.1f} m")
    if round(metres) < _KILOMETRE:
        return plain(f"{metres:.0f} m")
    kilometres = metres / _KILOMETRE
    return plain(f"{kilometres:.1f} km" if round(kilometres, 1) < 100 else f"{kilometres:,.0f} km")  # noqa: PLR2004


def bearing_deg(a: Coordinate, b: Coordinate) -> float:
    """The direction in which ``b`` is seen from ``a``: degrees clockwise from north, 0 up to 360.

    Taken on the sphere: within 0.2 degrees of the ellipsoid, far finer than the eight directions shown.
    """
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    turn = math.radians(b.lon - a.lon)
    east = math.sin(turn) * math.cos(lat_b)
    north = math.cos(lat_a) * math.sin(lat_b) - math.sin(lat_a) * math.cos(lat_b) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % _FULL_CIRCLE


def direction(degrees: float) -> Phrase:
    """One of eight directions for a bearing: ``북동쪽``, ``north-east``."""
    sector = _FULL_CIRCLE / len(_DIRECTIONS)
    return _DIRECTIONS[round(degrees / sector) % len(_DIRECTIONS)]


def shown_offset(a: Coordinate, b: Coordinate) -> Phrase:
    """Where ``b`` lies seen from ``a``: ``동쪽 28.8 m``, ``28.8 m east``."""
    metres = distance_m(a, b)
    if metres < _SAME_PLACE_M:
        return _SAME_PLACE
    return Phrase("{way} {far}", "{far} {way}").fill(
        way=direction(bearing_deg(a, b)), far=shown_distance(metres)
    )
