"""Making a report fit exactly one page, and saying on the page where the rest is.

Nothing is cut silently: what cannot stay comes back as sections for the attachment, and every place
where something was cut carries a line that names the attachment's page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.domain.errors import ReportRefused
from fieldlog.domain.phrase import Phrase
from fieldlog.report import korean_text, words
from fieldlog.report.blocks import Closing, Item, Level, OnePage, Plate, Section, TitleBox
from fieldlog.report.layout.bands import Band, height_of
from fieldlog.report.layout.cutting import SetSection, set_section, shared
from fieldlog.report.layout.plates import strip_bands
from fieldlog.report.layout.setting import (
    Paper,
    closing_bands,
    masthead_bands,
    one_line,
    title_bands,
)
from fieldlog.report.layout.tables import TableSetter, capped
from fieldlog.report.style import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FACTS_ANCHOR: Final = "facts"
PHOTOS_ANCHOR: Final = "photos"


class Overflow(Struct, frozen=True):
    """What one page could not hold; ``sections`` carry the anchors under which they continue."""

    facts: tuple[Item, ...] = ()
    sections: tuple[tuple[str, Section], ...] = ()
    plates: tuple[Plate, ...] = ()
    captions: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.facts or self.sections or self.plates or self.captions)


class FittedPage(Struct, frozen=True):
    """One page's content: set for real by ``bands`` once the attachment's page numbers are known."""

    plan: _Plan
    overflow: Overflow

    @property
    def title(self) -> str:
        """The case's number and title."""
        return self.plan.page.title.outline

    @property
    def anchors(self) -> tuple[str, ...]:
        """The names under which parts of the page continue in the attachment."""
        return (FACTS_ANCHOR, PHOTOS_ANCHOR, *(anchor for anchor, _ in self.overflow.sections))

    def bands(self, pages: Mapping[str, int]) -> tuple[Band, ...]:
        """Everything on the page from top to bottom; ``pages`` tells where each anchor landed."""
        return self.plan.bands(self.overflow, pages)


class _Scaled(Struct, frozen=True):
    """All of the page but its photos, set at one scale."""

    paper: Paper
    head: tuple[Band, ...]
    facts: tuple[Band, ...]
    rest_of_facts: tuple[Item, ...]
    sections: tuple[SetSection, ...]


class _Plan(Struct, frozen=True):
    """One attempt: the page at one scale with one height of photos."""

    page: OnePage
    set: _Scaled
    strip: tuple[Band, ...]
    strip_height: float
    shown: int
    rest_of_captions: tuple[Item, ...]

    @property
    def mark_height(self) -> float:
        return self.set.paper.style.type["note"].leading

    @property
    def room_for_sections(self) -> float:
        """What is left when everything that must stand on the page has its place."""
        fixed = height_of(self.set.head) + height_of(self.set.facts) + height_of(self.strip)
        fixed += self.mark_height if self.set.rest_of_facts else 0.0
        fixed += self.mark_height if self._photos_continue else 0.0
        return self.set.paper.style.text_height - fixed - self._closing_height

    @property
    def wanted(self) -> float:
        """The height of all sections in full."""
        return sum(section.whole for section in self.set.sections)

    @property
    def fits(self) -> bool:
        return self.wanted <= self.room_for_sections

    @property
    def holds(self) -> bool:
        """Whether every section has room for its heading, a line, and the word that it continues."""
        least = [
            section.height(min(1, len(section.lines)), self.mark_height) for section in self.set.sections
        ]
        return sum(least) <= self.room_for_sections

    @property
    def shared(self) -> tuple[int, ...]:
        """How many lines of each section stand on the page."""
        return shared(self.set.sections, self.room_for_sections, self.mark_height)

    @property
    def _photos_continue(self) -> bool:
        return len(self.page.plates) > self.shown or bool(self.rest_of_captions)

    @property
    def _closing_height(self) -> float:
        return height_of(self._closing(rest=True))

    def _closing(self, *, rest: bool) -> tuple[Band, ...]:
        """The attachments and the end mark."""
        names = [words.ATTACHED_REST] * rest + [words.R4_NAME] * self._photos_continue
        lines = korean_text.attachments([*names, *self.page.attached])
        return tuple(closing_bands(Closing(lines), self.set.paper))

    def bands(self, overflow: Overflow, pages: Mapping[str, int]) -> tuple[Band, ...]:
        """The page as it will be drawn."""
        made = [*self.set.head, *self.set.facts]
        if overflow.facts:
            made.append(self._mark(words.CONTINUED.format(page=pages[FACTS_ANCHOR])))
        for section, shown in zip(self.set.sections, self.shared, strict=True):
            made.extend(section.bands(shown))
            if shown < len(section.lines):
                made.append(self._mark(words.CONTINUED.format(page=pages[section.anchor])))
        made.extend(self.strip)
        if self._photos_continue:
            made.append(self._mark(self._photo_mark(overflow, pages)))
        made.extend(self._closing(rest=bool(overflow.facts or overflow.sections)))
        return tuple(made)

    def _photo_mark(self, overflow: Overflow, pages: Mapping[str, int]) -> str:
        page = pages[PHOTOS_ANCHOR]
        count = len(overflow.plates)
        return (
            words.CONTINUED_PHOTOS.format(count=count, page=page)
            if count
            else words.CONTINUED.format(page=page)
        )

    def _mark(self, text: str) -> Band:
        setter = self.set.paper.setter("note", strong=True)
        ink = one_line(setter, text, self.set.paper.left, self.set.paper.width, "right")
        return Band(setter.type.leading, (replace(ink, colour="accent"),))

    def overflow(self) -> Overflow:
        """What this attempt leaves for the attachment."""
        pairs = zip(self.set.sections, self.shared, strict=True)
        rests = (
            (section.anchor, section.rest(shown)) for section, shown in pairs if shown < len(section.lines)
        )
        return Overflow(
            facts=self.set.rest_of_facts,
            sections=tuple(rests),
            plates=self.page.plates[self.shown :],
            captions=self.rest_of_captions,
        )


def fit(page: OnePage, paper: Paper) -> FittedPage:
    """The page in the largest type, with the largest photos, in which everything stands on it.

    Where nothing holds everything, the longest sections continue in the attachment.

    Raises:
        ReportRefused: The margins leave so little room that not even the beginnings fit.
    """
    fitter = _Fitter(page, paper)
    plan = fitter.fullest() or fitter.crowded()
    if plan is not None:
        return FittedPage(plan, plan.overflow())
    raise ReportRefused(
        Phrase("현장보고를 한 쪽에 넣을 수 없습니다.", "The report does not fit one page."),
        Phrase(
            "용지 여백이나 결재란이 너무 큽니다.", "The margins or the approval box leave too little room."
        ),
        Phrase("기관 설정에서 여백을 줄여 주십시오.", "Make the margins smaller in the agency's settings."),
    )


@dataclass(frozen=True, slots=True)
class _Fitter:
    """Tries the page at one scale after another, setting the text once for each."""

    page: OnePage
    paper: Paper
    _scaled: dict[float, _Scaled] = field(default_factory=dict)

    def fullest(self) -> _Plan | None:
        """The most readable attempt in which nothing needs to be cut."""
        for scale, height in self.paper.style.one_page["attempts"]:
            plan = self._plan(scale, height * POINTS_PER_MM)
            if plan.fits:
                return self._roomy(plan, scale) if self.page.plates else plan
        return None

    def crowded(self) -> _Plan | None:
        """The most readable attempt in which every section can at least begin."""
        sizes = self.paper.style.one_page
        shown = self.page.shown_first
        for (scale, height), photos in (
            (sizes["crowded"], shown),
            (sizes["tightest"], shown),
            (sizes["tightest"], 0),
        ):
            plan = self._plan(scale, height * POINTS_PER_MM, photos)
            if plan.holds:
                return plan
        return None

    def _roomy(self, plan: _Plan, scale: float) -> _Plan:
        """Let the photos grow into room that is left over."""
        most = self.paper.style.one_page["roomy_mm"] * POINTS_PER_MM
        height = min(plan.strip_height + plan.room_for_sections - plan.wanted, most)
        if height <= plan.strip_height:
            return plan
        grown = self._plan(scale, height)
        return grown if grown.fits else plan

    def _plan(self, scale: float, strip_height: float, photos: int | None = None) -> _Plan:
        if scale not in self._scaled:
            self._scaled[scale] = _scaled(self.page, self.paper, scale)
        ready = self._scaled[scale]
        shown = min(self.page.shown_first if photos is None else photos, len(self.page.plates))
        strip, captions = _strip(self.page.plates[:shown], strip_height, ready.paper)
        return _Plan(self.page, ready, strip, strip_height, shown, captions)


def _scaled(page: OnePage, paper: Paper, scale: float) -> _Scaled:
    small = Paper(paper.style.scaled(scale, paper.style.one_page["leading"]), paper.measure)
    title, rest_of_title = _cut_title(page.title, small)
    head = (*masthead_bands(page.masthead, small), *title_bands(title, small))
    cap = int(paper.style.one_page["fact_lines"])
    facts, rests = TableSetter(small, small.left, small.width, line_cap=cap).bands(page.facts)
    told = [_rest_of_fact(page, rest.row, rest.column, rest.text) for rest in rests]
    if rest_of_title:
        told.insert(0, Item(Level.CIRCLE, words.REST_OF_FACT.format(what=words.TITLE, text=rest_of_title)))
    sections = (set_section(section, f"section {n}", small) for n, section in enumerate(page.sections))
    return _Scaled(small, head, tuple(facts), tuple(told), tuple(sections))


def _cut_title(title: TitleBox, paper: Paper) -> tuple[TitleBox, str]:
    setter = paper.setter("title", strong=True)
    lines, rest = capped(setter, title.text, paper.width - 20.0, int(paper.style.one_page["title_lines"]))
    return (replace(title, text="\n".join(line.text for line in lines)), rest) if rest else (title, "")


def _rest_of_fact(page: OnePage, row: int, column: int, text: str) -> Item:
    what = page.facts.rows[row][column - 1].text if column else ""
    return Item(Level.CIRCLE, words.REST_OF_FACT.format(what=what, text=text))


def _strip(plates: Sequence[Plate], height: float, paper: Paper) -> tuple[tuple[Band, ...], tuple[Item, ...]]:
    if not plates:
        return (), ()
    return strip_bands(tuple(plates), len(plates), height, paper)
