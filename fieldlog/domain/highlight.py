"""Which stretches of a shown text a search has found."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from fieldlog.domain.search_text import fold_keeping_places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldlog.domain.search_query import Reading, SearchQuery, Word


def highlight(text: str, query: SearchQuery) -> list[tuple[int, int]]:
    """The stretches (start, end) of a text to be marked, in order and apart from one another.

    Positions count the characters of the text as it is given. A word's loose readings are marked only
    where none of its sure ones is found.
    """
    if not query.words or not text:
        return []
    folded, places = fold_keeping_places(text)
    stretches = sorted(
        (places[start][0], places[end - 1][1]) for word in query.words for start, end in _found(folded, word)
    )
    return _apart(stretches)


def _found(folded: str, word: Word) -> list[tuple[int, int]]:
    for readings in (word.sure, word.loose):
        spans = [found.span() for each in readings for found in _compiled(each).finditer(folded)]
        if spans:
            return spans
    return []


@functools.lru_cache(maxsize=256)
def _compiled(reading: Reading) -> re.Pattern[str]:
    return re.compile(reading.pattern)


def _apart(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that touch or overlap become one."""
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
