"""Surfaces seen straight on: asphalt, pavers, concrete, brick, grass, water, all from one seeded noise.

Sizes are pixels; colours are RGB tuples. Pillow's own noise cannot be seeded, hence noise from bytes.
"""

from __future__ import annotations

from math import cos, sin, tau
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from PIL.Image import Image as Pixels

Colour = tuple[int, int, int]
Size = tuple[int, int]
Point = tuple[float, float]

_TILE: Final = 256
ASPHALT: Final = (98, 98, 100)
CONCRETE: Final = (168, 165, 158)
GRASS: Final = (92, 112, 58)
SOIL: Final = (134, 108, 80)
GRAVEL: Final = (140, 134, 124)
SAND: Final = (196, 180, 148)
WATER: Final = (104, 128, 138)


def grain(rng: Random, size: Size) -> Pixels:
    """Fine grey noise around 128, tiled."""
    tile = Image.frombytes("L", (_TILE, _TILE), rng.randbytes(_TILE * _TILE))
    out = Image.new("L", size)
    for left in range(0, size[0], _TILE):
        for top in range(0, size[1], _TILE):
            shift = rng.randrange(_TILE)
            out.paste(ImageChops.offset(tile, shift, shift // 2), (left, top))
    return out


def clouds(rng: Random, size: Size, cells: int) -> Pixels:
    """Smooth grey patches, about ``cells`` of them across."""
    rows = max(2, round(cells * size[1] / size[0]))
    seed = Image.frombytes("L", (cells, rows), rng.randbytes(cells * rows))
    coarse = (max(cells, size[0] // 4), max(rows, size[1] // 4))
    return seed.resize(coarse, Image.Resampling.BICUBIC).resize(size, Image.Resampling.BILINEAR)


def lit(picture: Pixels, layer: Pixels, amount: float) -> Pixels:
    """The picture brightened and darkened by a grey layer around 128."""
    grey = layer.point([round(128 + (value - 128) * amount) for value in range(256)])
    return ImageChops.add(picture, Image.merge("RGB", (grey, grey, grey)), 1, -128)


def tinted(layer: Pixels, colour: Colour, amount: float) -> Pixels:
    """One colour, brightened and darkened by a grey layer around 128."""
    bands = (
        layer.point([min(255, max(0, round(part + (value - 128) * amount))) for value in range(256)])
        for part in colour
    )
    return Image.merge("RGB", tuple(bands))


def surface(rng: Random, size: Size, colour: Colour, *, rough: float = 0.25, stains: float = 0.2) -> Pixels:
    """A plain material with grain and stains."""
    layer = grain(rng, size)
    if not stains:
        return tinted(layer, colour, rough)
    patches = Image.blend(clouds(rng, size, 9), clouds(rng, size, 31), 0.42)
    whole = rough + 1.7 * stains
    return tinted(Image.blend(layer, patches, 1.7 * stains / whole), colour, whole)


def asphalt(rng: Random, size: Size) -> Pixels:
    """An old road surface."""
    return surface(rng, size, ASPHALT, rough=0.34, stains=0.16)


def pavers(rng: Random, size: Size, colour: Colour, *, unit: Size, joint: int = 1) -> Pixels:
    """Sidewalk blocks in running bond, each a little different."""
    ground = surface(rng, size, colour, rough=0.16, stains=0.12)
    draw = ImageDraw.Draw(ground, "RGBA")
    width, height = unit
    for row, top in enumerate(range(0, size[1], height)):
        for left in range(-(row % 2) * width // 2, size[0], width):
            shade = rng.randint(-26, 26)
            tint = (255, 255, 255, shade) if shade > 0 else (0, 0, 0, -shade)
            draw.rectangle(
                (left, top, left + width - 1, top + height - 1), fill=tint, outline=(50, 46, 42, 130)
            )
            if joint > 1:
                draw.line((left, top, left + width, top), fill=(50, 46, 42, 140), width=joint)
    return ground


def tactile(rng: Random, size: Size, *, unit: int) -> Pixels:
    """Yellow guiding blocks for the blind: bars along the way."""
    strip = surface(rng, size, (206, 170, 62), rough=0.14, stains=0.14)
    draw = ImageDraw.Draw(strip, "RGBA")
    for top in range(0, size[1], unit):
        draw.line((0, top, size[0], top), fill=(70, 56, 20, 170), width=2)
        for bar in range(1, 5):
            left = size[0] * bar // 5
            box = (left - unit // 18, top + unit // 9, left + unit // 18, top + unit - unit // 9)
            draw.rectangle(box, fill=(240, 212, 120, 150))
            draw.line((box[2], box[1], box[2], box[3]), fill=(90, 70, 20, 160), width=2)
    return strip


def bricks(rng: Random, size: Size, colour: Colour = (150, 84, 66), *, unit: Size = (34, 12)) -> Pixels:
    """A brick wall of the villas."""
    return pavers(rng, size, colour, unit=unit, joint=2)


def stones(rng: Random, size: Size, *, unit: int) -> Pixels:
    """A retaining wall of rough blocks, darker in the joints."""
    wall = surface(rng, size, (146, 142, 132), rough=0.25, stains=0.25)
    draw = ImageDraw.Draw(wall, "RGBA")
    for row, top in enumerate(range(0, size[1], unit)):
        for left in range(-(row % 2) * unit // 2, size[0], unit + unit // 4):
            shade = rng.randint(-34, 34)
            right, bottom = left + unit + unit // 4 - 3, top + unit - 3
            tint = (255, 250, 240, shade) if shade > 0 else (0, 0, 0, -shade)
            draw.rounded_rectangle((left, top, right, bottom), unit // 7, fill=tint)
            draw.rounded_rectangle((left, top, right, bottom), unit // 7, outline=(44, 42, 38, 190), width=3)
            draw.line((left + 4, top + 2, right - 6, top + 2), fill=(255, 255, 250, 60), width=2)
    return wall


def planks(rng: Random, size: Size, *, unit: int, colour: Colour = (142, 104, 70)) -> Pixels:
    """A timber deck: boards across."""
    deck = surface(rng, size, colour, rough=0.12, stains=0.18)
    streaks = Image.frombytes("L", (6, size[1]), rng.randbytes(6 * size[1])).resize(
        size, Image.Resampling.BILINEAR
    )
    deck = lit(deck, streaks, 0.24)
    draw = ImageDraw.Draw(deck, "RGBA")
    for top in range(0, size[1], unit):
        shade = rng.randint(0, 36)
        draw.rectangle((0, top, size[0], top + unit), fill=(30, 18, 8, shade))
        draw.line((0, top, size[0], top), fill=(24, 16, 10, 230), width=max(2, unit // 14))
    return deck


def foliage(rng: Random, size: Size, colour: Colour = GRASS) -> Pixels:
    """Grass or leaves."""
    return lit(surface(rng, size, colour, rough=0.5, stains=0.4), clouds(rng, size, 90), 0.3)


def water(rng: Random, size: Size, colour: Colour = WATER) -> Pixels:
    """Water with ripples across."""
    rows = max(4, size[1] // 5)
    ripples = Image.frombytes("L", (10, rows), rng.randbytes(10 * rows)).resize(
        size, Image.Resampling.BICUBIC
    )
    return tinted(Image.blend(ripples, clouds(rng, size, 6), 0.48), colour, 0.42)


def facade(
    rng: Random, size: Size, colour: Colour, *, floors: int, bays: int, lit_share: float = 0.0
) -> Pixels:
    """The front of a building with windows; some lit at night."""
    wall = surface(rng, size, colour, rough=0.08, stains=0.12)
    draw = ImageDraw.Draw(wall, "RGBA")
    step_x, step_y = size[0] / bays, size[1] / floors
    for floor in range(floors):
        draw.line((0, floor * step_y, size[0], floor * step_y), fill=(0, 0, 0, 40), width=2)
        for bay in range(bays):
            left, top = (bay + 0.2) * step_x, (floor + 0.22) * step_y
            right, bottom = (bay + 0.8) * step_x, (floor + 0.72) * step_y
            glow = rng.random() < lit_share
            deep = rng.randint(52, 96)
            pane = (250, 222, 150, 255) if glow else (deep, deep + 12, deep + 22, 255)
            draw.rectangle((left, top, right, bottom), fill=pane, outline=(225, 225, 220, 200), width=2)
            draw.line(
                ((left + right) / 2, top, (left + right) / 2, bottom), fill=(225, 225, 220, 160), width=2
            )
            draw.line((left, bottom + 2, right, bottom + 2), fill=(0, 0, 0, 70), width=3)
    return wall


def blob(rng: Random, centre: Point, radii: Point, *, points: int = 26, wobble: float = 0.16) -> list[Point]:
    """An irregular closed outline."""
    swing = [1 + rng.uniform(-wobble, wobble) for _ in range(points)]
    smooth = [(swing[i - 1] + swing[i] + swing[(i + 1) % points]) / 3 for i in range(points)]
    outline = []
    for i, share in enumerate(smooth):
        reach = share + rng.uniform(-wobble, wobble) / 5
        turn = tau * i / points
        outline.append((centre[0] + radii[0] * reach * cos(turn), centre[1] + radii[1] * reach * sin(turn)))
    return outline


def crack(rng: Random, start: Point, step: Point, *, length: int) -> list[Point]:
    """A wandering line of ``length`` steps."""
    path = [start]
    for _ in range(length):
        x, y = path[-1]
        path.append((x + step[0] + rng.uniform(-1, 1) * 9, y + step[1] + rng.uniform(-1, 1) * 9))
    return path


def soft_mask(size: Size, outline: Sequence[Point], blur: float) -> Pixels:
    """A grey mask of an outline with a soft edge, drawn small because it is soft."""
    small = Image.new("L", (max(1, size[0] // 4), max(1, size[1] // 4)))
    ImageDraw.Draw(small).polygon([(x / 4, y / 4) for x, y in outline], fill=255)
    return small.filter(ImageFilter.GaussianBlur(blur / 4)).resize(size, Image.Resampling.BILINEAR)


def shade(picture: Pixels, outline: Sequence[Point], *, blur: float, colour: Colour, strength: float) -> None:
    """Lay a soft shadow or stain on a surface, in place."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    margin = blur * 3
    left, top = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
    right, bottom = min(picture.width, int(max(xs) + margin)), min(picture.height, int(max(ys) + margin))
    if right <= left or bottom <= top:
        return
    size = (right - left, bottom - top)
    mask = soft_mask(size, [(x - left, y - top) for x, y in outline], blur)
    mask = mask.point([round(value * strength) for value in range(256)])
    picture.paste(Image.new("RGB", size, colour), (left, top), mask)


def vignette(size: Size) -> Pixels:
    """The darkening towards the corners that small lenses have, as an RGB factor."""
    round_grey = Image.radial_gradient("L").resize(size, Image.Resampling.BILINEAR)
    grey = round_grey.point([255 - round(max(0, value - 90) ** 1.5 / 26) for value in range(256)])
    return Image.merge("RGB", (grey, grey, grey))
