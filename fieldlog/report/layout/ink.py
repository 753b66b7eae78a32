"""What a page is made of once everything has its place: a list of marks, nothing left to decide.

Lengths are points; x grows to the right and y downwards from the upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldlog.report.blocks import Figure


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text in one face from ``x`` on; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    strong: bool = False
    colour: str = "text"
    word_gap: float = 0.0
    """Added to every space to make lines end evenly."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight horizontal or vertical line."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float
    colour: str = "rule"


@dataclass(frozen=True, slots=True)
class Tint:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure fitted whole into a rectangle."""

    x: float
    y: float
    width: float
    height: float
    figure: Figure


@dataclass(frozen=True, slots=True)
class Slanted:
    """Words across the page, centred on a point, turned by degrees."""

    x: float
    y: float
    text: str
    size: float
    degrees: float
    colour: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place the outline leads to; levels count from 0."""

    y: float
    title: str
    level: int


Ink = Text | Rule | Tint | Picture | Slanted | Bookmark


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper, drawn in the order of its marks."""

    inks: tuple[Ink, ...]


def lowered(inks: Iterable[Ink], by: float) -> tuple[Ink, ...]:
    """The same marks further down the page."""
    return tuple(_lowered(ink, by) for ink in inks)


def _lowered(ink: Ink, by: float) -> Ink:
    """Text and rules, of which there are many, are written out: ``replace`` looks at every field anew."""
    match ink:
        case Text(x, y, text, size, strong, colour, word_gap):
            return Text(x, y + by, text, size, strong, colour, word_gap)
        case Rule(x, y, to_x, to_y, width, colour):
            return Rule(x, y + by, to_x, to_y + by, width, colour)
    return replace(ink, y=ink.y + by)


def frame(x: float, y: float, width: float, height: float, weight: float) -> tuple[Rule, ...]:
    """The four sides of a rectangle."""
    return (
        Rule(x, y, x + width, y, weight),
        Rule(x, y + height, x + width, y + height, weight),
        Rule(x, y, x, y + height, weight),
        Rule(x + width, y, x + width, y + height, weight),
    )
