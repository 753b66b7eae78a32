"""Whether every byte a picture file promises is there, told from its structure alone."""

from __future__ import annotations

import zlib
from enum import Enum
from typing import TYPE_CHECKING, Final

from fieldlog.media import formats, jpeg

if TYPE_CHECKING:
    from collections.abc import Iterator


class Wholeness(Enum):
    """What the structure says."""

    WHOLE = "whole"
    UNENDED = "unended"
    CUT = "cut"
    DAMAGED = "damaged"


PNG_HEAD: Final = 8
RIFF_HEAD: Final = 8


def wholeness(data: bytes, found: formats.Format) -> Wholeness:
    """Judge a file: whole, JPEG without its end mark (pixels decide), cut off, or contradicting itself.

    TIFF is judged after its directory is read: see :func:`strips_present`.
    """
    if found is formats.JPEG:
        return _jpeg(data)
    if found is formats.PNG:
        return _png(data)
    if found is formats.WEBP:
        promised = RIFF_HEAD + int.from_bytes(data[4:8], "little")
        return Wholeness.WHOLE if promised <= len(data) else Wholeness.CUT
    if found is formats.HEIC:
        return _boxes(data)
    return Wholeness.WHOLE


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of each PNG chunk's payload; ends where the file does."""
    position = PNG_HEAD
    while position + 12 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        start, end = position + 8, position + 8 + size
        if end + 4 > len(data):
            return
        yield data[position + 4 : position + 8], start, end
        position = end + 4


def strips_present(offsets: object, counts: object, size: int) -> bool:
    """True unless a TIFF directory points beyond the end of the file."""
    if not isinstance(offsets, tuple) or not isinstance(counts, tuple):
        return True
    pairs = zip(offsets, counts, strict=False)
    return all(
        offset + count <= size
        for offset, count in pairs
        if isinstance(offset, int) and isinstance(count, int)
    )


def _jpeg(data: bytes) -> Wholeness:
    if jpeg.first_scan(data) is None:
        return Wholeness.CUT
    return Wholeness.WHOLE if jpeg.has_end(data) else Wholeness.UNENDED


def _png(data: bytes) -> Wholeness:
    view = memoryview(data)
    for kind, start, end in png_chunks(data):
        told = int.from_bytes(data[end : end + 4], "big")
        if kind in {b"IHDR", b"PLTE", b"IDAT"} and zlib.crc32(view[start - 4 : end]) != told:
            return Wholeness.DAMAGED
        if kind == b"IEND":
            return Wholeness.WHOLE
    return Wholeness.CUT


def _boxes(data: bytes) -> Wholeness:
    """Top-level boxes of an ISO base media file must tile it (ISO/IEC 14496-12, 4.2)."""
    position = 0
    while position < len(data):
        if position + 8 > len(data):
            return Wholeness.CUT if any(data[position:]) else Wholeness.WHOLE
        size = int.from_bytes(data[position : position + 4], "big")
        if size == 0:
            return Wholeness.WHOLE
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16], "big")
        if size < 8:  # noqa: PLR2004 - a box is at least its own head
            return Wholeness.DAMAGED
        position += size
    return Wholeness.WHOLE if position == len(data) else Wholeness.CUT
