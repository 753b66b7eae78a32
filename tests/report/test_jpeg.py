import contextlib
import io

import pytest
from helpers.dossiers import jpeg
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from fieldlog.report.jpeg import NoJpeg, bare


def _with_exif() -> bytes:
    image = Image.new("RGB", (64, 48), (120, 90, 60))
    exif = Image.Exif()
    exif[0x010F] = "카메라 회사".encode().decode("latin-1")
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    made = io.BytesIO()
    image.save(made, "JPEG", exif=exif, comment=b"who took it")
    return made.getvalue()


def test_the_picture_stays_and_everything_told_beside_it_goes() -> None:
    before = _with_exif()
    assert b"Exif" in before
    after = bare(before)
    assert b"Exif" not in after.data
    assert b"who took it" not in after.data
    assert list(Image.open(io.BytesIO(after.data)).get_flattened_data()) == list(
        Image.open(io.BytesIO(before)).get_flattened_data()
    )


def test_the_size_and_the_colours_are_read() -> None:
    made = bare(jpeg(320, 200))
    assert (made.width, made.height, made.colours) == (320, 200, 3)


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("progressive", [False, True])
def test_grey_and_colour_baseline_and_progressive_are_taken(mode, progressive) -> None:
    made = io.BytesIO()
    Image.new(mode, (40, 30)).save(made, "JPEG", progressive=progressive)
    assert bare(made.getvalue()).colours == len(mode)


def test_cmyk_is_refused_because_archives_want_one_colour_space() -> None:
    made = io.BytesIO()
    Image.new("CMYK", (40, 30)).save(made, "JPEG")
    with pytest.raises(NoJpeg):
        bare(made.getvalue())


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n" + b"x" * 100, b"\xff\xd8\xff\xc0\x00\x04ab"]
)
def test_what_is_no_jpeg_is_refused(data) -> None:
    with pytest.raises(NoJpeg):
        bare(data)


@given(st.binary(max_size=300), st.integers(0, 400))
def test_damaged_bytes_give_a_jpeg_or_a_refusal_and_nothing_else(noise, at) -> None:
    whole = jpeg(32, 24)
    with contextlib.suppress(NoJpeg):
        bare(whole[:at] + noise + whole[at + len(noise) :])


@given(st.integers(0, 700))
def test_a_jpeg_cut_short_gives_a_jpeg_or_a_refusal(at) -> None:
    with contextlib.suppress(NoJpeg):
        bare(jpeg(32, 24)[:at])
