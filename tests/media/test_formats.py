"""Files are told apart by what they hold, not by what they are called."""

from __future__ import annotations

import pytest
from helpers import pictures

from fieldlog.media import formats


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pictures.jpeg(16, 16), formats.JPEG),
        (pictures.png(16, 16), formats.PNG),
        (pictures.webp(16, 16), formats.WEBP),
        (pictures.tiff(16, 16), formats.TIFF),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", formats.HEIC),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", formats.HEIC),
    ],
)
def test_each_kept_format_is_known_by_its_first_bytes(data, found) -> None:
    assert formats.sniff(data) is found


@pytest.mark.parametrize(
    ("data", "korean"),
    [
        (b"%PDF-1.7", "PDF 문서"),
        (b"GIF89a", "GIF 그림"),
        (b"PK\x03\x04....", "압축 파일 또는 오피스 문서"),
        (b"\xd0\xcf\x11\xe0....", "한글·오피스 문서"),
        (b"\x00\x00\x00\x18ftypmp42", "동영상"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf", "AVIF 그림"),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf", "AVIF 그림"),
        (b"II*\x00\x10\x00\x00\x00CR\x02\x00", "사진기 원시(RAW) 파일"),
        ("그냥 글".encode(), "글자로 된 파일"),
    ],
)
def test_strangers_are_named(data, korean) -> None:
    assert formats.sniff(data) is None
    kind = formats.stranger(data)
    assert kind is not None
    assert kind.ko == korean


def test_bytes_without_meaning_have_no_name() -> None:
    assert formats.stranger(b"\x00\x01\x02\x03" * 8) is None


@pytest.mark.parametrize("name", ["a.jpg", "a.JPEG", "a", "a.사진", "IMG_1.jpg.backup"])
def test_a_true_or_unknown_extension_is_not_remarked_upon(name) -> None:
    assert formats.lying_extension(name, formats.JPEG) is None


def test_a_picture_under_another_formats_name_is_remarked_upon() -> None:
    note = formats.lying_extension("현장.png", formats.JPEG)
    assert note is not None
    assert note.ko == "파일 이름은 .png이지만 내용은 JPEG 사진입니다."
