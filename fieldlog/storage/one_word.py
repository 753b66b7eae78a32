"""The best cases for a single word in a question or two: what most searches ask for."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import msgspec

from fieldlog.storage.index_reader import MANY_ROWS
from fieldlog.storage.search import PLACE_BITS
from fieldlog.storage.search_match import Where, any_row
from fieldlog.storage.waiting import waiting_of

if TYPE_CHECKING:
    from fieldlog.domain.search_query import Reading

_READ: Final = msgspec.json.Decoder(list[int]).decode


def best_of_one(connection: Any, reading: Reading, count: int) -> tuple[list[int], int] | None:
    """The best cases for one word, and how many of them have it in the title: the newest of these come first.

    None where it takes a longer look: the reading has many rows, or a case the word in many records.
    """
    rows = reading.sought[0]
    if len(reading.sought) > 1 or len(rows) >= MANY_ROWS:
        return None
    execute = connection.execute
    in_title, elsewhere = _questions(count)
    found, is_waiting = execute(in_title, (any_row(rows, Where.TITLE),)).fetchone()
    titled: list[int] | None = _READ(found)
    others: list[int] | None = []
    waiting = waiting_of(connection) if is_waiting else None
    if waiting:
        titled = waiting.among(_READ(found), rows, Where.TITLE, count)
    if titled is not None and len(titled) < count:
        (found,) = execute(elsewhere, (any_row(rows, Where.BODY),)).fetchone()
        others = waiting.among(_READ(found), rows, Where.BODY, count) if waiting else _READ(found)
    return None if titled is None or others is None else _each_once(titled, others, count)


@functools.cache
def _questions(count: int) -> tuple[str, str]:
    """The newest documents, and whether any wait to become some; the newest documents.

    All in one answer: the engine hands rows over slowly, and plans slowly for a limit it is not told.
    """
    newest = f"SELECT rowid AS document FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT {count}"  # noqa: S608
    return (
        f"SELECT json_group_array(document), EXISTS (SELECT 1 FROM search_waiting) FROM ({newest})",  # noqa: S608
        f"SELECT json_group_array(document) FROM ({newest})",  # noqa: S608
    )


def _each_once(titled: list[int], others: list[int], count: int) -> tuple[list[int], int] | None:
    """The cases of documents, each once; None where repeats leave too few of more."""
    cases = [document >> PLACE_BITS for document in titled + others]
    if len(set(cases)) == len(cases):
        return cases[:count], len(titled)
    single = list(dict.fromkeys(cases))
    if len(single) < count and count in {len(titled), len(others)}:
        return None
    return single[:count], len(set(cases[: len(titled)]))
