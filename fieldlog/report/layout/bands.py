"""Strips of a page that are never cut, and how they fill pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.report.layout.ink import Ink, Page, lowered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_HAIR: Final = 0.01
"""Heights that were divided and added up again may be this much too large."""


class Band(Struct, frozen=True):
    """A strip as wide as the text; its marks count from its own top, below ``before``."""

    height: float
    inks: tuple[Ink, ...] = ()
    before: float = 0.0
    """Space above, dropped at the top of a page."""
    keep: bool = False
    """Never the last on a page: what follows comes along."""
    seam: tuple[Ink, ...] = ()
    """Drawn on both sides of a page break that falls just above this band (a table's closing line)."""
    repeat: tuple[Band, ...] = ()
    """Drawn again where a page begins with this band (a table's head)."""
    anchor: str = ""
    """A name under which the page number of this band is remembered."""
    source: int = 0
    """How far into its item's text this band reaches, in characters."""

    @property
    def reach(self) -> float:
        """Its height with the space above."""
        return self.before + self.height


def height_of(bands: Iterable[Band]) -> float:
    """How much of a page a run of bands takes, spaces between them included."""
    return sum(band.reach for band in bands)


@dataclass(slots=True)
class PageFlow:
    """Fills page after page with bands.

    ``top`` and ``height`` are where text stands on a page, in points.
    """

    top: float
    height: float
    pages: list[list[Ink]] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    _used: float = 0.0
    _waiting: list[Band] = field(default_factory=list)

    @property
    def room(self) -> float:
        """What is left of the present page."""
        waiting = height_of(self._waiting)
        return self.height - self._used - waiting if self.pages else self.height - waiting

    def place(self, bands: Iterable[Band]) -> None:
        """Add bands; those that keep with the next wait until it comes."""
        for band in bands:
            self._waiting.append(band)
            if not band.keep:
                self._settle()

    def turn(self) -> None:
        """What follows begins on a new page."""
        self._settle()
        if self.pages and self._used > 0:
            self._new_page()

    def finish(
        self, dress: Callable[[int, int], tuple[tuple[Ink, ...], tuple[Ink, ...]]]
    ) -> tuple[Page, ...]:
        """The finished pages; ``dress(number, of)`` gives what lies under and what stands around each."""
        self._settle()
        if len(self.pages) > 1 and not self._used:
            self.pages.pop()
        if not self.pages:
            self._new_page()
        finished = []
        for number, inks in enumerate(self.pages, start=1):
            under, around = dress(number, len(self.pages))
            finished.append(Page((*under, *inks, *around)))
        return tuple(finished)

    def _settle(self) -> None:
        group, self._waiting = self._waiting, []
        if not group:
            return
        if not self.pages:
            self._new_page()
        if self._used > 0 and self._used + height_of(group) > self.height + _HAIR and self._fits_alone(group):
            self._break(group[0])
        for band in group:
            if self._used > 0 and self._used + band.reach > self.height + _HAIR:
                self._break(band)
            self._draw(band)

    def _fits_alone(self, group: list[Band]) -> bool:
        return height_of(group) - group[0].before + height_of(group[0].repeat) <= self.height + _HAIR

    def _break(self, band: Band) -> None:
        self.pages[-1].extend(lowered(band.seam, self.top + self._used))
        self._new_page()
        for again in band.repeat:
            self._draw(again)
        if band.seam and not band.repeat:
            self.pages[-1].extend(lowered(band.seam, self.top + self._used))

    def _draw(self, band: Band) -> None:
        if self._used > 0:
            self._used += band.before
        self.pages[-1].extend(lowered(band.inks, self.top + self._used))
        if band.anchor:
            self.anchors[band.anchor] = len(self.pages)
        self._used += band.height

    def _new_page(self) -> None:
        self.pages.append([])
        self._used = 0.0
