"""The window's parts for tests: one application, a face that is put back after each test, lanes that end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers.casework import Walks, detail_over
from helpers.stores import practice_store
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from fieldlog.domain.clock import KST, FixedClock
from fieldlog.ui.application import dress, make_application, make_face
from fieldlog.ui.bus import Bus
from fieldlog.ui.jobs import Lanes
from fieldlog.ui.memory import Memory
from fieldlog.ui.messages import Messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication, QWidget

    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.case.detail import CaseDetail
    from fieldlog.ui.face import Face

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it; pytest-qt uses it too."""
    return make_application(["fieldlog"])


@pytest.fixture(scope="session")
def _one_face(qapp: QApplication) -> Face:
    return make_face(qapp, RESOURCES)


@pytest.fixture
def face(qapp: QApplication, _one_face: Face, monkeypatch: pytest.MonkeyPatch) -> Iterator[Face]:
    """A face that speaks Korean in the light theme; a widget alone is dressed as its window would be."""
    dress(qapp, _one_face)
    add = QtBot.addWidget

    def add_dressed(bot: QtBot, widget: QWidget, **more: Any) -> None:
        add(bot, widget, **more)
        if widget.isWindow() and not isinstance(widget, QMainWindow):
            _one_face.wardrobe.dress(widget)

    monkeypatch.setattr(QtBot, "addWidget", add_dressed)
    yield _one_face
    _one_face.speak("ko")
    if _one_face.theme.key != "light" or _one_face.touch:
        _one_face.touch = False
        _one_face.wear("light")
    _one_face.wardrobe.finish()


@pytest.fixture
def bus(qapp: QApplication) -> Bus:
    """A bus of its own."""
    return Bus()


@pytest.fixture
def lanes(bus: Bus) -> Iterator[Lanes[dict[str, str]]]:
    """Lanes over a workspace that is only a dictionary."""
    made: Lanes[dict[str, str]] = Lanes(bus)
    made.open({})
    yield made
    made.close()


@pytest.fixture
def messages(face: Face) -> Messages:
    """Where errors would be shown."""
    return Messages(face)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """A window's memory that is empty."""
    return Memory(tmp_path / "window.ini")


@pytest.fixture
def clock() -> FixedClock:
    """Twenty past two."""
    return FixedClock(datetime(2026, 11, 22, 14, 20, 5, tzinfo=KST))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A practice store of its own."""
    made = practice_store(tmp_path / "store")
    yield made
    made.close()


@pytest.fixture
def walks() -> Walks:
    """Where the case page was asked to go."""
    return Walks()


@pytest.fixture
def detail(request: pytest.FixtureRequest, workspace) -> CaseDetail:
    """The case page over that store."""
    return detail_over(request, workspace)
