"""Turning headings, items and titles into bands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.report.blocks import Closing, Heading, Item, Level, Line, Masthead, TitleBox
from fieldlog.report.layout.bands import Band
from fieldlog.report.layout.ink import Bookmark, Ink, Rule, Text, Tint, frame
from fieldlog.report.layout.lines import Line as SetLine
from fieldlog.report.layout.lines import Setter

if TYPE_CHECKING:
    from fieldlog.report.blocks import Align
    from fieldlog.report.layout.lines import Measure
    from fieldlog.report.style import Style

_ASCENT: Final = 0.88
"""Where the baseline stands in the type's height: Noto Sans KR's own ascent."""
_LEVEL_NAMES: Final = {Level.BOX: "box", Level.CIRCLE: "circle", Level.DASH: "dash", Level.NOTE: "note"}
_MARK_GAP: Final = 0.45
_TITLE_PADDING: Final = 5.5
_TITLE_RULE: Final = 2.0
_APPROVAL_WORD: Final = ("결", "재")
_KIND_SIZE: Final = 1.15


class Paper(Struct, frozen=True):
    """A style together with the type that fills it."""

    style: Style
    measure: Measure

    def setter(self, name: str, *, strong: bool = False) -> Setter:
        """Sets lines in the style's type of that name."""
        return Setter(self.measure, self.style.type[name], strong)

    @property
    def left(self) -> float:
        """Where text begins, from the left edge of the paper."""
        return self.style.left

    @property
    def width(self) -> float:
        """How wide the text is."""
        return self.style.text_width


def baseline(setter: Setter) -> float:
    """From the top of a line to the foot of its letters."""
    size, leading = setter.type.size, setter.type.leading
    return (leading - size) / 2 + _ASCENT * size


def aligned(setter: Setter, line: SetLine, x: float, width: float, align: Align) -> Text:
    """A set line in its place, its baseline counted from the line's own top."""
    slack = max(width - line.width, 0.0)
    shift = {"left": 0.0, "center": slack / 2, "right": slack}[align]
    gap = setter.word_gap(line, width) if align == "left" else 0.0
    return Text(x + shift, baseline(setter), line.text, setter.type.size, setter.strong, word_gap=gap)


def fitted(setter: Setter, text: str, width: float) -> Setter:
    """The setter with its type made small enough for the text to stand on one line."""
    wide = setter.wide(text)
    return setter if wide <= width else replace(setter, type=setter.type.scaled(width / wide))


def one_line(setter: Setter, text: str, x: float, width: float, align: Align) -> Text:
    """A short text on exactly one line, made smaller where it would not fit."""
    small = fitted(setter, text, width)
    wide = small.wide(text)
    return aligned(small, SetLine(text, len(text), wide, last=True), x, width, align)


def _lowered_text(text: Text, by: float) -> Text:
    return replace(text, y=text.y + by)


def _kept(bands: list[Band]) -> list[Band]:
    """No page ends after the first line of a paragraph, nor begins with its last."""
    if len(bands) > 1:
        bands[0] = replace(bands[0], keep=True)
        bands[-2] = replace(bands[-2], keep=True)
    return bands


def heading_bands(heading: Heading, paper: Paper) -> list[Band]:
    """A heading, kept with what follows it and found in the outline."""
    name = "heading1" if heading.level == 1 else "heading2"
    setter = paper.setter(name, strong=True)
    bands = []
    for number, line in enumerate(setter.lines(heading.text, paper.width)):
        inks: tuple[Ink, ...] = (aligned(setter, line, paper.left, paper.width, "left"),)
        if number == 0:
            inks = (Bookmark(0.0, heading.text, heading.level - 1), *inks)
        before = paper.style.before[name] if number == 0 else 0.0
        anchor = heading.anchor if number == 0 else ""
        bands.append(Band(setter.type.leading, inks, before, keep=True, anchor=anchor))
    return bands


def item_bands(item: Item, paper: Paper) -> list[Band]:
    """An item with its mark and a hanging indent; every band knows how far into the text it reaches."""
    name = _LEVEL_NAMES[item.level]
    setter = paper.setter(name, strong=item.level is Level.BOX)
    size = setter.type.size
    mark = item.mark or item.level.value
    start = paper.left + paper.style.indent[name] * size
    inset = start + setter.wide(mark) + _MARK_GAP * size
    width = paper.left + paper.width - inset
    bands = []
    for number, line in enumerate(setter.lines(item.text, width)):
        inks: tuple[Ink, ...] = (aligned(setter, line, inset, width, "left"),)
        if number == 0:
            inks = (Text(start, baseline(setter), mark, size, setter.strong), *inks)
        before = paper.style.before[name] if number == 0 else 0.0
        bands.append(Band(setter.type.leading, inks, before, source=line.end))
    if item.level is Level.BOX:
        return [replace(band, keep=True) for band in bands]
    return _kept(bands)


def line_bands(line: Line, paper: Paper) -> list[Band]:
    """A paragraph that stands by itself."""
    setter = paper.setter("line", strong=line.strong)
    bands = []
    for number, part in enumerate(setter.lines(line.text, paper.width)):
        text = aligned(setter, part, paper.left, paper.width, line.align)
        before = line.space_before + paper.style.before["line"] if number == 0 else 0.0
        bands.append(Band(setter.type.leading, (text,), before, keep=line.keep))
    return _kept(bands)


def closing_bands(closing: Closing, paper: Paper) -> list[Band]:
    """The attachments under one another, the end mark last; never torn from what they close."""
    setter = paper.setter("line")
    hang = setter.wide("붙임  ")
    bands: list[Band] = []
    for number, text in enumerate(closing.lines):
        first = number == 0
        x = paper.left + (0.0 if first else hang)
        for part in setter.lines(text, paper.width - (x - paper.left)):
            before = paper.style.before["closing"] if not bands else 0.0
            ink = aligned(setter, part, x, paper.width, "left")
            bands.append(Band(setter.type.leading, (replace(ink, word_gap=0.0),), before, keep=True))
    if bands:
        bands[-1] = replace(bands[-1], keep=False)
    return bands


def title_bands(title: TitleBox, paper: Paper) -> list[Band]:
    """The title in its frame, and the line of date and office under it."""
    setter = paper.setter("title", strong=True)
    width = paper.width - 2 * _TITLE_PADDING
    lines = setter.lines(title.text, width)
    leading = setter.type.leading
    height = len(lines) * leading + 2 * _TITLE_PADDING
    left, right = paper.left, paper.left + paper.width
    inks: list[Ink] = [
        Bookmark(0.0, title.outline or title.text, 0),
        Tint(left, 0, paper.width, height, "tint"),
        Rule(left, 0, right, 0, _TITLE_RULE, "accent"),
        Rule(left, height, right, height, _TITLE_RULE, "accent"),
    ]
    for number, line in enumerate(lines):
        text = aligned(setter, line, left + _TITLE_PADDING, width, "center")
        inks.append(_lowered_text(text, _TITLE_PADDING + number * leading))
    bands = [Band(height, tuple(inks), before=6.0, keep=True)]
    if title.under:
        under = paper.setter("under")
        text = one_line(under, title.under, left, paper.width, "right")
        bands.append(Band(under.type.leading, (text,), before=4.0, keep=True))
    return bands


def masthead_bands(masthead: Masthead, paper: Paper) -> list[Band]:
    """The register boxes at the left, the approval box at the right; nothing where neither is wanted."""
    inks: list[Ink] = []
    height = 0.0
    if masthead.register:
        height = _register(masthead.register, paper, inks)
    if masthead.approval:
        height = max(height, _approval(masthead.approval, paper, inks))
    if masthead.kind:
        setter = paper.setter("heading1", strong=True)
        kind = replace(setter, type=setter.type.scaled(_KIND_SIZE))
        height = max(height, kind.type.leading)
        text = one_line(kind, masthead.kind, paper.left, paper.width / 3, "left")
        inks.append(_lowered_text(text, height - kind.type.leading))
    return [Band(height, tuple(inks), keep=True)] if inks else []


def _register(labels: tuple[str, ...], paper: Paper, inks: list[Ink]) -> float:
    """Boxes that the document system fills in: a label and an empty space each."""
    setter = paper.setter("plate")
    row = setter.type.leading + 2.0
    label, value = paper.style.register["label"], paper.style.register["value"]
    height = row * len(labels)
    inks.append(Tint(paper.left, 0, label, height, "label"))
    weight = paper.style.table["rule"]
    for number, text in enumerate(labels):
        y = number * row
        inks.append(_lowered_text(one_line(setter, text, paper.left + 2, label - 4, "center"), y + 1.0))
        inks.append(Rule(paper.left, y, paper.left + label + value, y, weight))
    inks.extend(frame(paper.left, 0, label + value, height, weight))
    inks.append(Rule(paper.left + label, 0, paper.left + label, height, weight))
    return height


def _approval(labels: tuple[str, ...], paper: Paper, inks: list[Ink]) -> float:
    """결재: who signs, from the left, with room to sign in."""
    sizes, weight = paper.style.approval, paper.style.table["rule"]
    side, head, height = sizes["side"], sizes["head"], sizes["head"] + sizes["sign"]
    column = min(sizes["column"], (paper.width * 0.62 - side) / len(labels))
    left = paper.left + paper.width - side - column * len(labels)
    setter = paper.setter("plate")
    inks.append(Tint(left, 0, side, height, "label"))
    inks.append(Tint(left + side, 0, column * len(labels), head, "label"))
    inks.extend(frame(left, 0, paper.left + paper.width - left, height, weight))
    inks.append(Rule(left + side, head, paper.left + paper.width, head, weight))
    for number, syllable in enumerate(_APPROVAL_WORD):
        y = height * (number + 0.5) / 2 - setter.type.leading / 2
        inks.append(_lowered_text(one_line(setter, syllable, left, side, "center"), y))
    for number, text in enumerate(labels):
        x = left + side + number * column
        inks.append(Rule(x, 0, x, height, weight))
        y = (head - setter.type.leading) / 2
        inks.append(_lowered_text(one_line(setter, text, x + 1, column - 2, "center"), y))
    return height
