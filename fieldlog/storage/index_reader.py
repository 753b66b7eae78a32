"""Reading the search index: which cases hold some words, as a stream or among a few cases already known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.search_query import Reading
from fieldlog.storage.case_streams import AnyOf, Fetched, Listed
from fieldlog.storage.search import PLACE_BITS
from fieldlog.storage.search_match import Where, match_every_word
from fieldlog.storage.waiting import waiting_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fieldlog.storage.case_streams import CaseStream

Words = tuple[tuple[Reading, ...], ...]
"""For each word the readings that it may be found by."""
NEWEST: Final = (1 << (62 - PLACE_BITS)) - 1
"""No case row is greater."""

_LAST_PLACE: Final = (1 << PLACE_BITS) - 1
_HIGHEST: Final = (NEWEST << PLACE_BITS) | _LAST_PLACE
_NEWEST_MATCHING: Final = (
    "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?"
)
# The engine checks a ceiling row by row: the first stretch does without it.
_OLDER_MATCHING: Final = (
    "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?"
)
# Reading a common word through takes the engine less time than looking it up for each of the cases.
_MATCHING_IN_CASES: Final = (
    f"SELECT rowid FROM search_index WHERE search_index MATCH ? AND (rowid >> {PLACE_BITS}) IN"  # noqa: S608
    " (SELECT value FROM json_each(?))"
)
_IN_VOCABULARY: Final = "SELECT token FROM search_vocabulary WHERE token IN (SELECT value FROM json_each(?))"
MANY_ROWS: Final = 8


class IndexReader:
    """The index as it is now, with what waits to go into it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._narrowed: dict[Reading, Reading | None] = {}
        self._beside = waiting_of(connection)
        self._waiting = self._beside.documents

    def cases(self, words: Words, where: Where) -> CaseStream:
        """The cases that have a document with every word."""
        expression = self._expression(words, where)
        waiting = self._waiting

        def fetch(ceiling: int, count: int) -> tuple[Sequence[int], bool]:
            highest = (ceiling << PLACE_BITS) | _LAST_PLACE
            while True:
                documents = self._matching(expression, highest, count)
                ended = len(documents) < count
                if waiting:
                    left = [row for row in documents if row not in waiting]
                    if not left and not ended:
                        highest = documents[-1] - 1
                        continue
                    documents = left
                return list(dict.fromkeys([row >> PLACE_BITS for row in documents])), ended

        indexed = Fetched(fetch)
        return AnyOf([indexed, Listed(self._waiting_cases(words, where))]) if waiting else indexed

    def cases_among(self, words: Words, where: Where, cases: Collection[int]) -> set[int]:
        """Those of a few cases that have a document with every word."""
        found: set[int] = set()
        if expression := self._expression(words, where):
            rows = self._connection.execute(_MATCHING_IN_CASES, (expression, json.dumps(list(cases))))
            found = {document >> PLACE_BITS for (document,) in rows if document not in self._waiting}
        return found.union(self._waiting_cases(words, where)).intersection(cases)

    def is_found(self, reading: Reading) -> bool:
        """Whether any case at all has a reading."""
        return bool(self.cases(((reading,),), Where.ANYWHERE).stretch(NEWEST, 1))

    def _expression(self, words: Words, where: Where) -> str:
        """What to ask the engine for; nothing where it cannot have every word."""
        possible = tuple(
            tuple(each for reading in readings if (each := self._possible(reading))) for readings in words
        )
        return match_every_word(possible, where) if all(possible) else ""

    def _possible(self, reading: Reading) -> Reading | None:
        """A reading without the rows of tokens that the index does not have; None if too little is left."""
        if max(map(len, reading.sought)) < MANY_ROWS:
            return reading
        if reading not in self._narrowed:
            tokens = {token for member in reading.sought for row in member for token in row.split(" ")}
            known = {
                token for (token,) in self._connection.execute(_IN_VOCABULARY, (json.dumps(list(tokens)),))
            }
            sought = tuple(
                tuple(row for row in member if known.issuperset(row.split(" "))) for member in reading.sought
            )
            self._narrowed[reading] = Reading(sought, reading.pattern) if all(sought) else None
        return self._narrowed[reading]

    def _matching(self, expression: str, highest: int, count: int) -> list[int]:
        if not expression:
            return []
        execute = self._connection.execute
        if highest >= _HIGHEST:
            return [row for (row,) in execute(_NEWEST_MATCHING, (expression, count))]
        return [row for (row,) in execute(_OLDER_MATCHING, (expression, highest, count))]

    def _waiting_cases(self, words: Words, where: Where) -> list[int]:
        documents = self._beside.fulfilling(words, where)
        return list(dict.fromkeys([document >> PLACE_BITS for document in documents]))
