"""Sets of cases, newest first, that are asked for their next members instead of being listed.

Every stream answers :meth:`CaseStream.at_most`: its greatest case row not above a ceiling. Whoever asks one
stream repeatedly does so with ceilings that never rise. Intersection, union and difference follow from that
alone and skip over whatever the other side does not have; nothing is sorted, nothing is listed whole.
"""

from __future__ import annotations

import bisect
import itertools
from abc import ABC, abstractmethod
from operator import neg
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

_FIRST_FETCH: Final = 64
_MOST_FETCHED: Final = 2_048
_FETCH_GROWS: Final = 4


class CaseStream(ABC):
    """A set of case rows, read from the newest to the oldest."""

    @abstractmethod
    def at_most(self, ceiling: int) -> int | None:
        """The greatest row not above the ceiling, or None."""

    def stretch(self, ceiling: int, count: int) -> Sequence[int]:
        """The next rows not above the ceiling: no more than ``count``, and none only when there are none."""
        return list(itertools.islice(self.falling(ceiling), count))

    def falling(self, ceiling: int) -> Iterator[int]:
        """Every row from a ceiling downwards."""
        while (row := self.at_most(ceiling)) is not None:
            yield row
            ceiling = row - 1

    def newest(self, ceiling: int, count: int) -> list[int]:
        """The first ``count`` rows not above the ceiling, or all there are."""
        rows: list[int] = []
        while len(rows) < count and (more := self.stretch(ceiling, count - len(rows))):
            rows += more
            ceiling = rows[-1] - 1
        return rows


class Fetched(CaseStream):
    """Rows from the database, in stretches of growing length.

    ``fetch(ceiling, count)`` answers distinct falling rows, none above the ceiling, and whether these were the
    last; it answers no rows only when there are none left.
    """

    def __init__(self, fetch: Callable[[int, int], tuple[Sequence[int], bool]]) -> None:
        self._fetch = fetch
        self._rows: Sequence[int] = ()
        self._at = 0
        self._count = _FIRST_FETCH
        self._ended = False

    def at_most(self, ceiling: int) -> int | None:
        """The greatest row not above the ceiling, or None."""
        rows, at = self._rows, self._at
        if at < len(rows) and rows[at] > ceiling:
            at = bisect.bisect_left(rows, -ceiling, at + 1, key=neg)
        if at == len(rows) and not self._ended:
            rows, self._ended = self._fetch(ceiling, self._count)
            self._rows, at = rows, 0
            self._count = min(self._count * _FETCH_GROWS, _MOST_FETCHED)
        self._at = at
        return rows[at] if at < len(rows) else None

    def stretch(self, ceiling: int, count: int) -> Sequence[int]:
        """The next rows in one fetch."""
        if self._ended:
            return ()
        rows, self._ended = self._fetch(ceiling, count)
        return rows


class Listed(CaseStream):
    """Rows already known, falling."""

    def __init__(self, rows: Sequence[int]) -> None:
        self._rows = rows
        self._at = 0

    def at_most(self, ceiling: int) -> int | None:
        """The greatest row not above the ceiling, or None."""
        rows = self._rows
        while self._at < len(rows) and rows[self._at] > ceiling:
            self._at += 1
        return rows[self._at] if self._at < len(rows) else None


class AllOf(CaseStream):
    """The cases that every one of some streams has; at least one stream."""

    def __init__(self, streams: Sequence[CaseStream]) -> None:
        self._streams = streams

    def at_most(self, ceiling: int) -> int | None:
        """The greatest row not above the ceiling, or None."""
        agreed = 0
        while agreed < len(self._streams):
            agreed = 0
            for stream in self._streams:
                row = stream.at_most(ceiling)
                if row is None:
                    return None
                if row < ceiling:
                    ceiling = row
                    agreed = 0
                agreed += 1
        return ceiling


class AnyOf(CaseStream):
    """The cases that at least one of some streams has."""

    def __init__(self, streams: Sequence[CaseStream]) -> None:
        self._streams = streams

    def at_most(self, ceiling: int) -> int | None:
        """The greatest row not above the ceiling, or None."""
        return max(
            (row for each in self._streams if (row := each.at_most(ceiling)) is not None), default=None
        )


class Without(CaseStream):
    """The cases of one stream that another does not have."""

    def __init__(self, stream: CaseStream, left_out: CaseStream) -> None:
        self._stream = stream
        self._left_out = left_out

    def at_most(self, ceiling: int) -> int | None:
        """The greatest row not above the ceiling, or None."""
        while (row := self._stream.at_most(ceiling)) is not None:
            if self._left_out.at_most(row) != row:
                return row
            ceiling = row - 1
        return None


class Except(CaseStream):
    """The cases of one stream but for a few known ones."""

    def __init__(self, stream: CaseStream, known: Collection[int]) -> None:
        self._stream = stream
        self._known = frozenset(known)

    def at_most(self, ceiling: int) -> int | None:
        """The greatest row not above the ceiling, or None."""
        while (row := self._stream.at_most(ceiling)) in self._known and row is not None:
            ceiling = row - 1
        return row

    def stretch(self, ceiling: int, count: int) -> Sequence[int]:
        """The next rows, as many fetches as it takes."""
        while rows := self._stream.stretch(ceiling, count):
            if left := [row for row in rows if row not in self._known]:
                return left
            ceiling = rows[-1] - 1
        return ()


class Kept(CaseStream):
    """Those of a stream's cases that a question about many at once lets through, in their order."""

    def __init__(self, stream: CaseStream, keep: Callable[[Sequence[int]], Sequence[int]]) -> None:
        self._stream = stream
        self._keep = keep
        self._count = _FIRST_FETCH

    def at_most(self, ceiling: int) -> int | None:
        """The greatest row not above the ceiling, or None."""
        return next(iter(self.stretch(ceiling, 1)), None)

    def stretch(self, ceiling: int, count: int) -> Sequence[int]:
        """The next rows, asking about more of them the more are turned away."""
        while rows := self._stream.newest(ceiling, self._count):
            self._count = min(self._count * _FETCH_GROWS, _MOST_FETCHED)
            if kept := self._keep(rows):
                return kept[:count]
            ceiling = rows[-1] - 1
        return ()
