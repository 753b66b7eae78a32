"""What waits to go into the search index, by its tokens: searched beside the index, and few enough to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from fieldlog.storage.search_match import Where, rows_where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldlog.domain.search_query import Reading


class Waiting:
    """Documents that wait, with their tokens; one without tokens waits to be forgotten."""

    def __init__(self, connection: Any) -> None:
        self.documents: dict[int, str] = dict(
            connection.execute("SELECT document, tokens FROM search_waiting").fetchall()
        )
        self._with: dict[str, list[int]] = {}
        for document, tokens in self.documents.items():
            for token in set(tokens.split()):
                self._with.setdefault(token, []).append(document)

    def fulfilling(self, words: tuple[tuple[Reading, ...], ...], where: Where) -> list[int]:
        """The documents in which every word has one of its readings, newest first."""
        if not self.documents:
            return []
        places = (Where.TITLE, Where.BODY) if where is Where.ANYWHERE else (where,)
        found: set[int] | None = None
        for readings in words:
            having = {
                document for reading in readings for place in places for document in self._of(reading, place)
            }
            found = having if found is None else found & having
        return sorted(found or (), reverse=True)

    def among(self, settled: list[int], rows: Iterable[str], where: Where, count: int) -> list[int] | None:
        """The newest documents of the index and, with one of some rows of tokens, of those that wait.

        ``settled`` are the index's own, falling, cut off at ``count``. None where too few are left of more.
        """
        if not self.documents:
            return settled
        more = len(settled) == count
        found = self._having(rows, where, settled[-1] if more else -1)
        if not found and self.documents.keys().isdisjoint(settled):
            return settled
        found.update({*settled} - self.documents.keys())
        return None if more and len(found) < count else sorted(found, reverse=True)[:count]

    def _of(self, reading: Reading, place: Where) -> set[int]:
        members = iter(reading.sought)
        found = self._having(next(members), place)
        for member in members:
            found &= self._having(member, place)
        return found

    def _having(self, rows: Iterable[str], place: Where, beyond: int = -1) -> set[int]:
        return {
            document
            for row in rows_where(rows, place)
            for document in self._with.get(row.split(" ", 2)[1], ())
            if document > beyond and row in self.documents[document]
        }


_KNOWN: Final[WeakKeyDictionary[Any, tuple[tuple[int, int], Waiting]]] = WeakKeyDictionary()


def waiting_of(connection: Any) -> Waiting:
    """What waits as a connection sees it, read again only after somebody has written."""
    version = (connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes)
    try:
        known = _KNOWN.get(connection)
    except TypeError:  # the engine's own kind of connection cannot be remembered, that of readers can
        return Waiting(connection)
    if known is None or known[0] != version:
        known = _KNOWN[connection] = (version, Waiting(connection))
    return known[1]
