"""The best cases for a single word in a question or two: what most searches ask for."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from fieldlog.storage.index_reader import MANY_ROWS
from fieldlog.storage.search import PLACE_BITS
from fieldlog.storage.search_match import Where, any_row, rows_where

if TYPE_CHECKING:
    from fieldlog.domain.search_query import Reading

_READ: Final = msgspec.json.Decoder(list[int]).decode
_IS_WAITING: Final = "EXISTS (SELECT 1 FROM search_waiting)"

_BETWEEN: Final = "|"
"""In no token."""
_ALL_WAITING: Final = (
    f"SELECT json_group_array(document), group_concat(tokens, '{_BETWEEN}') FROM search_waiting"  # noqa: S608
)


class _Waiting(NamedTuple):
    """Documents that wait to go into the index, and those of them with the word, in titles and elsewhere."""

    documents: list[int]
    titled: list[int]
    others: list[int]

    def among(self, settled: list[int], found: list[int], count: int) -> list[int] | None:
        """The newest documents of the index and of those that wait; None where too few are left of more."""
        more = len(settled) == count
        last = settled[-1] if more else 0
        newest = [*set(settled).difference(self.documents), *(each for each in found if each > last)]
        if more and len(newest) < count:
            return None
        return sorted(newest, reverse=True)[:count]


def best_of_one(connection: Any, reading: Reading, count: int) -> tuple[list[int], int] | None:
    """The best cases for one word, and how many of them have it in the title: the newest of these come first.

    None where it takes a longer look: the reading has many rows, or a case the word in many records.
    """
    if len(reading.sought) > 1 or len(reading.sought[0]) >= MANY_ROWS or connection.in_transaction:
        return None
    (rows,) = reading.sought
    execute = connection.execute
    execute("BEGIN")  # one look at the store for all
    try:
        found, is_waiting = execute(_newest(count, _IS_WAITING), (any_row(rows, Where.TITLE),)).fetchone()
        waiting = _waiting_with(connection, rows) if is_waiting else None
        titled = waiting.among(_READ(found), waiting.titled, count) if waiting else _READ(found)
        others: list[int] | None = []
        if titled is not None and len(titled) < count:
            (found,) = execute(_newest(count), (any_row(rows, Where.BODY),)).fetchone()
            others = waiting.among(_READ(found), waiting.others, count) if waiting else _READ(found)
    finally:
        if connection.in_transaction:
            execute("COMMIT")
    return None if titled is None or others is None else _each_once(titled, others, count)


@functools.cache
def _newest(count: int, *also: str) -> str:
    """Documents in one answer: the engine hands rows over slowly, and plans slowly for a limit it is not told."""
    return (
        f"SELECT {', '.join(('json_group_array(document)', *also))} FROM"  # noqa: S608
        " (SELECT rowid AS document FROM search_index"
        f" WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT {count})"
    )


def _waiting_with(connection: Any, rows: tuple[str, ...]) -> _Waiting:
    found, tokens = connection.execute(_ALL_WAITING).fetchone()
    documents = _READ(found)

    def having(where: Where) -> list[int]:
        sought = rows_where(rows, where)
        if not any(row in tokens for row in sought):
            return []
        each = zip(documents, tokens.split(_BETWEEN), strict=True)
        return [document for document, own in each if any(row in own for row in sought)]

    return _Waiting(documents, having(Where.TITLE), having(Where.BODY))


def _each_once(titled: list[int], others: list[int], count: int) -> tuple[list[int], int] | None:
    """The cases of documents, each once; None where repeats leave too few of more."""
    cases = [document >> PLACE_BITS for document in titled + others]
    if len(set(cases)) == len(cases):
        return cases[:count], len(titled)
    single = list(dict.fromkeys(cases))
    if len(single) < count and count in {len(titled), len(others)}:
        return None
    return single[:count], len(set(cases[: len(titled)]))
