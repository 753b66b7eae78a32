"""Telling a photograph from everything else that is dropped on the window, by its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.phrase import Phrase
from fieldlog.media import formats, refusals
from fieldlog.media.exif import SIDEWAYS, orientation_of
from fieldlog.media.limits import LIMITS, Limits
from fieldlog.media.wholeness import Wholeness, strips_present, wholeness

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

UNENDED: Final = Phrase(
    "파일의 끝 표시가 없으나 화소는 모두 들어 있어 그대로 보관합니다.",
    "The file lacks its end mark, but every pixel is there: it is kept as it is.",
)
FIRST_OF_SEVERAL: Final = Phrase(
    "여러 장이 든 파일입니다. 첫 장을 보여 줍니다.", "The file holds several pictures; the first is shown."
)
_STRIP_TAGS: Final = ((273, 279), (324, 325))
_NEW_SUBFILE: Final = 254
_DNG_VERSION: Final = 50706


class Picture(Struct, frozen=True):
    """A file known to be a picture: size in pixels as seen upright, and what a person should know."""

    format: str
    mime: str
    width: int
    height: int
    notes: tuple[Phrase, ...] = ()


def recognise(data: bytes, name: str, limits: Limits = LIMITS) -> Picture:
    """Say what picture the bytes are, or refuse them with a reason.

    Judged by structure, without decoding pixels: a few milliseconds for any size. A file cut off
    anywhere inside is refused; one exception is a JPEG whose missing bytes held no pixels (proved by
    decoding): it is kept with a note. Damage that structure cannot show makes the renditions refuse it.

    Raises:
        PhotoRefused: Empty, too heavy, too many pixels, cut off, damaged, unsupported or no picture.
    """
    from fieldlog.media import darkroom  # noqa: PLC0415

    if not data:
        raise refusals.empty(name)
    found = formats.sniff(data)
    if found is None:
        raise refusals.not_a_picture(name, formats.stranger(data))
    if len(data) > limits.max_bytes:
        raise refusals.too_heavy(name, len(data), limits.max_bytes)
    verdict = wholeness(data, found)
    unreadable = refusals.truncated if verdict is Wholeness.CUT else refusals.damaged
    with darkroom.opened(data, name, found, limits, unreadable) as picture:
        if found is formats.TIFF:
            _check_tiff(picture, name, len(data))
        size = picture.size
        several = found is not formats.JPEG and darkroom.has_several(picture)
    if verdict in {Wholeness.CUT, Wholeness.DAMAGED}:
        raise unreadable(name)
    if verdict is Wholeness.UNENDED:
        darkroom.mended_jpeg(data, name)
    notes = (
        formats.lying_extension(name, found),
        UNENDED if verdict is Wholeness.UNENDED else None,
        FIRST_OF_SEVERAL if several else None,
    )
    width, height = _upright(size, data, found)
    return Picture(found.name, found.mime, width, height, tuple(note for note in notes if note))


def _upright(size: tuple[int, int], data: bytes, found: formats.Format) -> tuple[int, int]:
    """Width and height as a person sees them; HEIC and TIFF decoders have turned the picture already."""
    if found in formats.TURNED_BY_EXIF and orientation_of(data) in SIDEWAYS:
        return size[1], size[0]
    return size


def _check_tiff(picture: Pixels, name: str, size: int) -> None:
    tags = getattr(picture, "tag_v2", {})
    if _DNG_VERSION in tags or tags.get(_NEW_SUBFILE, 0) == 1:
        raise refusals.unsupported(name, Phrase("사진기 원시(RAW) 파일", "camera raw file"))
    for offsets, counts in _STRIP_TAGS:
        if not strips_present(tags.get(offsets), tags.get(counts), size):
            raise refusals.truncated(name)
