"""Things that stand about in a Korean street: buildings, trees, poles, cones, cars, barriers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFilter

from fieldlog.media.scenery import textures
from fieldlog.media.scenery.stage import CANVAS, Stage, canvas

if TYPE_CHECKING:
    from fieldlog.media.scenery.textures import Colour

WALLS: Final[tuple[Colour, ...]] = (
    (168, 106, 84), (150, 88, 70), (204, 196, 180), (184, 178, 168), (214, 206, 190), (176, 186, 194),
)  # fmt: skip
CARS: Final[tuple[Colour, ...]] = (
    (226, 228, 230), (58, 60, 64), (142, 146, 152), (84, 96, 122), (132, 44, 40),
)  # fmt: skip


def darker(colour: Colour, share: float) -> Colour:
    """A colour with that share of its light."""
    return (round(colour[0] * share), round(colour[1] * share), round(colour[2] * share))


def hills(stage: Stage, *, rise: float = 90, colour: Colour = (104, 124, 116)) -> None:
    """Two ridges of wooded hills behind everything, paler with distance."""
    for layer, share in ((0, 1.0), (1, 0.62)):
        line: list[tuple[float, float]] = [(0, stage.horizon + 6)]
        level = stage.rng.uniform(0.4, 0.9)
        for step in range(25):
            level = min(1.0, max(0.15, level + stage.rng.uniform(-0.16, 0.16)))
            line.append((CANVAS[0] * step / 24, stage.horizon - rise * share * level))
        line.append((CANVAS[0], stage.horizon + 6))
        haze = 0.62 - 0.3 * layer
        tone = [round(a * (1 - haze) + b * haze) for a, b in zip(colour, stage.mood.horizon, strict=True)]
        if stage.mood.night:
            tone = [16 + 6 * layer, 20 + 4 * layer, 28]
        stage.draw.polygon(line, fill=tuple(tone))


def row_of_houses(stage: Stage, z: float, *, x: tuple[float, float] = (-40, 40), tall: float = 1.0) -> None:
    """Buildings facing the camera, ``z`` metres away."""
    rng, left = stage.rng, x[0]
    while left < x[1]:
        width, floors = rng.uniform(6, 12), rng.randint(2, 5)
        height = floors * 3.0 * tall
        bays = max(2, round(width / 2.6))
        lights = 0.3 if stage.mood.night else 0.0
        colour = rng.choice(WALLS)
        size = (max(24, bays * 34), max(24, floors * 40))
        front = textures.facade(rng, size, colour, floors=floors, bays=bays, lit_share=lights)
        if stage.mood.night:
            front = front.point([round(value * 0.55) for value in range(256)] * 3)
        stage.stand(front, (left, 0, z), (left + width, 0, z), height)
        stage.polygon(
            [
                (left, height, z),
                (left + width, height, z),
                (left + width, height + 0.4, z),
                (left, height + 0.4, z),
            ],
            (*darker(colour, 0.7), 255),
        )
        left += width + rng.uniform(0.2, 2.5)


def street_side(stage: Stage, x: float, *, z: tuple[float, float], tall: float = 1.0) -> None:
    """Buildings along the street, seen at an angle, far ones first."""
    rng, far = stage.rng, z[1]
    houses = []
    while far > z[0]:
        depth, floors = rng.uniform(6, 11), rng.randint(2, 5)
        houses.append((max(z[0], far - depth), far, floors, rng.choice(WALLS)))
        far -= depth + rng.choice((0.0, 0.0, 1.2))
    for near, back, floors, colour in houses:
        height = floors * 3.0 * tall
        bays = max(2, round((back - near) / 2.4))
        lights = 0.3 if stage.mood.night else 0.0
        front = textures.facade(
            rng, (bays * 46, floors * 52), colour, floors=floors, bays=bays, lit_share=lights
        )
        dim = 0.5 if stage.mood.night else rng.uniform(0.82, 1.0)
        front = front.point([round(value * dim) for value in range(256)] * 3)
        gable = canvas((8, 8), (*darker(colour, 0.55 * dim), 255))
        out = x + 8 if x > 0 else x - 8
        stage.stand(gable, (min(x, out), 0, near), (max(x, out), 0, near), height)
        stage.stand(front.transpose(Image.Transpose.FLIP_LEFT_RIGHT), *_outward(x, near, back), height)


def _outward(
    x: float, near: float, back: float
) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    return ((x, 0, back), (x, 0, near)) if x < 0 else ((x, 0, near), (x, 0, back))


def tree(stage: Stage, x: float, z: float, height: float, *, colour: Colour = (70, 92, 48)) -> None:
    """A street tree: trunk and a clustered crown, lighter above."""
    rng, metre = stage.rng, stage.metre(z)
    stage.shadow(x, z, height * 0.22, strength=0.35)
    stage.line((x, 0, z), (x + 0.1, height * 0.6, z), (72, 58, 46, 255), thick=0.22)
    side = max(16, round(height * 0.75 * metre))
    crown = Image.new("L", (side, side))
    draw = ImageDraw.Draw(crown)
    for _ in range(26):
        across, down = rng.gauss(0.5, 0.15), rng.gauss(0.5, 0.15)
        radius = rng.uniform(0.09, 0.2)
        box = [
            (across - radius) * side,
            (down - radius) * side,
            (across + radius) * side,
            (down + radius) * side,
        ]
        draw.ellipse(box, fill=255)
    dim = 0.25 if stage.mood.night else 1.0
    leaves = textures.foliage(rng, (side, side), darker(colour, dim))
    ramp = Image.linear_gradient("L").resize((side, side)).point([150 - value // 2 for value in range(256)])
    leaves = textures.lit(leaves, ramp, 0.5 * dim)
    centre = stage.at(x, height * 0.68, z)
    stage.picture.paste(leaves, (round(centre[0] - side / 2), round(centre[1] - side / 2)), crown)


def bushes(
    stage: Stage, x: tuple[float, float], z: float, height: float, *, colour: Colour = (74, 96, 54)
) -> None:
    """A hedge facing the camera."""
    rng = stage.rng
    left, right = stage.at(x[0], 0, z), stage.at(x[1], 0, z)
    low, high = max(0, int(left[0])), min(CANVAS[0], int(right[0]))
    tall = max(6, round(height * stage.metre(z)))
    if high - low < 4:  # noqa: PLR2004 - nothing to be seen
        return
    mask = Image.new("L", (high - low, tall + 8))
    draw = ImageDraw.Draw(mask)
    draw.rectangle((0, tall * 0.4, high - low, tall), fill=255)
    for start in range(0, high - low, max(6, tall // 3)):
        radius = rng.uniform(0.25, 0.5) * tall
        draw.ellipse((start - radius, tall * 0.5 - radius, start + radius, tall * 0.5 + radius), fill=255)
    dim = 0.25 if stage.mood.night else 1.0
    leaves = textures.foliage(rng, mask.size, darker(colour, dim))
    stage.picture.paste(leaves, (low, round(left[1] - tall)), mask.filter(ImageFilter.BoxBlur(1)))


def box(
    stage: Stage,
    x: tuple[float, float],
    z: tuple[float, float],
    height: float,
    colour: Colour,
    *,
    base: float = 0,
) -> None:
    """A block: front, the visible side, top."""
    top = base + height
    if x[0] > 0 or x[1] < 0:
        side = x[0] if x[0] > 0 else x[1]
        spots = [(side, base, z[0]), (side, base, z[1]), (side, top, z[1]), (side, top, z[0])]
        stage.polygon(spots, (*darker(colour, 0.62), 255))
    lid = [(x[0], top, z[0]), (x[1], top, z[0]), (x[1], top, z[1]), (x[0], top, z[1])]
    stage.polygon(lid, (*darker(colour, 1.0), 255))
    front = [(x[0], base, z[0]), (x[1], base, z[0]), (x[1], top, z[0]), (x[0], top, z[0])]
    stage.polygon(front, (*darker(colour, 0.82), 255))


def pole(
    stage: Stage, x: float, z: float, height: float, *, thick: float = 0.16, colour: Colour = (128, 130, 132)
) -> None:
    """A round pole: a dark, a plain and a light stripe."""
    stage.shadow(x, z, thick * 2, strength=0.45)
    dim = 0.35 if stage.mood.night else 1.0
    stage.line((x, 0, z), (x, height, z), (*darker(colour, 0.6 * dim), 255), thick=thick)
    stage.line(
        (x - thick * 0.12, 0, z),
        (x - thick * 0.12, height, z),
        (*darker(colour, dim), 255),
        thick=thick * 0.62,
    )
    stage.line(
        (x - thick * 0.2, 0, z),
        (x - thick * 0.2, height, z),
        (*darker(colour, 1.25 * dim), 255),
        thick=thick * 0.2,
    )


def wires(stage: Stage, x: float, heights: tuple[float, ...], *, z: tuple[float, float]) -> None:
    """Sagging cables along the street."""
    for height in heights:
        path = []
        for step in range(9):
            share = step / 8
            depth = z[0] + (z[1] - z[0]) * share
            path.append(stage.at(x, height - 0.5 * (1 - (2 * share - 1) ** 2), depth))
        stage.draw.line(path, fill=(40, 40, 44, 200), width=2)


def cone(stage: Stage, x: float, z: float) -> None:
    """A traffic cone with a white band."""
    stage.shadow(x, z, 0.3)
    orange = (222, 84, 32)
    box(stage, (x - 0.2, x + 0.2), (z - 0.2, z + 0.2), 0.04, darker(orange, 0.7))
    rings = ((0.0, 0.16, 1.0), (0.28, 0.105, 1.0), (0.45, 0.075, 1.0), (0.7, 0.03, 1.0))
    for (low, wide, _), (high, narrow, _) in pairwise(rings):
        white = low == rings[1][0]
        colour = (236, 236, 232) if white else orange
        spots = [(x - wide, low, z), (x + wide, low, z), (x + narrow, high, z), (x - narrow, high, z)]
        stage.polygon(spots, (*colour, 255))
        dark = [
            (x + wide * 0.25, low, z),
            (x + wide, low, z),
            (x + narrow, high, z),
            (x + narrow * 0.25, high, z),
        ]
        stage.polygon(dark, (0, 0, 0, 70))


def barrier(stage: Stage, x: tuple[float, float], z: float) -> None:
    """A works barrier of yellow and black boards on feet."""
    for left in (x[0] + 0.1, x[1] - 0.1):
        stage.shadow(left, z, 0.25)
        stage.line((left, 0, z), (left, 1.0, z), (70, 70, 72, 255), thick=0.06)
    board = Image.new("RGB", (round((x[1] - x[0]) * 160), 48), (232, 188, 40))
    draw = ImageDraw.Draw(board)
    for start in range(-60, board.width, 64):
        draw.polygon([(start, 48), (start + 30, 48), (start + 62, 0), (start + 32, 0)], fill=(34, 32, 30))
    for low in (0.35, 0.7):
        stage.stand(board, (x[0], low, z), (x[1], low, z), 0.24)


def car(stage: Stage, x: float, z: float, colour: Colour) -> None:
    """A parked car seen from behind; the plate is blank."""
    dim = 0.4 if stage.mood.night else 1.0
    body, glass = darker(colour, dim), darker((54, 64, 74), dim)
    stage.shadow(x, z + 0.6, 1.15, strength=0.7)
    box(stage, (x - 0.9, x + 0.9), (z, z + 4.2), 0.62, body, base=0.22)
    _face(stage, x, z, ((0.62, 1.45, 0.9), (0.6, 1.45, 2.6)), (*body, 255))
    if abs(x) > 0.9:  # noqa: PLR2004 - half a car: from further aside one flank is seen
        side = -1 if x > 0 else 1
        flank = ((0.84, 0.84, 0.15), (0.62, 1.45, 0.9), (0.62, 1.45, 2.6), (0.84, 0.84, 3.4))
        stage.polygon([(x + side * across, y, z + away) for across, y, away in flank], (*glass, 255))
    _face(stage, x, z, ((0.62, 1.45, 0.9), (0.84, 0.84, 0.15)), (*body, 255))
    _face(stage, x, z, ((0.54, 1.36, 0.82), (0.7, 0.9, 0.22)), (*glass, 255))
    shine = ((-0.5, 1.3, 0.8), (-0.1, 1.34, 0.8), (-0.45, 0.92, 0.2), (-0.66, 0.92, 0.2))
    stage.polygon([(x + across, y, z + away) for across, y, away in shine], (255, 255, 255, 46))
    for side in (-1, 1):
        lamp = ((0.62, 0.74), (0.86, 0.74), (0.86, 0.58), (0.62, 0.58))
        stage.polygon([(x + side * across, y, z) for across, y in lamp], (158, 26, 24, 255))
        wheel, size = stage.at(x + side * 0.7, 0.16, z), stage.metre(z) * 0.17
        tyre = (wheel[0] - size * 0.7, wheel[1] - size * 0.4, wheel[0] + size * 0.7, wheel[1] + size)
        stage.draw.rectangle(tyre, fill=(22, 22, 24, 255))
    _face(stage, x, z, ((0.26, 0.56, 0), (0.26, 0.44, 0)), (214, 214, 206, 255))
    _face(stage, x, z, ((0.9, 0.34, 0), (0.9, 0.24, 0)), (26, 26, 28, 220))


def _face(
    stage: Stage, x: float, z: float, edges: tuple[tuple[float, float, float], ...], colour: tuple[int, ...]
) -> None:
    """A symmetric face between an upper and a lower edge, each half width, height and depth."""
    (wide, high, back), (low_wide, low, front) = edges
    spots = [
        (x - wide, high, z + back), (x + wide, high, z + back),
        (x + low_wide, low, z + front), (x - low_wide, low, z + front),
    ]  # fmt: skip
    stage.polygon(spots, colour)


def railing(
    stage: Stage,
    x: float,
    z: tuple[float, float],
    *,
    base: float = 0.0,
    rust: float = 0.0,
    colour: Colour = (146, 152, 156),
) -> None:
    """A handrail running away from the camera; rust eats the feet of the posts."""
    depth = z[1]
    while depth > z[0]:
        stage.line((x, base, depth), (x, base + 1.1, depth), (*darker(colour, 0.8), 255), thick=0.06)
        if rust:
            foot = base + 0.35 * rust
            stage.line((x, base, depth), (x, foot, depth), (124, 62, 30, 255), thick=0.075)
            stage.line((x, foot, depth), (x, foot + 0.2 * rust, depth), (138, 84, 50, 170), thick=0.06)
        depth -= 1.0 if depth > 6 else 0.5  # noqa: PLR2004 - closer posts nearby
    for height, thick in ((1.1, 0.08), (0.8, 0.03), (0.5, 0.03), (0.2, 0.03)):
        path = [stage.at(x, base + height, z[0] + (z[1] - z[0]) * step / 6) for step in range(7)]
        for start, end, share in zip(path, path[1:], range(6), strict=False):
            metre = stage.metre(z[0] + (z[1] - z[0]) * (share + 0.4) / 6)
            stage.draw.line((start, end), fill=(*colour, 255), width=max(1, round(thick * metre)))


def bag(stage: Stage, x: float, z: float, size: float, colour: Colour) -> None:
    """A full refuse bag, knotted."""
    stage.shadow(x, z, size * 0.6)
    metre, centre = stage.metre(z), stage.at(x, size * 0.42, z)
    radius = size * 0.5 * metre
    outline = textures.blob(stage.rng, centre, (radius, radius * 0.86))
    stage.draw.polygon(outline, fill=(*darker(colour, 0.62), 255))
    upper = textures.blob(
        stage.rng, (centre[0] - radius * 0.14, centre[1] - radius * 0.16), (radius * 0.76, radius * 0.6)
    )
    stage.draw.polygon(upper, fill=(*colour, 255))
    for _ in range(6):
        start = (
            centre[0] + stage.rng.uniform(-0.6, 0.6) * radius,
            centre[1] + stage.rng.uniform(-0.5, 0.6) * radius,
        )
        end = (start[0] * 0.6 + centre[0] * 0.4, start[1] * 0.6 + (centre[1] - radius) * 0.4)
        stage.draw.line((start, end), fill=(255, 255, 255, 60), width=max(1, round(radius * 0.05)))
    knot = (
        centre[0] - radius * 0.14,
        centre[1] - radius * 1.06,
        centre[0] + radius * 0.14,
        centre[1] - radius * 0.7,
    )
    stage.draw.ellipse(knot, fill=(*darker(colour, 0.8), 255))
