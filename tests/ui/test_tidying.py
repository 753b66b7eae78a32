from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING
from weakref import ref

import pytest
from helpers.windows import pump

from fieldlog.ui.tidying import Tidying

if TYPE_CHECKING:
    from collections.abc import Iterator


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


def litter(count: int = 3_000) -> list[ref[Ring]]:
    return [ref(Ring()) for _ in range(count)]


@pytest.fixture
def tidying(qapp) -> Iterator[Tidying]:
    made = Tidying(lambda: False)
    made.begin()
    yield made
    made.end()


def test_other_threads_collect_nothing_while_the_window_stands(tidying) -> None:
    seen: list[str] = []

    def note(phase: str, _info: object) -> None:
        if phase == "start":
            seen.append(threading.current_thread().name)

    gc.callbacks.append(note)
    try:
        worker = threading.Thread(target=litter, args=(4_000,))
        worker.start()
        worker.join()
        assert seen == []
        tidying.tidy()
    finally:
        gc.callbacks.remove(note)
    assert seen == ["MainThread"]


def test_young_garbage_goes_within_a_moment(tidying) -> None:
    rings = litter()
    pump(400)
    assert all(ring() is None for ring in rings)


def grow_old(tidying: Tidying) -> list[Ring]:
    """Enough old objects for a full pass, grown in looks at the young as the timer takes them."""
    rings = []
    for _ in range(12):
        rings += [Ring() for _ in range(2_500)]
        tidying.tidy()
    return rings


def test_old_garbage_goes_when_much_has_grown_old_and_nothing_is_under_way(tidying) -> None:
    rings = grow_old(tidying)
    found = [ref(ring) for ring in rings]
    rings.clear()
    gc.collect(0)
    tidying.tidy()
    assert all(ring() is None for ring in found)


def test_old_garbage_waits_while_work_is_under_way(qapp) -> None:
    busy = True
    tidying = Tidying(lambda: busy)
    tidying.begin()
    try:
        rings = grow_old(tidying)
        found = [ref(ring) for ring in rings]
        rings.clear()
        gc.collect(0)
        tidying.tidy()
        assert not all(ring() is None for ring in found)
        busy = False
        tidying.tidy()
        assert all(ring() is None for ring in found)
    finally:
        tidying.end()


def test_a_large_answer_of_the_store_is_not_looked_at_and_goes_by_itself(tidying) -> None:
    answer = [[str(number)] for number in range(30_000)]
    passes: list[int] = []
    gc.callbacks.append(lambda phase, info: passes.append(info["generation"]) if phase == "start" else None)
    try:
        tidying.tidy()
        assert passes == []
        before = gc.get_freeze_count()
        answer.clear()
        assert gc.get_freeze_count() < before - 29_000
    finally:
        gc.callbacks.pop()


def test_at_the_end_the_collector_works_as_before_and_nothing_was_lost(qapp) -> None:
    ring = Ring()
    tidying = Tidying(lambda: False)
    tidying.begin()
    assert not gc.isenabled()
    found = ref(ring)
    del ring
    gc.collect()
    assert found() is not None
    tidying.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    assert found() is None
    tidying.end()
