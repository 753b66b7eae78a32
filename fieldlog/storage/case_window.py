"""The whole of a filtered, sorted list by position: the row of every case in order, eight bytes each.

Pages are fetched by these rows, so any position is as near as the first, a search is run once and not for
every page, and what is edited meanwhile keeps its position until it is moved on purpose.
"""

from __future__ import annotations

import contextlib
from array import array
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
from msgspec.structs import replace

from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.search_query import parse_query
from fieldlog.storage.case_list import (
    cases_in_rows,
    comes_before,
    in_order,
    place_of,
    source,
    stretches,
    where,
)
from fieldlog.storage.finding import Among, find_case_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fieldlog.domain.record import CaseRow
    from fieldlog.storage import finding
    from fieldlog.storage.case_list import Clause, DueBounds, Place

_STRETCH: Final = 1 << 14
_ALL: Final = -1
_READ_ROWS: Final = msgspec.json.Decoder(list[int]).decode


def is_ranked(asked: CaseFilter) -> bool:
    """Whether the best findings come first: words were asked for, and no other order than the usual."""
    usual = CaseFilter()
    return (asked.sort, asked.descending) == (usual.sort, usual.descending) and bool(
        parse_query(asked.query).words
    )


def find_cases(
    connection: Any, asked: CaseFilter, bounds: DueBounds, *, limit: int, after: finding.Place | None = None
) -> tuple[list[CaseRow], finding.Place | None]:
    """A page of a ranked list, best first, and where the next one begins."""
    rows, following = _found_rows(connection, asked, bounds, limit, after)
    lines = cases_in_rows(connection, rows)
    return [lines[row] for row in rows if row in lines], following


def _found_rows(
    connection: Any, asked: CaseFilter, bounds: DueBounds, limit: int, after: finding.Place | None
) -> finding.Found:
    rest = replace(asked, query="")
    condition = where(rest, bounds)
    among = None if rest == CaseFilter() else Among("case_list c", "c.row", condition.sql, condition.values)
    return find_case_rows(connection, parse_query(asked.query), limit=limit, after=after, among=among)


class Move(NamedTuple):
    """A case that stands elsewhere now: positions before and after, None where it was or is not listed.

    Moves are done one after another; each counts positions as the ones before it left them.
    """

    row: int
    before: int | None
    after: int | None


def gather_rows(
    connection: Any, asked: CaseFilter, bounds: DueBounds, stopped: Callable[[], bool] = lambda: False
) -> array[int]:
    """The rows of every case that a filter shows, in order; cut short when ``stopped`` says so."""
    if is_ranked(asked):
        return _gather_found(connection, asked, bounds, stopped)
    # A condition that looks words up finds them all at once: asking it piece by piece would find them again.
    piece = _ALL if asked.query.strip() else _STRETCH
    condition = where(asked, bounds)
    rows = array("q")
    place = None
    with _one_look(connection):
        while not stopped():
            found = _next_rows(connection, asked, condition, place, piece)
            rows.extend(found)
            place = place_of(connection, asked, found[-1]) if len(found) == piece else None
            if place is None:
                break
    return rows


@contextlib.contextmanager
def _one_look(connection: Any) -> Iterator[None]:
    """See the store as it is now, whatever is saved meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


def _next_rows(
    connection: Any, asked: CaseFilter, condition: Clause, after: Place | None, count: int
) -> list[int]:
    """The next rows of the list, handed over by the engine in one piece: other threads run on meanwhile."""
    rows: list[int] = []
    for stretch in stretches(asked, after):
        query = in_order(f"c.row FROM {source(asked)}", asked, condition, stretch)
        left = count - len(rows) if count > 0 else count
        found = connection.execute(
            f"SELECT json_group_array(row) FROM ({query.sql} LIMIT ?)",  # noqa: S608
            (*query.values, left),
        ).fetchone()
        rows += _READ_ROWS(found[0])
        if len(rows) == count:
            break
    return rows


def _gather_found(
    connection: Any, asked: CaseFilter, bounds: DueBounds, stopped: Callable[[], bool]
) -> array[int]:
    rows = array("q")
    after = None
    while not stopped():
        found, after = _found_rows(connection, asked, bounds, _STRETCH, after)
        rows.extend(found)
        if after is None:
            break
    return rows


def moves_of(
    connection: Any, asked: CaseFilter, bounds: DueBounds, order: Sequence[int], changed: Iterable[int]
) -> tuple[Move, ...]:
    """Where changed cases stand now: ``order`` is how the list stood before they changed.

    Positions are found by halving, so a million cases cost twenty lookups.
    """
    if is_ranked(asked):
        return _moves_to(gather_rows(connection, asked, bounds), order, set(changed))
    condition = where(asked, bounds)
    now = array("q", order)
    unsettled = set(changed)
    moves = []
    for row in sorted(unsettled):
        before = _taken_out(now, row)
        place = place_of(connection, asked, row, condition)
        unsettled.discard(row)
        after = None if place is None else _position(connection, asked, now, unsettled, place)
        if after is not None:
            now.insert(after, row)
        if before != after:
            moves.append(Move(row, before, after))
    return tuple(moves)


def _moves_to(after: array[int], order: Sequence[int], changed: set[int]) -> tuple[Move, ...]:
    """The moves of some rows from one order to another in which all other rows stand as before."""
    now = array("q", order)
    moves = []
    for row in sorted(changed - set(after)):
        before = _taken_out(now, row)
        if before is not None:
            moves.append(Move(row, before, None))
    for place, row in enumerate(after):
        if row in changed:
            before = _taken_out(now, row)
            position = now.index(after[place - 1]) + 1 if place else 0
            now.insert(position, row)
            if before != position:
                moves.append(Move(row, before, position))
    return tuple(moves)


def _taken_out(order: array[int], row: int) -> int | None:
    try:
        position = order.index(row)
    except ValueError:
        return None
    del order[position]
    return position


def _position(
    connection: Any, asked: CaseFilter, order: Sequence[int], unsettled: set[int], place: Place
) -> int:
    """How many of the rows come before a place; rows that are unsettled or gone are not asked."""
    low, high = 0, len(order)
    while low < high:
        middle = probe = (low + high) // 2
        there = None
        while there is None and probe < high:
            if order[probe] not in unsettled:
                there = place_of(connection, asked, order[probe])
            probe += 1
        if there is not None and comes_before(asked, there, place):
            low = probe
        else:
            high = middle
    return low
