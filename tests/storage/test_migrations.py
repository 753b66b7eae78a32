from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.makers import drafted
from helpers.stores import environment, practice_store

from fieldlog.domain.errors import DiskTrouble, StoreBusy, StoreReadOnly, StoreTooNew
from fieldlog.services.opening import open_store
from fieldlog.storage import migrations

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path) -> Path:
    workspace = practice_store(tmp_path / "store")
    drafted(workspace)
    workspace.close()
    return tmp_path / "store"


def next_version(monkeypatch, step) -> None:
    """A later program that knows one more step."""
    newer = migrations.LATEST + 1
    monkeypatch.setattr(migrations, "LATEST", newer)
    monkeypatch.setattr(migrations, "_STEPS", {**migrations._STEPS, newer: step})


def add_table(db) -> None:
    db.execute("CREATE TABLE later(a)")


def version(workspace) -> int:
    return migrations.version_of(workspace.store.reader())


def test_a_new_store_is_of_the_latest_version_and_needs_no_backup(folder) -> None:
    workspace = open_store(folder, environment())
    assert version(workspace) == migrations.LATEST
    assert not (folder / "backups").exists()
    workspace.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_store_is_refused_in_one_sentence_and_left_as_it_is(folder, monkeypatch, read_only) -> None:
    with monkeypatch.context() as later:
        next_version(later, add_table)
        open_store(folder, environment()).close()
    before = (folder / "store.db").read_bytes()
    with pytest.raises(StoreTooNew) as caught:
        open_store(folder, environment(), read_only=read_only)
    assert "새 판" in caught.value.how.ko
    assert (folder / "store.db").read_bytes() == before


def test_an_older_store_is_upgraded_with_progress_after_a_backup_that_opens(folder, monkeypatch) -> None:
    old = migrations.LATEST
    told: list[tuple[int, int]] = []
    with monkeypatch.context() as later:
        next_version(later, add_table)
        workspace = open_store(folder, environment(), progress=lambda *step: told.append(step))
        assert version(workspace) == old + 1
        assert workspace.store.database.rows("SELECT * FROM later") == []
        workspace.close()
    assert told == [(0, 1), (1, 1)]
    (backup,) = (folder / "backups").iterdir()
    assert backup.name == f"store-v{old}.db"
    backup.replace(folder / "store.db")
    restored = open_store(folder, environment())
    assert version(restored) == old
    assert restored.store.verify().sound
    restored.close()


def test_a_step_that_fails_leaves_the_old_version_whole(folder, monkeypatch) -> None:
    def broken(db) -> None:
        add_table(db)
        raise ZeroDivisionError

    with monkeypatch.context() as later:
        next_version(later, broken)
        with pytest.raises(ZeroDivisionError):
            open_store(folder, environment())
    workspace = open_store(folder, environment())
    assert version(workspace) == migrations.LATEST
    assert workspace.store.database.row("SELECT 1 FROM sqlite_master WHERE name = 'later'") is None
    assert workspace.store.verify().sound
    workspace.close()


def test_an_older_store_is_not_read_before_it_is_upgraded(folder, monkeypatch) -> None:
    next_version(monkeypatch, add_table)
    with pytest.raises(StoreReadOnly) as caught:
        open_store(folder, environment(), read_only=True)
    assert "새 판으로" in caught.value.why.ko
    open_store(folder, environment()).close()
    open_store(folder, environment(), read_only=True).close()


def test_no_upgrade_without_a_whole_backup(folder, monkeypatch) -> None:
    reading = open_store(folder, environment(), read_only=True)
    reading.store.database.reader().execute("BEGIN")
    reading.store.database.row("SELECT count(*) FROM op")
    workspace = open_store(folder, environment())
    drafted(workspace)
    workspace.store.close()
    with monkeypatch.context() as later:
        next_version(later, add_table)
        with pytest.raises(StoreBusy):
            open_store(folder, environment())
    reading.store.database.reader().execute("COMMIT")
    reading.close()
    again = open_store(folder, environment())
    assert version(again) == migrations.LATEST
    again.close()


def test_a_disk_without_room_for_the_backup_stops_the_upgrade(folder, monkeypatch) -> None:
    next_version(monkeypatch, add_table)
    (folder / "backups").write_text("a file where the folder should be")
    with pytest.raises(DiskTrouble):
        open_store(folder, environment())
    (folder / "backups").unlink()
    workspace = open_store(folder, environment())
    assert version(workspace) == migrations.LATEST
    workspace.close()
