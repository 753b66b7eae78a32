"""Making a report fit exactly one page, and saying on the page where the rest is.

Nothing is cut silently: what cannot stay comes back as sections for the attachment, and every place
where something was cut carries a line that names the attachment's page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from fieldlog.domain.errors import ReportRefused
from fieldlog.domain.phrase import Phrase
from fieldlog.report import korean_text, words
from fieldlog.report.blocks import Closing, Item, Level, OnePage, Plate, Section, TitleBox
from fieldlog.report.layout.bands import Band, height_of
from fieldlog.report.layout.plates import strip_bands
from fieldlog.report.layout.setting import (
    Paper,
    closing_bands,
    item_bands,
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


@dataclass(frozen=True, slots=True)
class Overflow:
    """What one page could not hold; ``sections`` carry the anchors under which they continue."""

    facts: tuple[Item, ...] = ()
    sections: tuple[tuple[str, Section], ...] = ()
    plates: tuple[Plate, ...] = ()
    captions: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.facts or self.sections or self.plates or self.captions)


@dataclass(frozen=True, slots=True)
class FittedPage:
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


@dataclass(frozen=True, slots=True)
class _SetSection:
    """A section's heading, and for each item its bands."""

    section: Section
    anchor: str
    heading: tuple[Band, ...]
    items: tuple[tuple[Band, ...], ...]

    @property
    def height(self) -> float:
        return height_of(self.heading) + sum(height_of(bands) for bands in self.items)


@dataclass(frozen=True, slots=True)
class _Plan:
    """One attempt: the page at one scale with one height of photos."""

    page: OnePage
    paper: Paper
    head: tuple[Band, ...]
    facts: tuple[Band, ...]
    rest_of_facts: tuple[Item, ...]
    sections: tuple[_SetSection, ...]
    strip: tuple[Band, ...]
    strip_height: float
    shown: int
    rest_of_captions: tuple[Item, ...]

    @property
    def mark_height(self) -> float:
        return self.paper.style.type["note"].leading

    @property
    def room_for_sections(self) -> float:
        """What is left when everything that must stand on the page has its place."""
        fixed = height_of(self.head) + height_of(self.facts) + height_of(self.strip)
        fixed += self.mark_height if self.rest_of_facts else 0.0
        fixed += self.mark_height if self._photos_continue else 0.0
        return self.paper.style.text_height - fixed - self._closing_height

    @property
    def wanted(self) -> float:
        return sum(section.height for section in self.sections)

    @property
    def fits(self) -> bool:
        return self.wanted <= self.room_for_sections

    @property
    def holds(self) -> bool:
        """Whether every section has room for its heading, a line, and the word that it continues."""
        least = [height_of(section.heading) + 3 * self.mark_height for section in self.sections]
        return sum(least) <= self.room_for_sections

    @property
    def _photos_continue(self) -> bool:
        return len(self.page.plates) > self.shown or bool(self.rest_of_captions)

    @property
    def _closing_height(self) -> float:
        names = attachment_lines(rest=True, photos=self._photos_continue)
        return height_of(closing_bands(Closing(names), self.paper))

    def bands(self, overflow: Overflow, pages: Mapping[str, int]) -> tuple[Band, ...]:
        """The page as it will be drawn."""
        kept = dict(overflow.sections)
        made = [*self.head, *self.facts]
        if overflow.facts:
            made.append(self._mark(words.CONTINUED.format(page=pages[FACTS_ANCHOR])))
        room = _shares([section.height for section in self.sections], self.room_for_sections)
        for section, height in zip(self.sections, room, strict=True):
            made.extend(section.heading)
            if section.anchor in kept:
                shown, _ = _cut(section, height, self.mark_height)
                made.extend(shown)
                made.append(self._mark(words.CONTINUED.format(page=pages[section.anchor])))
            else:
                made.extend(band for bands in section.items for band in bands)
        made.extend(self.strip)
        if self._photos_continue:
            made.append(self._mark(self._photo_mark(overflow, pages)))
        names = attachment_lines(rest=bool(overflow.facts or overflow.sections), photos=self._photos_continue)
        made.extend(closing_bands(Closing(names), self.paper))
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
        setter = self.paper.setter("note", strong=True)
        ink = one_line(setter, text, self.paper.left, self.paper.width, "right")
        return Band(setter.type.leading, (replace(ink, colour="accent"),))

    def overflow(self) -> Overflow:
        """What this attempt leaves for the attachment."""
        room = _shares([section.height for section in self.sections], self.room_for_sections)
        rests = []
        for section, height in zip(self.sections, room, strict=True):
            if section.height > height:
                _, rest = _cut(section, height, self.mark_height)
                rests.append((section.anchor, rest))
        return Overflow(
            facts=self.rest_of_facts,
            sections=tuple(rests),
            plates=self.page.plates[self.shown :],
            captions=self.rest_of_captions,
        )


def attachment_lines(*, rest: bool, photos: bool) -> tuple[str, ...]:
    """The closing lines of a one-page report."""
    names = [words.ATTACHED_REST] * rest + [words.R4_NAME] * photos
    return korean_text.attachments(names)


def fit(page: OnePage, paper: Paper) -> FittedPage:
    """The page in the largest type, with the largest photos, in which everything stands on it.

    Where nothing fits, the smallest type is taken and the longest sections continue in the attachment.
    """
    plan = _fullest(page, paper)
    if plan is not None:
        return plan
    sizes = paper.style.one_page
    for (scale, height), shown in (
        (sizes["crowded"], page.shown_first),
        (sizes["tightest"], page.shown_first),
        (sizes["tightest"], 0),
    ):
        crowded = _plan(replace(page, shown_first=shown), paper, scale, height * POINTS_PER_MM)
        if crowded.holds:
            return FittedPage(crowded, crowded.overflow())
    raise ReportRefused(
        Phrase("현장보고를 한 쪽에 넣을 수 없습니다.", "The report does not fit one page."),
        Phrase(
            "용지 여백이나 결재란이 너무 큽니다.", "The margins or the approval box leave too little room."
        ),
        Phrase("기관 설정에서 여백을 줄여 주십시오.", "Make the margins smaller in the agency's settings."),
    )


def _fullest(page: OnePage, paper: Paper) -> FittedPage | None:
    """The most readable attempt in which nothing needs to be cut."""
    for scale, height in paper.style.one_page["attempts"]:
        plan = _plan(page, paper, scale, height * POINTS_PER_MM)
        if plan.fits:
            return _roomy(plan, page, paper, scale)
    return None


def _roomy(plan: _Plan, page: OnePage, paper: Paper, scale: float) -> FittedPage:
    """Let the photos grow into room that is left over."""
    if page.plates:
        spare = plan.room_for_sections - plan.wanted
        most = paper.style.one_page["roomy_mm"] * POINTS_PER_MM
        height = min(plan.strip_height + spare, most)
        if height > plan.strip_height:
            grown = _plan(page, paper, scale, height)
            plan = grown if grown.fits else plan
    return FittedPage(plan, plan.overflow())


def _plan(page: OnePage, paper: Paper, scale: float, strip_height: float) -> _Plan:
    small = Paper(paper.style.scaled(scale), paper.measure)
    title, rest_of_title = _cut_title(page.title, small)
    head = (*masthead_bands(page.masthead, small), *title_bands(title, small))
    cap = int(paper.style.one_page["fact_lines"])
    facts, rests = TableSetter(small, small.left, small.width, line_cap=cap).bands(page.facts)
    told = [_rest_of_fact(page, rest.row, rest.column, rest.text) for rest in rests]
    if rest_of_title:
        told.insert(0, Item(Level.CIRCLE, words.REST_OF_FACT.format(what=words.TITLE, text=rest_of_title)))
    shown = min(page.shown_first, len(page.plates))
    strip, captions = _strip(page.plates[:shown], strip_height, small)
    return _Plan(
        page=page,
        paper=small,
        head=tuple(head),
        facts=tuple(facts),
        rest_of_facts=tuple(told),
        sections=tuple(_set(section, n, small) for n, section in enumerate(page.sections)),
        strip=strip,
        strip_height=strip_height,
        shown=shown,
        rest_of_captions=captions,
    )


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
    return strip_bands(tuple(plates), max(len(plates), 2), height, paper)


def _set(section: Section, number: int, paper: Paper) -> _SetSection:
    heading = item_bands(Item(Level.BOX, section.title), paper)
    items = tuple(tuple(item_bands(item, paper)) for item in section.items)
    return _SetSection(section, f"section {number}", tuple(heading), items)


def _shares(wanted: Sequence[float], room: float) -> list[float]:
    """How much of the room each section gets: the short ones all they want, the long ones alike."""
    given = list(wanted)
    if sum(wanted) <= room:
        return given
    left, open_sections = room, sorted(range(len(wanted)), key=lambda n: wanted[n])
    for place, number in enumerate(open_sections):
        fair = left / (len(open_sections) - place)
        given[number] = min(wanted[number], fair)
        left -= given[number]
    return given


def _cut(section: _SetSection, height: float, mark_height: float) -> tuple[tuple[Band, ...], Section]:
    """The bands that fit in a height together with the mark that more follows, and the rest."""
    room = height - height_of(section.heading) - mark_height
    shown: list[Band] = []
    for number, bands in enumerate(section.items):
        for band in bands:
            if band.reach > room:
                return tuple(shown), _rest(section, number, _reached(bands, band))
            room -= band.reach
            shown.append(band)
    return tuple(shown), replace(section.section, items=())


def _reached(bands: Sequence[Band], first_hidden: Band) -> int:
    at = next(n for n, band in enumerate(bands) if band is first_hidden)
    return bands[at - 1].source if at else 0


def _rest(section: _SetSection, number: int, reached: int) -> Section:
    item = section.section.items[number]
    partly = replace(item, text=item.text[reached:])
    return replace(section.section, items=(partly, *section.section.items[number + 1 :]))
