"""What a photograph says of itself: when, where, which way, with what camera.

A value that is there but cannot be true counts as absent, and a phrase says so. Nothing raises.
Source: Exif 3.0 (CIPA DC-008), 4.6.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.phrase import Phrase
from fieldlog.media import formats
from fieldlog.media.exif_place import Place, read_place
from fieldlog.media.exif_time import Taken, read_taken
from fieldlog.media.tags import Tag, Tags, read_tags

if TYPE_CHECKING:
    from datetime import datetime

SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""Orientations that swap width and height."""

BROKEN: Final = Phrase(
    "사진 정보(EXIF)가 손상되어 읽지 못했습니다.", "The photo's EXIF information is damaged and was not read."
)
_ORIENTATION: Final = 0x0112
_MAKE: Final = 0x010F
_MODEL: Final = 0x0110
_LONGEST_NAME: Final = 64
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd\u200b-\u200f\u2028-\u202e\ufeff]+")


class PhotoFacts(Struct, frozen=True):
    """What the camera wrote down: degrees WGS 84, metres, whole degrees from north, ISO time +09:00."""

    orientation: int = 1
    taken_at: str | None = None
    taken_at_source: str | None = None
    lat: float | None = None
    lon: float | None = None
    gps_acc: float | None = None
    altitude: float | None = None
    heading_deg: int | None = None
    heading_is_magnetic: bool = False
    camera_make: str | None = None
    camera_model: str | None = None
    absences: tuple[Phrase, ...] = ()
    """Values that stand in the file but cannot be used, one sentence each."""
    remarks: tuple[Phrase, ...] = ()
    """What is used but deserves a second look."""


def read_facts(data: bytes, *, latest: datetime | None = None) -> PhotoFacts:
    """Read a picture's facts; a time after ``latest`` (usually: now) counts as impossible."""
    tags = read_tags(data)
    taken: Taken = read_taken(tags, latest)
    place: Place = read_place(tags.gps)
    broken = (BROKEN,) if tags.broken else ()
    return PhotoFacts(
        orientation=_orientation(tags, data),
        taken_at=taken.at,
        taken_at_source="EXIF" if taken.at else None,
        lat=place.lat,
        lon=place.lon,
        gps_acc=place.accuracy_m,
        altitude=place.altitude,
        heading_deg=place.heading,
        heading_is_magnetic=place.heading is not None and place.magnetic,
        camera_make=_text(tags.main.get(_MAKE)),
        camera_model=_text(tags.main.get(_MODEL)),
        absences=broken + taken.absences + place.absences,
        remarks=taken.remarks + place.remarks,
    )


def orientation_of(data: bytes) -> int:
    """How the decoded pixels must be turned, 1 to 8 as in EXIF; 1 when upright or unknown."""
    return _orientation(read_tags(data), data)


def _orientation(tags: Tags, data: bytes) -> int:
    if formats.sniff(data) not in formats.TURNED_BY_EXIF:
        return 1
    value = tags.main.get(_ORIENTATION)
    if isinstance(value, tuple) and value and isinstance(value[0], int) and 1 <= value[0] <= 8:  # noqa: PLR2004
        return value[0]
    return 1


def _text(value: Tag | None) -> str | None:
    """A camera's name: up to its first zero byte, in whatever encoding its maker knew."""
    if not isinstance(value, bytes):
        return None
    raw = value.split(b"\x00", 1)[0]
    for encoding in ("utf-8", "cp949", "latin-1"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        cleaned = " ".join(_UNSEEN.sub(" ", text).split())
        return unicodedata.normalize("NFC", cleaned)[:_LONGEST_NAME].strip() or None
    return None
