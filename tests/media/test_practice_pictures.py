"""Practice photographs look like places, differ before and after, and carry honest EXIF."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from fieldlog.domain.clock import KST
from fieldlog.media.exif import read_facts
from fieldlog.media.practice_pictures import CAMERA, SCENES, draw_practice_picture
from fieldlog.media.recognition import recognise

NOON = datetime(2026, 3, 9, 12, 10, 30, tzinfo=KST)


def drawn(scene, *, seed=3, phase="BEFORE", taken_at=NOON, caption=None) -> bytes:
    return draw_practice_picture(
        scene,
        seed=seed,
        taken_at=taken_at,
        lat=37.49312,
        lon=127.02987,
        heading=271.6,
        phase=phase,
        caption=caption,
    )


def pixels(data) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB").resize((160, 120))


def difference(first, second) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(pixels(first), pixels(second))).mean) / 3


@pytest.mark.parametrize("scene", SCENES)
def test_each_scene_is_a_picture_with_light_and_detail_that_changes_when_work_is_done(scene) -> None:
    before = drawn(scene)
    picture = recognise(before, "연습.jpg")
    assert (picture.format, picture.width, picture.height) == ("JPEG", 1600, 1200)
    spread = ImageStat.Stat(pixels(before).convert("L"))
    assert spread.stddev[0] > 18
    assert 30 < spread.mean[0] < 220
    assert 150_000 < len(before) < 900_000
    if scene != "generic":
        assert difference(before, drawn(scene, phase="AFTER")) > 0.7


def test_the_same_arguments_give_the_same_bytes_and_another_seed_another_place() -> None:
    assert drawn("pothole") == drawn("pothole")
    assert difference(drawn("pothole"), drawn("pothole", seed=4)) > 4


def test_before_and_after_show_the_same_place() -> None:
    before, after = pixels(drawn("pothole")), pixels(drawn("pothole", phase="AFTER"))
    upper = (0, 0, 160, 40)
    assert sum(ImageStat.Stat(ImageChops.difference(before.crop(upper), after.crop(upper))).mean) / 3 < 5


def test_a_crossing_at_night_is_darker_than_by_day() -> None:
    night = drawn("crossing", taken_at=NOON.replace(hour=21))
    assert (
        ImageStat.Stat(pixels(night).convert("L")).mean
        < ImageStat.Stat(pixels(drawn("crossing")).convert("L")).mean
    )


def test_an_unknown_scene_is_a_plain_street() -> None:
    assert drawn("volcano", seed=3)[:3] == b"\xff\xd8\xff"


def test_the_exif_tells_time_place_direction_and_camera() -> None:
    facts = read_facts(drawn("wall", caption="배부름 구간 측면"))
    assert facts.taken_at == "2026-03-09T12:10:30+09:00"
    assert (facts.lat, facts.lon) == (pytest.approx(37.49312, abs=1e-6), pytest.approx(127.02987, abs=1e-6))
    assert (facts.heading_deg, facts.gps_acc) == (272, 5.0)
    assert (facts.camera_make, facts.camera_model) == CAMERA
    assert (facts.absences, facts.remarks) == ((), ())


def test_a_place_on_the_other_half_of_the_globe_is_told_too() -> None:
    data = draw_practice_picture("field", seed=1, taken_at=NOON, lat=-33.9, lon=-70.5, heading=0)
    facts = read_facts(data)
    assert (facts.lat, facts.lon, facts.heading_deg) == (-33.9, -70.5, 0)
