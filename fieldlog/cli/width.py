"""Text in columns: Hangul and Hanja take two places on a screen of fixed pitch, Latin letters one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDE: Final = frozenset("WF")
_FOLLOWING: Final = range(0x1160, 0x1200)
"""Vowels and finals of decomposed Hangul: drawn inside the place of the letter before."""
_SHORTENED: Final = "…"


def width(text: str) -> int:
    """How many places a text takes."""
    return sum(_width_of(character) for character in text)


def _width_of(character: str) -> int:
    if ord(character) in _FOLLOWING or unicodedata.category(character) in {"Cf", "Cc", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def padded(text: str, places: int) -> str:
    """A text with spaces after it, so that it fills the places."""
    return text + " " * max(0, places - width(text))


def shortened(text: str, places: int) -> str:
    """A text that takes no more than the places, with … where something was left out."""
    if width(text) <= places:
        return text
    kept, used = [], 0
    for character in text:
        used += _width_of(character)
        if used > places - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + _SHORTENED


def wrapped(text: str, places: int) -> list[str]:
    """A text in lines of at most so many places, broken between words; a longer word is broken anywhere."""
    lines = [""]
    for word in text.split():
        rest = word
        if lines[-1] and width(lines[-1]) + 1 + width(rest) <= places:
            lines[-1] += f" {rest}"
            continue
        if lines[-1]:
            lines.append("")
        while width(rest) > places:
            head = _fitting(rest, places)
            lines[-1] = head
            lines.append("")
            rest = rest[len(head) :]
        lines[-1] = rest
    return lines


def _fitting(text: str, places: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += _width_of(character)
        if used > places:
            return text[: max(index, 1)]
    return text


def in_columns(rows: Sequence[Sequence[str]], gap: str = "  ") -> list[str]:
    """Rows as lines whose columns stand under one another; the last column is not padded."""
    places = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        gap.join([*(padded(cell, n) for cell, n in zip(row[:-1], places, strict=False)), *row[-1:]]).rstrip()
        for row in rows
    ]
