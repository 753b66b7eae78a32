"""The window's parts for tests: one application, a face that is put back after each test, lanes that end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from fieldlog.domain.clock import KST, FixedClock
from fieldlog.ui.application import dress, make_application, make_face
from fieldlog.ui.bus import Bus
from fieldlog.ui.jobs import Lanes
from fieldlog.ui.memory import Memory
from fieldlog.ui.messages import Messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from fieldlog.ui.face import Face

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it; pytest-qt uses it too."""
    return make_application(["fieldlog"])


@pytest.fixture(scope="session")
def _one_face(qapp: QApplication) -> Face:
    return make_face(qapp, RESOURCES)


class Dressing(QObject):
    """A widget alone in a test is dressed as the window it would be in."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Polish and isinstance(watched, QWidget) and watched.isWindow():
            self._face.wardrobe.dress(watched)
        return False


@pytest.fixture
def face(qapp: QApplication, _one_face: Face) -> Iterator[Face]:
    """A face that speaks Korean in the light theme."""
    dress(qapp, _one_face)
    dressing = Dressing(_one_face)
    qapp.installEventFilter(dressing)
    yield _one_face
    qapp.removeEventFilter(dressing)
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
