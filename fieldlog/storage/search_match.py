"""Readings of a word as the full-text engine is asked for them, and as waiting tokens are looked through."""

from __future__ import annotations

import functools
from enum import Enum
from typing import TYPE_CHECKING

from fieldlog.domain.search_text import IN_TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldlog.domain.search_query import Reading


class Where(Enum):
    """Where in a case's texts a word must stand."""

    TITLE = "title"
    BODY = "body"
    ANYWHERE = "anywhere"


def match_expression(readings: Iterable[Reading], where: Where) -> str:
    """A MATCH expression that any of the readings fulfils."""
    places = (Where.TITLE, Where.BODY) if where is Where.ANYWHERE else (where,)
    return " OR ".join(
        "(" + " AND ".join(any_row(member, place) for member in reading.sought) + ")"
        for place in places
        for reading in readings
    )


@functools.lru_cache(maxsize=64)
def match_every_word(words: tuple[tuple[Reading, ...], ...], where: Where) -> str:
    """A MATCH expression that every word fulfils within one document."""
    return " AND ".join(f"({match_expression(readings, where)})" for readings in words)


def stands_in(tokens: str, readings: Iterable[Reading], where: Where) -> bool:
    """Whether a document's tokens, with a space at either end, fulfil any of the readings."""
    places = (Where.TITLE, Where.BODY) if where is Where.ANYWHERE else (where,)
    return any(
        all(any(row in tokens for row in rows_where(member, place)) for member in reading.sought)
        for place in places
        for reading in readings
    )


def rows_where(member: Iterable[str], where: Where) -> list[str]:
    """The rows of tokens with their marks, a space at either end."""
    rows = []
    if where is not Where.BODY:
        rows += [f" {_marked(row)} " for row in member]
    if where is not Where.TITLE:
        rows += [f" {row} " for row in member]
    return rows


def any_row(member: Iterable[str], where: Where) -> str:
    """A MATCH expression for one of some rows of tokens in one place."""
    # Tokens are letters, digits and our own marks: nothing in them ends the quotation.
    rows = map(_marked, member) if where is Where.TITLE else member
    return '("' + '" OR "'.join(rows) + '")'


def _marked(row: str) -> str:
    return IN_TITLE + (row.replace(" ", " " + IN_TITLE) if " " in row else row)
