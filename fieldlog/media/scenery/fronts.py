"""Scenes before a wall or a row of fronts: hydrant, shops, refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.media.scenery import objects, roads, textures

if TYPE_CHECKING:
    from fieldlog.media.scenery.stage import Stage
    from fieldlog.media.scenery.textures import Colour, Point

LETTERS: Final = (236, 236, 230)
SIGNS: Final[tuple[Colour, ...]] = (
    (176, 40, 36),
    (34, 84, 150),
    (36, 118, 72),
    (222, 168, 40),
    (90, 52, 120),
)


def hydrant(stage: Stage, phase: str) -> None:
    """A fire hydrant hidden by flower pots and crates; afterwards free, on red ground."""
    rng = stage.rng
    wall = textures.bricks(rng, (1100, 420))
    stage.stand(wall, (-8, 0, 6.4), (8, 0, 6.4), 4.6)
    for x in (-4.6, 2.6):
        _window(stage, x, 6.38)
    top = textures.pavers(rng, (1100, 800), (150, 140, 132), unit=(40, 20))
    if phase == "AFTER":
        roads.paint(top, (400, 250, 720, 560), (178, 44, 38), stage.detail, wear=0.1)
    stage.lay(top, (-5.5, 5.5), (1.4, 6.4))
    textures.shade(
        stage.picture,
        [stage.at(-8, 0, 6.4), stage.at(8, 0, 6.4), stage.at(8, 0, 5.9), stage.at(-8, 0, 5.9)],
        blur=12,
        colour=(20, 18, 18),
        strength=0.5,
    )
    _hydrant(stage, 0.1, 4.4)
    if phase != "AFTER":
        for x, z, size in ((-0.9, 4.3, 0.55), (-0.35, 3.8, 0.5), (0.75, 4.0, 0.6)):
            _pot(stage, x, z, size)
        objects.box(stage, (0.95, 1.75), (4.3, 4.9), 0.5, (66, 96, 142))
        objects.box(stage, (1.0, 1.7), (4.35, 4.85), 0.4, (186, 150, 96), base=0.5)


def _window(stage: Stage, x: float, z: float) -> None:
    """A window with a sill and a steel grille."""
    outer = [(x, 2.6, z), (x + 1.8, 2.6, z), (x + 1.8, 1.4, z), (x, 1.4, z)]
    stage.polygon(outer, (206, 204, 198, 255))
    for left in (x + 0.08, x + 0.94):
        pane = [(left, 2.52, z), (left + 0.78, 2.52, z), (left + 0.78, 1.48, z), (left, 1.48, z)]
        stage.polygon(pane, (58, 68, 78, 255))
        stage.polygon([pane[0], pane[1], (left, 1.9, z)], (130, 146, 158, 120))
    for step in range(1, 12):
        stage.line((x + step * 0.15, 1.4, z), (x + step * 0.15, 2.6, z), (34, 34, 36, 220), thick=0.02)
    stage.polygon(
        [(x - 0.1, 1.4, z), (x + 1.9, 1.4, z), (x + 1.9, 1.3, z), (x - 0.1, 1.3, z)], (150, 146, 140, 255)
    )


def _hydrant(stage: Stage, x: float, z: float) -> None:
    red = (196, 36, 30)
    stage.shadow(x, z, 0.4)
    objects.box(stage, (x - 0.2, x + 0.2), (z - 0.15, z + 0.15), 0.08, (110, 108, 104))
    for low, high, half in ((0.08, 0.62, 0.13), (0.62, 0.68, 0.17), (0.68, 0.84, 0.12)):
        stage.polygon(
            [(x - half, low, z), (x + half, low, z), (x + half, high, z), (x - half, high, z)], (*red, 255)
        )
        stage.polygon(
            [(x + half * 0.3, low, z), (x + half, low, z), (x + half, high, z), (x + half * 0.3, high, z)],
            (60, 6, 6, 120),
        )
        stage.polygon(
            [
                (x - half * 0.7, low, z),
                (x - half * 0.4, low, z),
                (x - half * 0.4, high, z),
                (x - half * 0.7, high, z),
            ],
            (255, 190, 180, 110),
        )
    for side in (-1, 1):
        centre, size = stage.at(x + side * 0.17, 0.5, z), stage.metre(z) * 0.075
        stage.draw.ellipse(
            (centre[0] - size, centre[1] - size, centre[0] + size, centre[1] + size),
            fill=(150, 26, 22, 255),
            outline=(226, 190, 60, 255),
            width=4,
        )


def _pot(stage: Stage, x: float, z: float, size: float) -> None:
    stage.shadow(x, z, size * 0.5)
    half = size * 0.3
    stage.polygon(
        [
            (x - half, size * 0.5, z),
            (x + half, size * 0.5, z),
            (x + half * 0.75, 0, z),
            (x - half * 0.75, 0, z),
        ],
        (156, 92, 62, 255),
    )
    stage.polygon(
        [
            (x + half * 0.3, size * 0.5, z),
            (x + half, size * 0.5, z),
            (x + half * 0.75, 0, z),
            (x + half * 0.2, 0, z),
        ],
        (60, 30, 16, 110),
    )
    for _ in range(30):
        centre = stage.at(
            x + stage.rng.gauss(0, half * 0.7), size * 0.72 + stage.rng.gauss(0, size * 0.14), z
        )
        radius = stage.metre(z) * size * 0.1
        tone = stage.rng.randint(70, 130)
        leaf = textures.blob(stage.rng, centre, (radius, radius * 0.7), points=8)
        stage.draw.polygon(leaf, fill=(tone - 40, tone, tone - 50, 255))


def shop(stage: Stage, phase: str) -> None:
    """Shop fronts with boards standing on the sidewalk; afterwards the way is free."""
    rng = stage.rng
    upper = textures.facade(rng, (1000, 260), rng.choice(objects.WALLS), floors=2, bays=9)
    stage.stand(upper, (-9, 3.3, 8), (9, 3.3, 8), 5.4)
    stage.polygon([(-9, 3.4, 8), (9, 3.4, 8), (9, 0, 8), (-9, 0, 8)], (70, 68, 66, 255))
    for index, left in enumerate((-8.8, -4.4, 0.0, 4.4)):
        _shop_front(stage, left, 8, SIGNS[(index + rng.randrange(5)) % 5])
    stage.lay(textures.pavers(rng, (1000, 500), (154, 140, 130), unit=(34, 17)), (-9, 9), (3.2, 8), y=0.1)
    objects.box(stage, (-9, 9), (3.0, 3.2), 0.1, (176, 174, 168))
    stage.lay(textures.asphalt(rng, (800, 300)), (-9, 9), (1.2, 3.0))
    if phase != "AFTER":
        for x, z, colour in ((-2.9, 5.4, SIGNS[0]), (-0.9, 4.8, SIGNS[3]), (1.5, 5.2, SIGNS[1])):
            _standing_board(stage, x, z, colour)
        for x, tall in ((2.6, 0.5), (3.1, 0.8)):
            stage.shadow(x, 5.9, 0.4)
            objects.box(stage, (x - 0.22, x + 0.22), (5.7, 6.1), tall, (180, 146, 96), base=0.1)


def _shop_front(stage: Stage, x: float, z: float, colour: Colour) -> None:
    stage.polygon(
        [(x, 3.2, z - 0.1), (x + 4.1, 3.2, z - 0.1), (x + 4.1, 2.5, z - 0.1), (x, 2.5, z - 0.1)],
        (*colour, 255),
    )
    scribble(stage, (x + 0.5, 2.62), (x + 3.6, 3.06), z - 0.1, LETTERS)
    for step in range(3):
        left = x + 0.1 + step * 1.34
        pane = [(left, 2.45, z), (left + 1.26, 2.45, z), (left + 1.26, 0.25, z), (left, 0.25, z)]
        glow = stage.rng.randint(60, 120)
        stage.polygon(pane, (glow, glow + 6, glow + 4, 255))
        stage.polygon([pane[0], (left + 0.6, 2.45, z), (left + 0.1, 0.25, z), pane[3]], (210, 224, 232, 46))


def scribble(stage: Stage, low: Point, high: Point, z: float, colour: Colour) -> None:
    """Strokes that look like lettering from afar and say nothing."""
    rng, count = stage.rng, max(3, round((high[0] - low[0]) / 0.45))
    width, tall = (high[0] - low[0]) / count, high[1] - low[1]
    for index in range(count):
        left = low[0] + index * width + width * 0.1
        for _ in range(4):
            y = low[1] + tall * rng.choice((0.15, 0.4, 0.65, 0.9))
            span = rng.uniform(0.4, 0.8) * width
            stage.line((left, y, z), (left + span, y, z), (*colour, 255), thick=tall * 0.11)
        x = left + rng.uniform(0.1, 0.7) * width
        stage.line((x, low[1] + tall * 0.1, z), (x, high[1], z), (*colour, 255), thick=tall * 0.11)


def _standing_board(stage: Stage, x: float, z: float, colour: Colour) -> None:
    stage.shadow(x, z, 0.45)
    stage.polygon(
        [(x - 0.42, 1.5, z), (x + 0.42, 1.5, z), (x + 0.42, 0.12, z), (x - 0.42, 0.12, z)],
        (238, 236, 228, 255),
    )
    stage.polygon(
        [(x - 0.42, 1.5, z), (x + 0.42, 1.5, z), (x + 0.42, 1.15, z), (x - 0.42, 1.15, z)], (*colour, 255)
    )
    for row in (0.95, 0.7, 0.45):
        scribble(stage, (x - 0.3, row - 0.08), (x + 0.3, row + 0.08), z, (70, 66, 62))


def waste(stage: Stage, phase: str) -> None:
    """Refuse heaped at a wall; afterwards swept, with planters."""
    rng = stage.rng
    wall = textures.bricks(rng, (1100, 420), (168, 150, 132), unit=(40, 16))
    stage.stand(wall, (-8, 0, 7), (8, 0, 7), 5)
    stage.lay(textures.surface(rng, (900, 700), (126, 122, 116), rough=0.24, stains=0.14), (-8, 8), (1.3, 7))
    corner = [stage.at(-8, 0, 7), stage.at(8, 0, 7), stage.at(8, 0, 6.3), stage.at(-8, 0, 6.3)]
    textures.shade(stage.picture, corner, blur=14, colour=(20, 20, 20), strength=0.5)
    objects.pole(stage, 3.1, 6.4, 7)
    chance = stage.detail
    if phase == "AFTER":
        for x in (-2.0, 0.0, 2.0):
            stage.shadow(x, 6.2, 0.8)
            objects.box(stage, (x - 0.75, x + 0.75), (5.9, 6.5), 0.5, (150, 118, 84))
            objects.bushes(stage, (x - 0.7, x + 0.7), 5.9, 0.95, colour=(92, 120, 62))
        return
    count = 9 if phase == "DURING" else 24
    spots = sorted(
        ((chance.gauss(-0.3, 1.3), chance.uniform(4.6, 6.5)) for _ in range(count)), key=lambda spot: -spot[1]
    )
    for x, z in spots:
        pick = chance.random()
        if pick < 0.7:  # noqa: PLR2004 - mostly bags
            tones: tuple[Colour, ...] = ((228, 228, 222), (60, 62, 66), (220, 196, 120), (120, 160, 196))
            objects.bag(stage, x, z, chance.uniform(0.5, 0.8), chance.choice(tones))
        else:
            side = chance.uniform(0.3, 0.6)
            stage.shadow(x, z, side)
            objects.box(stage, (x - side / 2, x + side / 2), (z, z + side), side * 0.8, (176, 138, 90))
    for _ in range(40):
        spot = stage.at(chance.gauss(-0.3, 1.7), 0.01, chance.uniform(3.6, 6))
        outline = textures.blob(chance, spot, (chance.uniform(4, 18), chance.uniform(2, 7)), points=7)
        tone = chance.randint(120, 230)
        stage.draw.polygon(outline, fill=(tone, tone - 6, tone - 20, 255))
