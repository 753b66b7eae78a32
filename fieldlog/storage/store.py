"""A store: one folder with the encrypted log, what is rebuilt from it, and the photo vault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from msgspec import Struct

from fieldlog.domain.errors import NotFound, StoreMissing
from fieldlog.domain.hlc import milliseconds, tick
from fieldlog.domain.ids import Mint, RecordId, StreamId, id_text
from fieldlog.domain.op import Op, OpKind, RecordChange
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import SCHEMA
from fieldlog.storage import key_file, records
from fieldlog.storage.database import Database
from fieldlog.storage.ingest import Arrival, Ingest
from fieldlog.storage.keys import KeyWays, StoreKey, database_key_pragma, make_key, unlock, ways_that_open
from fieldlog.storage.migrations import migrate, refuse_unreadable
from fieldlog.storage.op_bytes import op_to_bytes
from fieldlog.storage.read_model import ReadModel
from fieldlog.storage.rebuild import Verification, catch_up, note_schema, rebuild, verify
from fieldlog.storage.saved import OpRef, Saved, touched_by
from fieldlog.storage.search import absorb_waiting
from fieldlog.storage.store_lock import StoreLock
from fieldlog.storage.streams import Stream, all_streams, append, begin_stream, code_of
from fieldlog.storage.undo import changes_back
from fieldlog.storage.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from fieldlog.domain.clock import Clock
    from fieldlog.domain.editing import Edit
    from fieldlog.domain.record import CaseSheet, Record
    from fieldlog.domain.registry import Value

DATABASE_NAME: Final = "store.db"


Find: TypeAlias = "Callable[[RecordId], Record]"
"""Reads a record as the save under way sees it; raises NotFound."""


class Surroundings(Struct, frozen=True):
    """What a store is given by the rim: the clock, the keys, how due times are derived, how to wait for others."""

    clock: Clock
    ways: KeyWays
    derive: Callable[[Mapping[str, Value]], Mapping[str, Value]]
    may_wait: Callable[[], bool] = lambda: False


class Store:
    """One open store. Saving is durable when it returns; reading never waits for saving."""

    def __init__(self, folder: Path, key: StoreKey, around: Surroundings, *, read_only: bool) -> None:
        self.folder = folder
        self.read_only = read_only
        self.practice = "practice" in ways_that_open(folder)
        self.clock = around.clock
        self._lock = None if read_only else StoreLock(folder, around.clock, around.may_wait)
        try:
            self._key_pragma = database_key_pragma(key)
            self._database = Database(folder / DATABASE_NAME, self._key_pragma, read_only=read_only)
        except BaseException:
            self._release()
            raise
        self.vault = Vault(folder / "vault", key)
        self.mint = Mint(around.clock)
        self.derive = around.derive
        self._read_model = ReadModel(around.derive)
        self._own_stream: StreamId | None = None

    @classmethod
    def create(cls, folder: Path, around: Surroundings, *, owner: str, scope: str) -> Self:
        """Make a new store in an empty or absent folder and open it.

        Raises:
            AlreadyThere: The folder holds a store.
            KeyMissing: Neither a keyring nor a passphrase is at hand; nothing was written.
        """
        if (folder / key_file.NAME).exists() and not (folder / DATABASE_NAME).exists():
            key = unlock(folder, around.ways)  # an earlier attempt broke off before there was a database
        else:
            key = make_key(folder, Mint(around.clock).record_id(), around.ways)
        store = cls(folder, key, around, read_only=False)
        try:
            migrate(store._database, folder / "backups")
            store._begin(owner, scope)
        except BaseException:
            store.close()
            raise
        return store

    def _begin(self, owner: str, scope: str) -> None:
        """Begin this device's log."""
        stream = self.mint.stream_id()
        code = code_of(stream)
        with self._database.writing() as connection:
            begin_stream(connection, stream, scope=scope, device=code, owner=owner)
            self.note_own_log(connection, stream, code)
            note_schema(connection)

    @classmethod
    def open(
        cls,
        folder: Path,
        around: Surroundings,
        *,
        read_only: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> Self:
        """Open the store in a folder, upgrading it where it is older.

        Raises:
            StoreMissing: There is no store in the folder.
            StoreBusy: Another window has it; ``read_only=True`` opens it for reading.
            StoreTooNew, KeyMissing, KeyWrong, StoreDamaged, DiskTrouble: As named.
        """
        if not is_store(folder):
            raise StoreMissing(
                Phrase("저장소가 없습니다: {path}", "There is no store: {path}").fill(path=folder),
                Phrase("이 폴더에는 fieldlog 기록이 없습니다.", "The folder holds no fieldlog records."),
                Phrase(
                    "init 으로 새로 만들거나 폴더를 확인해 주십시오.",
                    "Make one with init, or check the folder.",
                ),
            )
        store = cls(folder, unlock(folder, around.ways), around, read_only=read_only)
        try:
            if read_only:
                refuse_unreadable(store._database)
            else:
                migrate(store._database, folder / "backups", progress)
                if not store.note("stream"):  # making it broke off half way
                    store._begin(owner="", scope="")
                store._follow_newest()
                store.vault.sweep_temporary()
        except BaseException:
            store.close()
            raise
        return store

    def _follow_newest(self) -> None:
        """New ids come after every known one, so that parts keep the order in which they were recorded."""
        newest = self._database.row("SELECT max(rec) FROM record")
        if newest and newest[0]:
            self.mint.follow(id_text(newest[0]))

    def close(self) -> None:
        """Close the store; what was saved is already on the disk."""
        self._database.close()
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- saving ---------------------------------------------------------------------------------------

    def save(
        self,
        edits: Sequence[Edit],
        *,
        author: str,
        kind: OpKind = OpKind.SAVE,
        ext: Mapping[str, Value] | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> Saved:
        """Keep what the edits change, as one op, durably; nothing is written where nothing differs.

        ``notes`` of this device are kept with it or not at all.

        Raises:
            StoreReadOnly, DiskTrouble: Nothing was kept.
        """
        return self.change(lambda _find: edits, author=author, kind=kind, ext=ext, notes=notes)

    def change(
        self,
        decide: Callable[[Find], Sequence[Edit]],
        *,
        author: str,
        kind: OpKind = OpKind.SAVE,
        ext: Mapping[str, Value] | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> Saved:
        """Keep the edits that ``decide`` makes of what it finds: nothing can come in between.

        Raises:
            StoreReadOnly, DiskTrouble: Nothing was kept.
            Known: Whatever ``decide`` refuses; nothing was kept.
        """
        with self._database.writing() as connection:
            streams = all_streams(connection)
            ingest = Ingest(connection, self._read_model, streams)
            changed = ingest.changes_of(decide(lambda record: _found(ingest, record)))
            if not changed:
                return Saved(None)
            if notes:
                self._note(connection, notes)
            return self._chain(connection, ingest, streams, changed, author=author, kind=kind, ext=ext or {})

    def save_many(self, saves: Iterable[Sequence[Edit]], *, author: str, kind: OpKind = OpKind.IMPORT) -> int:
        """Keep many saves, each as an op of its own, all of them or none; answers how many changed something.

        Raises:
            StoreReadOnly, DiskTrouble: Nothing was kept.
        """
        done = 0
        with self._database.writing() as connection:
            streams = all_streams(connection)
            ingest = Ingest(connection, self._read_model, streams)
            arrivals: list[Arrival] = []
            waiting: set[RecordId] = set()
            for edits in saves:
                if any(edit.record in waiting for edit in edits):
                    ingest.apply(arrivals)
                    arrivals, waiting = [], set()
                changed = ingest.changes_of(edits)
                if changed:
                    arrivals.append(
                        self._append(connection, streams, changed, author=author, kind=kind, ext={})
                    )
                    waiting.update(change.record for change in changed)
                    done += 1
            ingest.apply(arrivals)
        return done

    def undo(self, target: tuple[bytes, int], *, author: str) -> tuple[Saved, int]:
        """Write back what an op replaced; the number counts values that were changed since and stay."""
        with self._database.writing() as connection:
            changed, kept = changes_back(connection, target)
            if not changed:
                return Saved(None), kept
            streams = all_streams(connection)
            ingest = Ingest(connection, self._read_model, streams)
            ext: dict[str, Value] = {"stream": target[0].hex(), "seq": target[1]}
            saved = self._chain(
                connection, ingest, streams, changed, author=author, kind=OpKind.UNDO, ext=ext
            )
        return saved, kept

    def _chain(
        self,
        connection: Any,
        ingest: Ingest,
        streams: Sequence[Stream],
        changed: tuple[RecordChange, ...],
        *,
        author: str,
        kind: OpKind,
        ext: Mapping[str, Value],
    ) -> Saved:
        """Chain one op to this device's log and let it take effect."""
        arrival = self._append(connection, streams, changed, author=author, kind=kind, ext=ext)
        done = ingest.apply([arrival])
        return Saved(OpRef(arrival.stream.uuid, arrival.seq), touched_by(done))

    def _append(
        self,
        connection: Any,
        streams: Sequence[Stream],
        changed: tuple[RecordChange, ...],
        *,
        author: str,
        kind: OpKind,
        ext: Mapping[str, Value],
    ) -> Arrival:
        stream = next(each for each in streams if each.uuid == self._own(connection))
        now = self.clock.now()
        hlc = tick(stream.tip_hlc, now)
        op = Op(hlc, milliseconds(now), author, kind, SCHEMA, changed, ext)
        entry = append(connection, stream, op_to_bytes(op, stream.uuid), hlc)
        return Arrival(stream, entry.seq, entry.recv_no, op)

    # -- meeting others -------------------------------------------------------------------------------

    @property
    def own_stream(self) -> StreamId:
        """The log this device writes now."""
        return self._own(self.reader())

    def _own(self, connection: Any) -> StreamId:
        if self._own_stream is None:
            self._own_stream = StreamId(bytes.fromhex(self.note("stream", connection)))
        return self._own_stream

    def note_own_log(self, connection: Any, stream: StreamId, code: str) -> None:
        """Write into this log from now on, if the caller's transaction holds."""
        self._own_stream = None
        self._note(connection, {"stream": stream.hex(), "device_code": code})

    @property
    def read_model(self) -> ReadModel:
        """What lists and indexes, for the shelves of this floor."""
        return self._read_model

    # -- reading --------------------------------------------------------------------------------------

    def reader(self) -> Any:
        """This thread's reading connection, for the shelves of this floor."""
        return self._database.reader()

    def find(self, record: RecordId) -> Record:
        """The record of that id.

        Raises:
            NotFound: There is none.
        """
        found = records.find_record(self.reader(), record)
        if found is None:
            raise not_found(record)
        return found

    def sheet(self, case: RecordId) -> CaseSheet:
        """A case with all its living parts.

        Raises:
            NotFound: There is no such case.
        """
        found = records.find_case_sheet(self.reader(), case)
        if found is None:
            raise not_found(case)
        return found

    # -- what this device notes for itself ------------------------------------------------------------

    def note(self, key: str, connection: Any = None) -> str:
        """A note of this device, "" where there is none: never record data."""
        source = self.reader() if connection is None else connection
        row = source.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def put_notes(self, notes: Mapping[str, str]) -> None:
        """Keep notes of this device: settings, counters, the last good profile."""
        with self._database.writing() as connection:
            self._note(connection, notes)

    def alone(self) -> AbstractContextManager[None]:
        """Keep other threads from saving: for a save that follows from what was read."""
        return self._database.alone()

    def _note(self, connection: Any, notes: Mapping[str, str]) -> None:
        connection.executemany(
            "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
            list(notes.items()),
        )

    def put_draft(self, key: str, body: bytes, at: str) -> None:
        """Keep unfinished typing, durably."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO draft(key, body, at) VALUES(?, ?, ?)"
                " ON CONFLICT(key) DO UPDATE SET body = excluded.body, at = excluded.at",
                (key, body, at),
            )

    def drop_draft(self, key: str) -> None:
        """Forget unfinished typing that has been saved or thrown away."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM draft WHERE key = ?", (key,))

    def drafts(self) -> list[tuple[str, bytes, str]]:
        """Unfinished typing: key, body, when it was kept; newest first."""
        return [
            (key, bytes(body), at)
            for key, body, at in self._database.rows("SELECT key, body, at FROM draft ORDER BY at DESC")
        ]

    @property
    def database(self) -> Database:
        """The open database, for the shelves of this floor."""
        return self._database

    # -- proving and mending --------------------------------------------------------------------------

    def verify(self, progress: Callable[[int, int], None] | None = None) -> Verification:
        """Check every chain and compare what is shown with a rebuild from the log.

        Raises:
            StoreDamaged: A chain is broken.
        """
        scratch = self.folder / "verify.db"
        return verify(self._database, self._key_pragma, self._read_model, scratch, progress)

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Write everything that is derived again from the log; returns the number of ops.

        Raises:
            StoreDamaged: A chain is broken; nothing was changed.
        """
        return rebuild(self._database, self._read_model, progress)

    def catch_up(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Read what an earlier program could only keep: fields and kinds it did not know; how many ops it took.

        Raises:
            StoreDamaged: A chain is broken; nothing was changed.
        """
        return catch_up(self._database, self._read_model, progress)

    def absorb_waiting(self) -> int:
        """Move what waits for the search index into it; answers how many documents. Waiting ones are found too."""
        if self.read_only or not self._database.row("SELECT 1 FROM search_waiting LIMIT 1"):
            return 0
        with self._database.writing() as connection:
            return absorb_waiting(connection)

    def derive_again(self) -> None:
        """Compute due times and priorities anew, after the profile or the holidays changed."""
        with self._database.writing() as connection:
            self._read_model.derive_all(connection)


def is_store(folder: Path) -> bool:
    """Whether a folder holds a store."""
    return (folder / key_file.NAME).exists() and (folder / DATABASE_NAME).exists()


def not_found(record: str) -> NotFound:
    """The error for a record that is not here."""
    return NotFound(
        Phrase("기록을 찾지 못했습니다: {id}", "No such record: {id}").fill(id=record),
        Phrase("이 저장소에 없습니다.", "It is not in this store."),
        Phrase("번호를 확인하거나 목록에서 고르십시오.", "Check the number or choose from the list."),
    )


def _found(ingest: Ingest, record: RecordId) -> Record:
    row = ingest.load(record)
    found = records.as_record(row) if row else None
    if found is None:
        raise not_found(record)
    return found
