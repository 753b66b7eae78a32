"""The stage's camera sees the world in perspective."""

from __future__ import annotations

from random import Random

import pytest
from PIL import Image

from fieldlog.media.scenery import stage, textures


def test_far_things_are_nearer_to_the_horizon_and_smaller() -> None:
    play = stage.Stage(Random(1), stage.DAY, pitch=10)
    near, far = play.at(0, 0, 3), play.at(0, 0, 30)
    assert near[1] > far[1] > play.horizon
    assert play.metre(3) > 8 * play.metre(30)
    assert play.at(0, 1.5, 1_000_000)[1] == pytest.approx(play.horizon, abs=0.1)


def test_a_laid_texture_covers_its_patch_of_ground_and_nothing_else() -> None:
    play = stage.Stage(Random(1), stage.DAY, pitch=10)
    play.ground((0, 0, 0))
    play.lay(Image.new("RGB", (10, 10), (255, 0, 0)), (-1, 1), (3, 5))
    inside, outside = play.at(0, 0, 4), play.at(2, 0, 4)
    assert play.picture.getpixel((round(inside[0]), round(inside[1]))) == (255, 0, 0)
    assert play.picture.getpixel((round(outside[0]), round(outside[1]))) == (0, 0, 0)


def test_a_texture_is_not_mirrored_when_it_is_laid() -> None:
    play = stage.Stage(Random(1), stage.DAY, pitch=10)
    mark = Image.new("RGB", (10, 10), (0, 0, 255))
    mark.paste((255, 0, 0), (0, 5, 5, 10))
    play.lay(mark, (-1, 1), (3, 5))
    near_left, far_right = play.at(-0.5, 0, 3.5), play.at(0.5, 0, 4.5)
    assert play.picture.getpixel((round(near_left[0]), round(near_left[1]))) == (255, 0, 0)
    assert play.picture.getpixel((round(far_right[0]), round(far_right[1]))) == (0, 0, 255)


def test_things_out_of_view_are_no_trouble() -> None:
    play = stage.Stage(Random(1), stage.DAY, pitch=10)
    play.lay(Image.new("RGB", (4, 4)), (100, 101), (3, 4))
    play.glow((50, 3, 5), 1, (255, 255, 255))
    assert play.finished().size == stage.FINISHED


@pytest.mark.parametrize("pitch", [-30, 60])
def test_a_camera_that_sees_only_sky_or_only_ground_still_takes_a_picture(pitch) -> None:
    assert stage.Stage(Random(1), stage.NIGHT, pitch=pitch).finished().size == stage.FINISHED


def test_textures_are_the_same_for_the_same_seed() -> None:
    makers = (textures.asphalt, textures.foliage, textures.water)
    for make in makers:
        assert make(Random(5), (60, 40)).tobytes() == make(Random(5), (60, 40)).tobytes()
        assert make(Random(5), (60, 40)).tobytes() != make(Random(6), (60, 40)).tobytes()
