"""The one door to the database: opens it encrypted, keeps transactions, maps the engine's errors."""

from __future__ import annotations

import contextlib
import shutil
import threading
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from fieldlog.domain.errors import Bug, DiskTrouble, KeyWrong, StoreBusy, StoreDamaged, StoreReadOnly
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA wal_autocheckpoint = 2000",
    "PRAGMA cell_size_check = ON",
)
"""Durable before 저장됨: every commit reaches the disk; nothing temporary is written plain."""
WRITER_CACHE_KIB: Final = 32_768
READER_CACHE_KIB: Final = 8_192
_SHARED_MEMORY_BYTES: Final = 32_768


@contextlib.contextmanager
def engine_errors(path: Path) -> Iterator[None]:
    """Map the engine's errors to ours, most specific first."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415

    try:
        yield
    except dbapi2.DatabaseError as error:
        raise _mapped(error, path) from error


def _mapped(error: Exception, path: Path) -> Exception:
    from sqlcipher3 import dbapi2  # noqa: PLC0415

    if isinstance(error, dbapi2.OperationalError):
        return _operational(str(error), path)
    if isinstance(error, (dbapi2.IntegrityError, dbapi2.ProgrammingError)):
        return Bug(str(error))
    if "not a database" in str(error):
        return KeyWrong(
            Phrase("저장소를 열 수 없습니다.", "The store cannot be opened."),
            Phrase("열쇠가 이 저장소의 것이 아닙니다.", "The key does not belong to this store."),
            Phrase("암호를 다시 확인해 주십시오.", "Please check the passphrase."),
        )
    return _damaged(str(error), path)


def _reading(path: Path) -> Any:
    """A kind of connection that maps the engine's errors wherever a query is made."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415

    class Reading(dbapi2.Connection):  # type: ignore[misc]
        def execute(self, *query: Any) -> Any:
            try:
                return super().execute(*query)
            except dbapi2.DatabaseError as error:
                raise _mapped(error, path) from error

    return Reading


def _is_full(folder: Path) -> bool:
    """Whether there is no room left; a full disk shows as an I/O error where shared memory is laid out."""
    try:
        return shutil.disk_usage(folder).free < _SHARED_MEMORY_BYTES
    except OSError:
        return False


def _operational(said: str, path: Path) -> Exception:
    failed = "unable to open" in said or "disk I/O" in said
    if "disk is full" in said or (failed and _is_full(path.parent)):
        return DiskTrouble(
            Phrase("저장하지 못했습니다.", "It was not saved."),
            Phrase("디스크에 자리가 없습니다: {path}", "The disk is full: {path}").fill(path=path.parent),
            Phrase(
                "자리를 비운 뒤 다시 저장해 주십시오. 이미 저장된 기록은 그대로입니다.",
                "Free some space and save again. What was saved before is untouched.",
            ),
        )
    if "locked" in said or "busy" in said:
        return StoreBusy(
            Phrase("저장소가 사용 중입니다.", "The store is in use."),
            Phrase("다른 창이 쓰고 있습니다.", "Another window is writing."),
            Phrase("잠시 뒤 다시 해 주십시오.", "Please try again in a moment."),
        )
    if "readonly" in said or "read-only" in said:
        return StoreReadOnly(
            Phrase("저장하지 못했습니다.", "It was not saved."),
            Phrase("저장소가 읽기 전용으로 열려 있습니다.", "The store is open for reading only."),
            Phrase("다른 창을 닫고 다시 열어 주십시오.", "Close the other window and open it again."),
        )
    if failed:
        return DiskTrouble(
            Phrase("저장소 파일을 읽거나 쓸 수 없습니다.", "The store's file cannot be read or written."),
            Phrase("디스크가 응답하지 않습니다: {path}", "The disk does not answer: {path}").fill(path=path),
            Phrase(
                "디스크와 폴더 권한을 확인해 주십시오.", "Please check the disk and the folder's permissions."
            ),
        )
    return Bug(said)


def _damaged(said: str, path: Path) -> StoreDamaged:
    return StoreDamaged(
        Phrase("저장소가 손상되었습니다.", "The store is damaged."),
        Phrase("{path}: {said}", "{path}: {said}").fill(path=path.name, said=said),
        Phrase(
            "이 폴더를 그대로 두고 관리자에게 알려 주십시오. 백업에서 되살릴 수 있습니다.",
            "Leave the folder as it is and tell the administrator; it can be restored from a backup.",
        ),
    )


@contextlib.contextmanager
def plain_database(path: Path, how: str) -> Iterator[Any]:
    """An existing database without a key; ``how`` is the query of SQLite's URI, such as ``mode=ro&immutable=1``."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415

    place = path.absolute().as_posix()  # //server/share of Windows must not be taken for a host
    uri = f"file://{quote(place if place.startswith('/') else f'/{place}')}?{how}"
    with (
        engine_errors(path),
        contextlib.closing(dbapi2.connect(uri, uri=True, isolation_level=None)) as opened,
    ):
        yield opened


class Database:
    """An open, encrypted database: one connection for writing, one per thread for reading.

    The writing connection belongs to whoever holds :meth:`writing`; readers see the last commit and
    never wait for a writer.
    """

    def __init__(self, path: Path, key_pragma: str, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._key_pragma = key_pragma
        self._turn = threading.RLock()
        self._readers_turn = threading.Lock()
        self._local = threading.local()
        self._readers: list[tuple[threading.Thread, Any]] = []
        self._closed = False
        self._writer = self._connect(read_only=read_only, cache_kib=WRITER_CACHE_KIB)

    def _connect(self, *, read_only: bool, cache_kib: int) -> Any:
        from sqlcipher3 import dbapi2  # noqa: PLC0415

        with engine_errors(self.path):
            mode = "ro" if read_only else "rwc"
            connection = dbapi2.connect(
                f"{self.path.absolute().as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=256,
                factory=_reading(self.path) if read_only else dbapi2.Connection,
            )
            try:
                connection.execute(f'PRAGMA key = "{self._key_pragma}"')
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                for pragma in PRAGMAS[1:] if read_only else PRAGMAS:
                    connection.execute(pragma)
                connection.execute(f"PRAGMA cache_size = -{cache_kib}")
                if read_only:
                    connection.execute("PRAGMA query_only = ON")
            except BaseException:
                connection.close()
                raise
            return connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Any]:
        """One transaction: everything inside is kept, durably, or nothing is.

        Raises:
            StoreReadOnly: The store was opened for reading.
            DiskTrouble: The disk is full or does not answer; nothing was kept.
        """
        if self.read_only:
            raise _operational("readonly", self.path)
        with self._turn, engine_errors(self.path):
            connection = self._writer
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other threads of this process from writing: for reading first what is then written."""
        with self._turn:
            yield

    @contextlib.contextmanager
    def maintaining(self) -> Iterator[Any]:
        """The writing connection outside a transaction: for migrations and checks of the whole file."""
        with self._turn, engine_errors(self.path):
            yield self._writer

    def reader(self) -> Any:
        """This thread's own reading connection: it never waits for a writer and ends with its thread."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect(read_only=True, cache_kib=READER_CACHE_KIB)
            with self._readers_turn:
                if self._closed:
                    connection.close()
                    raise Bug("the store has been closed")
                self._close_orphans()
                self._readers.append((threading.current_thread(), connection))
            self._local.connection = connection
        return connection

    def _close_orphans(self) -> None:
        """Close the connections of threads that have ended."""
        living = []
        for thread, connection in self._readers:
            if thread.is_alive():
                living.append((thread, connection))
            else:
                connection.close()
        self._readers = living

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows of a reading query, from the last committed state."""
        with engine_errors(self.path):
            return list(self.reader().execute(sql, parameters))

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Any | None:
        """The first row of a reading query, or None."""
        with engine_errors(self.path):
            return self.reader().execute(sql, parameters).fetchone()

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        with self._turn, self._readers_turn:
            self._closed = True
            for _, connection in self._readers:
                connection.close()
            self._readers.clear()
            self._local = threading.local()
            self._writer.close()
