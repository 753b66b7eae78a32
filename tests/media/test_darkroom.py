"""Decoding is quiet, coarse where it may be, and safe from many threads."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Never

import pytest
from helpers import pictures
from PIL import Image, ImageCms, _imaging

from fieldlog.domain.errors import PhotoRefused
from fieldlog.media import darkroom, formats
from fieldlog.media.renditions import export_bytes


@pytest.mark.parametrize(
    ("size", "at_least", "decoded"),
    [
        ((4032, 3024), 1843, (2016, 1512)),
        ((4032, 3024), 288, (504, 378)),
        ((3264, 2448), 1843, (3264, 2448)),
        ((100, 80), 1843, (100, 80)),
    ],
)
def test_a_jpeg_is_decoded_as_coarsely_as_its_use_allows(size, at_least, decoded) -> None:
    with darkroom.opened(pictures.jpeg(*size), "x", formats.JPEG) as picture:
        assert darkroom.decode(picture, 1, at_least=at_least).size == decoded


def test_a_large_png_is_coarsened_before_anything_else() -> None:
    with darkroom.opened(pictures.png(1300, 900), "x", formats.PNG) as picture:
        assert darkroom.decode(picture, 1, at_least=300).size == (325, 225)


def test_pillows_warnings_are_heard_by_nobody() -> None:
    many = pictures.tiff(tiffinfo={305: "x"})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for data, found in ((many[:-3], formats.TIFF), (pictures.tiff(), formats.TIFF)):
            try:
                with darkroom.opened(data, "x", found) as picture:
                    darkroom.decode(picture, 1)
            except PhotoRefused:
                continue


def test_the_warning_filters_are_as_before_after_many_threads() -> None:
    before = list(warnings.filters)
    data = pictures.jpeg(200, 150)

    def once(_) -> tuple[int, int]:
        with darkroom.opened(data, "x", formats.JPEG) as picture:
            return darkroom.decode(picture, 1).size

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(once, range(64))) == {(200, 150)}
    assert warnings.filters == before


def test_an_error_while_decoding_becomes_a_refusal_with_its_cause() -> Never:
    with pytest.raises(PhotoRefused) as caught, darkroom.opened(pictures.jpeg(), "현장.jpg", formats.JPEG):
        raise OSError("broken data stream")
    assert isinstance(caught.value.__cause__, OSError)


def test_srgb_and_missing_profiles_need_no_conversion() -> None:
    standard = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert darkroom.is_standard(None)
    assert darkroom.is_standard(standard)
    assert not darkroom.is_standard(pictures.swapped_profile())


def test_grey_of_sixteen_and_thirty_two_bits_is_spread_not_clipped() -> None:
    ramp = Image.new("I", (256, 1))
    ramp.putdata([value * 257 for value in range(256)])
    assert list(darkroom._eight_bits(ramp).get_flattened_data()) == pytest.approx(list(range(256)), abs=1)
    real = Image.new("F", (3, 1))
    real.putdata([-1.0, 0.0, 1.0])
    assert list(darkroom._eight_bits(real).get_flattened_data()) == pytest.approx([0, 127, 255], abs=1)
    assert darkroom._eight_bits(Image.new("F", (2, 1), float("nan"))).mode == "L"


def test_the_program_starts_without_pillow() -> None:
    code = (
        "import sys, fieldlog.media.recognition, fieldlog.media.exif, fieldlog.media.renditions,"
        " fieldlog.media.practice_pictures; sys.exit('PIL' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_twelve_megapixels_lie_in_one_piece_of_memory_that_nobody_waits_for(kind) -> None:
    data = pictures.saved(Image.new("RGB", (4032, 3024)), kind)
    with darkroom.opened(data, "x", next(each for each in formats.FORMATS if each.name == kind)) as picture:
        before = _imaging.get_stats()["new_count"], _imaging.get_stats()["allocated_blocks"]
        picture.load()
        after = _imaging.get_stats()["new_count"], _imaging.get_stats()["allocated_blocks"]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1]


def test_only_a_jpeg_is_handed_to_its_decoder_in_one_go() -> None:
    noisy = pictures.saved(Image.effect_noise((1600, 1200), 90), "JPEG", quality=95)
    with darkroom.opened(noisy, "x", formats.JPEG) as picture:
        assert picture.decodermaxblock == max(len(noisy), darkroom.PORTION)
    with darkroom.opened(pictures.tiff(1600, 1200), "x", formats.TIFF) as picture:
        assert picture.decodermaxblock == darkroom.PORTION


ENOUGH_FOR_THE_WINDOW = 40
"""Milliseconds: the window may be held up for 50, its own work included."""


@pytest.mark.skipif(
    not Path("/proc/thread-self/schedstat").exists(), reason="this system keeps no such record"
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_other_threads_go_on_while_a_large_picture_is_opened(kind) -> None:
    data = pictures.saved(pictures.scene((4032, 3024)), kind, **({"method": 0} if kind == "WEBP" else {}))
    assert min(_withheld(data) for _ in range(4)) < ENOUGH_FOR_THE_WINDOW


def _withheld(data: bytes) -> float:
    """Milliseconds at most for which the interpreter was not to be had while a picture was exported.

    Waiting for a processor does not count, neither ours nor that of the thread that works.
    """
    worker = threading.Thread(target=export_bytes, args=(data,))
    longest = 0.0
    worker.start()
    tasks = [f"/proc/self/task/{each}/schedstat" for each in (threading.get_native_id(), worker.native_id)]
    with contextlib.suppress(OSError):  # the worker's record ends with it
        last = time.perf_counter(), _queued(tasks)
        while worker.is_alive():
            time.sleep(0.0005)
            now = time.perf_counter(), _queued(tasks)
            longest = max(longest, 1e3 * (now[0] - last[0]) - (now[1] - last[1]))
            last = now
    worker.join()
    return longest


def _queued(tasks: list[str]) -> float:
    return sum(int(Path(task).read_text().split()[1]) for task in tasks) / 1e6
