"""A disk that runs full: what was saved stays, what was not is told, and saving goes on when there is room."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from helpers.makers import drafted, picture
from helpers.stores import environment, practice_store, reopened

from fieldlog.domain.errors import DiskTrouble, StoreTrouble
from fieldlog.services import drafting, recording, verifying
from fieldlog.services.opening import holds_store, open_store
from fieldlog.services.photographs import add_photos

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes in memory."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only the administrator of a Linux machine can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def save_until_full(workspace: Workspace, case: RecordId, saved: list[str]) -> None:
    for turn in range(5000):
        recording.revise(workspace, case, {"description": f"{turn} " + os.urandom(4800).hex()})
        saved.append(workspace.store.find(case).text("description"))


def test_a_database_that_may_not_grow_refuses_the_save_and_keeps_the_rest(tmp_path) -> None:
    workspace = practice_store(tmp_path / "store")
    case = drafted(workspace)
    connection = workspace.store.database._writer
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskTrouble) as caught:
        save_until_full(workspace, case, [])
    assert "자리가 없습니다" in caught.value.why.ko
    connection.execute("PRAGMA max_page_count = 1073741823")
    assert verifying.verify(workspace).sound
    recording.revise(workspace, case, {"description": "자리가 생긴 뒤"})
    assert workspace.store.find(case).text("description") == "자리가 생긴 뒤"
    again = reopened(workspace)
    assert verifying.verify(again).sound
    again.close()


def test_on_a_disk_that_is_really_full_nothing_saved_is_lost(small_disk) -> None:
    workspace = practice_store(small_disk / "store")
    saved: list[str] = []
    try:
        case = drafted(workspace)
        with pytest.raises(DiskTrouble):
            save_until_full(workspace, case, saved)
        assert workspace.store.find(case).text("description") == saved[-1]
        with pytest.raises(DiskTrouble):
            drafting.keep_draft(workspace, "case", {"description": os.urandom(300_000).hex()})
        with pytest.raises(DiskTrouble):
            list(add_photos(workspace, case, [picture(n, size=(1600, 1200)) for n in range(200)]))
        workspace.store.vault.drop_renditions()
    finally:
        workspace.close()
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    again = open_store(small_disk / "store", environment())
    assert again.store.find(case).text("description") == saved[-1]
    assert verifying.verify(again).sound
    recording.revise(again, case, {"description": "자리가 생긴 뒤"})
    again.close()


def test_where_there_is_no_room_to_begin_a_store_the_next_attempt_succeeds(small_disk) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(bytes(4_000_000))
    with pytest.raises(StoreTrouble):
        practice_store(small_disk / "store")
    filler.unlink()
    folder = small_disk / "store"
    made = open_store(folder, environment()) if holds_store(folder) else practice_store(folder)
    drafted(made)
    assert verifying.verify(made).sound
    made.close()
