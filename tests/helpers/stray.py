"""Finds what a test left running, and says which line started it."""

from __future__ import annotations

import gc
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PATIENCE = 2.0
"""Seconds that a thread told to stop may take to do so."""

_SKIPPED = ("/threading.py", "/concurrent/futures/", "/multiprocessing/", "/helpers/stray.py")
_started: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


def _line_that_called() -> str:
    """File and line of the nearest caller that is neither this module nor the thread machinery."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        name = frame.f_code.co_filename.replace("\\", "/")
        if not any(part in name for part in _SKIPPED):
            break
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


def _noted(start: Callable[..., Any]) -> Callable[..., Any]:
    """The same ``start``, remembering for its object the line that called it."""

    def noting_start(self: Any, *args: Any, **kwargs: Any) -> Any:
        _started[self] = _line_that_called()
        return start(self, *args, **kwargs)

    return noting_start


@contextmanager
def noting(*kinds: type) -> Iterator[None]:
    """Note the line that starts each object of these kinds, while the context lasts."""
    originals = [(kind, kind.start) for kind in kinds]  # type: ignore[attr-defined]
    for kind, start in originals:
        kind.start = _noted(start)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for kind, start in originals:
            kind.start = start  # type: ignore[attr-defined]


def _described(thing: Any, name: str) -> str:
    return f"{name}, started at {_started.get(thing, 'an unknown line')}"


def threads_since(before: Iterable[threading.Thread], patience: float = PATIENCE) -> list[str]:
    """Threads begun after ``before`` was taken which do not end within ``patience`` seconds."""
    known = set(before)
    end = time.monotonic() + patience
    left = []
    for thread in threading.enumerate():
        # Python never forgets a thread that Qt made and that once asked for its own name.
        if thread in known or isinstance(thread, threading._DummyThread):
            continue
        thread.join(max(0.0, end - time.monotonic()))
        if thread.is_alive():
            left.append(_described(thread, f"thread {thread.name!r}"))
    return left


class QtStrays:
    """Timers, animations, threads and windows of Qt that outlive the test which started them."""

    def __init__(self) -> None:
        from PySide6.QtCore import QAbstractAnimation, QThread, QTimer

        self._kinds = (QTimer, QThread, QAbstractAnimation)

    @contextmanager
    def watched(self) -> Iterator[list[str]]:
        """Watch while the context lasts; the list it gives is filled when it ends."""
        left: list[str] = []
        before = set(_started)
        stood = set(self._windows())
        with noting(*self._kinds):
            yield left
        self._settle()
        left.extend(self._still_standing(stood))
        mine = [thing for thing in _started if thing not in before and isinstance(thing, self._kinds)]
        left.extend(filter(None, map(self._stopped, mine)))
        left.extend(self._pool())

    @staticmethod
    def _settle() -> None:
        from PySide6.QtCore import QCoreApplication, QEvent

        for _ in range(2):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QCoreApplication.processEvents()

    @staticmethod
    def _windows() -> dict[int, Any]:
        """Every window of this process by the address of its C++ half, also those that are hidden."""
        from PySide6.QtWidgets import QApplication
        from shiboken6 import getCppPointer

        if not isinstance(QApplication.instance(), QApplication):
            return {}
        return {getCppPointer(each)[0]: each for each in QApplication.topLevelWidgets()}

    def _still_standing(self, before: set[int]) -> Iterator[str]:
        """Windows that outlive the test, each of which would be dressed again with every later change of theme."""
        if self._windows().keys() <= before:
            return
        gc.collect()
        self._settle()
        for address, window in self._windows().items():
            if address in before:
                continue
            yield f"{type(window).__name__} {window.objectName()!r} with {len(window.children())} children"
            window.hide()
            window.deleteLater()
        self._settle()

    @staticmethod
    def _stopped(thing: Any) -> str:
        """What is still running, after stopping it so that the next test starts clean; else nothing."""
        from PySide6.QtCore import QAbstractAnimation, QThread, QTimer
        from shiboken6 import isValid

        if not isValid(thing):
            return ""
        if isinstance(thing, QThread):
            if thing.wait(int(PATIENCE * 1000)):
                return ""
            return _described(thing, "QThread")
        if isinstance(thing, QTimer):
            running = thing.isActive()
        else:
            running = thing.state() == QAbstractAnimation.State.Running
        if not running:
            return ""
        thing.stop()
        return _described(thing, type(thing).__name__)

    @staticmethod
    def _pool() -> Iterator[str]:
        from PySide6.QtCore import QThreadPool

        pool = QThreadPool.globalInstance()
        if not pool.waitForDone(int(PATIENCE * 1000)):
            yield f"{pool.activeThreadCount()} jobs in the global QThreadPool"
