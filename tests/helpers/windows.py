"""A real window on a small store, for tests that press what a person presses."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from helpers.stores import environment
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from fieldlog.domain.clock import monotonic
from fieldlog.ui.memory import Memory
from fieldlog.ui.start import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.services.opening import Environment
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.face import Face
    from fieldlog.ui.quick import QuickWindow
    from fieldlog.ui.start.doorway import Doorway
    from fieldlog.ui.window import MainWindow

PATIENCE = 30.0


def pump(milliseconds: int = 20) -> None:
    """Let the event loop turn."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(true, what: str = "it") -> None:
    """Wait until something holds."""
    began = monotonic()
    while not true():
        assert monotonic() - began < PATIENCE, f"{what} never came"
        pump()


class Sitting:
    """Somebody sitting before the program."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def window(self) -> MainWindow[Workspace]:
        assert self.session.window is not None
        return self.session.window

    @property
    def workspace(self) -> Workspace:
        assert self.session.workspace is not None
        return self.session.workspace

    @property
    def door(self) -> Doorway:
        door = self.session._doorway
        assert door is not None
        return door

    def step(self, kind: type) -> QWidget:
        """The step before the window, once it is of that kind."""
        until(lambda: self.session._doorway is not None and isinstance(self.door.step, kind), kind.__name__)
        return self.door.step

    def wait(self) -> None:
        """Until nothing is under way."""
        for _ in range(2):
            pump()
            until(lambda: not self.session.lanes.busy, "the end of all work")
        pump()

    def opened(self) -> MainWindow[Workspace]:
        """The window, once it stands."""
        until(lambda: self.session.window is not None, "the window")
        self.wait()
        return self.window

    def quick(self) -> QuickWindow:
        """F2."""
        from fieldlog.ui.quick import QuickWindow

        self.window.quick_record()
        self.wait()
        made = self.window._quick
        assert isinstance(made, QuickWindow)
        return made

    def go(self, page: str) -> QWidget:
        """Another page."""
        self.window.go(page)
        self.wait()
        assert self.window.page is not None
        return self.window.page


@contextmanager
def sitting(folder: Path, face: Face, around: Environment | None = None) -> Iterator[Sitting]:
    """A session that has begun on a folder; at the end everything is closed, and no thread is left."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    memory = Memory(folder.parent / "window.ini")
    session = Session(application, face, memory, around or environment(), folder)
    session.begin()
    made = Sitting(session)
    try:
        yield made
    finally:
        if session.window is not None:
            session.window.close()
        session.end()
        for widget in application.topLevelWidgets():
            if widget.objectName() != "" or widget.isVisible() or widget.parent() is None:
                widget.hide()
        if session._doorway is not None:
            session._doorway.deleteLater()
        if session.window is not None:
            session.window.deleteLater()
        pump(0)
    left = [t.name for t in threading.enumerate() if t.name.startswith(("store", "reading", "pictures"))]
    assert left == []
