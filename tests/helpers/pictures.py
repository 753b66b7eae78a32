"""Picture files made on the spot: sound, lying, broken and dangerous ones."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageCms

from fieldlog.media.jpeg import END

if TYPE_CHECKING:
    from collections.abc import Mapping

SHARED_PHOTOS = Path(__file__).parents[3] / "shared" / "data" / "photos"
Entry = tuple[int, int, bytes]
ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 2, 3, 4, 5, 7
MAIN, EXIF, GPS = 0, 0x8769, 0x8825


def shared_photos() -> list[Path]:
    """The photographs laid beside the checkout, or a skip where there are none."""
    if not SHARED_PHOTOS.is_dir():
        pytest.skip("the folder ../shared/data/photos is not beside this checkout")
    return sorted(path for path in SHARED_PHOTOS.rglob("*") if path.is_file())


def shared_heic() -> bytes:
    """One real iPhone HEIC: nothing here can encode one."""
    return next(path for path in shared_photos() if path.suffix == ".HEIC").read_bytes()


def scene(size: tuple[int, int], *, mode: str = "RGB", seed: int = 7) -> Image.Image:
    """Soft colour patches with a red top left corner, so that turns can be told apart."""
    small = Image.frombytes("RGB", (16, 12), Random(seed).randbytes(16 * 12 * 3))
    picture = small.resize(size, Image.Resampling.BICUBIC)
    picture.paste((230, 20, 20), (0, 0, max(1, size[0] // 4), max(1, size[1] // 4)))
    return picture if mode == "RGB" else picture.convert(mode)


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def jpeg(width: int = 640, height: int = 480, *, exif: bytes | None = None, **options: Any) -> bytes:
    """A JPEG with the given EXIF block (see :func:`exif_block`)."""
    data = saved(scene((width, height)), "JPEG", **{"quality": 85, **options})
    return data if exif is None else with_exif(data, exif)


def png(width: int = 320, height: int = 240, **options: Any) -> bytes:
    return saved(scene((width, height)), "PNG", **options)


def webp(width: int = 320, height: int = 240, **options: Any) -> bytes:
    return saved(scene((width, height)), "WEBP", **options)


def tiff(width: int = 320, height: int = 240, *, mode: str = "RGB", **options: Any) -> bytes:
    return saved(scene((width, height), mode=mode), "TIFF", **options)


def with_exif(data: bytes, block: bytes) -> bytes:
    """A JPEG with an Exif segment put right after its start."""
    payload = b"Exif\x00\x00" + block
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload + data[2:]


def with_comment(data: bytes, text: str) -> bytes:
    """The same JPEG picture in different bytes."""
    payload = text.encode()
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(payload) + 2) + payload + data[2:]


def text(value: str | bytes) -> Entry:
    raw = value.encode() if isinstance(value, str) else value
    return ASCII, len(raw) + 1, raw + b"\x00"


def short(value: int) -> Entry:
    return SHORT, 1, struct.pack("<H", value)


def ratios(*pairs: tuple[int, int]) -> Entry:
    return RATIONAL, len(pairs), b"".join(struct.pack("<II", *pair) for pair in pairs)


def exif_block(directories: Mapping[int, Mapping[int, Entry]]) -> bytes:
    """A little-endian TIFF directory tree, written without any check on what it says."""
    main = dict(directories.get(MAIN, {}))
    children = {pointer: directories[pointer] for pointer in (EXIF, GPS) if pointer in directories}
    for pointer in children:
        main[pointer] = (LONG, 1, b"\x00\x00\x00\x00")
    out = bytearray(b"II*\x00\x08\x00\x00\x00")
    fields = _write_directory(out, main)
    for pointer, child in children.items():
        struct.pack_into("<I", out, fields[pointer], len(out))
        _write_directory(out, child)
    return bytes(out)


def _write_directory(out: bytearray, entries: Mapping[int, Entry]) -> dict[int, int]:
    start = len(out)
    data = start + 2 + 12 * len(entries) + 4
    fields: dict[int, int] = {}
    head, tail = bytearray(struct.pack("<H", len(entries))), bytearray()
    for tag, (kind, count, raw) in sorted(entries.items()):
        fields[tag] = start + len(head) + 8
        inline = len(raw) <= 4
        value = raw.ljust(4, b"\x00") if inline else struct.pack("<I", data + len(tail))
        head += struct.pack("<HHI", tag, kind, count) + value
        tail += b"" if inline else raw
    out += head + b"\x00\x00\x00\x00" + tail
    return fields


def gps(lat: Entry, lon: Entry, *, refs: tuple[str, str] = ("N", "E"), **more: Entry) -> dict[int, Entry]:
    """GPS tags; further ones by keyword: ``t17=...``."""
    tags = {1: text(refs[0]), 2: lat, 3: text(refs[1]), 4: lon}
    return tags | {int(name[1:]): entry for name, entry in more.items()}


def dms(degrees: int, minutes: int, seconds: float) -> Entry:
    return ratios((degrees, 1), (minutes, 1), (round(seconds * 10_000), 10_000))


def field_exif(
    taken: str = "2026:03:09 10:12:00",
    *,
    lat: Entry | None = None,
    lon: Entry | None = None,
    orientation: int = 1,
) -> bytes:
    """The EXIF an honest phone writes on site in Seoul."""
    place = gps(lat or dms(37, 29, 34.8), lon or dms(127, 1, 47.35), t16=text("T"), t17=ratios((915, 10)))
    place |= {5: (1, 1, b"\x00"), 6: ratios((412, 10)), 31: ratios((48, 10))}
    return exif_block(
        {
            MAIN: {0x010F: text("Hanbit"), 0x0110: text("HB-5"), 0x0112: short(orientation)},
            EXIF: {0x9003: text(taken)},
            GPS: place,
        }
    )


def png_header_of(width: int, height: int) -> bytes:
    """A tiny PNG that promises as many pixels as it likes."""
    packed = zlib.compress(b"\x00" * 64)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_resized_in_header(data: bytes, width: int, height: int) -> bytes:
    """A JPEG whose frame promises another size than it holds."""
    at = next(spot for spot in range(len(data)) if data[spot : spot + 2] in {b"\xff\xc0", b"\xff\xc2"})
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def without_end(data: bytes) -> bytes:
    """A JPEG that lacks only its end mark."""
    assert data.endswith(END)
    return data[: -len(END)]


@cache
def swapped_profile() -> bytes:
    """An RGB profile in which red means green: a picture that ignores it shows the wrong colour."""
    standard = bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    renamed = standard.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be")).replace(
        b"sRGB", b"swap"
    )
    return renamed.replace(b"rXYZ", b"@@@@").replace(b"gXYZ", b"rXYZ").replace(b"@@@@", b"gXYZ")


@cache
def twelve_megapixels(seed: int = 0, *, quality: int = 92) -> bytes:
    """A 4032 x 3024 photograph of about 3.5 MB with edges, textures and sensor noise, and EXIF."""
    rng = Random(seed)
    size = (4032, 3024)
    coarse = Image.frombytes("RGB", (24, 18), rng.randbytes(24 * 18 * 3)).resize(
        (1008, 756), Image.Resampling.BICUBIC
    )
    tile = Image.frombytes("L", (512, 512), rng.randbytes(512 * 512))
    noise = Image.new("L", size)
    for left in range(0, size[0], 512):
        for top in range(0, size[1], 512):
            noise.paste(tile.rotate(90 * rng.randrange(4)), (left, top))
    for _ in range(240):
        x, y = rng.randrange(1008), rng.randrange(756)
        box = (x, y, x + rng.randrange(4, 120), y + rng.randrange(4, 90))
        coarse.paste((rng.randrange(256), rng.randrange(256), rng.randrange(256)), box)
    picture = Image.blend(coarse.resize(size, Image.Resampling.BICUBIC), noise.convert("RGB"), 0.085)
    return with_exif(saved(picture, "JPEG", quality=quality), field_exif())
