"""A theme as a value: colours, tones and sizes read from ``resources/themes``."""

from __future__ import annotations

import enum
import json
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from fieldlog.domain.errors import Bug
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from pathlib import Path

THEME_KEYS: Final = ("light", "dark", "sun")
_LINEAR_BELOW: Final = 0.04045


class Tone(enum.Enum):
    """What a coloured mark says beside its word; never said by colour alone."""

    NEUTRAL = "neutral"
    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    DANGER = "danger"


class Shade(Struct, frozen=True):
    """One tone's two colours, ``#rrggbb``: ink to write with, wash to write on."""

    ink: str
    wash: str


class Colours(Struct, frozen=True, kw_only=True):
    """Every colour a widget may use, ``#rrggbb``.

    ``hairline`` only divides and may be faint; ``line`` bounds what can be operated and keeps 3:1;
    ``disabled`` is for what cannot be operated now.
    """

    background: str
    raised: str
    sunken: str
    hairline: str
    line: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    accent_hover: str
    selection: str
    focus: str


class Sizes(Struct, frozen=True, kw_only=True):
    """Type sizes in device-independent pixels, all from the scale 12, 13, 15, 18, 24."""

    small: int
    body: int
    lead: int
    title: int
    display: int


class Theme(Struct, frozen=True, kw_only=True):
    """One complete look."""

    key: str
    name: Phrase
    dark: bool
    colours: Colours
    tones: dict[Tone, Shade]
    sizes: Sizes
    text_contrast: float
    focus_width: int


def load_themes(folder: Path) -> dict[str, Theme]:
    """Every theme of ``resources/themes``, by key, in the order they are offered.

    Raises:
        Bug: A theme file is missing or incomplete; they ship with the program.
    """
    return {key: _read(folder / f"{key}.json") for key in THEME_KEYS}


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= _LINEAR_BELOW:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def _read(path: Path) -> Theme:
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Theme(
            key=raw["key"],
            name=Phrase(**raw["name"]),
            dark=raw["dark"],
            colours=Colours(**raw["colours"]),
            tones={tone: Shade(**raw["tones"][tone.value]) for tone in Tone},
            sizes=Sizes(**raw["sizes"]),
            text_contrast=raw["rules"]["text_contrast"],
            focus_width=raw["rules"]["focus_width"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Bug(f"theme {path.name}: {error!r}") from error
