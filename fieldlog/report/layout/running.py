"""What every page carries: header, footer, page number, and the word 연습 on practice paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.report import words
from fieldlog.report.layout.ink import Ink, Rule, Slanted, lowered
from fieldlog.report.layout.setting import one_line
from fieldlog.report.style import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.report.blocks import About
    from fieldlog.report.layout.setting import Paper

_WATERMARK_SIZE: Final = 150.0
_WATERMARK_TURN: Final = 45.0
_HAIRLINE: Final = 0.4


def dressing(
    about: About, paper: Paper, number_words: str
) -> Callable[[int, int], tuple[tuple[Ink, ...], tuple[Ink, ...]]]:
    """A function of page number and page count that gives what lies under a page and around it."""

    def dress(number: int, _of: int) -> tuple[tuple[Ink, ...], tuple[Ink, ...]]:
        return _watermark(about, paper), (
            *_header(about, paper),
            *_footer(about, paper, number_words, number),
        )

    return dress


def _watermark(about: About, paper: Paper) -> tuple[Ink, ...]:
    if not about.watermark:
        return ()
    style = paper.style
    middle = style.width / 2, style.height / 2
    return (Slanted(*middle, about.watermark, _WATERMARK_SIZE, _WATERMARK_TURN, "watermark"),)


def _header(about: About, paper: Paper) -> tuple[Ink, ...]:
    """The agency's header at the left; on practice paper, that it has no force, at the right."""
    style = paper.style
    setter = paper.setter("running")
    y = style.margins.top * POINTS_PER_MM
    inks: list[Ink] = []
    half = paper.width / 2
    if about.header:
        inks.extend(lowered((one_line(setter, about.header, paper.left, half, "left"),), y))
    if about.watermark:
        text = one_line(setter, words.PRACTICE_NOTE, paper.left + half, half, "right")
        inks.extend(lowered((text,), y))
    if inks:
        foot = y + setter.type.leading + 2
        inks.append(Rule(paper.left, foot, paper.left + paper.width, foot, _HAIRLINE))
    return tuple(inks)


def _footer(about: About, paper: Paper, number_words: str, number: int) -> tuple[Ink, ...]:
    style = paper.style
    setter = paper.setter("running")
    y = style.height - style.margins.bottom * POINTS_PER_MM - setter.type.leading
    third = paper.width / 3
    inks: list[Ink] = []
    if about.footer:
        inks.append(one_line(setter, about.footer, paper.left, third, "left"))
    inks.append(one_line(setter, number_words.format(number=number), paper.left + third, third, "center"))
    return lowered(inks, y)
