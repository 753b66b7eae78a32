"""How a place is written for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.phrase import Phrase
from fieldlog.geo import national_point

if TYPE_CHECKING:
    from fieldlog.geo.coordinate import Coordinate

DECIMAL_PLACES: Final = 5
"""Five places are about one metre: finer than any receiver an official carries."""

_TENTHS_PER_DEGREE: Final = 36_000
_TENTHS_PER_MINUTE: Final = 600


def decimal(coordinate: Coordinate) -> str:
    """Latitude and longitude in degrees: ``37.56630, 126.97790``."""
    return f"{coordinate.lat:.{DECIMAL_PLACES}f}, {coordinate.lon:.{DECIMAL_PLACES}f}"


def dms(coordinate: Coordinate) -> Phrase:
    """Degrees, minutes and seconds to a tenth (3 m): ``북위 37도 33분 58.7초, 동경 126도 58분 40.4초``."""
    lat, lon = _parts(coordinate.lat), _parts(coordinate.lon)
    north, east = coordinate.lat >= 0, coordinate.lon >= 0
    return Phrase(
        f"{'북위' if north else '남위'} {_korean(*lat)}, {'동경' if east else '서경'} {_korean(*lon)}",
        f"{_marked(*lat)}{'N' if north else 'S'} {_marked(*lon)}{'E' if east else 'W'}",
    )


def point_number(coordinate: Coordinate) -> str | None:
    """The 국가지점번호 of a place, ``다사 5389 5200``; None where the grid does not reach."""
    return national_point.national_point(coordinate)


def _parts(degrees: float) -> tuple[int, int, float]:
    """Whole degrees, whole minutes, seconds: counted in tenths so that 59.96 carries over."""
    whole, rest = divmod(round(abs(degrees) * _TENTHS_PER_DEGREE), _TENTHS_PER_DEGREE)
    minutes, tenths = divmod(rest, _TENTHS_PER_MINUTE)
    return whole, minutes, tenths / 10


def _korean(degrees: int, minutes: int, seconds: float) -> str:
    return f"{degrees}도 {minutes:02d}분 {seconds:04.1f}초"


def _marked(degrees: int, minutes: int, seconds: float) -> str:
    return f"{degrees}°{minutes:02d}′{seconds:04.1f}″"
