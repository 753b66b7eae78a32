from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from fieldlog.domain.errors import Bug, DiskTrouble, KeyWrong, StoreBusy, StoreDamaged, StoreReadOnly
from fieldlog.storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "x'" + "ab" * 48 + "'"
OTHER = "x'" + "cd" * 48 + "'"


@pytest.fixture
def database(tmp_path) -> Iterator[Database]:
    made = Database(tmp_path / "a.db", KEY, read_only=False)
    with made.writing() as connection:
        connection.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT NOT NULL)")
    yield made
    made.close()


def test_what_was_committed_is_there_and_what_failed_is_not(database) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO t VALUES(1, '하나')")

    def break_off() -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO t VALUES(2, '둘')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert database.rows("SELECT * FROM t") == [(1, "하나")]
    assert database.row("SELECT b FROM t WHERE a = 2") is None


def test_every_commit_reaches_the_disk_and_nothing_temporary_does(database) -> None:
    with database.maintaining() as connection:
        told = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "temp_store")
        ]
    assert told == ["wal", 2, 2]


def test_the_wrong_key_is_told_apart_from_damage(database, tmp_path) -> None:
    with pytest.raises(KeyWrong):
        Database(tmp_path / "a.db", OTHER, read_only=True)


def test_a_damaged_page_is_told_as_damage(database, tmp_path) -> None:
    with database.writing() as connection:
        connection.executemany("INSERT INTO t VALUES(?, ?)", [(n, "가" * 500) for n in range(1, 200)])
    database.close()
    raw = bytearray((tmp_path / "a.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    (tmp_path / "a.db").write_bytes(raw)
    hurt = Database(tmp_path / "a.db", KEY, read_only=True)
    with pytest.raises((StoreDamaged, DiskTrouble)):
        hurt.rows("SELECT sum(length(b)) FROM t")
    hurt.close()


def test_a_reader_cannot_write_and_a_missing_file_is_disk_trouble(database, tmp_path) -> None:
    reading = Database(tmp_path / "a.db", KEY, read_only=True)

    def write() -> None:
        with reading.writing():
            pass

    with pytest.raises(StoreReadOnly):
        write()
    with pytest.raises(StoreReadOnly):
        reading.rows("DELETE FROM t")
    reading.close()
    with pytest.raises(DiskTrouble):
        Database(tmp_path / "nowhere" / "a.db", KEY, read_only=True)


def test_two_processes_writing_at_once_are_told_apart_from_damage(database, tmp_path) -> None:
    second = Database(tmp_path / "a.db", KEY, read_only=False)
    with second.maintaining() as connection:
        connection.execute("PRAGMA busy_timeout = 10")

    def write_too() -> None:
        with second.writing():
            pass

    with database.writing() as connection:
        connection.execute("INSERT INTO t VALUES(1, '하나')")
        with pytest.raises(StoreBusy):
            write_too()
    write_too()
    second.close()


@pytest.mark.parametrize("sql", ["SELECT nothing FROM t", "INSERT INTO t VALUES(9, NULL)", "SELECT ?"])
def test_our_own_mistakes_are_bugs(database, sql) -> None:
    def mistake() -> None:
        with database.writing() as connection:
            connection.execute(sql)

    with pytest.raises(Bug):
        mistake()
    assert database.rows("SELECT count(*) FROM t") == [(0,)]


def test_threads_take_turns(database) -> None:
    def add(start: int) -> None:
        for n in range(start, start + 50):
            with database.writing() as connection:
                count = connection.execute("SELECT count(*) FROM t").fetchone()[0]
                connection.execute("INSERT INTO t VALUES(?, ?)", (n, str(count)))

    threads = [threading.Thread(target=add, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(b) for (b,) in database.rows("SELECT b FROM t")) == list(range(150))
    assert len(database._readers) <= 1
