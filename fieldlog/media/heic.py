"""The boxes of a HEIC file: its items, whether they are named soundly, and the EXIF among them.

Source: ISO/IEC 14496-12 (boxes, items), ISO/IEC 23008-12 (image items, Annex A.2.1 for Exif).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST: Final = 10_000
_VERSION_WITH_TYPES: Final = 2
_PLAIN: Final = frozenset(range(0x20, 0x7F))


class Box(Struct, frozen=True):
    """A box's kind and where its body lies."""

    kind: bytes
    start: int
    end: int


class Item(Struct, frozen=True):
    """An entry of the item table: its number, four-letter type and, of ``mime`` items, content type."""

    number: int
    kind: bytes
    content: bytes


class _Extent(Struct, frozen=True):
    from_data: bool
    start: int
    length: int


def boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes that lie between two offsets; stops at the first that does not fit."""
    while start + 8 <= end:
        size, head = int.from_bytes(data[start : start + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[start + 8 : start + 16], "big"), 16
        size = size or end - start
        if size < head or start + size > end:
            return
        yield Box(data[start + 4 : start + 8], start + head, start + size)
        start += size


def items(data: bytes) -> list[Item]:
    """The item table, as far as it can be read."""
    table = _inside_meta(data).get(b"iinf")
    if table is None:
        return []
    wide = any(data[table.start : table.start + 1])
    entries = boxes(data, table.start + (8 if wide else 6), table.end)
    found = (_item(data, box) for box in entries if box.kind == b"infe" and box.end - box.start > 8)  # noqa: PLR2004
    return [item for item, _ in zip(found, range(_MOST), strict=False)]


def is_sound(data: bytes) -> bool:
    """True when there are items and their types are plain ASCII.

    libheif's Python binding takes the whole process down when it meets a type that is not: files that
    fail this must never reach it.
    """
    found = items(data)
    return bool(found) and all(_PLAIN.issuperset(item.kind + item.content) for item in found)


def exif_block(data: bytes) -> bytes | None:
    """The TIFF bytes of the Exif item, or None."""
    number = next((item.number for item in items(data) if item.kind == b"Exif"), None)
    if number is None:
        return None
    payload = b"".join(_extents(data, number))
    skip = int.from_bytes(payload[:4], "big")
    return payload[4:] if payload[4:8] == b"Exif" else payload[4 + skip :]


def _inside_meta(data: bytes) -> dict[bytes, Box]:
    meta = next((box for box in boxes(data, 0, len(data)) if box.kind == b"meta"), None)
    return {} if meta is None else {box.kind: box for box in boxes(data, meta.start + 4, meta.end)}


def _item(data: bytes, box: Box) -> Item:
    version, at = data[box.start], box.start + 4
    width = 2 if version <= _VERSION_WITH_TYPES else 4
    number = int.from_bytes(data[at : at + width], "big")
    at += width + 2
    if version < _VERSION_WITH_TYPES:
        return Item(number, b"", data[at : box.end].replace(b"\x00", b""))
    strings = data[at + 4 : box.end].split(b"\x00")
    return Item(number, data[at : at + 4], b"".join(strings[:3]))


def _extents(data: bytes, wanted: int) -> Iterator[bytes]:
    inside = _inside_meta(data)
    table, store = inside.get(b"iloc"), inside.get(b"idat")
    if table is None:
        return
    for extent in _Locations(data, table).of(wanted):
        base = store.start if extent.from_data and store is not None else 0
        yield data[base + extent.start : base + extent.start + extent.length]


class _Locations:
    """Reads the item location box."""

    def __init__(self, data: bytes, box: Box) -> None:
        self._data = data[box.start : box.end]
        self._at = 4
        self._version = self._data[0] if self._data else 0

    def of(self, wanted: int) -> list[_Extent]:
        sizes = self._number(2)
        offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
        width = 2 if self._version < _VERSION_WITH_TYPES else 4
        for _ in range(min(self._number(width), _MOST)):
            number = self._number(width)
            method = self._number(2) & 15 if self._version else 0
            self._number(2)
            start = self._number(base)
            extents = []
            for _ in range(min(self._number(2), _MOST)):
                self._number(index if self._version else 0)
                extents.append(_Extent(method == 1, start + self._number(offset), self._number(length)))
            if number == wanted:
                return extents
            if self._at >= len(self._data):
                break
        return []

    def _number(self, size: int) -> int:
        self._at += size
        return int.from_bytes(self._data[self._at - size : self._at], "big")
