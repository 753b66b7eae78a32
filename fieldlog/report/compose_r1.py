"""R1 현장보고: one case on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.report import korean_text, passages, words
from fieldlog.report.blocks import Item, Level, Masthead, OnePage, Plate, Section, Table, TitleBox
from fieldlog.report.dossier import ObservationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.report.dossier import CaseSheet, Dossier, Photo

_FACT_WIDTHS: Final = (27.0, 58.0, 27.0, 58.0)
_SHOWN: Final = 2


def compose(dossier: Dossier, *, attached: tuple[str, ...] = ()) -> tuple[OnePage, ...]:
    """Each case of the dossier as a page of its own; ``attached`` names what is attached besides."""
    return tuple(_page(dossier, case, attached) for case in dossier.cases)


def _page(dossier: Dossier, case: CaseSheet, attached: tuple[str, ...]) -> OnePage:
    office = dossier.official.department or dossier.agency.department or dossier.agency.name
    who = " ".join(part for part in (office, dossier.official.rank, dossier.official.name) if part)
    return OnePage(
        number=case.number,
        masthead=Masthead(approval=dossier.agency.approval, kind=words.R1_NAME),
        title=TitleBox(
            case.title,
            under=f"{korean_text.day(dossier.generated_on)}, {who}"
            if who
            else korean_text.day(dossier.generated_on),
            outline=f"{case.number} {case.title}".strip(),
        ),
        facts=Table(_FACT_WIDTHS, passages.fact_rows(case), summary=words.REST_FACTS),
        sections=tuple(_sections(case)),
        plates=_plates(case),
        shown_first=_SHOWN,
        attached=attached,
    )


def _sections(case: CaseSheet) -> Iterator[Section]:
    """What was seen, measured and told first; opinions under a heading of their own."""
    kind = ObservationKind
    seen = (kind.FACT, kind.MEASUREMENT, kind.STATEMENT)
    on_site = (*passages.visit_items(case.visits), *passages.observation_items(case.observations, seen))
    sections = (
        (words.SECTION_PROBLEM, passages.problem_items(case)),
        (words.SECTION_ON_SITE, on_site),
        (words.SECTION_OPINIONS, passages.observation_items(case.observations, (kind.OPINION,))),
        (words.SECTION_ACTIONS, passages.action_items(case.actions)),
        (words.SECTION_COMMENTS, passages.comment_items(case)),
    )
    empty = True
    for title, items in sections:
        if items:
            empty = False
            yield Section(title, items)
    if empty:
        yield Section(words.SECTION_PROBLEM, (Item(Level.CIRCLE, words.NONE_RECORDED),))


def _plates(case: CaseSheet) -> tuple[Plate, ...]:
    """The photos, those first that face one another, numbered as the case numbers them."""
    numbers = {id(photo): number for number, photo in enumerate(case.photos, start=1)}
    return tuple(passages.plate(photo, numbers[id(photo)]) for photo in _telling_first(case))


def _telling_first(case: CaseSheet) -> tuple[Photo, ...]:
    if not passages.has_pairs(case.photos):
        return case.photos
    pair = next(pair for pair in passages.facing(case.photos) if pair[1] is not None)
    first = tuple(photo for photo in pair if photo is not None)
    return (*first, *(photo for photo in case.photos if all(photo is not shown for shown in first)))
