"""Finding cases by words, best first, without looking at more of them than are asked for.

Rank: cases that have every word, as typed, in title or number; then as typed anywhere in the case; then, in
the same two steps, by whatever else the words may mean (wrong keyboard, written apart). Within a step the
newest case comes first. Words may stand in different records of a case.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.case_streams import AllOf, AnyOf, Except, Fetched, Listed, Without
from fieldlog.storage.search import PLACE_BITS
from fieldlog.storage.search_match import Where, match_every_word, stands_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.search_query import Reading, SearchQuery
    from fieldlog.storage.case_streams import CaseStream

_Words = tuple[tuple["Reading", ...], ...]
_NEWEST: Final = (1 << (62 - PLACE_BITS)) - 1
_LAST_PLACE: Final = (1 << PLACE_BITS) - 1
_HIGHEST: Final = (_NEWEST << PLACE_BITS) | _LAST_PLACE
_PLACE: Final = re.compile(r"([0-3])([sl])([0-9]{1,15})")
_NEWEST_MATCHING: Final = (
    "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?"
)
# The engine checks a ceiling row by row: the first stretch does without it.
_OLDER_MATCHING: Final = (
    "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?"
)


class Among(NamedTuple):
    """The cases to look among: a query for their rows whose last two marks are a ceiling and a count.

    ``SELECT row FROM case_list WHERE stage = ? AND row <= ? ORDER BY row DESC LIMIT ?`` — falling, distinct,
    and quick where an index serves it.
    """

    sql: str
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of findings ended."""

    step: int
    loosely: bool
    case_row: int

    def text(self) -> str:
        """The place as a cursor that a person may hand back."""
        return f"{self.step}{'l' if self.loosely else 's'}{self.case_row}"


def parse_place(cursor: str) -> Place:
    """A place from its text.

    Raises:
        BadInput: The text is none of ours.
    """
    found = _PLACE.fullmatch(cursor)
    if not found:
        raise BadInput(
            Phrase("검색을 이어 볼 수 없습니다.", "The search cannot be continued."),
            Phrase("이어 보기 위치가 올바르지 않습니다: {cursor}", "The cursor is not valid: {cursor}").fill(
                cursor=cursor
            ),
            Phrase("처음부터 다시 검색해 주십시오.", "Please search again from the start."),
        )
    return Place(int(found[1]), found[2] == "l", int(found[3]))


class Found(NamedTuple):
    """A page of findings, best first; ``next`` asks for the one after it, None at the end."""

    case_rows: tuple[int, ...]
    next: Place | None


def find_case_rows(
    connection: Any,
    query: SearchQuery,
    *,
    limit: int = 50,
    after: Place | None = None,
    among: Among | None = None,
) -> Found:
    """The cases in which every word of a query is found; a query without words finds nothing."""
    if not query.words:
        return Found((), None)
    look = _Look(connection, among)
    if not (after and after.loosely):
        found = look.page(look.telling(query), limit, after, loosely=False)
        if found.case_rows or after:
            return found
    words = look.loosened(query)
    return look.page(words, limit, after, loosely=True) if words else Found((), None)


def count_up_to(connection: Any, query: SearchQuery, cap: int, *, among: Among | None = None) -> int:
    """How many cases a query finds, counted no further than a cap."""
    if not query.words:
        return 0
    look = _Look(connection, among)
    count = look.count(look.telling(query), cap)
    if not count and (words := look.loosened(query)):
        count = look.count(words, cap)
    return count


class _Look:
    """One look into the index, with what waits to go into it."""

    def __init__(self, connection: Any, among: Among | None) -> None:
        self._connection = connection
        self._among = among
        self._waiting: dict[int, str] = dict(
            connection.execute("SELECT document, tokens FROM search_waiting ORDER BY document DESC")
        )

    def page(self, words: _Words, limit: int, after: Place | None, *, loosely: bool) -> Found:
        """The next cases after a place, from step to step."""
        first = tuple(readings[:1] for readings in words)
        steps = 2 if first == words else 4
        start = after or Place(0, loosely, _NEWEST + 1)
        rows: list[int] = []
        steps_of: list[int] = []
        for step in range(start.step, steps):
            ceiling = min(start.case_row - 1, _NEWEST) if step == start.step else _NEWEST
            earlier = rows.copy() if step == 1 and not after else None
            stream = self._step(words if step > 1 else first, first, step, earlier)
            rows += stream.newest(ceiling, limit + 1 - len(rows))
            steps_of += [step] * (len(rows) - len(steps_of))
            if len(rows) > limit:
                return Found(tuple(rows[:limit]), Place(steps_of[limit - 1], loosely, rows[limit - 1]))
        return Found(tuple(rows), None)

    def count(self, words: _Words, cap: int) -> int:
        """How many cases have all the words, up to a cap."""
        stream = self._within(self._anywhere(words))
        return sum(1 for _ in itertools.islice(stream.falling(_NEWEST), cap))

    def telling(self, query: SearchQuery) -> _Words:
        """The sure readings of each word, without those that find nothing where there are others."""
        return tuple(
            word.sure if len(word.sure) == 1 else tuple(filter(self._is_found, word.sure)) or word.sure[:1]
            for word in query.words
        )

    def loosened(self, query: SearchQuery) -> _Words | None:
        """The words with loose readings where the sure ones find nothing at all; None when that is no help."""
        words: list[tuple[Reading, ...]] = []
        loosely = False
        for word in query.words:
            readings = tuple(filter(self._is_found, word.sure))
            if not readings:
                loosely = True
                readings = tuple(filter(self._is_found, word.loose))
            words.append(readings)
        return tuple(words) if loosely and all(words) else None

    def _is_found(self, reading: Reading) -> bool:
        return bool(self._documents(((reading,),), Where.ANYWHERE).stretch(_NEWEST, 1))

    def _step(self, words: _Words, first: _Words, step: int, earlier: list[int] | None) -> CaseStream:
        """The cases of one step of the rank, without those of the steps before it."""
        if step == 0:
            return self._within(self._in_titles(words))
        if step == 1:
            below = self._below_title(words)
            if earlier is None:
                return self._within(Without(below, self._in_titles(words)))
            return self._within(Except(below, earlier) if earlier else below)
        as_typed = self._anywhere(first)
        if step == 2:  # noqa: PLR2004
            return self._within(Without(self._in_titles(words), as_typed))
        rest = self._below_title(words)
        return self._within(Without(Without(rest, as_typed), self._in_titles(words)))

    def _within(self, stream: CaseStream) -> CaseStream:
        if self._among is None:
            return stream
        sql, parameters = self._among

        def fetch(ceiling: int, count: int) -> tuple[Sequence[int], bool]:
            rows = [row for (row,) in self._connection.execute(sql, (*parameters, ceiling, count))]
            return rows, len(rows) < count

        return AllOf([stream, Fetched(fetch)])

    def _in_titles(self, words: _Words) -> CaseStream:
        return self._documents(words, Where.TITLE)

    def _below_title(self, words: _Words) -> CaseStream:
        """Anywhere; but a single word that is not in the title can only be in the rest."""
        return self._documents(words, Where.BODY) if len(words) == 1 else self._anywhere(words)

    def _anywhere(self, words: _Words) -> CaseStream:
        streams = [self._documents((readings,), Where.ANYWHERE) for readings in words]
        return streams[0] if len(streams) == 1 else AllOf(streams)

    def _documents(self, words: _Words, where: Where) -> CaseStream:
        """The cases of the documents that have every word, waiting ones included."""
        expression = match_every_word(words, where)
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
        if not waiting:
            return indexed
        cases = dict.fromkeys(
            document >> PLACE_BITS
            for document, tokens in waiting.items()
            if all(stands_in(tokens, readings, where) for readings in words)
        )
        return AnyOf([indexed, Listed(list(cases))])

    def _matching(self, expression: str, highest: int, count: int) -> list[int]:
        execute = self._connection.execute
        if highest >= _HIGHEST:
            return [row for (row,) in execute(_NEWEST_MATCHING, (expression, count))]
        return [row for (row,) in execute(_OLDER_MATCHING, (expression, highest, count))]
