"""Scenes of the road: pothole, subsidence, sidewalk, crossing, school zone, drain, sewer, lamp."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from fieldlog.media.scenery import objects, textures
from fieldlog.media.scenery.stage import Stage, canvas

if TYPE_CHECKING:
    from random import Random

    from PIL.Image import Image as Pixels

    from fieldlog.media.scenery.textures import Point

_YELLOW = (214, 172, 52)
_WHITE = (222, 222, 216)


def street(stage: Stage, *, houses: bool = True) -> None:
    """What stands behind a road scene: hills, houses, parked cars, trees, wires."""
    rng = stage.rng
    objects.hills(stage, rise=rng.uniform(50, 110))
    if houses:
        objects.row_of_houses(stage, 34, x=(-30, 30))
    stage.lay(textures.surface(rng, (240, 40), (150, 140, 132), rough=0.1), (-40, 40), (30, 34))
    stage.lay(
        textures.surface(rng, (480, 120), textures.ASPHALT, rough=0.1, stains=0.1), (-40, 40), (9, 30.2)
    )
    for x in (-8.5, 0.5, 9.0):
        objects.car(stage, x + rng.uniform(-1.5, 1.5), 27, rng.choice(objects.CARS))
    for x in (-10.0, -6.5, 7.0, 10.5):
        objects.tree(stage, x + rng.uniform(-0.5, 0.5), rng.uniform(17, 26), rng.uniform(4, 6))
    objects.pole(stage, 5.4, 15, 8.5, colour=(120, 118, 114))
    objects.wires(stage, 5.4, (8.0, 7.6, 7.0), z=(3, 60))
    stage.soften_distance()


def road(
    stage: Stage, top: Pixels, *, x: tuple[float, float] = (-4.0, 4.0), z: tuple[float, float] = (1.4, 9.4)
) -> None:
    """The near road from a painted texture; the same surface goes on to both sides and beyond."""
    plain = textures.surface(stage.rng, (600, 300), textures.ASPHALT, rough=0.2, stains=0.14)
    stage.lay(plain, (x[0] * 4, x[1] * 4), (1.2, z[1] + 6))
    stage.lay(top, x, z)


def paint(
    surface: Pixels,
    box: tuple[float, float, float, float],
    colour: tuple[int, int, int],
    rng: Random,
    *,
    wear: float,
) -> None:
    """Road marking with worn spots, in place."""
    left, top, right, bottom = (round(each) for each in box)
    size = (right - left, bottom - top)
    patch = textures.surface(rng, size, colour, rough=0.12, stains=0.1)
    patchy = textures.clouds(rng, size, max(3, size[0] // 14))
    mixed = Image.blend(patchy, textures.grain(rng, size), 0.35)
    limit = 255 * wear
    mask = mixed.point([max(0, min(235, round((value - limit) * 7))) for value in range(256)])
    surface.paste(patch, (left, top), mask)


def hole(surface: Pixels, rng: Random, centre: Point, radii: tuple[float, float]) -> None:
    """A broken-out hole: crumbling rim, dark wall, gravel, a puddle that shows the sky."""
    draw = ImageDraw.Draw(surface, "RGBA")
    for _ in range(9):
        turn = (rng.uniform(-1, 1), rng.uniform(-1, 1))
        start = (centre[0] + turn[0] * radii[0], centre[1] + turn[1] * radii[1])
        path = textures.crack(rng, start, (turn[0] * 13, turn[1] * 13), length=rng.randint(4, 9))
        draw.line(path, fill=(30, 30, 32, 210), width=rng.randint(2, 4))
    textures.shade(
        surface,
        textures.blob(rng, centre, (radii[0] * 1.3, radii[1] * 1.3)),
        blur=22,
        colour=(44, 42, 40),
        strength=0.55,
    )
    rim = textures.blob(rng, centre, radii)
    draw.polygon([(x + 2, y + 7) for x, y in rim], fill=(150, 148, 142, 190))
    draw.polygon(rim, fill=(34, 32, 31, 255))
    inner = textures.blob(rng, (centre[0], centre[1] + radii[1] * 0.12), (radii[0] * 0.86, radii[1] * 0.8))
    draw.polygon(inner, fill=(64, 58, 52, 255))
    for _ in range(150):
        x, y = rng.gauss(centre[0], radii[0] * 0.42), rng.gauss(centre[1] + radii[1] * 0.15, radii[1] * 0.36)
        size, tone = rng.uniform(1.5, 6), rng.randint(58, 150)
        draw.ellipse(
            (x - size, y - size * 0.8, x + size, y + size * 0.8), fill=(tone, tone - 4, tone - 10, 255)
        )
    pool = textures.blob(
        rng, (centre[0] + radii[0] * 0.1, centre[1] + radii[1] * 0.22), (radii[0] * 0.55, radii[1] * 0.42)
    )
    draw.polygon(pool, fill=(96, 108, 120, 235))
    shine = textures.blob(
        rng, (centre[0] + radii[0] * 0.16, centre[1] + radii[1] * 0.26), (radii[0] * 0.36, radii[1] * 0.2)
    )
    draw.polygon(shine, fill=(176, 192, 206, 190))
    for _ in range(120):
        x, y = rng.gauss(centre[0], radii[0] * 1.3), rng.gauss(centre[1], radii[1] * 1.3)
        size = rng.uniform(1, 4)
        draw.ellipse((x - size, y - size, x + size, y + size), fill=(58, 56, 54, 230))


def patch(surface: Pixels, rng: Random, box: tuple[int, int, int, int]) -> None:
    """A repaired rectangle of fresh asphalt with a sealed edge."""
    size = (box[2] - box[0], box[3] - box[1])
    fresh = textures.surface(rng, size, (58, 58, 60), rough=0.3, stains=0.05)
    surface.paste(fresh, box[:2])
    ImageDraw.Draw(surface, "RGBA").rectangle(box, outline=(28, 28, 30, 220), width=7)


def pothole(stage: Stage, phase: str) -> None:
    """A pothole in the lane; afterwards a patch."""
    street(stage)
    top = textures.asphalt(stage.rng, (1000, 1000))
    paint(top, (90, 0, 112, 1000), _YELLOW, stage.rng, wear=0.3)
    paint(top, (124, 0, 146, 1000), _YELLOW, stage.rng, wear=0.3)
    paint(top, (880, 0, 900, 1000), _WHITE, stage.rng, wear=0.34)
    centre = (stage.rng.uniform(470, 560), 730.0)
    if phase == "AFTER":
        patch(top, stage.detail, (round(centre[0]) - 120, 640, round(centre[0]) + 120, 830))
    else:
        hole(top, stage.detail, centre, (96, 84))
    road(stage, top)
    if phase == "DURING":
        objects.cone(stage, -1.1, 4.2)
        objects.cone(stage, 1.3, 4.2)
        objects.barrier(stage, (-1.0, 1.2), 4.9)


def subsidence(stage: Stage, phase: str) -> None:
    """The road sinks in a bowl with ring cracks; afterwards it is paved anew."""
    street(stage)
    rng, top = stage.rng, textures.asphalt(stage.rng, (1000, 1000))
    paint(top, (820, 0, 842, 1000), _WHITE, rng, wear=0.3)
    centre = (470.0, 650.0)
    if phase == "AFTER":
        patch(top, stage.detail, (210, 470, 720, 850))
    else:
        for share, strength in ((1.0, 0.3), (0.72, 0.4), (0.45, 0.5)):
            bowl = textures.blob(stage.detail, centre, (250 * share, 200 * share))
            textures.shade(top, bowl, blur=46 * share, colour=(28, 28, 30), strength=strength)
        _ring_cracks(top, stage.detail, centre)
        if phase == "DURING":
            _pit(top, stage.detail, centre)
        else:
            hole(top, stage.detail, (centre[0] + 20, centre[1] + 10), (64, 48))
    road(stage, top)
    if phase != "AFTER":
        objects.cone(stage, -2.5, 4.6)
        objects.cone(stage, 1.7, 3.4)
        objects.barrier(stage, (-1.9, 1.2), 6.8)


def _ring_cracks(top: Pixels, rng: Random, centre: Point) -> None:
    draw = ImageDraw.Draw(top, "RGBA")
    for share in (1.05, 0.93, 0.8, 0.58):
        ring = textures.blob(rng, centre, (250 * share, 200 * share), points=90, wobble=0.1)
        start, length = rng.randrange(90), rng.randint(46, 84)
        arc = [ring[(start + step) % 90] for step in range(length)]
        draw.line([(x, y + 3) for x, y in arc], fill=(156, 154, 150, 110), width=2)
        for step, (first, second) in enumerate(pairwise(arc)):
            draw.line(
                (first, second),
                fill=(18, 18, 20, 235),
                width=1 + round(3 * min(step, length - step) / length),
            )
        for _ in range(5):
            spot = rng.choice(arc)
            away = ((spot[0] - centre[0]) * 0.05, (spot[1] - centre[1]) * 0.05)
            draw.line(textures.crack(rng, spot, away, length=6), fill=(22, 22, 24, 210), width=2)


def _pit(top: Pixels, rng: Random, centre: Point) -> None:
    box = (round(centre[0]) - 210, round(centre[1]) - 150, round(centre[0]) + 210, round(centre[1]) + 160)
    top.paste(textures.surface(rng, (420, 310), (96, 72, 50), rough=0.5, stains=0.4), box[:2])
    draw = ImageDraw.Draw(top, "RGBA")
    draw.rectangle((box[0], box[1], box[2], box[1] + 90), fill=(30, 22, 16, 190))
    draw.rectangle((box[0] + 20, box[1] + 120, box[2] - 20, box[1] + 165), fill=(120, 124, 128, 255))
    draw.rectangle((box[0] + 20, box[1] + 120, box[2] - 20, box[1] + 132), fill=(190, 194, 198, 255))


def sidewalk(stage: Stage, phase: str) -> None:
    """Pavers with a guiding strip, broken and interrupted; afterwards whole."""
    street(stage)
    rng = stage.rng
    top = textures.pavers(rng, (1000, 1200), (158, 138, 128), unit=(62, 31))
    strip = textures.tactile(rng, (110, 1200), unit=110)
    top.paste(strip, (440, 0))
    if phase != "AFTER":
        draw = ImageDraw.Draw(top, "RGBA")
        gap = textures.surface(stage.detail, (180, 210), textures.SOIL, rough=0.45, stains=0.3)
        outline = textures.blob(stage.detail, (500, 830), (110, 100), points=14)
        mask = textures.soft_mask((180, 210), [(x - 410, y - 725) for x, y in outline], 3)
        top.paste(gap, (410, 725), mask)
        for _ in range(9):
            x, y = stage.detail.gauss(510, 110), stage.detail.gauss(840, 90)
            tone = stage.detail.choice(((196, 160, 60), (150, 130, 120), (140, 120, 112)))
            piece = textures.blob(
                stage.detail, (x, y), (stage.detail.uniform(14, 34), stage.detail.uniform(10, 22)), points=7
            )
            draw.polygon([(a + 4, b + 5) for a, b in piece], fill=(20, 18, 16, 150))
            draw.polygon(piece, fill=(*tone, 255))
    stage.lay(textures.asphalt(rng, (300, 300)), (2.4, 14), (1.2, 30))
    stage.lay(textures.pavers(rng, (300, 300), (158, 138, 128), unit=(16, 9)), (-6, 2.2), (8.8, 30))
    stage.lay(top, (-3.8, 2.2), (1.3, 9))
    objects.box(stage, (2.2, 2.42), (1.2, 30), 0.12, (176, 174, 168), base=-0.02)
    for z in (16.0, 10.5, 7.0):
        objects.pole(stage, 1.75, z, 0.9, thick=0.12, colour=(170, 160, 60))
    if phase == "DURING":
        objects.cone(stage, -1.3, 4.2)
        objects.cone(stage, 0.7, 3.6)


def drain(stage: Stage, phase: str) -> None:
    """A gully grate at the kerb, choked with leaves; afterwards clear."""
    street(stage)
    rng, top = stage.rng, textures.asphalt(stage.rng, (1000, 800))
    draw = ImageDraw.Draw(top, "RGBA")
    draw.rectangle((300, 300, 720, 560), fill=(120, 118, 112, 255))
    draw.rectangle((322, 350, 698, 540), fill=(22, 22, 24, 255))
    for left in range(330, 696, 24):
        draw.rectangle((left, 350, left + 11, 540), fill=(92, 94, 98, 255))
        draw.line((left, 350, left, 540), fill=(150, 152, 156, 255), width=3)
    draw.rectangle((322, 438, 698, 452), fill=(104, 106, 110, 255))
    if phase == "AFTER":
        textures.shade(
            top, [(260, 300), (760, 300), (760, 600), (260, 600)], blur=40, colour=(60, 62, 66), strength=0.25
        )
    else:
        pool = textures.blob(stage.detail, (540, 470), (430, 230))
        textures.shade(top, pool, blur=26, colour=(76, 82, 84), strength=0.72)
        _litter(top, stage.detail, (510, 450), (170, 85), 420 if phase == "BEFORE" else 120)
    road(stage, top, x=(-2.2, 2.2), z=(1.5, 5.2))
    objects.box(stage, (-14, 14), (5.2, 5.45), 0.18, (172, 170, 164))
    stage.lay(
        textures.pavers(rng, (800, 200), (150, 132, 122), unit=(20, 10)), (-14, 14), (5.45, 9.5), y=0.16
    )
    objects.bushes(stage, (-14, 14), 9.6, 1.0)


def _litter(top: Pixels, rng: Random, centre: Point, spread: Point, count: int) -> None:
    draw = ImageDraw.Draw(top, "RGBA")
    for _ in range(count):
        x, y = rng.gauss(centre[0], spread[0]), rng.gauss(centre[1], spread[1])
        colour = rng.choice(((120, 84, 40), (150, 112, 50), (92, 70, 38), (72, 62, 44), (110, 104, 60)))
        leaf = textures.blob(rng, (x, y), (rng.uniform(6, 17), rng.uniform(4, 10)), points=9)
        draw.polygon([(a + 2, b + 3) for a, b in leaf], fill=(10, 10, 8, 120))
        draw.polygon(leaf, fill=(*colour, 255))
    for _ in range(count // 60):
        x, y = rng.gauss(centre[0], spread[0]), rng.gauss(centre[1], spread[1])
        draw.rounded_rectangle(
            (x, y, x + 46, y + 22), 6, fill=(214, 216, 212, 240), outline=(120, 120, 120, 255)
        )


def crossing(stage: Stage, phase: str) -> None:
    """A zebra crossing, worn away; afterwards bright."""
    street(stage)
    rng, top = stage.rng, textures.asphalt(stage.rng, (1200, 900))
    wear = 0.16 if phase == "AFTER" else 0.56
    for left in range(40, 1200, 130):
        paint(top, (left, 260, left + 68, 700), _WHITE, stage.detail, wear=wear)
    paint(top, (0, 800, 1200, 830), _WHITE, stage.detail, wear=wear)
    road(stage, top, x=(-4.8, 4.8), z=(1.5, 10.5))
    objects.box(stage, (-20, 20), (10.6, 10.8), 0.16, (172, 170, 164))
    stage.lay(textures.pavers(rng, (500, 120), (150, 132, 122), unit=(20, 10)), (-20, 20), (10.8, 14), y=0.16)
    objects.pole(stage, 3.2, 11.2, 4.2, thick=0.14)
    objects.box(stage, (3.0, 3.4), (11.1, 11.3), 0.9, (36, 38, 40), base=3.0)
    lamp = stage.at(3.2, 3.65, 11.1)
    stage.draw.ellipse((lamp[0] - 9, lamp[1] - 9, lamp[0] + 9, lamp[1] + 9), fill=(220, 52, 40, 255))
    if stage.mood.night:
        stage.glow((3.2, 3.65, 11.1), 1.2, (220, 60, 40))
        if phase == "AFTER":
            for x in (-4.4, 4.4):
                objects.pole(stage, x, 8, 5.5)
                stage.glow((x, 5.4, 8), 3.2, (255, 240, 200))
                stage.glow((x * 0.5, 0, 6), 4.2, (120, 112, 90))


def schoolzone(stage: Stage, phase: str) -> None:
    """A red-brown school zone with a painted 30 and cars stopped along it; afterwards the cars are gone."""
    street(stage)
    rng = stage.rng
    top = textures.surface(rng, (900, 1100), (136, 78, 66), rough=0.3, stains=0.16)
    wear = 0.16 if phase == "AFTER" else 0.42
    paint(top, (60, 0, 82, 1100), _WHITE, stage.detail, wear=wear)
    paint(top, (800, 0, 822, 1100), _YELLOW, stage.detail, wear=wear)
    sign = canvas((420, 420))
    draw = ImageDraw.Draw(sign)
    draw.ellipse((10, 10, 410, 410), fill=(232, 230, 224, 235), outline=(196, 40, 34, 250), width=48)
    draw.text((210, 205), "30", fill=(40, 40, 42, 250), font=ImageFont.load_default(190), anchor="mm")
    worn = textures.grain(stage.detail, sign.size).point(
        [255 if value > 255 * wear * 0.7 else 90 for value in range(256)]
    )
    top.paste(
        sign.convert("RGB"),
        (240, 560),
        Image.composite(sign.getchannel("A"), Image.new("L", sign.size), worn),
    )
    road(stage, top, x=(-3.4, 3.4), z=(1.4, 10.2))
    stage.lay(textures.pavers(rng, (260, 700), (150, 132, 122), unit=(30, 15)), (3.5, 7.5), (1.4, 30), y=0.14)
    objects.box(stage, (3.4, 3.6), (1.4, 30), 0.15, (206, 176, 60))
    for z in (22.0, 14.0, 8.0):
        objects.railing(stage, 3.9, (z, z + 5), base=0.14, colour=(214, 180, 50))
    if phase != "AFTER":
        for index, z in enumerate((17.0, 11.6, 6.2)):
            objects.car(stage, 2.35, z, objects.CARS[(index + stage.detail.randrange(5)) % 5])
    objects.pole(stage, -3.9, 9, 3.0, thick=0.1)
    plate = stage.at(-3.9, 2.9, 9)
    stage.draw.polygon(
        [(plate[0], plate[1] - 44), (plate[0] + 44, plate[1] + 34), (plate[0] - 44, plate[1] + 34)],
        fill=(240, 206, 60, 255),
        outline=(190, 40, 34, 255),
        width=7,
    )


def streetlight(stage: Stage, phase: str) -> None:
    """A street after sunset whose lamps are out; afterwards they are lit."""
    rng = stage.rng
    objects.street_side(stage, -7.5, z=(5, 40))
    objects.street_side(stage, 8.5, z=(7, 40))
    top = textures.asphalt(rng, (700, 900)).point([round(value * 0.6) for value in range(256)] * 3)
    paint(top, (340, 0, 354, 900), _YELLOW, rng, wear=0.4)
    stage.lay(top, (-5, 5), (1.5, 40))
    walk = textures.pavers(rng, (200, 800), (70, 62, 58), unit=(22, 11))
    stage.lay(walk, (5, 8.5), (1.5, 40), y=0.12)
    for z in (30.0, 21.0, 13.5, 7.5):
        objects.pole(stage, 4.7, z, 6.2, thick=0.15)
        stage.line((4.7, 6.1, z), (3.4, 6.4, z), (52, 54, 60, 255), thick=0.1)
        head = (3.3, 6.3, z)
        stage.line((3.6, 6.36, z), (2.9, 6.42, z), (74, 76, 82, 255), thick=0.2)
        if phase == "AFTER" or z > 25:  # noqa: PLR2004 - the lamp beyond the failed stretch
            stage.glow(head, 2.6, (255, 236, 190))
            stage.glow((2.6, 0.0, z - 0.5), 4.6, (150, 132, 92))


def sewer(stage: Stage, phase: str) -> None:
    """A manhole that overflows; afterwards dry with a new cover."""
    street(stage)
    top = textures.asphalt(stage.rng, (1000, 900))
    if phase != "AFTER":
        spill = [*textures.blob(stage.detail, (520, 640), (330, 190))]
        textures.shade(top, spill, blur=24, colour=(58, 56, 46), strength=0.8)
        textures.shade(
            top,
            [(540, 640), (1000, 760), (1000, 900), (520, 780)],
            blur=26,
            colour=(60, 58, 48),
            strength=0.7,
        )
    draw = ImageDraw.Draw(top, "RGBA")
    if phase == "AFTER":
        draw.ellipse((356, 476, 664, 784), fill=(46, 46, 48, 255))
    draw.ellipse((390, 510, 630, 750), fill=(30, 30, 30, 255))
    tone = 86 if phase == "AFTER" else 66
    shift = 0 if phase == "AFTER" else 44
    cover = (398 + shift, 518 - shift, 622 + shift, 742 - shift)
    draw.ellipse(cover, fill=(tone, tone, tone + 2, 255), outline=(26, 26, 28, 255), width=6)
    for step in range(12, 220, 24):
        draw.line(
            (cover[0] + step, cover[1] + 30, cover[0] + step, cover[3] - 30), fill=(40, 40, 42, 200), width=7
        )
    for step in range(36, 200, 24):
        draw.line(
            (cover[0] + 20, cover[1] + step, cover[2] - 20, cover[1] + step),
            fill=(tone + 16, tone + 16, tone + 18, 110),
            width=4,
        )
    if phase != "AFTER":
        for _ in range(26):
            x, y = stage.detail.gauss(600, 170), stage.detail.gauss(690, 70)
            draw.ellipse(
                (x, y, x + stage.detail.uniform(16, 60), y + stage.detail.uniform(5, 14)),
                fill=(196, 204, 206, 70),
            )
    road(stage, top, x=(-2.8, 2.8), z=(1.6, 6.6))
    if phase != "AFTER":
        objects.cone(stage, -1.2, 4.6)
