"""Generated photographs for the practice store: true-looking places, invented every one, with EXIF."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import KST

if TYPE_CHECKING:
    from PIL.Image import Exif
    from PIL.Image import Image as Pixels

SCENES: Final = (
    "pothole", "subsidence", "sidewalk", "streetlight", "drain", "crossing", "schoolzone", "bridge", "wall",
    "stairs", "trail", "park", "port", "construction", "flood", "slope", "hydrant", "alley", "sewer", "smoke",
    "banner", "waste", "noise", "shop", "field", "generic",
)  # fmt: skip
"""What can be drawn; any other name is drawn as ``generic``."""

CAMERA: Final = ("Hanbit Practice", "HP-1")
_QUALITY: Final = 88
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825


def draw_practice_picture(
    scene: str,
    *,
    seed: int,
    taken_at: datetime,
    lat: float | None = None,
    lon: float | None = None,
    heading: float | None = None,
    phase: str = "BEFORE",
    caption: str | None = None,
) -> bytes:
    """A JPEG of 1600 x 1200 with time, position, direction and camera in its EXIF.

    The same arguments give the same bytes; another ``phase`` (BEFORE, DURING, AFTER) of the same scene and
    seed shows the same place in another state. Degrees WGS 84; heading in degrees from north. Without a
    position the picture carries none, as a camera without a fix.
    """
    from fieldlog.media.scenery import repertoire, stage  # noqa: PLC0415

    played = repertoire.SCENES.get(scene, repertoire.SCENES["generic"])
    rng = Random(f"{scene}/{seed}")  # noqa: S311 - paint, not secrets
    mood = repertoire.mood_for(played, taken_at.astimezone(KST).hour, rng)
    pitch = played.pitch + rng.uniform(-0.8, 0.8)
    painting = stage.Stage(rng, mood, height=played.height, pitch=pitch)
    played.paint(painting, phase)
    return _developed(painting.finished(), _exif(taken_at, lat, lon, heading, caption))


def _developed(picture: Pixels, exif: Exif) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, exif=exif)
    return out.getvalue()


def _exif(
    taken_at: datetime, lat: float | None, lon: float | None, heading: float | None, caption: str | None
) -> Exif:
    from PIL import Image  # noqa: PLC0415

    local = taken_at.astimezone(KST)
    stamp = local.strftime("%Y:%m:%d %H:%M:%S")
    exif = Image.Exif()
    exif.update({0x010F: CAMERA[0], 0x0110: CAMERA[1], 0x0112: 1, 0x0132: stamp})
    if caption:
        exif[0x010E] = caption
    exif.get_ifd(_EXIF_IFD).update({0x9003: stamp, 0x9004: stamp, 0x9011: "+09:00", 0x9012: "+09:00"})
    if lat is not None and lon is not None:
        exif.get_ifd(_GPS_IFD).update(_gps(taken_at, lat, lon, heading))
    return exif


def _gps(taken_at: datetime, lat: float, lon: float, heading: float | None) -> dict[int, object]:
    world = taken_at.astimezone(UTC)
    facing = {} if heading is None else {16: "T", 17: round(heading % 360, 1)}
    return {
        0: b"\x02\x03\x00\x00",
        1: "N" if lat >= 0 else "S",
        2: _sexagesimal(lat),
        3: "E" if lon >= 0 else "W",
        4: _sexagesimal(lon),
        7: (float(world.hour), float(world.minute), float(world.second)),
        18: "WGS-84",
        29: world.strftime("%Y:%m:%d"),
        31: 5.0,
        **facing,
    }


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    seconds = round(abs(degrees) * 3600, 4)
    whole, rest = divmod(seconds, 3600)
    return float(whole), float(rest // 60), round(rest % 60, 4)
