from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from helpers.windows import pump, until
from PySide6.QtWidgets import QWidget

from fieldlog.ui import furnishing
from fieldlog.ui.furnishing import fetch_ahead
from fieldlog.ui.jobs import Read

if TYPE_CHECKING:
    from collections.abc import Iterator


class Furnished(QWidget):
    """As much of a window as is furnished ahead: its lanes, and whether it is seen."""

    def __init__(self, lanes: Any) -> None:
        super().__init__()
        self.context = SimpleNamespace(lanes=lanes)
        self.made: list[str] = []


@pytest.fixture
def window(qtbot, lanes, monkeypatch) -> Furnished:
    def pieces(furnished: Furnished) -> Iterator[str]:
        for piece in ("case", "cases"):
            furnished.made.append(piece)
            yield piece

    monkeypatch.setattr(furnishing, "_pieces", pieces)
    monkeypatch.setattr(furnishing, "_SETTLED_MS", 20)
    monkeypatch.setattr(furnishing, "_LOOK_MS", 10)
    made = Furnished(lanes)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def page(lanes) -> Iterator[threading.Event]:
    """The first page reads until this is set."""
    may_answer = threading.Event()
    Read(lanes, lambda _w: may_answer.wait(20), lane=lanes.reading).start()
    yield may_answer
    may_answer.set()


def test_nothing_is_fetched_before_the_first_page_shows_what_it_reads(window, page) -> None:
    fetch_ahead(window)
    pump(400)
    assert window.made == []
    page.set()
    until(lambda: window.made == ["case", "cases"], "what is fetched ahead")


def test_a_page_that_reads_twice_is_waited_for_twice(window, lanes, page) -> None:
    again = threading.Event()
    Read(lanes, lambda _w: None, lane=lanes.reading).done(
        lambda _n: Read(lanes, lambda _w: again.wait(20), lane=lanes.reading).start()
    ).start()
    fetch_ahead(window)
    page.set()
    pump(300)
    assert window.made == []
    again.set()
    until(lambda: window.made == ["case", "cases"], "what is fetched ahead")


def test_what_never_comes_to_an_end_is_not_waited_for(window, page, monkeypatch) -> None:
    monkeypatch.setattr(furnishing, "_MOST_LOOKS", 5)
    fetch_ahead(window)
    until(lambda: window.made == ["case", "cases"], "what is fetched ahead")
    assert not page.is_set()


def test_nothing_is_fetched_for_a_window_that_was_closed(window) -> None:
    fetch_ahead(window)
    window.close()
    pump(300)
    assert window.made == []
