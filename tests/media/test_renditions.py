"""Renditions are upright, sRGB, on white, small, and carry nothing but the picture."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from helpers import pictures
from PIL import Image, ImageCms

from fieldlog.domain.errors import PhotoRefused
from fieldlog.media.renditions import Rendition, export_bytes, make_all, make_rendition


def opened(data) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def corner(data) -> tuple[int, ...]:
    picture = opened(data)
    return picture.getpixel((picture.width // 16, picture.height // 16))


def is_red(pixel) -> bool:
    return pixel[0] > 170 and pixel[1] < 80 and pixel[2] < 80


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4032, 3024), {"SCREEN": (2016, 1512), "PAPER": (1600, 1200), "THUMBNAIL": (320, 240)}),
        ((3000, 4000), {"SCREEN": (1500, 2000), "PAPER": (1200, 1600), "THUMBNAIL": (240, 320)}),
        ((3264, 2448), {"SCREEN": (2048, 1536), "PAPER": (1600, 1200), "THUMBNAIL": (320, 240)}),
        ((1000, 500), {"SCREEN": (1000, 500), "PAPER": (1000, 500), "THUMBNAIL": (320, 160)}),
        ((200, 100), {"SCREEN": (200, 100), "PAPER": (200, 100), "THUMBNAIL": (200, 100)}),
        ((5000, 3), {"SCREEN": (2048, 2), "PAPER": (1600, 2), "THUMBNAIL": (320, 1)}),
    ],
)
def test_each_rendition_fits_its_side_and_is_never_enlarged(size, expected) -> None:
    made = make_all(pictures.jpeg(*size))
    assert {rendition.name: opened(data).size for rendition, data in made.items()} == expected


def test_a_single_rendition_is_like_the_one_made_with_the_others() -> None:
    data = pictures.jpeg(1200, 900)
    assert opened(make_rendition(data, Rendition.PAPER)).size == opened(make_all(data)[Rendition.PAPER]).size
    assert make_rendition(data, Rendition.SCREEN) == make_all(data)[Rendition.SCREEN]


@pytest.mark.parametrize("turn", range(1, 9))
def test_renditions_and_exports_stand_upright(turn) -> None:
    upright = pictures.scene((640, 480))
    undo = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }[turn]  # fmt: skip
    stored = upright if undo is None else upright.transpose(undo)
    data = pictures.with_exif(pictures.saved(stored, "JPEG"), pictures.field_exif(orientation=turn))
    for made in (*make_all(data).values(), export_bytes(data)):
        assert opened(made).width > opened(made).height
        assert is_red(corner(made))


MODES = {
    "JPEG": ("L", "CMYK", "RGB"),
    "PNG": ("1", "L", "P", "RGB", "RGBA", "LA", "I;16"),
    "TIFF": ("1", "L", "P", "CMYK", "RGB", "RGBA", "LA", "I;16", "LAB"),
}
"""What each kind of file can hold."""


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind in MODES for mode in MODES[kind]])
def test_every_colour_mode_becomes_an_rgb_jpeg(mode, kind) -> None:
    source = pictures.scene((64, 48))
    if mode == "I;16":
        source = source.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
    elif mode == "LAB":
        source = ImageCms.profileToProfile(
            source, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
        )
    else:
        source = source.convert(mode)
    small = opened(make_rendition(pictures.saved(source, kind), Rendition.THUMBNAIL))
    assert (small.mode, small.size) == ("RGB", (64, 48))
    expected = pictures.scene((64, 48)).convert("L").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert abs(small.convert("L").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) - expected) < 24


def test_transparent_parts_lie_on_white() -> None:
    clear = Image.new("RGBA", (64, 48), (10, 20, 30, 0))
    for kind in ("PNG", "WEBP", "TIFF"):
        assert (
            min(opened(make_rendition(pictures.saved(clear, kind), Rendition.SCREEN)).getpixel((30, 20)))
            > 250
        )


def test_a_palette_picture_with_transparent_entries_warns_nobody() -> None:
    palette = pictures.scene((64, 48)).convert("P", palette=Image.Palette.ADAPTIVE)
    data = pictures.saved(palette, "PNG", transparency=bytes(range(256)))
    assert opened(make_rendition(data, Rendition.SCREEN)).mode == "RGB"


def test_a_colour_profile_is_applied_and_then_dropped() -> None:
    data = pictures.jpeg(320, 240, icc_profile=pictures.swapped_profile())
    for made in (make_rendition(data, Rendition.SCREEN), export_bytes(data)):
        red, green, _ = corner(made)
        assert green > red
        assert "icc_profile" not in opened(made).info


def test_a_broken_or_mismatched_profile_is_ignored() -> None:
    for profile in (b"not a profile", pictures.swapped_profile()[:200]):
        assert is_red(corner(make_rendition(pictures.jpeg(320, 240, icc_profile=profile), Rendition.SCREEN)))
    grey = pictures.saved(
        pictures.scene((64, 48)).convert("L"), "JPEG", icc_profile=pictures.swapped_profile()
    )
    assert opened(make_rendition(grey, Rendition.SCREEN)).mode == "RGB"


def test_no_metadata_of_any_kind_survives() -> None:
    secret = "담당자 홍길동"
    jpeg = pictures.with_comment(pictures.jpeg(640, 480, exif=pictures.field_exif(), dpi=(300, 300)), secret)
    turned = pictures.with_comment(pictures.jpeg(640, 480, exif=pictures.field_exif(orientation=6)), secret)
    png = pictures.saved(pictures.scene((64, 48)), "PNG", dpi=(300, 300), exif=Image.Exif())
    for data in (jpeg, turned, png):
        for made in (*make_all(data).values(), export_bytes(data)):
            for trace in (b"Exif", b"Hanbit", b"http", secret.encode(), b"\x01\x2c\x01\x2c"):
                assert trace not in made
            assert opened(made).info.get("dpi") in {None, (1, 1)}
            assert "comment" not in opened(made).info


def test_an_upright_jpeg_is_exported_bit_for_bit_and_a_png_as_a_full_size_jpeg() -> None:
    data = pictures.jpeg(640, 480, exif=pictures.field_exif())
    assert opened(export_bytes(data)).tobytes() == opened(data).tobytes()
    assert opened(export_bytes(pictures.png(321, 123))).size == (321, 123)


def test_what_is_longer_than_a_jpeg_can_be_is_exported_as_long_as_it_can_be() -> None:
    strip = pictures.saved(Image.new("L", (66_000, 4)), "PNG")
    assert opened(export_bytes(strip)).width == 65_500
    assert max(opened(make_rendition(strip, Rendition.SCREEN)).size) <= 2048


def test_an_iphone_heic_is_rendered_upright_and_exported_as_jpeg() -> None:
    data = pictures.shared_heic()
    assert opened(make_all(data)[Rendition.SCREEN]).size == (1586, 2048)
    assert opened(export_bytes(data)).format == "JPEG"


@pytest.mark.parametrize(
    "data", [b"", b"nothing", pictures.jpeg()[:900], pictures.jpeg()[:-2000], pictures.png()[:900]]
)
def test_what_cannot_be_decoded_is_refused(data) -> None:
    for make in (make_all, export_bytes, lambda data, name: make_rendition(data, Rendition.PAPER, name)):
        with pytest.raises(PhotoRefused) as caught:
            make(data, "깨진.jpg")
        assert "깨진.jpg" in caught.value.what.ko


def test_threads_make_the_same_renditions_as_one() -> None:
    originals = [pictures.jpeg(800, 600, quality=70 + step) for step in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(make_all, originals)) == [make_all(data) for data in originals]
