"""Kills, full disks, vanished folders and held files at every act of publishing: all or nothing."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from helpers.chains import Chain, digest_of
from helpers.failing_disk import NEVER
from helpers.folders import (
    DyingShare,
    FailingShare,
    InterruptedShare,
    connect,
    files,
    in_a_child,
    make_office,
)
from helpers.remote_contract import Source, joined

from fieldlog.domain.errors import OfficeAway, OfficeDamaged, OfficeRefuses
from fieldlog.sync import remote as routes
from fieldlog.sync.folder import share as shares
from fieldlog.sync.folder.share import ShareDisk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHAIN = Chain(1, 20)
PHOTO = bytes(range(256)) * 900
DIGEST = digest_of(PHOTO)
REACH = ((CHAIN.stream, 20, CHAIN.hashes[20]),)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    make_office(tmp_path / "office")
    return tmp_path / "office"


def acts_of(folder: Path, work: Callable[..., Any]) -> int:
    counting = FailingShare(NEVER)
    make_office(folder)
    connect(folder).push(CHAIN.stretch(1, 5))
    work(connect(folder, disk=counting))
    return len(counting.acts)


def push(remote: Any) -> None:
    remote.push(CHAIN.stretch(6))


def put(remote: Any) -> None:
    remote.put_photo(DIGEST, len(PHOTO), Source(PHOTO))


def test_killed_at_any_act_of_pushing_all_or_nothing_is_seen_and_a_retry_succeeds(tmp_path: Path) -> None:
    seen = set()
    for act in range(acts_of(tmp_path / "counted", push) + 1):
        place = tmp_path / str(act)
        make_office(place)
        acknowledged = connect(place).push(CHAIN.stretch(1, 5))
        assert acknowledged.seq == 5
        whole = in_a_child(lambda place=place, act=act: push(connect(place, disk=DyingShare(act))))
        reader = connect(place, "B")
        (tip,) = reader.hello([]).tips
        assert tip == CHAIN.tip(20 if whole else tip.seq)
        assert tip.seq in {5, 20}
        assert joined(reader.pull(CHAIN.stream, 0)) == CHAIN.bodies[: tip.seq]
        assert reader.strange == ()
        assert connect(place).push(CHAIN.stretch(6)) == CHAIN.tip()
        assert joined(connect(place, "B").pull(CHAIN.stream, 0)) == CHAIN.bodies
        seen.add((whole, tip.seq))
    assert seen == {(False, 5), (False, 20), (True, 20)}


def test_killed_at_any_act_of_a_photograph_it_is_whole_or_missing_and_goes_on(tmp_path: Path) -> None:
    for act in range(acts_of(tmp_path / "counted", put) + 1):
        place = tmp_path / str(act)
        make_office(place)
        whole = in_a_child(lambda place=place, act=act: put(connect(place, disk=DyingShare(act))))
        missing = connect(place, "B").missing_photos([DIGEST])
        assert missing in ([], [DIGEST])
        assert not (whole and missing)
        put(connect(place))
        assert b"".join(connect(place, "B").get_photo(DIGEST)) == PHOTO
        assert [name for name in files(place) if name.endswith(".part")] == []


def test_killed_at_any_act_of_testifying_the_old_or_the_new_word_is_heard(tmp_path: Path) -> None:
    def say(remote: Any, digest: str = "new") -> None:
        remote.testify(routes.Testimony(REACH, digest))

    for act in range(acts_of(tmp_path / "counted", say) + 1):
        place = tmp_path / str(act)
        make_office(place)
        say(connect(place), "old")
        whole = in_a_child(lambda place=place, act=act: say(connect(place, disk=DyingShare(act))))
        (heard,) = connect(place, "B").testify(routes.Testimony(REACH, "mine"))
        assert heard.digest in ({"new"} if whole else {"old", "new"})


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENAMETOOLONG, errno.EDQUOT]
)
@pytest.mark.parametrize("work", [push, put])
def test_a_folder_that_says_no_at_any_act_refuses_and_shows_nothing_half(tmp_path, work, number) -> None:
    for act in range(acts_of(tmp_path / "counted", work)):
        place = tmp_path / str(act)
        make_office(place)
        connect(place).push(CHAIN.stretch(1, 5))
        disk = FailingShare(act, number, for_good=True)
        try:
            work(connect(place, disk=disk))
        except OfficeRefuses as told:
            assert all((told.what.ko, told.why.ko, told.how.ko))  # noqa: PT017
            assert str(place) in told.what.ko  # noqa: PT017
        else:
            assert disk.acts[act] in {"remove", "sync_folder"}
        reader = connect(place, "B")
        assert reader.hello([]).tips[0] in {CHAIN.tip(5), CHAIN.tip(20)}
        assert reader.strange == ()
        work(connect(place))
        assert reader.missing_photos([DIGEST]) == ([DIGEST] if work is push else [])
        assert work is put or connect(place).hello([]).tips == (CHAIN.tip(),)


@pytest.mark.parametrize(
    "number", [errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.ETIMEDOUT]
)
def test_a_folder_that_breaks_off_is_away_for_now(place: Path, number: int) -> None:
    with pytest.raises(OfficeAway) as told:
        connect(place, disk=FailingShare(1, number, for_good=True)).push(CHAIN.stretch())
    assert "이 기기에 그대로" in told.value.how.ko


def test_a_folder_that_vanishes_is_away_and_is_not_imitated(place: Path, tmp_path: Path) -> None:
    remote = connect(place)
    remote.push(CHAIN.stretch(1, 5))
    place.rename(tmp_path / "elsewhere")
    place.mkdir()  # an unmounted share leaves its empty mount point
    for work in (push, put, lambda remote: remote.testify(routes.Testimony(REACH, "x")), lambda remote: remote.hello([]),
                 lambda remote: list(remote.pull(CHAIN.stream, 0)), lambda remote: remote.missing_photos([DIGEST]),
                 lambda remote: remote.examine(), lambda remote: remote.tidy()):  # fmt: skip
        with pytest.raises(OfficeAway):
            work(remote)
    assert list(place.iterdir()) == []
    place.rmdir()
    with pytest.raises(OfficeAway):
        push(remote)
    (tmp_path / "elsewhere").rename(place)
    push(remote)
    assert remote.hello([]).tips == (CHAIN.tip(),)


def test_a_folder_that_vanishes_while_it_is_written_to_is_away(place: Path, tmp_path: Path) -> None:
    disk = InterruptedShare(lambda: place.rename(tmp_path / "elsewhere"))
    with pytest.raises(OfficeAway):
        connect(place, disk=disk).push(CHAIN.stretch())
    assert not place.exists()
    (tmp_path / "elsewhere").rename(place)
    assert connect(place, "B").hello([]).tips == ()
    assert connect(place).push(CHAIN.stretch()) == CHAIN.tip()


class HeldDisk(ShareDisk):
    """A virus scanner holds each new file for a while."""

    def __init__(self, times: int) -> None:
        self.left = times

    def publish(self, part: Path, target: Path) -> None:
        self.left -= 1
        if self.left >= 0:
            raise PermissionError(errno.EACCES, "held")
        super().publish(part, target)


def test_a_file_held_by_a_scanner_is_tried_again_with_growing_pauses(place: Path) -> None:
    pauses: list[float] = []
    assert connect(place, disk=HeldDisk(3), rest=pauses.append).push(CHAIN.stretch()) == CHAIN.tip()
    assert pauses == [0.05, 0.1, 0.2]


def test_a_file_held_for_good_is_given_up_after_a_few_tries(place: Path) -> None:
    pauses: list[float] = []
    with pytest.raises(OfficeRefuses):
        connect(place, disk=HeldDisk(99), rest=pauses.append).push(CHAIN.stretch())
    assert 1 < sum(pauses) < 3
    assert [name for name in files(place) if name.endswith((".part", ".seg"))] == []


def no_links(*_paths: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.fixture(params=["rename", "copy"])
def linkless(request, monkeypatch) -> str:
    """A file system without links, and one that cannot even rename without replacing."""
    monkeypatch.setattr(shares.os, "link", no_links)
    if request.param == "copy":
        monkeypatch.setattr(shares, "_rename_new", lambda _part, _target: False)
    return str(request.param)


def test_where_links_are_unknown_files_are_published_all_the_same(place: Path, linkless: str) -> None:
    remote = connect(place)
    assert remote.push(CHAIN.stretch()) == CHAIN.tip()
    put(remote)
    assert connect(place, "B").missing_photos([DIGEST]) == []
    assert [name for name in files(place) if name.endswith(".part")] == []


def test_where_links_are_unknown_a_taken_name_is_still_not_overwritten(tmp_path: Path, linkless: str) -> None:
    (tmp_path / "a.part").write_bytes(b"new")
    (tmp_path / "target").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        ShareDisk().publish(tmp_path / "a.part", tmp_path / "target")
    assert files(tmp_path) == {"a.part": b"new", "target": b"old"}


@pytest.mark.skipif(sys.platform != "linux", reason="the system call of Linux is watched")
def test_where_links_are_unknown_the_file_itself_gets_the_name_if_it_can(
    tmp_path: Path, linkless: str
) -> None:
    (tmp_path / "a.part").write_bytes(b"new")
    before = (tmp_path / "a.part").stat().st_ino
    ShareDisk().publish(tmp_path / "a.part", tmp_path / "target")
    assert files(tmp_path) == {"target": b"new"}
    assert linkless == "copy" or (tmp_path / "target").stat().st_ino == before


def test_a_copy_that_breaks_off_leaves_no_name_behind(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(shares.os, "link", no_links)
    monkeypatch.setattr(shares, "_rename_new", lambda _part, _target: False)
    monkeypatch.setattr(shares.os, "fsync", no_links)
    (tmp_path / "a.part").write_bytes(b"new")
    with pytest.raises(PermissionError):
        ShareDisk().publish(tmp_path / "a.part", tmp_path / "target")
    assert files(tmp_path) == {"a.part": b"new"}


def test_what_a_storage_box_alters_is_not_acknowledged_and_is_sent_again(place: Path) -> None:
    class Altering(ShareDisk):
        def publish(self, part: Path, target: Path) -> None:
            part.write_bytes(part.read_bytes()[:-1] + b"?")
            super().publish(part, target)

    with pytest.raises(OfficeDamaged):
        connect(place, disk=Altering()).push(CHAIN.stretch())
    with pytest.raises(OfficeDamaged):
        put(connect(place, disk=Altering()))
    before = files(place)
    remote = connect(place)
    assert remote.hello([]).tips == ()
    assert remote.push(CHAIN.stretch()) == CHAIN.tip()
    put(remote)
    reader = connect(place, "B")
    assert reader.hello([]).tips == (CHAIN.tip(),)
    assert reader.missing_photos([DIGEST]) == []
    assert b"".join(reader.get_photo(DIGEST)) == PHOTO
    torn = [strange.path for strange in reader.strange]
    assert len(torn) == 2
    assert all(files(place)[name] == before[name] for name in torn)


def test_a_part_that_went_bad_is_begun_again(place: Path) -> None:
    def half(_offset: int) -> Any:
        yield PHOTO[: len(PHOTO) // 2]
        raise KeyError

    with pytest.raises(KeyError):
        connect(place).put_photo(DIGEST, len(PHOTO), half)
    (part,) = (place / "blob" / "parts").iterdir()
    part.write_bytes(b"!" + part.read_bytes()[1:])
    source = Source(PHOTO)
    connect(place).put_photo(DIGEST, len(PHOTO), source)
    assert source.offsets == [len(PHOTO) // 2, 0]
    assert b"".join(connect(place, "B").get_photo(DIGEST)) == PHOTO


def test_a_photograph_altered_later_is_told_left_alone_and_replaced_by_another_copy(place: Path) -> None:
    put(connect(place))
    (blob,) = (place / "blob" / DIGEST[:2]).iterdir()
    blob.write_bytes(PHOTO[:-1])
    reader = connect(place, "B")
    with pytest.raises(OfficeDamaged):
        b"".join(reader.get_photo(DIGEST))
    assert reader.missing_photos([DIGEST]) == [DIGEST]
    put(connect(place))
    assert b"".join(reader.get_photo(DIGEST)) == PHOTO
    assert blob.read_bytes() == PHOTO[:-1]


def test_a_path_beyond_260_characters_works(tmp_path: Path) -> None:
    place = tmp_path.joinpath(*["가나다라마바사" * 5] * 6, "사무실")
    place.parent.mkdir(parents=True)
    make_office(place)
    remote = connect(place)
    remote.push(CHAIN.stretch())
    put(remote)
    assert max(len(str(place / name)) for name in files(place)) > 260
    assert connect(place, "B").hello([]).tips == (CHAIN.tip(),)
