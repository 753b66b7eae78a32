"""Stretches of others' logs: taken whole or not at all, in order, and never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from helpers.makers import part, received
from helpers.stores import practice_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldlog.domain.errors import Forked, OfficeDamaged, StoreDamaged
from fieldlog.domain.ids import StreamId
from fieldlog.domain.transfer import LogName, Stretch
from fieldlog.services import recording
from fieldlog.storage.dock import Dock
from fieldlog.storage.op_bytes import GENESIS, chained
from fieldlog.storage.stretches import stretch_after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.services.workspace import Workspace


@pytest.fixture
def giver(tmp_path: Path) -> Iterator[Workspace]:
    made = practice_store(tmp_path / "giver")
    case = received(made)
    for number in range(4):
        recording.revise(made, case, {"title": f"제목 {number}"})
    yield made
    made.close()


@pytest.fixture
def taker(tmp_path: Path) -> Iterator[Workspace]:
    made = practice_store(tmp_path / "taker")
    yield made
    made.close()


def whole(giver: Workspace) -> Stretch:
    dock = Dock(giver.store)
    found = dock.stretch_after(dock.own, 0)
    assert found is not None
    return found


def split(stretch: Stretch, at: int) -> tuple[Stretch, Stretch]:
    """Two stretches that follow one another."""
    digest = stretch.previous
    for body in stretch.bodies[:at]:
        digest = chained(digest, body)
    return (
        replace(stretch, bodies=stretch.bodies[:at]),
        Stretch(stretch.log, stretch.first + at, digest, stretch.bodies[at:]),
    )


def ops_of(workspace: Workspace) -> int:
    return int(workspace.store.database.row("SELECT count(*) FROM op")[0])


def test_a_stretch_brings_its_ops_and_tells_what_they_touched(giver, taker) -> None:
    stretch = whole(giver)
    landed = Dock(taker.store).take(stretch)
    assert landed.ops == len(stretch.bodies) == 6
    assert {touched.case_id for touched in landed.touched} >= {None}
    assert Dock(taker.store).hash_at(stretch.log.stream, stretch.last) == Dock(giver.store).tips()[0].hash


def test_the_same_stretch_again_brings_nothing(giver, taker) -> None:
    dock = Dock(taker.store)
    dock.take(whole(giver))
    before = dock.digest(), ops_of(taker)
    landed = dock.take(whole(giver))
    assert (landed.ops, landed.touched) == (0, ())
    assert (dock.digest(), ops_of(taker)) == before


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_overlapping_stretches_bring_each_op_once(tmp_path_factory, data) -> None:
    folder = tmp_path_factory.mktemp("overlap")
    giver, taker = practice_store(folder / "giver"), practice_store(folder / "taker")
    try:
        case = received(giver)
        for number in range(3):
            part(giver, case, "comment", body=f"의견 {number}")
        stretch = whole(giver)
        first, _ = split(stretch, data.draw(st.integers(1, len(stretch.bodies) - 1)))
        _, second = split(stretch, data.draw(st.integers(1, len(first.bodies))))
        dock = Dock(taker.store)
        taken = dock.take(first).ops + dock.take(second).ops
        assert taken == len(stretch.bodies)
        assert dock.hash_at(stretch.log.stream, stretch.last) == Dock(giver.store).tips()[0].hash
        assert taker.store.verify().sound
    finally:
        giver.close()
        taker.close()


def test_a_gap_is_refused_and_nothing_is_taken(giver, taker) -> None:
    _, second = split(whole(giver), 2)
    before = ops_of(taker)
    with pytest.raises(OfficeDamaged):
        Dock(taker.store).take(second)
    assert ops_of(taker) == before


def test_another_op_at_a_place_that_is_held_is_a_fork(giver, taker) -> None:
    dock, stretch = Dock(taker.store), whole(giver)
    first, second = split(stretch, 3)
    dock.take(first)
    before = dock.digest()
    other = replace(stretch, bodies=(*stretch.bodies[:2], stretch.bodies[3], stretch.bodies[4]))
    with pytest.raises(Forked) as told:
        dock.take(other)
    assert (told.value.stream, told.value.seq) == (stretch.log.stream, 3)
    assert dock.digest() == before
    with pytest.raises(Forked):
        dock.take(replace(second, previous=bytes(32)))
    assert dock.take(second).ops == 3


@pytest.mark.parametrize("spoilt", [b"", b"\x00", b"\x93\x01\x02\x03", b"\xc1" * 40, b"not an op at all"])
def test_bytes_that_are_no_op_take_the_whole_stretch_with_them(giver, taker, spoilt) -> None:
    stretch = whole(giver)
    before = ops_of(taker)
    with pytest.raises(StoreDamaged):
        Dock(taker.store).take(replace(stretch, bodies=(*stretch.bodies[:2], spoilt)))
    assert ops_of(taker) == before
    assert Dock(taker.store).take(stretch).ops == len(stretch.bodies)


def test_a_new_log_comes_with_its_scope_and_owner(giver, taker) -> None:
    stretch = whole(giver)
    Dock(taker.store).take(stretch)
    [tip] = [tip for tip in Dock(taker.store).tips() if tip.log.stream == stretch.log.stream]
    assert tip.log == Dock(giver.store).tips()[0].log


def test_the_hash_before_the_first_op_is_the_genesis_and_behind_the_last_there_is_none(giver) -> None:
    dock = Dock(giver.store)
    assert dock.hash_at(dock.own, 0) == GENESIS
    assert dock.hash_at(dock.own, 10_000) is None


def test_a_stretch_keeps_to_its_size_but_holds_at_least_one_op(giver) -> None:
    reader, own = giver.store.reader(), giver.store.own_stream
    small = stretch_after(reader, own, 0, most_bytes=1)
    assert small is not None
    assert len(small.bodies) == 1
    two = stretch_after(reader, own, 1, most_ops=2)
    assert two is not None
    assert (two.first, two.last, len(two.bodies)) == (2, 3, 2)
    assert stretch_after(reader, own, 6) is None
    assert stretch_after(reader, own, 99) is None


def test_an_op_of_a_newer_format_is_kept_chained_and_passed_on_unread(giver, taker, tmp_path) -> None:
    newer = msgspec.msgpack.encode(
        [2, (1 << 58) + 1, 1_795_000_000_000, {"누가": "모름"}, msgspec.msgpack.Ext(7, b"later")]
    )
    name = LogName(StreamId(b"newer program 16"), "ROAD", "NEU", "")
    dock = Dock(taker.store)
    dock.take(whole(giver))
    before = dock.digest()
    assert dock.take(Stretch(name, 1, GENESIS, (newer, newer))).ops == 2
    assert dock.digest() == before
    assert taker.store.verify().sound
    passed_on = dock.stretch_after(name.stream, 0)
    assert passed_on is not None
    assert passed_on.bodies == (newer, newer)
    third = practice_store(tmp_path / "third")
    try:
        Dock(third.store).take(passed_on)
        assert Dock(third.store).hash_at(name.stream, 2) == dock.hash_at(name.stream, 2)
        recording.revise(taker, received(taker), {"title": "그 뒤에 고친 제목"})
    finally:
        third.close()


@pytest.mark.parametrize("start", [[2], [2, "x", 1], [2, 1, None]])
def test_a_newer_op_that_does_not_tell_when_it_was_written_is_none(taker, start) -> None:
    name = LogName(StreamId(b"newer program 16"), "ROAD")
    with pytest.raises(StoreDamaged):
        Dock(taker.store).take(Stretch(name, 1, GENESIS, (msgspec.msgpack.encode(start),)))
