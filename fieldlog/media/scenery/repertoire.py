"""Every scene that can be played, with where the camera stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.media.scenery import fronts, places, roads, stage, structures

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from fieldlog.media.scenery.stage import Mood, Stage

_DAWN, _WORK, _DUSK, _DARK = 6, 9, 17, 20


class Scene(Struct, frozen=True):
    """How a scene is painted: camera height in metres, pitch in degrees downwards, its own light if any."""

    paint: Callable[[Stage, str], None]
    pitch: float
    height: float = 1.5
    mood: Mood | None = None
    at_night: bool = False


SCENES: Final[dict[str, Scene]] = {
    "pothole": Scene(roads.pothole, 13),
    "subsidence": Scene(roads.subsidence, 11),
    "sidewalk": Scene(roads.sidewalk, 12),
    "streetlight": Scene(roads.streetlight, 2, mood=stage.NIGHT),
    "drain": Scene(roads.drain, 15),
    "crossing": Scene(roads.crossing, 7, at_night=True),
    "schoolzone": Scene(roads.schoolzone, 8),
    "sewer": Scene(roads.sewer, 13),
    "hydrant": Scene(fronts.hydrant, 8),
    "bridge": Scene(structures.bridge, 7),
    "wall": Scene(structures.wall, 2),
    "stairs": Scene(structures.stairs, -6),
    "trail": Scene(structures.trail, 8),
    "port": Scene(structures.port, 6),
    "slope": Scene(structures.slope, -1),
    "field": Scene(structures.field, 7, height=1.9),
    "flood": Scene(structures.flood, 5, mood=stage.OVERCAST),
    "park": Scene(places.park, 4),
    "construction": Scene(places.construction, 0),
    "noise": Scene(places.noise, 3),
    "alley": Scene(places.alley, 4),
    "smoke": Scene(places.smoke, -4),
    "banner": Scene(places.banner, 3),
    "waste": Scene(fronts.waste, 8),
    "shop": Scene(fronts.shop, 3),
    "generic": Scene(places.generic, 5),
}


def mood_for(scene: Scene, hour: int, rng: Random) -> Mood:
    """The light of the hour; only scenes made for it go dark."""
    overcast = rng.random() < 0.3  # noqa: PLR2004 - three days in ten
    if scene.mood is not None:
        return scene.mood
    if hour < _DAWN or hour >= _DARK:
        return stage.NIGHT if scene.at_night else stage.EVENING
    if overcast:
        return stage.OVERCAST
    if hour < _WORK:
        return stage.MORNING
    return stage.EVENING if hour >= _DUSK else stage.DAY
