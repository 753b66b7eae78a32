from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.failing_disk import NEVER, FailingDisk

from fieldlog.domain.errors import AlreadyThere, Bug, DiskTrouble
from fieldlog.storage import durable
from fieldlog.storage.durable import PartFile, disk_trouble, make_folders, sweep_parts, write_new, write_over

if TYPE_CHECKING:
    from collections.abc import Iterator

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file systems")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_all_its_pieces_and_nothing_lies_beside_it(tmp_path) -> None:
    write_new(tmp_path / "a", (b"one", b"", b"two"))
    assert (tmp_path / "a").read_bytes() == b"onetwo"
    assert names(tmp_path) == ["a"]


@posix_only
def test_only_its_owner_may_read_a_written_file_or_a_made_folder(tmp_path) -> None:
    make_folders(tmp_path / "b" / "c")
    write_new(tmp_path / "b" / "c" / "a", (b"x",))
    assert stat.S_IMODE((tmp_path / "b" / "c" / "a").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "b" / "c").stat().st_mode) == 0o700


def test_a_taken_name_is_never_written_over_without_being_asked(tmp_path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(AlreadyThere) as caught:
        write_new(tmp_path / "a", (b"new",))
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]
    assert str(tmp_path / "a") in caught.value.what.ko


def test_writing_over_replaces_the_whole_file(tmp_path) -> None:
    (tmp_path / "a").write_bytes(b"old and long")
    write_over(tmp_path / "a", (b"new",))
    assert (tmp_path / "a").read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("writing", [write_new, write_over])
@pytest.mark.parametrize("for_good", [False, True])
def test_a_disk_that_fails_at_any_act_leaves_the_old_file_or_the_new_one_whole(
    tmp_path, writing, for_good
) -> None:
    counting = FailingDisk(NEVER)
    (tmp_path / "try").mkdir()
    writing(tmp_path / "try" / "a", (b"x" * 100_000, b"y"), disk=counting)
    assert counting.acts.count("sync") == counting.acts.count("sync_folder") == 1
    for index in range(len(counting.acts)):
        folder = tmp_path / f"{index}"
        folder.mkdir()
        if writing is write_over:
            (folder / "a").write_bytes(b"old")
        before = names(folder)
        with pytest.raises(DiskTrouble):
            writing(folder / "a", (b"x" * 100_000, b"y"), disk=FailingDisk(index, for_good=for_good))
        if counting.acts[index] == "sync_folder":
            assert (folder / "a").read_bytes() == b"x" * 100_000 + b"y"
            assert names(folder) == ["a"]
        else:
            assert names(folder) == before
            assert all((folder / name).read_bytes() == b"old" for name in before)


def test_an_error_of_the_source_passes_through_and_leaves_nothing(tmp_path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.EIO, "the camera was unplugged")

    with pytest.raises(OSError, match="unplugged"):
        write_new(tmp_path / "a", pieces())
    assert names(tmp_path) == []


@posix_only
@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_where_the_file_system_has_no_hard_links_a_file_still_gets_its_name(
    tmp_path, monkeypatch, number
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", no_links)
    write_new(tmp_path / "a", (b"x",))
    with pytest.raises(AlreadyThere):
        write_new(tmp_path / "a", (b"y",))
    assert (tmp_path / "a").read_bytes() == b"x"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "permission"),
        (errno.ENOENT, "gone away"),
        (errno.ESTALE, "gone away"),
        (errno.EIO, "refused"),
        (errno.EMFILE, "refused"),
    ],
)
def test_each_trouble_of_the_disk_is_told_in_its_own_words(number, word) -> None:
    told = disk_trouble(OSError(number, os.strerror(number)), Path("folder") / "a")
    assert word in told.why.en
    for phrase in (told.what, told.why, told.how):
        assert phrase.ko
        assert phrase.en
        assert "{" not in phrase.ko + phrase.en
    assert "a" in told.what.ko


@pytest.mark.parametrize(("winerror", "word"), [(112, "full"), (19, "read-only"), (1167, "gone away")])
def test_windows_numbers_are_understood(winerror, word) -> None:
    error = OSError(errno.EINVAL, "as Windows says it")
    error.winerror = winerror
    assert word in disk_trouble(error, Path("a")).why.en


def test_a_folder_that_is_gone_is_told_as_such(tmp_path) -> None:
    with pytest.raises(DiskTrouble, match="gone away"):
        write_new(tmp_path / "missing" / "a", (b"x",))


def test_folders_are_made_down_to_the_last_one_and_their_names_made_to_last(tmp_path) -> None:
    disk = FailingDisk(NEVER)
    make_folders(tmp_path / "a" / "b", disk=disk)
    make_folders(tmp_path / "a" / "b", disk=disk)
    assert (tmp_path / "a" / "b").is_dir()
    assert disk.acts == ["make_folder", "sync_folder"] * 2


def test_a_folder_cannot_be_made_where_a_file_lies(tmp_path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(DiskTrouble):
        make_folders(tmp_path / "a" / "b")


def test_sweeping_removes_what_a_crash_left_and_nothing_else(tmp_path) -> None:
    part = PartFile(tmp_path)
    part.__enter__()
    part.write(b"half")
    part._close()
    (tmp_path / "photo").write_bytes(b"x")
    assert sweep_parts(tmp_path) == 1
    assert names(tmp_path) == ["photo"]
    assert sweep_parts(tmp_path / "missing") == 0


def test_writing_after_the_name_is_given_is_our_own_mistake(tmp_path) -> None:
    with PartFile(tmp_path) as part:
        assert part.name_new(tmp_path / "a")
        with pytest.raises(Bug):
            part.write(b"late")


def test_the_whole_file_is_on_the_medium_before_its_name_is(tmp_path) -> None:
    disk = FailingDisk(NEVER)
    write_new(tmp_path / "a", (b"x",), disk=disk)
    assert disk.acts == ["create", "write", "sync", "publish", "sync_folder"]


@posix_only
def test_a_file_system_that_knows_no_fsync_of_folders_is_borne(tmp_path, monkeypatch) -> None:
    def no_folder_sync(_handle: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(durable.os, "fsync", no_folder_sync)
    durable.Disk().sync_folder(tmp_path)


def test_a_name_that_is_too_long_is_said_to_be(tmp_path: Path) -> None:
    trouble = disk_trouble(OSError(errno.ENAMETOOLONG, "File name too long"), tmp_path / "x")
    assert "너무 깁니다" in trouble.why.ko
