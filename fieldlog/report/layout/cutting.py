"""Sharing too little room between sections, line by line, and keeping what is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.report.blocks import Item, Level, Section
from fieldlog.report.layout.bands import Band, height_of
from fieldlog.report.layout.setting import item_bands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.report.layout.setting import Paper


class SetSection(Struct, frozen=True):
    """A section set in type: its heading, then its lines, each knowing its item.

    ``anchor`` is the name under which the section continues elsewhere.
    """

    section: Section
    anchor: str
    heading: tuple[Band, ...]
    lines: tuple[tuple[int, Band], ...]

    @property
    def whole(self) -> float:
        """Its height when nothing is cut, in points."""
        return self.height(len(self.lines), 0.0)

    def height(self, shown: int, mark: float) -> float:
        """Its height with some of its lines, and with the mark that more follows if more follows."""
        body = height_of(band for _, band in self.lines[:shown])
        return height_of(self.heading) + body + (mark if shown < len(self.lines) else 0.0)

    def bands(self, shown: int) -> tuple[Band, ...]:
        """Its heading and the first of its lines."""
        return (*self.heading, *(band for _, band in self.lines[:shown]))

    def rest(self, shown: int) -> Section:
        """What follows after so many lines: the item cut goes on where its last line ended."""
        number, _ = self.lines[shown]
        items = self.section.items[number:]
        last_number, last = self.lines[shown - 1] if shown else (-1, None)
        if last is not None and last_number == number:
            items = (replace(items[0], text=items[0].text[last.source :]), *items[1:])
        return replace(self.section, items=items)


def set_section(section: Section, anchor: str, paper: Paper) -> SetSection:
    """A section in the paper's type."""
    heading = item_bands(Item(Level.BOX, section.title), paper)
    lines = (
        (number, replace(band, keep=False))
        for number, item in enumerate(section.items)
        for band in item_bands(item, paper)
    )
    return SetSection(section, anchor, tuple(heading), tuple(lines))


def shared(sections: Sequence[SetSection], room: float, mark: float) -> tuple[int, ...]:
    """How many lines of each section stand in the room: one more for each in turn while they fit.

    Short sections so stand whole before long ones take what is left.
    """
    shown = [0] * len(sections)
    used = sum(section.height(0, mark) for section in sections)
    growing = True
    while growing:
        growing = False
        for number, section in enumerate(sections):
            if shown[number] == len(section.lines):
                continue
            more = section.height(shown[number] + 1, mark) - section.height(shown[number], mark)
            if used + more <= room:
                shown[number] += 1
                used += more
                growing = True
    return tuple(shown)
