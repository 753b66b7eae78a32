"""A point on the earth in WGS84 degrees, and what may be doubted about it."""

from __future__ import annotations

import math
from typing import Final

from msgspec import Struct

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase

KOREA_SOUTH: Final = 33.0
KOREA_NORTH: Final = 38.7
KOREA_WEST: Final = 124.5
KOREA_EAST: Final = 132.0
"""The box in which a Korean record is expected: 마라도 to the northern border, 백령도 to 독도."""

MAX_LAT: Final = 90.0
MAX_LON: Final = 180.0
METRES_PER_DEGREE: Final = 111_320.0
"""Length of one degree along the equator; enough for telling how precisely something was written."""

OUTSIDE_KOREA: Final = Phrase(
    "우리나라 범위(북위 33.0~38.7도, 동경 124.5~132.0도)를 벗어난 위치입니다. 다시 확인해 주십시오.",
    "This lies outside Korea (33.0 to 38.7 N, 124.5 to 132.0 E). Please check it.",
)


def is_possible(lat: float, lon: float) -> bool:
    """Whether two numbers can be a place at all.

    Exactly 0, 0 is what devices write when they know nothing: it counts as absent.
    """
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return False
    return abs(lat) <= MAX_LAT and abs(lon) <= MAX_LON and (lat, lon) != (0.0, 0.0)


def in_korea(lat: float, lon: float) -> bool:
    """Whether two numbers lie in the box of Korea."""
    return KOREA_SOUTH <= lat <= KOREA_NORTH and KOREA_WEST <= lon <= KOREA_EAST


def looks_swapped(lat: float, lon: float) -> bool:
    """Whether these numbers would be a place in Korea the other way round, and only then."""
    return not in_korea(lat, lon) and in_korea(lon, lat)


class Coordinate(Struct, frozen=True):
    """A place: degrees north and degrees east, WGS84.

    Raises:
        BadInput: Not finite, out of range, or the 0, 0 of a device that knows nothing.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not is_possible(self.lat, self.lon):
            raise BadInput(
                Phrase("위치로 쓸 수 없는 값입니다: {lat}, {lon}", "Not a place: {lat}, {lon}").fill(
                    lat=self.lat, lon=self.lon
                ),
                self._why(),
                Phrase(
                    "위도는 -90~90도, 경도는 -180~180도로 적어 주십시오. 예: 37.56630, 126.97790",
                    "Give latitude within -90 to 90 and longitude within -180 to 180 degrees, "
                    "such as 37.56630, 126.97790.",
                ),
            )

    @property
    def is_in_korea(self) -> bool:
        """Whether it lies in the box of Korea."""
        return in_korea(self.lat, self.lon)

    def warnings(self) -> tuple[Phrase, ...]:
        """What a person should look at again before trusting this place; empty when nothing."""
        return () if self.is_in_korea else (OUTSIDE_KOREA,)

    def _why(self) -> Phrase:
        if (self.lat, self.lon) == (0.0, 0.0):
            return Phrase(
                "위도와 경도가 모두 0이면 위치를 모른다는 뜻입니다.",
                "Latitude and longitude both 0 mean that the place is unknown.",
            )
        if looks_swapped(self.lat, self.lon):
            return Phrase(
                "위도와 경도가 서로 바뀐 것으로 보입니다.", "Latitude and longitude seem to be swapped."
            )
        return Phrase("위도·경도의 범위를 벗어났습니다.", "It is out of range for latitude and longitude.")
