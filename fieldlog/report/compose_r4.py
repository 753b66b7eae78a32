"""R4 사진대지: the photos of cases, one, two, four or six to a page, or before beside after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from fieldlog.report import korean_text, passages, words
from fieldlog.report.blocks import Heading, Item, Level, PageBreak, Plate, PlateSheet, Table, TitleBox
from fieldlog.report.dossier import CaseSheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fieldlog.report.blocks import Block
    from fieldlog.report.dossier import Dossier, Photo

Arrangement = Literal["1", "2", "4", "6", "pairs"]
ARRANGEMENTS: Final[tuple[Arrangement, ...]] = ("1", "2", "4", "6", "pairs")

SHAPES: Final[dict[Arrangement, tuple[int, int]]] = {
    "1": (1, 1),
    "2": (1, 2),
    "4": (2, 2),
    "6": (2, 3),
    "pairs": (2, 3),
}
_FACT_WIDTHS: Final = (24.0, 61.0, 24.0, 61.0)


def compose(dossier: Dossier, arrangement: Arrangement = "2") -> tuple[Block, ...]:
    """A sheet of photos for each case, every case on a new page."""
    blocks: list[Block] = []
    for case in dossier.cases:
        if blocks:
            blocks.append(PageBreak())
        blocks.extend(_case(dossier, case, arrangement))
    return tuple(blocks)


def shown(dossier: Dossier) -> Dossier:
    """No more of each case than a photo sheet prints: nothing else can keep it from being printed."""
    return replace(
        dossier,
        cases=tuple(
            CaseSheet(case.number, case.title, case.category, place=case.place, photos=case.photos)
            for case in dossier.cases
        ),
    )


def _case(dossier: Dossier, case: CaseSheet, arrangement: Arrangement) -> Iterator[Block]:
    yield TitleBox(words.R4_TITLE, outline=f"{words.R4_NAME} {case.number} {case.title}".strip())
    official = dossier.official
    rows = (
        (*passages.fact(words.CASE_NO, case.number), *passages.fact(words.CATEGORY, case.category)),
        passages.fact(words.TITLE, case.title, columns=3),
        passages.fact(words.PLACE, passages.whereabouts(case.place), columns=3),
        (
            *passages.fact(words.MADE_BY, " ".join(part for part in (official.rank, official.name) if part)),
            *passages.fact(words.MADE_ON, korean_text.day(dossier.generated_on)),
        ),
    )
    yield Table(_FACT_WIDTHS, rows, summary=words.REST_FACTS)
    if case.photos:
        yield sheet(case.photos, passages.plates(case), arrangement)
    else:
        yield Item(Level.CIRCLE, words.NO_PHOTOS)


def sheet(photos: Sequence[Photo], plates: Sequence[Plate], arrangement: Arrangement) -> PlateSheet:
    """Plates in rows of the arrangement; ``plates`` are those of ``photos``, in the same order."""
    columns, rows_per_page = SHAPES[arrangement]
    if arrangement == "pairs":
        return PlateSheet(columns, rows_per_page, _paired(photos, plates))
    return in_rows(plates, columns, rows_per_page)


def in_rows(plates: Sequence[Plate], columns: int, rows_per_page: int) -> PlateSheet:
    """Plates one after another, ``columns`` to a row."""
    rows = tuple(tuple(plates[at : at + columns]) for at in range(0, len(plates), columns))
    return PlateSheet(columns, rows_per_page, rows)


def _paired(photos: Sequence[Photo], plates: Sequence[Plate]) -> tuple[tuple[Plate, ...], ...]:
    """Every row holds a photo and its counterpart, or the plain word that there is none."""
    of = {id(photo): plate for photo, plate in zip(photos, plates, strict=True)}
    missing = Plate(words.NOT_GIVEN, words.NO_PAIR, None)
    rows = []
    for first, second in passages.facing(photos):
        rows.append((of[id(first)], of[id(second)] if second is not None else missing))
    return tuple(rows)


def appended(
    heading: str, photos: Sequence[Photo], plates: Sequence[Plate], arrangement: Arrangement = "2"
) -> tuple[Block, ...]:
    """The photos as an attachment of another report, from a new page on."""
    return (PageBreak(), Heading(heading), sheet(photos, plates, arrangement)) if plates else ()
