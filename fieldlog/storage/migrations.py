"""Numbered migrations of the database: one transaction each, a backup first, newer stores refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.errors import StoreBusy, StoreReadOnly, StoreTooNew
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.durable import disk_troubles, make_folders, write_over
from fieldlog.storage.peers import CREATE_PEERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlite_utils.db import Database as UtilsDatabase

    from fieldlog.storage.database import Database

_PIECE: Final = 1 << 20
LATEST: Final = 3
"""The version this program writes.

1 (2026-11-22): the op log and everything rebuilt from it. 2 (2026-11-23): what offices confirmed.
3 (2026-11-23): the diary of visits.
"""


def version_of(connection: Any) -> int:
    """The version a store was last written with; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(database: Database, backups: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Bring a store to the latest version; returns the version it had.

    Args:
        database: The open store.
        backups: The folder that gets a copy of the file before anything is changed.
        progress: Told (steps done, steps in all).

    Raises:
        StoreTooNew: The store was written by a newer fieldlog; nothing was changed.
        StoreBusy: Another window reads it, so that no whole backup could be made; nothing was changed.
        DiskTrouble: There is no room for the backup; nothing was changed.
    """
    with database.maintaining() as connection:
        found = version_of(connection)
        _refuse_newer(found)
        if found == LATEST:
            return found
        if found:
            _back_up(database, connection, backups, found)
        _apply(connection, found, progress)
    return found


def refuse_unreadable(database: Database) -> None:
    """Refuse to read a store that is not of this program's version; nothing is changed.

    Raises:
        StoreTooNew: The store was written by a newer fieldlog.
        StoreReadOnly: It is older and has to be upgraded first, which a reader may not do.
    """
    found = version_of(database.reader())
    _refuse_newer(found)
    if found < LATEST:
        raise StoreReadOnly(
            Phrase("이 저장소를 아직 열 수 없습니다.", "This store cannot be opened yet."),
            Phrase(
                "이전 판이 쓴 저장소여서 먼저 새 판으로 바꾸어야 합니다(판 {found} → {latest}).",
                "An older fieldlog wrote it; it must be upgraded first (version {found} to {latest}).",
            ).fill(found=found, latest=LATEST),
            Phrase(
                "다른 창을 닫고 쓰기로 한 번 열어 주십시오.", "Close other windows and open it for writing."
            ),
        )


def _refuse_newer(found: int) -> None:
    if found > LATEST:
        raise StoreTooNew(
            Phrase("이 저장소를 열 수 없습니다.", "This store cannot be opened."),
            Phrase(
                "더 새로운 fieldlog가 쓴 저장소입니다(판 {found}, 이 프로그램은 {latest}).",
                "A newer fieldlog wrote it (version {found}; this program knows {latest}).",
            ).fill(found=found, latest=LATEST),
            Phrase("프로그램을 새 판으로 바꾸어 주십시오.", "Please install the newer program."),
        )


def _back_up(database: Database, connection: Any, backups: Path, found: int) -> None:
    """Keep the file as it was, whole or not at all; it is still encrypted with the same key."""
    waiting = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if waiting:
        raise StoreBusy(
            Phrase("저장소를 새 판으로 바꾸지 못했습니다.", "The store was not upgraded."),
            Phrase("다른 창이 읽고 있습니다.", "Another window is reading it."),
            Phrase("다른 창을 닫고 다시 열어 주십시오.", "Close the other window and open it again."),
        )
    make_folders(backups)
    with disk_troubles(database.path), database.path.open("rb") as file:
        pieces = iter(lambda: file.read(_PIECE), b"")
        write_over(backups / f"{database.path.stem}-v{found}{database.path.suffix}", pieces)


def _apply(connection: Any, found: int, progress: Callable[[int, int], None] | None) -> None:
    from sqlite_utils.db import Database as Utils  # noqa: PLC0415

    utils = Utils(connection)
    steps = [number for number in sorted(_STEPS) if number > found]
    for done, number in enumerate(steps):
        if progress:
            progress(done, len(steps))
        with utils.atomic():
            _STEPS[number](utils)
            connection.execute(f"PRAGMA user_version = {number}")
    if progress:
        progress(len(steps), len(steps))


def _first(db: UtilsDatabase) -> None:
    """The op log, the heads, and the read models that are rebuilt from them."""
    _create_log(db)
    _create_records(db)
    for statement in _PLAIN_TABLES:
        db.execute(statement)
    _create_case_list(db)


_PLAIN_TABLES: Final = (
    (
        "CREATE TABLE ghost(rec BLOB, key TEXT, hlc INTEGER, stream BLOB,"
        " PRIMARY KEY(rec, key, hlc, stream)) STRICT, WITHOUT ROWID"
    ),
    "CREATE TABLE touched(row INTEGER, recv_no INTEGER, PRIMARY KEY(row, recv_no)) STRICT, WITHOUT ROWID",
    "CREATE TABLE photo_hash(sha256 TEXT, row INTEGER, PRIMARY KEY(sha256, row)) STRICT, WITHOUT ROWID",
    "CREATE TABLE draft(key TEXT PRIMARY KEY, body BLOB NOT NULL, at TEXT NOT NULL) STRICT",
)


def _create_log(db: UtilsDatabase) -> None:
    db.table("meta").create({"key": str, "value": str}, pk="key", strict=True)
    db.table("stream").create(
        {
            "id": int,
            "uuid": bytes,
            "scope": str,
            "device": str,
            "owner": str,
            "tip_seq": int,
            "tip_hash": bytes,
            "tip_hlc": int,
            "forked_from": bytes,
        },
        pk="id",
        not_null={"uuid", "scope", "tip_seq", "tip_hash", "tip_hlc"},
        strict=True,
    )
    db.table("stream").create_index(["uuid"], unique=True)
    db.table("op").create(
        {"recv_no": int, "stream": int, "seq": int, "hlc": int, "body": bytes, "hash": bytes},
        pk="recv_no",
        not_null={"stream", "seq", "hlc", "body", "hash"},
        strict=True,
    )
    db.table("op").create_index(["stream", "seq"], unique=True)


def _create_records(db: UtilsDatabase) -> None:
    db.table("record").create(
        {
            "row": int,
            "rec": bytes,
            "kind": int,
            "scope": str,
            "parent": int,
            "heads": bytes,
            "vals": bytes,
            "nconf": int,
            "deleted": int,
            "digest": bytes,
        },
        pk="row",
        not_null={"rec", "kind", "scope", "heads", "vals", "nconf", "deleted", "digest"},
        strict=True,
    )
    db.table("record").create_index(["rec"], unique=True)
    db.execute("CREATE INDEX record_of_case ON record(parent, kind) WHERE parent IS NOT NULL")
    db.execute("CREATE INDEX record_in_conflict ON record(row) WHERE nconf > 0")
    db.execute("CREATE INDEX record_by_kind ON record(kind) WHERE kind > 8")


def _create_case_list(db: UtilsDatabase) -> None:
    from fieldlog.storage.case_columns import CREATE_CASE_LIST  # noqa: PLC0415
    from fieldlog.storage.photo_list import CREATE_PHOTO_LIST  # noqa: PLC0415
    from fieldlog.storage.search import create_search_tables  # noqa: PLC0415

    for statement in (*CREATE_CASE_LIST, CREATE_PHOTO_LIST):
        db.execute(statement)
    create_search_tables(db.conn)


def _offices(db: UtilsDatabase) -> None:
    """What each office confirmed."""
    for statement in CREATE_PEERS:
        db.execute(statement)


def _diary(db: UtilsDatabase) -> None:
    """Visits that are planned or under way."""
    from fieldlog.storage.diary import CREATE_DIARY, fill_diary  # noqa: PLC0415

    for statement in CREATE_DIARY:
        db.execute(statement)
    fill_diary(db.conn)


_STEPS: Final = {1: _first, 2: _offices, 3: _diary}
