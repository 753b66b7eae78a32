"""Smaller pictures made once from an original, and the copy that leaves the house."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from fieldlog.media import formats, jpeg, refusals
from fieldlog.media.exif import orientation_of

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

THUMBNAIL_QUALITY: Final = 80
VIEW_QUALITY: Final = 84
"""For screen and paper alike, so that a small original is encoded once for both."""
EXPORT_QUALITY: Final = 92
CLOSE_ENOUGH: Final = 0.9
"""A decoding scale that reaches this share of the wanted side is taken as it comes.

JPEG decodes at 1/2 for a third less time than in full, and 4000 / 2 = 2000 pixels are as good on a
screen as 2048 resampled ones.
"""


class Rendition(Enum):
    """The three sizes kept of each photograph: the longest its long side may be, in pixels."""

    THUMBNAIL = 320
    SCREEN = 2048
    PAPER = 1600


def make_rendition(data: bytes, size: Rendition, name: str = "") -> bytes:
    """One rendition as JPEG: upright, sRGB, on white, without any metadata.

    Raises:
        PhotoRefused: The pixels cannot be decoded.
    """
    from fieldlog.media import darkroom  # noqa: PLC0415

    pixels = _decoded(data, name, size.value)
    return darkroom.encode(darkroom.fitted(pixels, size.value), _quality(size))


def make_all(data: bytes, name: str = "") -> dict[Rendition, bytes]:
    """All renditions from one decoding: screen first, paper from it, thumbnail from paper.

    Safe to call from several threads at once: decoding, resizing and encoding leave the interpreter free.

    Raises:
        PhotoRefused: The pixels cannot be decoded.
    """
    from fieldlog.media import darkroom  # noqa: PLC0415

    screen = darkroom.fitted(_decoded(data, name, Rendition.SCREEN.value), Rendition.SCREEN.value)
    paper = darkroom.fitted(screen, Rendition.PAPER.value)
    thumbnail = darkroom.fitted(paper, Rendition.THUMBNAIL.value)
    on_screen = darkroom.encode(screen, VIEW_QUALITY)
    return {
        Rendition.SCREEN: on_screen,
        Rendition.PAPER: on_screen if paper is screen else darkroom.encode(paper, VIEW_QUALITY),
        Rendition.THUMBNAIL: darkroom.encode(thumbnail, THUMBNAIL_QUALITY),
    }


def export_bytes(data: bytes, name: str = "") -> bytes:
    """The photograph in full size as JPEG without EXIF, position, profile, comment or thumbnail.

    An upright JPEG in standard colours keeps its pixels bit for bit; anything else is encoded anew.

    Raises:
        PhotoRefused: The pixels cannot be decoded.
    """
    from fieldlog.media import darkroom  # noqa: PLC0415

    found = _known(data, name)
    if found is formats.JPEG and orientation_of(data) == 1:
        with darkroom.opened(data, name, found) as picture:
            plain = picture.mode in {"RGB", "L"} and darkroom.is_standard(picture.info.get("icc_profile"))
        bare = jpeg.without_metadata(data) if plain else None
        if bare is not None:
            return bare
    pixels = darkroom.fitted(_decoded(data, name, None), darkroom.LONGEST_JPEG_SIDE)
    return darkroom.encode(pixels, EXPORT_QUALITY, chroma="4:4:4")


def _known(data: bytes, name: str) -> formats.Format:
    found = formats.sniff(data)
    if found is None:
        raise refusals.not_a_picture(name, formats.stranger(data))
    return found


def _decoded(data: bytes, name: str, side: int | None) -> Pixels:
    from fieldlog.media import darkroom  # noqa: PLC0415

    found = _known(data, name)
    whole = darkroom.whole_bytes(data, name, found)
    at_least = None if side is None else round(side * CLOSE_ENOUGH)
    with darkroom.opened(whole, name, found) as picture:
        return darkroom.decode(picture, orientation_of(data), at_least=at_least)


def _quality(size: Rendition) -> int:
    return THUMBNAIL_QUALITY if size is Rendition.THUMBNAIL else VIEW_QUALITY
