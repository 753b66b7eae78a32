"""The segments of JPEG files, and copies that carry nothing but the picture."""

from __future__ import annotations

from io import BytesIO

import pytest
from helpers import pictures
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from fieldlog.media import jpeg


def test_the_header_names_every_segment_up_to_the_first_scan() -> None:
    data = pictures.with_comment(pictures.jpeg(64, 48, exif=pictures.field_exif()), "note")
    markers = [segment.marker for segment in jpeg.header(data)]
    assert markers[:2] == [0xFE, jpeg.EXIF]
    assert markers[-1] == jpeg.SCAN


@pytest.mark.parametrize("progressive", [False, True])
def test_the_end_is_found_before_what_a_phone_appended(progressive) -> None:
    data = pictures.jpeg(200, 150, progressive=progressive)
    assert jpeg.has_end(data)
    assert jpeg.has_end(data + b"MotionPhoto_Data" + bytes(4000))
    assert jpeg.has_end(data + bytes(4096))
    assert not jpeg.has_end(pictures.without_end(data) + b"MotionPhoto_Data")


def test_an_end_mark_inside_the_embedded_thumbnail_is_not_the_end() -> None:
    thumbnail = pictures.jpeg(16, 16)
    block = pictures.exif_block({0: {0x927C: (pictures.UNDEFINED, len(thumbnail), thumbnail)}})
    data = pictures.with_exif(pictures.jpeg(200, 150), block)
    assert not jpeg.has_end(data[: len(data) // 2] + b"x")


@pytest.mark.parametrize("progressive", [False, True])
def test_a_bare_copy_has_the_same_pixels_and_none_of_the_metadata(progressive) -> None:
    whole = pictures.jpeg(320, 240, progressive=progressive, dpi=(300, 300))
    data = (
        pictures.with_comment(pictures.with_exif(whole, pictures.field_exif()), "담당자 이름")
        + b"appended video"
    )
    bare = jpeg.without_metadata(data)
    assert bare is not None
    for secret in (b"Exif", b"Hanbit", "담당자".encode(), b"appended", b"\x01\x2c"):
        assert secret not in bare[:400]
        assert secret == b"\x01\x2c" or secret not in bare
    with Image.open(BytesIO(data)) as first, Image.open(BytesIO(bare)) as second:
        assert ImageChops.difference(first.convert("RGB"), second.convert("RGB")).getbbox() is None
        assert not second.getexif()


def test_a_cut_file_has_no_bare_copy() -> None:
    data = pictures.jpeg(320, 240)
    assert jpeg.without_metadata(data[:-200]) is None
    assert jpeg.without_metadata(data[:60]) is None


@given(st.binary(max_size=300))
def test_no_bytes_confuse_the_walker(tail) -> None:
    data = jpeg.START + tail
    segments = list(jpeg.header(data))
    assert all(0 < segment.start < segment.end <= len(data) for segment in segments)
    jpeg.has_end(data)
    jpeg.without_metadata(data)
