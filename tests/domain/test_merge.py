"""The merge against a model: three devices and a hub, logs arriving in any order between devices.

The model knows every op and its bases: a version lives on a device that has seen it and has seen
nothing that replaced it. Two mutants show that the test would notice (sync specification 3.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fieldlog.domain.hlc import absorb, milliseconds, tick
from fieldlog.domain.ids import RecordId, StreamId
from fieldlog.domain.merge import (
    Ghost,
    Head,
    Merged,
    bases_all,
    bases_seen,
    conflicts,
    merge_change,
    shown,
    versions,
)
from fieldlog.domain.op import Change, Version

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

RECORD = RecordId("0199a3c0-0000-7000-8000-000000000001")
START = datetime(2026, 11, 23, tzinfo=UTC)
DEVICES = range(3)
KEYS = (2, 3, "8:가")


@dataclass
class Entry:
    """One op of one device's log: a single change."""

    hlc: int
    stream: StreamId
    seq: int
    change: Change

    @property
    def version(self) -> Version:
        return Version(self.hlc, self.stream)


@dataclass
class Device:
    """What one device holds: the logs, as far as they arrived, and what they come to."""

    stream: StreamId
    keeps_ghosts: bool = True
    logs: dict[StreamId, list[Entry]] = field(default_factory=dict)
    merged: Merged = field(default_factory=lambda: Merged({}))
    ghosts: set[Ghost] = field(default_factory=set)
    last: int = 0

    def take(self, entry: Entry) -> None:
        self.merged = Merged(self.merged.heads)
        merge_change(
            self.merged,
            RECORD,
            entry.change,
            Head(entry.version, entry.seq),
            is_ghost=self.ghosts.__contains__,
            has_seen=self.has_seen,
        )
        if self.keeps_ghosts:
            self.ghosts |= set(self.merged.new_ghosts)
            self.ghosts -= set(self.merged.laid_ghosts)
        self.logs.setdefault(entry.stream, []).append(entry)

    def has_seen(self, version: Version) -> bool:
        log = self.logs.get(version.stream, [])
        return bool(log) and log[-1].hlc >= version.hlc

    def living(self) -> dict[object, set[Version]]:
        return {key: set(versions(heads)) for key, heads in self.merged.heads.items() if heads}

    def seen(self) -> list[Entry]:
        return [entry for log in self.logs.values() for entry in log]


def model(entries: Iterable[Entry]) -> dict[object, set[Version]]:
    """What should live: everything written that nothing else names as replaced."""
    known = list(entries)
    living: dict[object, set[Version]] = {}
    for entry in known:
        replaced = {
            base for other in known if other.change.key == entry.change.key for base in other.change.bases
        }
        if entry.version not in replaced:
            living.setdefault(entry.change.key, set()).add(entry.version)
    return living


class ThreeDevicesAndAHub(RuleBasedStateMachine):
    keeps_ghosts = True
    absorbs = True

    def __init__(self) -> None:
        super().__init__()
        streams = [StreamId(bytes([n]) * 16) for n in (1, 2, 3, 9)]
        self.devices = [Device(stream, self.keeps_ghosts) for stream in streams]
        self.now = START

    def write(self, device: Device, key: int | str, bases: tuple[Version, ...], skew: int) -> None:
        device.last = tick(device.last, self.now + timedelta(seconds=skew))
        seq = len(device.logs.get(device.stream, ())) + 1
        entry = Entry(device.last, device.stream, seq, Change(key, bases, 1, device.last))
        device.take(entry)

    @rule(at=st.sampled_from(DEVICES), key=st.sampled_from(KEYS), skew=st.integers(-50, 50))
    def edit(self, at: int, key: int | str, skew: int) -> None:
        device = self.devices[at]
        self.write(device, key, bases_seen(device.merged.heads, key), skew)

    @rule(at=st.sampled_from(DEVICES), key=st.sampled_from(KEYS), skew=st.integers(-50, 50))
    def settle(self, at: int, key: int | str, skew: int) -> None:
        device = self.devices[at]
        self.write(device, key, bases_all(device.merged.heads, key), skew)

    @rule(at=st.sampled_from(DEVICES), key=st.sampled_from(KEYS), which=st.randoms(use_true_random=False))
    def edit_from_an_older_sight(self, at: int, key: int | str, which: random.Random) -> None:
        device = self.devices[at]
        older = [entry.version for entry in device.seen() if entry.change.key == key]
        if older:
            self.write(device, key, (which.choice(older),), 0)

    @rule(
        source=st.sampled_from(range(4)),
        sink=st.sampled_from(range(4)),
        log=st.sampled_from(range(4)),
        most=st.integers(1, 5),
    )
    def deliver(self, source: int, sink: int, log: int, most: int) -> None:
        giver, taker = self.devices[source], self.devices[sink]
        stream = self.devices[log].stream
        had = len(taker.logs.get(stream, ()))
        for entry in giver.logs.get(stream, ())[had : had + most]:
            taker.take(entry)
            if self.absorbs:
                taker.last = absorb(taker.last, entry.hlc, self.now)

    @rule(seconds=st.integers(-100, 100))
    def time_goes_or_is_set_back(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def each_device_shows_what_the_model_says_of_what_it_has_seen(self) -> None:
        for device in self.devices:
            assert device.living() == model(device.seen())
            for heads in device.merged.heads.values():
                assert list(versions(heads)) == sorted(versions(heads), reverse=True)

    def teardown(self) -> None:
        for giver in self.devices:
            for taker in self.devices:
                for stream in [device.stream for device in self.devices]:
                    for entry in giver.logs.get(stream, ())[len(taker.logs.get(stream, ())) :]:
                        taker.take(entry)
        states = [device.living() for device in self.devices]
        assert all(state == states[0] for state in states)
        assert all(not device.ghosts for device in self.devices)


class WithoutGhosts(ThreeDevicesAndAHub):
    keeps_ghosts = False


class NeverAbsorbing(ThreeDevicesAndAHub):
    absorbs = False


FEW = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
UNSHRUNK = settings(FEW, max_examples=1500, derandomize=True, database=None, phases=[Phase.generate])
MANY = settings(FEW, max_examples=1500, stateful_step_count=40)


@pytest.mark.parametrize("machine", [ThreeDevicesAndAHub, NeverAbsorbing])
def test_devices_that_have_seen_the_same_hold_the_same_whatever_the_order(machine) -> None:
    run_state_machine_as_test(machine, settings=FEW)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_without_ghosts_the_machine_above_fails() -> None:
    with pytest.raises(BaseException):  # noqa: B017, PT011
        run_state_machine_as_test(WithoutGhosts, settings=UNSHRUNK)


@pytest.mark.parametrize("keeps_ghosts", [True, False])
def test_without_ghosts_a_replaced_value_comes_back_and_these_tests_notice(keeps_ghosts) -> None:
    run = type("Run", (ThreeDevicesAndAHub,), {"keeps_ghosts": keeps_ghosts})()
    run.edit(0, 2, 0)
    run.deliver(source=0, sink=1, log=0, most=5)
    run.edit(1, 2, 0)
    run.deliver(source=1, sink=2, log=1, most=5)
    run.deliver(source=0, sink=2, log=0, most=5)
    third = run.devices[2]
    assert (third.living() == model(third.seen())) == keeps_ghosts


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("machine", [ThreeDevicesAndAHub, NeverAbsorbing])
def test_the_same_with_very_many_examples(machine) -> None:
    run_state_machine_as_test(machine, settings=MANY)


def head(hlc: int, stream: int = 1) -> Head:
    return Head(Version(hlc, StreamId(bytes([stream]) * 16)), 1)


def test_the_newest_head_is_shown_and_equal_times_are_told_apart_by_device() -> None:
    device = Device(head(1).version.stream)
    for entry in (head(5, 1), head(7, 2), head(7, 3)):
        device.take(Entry(entry.version.hlc, entry.version.stream, 1, Change(2, (), 1, "x")))
    assert shown(device.merged.heads[2]).version == head(7, 3).version
    assert conflicts(device.merged.heads) == 1


def test_an_element_of_a_set_with_two_heads_is_no_conflict() -> None:
    assert conflicts({"8:가": (head(2), head(1, 2)), 2: (head(3),)}) == 0


def test_an_ordinary_edit_replaces_only_what_was_seen_and_a_decision_replaces_all() -> None:
    heads = {2: (head(2), head(1, 2))}
    assert bases_seen(heads, 2) == (head(2).version,)
    assert bases_all(heads, 2) == (head(2).version, head(1, 2).version)
    assert (bases_seen(heads, 3), bases_all(heads, 3)) == ((), ())


def test_a_version_replaced_before_it_arrives_never_shows() -> None:
    device, late = Device(head(9).version.stream), head(1, 2)
    device.take(Entry(5, head(5).version.stream, 1, Change(2, (late.version,), 1, "neu")))
    assert device.ghosts == {Ghost(RECORD, 2, late.version)}
    device.take(Entry(1, late.version.stream, 1, Change(2, (), 1, "alt")))
    assert device.living() == {2: {head(5).version}}
    assert device.ghosts == set()


def test_milliseconds_are_those_of_the_wall_clock() -> None:
    assert milliseconds(START) == 1_795_392_000_000
