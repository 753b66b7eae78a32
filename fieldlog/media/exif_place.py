"""Where a photograph was taken and which way it looks, by its GPS tags."""

from __future__ import annotations

from math import isfinite
from typing import Final

from msgspec import Struct

from fieldlog.domain.phrase import Phrase
from fieldlog.media.tags import Ratio, Tag

_LAT_REF, _LAT, _LON_REF, _LON = 1, 2, 3, 4
_ALTITUDE_REF, _ALTITUDE, _STATUS = 5, 6, 9
_DIRECTION_REF, _DIRECTION, _ERROR = 16, 17, 31
_LOWEST, _HIGHEST = -500.0, 20_000.0
_WORST_ERROR: Final = 10_000.0
_SAME_AS_ZERO: Final = 1e-6

_ZERO: Final = Phrase(
    "좌표가 0, 0이라 위치가 없는 것으로 보았습니다.", "The position is 0, 0 and counts as absent."
)
_NO_NUMBER: Final = Phrase(
    "좌표가 숫자가 아니라 위치가 없는 것으로 보았습니다.",
    "The position is not a number and counts as absent.",
)
_OUT_OF_RANGE: Final = Phrase(
    "좌표가 범위를 벗어나 위치가 없는 것으로 보았습니다.",
    "The position is out of range and counts as absent.",
)
_NO_HEMISPHERE: Final = Phrase(
    "좌표의 남북·동서 표시가 없어 위치가 없는 것으로 보았습니다.",
    "The position does not say north or south, east or west, and counts as absent.",
)
_HALF: Final = Phrase(
    "위도와 경도 가운데 하나만 있어 위치가 없는 것으로 보았습니다.",
    "Only one of latitude and longitude is there; the position counts as absent.",
)
_BAD_HEADING: Final = Phrase(
    "촬영 방위가 잘못되어 쓰지 않았습니다.", "The direction is wrong and was not used."
)
_BAD_ALTITUDE: Final = Phrase("고도가 잘못되어 쓰지 않았습니다.", "The altitude is wrong and was not used.")
_BAD_ERROR: Final = Phrase(
    "위치 오차가 잘못되어 쓰지 않았습니다.", "The position error is wrong and was not used."
)
_INTERRUPTED: Final = Phrase(
    "GPS 신호가 끊긴 동안의 좌표입니다. 위치를 확인해 주십시오.",
    "The position was noted while GPS had no fix. Check the place.",
)


class Place(Struct, frozen=True):
    """Degrees WGS 84, metres, whole degrees clockwise from north; None where absent."""

    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    altitude: float | None = None
    heading: int | None = None
    magnetic: bool = False
    absences: tuple[Phrase, ...] = ()
    remarks: tuple[Phrase, ...] = ()


def read_place(gps: dict[int, Tag]) -> Place:
    """Position, accuracy, altitude and heading, each finite and in range or absent."""
    absences: list[Phrase] = []
    lat, lon = _position(gps, absences)
    placed = lat is not None
    heading = _within(gps.get(_DIRECTION), 0, 360, _BAD_HEADING, absences)
    altitude = _within(gps.get(_ALTITUDE), 0, _HIGHEST, _BAD_ALTITUDE, absences)
    if altitude is not None and gps.get(_ALTITUDE_REF) in {(1,), (3,), b"\x01", b"\x03"}:
        altitude = -altitude if -altitude >= _LOWEST else None
    error = _within(gps.get(_ERROR), 0, _WORST_ERROR, _BAD_ERROR, absences) if placed else None
    return Place(
        lat=lat,
        lon=lon,
        accuracy_m=round(error, 2) if error else None,
        altitude=None if altitude is None else round(altitude, 2),
        heading=None if heading is None else round(heading) % 360,
        magnetic=_letter(gps.get(_DIRECTION_REF)) == "M",
        absences=tuple(absences),
        remarks=(_INTERRUPTED,) if placed and _letter(gps.get(_STATUS)) == "V" else (),
    )


def _position(gps: dict[int, Tag], absences: list[Phrase]) -> tuple[float | None, float | None]:
    lat, lon = gps.get(_LAT), gps.get(_LON)
    if lat is None and lon is None:
        return None, None
    north, east = _degrees(lat), _degrees(lon)
    lat_sign = {"N": 1, "S": -1}.get(_letter(gps.get(_LAT_REF)))
    lon_sign = {"E": 1, "W": -1}.get(_letter(gps.get(_LON_REF)))
    reason = None
    if lat is None or lon is None:
        reason = _HALF
    elif north is None or east is None:
        reason = _NO_NUMBER
    elif abs(north) < _SAME_AS_ZERO and abs(east) < _SAME_AS_ZERO:
        reason = _ZERO
    elif north > 90 or east > 180:  # noqa: PLR2004 - the globe
        reason = _OUT_OF_RANGE
    elif lat_sign is None or lon_sign is None:
        reason = _NO_HEMISPHERE
    if reason is not None or north is None or east is None or lat_sign is None or lon_sign is None:
        absences.extend([reason] if reason else [])
        return None, None
    return round(lat_sign * north, 7), round(lon_sign * east, 7)


def _degrees(value: Tag | None) -> float | None:
    """Degrees, minutes and seconds as one number of degrees, 0 or more; infinite when a part is too big."""
    parts = _numbers(value)
    if not parts or len(parts) > 3 or any(part is None or part < 0 for part in parts):  # noqa: PLR2004 - DMS
        return None
    known = [part for part in parts if part is not None]
    if any(part > 60 for part in known[1:]):  # noqa: PLR2004 - minutes and seconds
        return float("inf")
    return sum((part / 60.0**power for power, part in enumerate(known)), 0.0)


def _numbers(value: Tag | None) -> list[float | None]:
    if not isinstance(value, tuple):
        return []
    numbers = [part.value if isinstance(part, Ratio) else float(part) for part in value]
    return [number if number is not None and isfinite(number) else None for number in numbers]


def _within(
    value: Tag | None, low: float, high: float, otherwise: Phrase, absences: list[Phrase]
) -> float | None:
    if value is None:
        return None
    number = next(iter(_numbers(value)), None)
    if number is None or not low <= number <= high:
        absences.append(otherwise)
        return None
    return number


def _letter(value: Tag | None) -> str:
    return value[:1].decode("ascii", "replace").upper() if isinstance(value, bytes) else ""
