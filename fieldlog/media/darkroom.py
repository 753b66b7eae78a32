"""Where picture bytes become pixels and pixels become JPEG: the only module that decodes photographs.

Imported when the first picture is opened, because Pillow takes a while to load.
"""

from __future__ import annotations

import logging
import struct
import threading
import warnings
import zlib
from contextlib import contextmanager
from io import BytesIO
from math import isfinite
from typing import IO, TYPE_CHECKING, Final, cast

from PIL import (
    Image,
    ImageChops,
    ImageCms,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
    _imaging,
)

from fieldlog.media import formats, heic, refusals
from fieldlog.media.jpeg import END, has_end
from fieldlog.media.limits import LIMITS, Limits
from fieldlog.media.tray import open_tray

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.Image import Image as Pixels

    from fieldlog.domain.errors import PhotoRefused

PLUGINS: Final = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Named so that opening the first TIFF or WebP does not import every plugin Pillow has."""

DECODER_ERRORS: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, AttributeError,
    RuntimeError, MemoryError, AssertionError, struct.error, zlib.error,
)  # fmt: skip
"""All that Pillow and libheif have been seen to raise on broken files; their interfaces name none."""

LONGEST_JPEG_SIDE: Final = 65_500
"""What libjpeg can encode."""

LARGEST_PIECE: Final = 1 << 30
"""One piece of memory for each picture, in bytes: more than 150 million pixels of four bytes.

Pillow clears the memory of a new picture while it holds the interpreter. In its own pieces of 16 MB that
took 30 to 45 ms for 12 megapixels, in which the window stood still; a piece of more than 32 MB comes from the
system already cleared, and page by page.
"""
PORTION: Final = 1 << 20
"""Bytes handed to a decoder at once, so that copying them is never long."""

_imaging.set_block_size(LARGEST_PIECE)
Image.MAX_IMAGE_PIXELS = LIMITS.max_pixels
logging.getLogger("PIL").setLevel(logging.CRITICAL)
"""Whatever Pillow would log about a broken file is said to the person as a refusal."""

_QUIET = threading.RLock()
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_WHITE: Final = (255, 255, 255)
_NOISE: Final = b"\x5a\xc3\x96\x69\x3c\xa5" * 4096
_TWIN_SIDE: Final = 4096


@contextmanager
def opened(
    data: bytes,
    name: str,
    found: formats.Format,
    limits: Limits = LIMITS,
    unreadable: Callable[[str], PhotoRefused] = refusals.damaged,
) -> Iterator[Pixels]:
    """A picture with its header read and its size within the limits, pixels not yet decoded.

    Raises:
        PhotoRefused: Its header is damaged or promises too many pixels; also when decoding inside fails.
    """
    try:
        with _quietly():
            picture = _open(data, found)
    except Image.DecompressionBombError as error:
        raise refusals.bomb(name) from error
    except DECODER_ERRORS as error:
        raise unreadable(name) from error
    with picture:
        width, height = picture.size
        if width * height > limits.max_pixels:
            raise refusals.too_large(name, width, height, limits.max_pixels)
        try:
            yield picture
        except DECODER_ERRORS as error:
            cut = "truncated" in str(error)
            raise (refusals.truncated(name) if cut else refusals.damaged(name)) from error


def decode(picture: Pixels, orientation: int, *, at_least: int | None = None) -> Pixels:
    """Upright sRGB pixels on white; with ``at_least``, as coarse as keeps the long side that long.

    A JPEG is decoded at a half, quarter or eighth right away, which is what makes renditions cheap.
    """
    if at_least is not None:
        _draft(picture, at_least)
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        with _quietly():
            picture.load()
    else:
        picture.load()
    profile = picture.info.get("icc_profile")
    pixels = _coarsened(picture, at_least)
    pixels = _standard_colours(_flattened(pixels), profile)
    turn = _TURNS.get(orientation)
    upright = pixels if turn is None else pixels.transpose(turn)
    upright.info = {}
    return upright


def fitted(pixels: Pixels, side: int) -> Pixels:
    """The picture shrunk so that its long side is ``side``; never enlarged."""
    longest = max(pixels.size)
    if longest <= side:
        return pixels
    width, height = (max(1, round(each * side / longest)) for each in pixels.size)
    return pixels.resize((width, height), Image.Resampling.HAMMING, reducing_gap=1.0)


def encode(pixels: Pixels, quality: int, *, chroma: str = "4:2:0") -> bytes:
    """JPEG bytes with nothing beside the picture: no EXIF, profile, comment or resolution."""
    bare = pixels.copy() if pixels.info else pixels
    bare.info = {}
    with open_tray() as tray:
        bare.save(cast("IO[bytes]", tray), "JPEG", quality=quality, subsampling=chroma)
        return tray.taken()


def mended_jpeg(data: bytes, name: str) -> bytes:
    """A JPEG that lacks its end mark, given one, when the missing bytes held no pixels.

    Decoded twice with different bytes after the end: if the two pictures are the same, the decoder
    had all it needed. Only then is it whole; anything else was cut inside the picture.

    Raises:
        PhotoRefused: Pixels are missing.
    """
    body = data.rstrip(b"\x00")
    twins = []
    for tail in (b"", _NOISE):
        with opened(body + tail + END, name, formats.JPEG) as picture:
            _draft(picture, _TWIN_SIDE)
            picture.load()
            twins.append(picture.convert("RGB"))
    if ImageChops.difference(*twins).getbbox() is not None:
        raise refusals.truncated(name)
    return body + END


def whole_bytes(data: bytes, name: str, found: formats.Format) -> bytes:
    """The bytes to decode: the file itself, or a JPEG completed by its missing end mark."""
    return mended_jpeg(data, name) if found is formats.JPEG and not has_end(data) else data


def is_standard(profile: bytes | None) -> bool:
    """True when pixels need no conversion: no profile, or sRGB itself."""
    if not profile:
        return True
    try:
        return "srgb" in ImageCms.getProfileDescription(BytesIO(profile)).lower()
    except (ImageCms.PyCMSError, *DECODER_ERRORS):
        return True


def has_several(picture: Pixels) -> bool:
    """True when a file holds more pictures than the one shown; a broken second one does not count."""
    try:
        with _quietly():
            return int(getattr(picture, "n_frames", 1)) > 1
    except DECODER_ERRORS:
        return False


@contextmanager
def _quietly() -> Iterator[None]:
    """No warning leaves; under a lock, because the filters belong to the whole process."""
    with _QUIET, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _open(data: bytes, found: formats.Format) -> Pixels:
    if found is formats.HEIC:
        if not heic.is_sound(data):
            raise ValueError("items of a HEIC file have no sound types")
        import pi_heif  # noqa: PLC0415

        pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    picture = Image.open(BytesIO(data), formats=(found.decoder,))
    # a JPEG is one stream from the first byte, which BytesIO lends as it is: decoded in one go, copied never
    picture.decodermaxblock = max(PORTION, len(data) if found is formats.JPEG else 0)
    return picture


def _draft(picture: Pixels, at_least: int) -> None:
    """Choose the coarsest JPEG scale whose long side still reaches ``at_least``."""
    if not isinstance(picture, JpegImagePlugin.JpegImageFile):
        return
    longest = max(picture.size)
    scale = next((scale for scale in (8, 4, 2) if longest // scale >= at_least), 1)
    if scale > 1:
        width, height = picture.size
        picture.draft(None, (width // scale, height // scale))


def _coarsened(picture: Pixels, at_least: int | None) -> Pixels:
    factor = max(picture.size) // at_least if at_least else 1
    plain = picture.mode in {"L", "RGB", "RGBA", "CMYK"} and "transparency" not in picture.info
    return picture.reduce(factor) if factor > 1 and plain else picture


def _flattened(picture: Pixels) -> Pixels:
    """RGB, grey or CMYK without transparency, eight bits each."""
    if picture.mode in {"RGB", "L", "CMYK"} and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith(("I", "F")):
        return _eight_bits(picture)
    if "transparency" in picture.info or picture.mode in {"RGBA", "LA", "PA", "RGBa", "La"}:
        layered = picture.convert("RGBA")
        ground = Image.new("RGB", layered.size, _WHITE)
        ground.paste(layered, mask=layered.getchannel("A"))
        return ground
    if picture.mode == "LAB":
        inverse = ImageCms.profileToProfile(
            picture, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
        return picture.convert("L") if inverse is None else inverse
    return picture.convert("RGB")


def _eight_bits(picture: Pixels) -> Pixels:
    """Grey of 16 or 32 bits, whole or real numbers, brought to 0..255 without clipping."""
    wide = picture.convert("F")
    low, high = cast("tuple[float, float]", wide.getextrema())
    if picture.mode.startswith("I;16") or (picture.mode == "I" and low >= 0 and high < 2**16):
        low, high = 0, 2**16 - 1
    if not isfinite(low) or not isfinite(high) or low == high:
        low, high = 0, 255
    scale = 255 / (high - low)
    shift = -low * scale
    return wide.point(lambda value: value * scale + shift).convert("L")


def _standard_colours(pixels: Pixels, profile: bytes | None) -> Pixels:
    if not is_standard(profile):
        try:
            target = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(pixels, BytesIO(profile or b""), target, outputMode="RGB")
        except (ImageCms.PyCMSError, *DECODER_ERRORS):
            turned = None
        if turned is not None:
            return turned
    return pixels if pixels.mode == "RGB" else pixels.convert("RGB")
