"""Breaking text into lines: between words where it can, inside a word where the line would gape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct

from fieldlog.report.korean_text import NO_BREAK_SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.report.style import Type

_NEVER_FIRST: Final = frozenset(")]}〕〉》」』】〙〗’”）］｝.,:;!?·、。，．：；？！％%℃°′″～…")
_NEVER_LAST: Final = frozenset("([{〔〈《「『【〘〖‘“（［｛￦₩$")
_GAPING: Final = 0.3
"""A line left emptier than this share is filled by breaking the next word."""
_WIDEST_WORD_GAP: Final = 0.35
"""Spaces grow by at most this share of the type size; emptier lines stay ragged."""
_CHARACTERS_PULLED_BACK: Final = 4


class Measure(Protocol):
    """Knows how wide characters are."""

    def width(self, text: str, *, strong: bool) -> float:
        """The width of a text at size 1."""
        ...

    def advances(self, text: str, *, strong: bool) -> list[float]:
        """The width of each character at size 1."""
        ...


class Line(Struct, frozen=True):
    """One line; ``end`` is where in the source the next line goes on, ``width`` in points."""

    text: str
    end: int
    width: float
    last: bool
    """Whether a paragraph ends here."""


class Setter(Struct, frozen=True):
    """Sets text of one type into lines."""

    measure: Measure
    type: Type
    strong: bool = False

    def wide(self, text: str) -> float:
        """The width of a text in points."""
        return self.measure.width(text, strong=self.strong) * self.type.size

    def lines(self, text: str, width: float) -> tuple[Line, ...]:
        """The text in lines no wider than ``width``; a line break in the text starts a new one.

        One character is set even where it is wider than the line, so that this always ends.
        """
        made: list[Line] = []
        start = 0
        for paragraph in text.split("\n"):
            made.extend(self._paragraph(paragraph, start, width))
            start += len(paragraph) + 1
        return tuple(made)

    def _paragraph(self, text: str, offset: int, width: float) -> Iterator[Line]:
        start = 0
        advances = self.measure.advances(text, strong=self.strong)
        while True:
            end = self._line_end(text, start, width, advances)
            shown = text[start:end].rstrip(" ")
            following = end
            while following < len(text) and text[following] == " ":
                following += 1
            last = following >= len(text)
            yield Line(shown, offset + following, self.wide(shown), last=last)
            if last:
                return
            start = following

    def _line_end(self, text: str, start: int, width: float, advances: list[float]) -> int:
        """Where the line that starts at ``start`` must end."""
        limit = width / self.type.size
        reach, space = 0.0, start
        for at in range(start, len(text)):
            reach += advances[at]
            if text[at] == " ":
                space = at
            elif reach > limit:
                return self._break_before(text, start, space, at, width)
        return len(text)

    def _break_before(self, text: str, start: int, space: int, full: int, width: float) -> int:
        """Break at the last space, or inside the word where that would leave the line gaping."""
        if space > start and self.wide(text[start:space]) >= width * (1 - _GAPING):
            return space
        inside = self._inside_word(text, start, full)
        return inside if inside > space else max(space, start + 1)

    def _inside_word(self, text: str, start: int, full: int) -> int:
        """A place at or before ``full`` where a word may be torn; brackets stay with their words."""
        for at in range(full, max(start, full - _CHARACTERS_PULLED_BACK), -1):
            if NO_BREAK_SPACE in text[at - 1 : at + 1]:
                continue
            if text[at] not in _NEVER_FIRST and text[at - 1] not in _NEVER_LAST and not _number(text, at):
                return at
        return max(full, start + 1)

    def word_gap(self, line: Line, width: float) -> float:
        """How much each space of a line grows so that the line ends at the edge."""
        spaces = line.text.count(" ") + line.text.count(NO_BREAK_SPACE)
        if line.last or not spaces:
            return 0.0
        gap = (width - line.width) / spaces
        return gap if 0 < gap <= _WIDEST_WORD_GAP * self.type.size else 0.0


def _number(text: str, at: int) -> bool:
    """Whether a break here would tear a number or a Latin word."""
    before, after = text[at - 1], text[at]
    return before.isascii() and after.isascii() and (before.isalnum() and after.isalnum())
