"""The whole engine against chance: any order of work and mishap ends with everybody holding the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from helpers.machine import Office
from helpers.makers import received
from helpers.meeting import Device, MemoryOffice
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from msgspec.structs import replace

from fieldlog.domain import merge
from fieldlog.services import recording
from fieldlog.storage import store as store_module
from fieldlog.sync.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from fieldlog.domain.transfer import Tip
    from fieldlog.sync.remote import Welcome

FEW = settings(
    max_examples=30,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)
SEARCHING = settings(FEW, max_examples=120, stateful_step_count=20)
MANY = settings(FEW, max_examples=1_000, stateful_step_count=40, derandomize=False, phases=tuple(Phase))


def test_whatever_happens_all_end_the_same_and_nothing_vanishes() -> None:
    run_state_machine_as_test(Office, settings=FEW)


@pytest.mark.soak
def test_whatever_happens_for_hours_all_end_the_same_and_nothing_vanishes() -> None:
    run_state_machine_as_test(Office, settings=MANY)


def broken_by(spoil: Any) -> None:
    """The machine finds out what was spoilt: a test that the test can fail."""
    spoil()
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Office, settings=SEARCHING)


def test_without_the_fork_check_a_restored_device_never_becomes_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Session, "_heal", lambda _session, _welcome: None)
    office, one = MemoryOffice(), Device(tmp_path, "one")
    try:
        case = received(one.workspace)
        one.sync(office)
        one.copy("monday")
        recording.revise(one.workspace, case, {"title": "백업 뒤의 제목"})
        one.sync(office)
        one.put_back("monday")
        recording.revise(one.workspace, case, {"title": "되돌린 뒤의 제목"})
        assert not any(one.sync(office).same for _ in range(3))
    finally:
        one.close()


class LatestLogFirst(MemoryOffice):
    """Hands out the logs in the order that is hardest for whoever reads them."""

    def hello(self, mine: Iterable[Tip]) -> Welcome:
        welcome = super().hello(mine)
        return replace(welcome, tips=welcome.tips[::-1])


def conflicts_of_a_late_reader(folder: Path) -> tuple[str, ...]:
    """What a third laptop finds that reads the answer before the question."""
    office, laptops = LatestLogFirst(), [Device(folder, name) for name in ("one", "two", "three")]
    try:
        one, two, three = laptops
        case = received(one.workspace, "가로등")
        one.sync(office)
        two.sync(office)
        recording.revise(two.workspace, case, {"title": "보도블록"})
        two.sync(office)
        three.sync(office)
        return three.workspace.store.find(case).in_conflict
    finally:
        for each in laptops:
            each.close()


def test_an_answer_read_before_the_question_leaves_nothing_to_decide(tmp_path: Path) -> None:
    assert conflicts_of_a_late_reader(tmp_path) == ()


def test_without_ghosts_a_replaced_value_is_found_coming_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = merge.merge_change

    def without(merged: Any, *words: Any, **named: Any) -> bool:
        changed = real(merged, *words, **{**named, "is_ghost": lambda _ghost: False})
        merged.new_ghosts.clear()
        return changed

    monkeypatch.setattr("fieldlog.storage.ingest.merge_change", without)
    assert conflicts_of_a_late_reader(tmp_path) == ("title",)


def test_with_a_clock_that_steps_back_two_values_of_one_name_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def backwards(_last: int, now: datetime) -> int:
        return int(now.timestamp() // 86_400) << 32

    broken_by(lambda: monkeypatch.setattr(store_module, "tick", backwards))
