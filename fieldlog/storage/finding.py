"""Finding cases by words, best first, without looking at more of them than are asked for.

Rank: cases that have every word, as typed, in title or number; then as typed anywhere in the case; then, in
the same two steps, by whatever else the words may mean (wrong keyboard, written apart). Within a step the
newest case comes first. Words may stand in different records of a case.

Where a word, or the filter, leaves only a few cases, these are listed and the rest is asked about them.
Otherwise the cases are read from the newest on until a page is full.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct

from fieldlog.domain.errors import BadInput
from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.case_streams import AllOf, Except, Kept, Without
from fieldlog.storage.index_reader import NEWEST, IndexReader
from fieldlog.storage.one_word import best_of_one
from fieldlog.storage.search_match import Where

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fieldlog.domain.search_query import SearchQuery
    from fieldlog.storage.case_streams import CaseStream
    from fieldlog.storage.index_reader import Words

_FEW: Final = 1_000
_PLACE: Final = regex(r"([0-3])([sl])([0-9]{1,15})")


class Among(NamedTuple):
    """The cases to look among: ``where`` over a table with one row for each case.

    ``Among("case_list c", "c.row", "c.stage = ?", ("CLOSED",))``; an index should serve what is rare.
    """

    table: str
    row: str
    where: str
    parameters: tuple[Any, ...] = ()


class Place(Struct, frozen=True):
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
    best = None if after or among else _page_of_one(connection, query, limit)
    if best and best.case_rows:
        return best
    look = _Look(connection, among)
    if best is None and not (after and after.loosely):
        found = look.page(look.telling(query), limit, after, loosely=False)
        if found.case_rows or after:
            return found
    words = look.loosened(query)
    return look.page(words, limit, after, loosely=True) if words else Found((), None)


def _page_of_one(connection: Any, query: SearchQuery, limit: int) -> Found | None:
    """The first page of a single word that reads one way; None where it is less simple."""
    if len(query.words) > 1 or len(query.words[0].sure) > 1:
        return None
    best = best_of_one(connection, query.words[0].sure[0], limit + 1)
    if best is None:
        return None
    cases, titled = best
    if len(cases) <= limit:
        return Found(tuple(cases), None)
    return Found(tuple(cases[:limit]), Place(int(limit > titled), False, cases[limit - 1]))


def case_rows_up_to(
    connection: Any, query: SearchQuery, cap: int, *, among: Among | None = None
) -> list[int]:
    """The cases that a query finds, newest first and without rank, no more than a cap."""
    if not query.words:
        return []
    look = _Look(connection, among)
    rows = look.newest(look.telling(query), cap)
    if not rows and (words := look.loosened(query)):
        rows = look.newest(words, cap)
    return rows


def count_up_to(connection: Any, query: SearchQuery, cap: int, *, among: Among | None = None) -> int:
    """How many cases a query finds, counted no further than a cap."""
    return len(case_rows_up_to(connection, query, cap, among=among))


class _Look:
    """One look into the index, as it stands and through one filter."""

    def __init__(self, connection: Any, among: Among | None) -> None:
        self._connection = connection
        self._among = among
        self._index = IndexReader(connection)

    def telling(self, query: SearchQuery) -> Words:
        """The sure readings of each word, without those that find nothing where there are others."""
        return tuple(
            word.sure
            if len(word.sure) == 1
            else tuple(filter(self._index.is_found, word.sure)) or word.sure[:1]
            for word in query.words
        )

    def loosened(self, query: SearchQuery) -> Words | None:
        """The words with loose readings where the sure ones find nothing at all; None when that is no help."""
        words = []
        loosely = False
        for word in query.words:
            readings = tuple(filter(self._index.is_found, word.sure))
            if not readings:
                loosely = True
                readings = tuple(filter(self._index.is_found, word.loose))
            words.append(readings)
        return tuple(words) if loosely and all(words) else None

    def page(self, words: Words, limit: int, after: Place | None, *, loosely: bool) -> Found:
        """The next cases after a place, from step to step."""
        few = self._few(words)
        if few is not None:
            return self._page_of_few(few, words, limit, after or Place(0, loosely, NEWEST + 1))
        first = _as_typed(words)
        start = after or Place(0, loosely, NEWEST + 1)
        rows: list[int] = []
        steps: list[int] = []
        for step in range(start.step, 2 if first == words else 4):
            ceiling = min(start.case_row - 1, NEWEST) if step == start.step else NEWEST
            earlier = rows.copy() if step == 1 and not after else None
            stream = self._step(words if step > 1 else first, step, earlier)
            rows += self._through_filter(stream).newest(ceiling, limit + 1 - len(rows))
            steps += [step] * (len(rows) - len(steps))
            if len(rows) > limit:
                break
        return _cut(rows, steps, limit, loosely=loosely)

    def newest(self, words: Words, cap: int) -> list[int]:
        """The newest cases that have all the words."""
        few = self._few(words)
        if few is not None:
            return sorted(few, reverse=True)[:cap]
        return self._through_filter(self._anywhere(words)).newest(NEWEST, cap)

    def _few(self, words: Words) -> set[int] | None:
        """Every case that has all the words, where a word or the filter is rare; otherwise None."""
        if len(words) == 1 and self._among is None:
            return None
        cases: set[int] | None = None
        common = []
        for readings in words:
            rows = self._index.cases((readings,), Where.ANYWHERE).newest(NEWEST, _FEW + 1)
            if len(rows) > _FEW:
                common.append(readings)
            else:
                cases = set(rows) if cases is None else cases.intersection(rows)
        if cases is not None and self._among:
            cases = set(self._filtered(cases))
        elif cases is None:
            cases = self._few_in_filter()
        for readings in common if cases else ():
            cases = self._index.cases_among((readings,), Where.ANYWHERE, cases or ())
        return cases

    def _page_of_few(self, few: set[int], words: Words, limit: int, after: Place) -> Found:
        first = _as_typed(words)
        typed = few
        for readings in first if first != words else ():
            typed = self._index.cases_among((readings,), Where.ANYWHERE, typed)
        titled = self._index.cases_among(first, Where.TITLE, few)
        titled_any = titled if first == words else self._index.cases_among(words, Where.TITLE, few)
        steps = {
            row: (0 if row in titled else 1) if row in typed else 2 if row in titled_any else 3 for row in few
        }
        ranked = sorted((step, -row) for row, step in steps.items())
        left = [place for place in ranked if place > (after.step, -after.case_row)][: limit + 1]
        return _cut([-row for _, row in left], [step for step, _ in left], limit, loosely=after.loosely)

    def _step(self, words: Words, step: int, earlier: list[int] | None) -> CaseStream:
        """The cases of one step of the rank, without those of the steps before it."""
        titled = self._index.cases(words, Where.TITLE)
        if step == 0:
            return titled
        # A single word that is not in the title can only be in the rest.
        below = self._index.cases(words, Where.BODY) if len(words) == 1 else self._anywhere(words)
        if step == 1:
            return Without(below, titled) if earlier is None else Except(below, earlier)
        as_typed = self._anywhere(_as_typed(words))
        return Without(titled, as_typed) if step == 2 else Without(Without(below, as_typed), titled)  # noqa: PLR2004

    def _anywhere(self, words: Words) -> CaseStream:
        streams = [self._index.cases((readings,), Where.ANYWHERE) for readings in words]
        return streams[0] if len(streams) == 1 else AllOf(streams)

    def _through_filter(self, stream: CaseStream) -> CaseStream:
        return Kept(stream, self._filtered) if self._among else stream

    def _filtered(self, rows: Collection[int]) -> Sequence[int]:
        """Those of some rows that the filter lets through, falling."""
        if not self._among:
            return sorted(rows, reverse=True)
        table, row, where, parameters = self._among
        sql = (
            f"SELECT {row} FROM {table} WHERE {row} IN (SELECT value FROM json_each(?)) AND ({where})"  # noqa: S608
            f" ORDER BY {row} DESC"
        )
        return [each for (each,) in self._connection.execute(sql, (json.dumps(list(rows)), *parameters))]

    def _few_in_filter(self) -> set[int] | None:
        if not self._among:
            return None
        table, row, where, parameters = self._among
        sql = f"SELECT {row} FROM {table} WHERE {where} LIMIT ?"  # noqa: S608
        rows = self._connection.execute(sql, (*parameters, _FEW + 1)).fetchall()
        return None if len(rows) > _FEW else {each for (each,) in rows}


def _as_typed(words: Words) -> Words:
    return tuple(readings[:1] for readings in words)


def _cut(rows: list[int], steps: list[int], limit: int, *, loosely: bool) -> Found:
    """A page of ranked rows, of which one more than fits was looked for."""
    more = Place(steps[limit - 1], loosely, rows[limit - 1]) if len(rows) > limit else None
    return Found(tuple(rows[:limit]), more)
