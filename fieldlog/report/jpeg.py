"""Reading a JPEG's outline and dropping what it tells beside the picture: EXIF, comments, previews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_START: Final = b"\xff\xd8"
_SCAN: Final = 0xDA
_FRAMES: Final = frozenset((0xC0, 0xC1, 0xC2))
_KEPT_APPLICATION: Final = frozenset((0xE0, 0xEE))
"""JFIF and Adobe: how colours are coded. All other APPn segments tell about camera, place and person."""
_FIRST_APPLICATION, _LAST_APPLICATION, _COMMENT = 0xE0, 0xEF, 0xFE
_MAGIC_LENGTH: Final = 2
_FILL: Final = 0xFF
_FRAME_HEADER: Final = 10
_COLOURS: Final = frozenset((1, 3))


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A JPEG of grey or RGB pixels without anything beside them."""

    width: int
    height: int
    colours: int
    data: bytes


class NoJpeg(ValueError):
    """The bytes are no JPEG that paper can take."""


def bare(data: bytes) -> Jpeg:
    """The JPEG without metadata; the picture itself is not touched.

    Raises:
        NoJpeg: The bytes are damaged, no JPEG, or of colours that paper cannot take (CMYK).
    """
    if data[:_MAGIC_LENGTH] != _START:
        raise NoJpeg("no JPEG")
    kept = [_START]
    size = None
    for marker, segment, rest in _segments(data):
        if marker in _FRAMES:
            size = _size(segment)
        if marker == _SCAN:
            kept.append(data[rest:])
            break
        if _stays(marker):
            kept.append(segment)
    else:
        raise NoJpeg("no picture data")
    if size is None or 0 in size or size[2] not in _COLOURS:
        raise NoJpeg("unknown size or colours")
    return Jpeg(*size, b"".join(kept))


def _stays(marker: int) -> bool:
    if _FIRST_APPLICATION <= marker <= _LAST_APPLICATION:
        return marker in _KEPT_APPLICATION
    return marker != _COMMENT


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Marker, whole segment, and where it begins, up to the first scan."""
    at = _MAGIC_LENGTH
    while at + 4 <= len(data) and data[at] == _FILL:
        marker = data[at + 1]
        if marker == _FILL:
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, data[at : at + 2 + length], at
        at += 2 + length


def _size(segment: bytes) -> tuple[int, int, int]:
    """Width, height and number of colours out of a frame header."""
    if len(segment) < _FRAME_HEADER:
        raise NoJpeg("cut short")
    height, width = int.from_bytes(segment[5:7], "big"), int.from_bytes(segment[7:9], "big")
    return width, height, segment[9]
