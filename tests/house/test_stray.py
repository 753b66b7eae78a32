from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest
from helpers import stray

HERE = Path(__file__).name


def test_a_thread_left_running_is_named_with_the_line_that_started_it() -> None:
    before = threading.enumerate()
    release = threading.Event()
    lingering = threading.Thread(target=release.wait, name="lingering")
    lingering.start()
    try:
        [found] = stray.threads_since(before, patience=0.05)
    finally:
        release.set()
        lingering.join()
    assert "lingering" in found
    assert HERE in found


def test_a_thread_that_ends_in_time_is_no_stray() -> None:
    before = threading.enumerate()
    threading.Thread(target=threading.Event().wait, args=(0.05,)).start()
    assert stray.threads_since(before) == []


def test_a_running_timer_is_named_and_stopped(qapp) -> None:
    core = pytest.importorskip("PySide6.QtCore")
    with stray.QtStrays().watched() as left:
        timer = core.QTimer()
        timer.start(60_000)
    assert len(left) == 1
    assert "QTimer" in left[0]
    assert HERE in left[0]
    assert not timer.isActive()


def test_a_timer_deleted_with_its_parent_is_no_stray(qapp) -> None:
    core = pytest.importorskip("PySide6.QtCore")
    with stray.QtStrays().watched() as left:
        parent = core.QObject()
        core.QTimer(parent).start(60_000)
        parent.deleteLater()
        del parent
    gc.collect()
    assert left == []


def test_a_running_animation_is_named(qapp) -> None:
    core = pytest.importorskip("PySide6.QtCore")
    with stray.QtStrays().watched() as left:
        animation = core.QVariantAnimation()
        animation.setStartValue(0)
        animation.setEndValue(1)
        animation.setDuration(60_000)
        animation.start()
    assert [line.split(",")[0] for line in left] == ["QVariantAnimation"]


def test_a_thread_of_qt_that_was_told_to_quit_is_no_stray(qapp) -> None:
    core = pytest.importorskip("PySide6.QtCore")
    with stray.QtStrays().watched() as left:
        thread = core.QThread()
        thread.start()
        thread.quit()
    assert left == []


def test_a_window_left_standing_is_named_and_taken_down(qapp) -> None:
    widgets = pytest.importorskip("PySide6.QtWidgets")
    valid = pytest.importorskip("shiboken6").isValid
    with stray.QtStrays().watched() as left:
        window = widgets.QWidget()
        window.setObjectName("lingering")
    assert left == ["QWidget 'lingering' with 0 children"]
    assert not valid(window)


def test_a_window_that_is_deleted_or_nobody_holds_is_no_stray(qapp) -> None:
    widgets = pytest.importorskip("PySide6.QtWidgets")
    with stray.QtStrays().watched() as left:
        deleted = widgets.QWidget()
        deleted.deleteLater()
        circle = widgets.QWidget()
        circle.itself = circle
        del circle
    assert left == []
