"""R2 출장복명서: what an official reports on returning from a trip, for one or several cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.report import compose_r4, korean_text, passages, words
from fieldlog.report.blocks import (
    Cell,
    Closing,
    Heading,
    Item,
    Level,
    Line,
    Masthead,
    Table,
    TitleBox,
)
from fieldlog.report.dossier import ObservationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.report.blocks import Block
    from fieldlog.report.compose_r4 import Arrangement
    from fieldlog.report.dossier import CaseSheet, Dossier, Visit

_WHO_WIDTHS: Final = (22.0, 48.0, 16.0, 30.0, 16.0, 38.0)
_SCHEDULE_WIDTHS: Final = (40.0, 42.0, 88.0)
_ACTION_WIDTHS: Final = (86.0, 32.0, 52.0)


def compose(
    dossier: Dossier, arrangement: Arrangement = "2", *, attached: tuple[str, ...] = ()
) -> tuple[Block, ...]:
    """The report, closed by who reports, followed by the photos; ``attached`` is named after them."""
    several = len(dossier.cases) > 1
    blocks: list[Block] = [
        Masthead(register=words.REGISTER, approval=dossier.agency.approval),
        TitleBox(words.R2_TITLE, outline=words.R2_NAME),
        _who(dossier),
    ]
    blocks.extend(_schedule(dossier, several=several))
    for number, case in enumerate(dossier.cases, start=1):
        blocks.extend(_findings(case, number, several=several))
    blocks.extend(_closing(dossier, attached))
    for number, case in enumerate(dossier.cases, start=1):
        prefix = str(number) if several else ""
        heading = f"{words.ATTACHED}. {words.R4_NAME}" + (f" ({case.number} {case.title})" if several else "")
        blocks.extend(
            compose_r4.appended(heading, case.photos, passages.plates(case, prefix=prefix), arrangement)
        )
    return tuple(blocks)


def _who(dossier: Dossier) -> Table:
    official = dossier.official
    visits = [visit for case in dossier.cases for visit in case.visits]
    companions = dict.fromkeys(name for visit in visits for name in visit.companions)
    places = dict.fromkeys(passages.whereabouts(case.place) for case in dossier.cases)
    purposes = dict.fromkeys(visit.purpose for visit in visits if visit.purpose)
    titles = [case.title for case in dossier.cases]
    period = passages.period(visits)
    rows = (
        (
            *passages.fact(words.DEPARTMENT, official.department or dossier.agency.department),
            *passages.fact(words.RANK, official.rank),
            *passages.fact(words.NAME, official.name),
        ),
        passages.fact(words.COMPANION, ", ".join(companions), columns=5),
        passages.fact(words.PERIOD, korean_text.days(*period) if period else "", columns=5),
        passages.fact(words.DESTINATION, "\n".join(place for place in places if place), columns=5),
        passages.fact(words.TRIP_PURPOSE, "\n".join(purposes or titles), columns=5),
    )
    return Table(_WHO_WIDTHS, rows, summary=words.R2_NAME)


def _schedule(dossier: Dossier, *, several: bool) -> Iterator[Block]:
    """Every visit of every case in the order of time."""
    yield Heading(f"1. {words.SECTION_SCHEDULE}")
    rows = [(visit, case) for case in dossier.cases for visit in case.visits]
    if not rows:
        yield Item(Level.CIRCLE, words.NONE_RECORDED)
        return
    rows.sort(
        key=lambda row: (row[0].started_at is None, row[0].started_at and row[0].started_at.timestamp())
    )
    head = tuple(Cell(text, label=True) for text in (words.WHEN, words.WHERE, words.WHAT))
    body = tuple(_visit_row(visit, case, several=several) for visit, case in rows)
    yield Table(_SCHEDULE_WIDTHS, (head, *body), head=1, summary=words.SECTION_SCHEDULE)


def _visit_row(visit: Visit, case: CaseSheet, *, several: bool) -> tuple[Cell, ...]:
    kind = f"{visit.number}차 {visit.kind}".strip()
    lines = [f"[{case.number}] {kind}" if several else kind]
    lines.extend(item.text for item in passages.visit_details(visit))
    where = passages.place_text(case.place) or words.NOT_GIVEN
    when = passages.visit_when(visit).replace(") ", ")\n", 1)
    return Cell(when, align="center"), Cell(where), Cell("\n".join(lines))


def _findings(case: CaseSheet, number: int, *, several: bool) -> Iterator[Block]:
    """What was found, told and thought in a case, kept apart, and what is to be done."""
    kind = ObservationKind
    if several:
        yield Heading(f"{number + 1}. {words.CASE} {case.number} {case.title}")
    else:
        yield Heading(f"2. {words.SECTION_RESULTS}")
    facts = passages.observation_items(case.observations, (kind.FACT, kind.MEASUREMENT))
    yield from _group(words.SECTION_PROBLEM, passages.problem_items(case))
    yield from _group(words.SECTION_FACTS, facts, even_empty=True)
    yield from _group(
        words.SECTION_STATEMENTS, passages.observation_items(case.observations, (kind.STATEMENT,))
    )
    opinions = passages.observation_items(case.observations, (kind.OPINION,))
    if not several:
        yield Heading(f"3. {words.SECTION_PLANS}")
    yield from _group(words.SECTION_OPINIONS, opinions, even_empty=not several and not case.actions)
    yield from _actions(case)
    yield from _group(words.SECTION_COMMENTS, passages.comment_items(case))


def _group(title: str, items: tuple[Item, ...], *, even_empty: bool = False) -> Iterator[Block]:
    if items or even_empty:
        yield Item(Level.BOX, title)
        yield from items or (Item(Level.CIRCLE, words.NONE_RECORDED),)


def _actions(case: CaseSheet) -> Iterator[Block]:
    if not case.actions:
        return
    yield Item(Level.BOX, words.SECTION_ACTIONS)
    head = tuple(Cell(text, label=True) for text in (words.ACTION, words.ACTION_OWNER, words.ACTION_STATE))
    body = tuple(
        (
            Cell("\n".join(part for part in (action.title, action.note) if part)),
            Cell(action.owner or words.NOT_GIVEN, align="center"),
            Cell(passages.action_state(action) or words.NOT_GIVEN, align="center"),
        )
        for action in case.actions
    )
    yield Table(_ACTION_WIDTHS, (head, *body), head=1, summary=words.SECTION_ACTIONS)


def _closing(dossier: Dossier, attached: tuple[str, ...]) -> Iterator[Block]:
    official = dossier.official
    who = " ".join(
        part
        for part in (official.department or dossier.agency.department, official.rank, official.name)
        if part
    )
    has_photos = any(case.photos for case in dossier.cases)
    yield Line(words.REPORTING, align="center", space_before=18.0, keep=True)
    yield Line(korean_text.plain_day(dossier.generated_on), align="center", keep=True)
    yield Line(words.SIGNATURE.format(who=who), align="right", space_before=6.0, keep=True)
    yield Closing(korean_text.attachments([words.R4_NAME] * has_photos + list(attached)))
