"""From blocks to pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.report import words
from fieldlog.report.blocks import (
    Closing,
    Heading,
    Item,
    Line,
    Masthead,
    PageBreak,
    PlateSheet,
    Table,
    TitleBox,
)
from fieldlog.report.layout import setting
from fieldlog.report.layout.bands import PageFlow
from fieldlog.report.layout.plates import place_sheet
from fieldlog.report.layout.tables import TableSetter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fieldlog.report.blocks import Block
    from fieldlog.report.layout.bands import Band
    from fieldlog.report.layout.setting import Paper


def flow(blocks: Iterable[Block], paper: Paper) -> PageFlow:
    """The blocks one after another on as many pages as they need."""
    pages = PageFlow(paper.style.top, paper.style.text_height)
    for block in blocks:
        if isinstance(block, PageBreak):
            pages.turn()
        elif isinstance(block, PlateSheet):
            _place_photos(block, paper, pages)
        else:
            pages.place(_SETTERS[type(block)](block, paper))
    return pages


def _place_photos(sheet: PlateSheet, paper: Paper, pages: PageFlow) -> None:
    rests = place_sheet(sheet, paper, pages)
    if rests:
        pages.place(setting.heading_bands(Heading(words.REST_CAPTIONS, level=2), paper))
        for item in rests:
            pages.place(setting.item_bands(item, paper))


def _table_bands(table: Table, paper: Paper) -> list[Band]:
    return TableSetter(paper, paper.left, paper.width).bands(table)[0]


_SETTERS: Final[dict[type, Callable[[Any, Paper], list[Band]]]] = {
    Heading: setting.heading_bands,
    Item: setting.item_bands,
    Line: setting.line_bands,
    TitleBox: setting.title_bands,
    Masthead: setting.masthead_bands,
    Closing: setting.closing_bands,
    Table: _table_bands,
}
