"""The paper reports are set on in tests, with the fonts the program ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.dossiers import RESOURCES

from fieldlog.report.layout.ink import Page, Text
from fieldlog.report.layout.setting import Paper
from fieldlog.report.style import read_style

if TYPE_CHECKING:
    from collections.abc import Iterable


def paper() -> Paper:
    """A4 in the everyday margins."""
    from fieldlog.report.fonts import faces_in

    return Paper(read_style(RESOURCES / "paper"), faces_in(RESOURCES / "fonts"))


def letters(pages: Iterable[Page], *, running: bool = False) -> str:
    """Everything written on pages without white space; headers and page numbers only when asked for."""
    small = paper().style.type["running"].size
    texts = (
        ink.text
        for page in pages
        for ink in page.inks
        if isinstance(ink, Text) and (running or ink.size != small)
    )
    return "".join("".join(texts).split())
