"""What a page is made of once everything has its place: a list of marks, nothing left to decide.

Lengths are points; x grows to the right and y downwards from the upper left corner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldlog.report.blocks import Figure


class Text(Struct, frozen=True):
    """One line of text in one face from ``x`` on; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    strong: bool = False
    colour: str = "text"
    word_gap: float = 0.0
    """Added to every space to make lines end evenly."""


class Rule(Struct, frozen=True):
    """A straight horizontal or vertical line."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float
    colour: str = "rule"


class Tint(Struct, frozen=True):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Picture(Struct, frozen=True):
    """A figure fitted whole into a rectangle."""

    x: float
    y: float
    width: float
    height: float
    figure: Figure


class Slanted(Struct, frozen=True):
    """Words across the page, centred on a point, turned by degrees."""

    x: float
    y: float
    text: str
    size: float
    degrees: float
    colour: str


class Bookmark(Struct, frozen=True):
    """A place the outline leads to; levels count from 0."""

    y: float
    title: str
    level: int


Ink = Text | Rule | Tint | Picture | Slanted | Bookmark


class Page(Struct, frozen=True):
    """One sheet of paper, drawn in the order of its marks."""

    inks: tuple[Ink, ...]


def lowered(inks: Iterable[Ink], by: float) -> tuple[Ink, ...]:
    """The same marks further down the page."""
    return tuple(_lowered(ink, by) for ink in inks)


def _lowered(ink: Ink, by: float) -> Ink:
    if isinstance(ink, Rule):
        return replace(ink, y=ink.y + by, to_y=ink.to_y + by)
    return replace(ink, y=ink.y + by)


def frame(x: float, y: float, width: float, height: float, weight: float) -> tuple[Rule, ...]:
    """The four sides of a rectangle."""
    return (
        Rule(x, y, x + width, y, weight),
        Rule(x, y + height, x + width, y + height, weight),
        Rule(x, y, x, y + height, weight),
        Rule(x + width, y, x + width, y + height, weight),
    )
