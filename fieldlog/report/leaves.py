"""Laying a whole document out: from a dossier to pages, with nothing drawn yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from fieldlog.report import compose_r1, compose_r2, compose_r4, korean_text, words
from fieldlog.report.blocks import About, Heading, Item, Level, PageBreak, TitleBox
from fieldlog.report.layout import onepage
from fieldlog.report.layout.bands import PageFlow
from fieldlog.report.layout.pages import flow
from fieldlog.report.layout.running import dressing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fieldlog.report.blocks import Block
    from fieldlog.report.compose_r4 import Arrangement
    from fieldlog.report.dossier import Dossier
    from fieldlog.report.layout.ink import Page
    from fieldlog.report.layout.onepage import FittedPage
    from fieldlog.report.layout.setting import Paper
    from fieldlog.report.legible import Missing

Template = Literal["R1", "R2", "R4"]
TEMPLATES: Final[tuple[Template, ...]] = ("R1", "R2", "R4")
_NAMES: Final[dict[Template, str]] = {"R1": words.R1_NAME, "R2": words.R2_NAME, "R4": words.R4_NAME}


@dataclass(frozen=True, slots=True)
class Leaves:
    """The pages of a report, and those of its attachment where it has one."""

    main: tuple[Page, ...]
    attached: tuple[Page, ...] = ()


def lay_out(
    dossier: Dossier, template: Template, paper: Paper, *, photos: Arrangement, replaced: Sequence[Missing]
) -> Leaves:
    """The document on its pages; ``replaced`` are characters to be listed as printed otherwise.

    Raises:
        ReportRefused: The margins leave too little room.
    """
    about = describe(dossier, template)
    if template == "R1":
        return _one_pagers(dossier, paper, about, replaced)
    if template == "R2":
        names = (words.REPLACED_NAME,) if replaced else ()
        blocks = compose_r2.compose(dossier, photos, attached=names)
    else:
        blocks = compose_r4.compose(dossier, photos)
    flowing = flow((*blocks, *_replaced_blocks(replaced)), paper)
    return Leaves(flowing.finish(dressing(about, paper, words.PAGE)))


def _one_pagers(dossier: Dossier, paper: Paper, about: About, replaced: Sequence[Missing]) -> Leaves:
    """One page for each case, and the pages on which they continue."""
    names = (words.REPLACED_NAME,) if replaced else ()
    fitted = [onepage.fit(page, paper) for page in compose_r1.compose(dossier, attached=names)]
    blocks = (*_attached(fitted), *_replaced_blocks(replaced))
    continued = flow(blocks, paper)
    rest = continued.finish(dressing(about, paper, words.PAGE_ATTACHED)) if blocks else ()
    main = PageFlow(paper.style.top, paper.style.text_height)
    for number, page in enumerate(fitted):
        main.turn()
        pages = {name: continued.anchors.get(f"{number} {name}", 0) for name in page.anchors}
        main.place(page.bands(pages))
    return Leaves(main.finish(dressing(about, paper, words.PAGE)), rest)


def _attached(fitted: Sequence[FittedPage]) -> tuple[Block, ...]:
    """What one page could not hold, case by case, each from a new page on."""
    blocks: list[Block] = []
    for number, page in enumerate(fitted):
        if page.overflow:
            blocks.append(PageBreak())
            blocks.extend(_continued(number, page))
    return tuple(blocks)


def _continued(number: int, page: FittedPage) -> Iterator[Block]:
    rest = page.overflow
    yield TitleBox(f"{words.ATTACHED}. {page.title}")
    order = 0
    if rest.facts or rest.sections:
        order += 1
        yield Heading(words.ATTACHED_HEADING.format(number=order, name=words.ATTACHED_REST))
    if rest.facts:
        heading = words.REST_HEADING.format(section=words.REST_FACTS)
        yield Heading(heading, level=2, anchor=f"{number} {onepage.FACTS_ANCHOR}")
        yield from rest.facts
    for anchor, section in rest.sections:
        heading = words.REST_HEADING.format(section=section.title)
        yield Heading(heading, level=2, anchor=f"{number} {anchor}")
        yield from section.items
    if rest.plates or rest.captions:
        order += 1
        heading = words.ATTACHED_HEADING.format(number=order, name=words.R4_NAME)
        yield Heading(heading, anchor=f"{number} {onepage.PHOTOS_ANCHOR}")
        yield from rest.captions
    if rest.plates:
        yield compose_r4.in_rows(rest.plates, *compose_r4.SHAPES["4"])


def _replaced_blocks(replaced: Sequence[Missing]) -> tuple[Block, ...]:
    """The list of characters that could not be printed, by field and by code."""
    if not replaced:
        return ()
    items = [
        Item(
            Level.CIRCLE,
            words.REPLACED.format(
                where=missing.where.ko, characters=", ".join(f"U+{ord(c):04X}" for c in missing.characters)
            ),
        )
        for missing in replaced
    ]
    return (PageBreak(), Heading(f"{words.ATTACHED}. {words.REPLACED_HEADING}"), *items)


def describe(dossier: Dossier, template: Template) -> About:
    """What the file says of itself."""
    first = dossier.cases[0]
    name = _NAMES[template]
    others = f" 외 {len(dossier.cases) - 1}건" if len(dossier.cases) > 1 else ""
    return About(
        title=f"{name} {first.number} {first.title}{others}".replace("\n", " "),
        author=" ".join(part for part in (dossier.agency.name, dossier.official.department) if part),
        subject=f"{name}, {korean_text.plain_day(dossier.generated_on)}",
        keywords=tuple(case.number for case in dossier.cases if case.number),
        created_at=dossier.created_at,
        changed_at=dossier.changed_at,
        header=dossier.agency.header or dossier.agency.name,
        footer=dossier.agency.footer,
        watermark=words.WATERMARK if dossier.practice else "",
    )
