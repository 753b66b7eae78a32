"""Logs in a folder as readers see them: torn, foreign and missing pieces, clones, consolidation, several writers."""

from __future__ import annotations

import errno
import shutil
import threading
from typing import TYPE_CHECKING, Any

import pytest
from helpers.chains import Chain
from helpers.folders import InterruptedShare, connect, files, make_office
from helpers.remote_contract import joined
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import Forked, OfficeRefuses
from fieldlog.sync.folder import share as shares
from fieldlog.sync.folder.names import SegmentName, scope_folder
from fieldlog.sync.folder.segment import hashed, pack
from fieldlog.sync.folder.shelf import _chain
from fieldlog.sync.folder.troubles import office_trouble

if TYPE_CHECKING:
    from pathlib import Path

    from fieldlog.sync.folder import FolderRemote

CHAIN = Chain(1, 30)
CUTS = ((1, 10), (11, 20), (21, 30))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    make_office(tmp_path / "office")
    for first, last in CUTS:
        connect(tmp_path / "office").push(CHAIN.stretch(first, last))
    return tmp_path / "office"


def segment(place: Path, first: int) -> Path:
    (found,) = place.glob(f"log/*/*/{first:012}-*.seg")
    return found


def log_of(place: Path) -> Path:
    return next(place.glob("log/*/*"))


def lay(place: Path, chain: Chain, first: int, last: int) -> Path:
    """Another writer publishes a segment without looking."""
    whole = hashed(chain.stretch(first, last))
    path = log_of(place) / SegmentName.of(first, last, whole.tip).text
    path.write_bytes(pack(whole))
    return path


def strange(remote: FolderRemote) -> set[str]:
    return {found.path.rpartition("/")[2] for found in remote.strange}


def pulled(remote: FolderRemote, after: int = 0) -> list[bytes]:
    return joined(remote.pull(CHAIN.stream, after), after)


def test_a_torn_last_segment_shortens_the_log_and_is_filled_by_whoever_holds_the_ops(place: Path) -> None:
    torn = segment(place, 21)
    torn.write_bytes(torn.read_bytes()[:-3])
    before, reader = torn.read_bytes(), connect(place, "B")
    assert reader.hello([]).tips == (CHAIN.tip(20),)
    assert strange(reader) == {torn.name}
    assert pulled(reader) == CHAIN.bodies[:20]
    assert connect(place, "C").push(CHAIN.stretch()) == CHAIN.tip()
    assert reader.hello([]).tips == (CHAIN.tip(),)
    assert pulled(reader) == CHAIN.bodies
    assert torn.read_bytes() == before
    assert strange(reader) == {torn.name}


def test_a_torn_middle_segment_stops_that_log_where_it_is_read_and_no_other(place: Path) -> None:
    other = Chain(2, 5)
    connect(place, "B").push(other.stretch())
    segment(place, 11).write_bytes(b"")
    reader = connect(place, "B")
    assert {tip.seq for tip in reader.hello([]).tips} == {30, 5}
    assert pulled(reader) == CHAIN.bodies[:10]
    assert joined(reader.pull(other.stream, 0)) == other.bodies
    assert {tip.seq for tip in reader.hello([]).tips} == {10, 5}
    assert len(strange(reader)) == 2
    assert reader.push(CHAIN.stretch(5, 25)).seq == 30
    assert pulled(connect(place, "C")) == CHAIN.bodies


def test_examining_reads_every_byte_and_tells_what_no_longer_holds(place: Path) -> None:
    remote = connect(place)
    assert remote.examine().tips == (CHAIN.tip(),)
    path = segment(place, 11)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert remote.examine().tips == (CHAIN.tip(10),)
    assert strange(remote) == {path.name, segment(place, 21).name}


def test_a_segment_that_becomes_whole_later_is_believed_then(place: Path) -> None:
    path = segment(place, 21)
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    reader = connect(place, "B")
    assert reader.hello([]).tips == (CHAIN.tip(20),)
    path.write_bytes(whole)
    assert reader.hello([]).tips == (CHAIN.tip(),)
    assert reader.strange == ()


def test_a_missing_segment_is_a_gap_that_stops_its_log_and_is_filled_again(place: Path) -> None:
    segment(place, 11).unlink()
    reader = connect(place, "B")
    assert reader.hello([]).tips == (CHAIN.tip(10),)
    assert pulled(reader) == CHAIN.bodies[:10]
    assert strange(reader) == {segment(place, 21).name}
    with pytest.raises(OfficeRefuses):
        reader.push(CHAIN.stretch(21))
    assert reader.push(CHAIN.stretch(11, 20)) == CHAIN.tip()
    assert pulled(reader) == CHAIN.bodies


def test_foreign_files_are_listed_and_never_touched(place: Path) -> None:
    log = segment(place, 1).parent
    foreign = {
        "회의록.hwp", "log/notes.txt", "log/도로과/x", f"log/{log.parent.name}/backup", f"{log.relative_to(place)}/copy.seg",
        "said/odd", "log/scope-0123456789abcdef/zz/file",
    }  # fmt: skip
    for name in foreign:
        (place / name).parent.mkdir(exist_ok=True, parents=True)
        (place / name).write_bytes(b"theirs")
    remote = connect(place, own=(CHAIN.stream,))
    assert remote.hello([]).tips == (CHAIN.tip(),)
    remote.tidy()
    told = {found.path for found in remote.strange}
    assert told == {
        "회의록.hwp", "log/notes.txt", "log/도로과", f"log/{log.parent.name}/backup",
        f"{log.relative_to(place)}/copy.seg", "log/scope-0123456789abcdef/zz",
    }  # fmt: skip
    assert all(found.reason.ko for found in remote.strange)
    assert {name for name, data in files(place).items() if data == b"theirs"} == foreign


def test_a_segment_under_another_name_or_in_another_log_is_not_believed(place: Path) -> None:
    renamed = segment(place, 21)
    renamed.rename(renamed.with_name("000000000021-000000000031-" + renamed.name[26:]))
    other = connect(place, "B")
    other.push(Chain(2, 10).stretch())
    home = next(path for path in place.glob("log/*/*") if path != renamed.parent)
    shutil.copy(segment_of(renamed.parent, 11), home)
    remote = connect(place, "C")
    assert {tip.seq for tip in remote.hello([]).tips} == {20, 10}
    assert len(strange(remote)) == 2


def segment_of(log: Path, first: int) -> Path:
    (found,) = log.glob(f"{first:012}-*.seg")
    return found


def test_overlapping_segments_that_agree_are_one_log(place: Path) -> None:
    for first, last in ((1, 20), (5, 15), (15, 25), (1, 30)):
        lay(place, CHAIN, first, last)
        reader = connect(place, "B")
        assert reader.hello([]).tips == (CHAIN.tip(),)
        assert reader.hello([]).forks == ()
        assert pulled(reader) == CHAIN.bodies
        assert reader.strange == ()


@pytest.mark.parametrize(
    ("after", "first", "last"), [(20, 21, 30), (14, 11, 20), (25, 21, 40), (12, 13, 18), (0, 1, 10), (20, 21, 22), (29, 30, 30)]
)  # fmt: skip
def test_a_clone_that_wrote_the_same_places_is_seen_as_a_fork_by_every_reader(
    place, after, first, last
) -> None:
    lay(place, CHAIN.branch(after, 40 - after, "복제"), first, last)
    reader, fork = connect(place, "B"), after + 1
    welcome = reader.hello([])
    assert welcome.forks == ((CHAIN.stream, fork),)
    assert welcome.tips == (CHAIN.tip(after),)
    got: list[Any] = []
    with pytest.raises(Forked) as told:
        got.extend(reader.pull(CHAIN.stream, 0))
    assert (told.value.stream, told.value.seq) == (CHAIN.stream, fork)
    assert joined(got) == CHAIN.bodies[:after]
    with pytest.raises(Forked):
        reader.push(CHAIN.stretch())
    assert reader.hash_at(CHAIN.stream, fork) is None
    assert reader.hash_at(CHAIN.stream, after) == CHAIN.hashes[after]
    if after:
        assert reader.push(CHAIN.stretch(1, after)) == CHAIN.tip(after)


def test_a_clone_that_goes_on_after_the_end_is_seen_where_the_two_meet(place: Path) -> None:
    lay(place, CHAIN.branch(25, 20, "복제"), 31, 40)
    (fork,) = connect(place, "B").hello([]).forks
    assert fork == (CHAIN.stream, 30)


def test_a_torn_piece_of_a_clone_is_no_fork(place: Path) -> None:
    torn = lay(place, CHAIN.branch(20, 10, "복제"), 21, 30)
    torn.write_bytes(torn.read_bytes()[:-1])
    reader = connect(place, "B")
    assert reader.hello([]).forks == ()
    assert pulled(reader) == CHAIN.bodies
    assert strange(reader) == {torn.name}


def test_two_clones_that_publish_in_the_same_moment_are_both_told(tmp_path: Path) -> None:
    make_office(tmp_path)
    clone = CHAIN.branch(10, 20, "복제")
    connect(tmp_path).push(CHAIN.stretch(1, 10))
    told: list[Forked] = []

    def faster() -> None:
        assert connect(tmp_path, "A").push(clone.stretch(11)) == clone.tip()

    with pytest.raises(Forked) as slower:
        connect(tmp_path, "A", disk=InterruptedShare(faster)).push(CHAIN.stretch(11))
    told.append(slower.value)
    with pytest.raises(Forked) as again:
        connect(tmp_path, "A").push(clone.stretch(11))
    told.append(again.value)
    assert [(one.stream, one.seq) for one in told] == [(CHAIN.stream, 11)] * 2
    assert len(list(tmp_path.glob("log/*/*/000000000011-*.seg"))) == 2


def test_a_log_in_the_folder_of_two_scopes_is_told(place: Path) -> None:
    log = segment(place, 1).parent
    shutil.copytree(log, place / "log" / "zz-0123456789abcdef" / log.name)
    reader = connect(place, "B")
    assert reader.hello([]).tips == (CHAIN.tip(),)
    assert strange(reader) == {log.name}
    moved = Chain(1, 31, scope="다른 과")
    with pytest.raises(OfficeRefuses):
        reader.push(moved.stretch())


def test_the_folder_of_a_scope_that_may_not_be_read_is_told_and_the_others_go_on(place, monkeypatch) -> None:
    connect(place, "B").push(Chain(2, 5, scope="감사실").stretch())
    closed = scope_folder("감사실")
    real = shares.os.listdir

    def listdir(path: Any) -> list[str]:
        if closed in str(path):
            raise PermissionError(errno.EACCES, "closed")
        return real(path)

    monkeypatch.setattr(shares.os, "listdir", listdir)
    reader = connect(place, "C")
    assert reader.hello([]).tips == (CHAIN.tip(),)
    assert strange(reader) == {closed}


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES])
def test_one_file_that_cannot_be_read_stops_its_log_alone(place, monkeypatch, number: int) -> None:
    other, unreadable = Chain(2, 5), segment(place, 21).name
    connect(place, "B").push(other.stretch())
    real = shares.Share.read

    def read(self: Any, name: str, limit: int) -> bytes | None:
        if name.endswith(unreadable):
            raise office_trouble(OSError(number, "bad"), self.shown)
        return real(self, name, limit)

    monkeypatch.setattr(shares.Share, "read", read)
    reader = connect(place, "C")
    assert set(reader.hello([]).tips) == {CHAIN.tip(20), other.tip()}
    assert strange(reader) == {unreadable}


def test_names_that_a_system_shouts_are_read_all_the_same(place: Path) -> None:
    for path in sorted(segment(place, 1).parent.iterdir()):
        path.rename(path.with_name(path.name.upper()))
    log = log_of(place)
    log.rename(log.with_name(log.name.upper()))
    reader = connect(place, "B")
    assert reader.hello([]).tips == (CHAIN.tip(),)
    assert pulled(reader) == CHAIN.bodies
    assert reader.strange == ()


def test_what_was_read_once_is_not_read_again_while_it_measures_the_same(place, monkeypatch) -> None:
    read: list[str] = []
    real = shares.Share.read
    monkeypatch.setattr(
        shares.Share, "read", lambda self, name, limit: (read.append(name), real(self, name, limit))[1]
    )
    remembered: dict[str, Any] = {}
    remote = connect(place, "B", seen=remembered)
    remote.hello([])
    assert len([name for name in read if name.endswith(".seg")]) == 1
    read.clear()
    remote.hello([])
    connect(place, "B", seen=remembered).hello([])
    assert [name for name in read if name.endswith(".seg")] == []


def small(place: Path, count: int) -> FolderRemote:
    make_office(place)
    remote = connect(place, own=(CHAIN.stream,))
    for seq in range(1, count + 1):
        remote.push(CHAIN.stretch(seq, seq))
    return remote


def test_small_segments_are_put_together_by_their_owner_and_removed_a_call_later(tmp_path: Path) -> None:
    remote, reader = small(tmp_path, 20), connect(tmp_path, "B")
    reading = reader.pull(CHAIN.stream, 0)
    begun = [next(reading)]
    assert len(list(tmp_path.rglob("*.seg"))) == 20
    assert remote.tidy() == 0
    assert len(list(tmp_path.rglob("*.seg"))) == 21
    assert connect(tmp_path, "C").hello([]).tips == (CHAIN.tip(20),)
    assert remote.tidy() == 20
    assert [path.name[:25] for path in tmp_path.rglob("*.seg")] == ["000000000001-000000000020"]
    assert joined([*begun, *reading]) == CHAIN.bodies[:20]
    assert pulled(connect(tmp_path, "C")) == CHAIN.bodies[:20]
    assert remote.tidy() == 0
    assert len(list(tmp_path.rglob("*.seg"))) == 1


def test_pieces_are_kept_while_what_covers_them_does_not_hold(tmp_path: Path) -> None:
    remote = small(tmp_path, 12)
    remote.tidy()
    whole = next(
        path for path in tmp_path.rglob("*.seg") if path.name.startswith("000000000001-000000000012")
    )
    whole.write_bytes(whole.read_bytes()[:-1])
    assert remote.tidy() == 0
    assert len([path for path in tmp_path.rglob("*.seg") if path != whole]) >= 12
    assert pulled(connect(tmp_path, "C")) == CHAIN.bodies[:12]


def test_the_logs_of_others_and_few_segments_are_left_as_they_are(tmp_path: Path) -> None:
    small(tmp_path / "many", 20)
    assert connect(tmp_path / "many", "B", own=(Chain(2).stream,)).tidy() == 0
    assert len(list(tmp_path.rglob("*.seg"))) == 20
    remote = small(tmp_path / "few", 8)
    assert (remote.tidy(), remote.tidy()) == (0, 0)
    assert len(list((tmp_path / "few").rglob("*.seg"))) == 8


def test_what_a_kill_left_half_written_is_swept_by_its_writer_alone(place: Path) -> None:
    log = segment(place, 1).parent
    mine = connect(place, own=(CHAIN.stream,))
    (log / f"{mine._share.mark[:8]}-00.part").touch()
    (log / "0badcafe-00.part").touch()
    assert mine.tidy() == 1
    assert [path.name for path in log.glob("*.part")] == ["0badcafe-00.part"]


def test_several_write_and_read_at_once_without_a_lock(tmp_path: Path) -> None:
    make_office(tmp_path)
    chains = [Chain(number, 40) for number in (1, 2)]
    failed: list[BaseException] = []

    def write(chain: Chain, device: str) -> None:
        try:
            remote = connect(tmp_path, device, own=(chain.stream,))
            for first in range(1, 41, 2):
                assert remote.push(chain.stretch(first, first + 1)).seq >= first + 1
                remote.tidy()
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    def read() -> None:
        try:
            reader = connect(tmp_path, "R")
            for _ in range(15):
                for chain in chains:
                    bodies = joined(reader.pull(chain.stream, 0))
                    assert bodies == chain.bodies[: len(bodies)]
                assert reader.hello([]).forks == ()
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    writers = [threading.Thread(target=write, args=(chain, chain.name.device)) for chain in chains]
    threads = [*writers, threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    last = connect(tmp_path, "C")
    assert set(last.examine().tips) == {chain.tip() for chain in chains}
    assert last.strange == ()


def test_two_who_bring_back_the_same_log_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    make_office(tmp_path)
    for ours, theirs in (((1, 10), (1, 10)), ((11, 20), (11, 15)), ((21, 25), (21, 30))):
        meanwhile = InterruptedShare(
            lambda theirs=theirs: connect(tmp_path, "B").push(CHAIN.stretch(*theirs))
        )
        connect(tmp_path, disk=meanwhile).push(CHAIN.stretch(*ours))
    assert pulled(connect(tmp_path, "C")) == CHAIN.bodies
    assert connect(tmp_path, "C").hello([]).forks == ()


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9)), max_size=25))
def test_the_chain_reaches_as_far_as_any_choice_of_segments_could(ranges: list[tuple[int, int]]) -> None:
    names = [SegmentName(first, first + more, "00000000") for first, more in ranges]
    chain = _chain(names)
    covered = {seq for name in names for seq in range(name.first, name.last + 1)}
    reach = next(seq for seq in range(1, 50) if seq not in covered) - 1
    assert (chain[-1].last if chain else 0) == reach
    ends = [0, *(name.last for name in chain)]
    assert all(name.first <= end + 1 and name.last > end for end, name in zip(ends, chain, strict=False))
