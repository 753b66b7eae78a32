"""국가지점번호: the national grid that signposts on mountains and coasts carry.

The grid of 도로명주소법 제23조 and its decree 제37조 stands on EPSG:5179 (UTM-K). Its corner lies
300 km west and 700 km south of the projection's origin; two letters name a square of 100 km, then come
equally many digits east and north, truncated, not rounded.
"""

from __future__ import annotations

import functools
import math
import re
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct

from fieldlog.domain.pattern import regex
from fieldlog.geo.coordinate import Coordinate

if TYPE_CHECKING:
    from collections.abc import Iterator

ORIGIN_EAST_M: Final = 700_000
ORIGIN_NORTH_M: Final = 1_300_000
_SQUARE_M: Final = 100_000
_LETTERS: Final = "가나다라마바사아"
_COLUMNS: Final = 7
_ROWS: Final = 8
SIGNPOST_DIGITS: Final = 4
"""Signposts carry four digits each way: cells of 10 m."""
_FEWEST_DIGITS, _MOST_DIGITS = 2, 5

_SPOKEN: Final = str.maketrans("공영령일이삼사오육륙칠팔구", "0001234566789")
_GAP: Final = r"[ \t.·,:_-]*"
_NUMBER: Final = regex(
    r"(?<![가-힣])(?P<east>[가나다라마바사])\s?(?P<north>[가나다라마바사아])"
    rf"(?P<lead>{_GAP})"
    rf"(?P<digits>[0-9](?:{_GAP}[0-9])*|[공영령일이삼사오육륙칠팔구](?:{_GAP}[공영령일이삼사오육륙칠팔구])*)"
)
_LABEL: Final = regex(r"(?:국가\s*)?지점\s*번호[^0-9가-힣]*(?=[가나다라마바사]\s?[가나다라마바사아])")


class _Projection(Protocol):
    def transform(self, x: float, y: float) -> tuple[float, float]:
        """Two numbers in one system as two in another."""
        ...


class PointNumber(Struct, frozen=True):
    """A number of the national grid: its square, its digits, and where they stand in a text."""

    column: int
    row: int
    east: str
    north: str
    span: tuple[int, int] = (0, 0)
    is_plain: bool = True
    """False for spellings that could be something else and count only when nothing else is written."""

    @property
    def cell_m(self) -> float:
        """Width of the cell in metres."""
        return float(_SQUARE_M / 10 ** len(self.east))

    @property
    def accuracy_m(self) -> float:
        """Half the width of the cell: how far the place may be from the centre, each way."""
        return self.cell_m / 2

    def centre(self) -> Coordinate:
        """The middle of the cell."""
        x = ORIGIN_EAST_M + self.column * _SQUARE_M + int(self.east) * self.cell_m + self.accuracy_m
        y = ORIGIN_NORTH_M + self.row * _SQUARE_M + int(self.north) * self.cell_m + self.accuracy_m
        lon, lat = _from_grid().transform(x, y)
        return Coordinate(lat, lon)

    def __str__(self) -> str:
        return f"{_LETTERS[self.column]}{_LETTERS[self.row]} {self.east} {self.north}"


def national_point(coordinate: Coordinate, digits: int = SIGNPOST_DIGITS) -> str | None:
    """The 국가지점번호 of a place, ``다사 5389 5200``; None where the grid does not reach.

    Args:
        coordinate: The place.
        digits: Digits each way: 2 (1 km), 3 (100 m), 4 (10 m, as on signposts) or 5 (1 m).
    """
    x, y = _to_grid().transform(coordinate.lon, coordinate.lat)
    if not (math.isfinite(x) and math.isfinite(y)):
        return None
    column, east_m = divmod(x - ORIGIN_EAST_M, _SQUARE_M)
    row, north_m = divmod(y - ORIGIN_NORTH_M, _SQUARE_M)
    if not (0 <= column < _COLUMNS and 0 <= row < _ROWS):
        return None
    cell = _SQUARE_M / 10**digits
    east, north = (f"{int(metres // cell):0{digits}d}" for metres in (east_m, north_m))
    return str(PointNumber(int(column), int(row), east, north))


def find_point_numbers(text: str) -> list[PointNumber]:
    """Every 국가지점번호 in a text of plain spelling, in the order written."""
    return list(_numbers(text))


def _numbers(text: str) -> Iterator[PointNumber]:
    labelled = {match.end() for match in _LABEL.finditer(text)}
    # A label ends in Hangul (번호), which would hide the letters that follow it.
    shown = _LABEL.sub(lambda match: " " * len(match.group()), text)
    for match in _NUMBER.finditer(shown):
        pair = _pair(match["digits"])
        if pair is None:
            continue
        east, north, used = pair
        end = match.start("digits") + used
        if shown[end : end + 1].isdigit():
            continue
        yield PointNumber(
            column=_LETTERS.index(match["east"]),
            row=_LETTERS.index(match["north"]),
            east=east.translate(_SPOKEN),
            north=north.translate(_SPOKEN),
            span=(match.start(), end),
            is_plain=match.start() in labelled or _is_plain(match, used),
        )


def _pair(digits: str) -> tuple[str, str, int] | None:
    """The digits east, the digits north, and how many characters they took; None when they do not pair."""
    groups = [(found.group(), found.end()) for found in re.finditer(r"[0-9가-힣]+", digits)]
    if len(groups) > 1 and len(groups[0][0]) == len(groups[1][0]) > 1:
        east, north, used = groups[0][0], groups[1][0], groups[1][1]
    elif len(groups) == 1 or all(len(group) == 1 for group, _ in groups):
        joined = "".join(group for group, _ in groups)
        half, odd = divmod(len(joined), 2)
        if odd:
            return None
        east, north, used = joined[:half], joined[half:], len(digits)
    else:
        return None
    return (east, north, used) if _FEWEST_DIGITS <= len(east) <= _MOST_DIGITS else None


def _is_plain(match: re.Match[str], used: int) -> bool:
    """Whether it cannot be anything else: ``나라 1588-1234`` may be a telephone, ``마다 10 20`` a habit."""
    digits = match["digits"][:used]
    count = sum(character.isalnum() for character in digits)
    if count < 2 * SIGNPOST_DIGITS or match["north"] != match.group()[1]:
        return False
    return "-" not in digits or "-" in match["lead"]


@functools.cache
def _to_grid() -> _Projection:
    return _projection("EPSG:4326", "EPSG:5179")


@functools.cache
def _from_grid() -> _Projection:
    return _projection("EPSG:5179", "EPSG:4326")


def _projection(source: str, target: str) -> _Projection:
    from pyproj import Transformer  # noqa: PLC0415

    transformer: _Projection = Transformer.from_crs(source, target, always_xy=True)
    return transformer
