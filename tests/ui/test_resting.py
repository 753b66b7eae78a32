from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from helpers.windows import pump, until

from fieldlog.domain.effects import Effects
from fieldlog.domain.errors import DiskTrouble
from fieldlog.domain.phrase import plain
from fieldlog.ui import resting
from fieldlog.ui.jobs import Errand, Read
from fieldlog.ui.resting import Resting

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def indexed(monkeypatch) -> list[str]:
    """The threads on which the store indexed; the rest is short here."""
    seen: list[str] = []
    monkeypatch.setattr(resting, "REST_MS", 60)
    monkeypatch.setattr(resting, "index_saved", lambda _w: seen.append(threading.current_thread().name))
    return seen


@pytest.fixture
def rest(qapp, lanes, bus, indexed) -> Iterator[Resting]:
    made = Resting(lanes, bus)
    yield made
    made.deleteLater()


def test_what_the_last_sitting_left_is_indexed_once_on_the_lane_of_the_store(rest, indexed) -> None:
    until(lambda: bool(indexed), "the index")
    pump(200)
    assert indexed == ["store-0"]


def test_each_save_is_followed_by_one_look_however_many_come_at_once(rest, bus, indexed) -> None:
    until(lambda: len(indexed) == 1, "the index of before")
    for _ in range(3):
        bus.effects_happened.emit(Effects(), None)
    until(lambda: len(indexed) == 2, "the index of now")
    pump(200)
    assert len(indexed) == 2


def test_nothing_is_indexed_while_work_is_under_way_or_waits(rest, lanes, indexed) -> None:
    go_on = threading.Event()
    Errand(lanes, lambda: go_on.wait(10), lane=lanes.reading).start()
    pump(250)
    assert indexed == []
    go_on.set()
    until(lambda: bool(indexed), "the index")


def test_somebody_who_asks_again_and_again_is_not_at_rest(rest, lanes, indexed) -> None:
    for _ in range(10):
        Read(lanes, lambda _w: None).start()
        pump(30)
    assert indexed == []
    until(lambda: bool(indexed), "the index")


def test_a_disk_that_refuses_troubles_nobody(rest, lanes, bus, monkeypatch) -> None:
    told: list[object] = []
    tried: list[object] = []

    def refuse(workspace: object) -> int:
        tried.append(workspace)
        raise DiskTrouble(plain("a"), plain("b"), plain("c"))

    monkeypatch.setattr(resting, "index_saved", refuse)
    lanes.failed = told.append
    until(lambda: bool(tried) and not lanes.busy, "the refusal")
    assert told == []


def test_a_rest_that_comes_after_the_program_has_closed_asks_for_nothing(rest, lanes, indexed) -> None:
    lanes.close()
    rest._look()
    assert indexed == []
