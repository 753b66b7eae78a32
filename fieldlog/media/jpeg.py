"""The segments of a JPEG file: where its pictures begin, end, and what else rides along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

START: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"
SCAN: Final = 0xDA
QUANTISATION: Final = 0xDB
HUFFMAN: Final = 0xC4
RESTART_INTERVAL: Final = 0xDD
LINES: Final = 0xDC
JFIF: Final = 0xE0
EXIF: Final = 0xE1
ADOBE: Final = 0xEE
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {HUFFMAN, 0xC8, 0xCC}
HUFFMAN_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_MARKER_IN_SCAN: Final = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_PLAIN_JFIF: Final = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_LONGEST_HEADER: Final = 40_000_000


class Segment(Struct, frozen=True):
    """One marker and its payload: ``data[start:end]`` is the whole segment, marker included."""

    marker: int
    start: int
    end: int

    def payload(self, data: bytes) -> bytes:
        """The bytes after marker and length."""
        return data[self.start + 4 : self.end]


def header(data: bytes) -> Iterator[Segment]:
    """The segments up to and including the first scan's head; stops early where the file does."""
    position = len(START)
    while True:
        position = data.find(b"\xff", position, _LONGEST_HEADER)
        if position < 0 or position + 4 > len(data):
            return
        marker = data[position + 1]
        if marker in {0x00, 0xFF} or marker in _STANDALONE:
            position += 1
            continue
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if end > len(data) or end < position + 4 or marker == END[1]:
            return
        yield Segment(marker, position, end)
        if marker == SCAN:
            return
        position = end


def scans(data: bytes, first: Segment) -> Iterator[Segment]:
    """From the first scan's head to the end mark: entropy-coded runs belong to the segment before.

    The last segment has the marker of the end mark; without it the file is cut.
    """
    start, position, marker = first.start, first.end, first.marker
    while found := _MARKER_IN_SCAN.search(data, position):
        yield Segment(marker, start, found.start())
        start, marker = found.start(), found.group(1)[0]
        if marker == END[1]:
            yield Segment(marker, start, found.end())
            return
        position = found.end()
        if marker not in _STANDALONE:
            position += max(2, int.from_bytes(data[position : position + 2], "big"))


def first_scan(data: bytes) -> Segment | None:
    """The head of the first scan, or None when the file ends before it or names no frame."""
    framed = False
    for segment in header(data):
        framed = framed or segment.marker in FRAMES
        if segment.marker == SCAN:
            return segment if framed else None
    return None


def has_end(data: bytes) -> bool:
    """True when the end mark is there: at the very end, before padding, or before what a phone appended."""
    if data.endswith(END) or data.rstrip(b"\x00").endswith(END):
        return True
    first = first_scan(data)
    return first is not None and any(segment.marker == END[1] for segment in scans(data, first))


def exif_block(data: bytes) -> bytes | None:
    """The TIFF bytes of the first Exif segment."""
    for segment in header(data):
        if segment.marker == EXIF:
            payload = segment.payload(data)
            if payload[:4].lower() == b"exif":
                return payload
    return None


def without_metadata(data: bytes) -> bytes | None:
    """The same picture, bit for bit, with nothing but what is needed to decode it.

    Everything is dropped that is not a frame, a table or a scan: EXIF, GPS, XMP, ICC, comments,
    thumbnails, and whatever a phone appended. None when the file is no plain Huffman-coded JPEG.
    """
    kept = [START]
    first = None
    for segment in header(data):
        if segment.marker in FRAMES and segment.marker not in HUFFMAN_FRAMES:
            return None
        first = segment if segment.marker == SCAN else None
        if segment.marker == JFIF and len(kept) == 1 and segment.payload(data)[:5] == b"JFIF\x00":
            kept.append(_PLAIN_JFIF)
        elif first is None and _needed(segment, data):
            kept.append(data[segment.start : segment.end])
    if first is None:
        return None
    ended = False
    for segment in scans(data, first):
        ended = segment.marker == END[1]
        if ended or segment.marker == SCAN or _needed(segment, data):
            kept.append(data[segment.start : segment.end])
    return b"".join(kept) if ended else None


def _needed(segment: Segment, data: bytes) -> bool:
    if segment.marker == ADOBE:
        return segment.payload(data)[:5] == b"Adobe"
    return segment.marker in {QUANTISATION, HUFFMAN, RESTART_INTERVAL, LINES, *HUFFMAN_FRAMES}
