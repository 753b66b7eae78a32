"""Scenes of built things and slopes: bridge, wall, stairs, trail, port, hillside, field, flood."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from fieldlog.media.scenery import objects, textures
from fieldlog.media.scenery.stage import CANVAS, Stage

if TYPE_CHECKING:
    from random import Random

    from PIL.Image import Image as Pixels

_STEEL = (146, 152, 156)
_NEW_STEEL = (188, 194, 198)
_TAPE = (228, 188, 40)


def bridge(stage: Stage, phase: str) -> None:
    """A footbridge with rusted railing posts; afterwards painted ones."""
    rng = stage.rng
    objects.hills(stage, rise=120)
    objects.row_of_houses(stage, 60, x=(-50, 50), tall=1.6)
    stage.soften_distance()
    stage.lay(textures.water(rng, (400, 300), (92, 116, 116)), (-60, 60), (3, 58), y=-4)
    deck = textures.surface(rng, (500, 1000), (150, 146, 138), rough=0.22, stains=0.1)
    draw = ImageDraw.Draw(deck, "RGBA")
    for top in range(0, 1000, 125):
        draw.line((0, top, 500, top), fill=(60, 58, 54, 200), width=4)
    stage.lay(deck, (-1.7, 1.7), (1.1, 30))
    rust = 0.0 if phase == "AFTER" else 1.0
    colour = _NEW_STEEL if phase == "AFTER" else _STEEL
    for x in (-1.7, 1.7):
        objects.box(stage, (x - 0.1, x + 0.1), (1.6, 30), 0.16, (140, 136, 128))
        objects.railing(stage, x, (1.8, 28), base=0.16, rust=rust, colour=colour)
    if phase == "BEFORE":
        for _ in range(7):
            z = stage.detail.uniform(2.2, 6)
            spot = stage.at(1.55 - stage.detail.uniform(0, 0.3), 0, z)
            outline = textures.blob(stage.detail, spot, (34, 12))
            textures.shade(stage.picture, outline, blur=6, colour=(120, 64, 32), strength=0.7)
    if phase == "DURING":
        tape(stage, (-1.6, 1.6), 4.5)


def tape(stage: Stage, x: tuple[float, float], z: float, *, y: float = 0.9) -> None:
    """A yellow and black safety ribbon sagging across."""
    steps = 28
    points = []
    for step in range(steps + 1):
        share = step / steps
        sag = 0.16 * (1 - (2 * share - 1) ** 2)
        points.append(stage.at(x[0] + (x[1] - x[0]) * share, y - sag, z))
    width = max(6, round(stage.metre(z) * 0.07))
    for index, (start, end) in enumerate(pairwise(points)):
        colour = (34, 32, 30, 255) if index % 4 == 3 else (*_TAPE, 255)  # noqa: PLR2004 - every fourth
        stage.draw.line((start, end), fill=colour, width=width)


def wall(stage: Stage, phase: str) -> None:
    """A stone retaining wall, bulging and cracked; afterwards rendered and drained."""
    rng = stage.rng
    size = (1100, 420)
    face = _sound_wall(stage.detail, size) if phase == "AFTER" else _failing_wall(stage.detail, size)
    objects.hills(stage, rise=150)
    stage.stand(textures.foliage(rng, (600, 120), (84, 104, 60)), (-9, 2.7, 7.6), (9, 2.7, 7.6), 1.5)
    stage.stand(face, (-9, 0, 7), (9, 0, 6.2), 3.1)
    edge = [(-9.0, 3.1, 7.0), (9.0, 3.1, 6.2), (9.0, 3.28, 6.2), (-9.0, 3.28, 7.0)]
    stage.polygon(edge, (190, 186, 176, 255))
    ground = textures.surface(rng, (700, 500), textures.ASPHALT, rough=0.26, stains=0.2)
    stage.lay(ground, (-9, 9), (1.3, 6.6))
    foot = [stage.at(-9, 0, 7.0), stage.at(9, 0, 6.2), stage.at(9, 0, 5.6), stage.at(-9, 0, 6.4)]
    textures.shade(stage.picture, foot, blur=14, colour=(22, 22, 22), strength=0.55)
    if phase != "AFTER":
        for _ in range(26):
            objects.box(stage, *_rubble(stage.detail), (140, 136, 126))
        tape(stage, (-3.5, 3.2), 4.2)
        for x in (-3.5, 3.2):
            objects.pole(stage, x, 4.2, 1.0, thick=0.06, colour=(206, 88, 36))
    if phase == "DURING":
        sheet = textures.surface(stage.detail, (260, 200), (52, 92, 150), rough=0.1, stains=0.3)
        stage.hang(sheet, (-2.6, 3.3, 6.65), (1.4, 3.3, 6.5), (1.9, 0.7, 6.3), (-3.0, 0.8, 6.5))


def _rubble(rng: Random) -> tuple[tuple[float, float], tuple[float, float], float]:
    x, z, side = rng.gauss(-0.4, 1.1), rng.uniform(5.3, 6.1), rng.uniform(0.05, 0.2)
    return (x, x + side), (z, z + side), side * 0.7


def _failing_wall(rng: Random, size: tuple[int, int]) -> Pixels:
    face = textures.stones(rng, size, unit=58)
    bulge = textures.blob(rng, (500, 230), (230, 140))
    textures.shade(face, bulge, blur=70, colour=(216, 210, 198), strength=0.42)
    textures.shade(face, [(x + 60, y + 110) for x, y in bulge], blur=60, colour=(20, 20, 18), strength=0.5)
    draw = ImageDraw.Draw(face, "RGBA")
    for x, y, length in ((430, 20, 17), (560, 90, 13), (470, 180, 10)):
        path = textures.crack(rng, (x, y), (3, 22), length=length)
        draw.line(path, fill=(14, 13, 12, 250), width=rng.randint(3, 5))
        draw.line([(a + 3, b) for a, b in path], fill=(210, 206, 196, 130), width=2)
    for x in (250, 520, 800):
        stain = [(x - 22, 150), (x + 22, 150), (x + 40, 420), (x - 40, 420)]
        textures.shade(face, stain, blur=16, colour=(46, 44, 34), strength=0.5)
    return face


def _sound_wall(rng: Random, size: tuple[int, int]) -> Pixels:
    face = textures.surface(rng, size, (186, 182, 174), rough=0.14, stains=0.12)
    draw = ImageDraw.Draw(face, "RGBA")
    for left in range(0, size[0], 180):
        draw.line((left, 0, left, size[1]), fill=(96, 94, 90, 200), width=4)
    for left in range(90, size[0], 180):
        for top in (150, 290):
            draw.ellipse(
                (left - 11, top - 11, left + 11, top + 11),
                fill=(40, 40, 40, 255),
                outline=(214, 212, 206, 255),
                width=4,
            )
    return face


def stairs(stage: Stage, phase: str) -> None:
    """Steep public steps between houses with a rusted rail; afterwards a new rail and lights."""
    rng, rise, tread = stage.rng, 0.17, 0.36
    objects.hills(stage, rise=60)
    objects.row_of_houses(stage, 26, x=(-14, 14), tall=1.9)
    stage.ground((96, 92, 88))
    for side in (-1, 1):
        x = side * 2.6
        face = textures.bricks(rng, (420, 420), rng.choice(objects.WALLS), unit=(24, 10))
        near, far = (x, 0.0, 1.4), (x, 0.0, 12.0)
        stage.stand(face, near if side < 0 else far, far if side < 0 else near, 8.5)
    for step in range(24, -1, -1):
        z, y = 2.6 + step * tread, step * rise
        worn = textures.surface(rng, (600, 40), (158, 154, 146), rough=0.2, stains=0.08)
        stage.lay(worn, (-2.6, 2.6), (z, z + tread), y=y + rise)
        riser = textures.surface(rng, (600, 20), (112, 108, 102), rough=0.2, stains=0.1)
        stage.stand(riser, (-2.6, y, z), (2.6, y, z), rise)
        edge = [
            (-2.6, y + rise, z),
            (2.6, y + rise, z),
            (2.6, y + rise, z + 0.05),
            (-2.6, y + rise, z + 0.05),
        ]
        stage.polygon(edge, (214, 176, 56, 255) if phase == "AFTER" else (190, 186, 178, 140))
    stage.lay(textures.surface(rng, (300, 160), (120, 116, 110)), (-2.6, 2.6), (1.2, 2.6))
    _stair_rail(stage, phase, rise / tread)
    if phase == "AFTER":
        for step in (4, 12, 20):
            spot = (-2.45, step * rise + 1.6, 2.6 + step * tread)
            stage.line(
                (spot[0] - 0.1, spot[1], spot[2]),
                (spot[0] + 0.1, spot[1], spot[2]),
                (255, 246, 220, 255),
                thick=0.16,
            )
            stage.glow(spot, 0.9, (255, 232, 186))


def _stair_rail(stage: Stage, phase: str, slope: float) -> None:
    rust = phase != "AFTER"
    colour = (116, 78, 54) if rust else (196, 200, 204)
    z = 11.0
    while z > 2.6:  # noqa: PLR2004 - the lowest step
        base = (z - 2.6) * slope + 0.1
        lean = stage.detail.uniform(-0.12, 0.16) if rust else 0.0
        missing = rust and stage.detail.random() < 0.2  # noqa: PLR2004 - one post in five
        if not missing:
            stage.line(
                (1.7, base, z), (1.7 + lean, base + 0.9, z), (*objects.darker(colour, 0.8), 255), thick=0.055
            )
        if rust:
            stage.line((1.7, base, z), (1.7, base + 0.16, z), (64, 34, 20, 255), thick=0.075)
        z -= 0.9
    for height in (0.9, 0.5):
        start, end = (1.7, 0.1 + height, 2.6), (1.7, 8.4 * slope + 0.1 + height, 11.0)
        middle = (1.7, (start[1] + end[1]) / 2 - (0.12 if rust else 0), 6.8)
        stage.line(start, middle, (*colour, 255), thick=0.06)
        stage.line(middle, end, (*colour, 255), thick=0.06)


def trail(stage: Stage, phase: str) -> None:
    """A timber deck along a lake with a sprung plank; afterwards mended."""
    rng = stage.rng
    objects.hills(stage, rise=150, colour=(86, 112, 92))
    stage.soften_distance()
    stage.lay(textures.water(rng, (500, 300), (112, 142, 156)), (-60, 60), (3, 70), y=-0.6)
    stage.lay(textures.foliage(rng, (500, 500)), (2.2, 20), (1.3, 60), y=-0.15)
    unit = 40
    deck = textures.planks(rng, (500, 1200), unit=unit)
    draw = ImageDraw.Draw(deck, "RGBA")
    top = 22 * unit
    if phase == "AFTER":
        fresh = textures.planks(stage.detail, (500, unit * 3), unit=unit, colour=(178, 136, 92))
        deck.paste(fresh, (0, top))
    else:
        draw.rectangle((110, top, 380, top + unit * 2), fill=(16, 14, 12, 255))
        for start in range(110, 380, 90):
            draw.rectangle((start, top, start + 18, top + unit * 2), fill=(60, 46, 34, 255))
        jag = [(380, top), (420, top + 8), (396, top + 20), (430, top + 34), (380, top + 40)]
        draw.polygon(jag, fill=(186, 150, 108, 255))
    stage.lay(deck, (-1.8, 1.8), (1.3, 16))
    if phase == "BEFORE":
        loose = [(-0.9, 0.22, 4.3), (0.6, 0.05, 4.1), (0.6, 0.05, 4.35), (-0.9, 0.24, 4.55)]
        stage.polygon([(x, 0.005, z + 0.1) for x, _, z in loose], (10, 8, 6, 120))
        stage.polygon(loose, (152, 116, 80, 255))
        side = [loose[0], loose[1], (0.6, 0.01, 4.1), (-0.9, 0.18, 4.3)]
        stage.polygon(side, (86, 60, 40, 255))
    for x in (-1.8, 1.8):
        objects.railing(stage, x, (2.2, 16), colour=(124, 92, 62))
    for x, z in ((5, 9), (7.5, 14), (4.2, 18), (9, 20)):
        objects.tree(stage, x, z, rng.uniform(4, 6))
    if phase == "DURING":
        tape(stage, (-1.7, 1.7), 4.0)


def port(stage: Stage, phase: str) -> None:
    """A small pier whose boarding plate has fallen off; afterwards a new one."""
    rng = stage.rng
    objects.hills(stage, rise=80, colour=(92, 116, 112))
    stage.soften_distance()
    stage.lay(textures.water(rng, (700, 500), (78, 112, 126)), (-80, 80), (2, 120), y=-1.2)
    _boat(stage, -5.0, 12)
    _boat(stage, 6.5, 20)
    quay = textures.surface(rng, (900, 700), (162, 158, 148), rough=0.25, stains=0.3)
    draw = ImageDraw.Draw(quay, "RGBA")
    for left in range(0, 900, 220):
        draw.line((left, 0, left, 700), fill=(84, 82, 76, 200), width=4)
    draw.rectangle((0, 0, 900, 40), fill=(214, 176, 56, 230))
    if phase != "AFTER":
        draw.rectangle((330, 0, 590, 120), fill=(44, 42, 38, 255))
        draw.line(
            [(330, 120), (380, 96), (420, 128), (500, 100), (590, 124)], fill=(196, 190, 178, 255), width=8
        )
        for left in (356, 440, 540):
            draw.line((left, 20, left + rng.randint(-20, 20), 104), fill=(122, 66, 36, 255), width=7)
    stage.lay(quay, (-6, 6), (1.3, 6.4))
    if phase == "AFTER":
        plate = textures.pavers(rng, (300, 220), (176, 182, 186), unit=(20, 20))
        stage.lay(plate, (-1.6, 1.6), (5.2, 8.2), y=0.05)
        objects.railing(stage, -1.6, (5.2, 8.2), colour=_NEW_STEEL)
        objects.railing(stage, 1.6, (5.2, 8.2), colour=_NEW_STEEL)
    else:
        tape(stage, (-2.2, 2.4), 4.9)
        for x in (-1.7, 1.8):
            objects.cone(stage, x, 5.0)
    for x in (-2.5, 2.6):
        stage.shadow(x, 5.6, 0.35)
        objects.box(stage, (x - 0.16, x + 0.16), (5.5, 5.8), 0.42, (62, 64, 66))
        objects.box(stage, (x - 0.24, x + 0.24), (5.45, 5.85), 0.1, (74, 76, 78), base=0.42)


def _boat(stage: Stage, x: float, z: float) -> None:
    hull = [(x - 3, -0.1, z), (x + 3, -0.1, z), (x + 2.4, -1.15, z), (x - 2.2, -1.15, z)]
    mirror = [(px, -2.3 - py if py < -1 else -2.1, pz) for px, py, pz in hull]
    stage.polygon(mirror, (40, 60, 70, 90))
    stage.polygon(hull, (224, 228, 230, 255))
    stage.polygon(
        [(x - 2.9, -0.4, z), (x + 2.9, -0.4, z), (x + 2.8, -0.6, z), (x - 2.8, -0.6, z)], (44, 92, 150, 255)
    )
    stage.polygon(
        [(x - 1.2, 1.1, z), (x + 0.8, 1.1, z), (x + 1.1, -0.1, z), (x - 1.4, -0.1, z)], (236, 238, 238, 255)
    )
    stage.polygon(
        [(x - 1.0, 0.9, z), (x + 0.6, 0.9, z), (x + 0.75, 0.4, z), (x - 1.15, 0.4, z)], (60, 76, 88, 255)
    )
    stage.line((x + 1.6, -0.1, z), (x + 1.6, 2.4, z), (180, 180, 176, 255), thick=0.07)


def slope(stage: Stage, phase: str) -> None:
    """A hillside with a scar of slipped soil; afterwards netted and sown."""
    rng = stage.rng
    side = textures.foliage(rng, (1000, 640), (74, 98, 54))
    scar = [(470, 120), (560, 100), (620, 200), (700, 420), (830, 640), (250, 640), (360, 420), (420, 230)]
    colour = (128, 140, 78) if phase == "AFTER" else (150, 108, 68)
    soil = textures.surface(stage.detail, side.size, colour, rough=0.5, stains=0.5)
    side.paste(
        soil,
        (0, 0),
        textures.soft_mask(side.size, [(x + stage.detail.uniform(-14, 14), y) for x, y in scar], 9),
    )
    draw = ImageDraw.Draw(side, "RGBA")
    if phase == "AFTER":
        for start in range(-600, 1000, 40):
            draw.line((start, 640, start + 640, 60), fill=(70, 80, 66, 120), width=3)
            draw.line((start + 640, 640, start, 60), fill=(70, 80, 66, 120), width=3)
    else:
        textures.shade(
            side, [(420, 120), (620, 100), (640, 170), (410, 200)], blur=16, colour=(40, 26, 16), strength=0.6
        )
        for _ in range(40):
            _stone(draw, stage.detail, stage.detail.gauss(540, 130), stage.detail.uniform(420, 630))
        for _ in range(5):
            x, y = stage.detail.gauss(540, 90), stage.detail.uniform(300, 560)
            draw.line(
                (x, y, x + stage.detail.uniform(40, 120), y + stage.detail.uniform(-20, 50)),
                fill=(64, 50, 36, 255),
                width=9,
            )
    stage.hang(side, (-17, 13, 30), (17, 13, 30), (13, 0, 12), (-13, 0, 12))
    for x in (-13.0, -9.5, 10.0, 13.5):
        objects.tree(stage, x, 20, rng.uniform(7, 9), colour=(60, 84, 46))
    stage.lay(textures.asphalt(rng, (700, 500)), (-14, 14), (1.3, 11.4))
    objects.box(stage, (-16, 16), (11.4, 11.9), 0.5, (164, 160, 150))
    if phase != "AFTER":
        _heap(stage)
        for x in (-3.2, 3.4):
            objects.cone(stage, x, 5)
    if phase == "DURING":
        objects.barrier(stage, (-1.6, 1.6), 4.6)


def _heap(stage: Stage) -> None:
    """Slipped soil across the road, with stones in it."""
    rng = stage.detail
    heap = textures.blob(rng, stage.at(0.2, 0.5, 9.4), (330, 92), points=40, wobble=0.3)
    foot = stage.at(0.2, 0, 9.0)[1]
    heap = [(x, min(y, foot + rng.uniform(-6, 6))) for x, y in heap]
    textures.shade(stage.picture, [(x, y + 20) for x, y in heap], blur=14, colour=(30, 24, 18), strength=0.6)
    mound = textures.surface(rng, (760, 260), (140, 100, 64), rough=0.55, stains=0.4)
    left, top = round(min(x for x, _ in heap)), round(min(y for _, y in heap))
    mask = textures.soft_mask(mound.size, [(x - left, y - top) for x, y in heap], 3)
    stage.picture.paste(mound, (left, top), mask)
    for _ in range(46):
        _stone(stage.draw, rng, rng.gauss(left + 330, 150), rng.uniform(top + 50, foot + 14))


def _stone(draw: ImageDraw.ImageDraw, rng: Random, x: float, y: float) -> None:
    size, tone = rng.uniform(4, 20), rng.randint(110, 164)
    outline = textures.blob(rng, (x, y), (size, size * 0.7), points=8)
    draw.polygon([(a + 2, b + size * 0.3) for a, b in outline], fill=(30, 22, 14, 170))
    draw.polygon(outline, fill=(tone, tone - 8, tone - 22, 255))


def field(stage: Stage, phase: str) -> None:
    """Paddies beside a farm channel, under water; afterwards drained behind a new gate."""
    rng = stage.rng
    objects.hills(stage, rise=130, colour=(92, 118, 98))
    objects.row_of_houses(stage, 90, x=(-20, 24), tall=0.5)
    stage.soften_distance()
    stage.lay(textures.foliage(rng, (600, 500), (112, 136, 62)), (-40, 40), (1.2, 80))
    if phase != "AFTER":
        sheet = textures.water(stage.detail, (600, 400), (134, 140, 126))
        stage.lay(sheet, (-30, -2.0), (3, 60), y=0.02)
        for _ in range(160):
            x, z = stage.detail.uniform(-14, -2.4), stage.detail.uniform(3.4, 18)
            stage.line(
                (x, 0, z), (x + stage.detail.uniform(-0.06, 0.06), 0.3, z), (112, 146, 60, 230), thick=0.03
            )
    else:
        rows = textures.foliage(stage.detail, (500, 500), (104, 140, 56))
        draw = ImageDraw.Draw(rows, "RGBA")
        for left in range(0, 500, 20):
            draw.line((left, 0, left, 500), fill=(70, 62, 40, 170), width=7)
        stage.lay(rows, (-30, -2.0), (3, 60), y=0.02)
    bank = textures.surface(rng, (200, 600), (150, 130, 96), rough=0.4, stains=0.3)
    stage.lay(bank, (1.5, 4.2), (1.2, 60))
    channel = textures.water(rng, (200, 600), (98, 110, 96))
    stage.lay(channel, (-1.1, 1.1), (1.2, 60), y=-0.1)
    for x in (-1.1, 1.1):
        objects.box(stage, (min(x, x * 1.25), max(x, x * 1.25)), (1.4, 60), 0.14, (172, 168, 158))
    gate = (86, 120, 168) if phase == "AFTER" else (122, 78, 52)
    for x in (-1.1, 1.1):
        stage.line((x, 0, 6), (x, 1.6, 6), (*objects.darker(gate, 0.7), 255), thick=0.14)
    stage.line((-1.1, 1.6, 6), (1.1, 1.6, 6), (*objects.darker(gate, 0.7), 255), thick=0.14)
    low = 0.7 if phase == "AFTER" else -0.1
    stage.polygon([(-1.0, low + 0.8, 6), (1.0, low + 0.8, 6), (1.0, low, 6), (-1.0, low, 6)], (*gate, 255))
    stage.line((0, low + 0.8, 6), (0, 2.1, 6), (70, 70, 72, 255), thick=0.05)


def flood(stage: Stage, phase: str) -> None:
    """A riverside road under brown water; afterwards wet but open, its bar up."""
    rng = stage.rng
    objects.hills(stage, rise=90)
    objects.row_of_houses(stage, 48, x=(-44, 44), tall=1.3)
    for x in (-12.0, -8.0, 9.0, 13.0):
        objects.tree(stage, x, 24, rng.uniform(5, 7))
    stage.soften_distance()
    stage.lay(textures.foliage(rng, (400, 400), (96, 112, 66)), (-60, 60), (1.2, 40))
    stage.lay(textures.surface(rng, (700, 900), textures.ASPHALT, rough=0.14, stains=0.1), (-5, 5), (1.2, 40))
    if phase == "AFTER":
        for _ in range(9):
            spot = stage.at(stage.detail.uniform(-4, 4), 0, stage.detail.uniform(2.5, 10))
            textures.shade(
                stage.picture,
                textures.blob(stage.detail, spot, (120, 14)),
                blur=7,
                colour=(150, 164, 176),
                strength=0.6,
            )
    else:
        _inundate(stage, stage.detail)
    for x, lean in ((-5.6, 1.0), (5.6, -1.0)):
        objects.box(stage, (x - 0.25, x + 0.25), (9.8, 10.2), 1.1, (214, 180, 50))
        end = (x + 0.9 * lean, 4.4, 10) if phase == "AFTER" else (x + 5.0 * lean, 1.15, 10)
        stage.line((x, 1.0, 10), end, (206, 44, 38, 255), thick=0.13)
        for share in (0.2, 0.5, 0.8):
            first = tuple(a + (b - a) * share for a, b in zip((x, 1.0, 10.0), end, strict=True))
            second = tuple(a + (b - a) * (share + 0.14) for a, b in zip((x, 1.0, 10.0), end, strict=True))
            stage.line(
                (first[0], first[1], first[2]),
                (second[0], second[1], second[2]),
                (240, 240, 236, 255),
                thick=0.13,
            )


def _inundate(stage: Stage, rng: Random) -> None:
    start = round(stage.horizon + 26)
    band = (CANVAS[0], CANVAS[1] - start)
    water = textures.water(rng, (band[0], band[1]), (122, 106, 82))
    above = stage.picture.crop((0, max(0, start - band[1]), CANVAS[0], start)).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    mirror = Image.new("RGB", band, (150, 146, 134))
    mirror.paste(above, (0, 0))
    mixed = Image.blend(water, mirror, 0.32)
    ramp = Image.linear_gradient("L").resize(band).point([min(255, 120 + value) for value in range(256)])
    stage.picture.paste(mixed, (0, start), ramp)
    for _ in range(90):
        y = rng.uniform(start, CANVAS[1])
        wide = (y - start) * 0.3 + 8
        x = rng.uniform(0, CANVAS[0])
        stage.draw.line((x, y, x + wide, y + rng.uniform(-2, 2)), fill=(226, 222, 210, 70), width=2)
