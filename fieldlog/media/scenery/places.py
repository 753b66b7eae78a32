"""Scenes of town life: alley, banners, park, building sites, smoke, a plain street."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from fieldlog.media.scenery import fronts, objects, roads, structures, textures

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

    from fieldlog.media.scenery.stage import Stage
    from fieldlog.media.scenery.textures import Colour, Point

_FENCE = (206, 212, 216)


def generic(stage: Stage, phase: str) -> None:
    """A quiet street seen along its length."""
    rng = stage.rng
    objects.hills(stage)
    objects.street_side(stage, -7.0, z=(4, 46))
    objects.street_side(stage, 7.0, z=(6, 46))
    stage.soften_distance()
    top = textures.surface(rng, (700, 1000), textures.ASPHALT, rough=0.26, stains=0.1)
    roads.paint(top, (345, 0, 359, 1000), (206, 166, 52), rng, wear=0.3)
    stage.lay(top, (-4.2, 4.2), (1.3, 40))
    for x in ((-7.0, -4.2), (4.2, 7.0)):
        stage.lay(textures.pavers(rng, (200, 900), (152, 136, 126), unit=(22, 11)), x, (1.3, 40), y=0.1)
    for far, side in ((26, 3.2), (18, -3.2), (12, 3.2)):
        objects.car(stage, side, far, rng.choice(objects.CARS))
    for z in (28.0, 16.0, 8.5):
        objects.pole(stage, 4.6, z, 8.0, colour=(122, 120, 116))
    objects.wires(stage, 4.6, (7.7, 7.3, 6.8), z=(2.5, 60))
    if phase == "DURING":
        objects.cone(stage, -1.0, 4.4)
        objects.barrier(stage, (-0.8, 1.0), 5.4)


def alley(stage: Stage, phase: str) -> None:
    """A narrow lane blocked by parked cars and goods; afterwards free with a red edge."""
    rng = stage.rng
    stage.ground((92, 90, 88))
    for x in (-2.5, 2.5):
        objects.street_side(stage, x, z=(1.6, 30))
    top = textures.surface(rng, (500, 1000), (128, 124, 118), rough=0.24, stains=0.14)
    if phase == "AFTER":
        for box in ((30, 0, 60, 1000), (440, 0, 470, 1000)):
            roads.paint(top, box, (186, 52, 44), stage.detail, wear=0.14)
    stage.lay(top, (-2.5, 2.5), (1.3, 30))
    objects.pole(stage, -2.2, 9, 7.5)
    objects.wires(stage, -2.2, (7.2, 6.6, 6.0), z=(2, 40))
    objects.wires(stage, 2.0, (6.9, 6.2), z=(2, 40))
    if phase == "AFTER":
        return
    for x, z in ((1.5, 16.0), (-1.5, 11.0), (1.45, 6.4)):
        objects.car(stage, x, z, stage.detail.choice(objects.CARS))
    for x, z, tone in ((-2.0, 5.6, (176, 142, 92)), (-1.6, 5.2, (66, 96, 142))):
        stage.shadow(x, z, 0.4)
        objects.box(stage, (x - 0.3, x + 0.3), (z - 0.25, z + 0.25), 0.45, tone)
    if phase == "DURING":
        objects.cone(stage, 0.1, 4.6)


def banner(stage: Stage, phase: str) -> None:
    """Unlawful banners strung at a junction; afterwards taken down."""
    roads.street(stage)
    rng = stage.rng
    top = textures.asphalt(rng, (900, 800))
    roads.road(stage, top)
    stage.lay(textures.pavers(rng, (700, 200), (150, 134, 126), unit=(26, 13)), (-9, 9), (7.4, 10), y=0.12)
    objects.box(stage, (-9, 9), (7.2, 7.4), 0.12, (176, 174, 168))
    for x in (-4.0, 0.0, 4.0):
        objects.pole(stage, x, 8.4, 5.5, thick=0.14)
    objects.bushes(stage, (-9, 9), 10.2, 0.9)
    if phase == "AFTER":
        return
    hung = (((-3.9, 3.3), (-0.1, 2.5), 0), ((0.1, 2.9), (3.9, 2.1), 1), ((-3.9, 2.1), (-0.1, 1.3), 3))
    for (left, high), (right, low), tone in hung[: 1 if phase == "DURING" else 3]:
        corners = [(left, high, 8.3), (right, high - 0.08, 8.3), (right, low - 0.04, 8.3), (left, low, 8.3)]
        stage.polygon(corners, (240, 240, 234, 255))
        edge = [
            (left, high, 8.3),
            (right, high - 0.08, 8.3),
            (right, high - 0.2, 8.3),
            (left, high - 0.14, 8.3),
        ]
        stage.polygon(edge, (*fronts.SIGNS[tone], 255))
        fronts.scribble(
            stage, (left + 0.3, low + 0.12), (right - 0.3, high - 0.28), 8.3, fronts.SIGNS[(tone + 1) % 5]
        )


def park(stage: Stage, phase: str) -> None:
    """A playground whose swing has lost a seat; afterwards mended."""
    rng = stage.rng
    objects.hills(stage, rise=80)
    objects.row_of_houses(stage, 50, x=(-44, 44), tall=2.4)
    stage.soften_distance()
    stage.lay(textures.foliage(rng, (500, 400), (100, 120, 66)), (-40, 40), (1.2, 40))
    for x, z in ((-7, 17), (7.5, 16), (-4.5, 20), (3.5, 21), (10, 20)):
        objects.tree(stage, x, z, rng.uniform(4.5, 6.5))
    mat = textures.surface(rng, (800, 700), (146, 92, 74), rough=0.3, stains=0.12)
    ImageDraw.Draw(mat).ellipse((430, 120, 760, 420), fill=(74, 116, 92))
    mat = textures.lit(mat, textures.grain(rng, mat.size), 0.16)
    stage.lay(mat, (-5, 5), (1.3, 11))
    _slide(stage, 2.4, 8.6)
    frame = (54, 96, 160) if phase == "AFTER" else (122, 92, 84)
    for x in (-3.3, 0.5):
        for lean in (-0.7, 0.7):
            stage.line((x, 0, 6.5 + lean), (x, 2.5, 6.5), (*frame, 255), thick=0.09)
            stage.shadow(x, 6.5 + lean, 0.2)
    stage.line((-3.3, 2.5, 6.5), (0.5, 2.5, 6.5), (*frame, 255), thick=0.09)
    for x, broken in ((-2.4, False), (-0.5, phase != "AFTER")):
        for side in (-0.24, 0.24):
            end = (x + side + 0.1, 1.3, 6.5) if broken and side > 0 else (x + side, 0.5, 6.5)
            stage.line((x + side, 2.5, 6.5), end, (96, 98, 100, 255), thick=0.02)
        if broken:
            stage.line((x - 0.24, 0.5, 6.5), (x - 0.06, 0.08, 6.5), (40, 40, 42, 255), thick=0.09)
        else:
            stage.line((x - 0.26, 0.5, 6.5), (x + 0.26, 0.5, 6.5), (40, 40, 42, 255), thick=0.09)
            stage.shadow(x, 6.5, 0.35, strength=0.3)
    if phase == "DURING":
        structures.tape(stage, (-3.6, 1.0), 4.6)


def _slide(stage: Stage, x: float, z: float) -> None:
    stage.shadow(x, z, 1.2, strength=0.35)
    for left in (x - 0.5, x + 0.5):
        stage.line((left, 0, z), (left, 2.6, z), (196, 60, 50, 255), thick=0.1)
    objects.box(stage, (x - 0.55, x + 0.55), (z - 0.5, z + 0.5), 0.1, (214, 170, 60), base=1.4)
    roof = [(x - 0.8, 2.5, z - 0.2), (x + 0.8, 2.5, z - 0.2), (x, 3.3, z)]
    stage.polygon(roof, (60, 120, 170, 255))
    chute = [
        (x - 0.3, 1.45, z - 0.5),
        (x + 0.3, 1.45, z - 0.5),
        (x + 0.3, 0.2, z - 2.4),
        (x - 0.3, 0.2, z - 2.4),
    ]
    stage.polygon(chute, (222, 180, 64, 255))
    for side in (-0.3, 0.3):
        stage.line((x + side, 1.6, z - 0.5), (x + side, 0.34, z - 2.4), (186, 140, 40, 255), thick=0.1)


def construction(stage: Stage, phase: str) -> None:
    """A building site whose trucks leave mud on the road; afterwards a clean road and closed fence."""
    rng = stage.rng
    objects.hills(stage)
    _shell(stage, (-11, 3), 30, floors=7)
    _crane(stage, 5.5, 32)
    objects.row_of_houses(stage, 44, x=(9, 40), tall=1.3)
    stage.soften_distance()
    for left in range(-14, 14, 2):
        if left == 2 and phase != "AFTER":  # noqa: PLR2004 - the gate stands open
            continue
        panel = textures.surface(rng, (90, 130), _FENCE, rough=0.06, stains=0.08)
        draw = ImageDraw.Draw(panel, "RGBA")
        for line in range(0, 90, 9):
            draw.line((line, 0, line, 130), fill=(90, 96, 100, 90), width=2)
        draw.rectangle((0, 0, 90, 18), fill=(38, 104, 84, 255))
        stage.stand(panel, (left, 0, 12), (left + 1.96, 0, 12), 3.0)
    top = textures.surface(rng, (1000, 900), textures.ASPHALT, rough=0.28, stains=0.1)
    if phase != "AFTER":
        _mud(stage, top)
    stage.lay(top, (-9, 9), (1.3, 11.6))
    objects.box(stage, (-14, 14), (11.6, 12), 0.1, (170, 166, 158))
    if phase != "BEFORE":
        for x in (-3.0, 3.4):
            objects.cone(stage, x, 7)
        structures.tape(stage, (-3.0, 3.4), 7.0, y=0.7)


def _mud(stage: Stage, top: Pixels) -> None:
    rng = stage.detail
    for lane in (520, 640):
        path = [(lane + 30, 0), (lane + 80, 0), (lane - 120, 900), (lane - 250, 900)]
        textures.shade(top, path, blur=16, colour=(122, 92, 60), strength=0.85)
    draw = ImageDraw.Draw(top, "RGBA")
    for _ in range(320):
        y = rng.uniform(0, 900)
        x = rng.gauss(590 - y * 0.16, 110)
        size, tone = rng.uniform(2, 11), rng.randint(84, 138)
        draw.ellipse(
            (x - size, y - size * 0.6, x + size, y + size * 0.6),
            fill=(tone, round(tone * 0.76), round(tone * 0.5), 230),
        )


def _shell(stage: Stage, x: tuple[float, float], z: float, *, floors: int) -> None:
    for floor in range(floors):
        y = floor * 3.0
        stage.polygon([(x[0], y + 3, z), (x[1], y + 3, z), (x[1], y, z), (x[0], y, z)], (66, 64, 62, 255))
        stage.polygon(
            [(x[0], y + 3.1, z), (x[1], y + 3.1, z), (x[1], y + 2.7, z), (x[0], y + 2.7, z)],
            (170, 164, 154, 255),
        )
        for step in range(6):
            left = x[0] + (x[1] - x[0]) * step / 5
            stage.line((left, y, z), (left, y + 3, z), (158, 152, 144, 255), thick=0.5)
    for step in range(15):
        left = x[0] + (x[1] - x[0]) * step / 14
        stage.line((left, 0, z - 1), (left, floors * 3 + 1, z - 1), (196, 150, 60, 160), thick=0.08)
    for floor in range(floors * 2):
        stage.line((x[0], floor * 1.5, z - 1), (x[1], floor * 1.5, z - 1), (196, 150, 60, 140), thick=0.08)


def _crane(stage: Stage, x: float, z: float) -> None:
    yellow = (222, 172, 40, 255)
    for side in (-0.6, 0.6):
        stage.line((x + side, 0, z), (x + side, 30, z), yellow, thick=0.2)
    for step in range(20):
        y, flip = step * 1.5, 0.6 if step % 2 else -0.6
        stage.line((x - flip, y, z), (x + flip, y + 1.5, z), yellow, thick=0.12)
    stage.line((x - 16, 22, z), (x + 7, 22, z), yellow, thick=0.4)
    stage.line((x - 16, 22, z), (x, 25, z), yellow, thick=0.1)
    stage.line((x - 11, 22, z), (x - 11, 15, z), (60, 60, 62, 255), thick=0.08)


def noise(stage: Stage, phase: str) -> None:
    """An excavator working behind a gap in the fence; afterwards behind sound screens."""
    rng = stage.rng
    objects.hills(stage)
    objects.row_of_houses(stage, 40, x=(-36, 36), tall=1.6)
    stage.soften_distance()
    soil = textures.surface(rng, (700, 500), (142, 112, 80), rough=0.45, stains=0.3)
    stage.lay(soil, (-22, 22), (1.2, 30))
    _excavator(stage, 0.4, 11)
    if phase != "AFTER":
        _dust(stage)
    stage.lay(
        textures.surface(rng, (700, 260), textures.ASPHALT, rough=0.25, stains=0.1), (-14, 14), (1.2, 5.6)
    )
    gap = (-3.4, 3.6) if phase != "AFTER" else (99.0, 99.0)
    left = -10.0
    while left < 10:  # noqa: PLR2004 - the width of the view
        if not gap[0] < left + 0.7 < gap[1]:
            panel = textures.surface(rng, (70, 150), (120, 140, 150), rough=0.06, stains=0.1)
            draw = ImageDraw.Draw(panel, "RGBA")
            for line in range(0, 150, 10):
                draw.line((0, line, 70, line), fill=(60, 74, 82, 120), width=3)
            stage.stand(panel, (left, 0, 6), (left + 1.38, 0, 6), 1.9)
        left += 1.4
    if phase == "DURING":
        objects.barrier(stage, (-2.6, -0.6), 5.2)
        objects.barrier(stage, (0.4, 2.4), 5.2)


def _excavator(stage: Stage, x: float, z: float) -> None:
    body: Colour = (226, 164, 30)
    stage.shadow(x, z, 2.0, strength=0.6)
    objects.box(stage, (x - 1.6, x + 1.4), (z, z + 2.2), 0.7, (46, 46, 48))
    objects.box(stage, (x - 1.5, x + 1.2), (z + 0.2, z + 2), 1.0, body, base=0.8)
    objects.box(stage, (x + 0.1, x + 1.1), (z + 0.2, z + 1.4), 1.0, (70, 84, 94), base=1.8)
    stage.line((x + 1.2, 1.5, z), (x + 2.9, 3.6, z), (*body, 255), thick=0.34)
    stage.line((x + 2.9, 3.6, z), (x + 4.2, 1.6, z), (*objects.darker(body, 0.85), 255), thick=0.28)
    bucket = [(x + 3.9, 1.7, z), (x + 4.6, 1.5, z), (x + 4.4, 0.5, z), (x + 3.7, 0.7, z)]
    stage.polygon(bucket, (74, 70, 64, 255))


def _dust(stage: Stage) -> None:
    _cloud(stage, stage.at(3.2, 0.8, 11), (300, 130), (206, 186, 152), 0.75)


def _cloud(stage: Stage, centre: Point, radii: Point, colour: Colour, strength: float) -> None:
    """A puff of dust or smoke, torn at its edges."""
    rng = stage.detail
    size = (round(radii[0] * 2.4), round(radii[1] * 2.4))
    body = textures.soft_mask(
        size, textures.blob(rng, (size[0] / 2, size[1] / 2), radii, wobble=0.3), radii[1] * 0.3
    )
    torn = textures.clouds(rng, size, 12)
    mask = Image.composite(
        body, Image.new("L", size), torn.point([min(255, value * 2) for value in range(256)])
    )
    mask = mask.point([round(value * strength) for value in range(256)])
    stage.picture.paste(
        textures.tinted(torn, colour, 0.3),
        (round(centre[0] - size[0] / 2), round(centre[1] - size[1] / 2)),
        mask,
    )


def smoke(stage: Stage, phase: str) -> None:
    """A works chimney that smokes over the fields; afterwards it is covered and clean."""
    rng = stage.rng
    objects.hills(stage, rise=110)
    stage.lay(textures.foliage(rng, (600, 400), (112, 124, 70)), (-60, 60), (1.2, 70))
    stage.lay(
        textures.surface(rng, (400, 600), (140, 136, 128), rough=0.25, stains=0.1), (-2.4, 2.0), (1.2, 40)
    )
    for left, wide, tall in ((-14, 10, 6), (-3, 9, 8), (7, 12, 5)):
        hall = textures.facade(
            rng, (wide * 30, tall * 22), (170, 178, 184), floors=max(2, tall // 3), bays=wide
        )
        stage.stand(hall, (left, 0, 36), (left + wide, 0, 36), tall)
        roof = [
            (left, tall, 36),
            (left + wide, tall, 36),
            (left + wide - 1, tall + 1.4, 38),
            (left + 1, tall + 1.4, 38),
        ]
        stage.polygon(roof, (96, 110, 124, 255))
    for x in (-6.0, 4.5):
        objects.pole(stage, x, 35, 12, thick=1.1, colour=(176, 170, 162))
        for band in (9.2, 11.0):
            stage.line((x, band, 35), (x, band + 0.9, 35), (184, 60, 48, 255), thick=1.1)
    if phase == "AFTER":
        objects.box(stage, (-7.2, -4.8), (34.5, 35.5), 1.2, (96, 130, 150), base=12)
    else:
        for step in range(9):
            spot = stage.at(-6.0 + step * 1.4, 12.6 + step * 0.8 - step * step * 0.03, 35)
            reach = 26 + step * 15
            _cloud(
                stage,
                spot,
                (reach * 1.3, reach),
                (118 + step * 5, 114 + step * 5, 108 + step * 5),
                0.8 - step * 0.05,
            )
    stage.soften_distance(1.2)
    objects.railing(stage, 2.3, (2.2, 24), colour=(170, 174, 176))
    for x in (-4.0, 6.0):
        objects.bushes(stage, (x - 2, x + 2), 9, 1.0)
