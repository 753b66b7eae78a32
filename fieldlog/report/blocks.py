"""What a document consists of, before anyone decides what it looks like.

One tree serves every writer: headings, items, tables, figures. A writer may cut where its paper ends,
but says so on the paper.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from fieldlog.domain.ids import Digest

Align = Literal["left", "center", "right"]


class Heading(Struct, frozen=True):
    """A heading; levels 1 and 2 also appear in the document's outline."""

    text: str
    level: int = 1
    anchor: str = ""


class Level(Enum):
    """The four steps of 개조식 and their marks."""

    BOX = "□"
    CIRCLE = "○"
    DASH = "-"
    NOTE = "※"


class Item(Struct, frozen=True):
    """One itemised line of thought; ``mark`` replaces the level's own mark where the writer chose one."""

    level: Level
    text: str
    mark: str = ""


class Line(Struct, frozen=True):
    """A line or paragraph that stands by itself."""

    text: str
    align: Align = "left"
    strong: bool = False
    space_before: float = 0.0
    """In points."""
    keep: bool = False
    """Never the last on a page."""


class TitleBox(Struct, frozen=True):
    """The document's title in its frame, with an optional line of date and office under it."""

    text: str
    under: str = ""
    outline: str = ""


class Masthead(Struct, frozen=True):
    """The head of the paper: boxes the document system fills in, and the approval box."""

    register: tuple[str, ...] = ()
    approval: tuple[str, ...] = ()
    kind: str = ""


class Cell(Struct, frozen=True):
    """One table cell; a label is the heading of the value beside it."""

    text: str
    label: bool = False
    align: Align = "left"
    columns: int = 1


class Table(Struct, frozen=True):
    """Rows of cells; ``widths`` are shares of the width, ``head`` rows repeat on every page."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with the words that stand for it where it cannot be seen."""

    digest: Digest
    alt: str
    load: Callable[[], bytes] = field(compare=False, repr=False)


class Plate(Struct, frozen=True):
    """A photo with its caption: tag (사진 1), title and labelled facts."""

    tag: str
    title: str
    figure: Figure | None
    facts: tuple[tuple[str, str], ...] = ()


class PlateSheet(Struct, frozen=True):
    """Photos in rows; every page holds ``rows_per_page`` of them."""

    columns: int
    rows_per_page: int
    rows: tuple[tuple[Plate, ...], ...]


class PageBreak(Struct, frozen=True):
    """What follows begins on a new page."""


class Closing(Struct, frozen=True):
    """The attachments and the end mark."""

    lines: tuple[str, ...]


Block = Heading | Item | Line | TitleBox | Masthead | Table | PlateSheet | PageBreak | Closing


class Section(Struct, frozen=True):
    """A heading and its items, which may be continued elsewhere when one page must do."""

    title: str
    items: tuple[Item, ...]


class OnePage(Struct, frozen=True):
    """A report that must fit one page: what cannot stay continues in the attachment."""

    number: str
    masthead: Masthead
    title: TitleBox
    facts: Table
    sections: tuple[Section, ...]
    plates: tuple[Plate, ...]
    shown_first: int
    """How many of the plates belong on the page itself when there is room."""
    attached: tuple[str, ...] = ()
    """What is attached besides what the page could not hold."""


class About(Struct, frozen=True):
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    created_at: datetime
    changed_at: datetime
    header: str
    footer: str
    watermark: str = ""
