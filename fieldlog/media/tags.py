"""The EXIF directory inside a picture file, read without trusting any of it.

Written for photographs as they come: every offset, count and type is checked against the bytes,
an entry that does not hold is left out, and no input raises.
Source: Exif 3.0 (CIPA DC-008), TIFF 6.0.
"""

from __future__ import annotations

import struct
from typing import Final

from msgspec import Struct, field

from fieldlog.media import formats, heic, jpeg
from fieldlog.media.wholeness import png_chunks

EXIF_IFD: Final = 0x8769
GPS_IFD: Final = 0x8825


class Ratio(Struct, frozen=True):
    """A TIFF rational as it stands; a zero denominator is a fact, not a number."""

    over: int
    under: int

    @property
    def value(self) -> float | None:
        """The quotient, or None over zero."""
        return self.over / self.under if self.under else None


Tag = bytes | tuple[int, ...] | tuple[float, ...] | tuple[Ratio, ...]


class Tags(Struct, frozen=True):
    """What the directories hold, by tag number."""

    main: dict[int, Tag] = field(default_factory=dict)
    exif: dict[int, Tag] = field(default_factory=dict)
    gps: dict[int, Tag] = field(default_factory=dict)
    broken: bool = False
    """True when there is an EXIF block but it cannot be read."""


_POINTERS: Final = frozenset({EXIF_IFD, GPS_IFD})
"""Read as offsets whatever type they claim: some editors write them as UNDEFINED."""
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_CODES: Final = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d"}
_HEAD: Final = 8
_MOST_ENTRIES: Final = 1000
_MOST_VALUES: Final = 64
_LONGEST_TEXT: Final = 1024


def read_tags(data: bytes) -> Tags:
    """The tags of a picture of any kept format; empty when it carries none."""
    block = _block(data)
    if block is None:
        return Tags()
    while block[:4].lower() == b"exif":
        block = block[6:]
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(bytes(block[:4]))
    if order is None:
        return Tags(broken=bool(block.strip(b"\x00")))
    reader = _Reader(block, order)
    main = reader.directory(reader.number(4, 4))
    if main is None:
        return Tags(broken=True)
    return Tags(main, reader.pointed(main, EXIF_IFD), reader.pointed(main, GPS_IFD))


def _block(data: bytes) -> bytes | None:
    found = formats.sniff(data)
    if found is formats.JPEG:
        return jpeg.exif_block(data)
    if found is formats.PNG:
        return next((data[start:end] for kind, start, end in png_chunks(data) if kind == b"eXIf"), None)
    if found is formats.WEBP:
        return _webp_block(data)
    if found is formats.HEIC:
        return heic.exif_block(data)
    return data if found is formats.TIFF else None


def _webp_block(data: bytes) -> bytes | None:
    position = 12
    while position + 8 <= len(data):
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        if data[position : position + 4] == b"EXIF":
            return data[position + 8 : position + 8 + size]
        position += 8 + size + size % 2
    return None


class _Reader:
    def __init__(self, block: bytes, order: str) -> None:
        self._block = block
        self._order = order

    def number(self, offset: int, size: int) -> int:
        little = self._order == "<"
        return int.from_bytes(self._block[offset : offset + size], "little" if little else "big")

    def directory(self, offset: int) -> dict[int, Tag] | None:
        if not _HEAD <= offset <= len(self._block) - 2:
            return None
        found: dict[int, Tag] = {}
        room = (len(self._block) - offset - 2) // 12
        for index in range(min(self.number(offset, 2), room, _MOST_ENTRIES)):
            entry = offset + 2 + 12 * index
            tag = self.number(entry, 2)
            value = (self.number(entry + 8, 4),) if tag in _POINTERS else self._value(entry)
            if value is not None:
                found.setdefault(tag, value)
        return found

    def pointed(self, main: dict[int, Tag], tag: int) -> dict[int, Tag]:
        pointer = main.get(tag)
        if isinstance(pointer, tuple) and pointer and isinstance(pointer[0], int):
            return self.directory(pointer[0]) or {}
        return {}

    def _value(self, entry: int) -> Tag | None:
        kind, count = self.number(entry + 2, 2), self.number(entry + 4, 4)
        size = _SIZES.get(kind, 0) * count
        if size == 0:
            return None
        start = entry + 8 if size <= 4 else self.number(entry + 8, 4)  # noqa: PLR2004 - the value field
        if start + size > len(self._block):
            return None
        if kind in {2, 7}:
            return self._block[start : start + min(size, _LONGEST_TEXT)]
        count = min(count, _MOST_VALUES)
        if kind in {5, 10}:
            code = "I" if kind == 5 else "i"  # noqa: PLR2004 - RATIONAL, unsigned
            numbers = struct.unpack_from(f"{self._order}{2 * count}{code}", self._block, start)
            return tuple(Ratio(over, under) for over, under in zip(numbers[::2], numbers[1::2], strict=True))
        values: tuple[float, ...] = struct.unpack_from(
            f"{self._order}{count}{_CODES[kind]}", self._block, start
        )
        return values
