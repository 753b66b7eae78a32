"""Where the person has been, so that one key goes back and forth."""

from __future__ import annotations

from msgspec import Struct

_LONGEST = 100


class Place(Struct, frozen=True):
    """A page and the case open beside it."""

    page: str
    case_id: str | None = None


class Trail:
    """The places visited, newest last, and the one the person is at."""

    def __init__(self) -> None:
        self._places = [Place("")]
        self._at = 0

    @property
    def here(self) -> Place:
        """Where the person is."""
        return self._places[self._at]

    def visit(self, place: Place) -> None:
        """Go somewhere; what lay ahead is forgotten."""
        if place == self.here:
            return
        self._places = [*self._places[: self._at + 1], place][-_LONGEST:]
        self._at = len(self._places) - 1

    def move(self, by: int) -> Place | None:
        """Go back (-1) or forth (1); None at the end of the trail."""
        at = self._at + by
        if not 0 <= at < len(self._places) or not self._places[at].page:
            return None
        self._at = at
        return self.here
