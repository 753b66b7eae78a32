"""Which fields somebody else has changed since a person last looked at a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.registry import Value

Place: TypeAlias = "tuple[RecordId, str]"
"""A record and the name of one of its fields."""


class Written(NamedTuple):
    """One save as a reader meets it: ``arrival`` counts on as saves come into this store, whatever their clocks say."""

    arrival: int
    device: bytes
    author: str
    wall_ms: int
    values: Mapping[Place, Value]


class News(NamedTuple):
    """A change by somebody else: the save that made it, and what stood there when the person last looked."""

    by: Written
    before: Value


def news_in(past: Iterable[Written], *, looked: int, device: bytes, author: str) -> dict[Place, News]:
    """What others changed after the arrival ``looked``; what the person has changed since is known to them.

    ``past`` is oldest first. A save is one's own where both the device and the author are. A record that came
    into being since is new as a whole and has no changed fields.
    """
    stood: dict[Place, Value] = {}
    known: set[RecordId] = set()
    news: dict[Place, News] = {}
    for written in past:
        foreign = (written.device, written.author) != (device, author)
        for place, value in written.values.items():
            if not foreign:
                news.pop(place, None)
            elif written.arrival > looked and place[0] in known:
                earlier = news.get(place)
                news[place] = News(written, earlier.before if earlier else stood.get(place))
            if written.arrival <= looked or not foreign:
                stood[place] = value
                known.add(place[0])
    return {place: each for place, each in news.items() if each.by.values[place] != each.before}
