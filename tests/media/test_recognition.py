"""Every file dropped on the window is a known picture or is refused with a reason."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from helpers import pictures
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from fieldlog.domain.errors import PhotoRefused
from fieldlog.media.exif import read_facts
from fieldlog.media.limits import LIMITS, Limits
from fieldlog.media.recognition import FIRST_OF_SEVERAL, UNENDED, recognise
from fieldlog.media.renditions import Rendition, export_bytes, make_all, make_rendition

if TYPE_CHECKING:
    from fieldlog.domain.phrase import Phrase


def refusal(data, name="현장.jpg", limits=LIMITS) -> Phrase:
    with pytest.raises(PhotoRefused) as caught:
        recognise(data, name, limits)
    assert name in caught.value.what.ko
    assert caught.value.how.ko
    assert caught.value.how.en
    return caught.value.why


@pytest.mark.parametrize(
    ("data", "form", "mime"),
    [
        (pictures.jpeg(320, 240), "JPEG", "image/jpeg"),
        (pictures.png(), "PNG", "image/png"),
        (pictures.webp(), "WebP", "image/webp"),
        (pictures.tiff(), "TIFF", "image/tiff"),
    ],
)
def test_each_format_is_recognised_with_its_size(data, form, mime) -> None:
    picture = recognise(data, "사진")
    assert (picture.format, picture.mime, picture.width, picture.height) == (form, mime, 320, 240)
    assert picture.notes == ()


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_size_is_that_of_the_upright_picture(kind, turn) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    data = pictures.saved(pictures.scene((320, 200)), kind, exif=exif)
    picture = recognise(data, "사진")
    assert (picture.width, picture.height) == ((200, 320) if turn >= 5 else (320, 200))
    with pictures_opened(make_rendition(data, Rendition.THUMBNAIL)) as seen:
        assert (seen.width > seen.height) == (turn < 5)


def pictures_opened(data) -> Image.Image:
    return Image.open(BytesIO(data))


def test_an_iphone_heic_is_recognised() -> None:
    picture = recognise(pictures.shared_heic(), "IMG_5195.HEIC")
    assert (picture.format, picture.mime) == ("HEIC", "image/heic")
    assert (picture.width, picture.height) == (2566, 3313)


def test_a_picture_under_another_name_is_kept_with_a_note() -> None:
    assert "JPEG 사진" in recognise(pictures.jpeg(), "현장.heic").notes[0].ko


def test_the_first_of_several_frames_is_shown_and_said() -> None:
    frames = [pictures.scene((64, 48), seed=seed) for seed in (1, 2, 3)]
    for kind in ("TIFF", "WEBP", "PNG"):
        data = pictures.saved(frames[0], kind, save_all=True, append_images=frames[1:])
        assert recognise(data, "x").notes == (FIRST_OF_SEVERAL,)
        assert make_all(data)


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"").ko == "빈 파일(0바이트)입니다."


@pytest.mark.parametrize(
    ("data", "korean"),
    [
        (b"%PDF-1.7\n" + bytes(100), "사진이 아니라 PDF 문서입니다."),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(50), "사진이 아니라 동영상입니다."),
        (b"GIF89a" + bytes(50), "사진이 아니라 GIF 그림입니다."),
        (bytes(range(1, 9)) * 30, "사진 파일이 아닙니다."),
        ("회의록".encode(), "사진이 아니라 글자로 된 파일입니다."),
    ],
)
def test_renamed_files_are_refused_by_what_they_are(data, korean) -> None:
    assert refusal(data).ko == korean


@pytest.mark.parametrize("size", [(100_000, 100_000), (20_000, 8_000), (2**31 - 1, 2**31 - 1)])
def test_decompression_bombs_are_refused_before_they_unpack(size) -> None:
    why = refusal(pictures.png_header_of(*size), "폭탄.png")
    assert "화소가 지나치게" in why.ko or "기억 공간" in why.ko or "손상" in why.ko


def test_a_jpeg_that_promises_too_many_pixels_is_refused() -> None:
    assert "백만 화소" in refusal(pictures.jpeg_resized_in_header(pictures.jpeg(), 65_000, 4_000)).ko


def test_a_panorama_of_120_megapixels_is_accepted() -> None:
    assert recognise(pictures.png_header_of(30_000, 4_000), "파노라마.png").width == 30_000


def test_a_file_over_fifty_megabytes_is_refused() -> None:
    data = pictures.jpeg()
    assert "50MB" in refusal(data + bytes(50_000_001 - len(data))).ko
    assert refusal(data, limits=Limits(max_bytes=1000)).en.startswith("The file is")


@pytest.mark.parametrize("maker", [pictures.jpeg, pictures.png, pictures.webp, pictures.tiff])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.98])
def test_a_picture_cut_in_the_middle_is_refused(maker, share) -> None:
    data = maker()
    why = refusal(data[: int(len(data) * share)])
    assert "잘려" in why.ko or "손상" in why.ko


def test_a_heic_cut_in_the_middle_is_refused() -> None:
    data = pictures.shared_heic()
    assert "잘려" in refusal(data[: len(data) // 2]).ko


def test_a_jpeg_that_lacks_only_its_end_mark_is_kept_with_a_note() -> None:
    data = pictures.without_end(pictures.jpeg(640, 480, exif=pictures.field_exif()))
    assert recognise(data, "현장.jpg").notes == (UNENDED,)
    assert recognise(data + bytes(5000), "현장.jpg").notes == (UNENDED,)
    assert set(make_all(data)) == set(Rendition)
    assert export_bytes(data).endswith(b"\xff\xd9")


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("missing", [12, 100, 4000])
def test_a_jpeg_that_lacks_pixels_is_refused_even_when_padded_with_zeros(missing, progressive) -> None:
    data = pictures.jpeg(640, 480, progressive=progressive)
    cut = data[:-missing]
    assert "잘려" in refusal(cut).ko
    assert "잘려" in refusal(cut + bytes(missing)).ko


def test_what_a_phone_appends_after_the_picture_is_no_fault() -> None:
    assert recognise(pictures.jpeg() + b"SEFT" + bytes(300), "현장.jpg").notes == ()


@pytest.mark.parametrize("tags", [{50706: b"\x01\x04\x00\x00"}, {254: 1}])
def test_a_raw_file_in_tiff_clothes_is_refused(tags) -> None:
    assert "원시" in refusal(pictures.tiff(tiffinfo=tags), "사진.dng").ko


@settings(max_examples=150)
@given(st.data())
def test_flipped_bytes_give_a_picture_or_a_refusal_and_never_a_crash(data) -> None:
    maker = data.draw(st.sampled_from([pictures.jpeg, pictures.png, pictures.webp, pictures.tiff]))
    broken = bytearray(maker(48, 36))
    for _ in range(data.draw(st.integers(1, 10))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        picture = recognise(bytes(broken), "깨진 사진")
        assert picture.width > 0
        assert picture.height > 0
        make_all(bytes(broken), "깨진 사진")
        export_bytes(bytes(broken), "깨진 사진")
    except PhotoRefused as error:
        assert error.why.ko  # noqa: PT017 - either answer is right
    read_facts(bytes(broken))


def test_every_file_beside_the_checkout_gets_an_answer() -> None:
    seen = 0
    for path in pictures.shared_photos():
        data = path.read_bytes()
        picture = recognise(data, path.name)
        made = make_all(data, path.name)
        bare = export_bytes(data, path.name)
        assert picture.width * picture.height > 0
        for rendition, small in made.items():
            with pictures_opened(small) as opened:
                assert max(opened.size) <= rendition.value
                assert not opened.getexif()
        with pictures_opened(bare) as opened:
            assert opened.size == (picture.width, picture.height)
            assert not opened.getexif()
            assert set(opened.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "adobe",
                "adobe_transform",
                "progressive",
                "progression",
            }
        seen += 1
    assert seen > 40
