"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from msgspec import Struct

from fieldlog.domain.phrase import Phrase, plain


class Format(Struct, frozen=True):
    """A kind of picture fieldlog keeps."""

    name: str
    mime: str
    decoder: str
    extensions: frozenset[str]


JPEG: Final = Format("JPEG", "image/jpeg", "JPEG", frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"}))
PNG: Final = Format("PNG", "image/png", "PNG", frozenset({".png", ".apng"}))
WEBP: Final = Format("WebP", "image/webp", "WEBP", frozenset({".webp"}))
TIFF: Final = Format("TIFF", "image/tiff", "TIFF", frozenset({".tif", ".tiff"}))
HEIC: Final = Format("HEIC", "image/heic", "HEIF", frozenset({".heic", ".heif", ".hif"}))
FORMATS: Final = (JPEG, PNG, WEBP, TIFF, HEIC)
TURNED_BY_EXIF: Final = frozenset({JPEG, PNG, WEBP})
"""Formats whose pixels come out as stored; decoders of HEIC and TIFF turn them upright themselves."""

_HEVC_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)
_NON_PICTURE_EXTENSIONS: Final = frozenset(
    {".pdf", ".hwp", ".hwpx", ".docx", ".xlsx", ".txt", ".zip", ".mp4", ".gif", ".bmp", ".avif"}
)

_STRANGERS: Final[tuple[tuple[int, bytes, Phrase], ...]] = (
    (0, b"GIF8", Phrase("GIF 그림", "a GIF image")),
    (0, b"BM", Phrase("BMP 그림", "a BMP image")),
    (0, b"8BPS", Phrase("포토샵 문서", "a Photoshop document")),
    (0, b"\x00\x00\x01\x00", Phrase("아이콘 파일", "an icon file")),
    (0, b"\xff\x0a", Phrase("JPEG XL 그림", "a JPEG XL image")),
    (0, b"\x00\x00\x00\x0cJXL ", Phrase("JPEG XL 그림", "a JPEG XL image")),
    (0, b"\x00\x00\x00\x0cjP  ", Phrase("JPEG 2000 그림", "a JPEG 2000 image")),
    (0, b"FUJIFILMCCD-RAW", Phrase("사진기 원시(RAW) 파일", "a camera raw file")),
    (0, b"IIRO", Phrase("사진기 원시(RAW) 파일", "a camera raw file")),
    (0, b"IIU\x00", Phrase("사진기 원시(RAW) 파일", "a camera raw file")),
    (4, b"ftypcrx ", Phrase("사진기 원시(RAW) 파일", "a camera raw file")),
    (4, b"ftypavif", Phrase("AVIF 그림", "an AVIF image")),
    (4, b"ftypavis", Phrase("AVIF 그림", "an AVIF image")),
    (4, b"ftyp", Phrase("동영상", "a video")),
    (4, b"moov", Phrase("동영상", "a video")),
    (0, b"\x1aE\xdf\xa3", Phrase("동영상", "a video")),
    (8, b"AVI ", Phrase("동영상", "a video")),
    (8, b"WAVE", Phrase("소리 파일", "a sound file")),
    (0, b"ID3", Phrase("소리 파일", "a sound file")),
    (0, b"%PDF", Phrase("PDF 문서", "a PDF document")),
    (0, b"\xd0\xcf\x11\xe0", Phrase("한글·오피스 문서", "an HWP or Office document")),
    (0, b"PK\x03\x04", Phrase("압축 파일 또는 오피스 문서", "a zip file or an Office document")),
    (0, b"7z\xbc\xaf", Phrase("압축 파일", "a compressed file")),
    (0, b"Rar!", Phrase("압축 파일", "a compressed file")),
    (0, b"MZ", Phrase("실행 파일", "a program")),
    (0, b"\x7fELF", Phrase("실행 파일", "a program")),
    (0, b"<svg", Phrase("SVG 그림", "an SVG drawing")),
    (0, b"<?xml", Phrase("XML 문서", "an XML document")),
    (0, b"<!DO", Phrase("웹 문서", "a web page")),
    (0, b"<html", Phrase("웹 문서", "a web page")),
)
"""Files people really drop here; the first that fits wins."""


def sniff(data: bytes) -> Format | None:
    """The picture format the bytes begin with, or None."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[:4] in {b"II*\x00", b"MM\x00*"}:
        return None if data[8:10] == b"CR" else TIFF
    if data[4:8] == b"ftyp" and data[8:12] in _HEVC_BRANDS and not _is_avif(data):
        return HEIC
    return None


def stranger(data: bytes) -> Phrase | None:
    """What a file that is none of our formats is, when its first bytes tell."""
    if data[:4] == b"II*\x00" or _is_avif(data):
        kind = Phrase("사진기 원시(RAW) 파일", "a camera raw file")
        return Phrase("AVIF 그림", "an AVIF image") if data[4:8] == b"ftyp" else kind
    for offset, magic, phrase in _STRANGERS:
        if data[offset : offset + len(magic)] == magic:
            return phrase
    if _reads_as_text(data[:512]):
        return Phrase("글자로 된 파일", "a text file")
    return None


def lying_extension(name: str, found: Format) -> Phrase | None:
    """A note when the name promises another format than the bytes hold."""
    extension = PurePath(name).suffix.lower()
    known = any(extension in each.extensions for each in FORMATS) or extension in _NON_PICTURE_EXTENSIONS
    if not known or extension in found.extensions:
        return None
    return Phrase(
        "파일 이름은 {extension}이지만 내용은 {format} 사진입니다.",
        "The name says {extension} but the content is a {format} picture.",
    ).fill(extension=plain(extension), format=plain(found.name))


def _is_avif(data: bytes) -> bool:
    """HEIF containers share brands: the compatible brands tell an AV1 picture from an HEVC one."""
    if data[4:8] != b"ftyp":
        return False
    box = data[8 : max(16, min(int.from_bytes(data[:4], "big"), 256))]
    brands = {box[start : start + 4] for start in range(0, len(box), 4)}
    return bool(brands & {b"avif", b"avis"}) and not brands & {b"heic", b"heix", b"hevc", b"hevx"}


def _reads_as_text(head: bytes) -> bool:
    if not head or b"\x00" in head:
        return False
    return all(byte >= 0x20 or byte in b"\t\r\n\x0c\x1b" for byte in head)  # noqa: PLR2004 - ASCII space
