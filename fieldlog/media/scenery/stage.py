"""A camera over a ground plane: flat textures are laid on the ground or stood up, things are placed in metres.

World: x to the right, y up, z away from the camera, in metres. Screen: pixels of a 1200 x 900 canvas,
enlarged at the end, which also softens the drawn edges as a lens does.
"""

from __future__ import annotations

from functools import cache
from math import cos, radians, sin
from random import Random
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from fieldlog.media.scenery import textures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image as Pixels

    from fieldlog.media.scenery.textures import Colour, Point, Size

CANVAS: Final = (1200, 900)
FINISHED: Final = (1600, 1200)
Spot = tuple[float, float, float]


class Mood(Struct, frozen=True):
    """The light of the hour: sky above and at the horizon, a tint over everything, how dark it is."""

    zenith: Colour
    horizon: Colour
    tint: Colour
    night: float = 0.0
    overcast: bool = False


DAY: Final = Mood((112, 158, 212), (214, 226, 234), (255, 252, 246))
MORNING: Final = Mood((128, 164, 206), (240, 224, 200), (255, 244, 226))
EVENING: Final = Mood((96, 116, 160), (244, 196, 150), (255, 226, 198))
OVERCAST: Final = Mood((176, 184, 190), (212, 214, 214), (236, 240, 242), overcast=True)
NIGHT: Final = Mood((24, 30, 56), (78, 76, 98), (176, 184, 222), night=1.0)


class Stage:
    """One picture being painted."""

    def __init__(self, rng: Random, mood: Mood, *, height: float = 1.5, pitch: float = 10.0) -> None:
        self.rng = rng
        self.detail = Random(rng.random())  # noqa: S311 - paint, not secrets
        """Chance for what differs between before and after, so that the place itself stays the same."""
        self.mood = mood
        self.picture = Image.new("RGB", CANVAS)
        self._height = height
        self._sin, self._cos = sin(radians(pitch)), cos(radians(pitch))
        self._focal = 0.95 * CANVAS[0]
        self.draw = ImageDraw.Draw(self.picture, "RGBA")
        self.glows: list[tuple[Point, float, Colour]] = []
        self._sky()

    @property
    def horizon(self) -> float:
        """Screen row of the horizon."""
        return CANVAS[1] / 2 - self._focal * self._sin / self._cos

    def at(self, x: float, y: float, z: float) -> Point:
        """Where a spot of the world is seen on the canvas."""
        rise = y - self._height
        depth = max(0.05, z * self._cos - rise * self._sin)
        up = rise * self._cos + z * self._sin
        return CANVAS[0] / 2 + self._focal * x / depth, CANVAS[1] / 2 - self._focal * up / depth

    def metre(self, z: float) -> float:
        """Pixels of one metre standing on the ground ``z`` metres away."""
        return abs(self.at(0, 1, z)[1] - self.at(0, 0, z)[1])

    def ground(self, colour: Colour) -> None:
        """Fill everything below the horizon."""
        top = min(self.horizon, CANVAS[1])
        self.draw.rectangle((0, top, *CANVAS), fill=colour)

    def lay(self, texture: Pixels, x: tuple[float, float], z: tuple[float, float], *, y: float = 0) -> None:
        """Lay a texture flat on the ground: its lower edge is the near one."""
        self.hang(texture, (x[0], y, z[1]), (x[1], y, z[1]), (x[1], y, z[0]), (x[0], y, z[0]))

    def stand(self, texture: Pixels, start: Spot, end: Spot, height: float) -> None:
        """Stand a texture upright on the line from ``start`` to ``end``."""
        top = start[1] + height, end[1] + height
        self.hang(texture, (start[0], top[0], start[2]), (end[0], top[1], end[2]), end, start)

    def hang(self, texture: Pixels, *corners: Spot) -> None:
        """Stretch a texture over four spots, clockwise from its top left corner."""
        screen = [self.at(*corner) for corner in corners]
        left = max(0, int(min(x for x, _ in screen)) - 1)
        top = max(0, int(min(y for _, y in screen)) - 1)
        right = min(CANVAS[0], int(max(x for x, _ in screen)) + 2)
        bottom = min(CANVAS[1], int(max(y for _, y in screen)) + 2)
        if right <= left or bottom <= top:
            return
        local = [(x - left, y - top) for x, y in screen]
        size = (right - left, bottom - top)
        width, height = texture.size
        inner = [(1.0, 1.0), (width - 1.0, 1.0), (width - 1.0, height - 1.0), (1.0, height - 1.0)]
        coefficients = _homography(local, inner)
        warped = texture.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon(local, fill=255)
        if texture.mode == "RGBA":
            mask = ImageChops.multiply(mask, warped.getchannel("A"))
        self.picture.paste(warped.convert("RGB"), (left, top), mask)

    def polygon(self, spots: Sequence[Spot], colour: tuple[int, ...]) -> None:
        """A flat face through spots of the world."""
        self.draw.polygon([self.at(*spot) for spot in spots], fill=colour)

    def line(self, start: Spot, end: Spot, colour: tuple[int, ...], *, thick: float = 0.05) -> None:
        """A bar between two spots, ``thick`` metres."""
        width = max(1, round(self.metre((start[2] + end[2]) / 2) * thick))
        self.draw.line((self.at(*start), self.at(*end)), fill=colour, width=width)

    def shadow(self, x: float, z: float, radius: float, *, strength: float = 0.5) -> None:
        """A soft contact shadow on the ground."""
        near, far = self.at(x - radius, 0, z - radius * 0.7), self.at(x + radius, 0, z + radius * 0.7)
        outline = [(near[0], near[1]), (far[0], near[1]), (far[0], far[1]), (near[0], far[1])]
        blur = max(3.0, abs(near[1] - far[1]) * 0.35)
        textures.shade(self.picture, outline, blur=blur, colour=(18, 18, 22), strength=strength)

    def glow(self, spot: Spot, radius: float, colour: Colour) -> None:
        """Light around a lamp, added when the picture is finished; the radius is in metres."""
        self.glows.append((self.at(*spot), radius * self.metre(spot[2]), colour))

    def soften_distance(self, blur: float = 1.6) -> None:
        """Blur what has been painted above and just below the horizon."""
        bottom = min(CANVAS[1], max(1, int(self.horizon) + 24))
        band = self.picture.crop((0, 0, CANVAS[0], bottom))
        self.picture.paste(band.filter(ImageFilter.BoxBlur(blur)), (0, 0))

    def finished(self) -> Pixels:
        """Haze, light, lens and grain on top, in the final size."""
        picture = self._hazed(self.picture)
        picture = ImageChops.multiply(picture, _lens(self.mood.tint))
        for centre, radius, colour in self.glows:
            _glow(picture, centre, radius, colour)
        picture = textures.lit(picture, textures.grain(self.rng, CANVAS), 0.075 + 0.05 * self.mood.night)
        return picture.resize(FINISHED, Image.Resampling.BILINEAR)

    def _sky(self) -> None:
        depth = max(1, int(self.horizon) + 40)
        ramp = Image.linear_gradient("L").resize((CANVAS[0], depth), Image.Resampling.BILINEAR)
        sky = Image.composite(
            Image.new("RGB", ramp.size, self.mood.horizon),
            Image.new("RGB", ramp.size, self.mood.zenith),
            ramp,
        )
        if not self.mood.night:
            cover = textures.clouds(self.rng, ramp.size, 7)
            cover = Image.blend(cover, textures.clouds(self.rng, ramp.size, 19), 0.38)
            cover = Image.blend(cover, textures.clouds(self.rng, ramp.size, 47), 0.16)
            floor = 90 if self.mood.overcast else 132
            mask = cover.point([min(200, round(max(0, value - floor) * 2.6)) for value in range(256)])
            white = (226, 228, 230) if self.mood.overcast else (250, 250, 250)
            sky.paste(Image.new("RGB", ramp.size, white), (0, 0), mask)
        self.picture.paste(sky, (0, 0))
        self.ground((120, 120, 118))

    def _hazed(self, picture: Pixels) -> Pixels:
        """Paler towards the horizon, as far things are."""
        reach, horizon = 130, round(self.horizon)
        top, bottom = max(0, horizon - reach), min(CANVAS[1], horizon + reach)
        if bottom <= top:
            return picture
        mask = Image.new("L", (1, bottom - top))
        mask.putdata([round(46 * (1 - abs(row - horizon) / reach)) for row in range(top, bottom)])
        veil = Image.new("RGB", (CANVAS[0], bottom - top), self.mood.horizon)
        picture.paste(veil, (0, top), mask.resize(veil.size))
        return picture


@cache
def _lens(tint: Colour) -> Pixels:
    return ImageChops.multiply(textures.vignette(CANVAS), Image.new("RGB", CANVAS, tint))


def _glow(picture: Pixels, centre: Point, radius: float, colour: Colour) -> None:
    side = max(8, round(2 * radius))
    disc = Image.radial_gradient("L").resize((side, side), Image.Resampling.BILINEAR)
    fade = disc.point([round(max(0, 1 - value / 180) ** 2.2 * 235) for value in range(256)])
    light = Image.merge("RGB", [fade.point([value * part // 255 for value in range(256)]) for part in colour])
    left, top = round(centre[0] - side / 2), round(centre[1] - side / 2)
    box = (max(0, left), max(0, top), min(CANVAS[0], left + side), min(CANVAS[1], top + side))
    if box[2] <= box[0] or box[3] <= box[1]:
        return
    part = light.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top))
    picture.paste(ImageChops.screen(picture.crop(box), part), box[:2])


def _homography(source: Sequence[Point], target: Sequence[Point]) -> list[float]:
    """The eight numbers of the projective map that takes each source point to its target."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column][column] or 1e-12
        rows[column] = [value / lead for value in rows[column]]
        for row in range(size):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [value - factor * by for value, by in zip(rows[row], rows[column], strict=True)]
    return [row[size] for row in rows]


def canvas(size: Size, colour: tuple[int, ...] = (0, 0, 0, 0)) -> Pixels:
    """An empty transparent texture to paint a standing thing on."""
    return Image.new("RGBA", size, colour)
