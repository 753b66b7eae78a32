"""Everything again from the log: to prove that what is shown is what was saved, or to mend it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from fieldlog.domain.registry import SCHEMA
from fieldlog.storage.database import Database
from fieldlog.storage.digest import store_digest
from fieldlog.storage.durable import disk_troubles
from fieldlog.storage.ingest import Arrival, Ingest
from fieldlog.storage.migrations import migrate
from fieldlog.storage.op_bytes import op_from_bytes
from fieldlog.storage.search import absorb_waiting
from fieldlog.storage.search_proof import search_differs
from fieldlog.storage.streams import all_streams, verified_entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.domain.ids import StreamId
    from fieldlog.storage.read_model import ReadModel

_BATCH: Final = 2_000
_SCHEMA_NOTE: Final = "schema"
_FIRST_SCHEMA: Final = 1
"""Stores of the first schema may carry no note of it."""
_COMPARED: Final = {
    "record": "SELECT rec, kind, scope, heads, vals, nconf, deleted, digest FROM record ORDER BY rec",
    "ghost": "SELECT rec, key, hlc, stream FROM ghost ORDER BY rec, key, hlc, stream",
    "case_list": "SELECT * FROM case_list ORDER BY row",
    "photo_hash": "SELECT sha256, row FROM photo_hash ORDER BY sha256, row",
    "photo_list": "SELECT * FROM photo_list ORDER BY row",
    "touched": "SELECT row, recv_no FROM touched ORDER BY row, recv_no",
    "diary": "SELECT row, case_row, at FROM diary ORDER BY row",
}


class Verification(Struct):
    """What a verification found: how many ops, the digest, and every table that differs."""

    ops: int = 0
    digest: str = ""
    rebuilt_digest: str = ""
    differing: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything that is shown follows from the log."""
        return not self.differing and self.digest == self.rebuilt_digest


def verify(
    database: Database, key_pragma: str, read_model: ReadModel, scratch: Path, progress: Any = None
) -> Verification:
    """Check every chain, rebuild everything beside the store, and compare.

    Args:
        database: The open store.
        key_pragma: Its key: the copy beside it is encrypted with the same.
        read_model: What lists and indexes.
        scratch: Where the copy is built; removed afterwards.
        progress: Told (ops done, ops in all).

    Raises:
        StoreDamaged: A chain is broken: the log itself is not what was written.
    """
    found = Verification()
    _remove(scratch)
    copy = Database(scratch, key_pragma, read_only=False)
    try:
        migrate(copy, scratch.parent)
        reader = database.reader()
        reader.execute("BEGIN")
        try:
            found.ops = _replay(reader, copy, read_model, progress)
            with copy.writing() as connection:
                absorb_waiting(connection)
            found.digest, found.rebuilt_digest = store_digest(reader), store_digest(copy.reader())
            found.differing = [
                name for name, query in _COMPARED.items() if _differ(reader, copy.reader(), query)
            ]
            if search_differs(reader, copy.reader()):
                found.differing.append("search")
        finally:
            reader.execute("COMMIT")
    finally:
        copy.close()
        _remove(scratch)
    return found


def _differ(one: Any, other: Any, query: str) -> bool:
    left, right = one.execute(query), other.execute(query)
    while True:
        mine, theirs = left.fetchmany(_BATCH), right.fetchmany(_BATCH)
        if mine != theirs:
            return True
        if not mine:
            return False


def _replay(source: Any, target: Database, read_model: ReadModel, progress: Any) -> int:
    """Write every op of a store into an empty one, in the order it arrived."""
    streams = all_streams(source)
    for stream in streams:
        for _ in verified_entries(source, stream):
            pass
    by_id = {stream.id: stream for stream in streams}
    total = source.execute("SELECT count(*) FROM op").fetchone()[0]
    with target.writing() as connection:
        connection.executemany(
            "INSERT INTO stream(id, uuid, scope, device, owner, tip_seq, tip_hash, tip_hlc) VALUES(?,?,?,?,?,?,?,?)",
            [(s.id, s.uuid, s.scope, s.device, s.owner, s.tip_seq, s.tip_hash, s.tip_hlc) for s in streams],
        )
    seen: dict[StreamId, int] = {}
    done = 0
    for batch in _batches(source):
        with target.writing() as connection:
            ingest = Ingest(connection, read_model, streams, seen)
            arrivals = []
            for recv_no, stream_id, seq, hlc, body, digest in batch:
                connection.execute(
                    "INSERT INTO op(recv_no, stream, seq, hlc, body, hash) VALUES(?, ?, ?, ?, ?, ?)",
                    (recv_no, stream_id, seq, hlc, body, digest),
                )
                stream = by_id[stream_id]
                arrivals.append(Arrival(stream, seq, recv_no, op_from_bytes(body, stream.uuid)))
            ingest.apply(arrivals)
        done += len(batch)
        if progress:
            progress(done, total)
    return done


def _batches(source: Any) -> Iterator[list[Any]]:
    cursor = source.execute("SELECT recv_no, stream, seq, hlc, body, hash FROM op ORDER BY recv_no")
    while rows := cursor.fetchmany(_BATCH):
        yield rows


def rebuild(database: Database, read_model: ReadModel, progress: Any = None) -> int:
    """Throw away everything that is derived and write it again from the log, as one transaction.

    Raises:
        StoreDamaged: A chain is broken; nothing was changed.
    """
    with database.writing() as connection:
        return rebuild_within(connection, read_model, progress)


def rebuild_within(connection: Any, read_model: ReadModel, progress: Any = None) -> int:
    """The same within a transaction of the caller.

    Raises:
        StoreDamaged: A chain is broken.
    """
    streams = all_streams(connection)
    for stream in streams:
        for _ in verified_entries(connection, stream):
            pass
    for table in ("record", "ghost", "touched", "case_list", "photo_hash", "photo_list", "diary"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    read_model.clear_search(connection)
    by_id = {stream.id: stream for stream in streams}
    seen: dict[StreamId, int] = {}
    total = connection.execute("SELECT count(*) FROM op").fetchone()[0]
    done = 0
    for batch in _batches_by_number(connection):
        ingest = Ingest(connection, read_model, streams, seen)
        ingest.apply(
            [
                Arrival(by_id[stream_id], seq, recv_no, op_from_bytes(body, by_id[stream_id].uuid))
                for recv_no, stream_id, seq, body in batch
            ]
        )
        done += len(batch)
        if progress:
            progress(done, total)
    note_schema(connection)
    return done


def catch_up(database: Database, read_model: ReadModel, progress: Any = None) -> int:
    """Write everything that is derived again if a program that knew fewer fields and kinds derived it.

    What such a program did not know it kept in the log unread. Returns the number of ops, 0 where all was read.

    Raises:
        StoreDamaged: A chain is broken; nothing was changed.
    """
    known = database.row("SELECT value FROM meta WHERE key = ?", (_SCHEMA_NOTE,))
    read_by = int(known[0]) if known else _FIRST_SCHEMA
    if read_by < SCHEMA:
        return rebuild(database, read_model, progress)
    if read_by > SCHEMA:  # from now on this program derives, and the newer one has to do it again
        with database.writing() as connection:
            note_schema(connection)
    return 0


def note_schema(connection: Any) -> None:
    """Note which fields and kinds the program knows that derives from here on."""
    connection.execute(
        "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (_SCHEMA_NOTE, str(SCHEMA)),
    )


def _batches_by_number(connection: Any) -> Iterator[list[Any]]:
    last = 0
    while rows := connection.execute(
        "SELECT recv_no, stream, seq, body FROM op WHERE recv_no > ? ORDER BY recv_no LIMIT ?", (last, _BATCH)
    ).fetchall():
        last = rows[-1][0]
        yield rows


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with disk_troubles(path.parent), contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()
