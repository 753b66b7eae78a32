"""Two or more stores that exchange their logs as a sync will: ops chained as they came, then ingested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldlog.domain.transfer import LogName, Stretch
from fieldlog.storage.dock import Dock
from fieldlog.storage.streams import all_streams, find_stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.ids import StreamId
    from fieldlog.storage.store import Store

COMPARED = (
    "SELECT r.rec, c.stage, c.title, c.photos, c.place, c.lat, c.updated, c.nconf, c.due_at FROM case_list c"
)


def bodies(store: Store, stream: StreamId) -> list[bytes]:
    """Every op of one log, as bytes, in order."""
    found = find_stream(store.reader(), stream)
    if found is None:
        return []
    rows = store.database.rows("SELECT body FROM op WHERE stream = ? ORDER BY seq", (found.id,))
    return [bytes(row[0]) for row in rows]


def logs_of(store: Store) -> list[StreamId]:
    """The logs a store holds."""
    return [stream.uuid for stream in all_streams(store.reader())]


def receive(store: Store, stream: StreamId, arriving: Sequence[bytes], *, batch: int = 0) -> int:
    """Take the ops of one log that are not here yet, ``batch`` at a time (0: all at once); how many came."""
    had = len(bodies(store, stream))
    fresh = list(arriving[had:])
    step = batch or len(fresh) or 1
    for start in range(0, len(fresh), step):
        _take(store, stream, fresh[start : start + step])
    return len(fresh)


def _take(store: Store, uuid: StreamId, fresh: list[bytes]) -> None:
    dock, had = Dock(store), len(bodies(store, uuid))
    previous = dock.hash_at(uuid, had)
    assert previous is not None
    dock.take(Stretch(LogName(uuid, "ROAD"), had + 1, previous, tuple(fresh)))


def shown(store: Store) -> list[tuple[object, ...]]:
    """What two stores with the same ops must show alike, whatever their row numbers."""
    lines = store.database.rows(f"{COMPARED} JOIN record r ON r.row = c.row ORDER BY r.rec")
    records = store.database.rows("SELECT rec, kind, vals, nconf, deleted, digest FROM record ORDER BY rec")
    hashes = store.database.rows(
        "SELECT p.sha256, r.rec FROM photo_hash p JOIN record r ON r.row = p.row ORDER BY 1, 2"
    )
    return [*lines, *records, *hashes]
