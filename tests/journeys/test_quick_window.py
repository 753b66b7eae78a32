"""Recording on site through the real window: counted actions, Korean typing, a crash in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("PySide6")

from helpers.composing import type_pothole
from helpers.makers import jpeg
from helpers.stores import environment, practice_store
from helpers.windows import sitting, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from fieldlog.domain.filter import CaseFilter
from fieldlog.services import browsing, opening
from fieldlog.ui.application import make_application, make_face

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.ui.face import Face
    from fieldlog.ui.quick import QuickWindow

ROOT = Path(__file__).parents[2]
CRASHING = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[2] + "/tests"]
from helpers.composing import type_pothole
from helpers.stores import environment
from helpers.windows import sitting, until
from fieldlog.services.capture_drafts import FORM
from fieldlog.services.drafting import draft_of
from fieldlog.ui.application import make_application, make_face
application = make_application(["fieldlog"])
face = make_face(application, Path(sys.argv[2]) / "resources")
with sitting(Path(sys.argv[1]) / "store", face) as person:
    person.opened()
    quick = person.quick()
    quick.photos.added.emit(sorted(Path(sys.argv[1]).glob("*.jpg")))
    person.wait()
    quick.category.choose_number(1)
    type_pothole(quick.title)
    def kept():
        draft = draft_of(person.workspace, FORM)
        return draft is not None and draft.values["title"] == "포트홀"
    until(kept)
    print("kept", flush=True)
    until(lambda: False)
"""


@pytest.fixture(scope="module")
def qapp() -> QApplication:
    return make_application(["fieldlog"])


@pytest.fixture(scope="module")
def face(qapp: QApplication) -> Face:
    return make_face(qapp, ROOT / "resources")


@pytest.fixture
def person(tmp_path: Path, face: Face) -> Iterator:
    practice_store(tmp_path / "store").close()
    with sitting(tmp_path / "store", face) as made:
        made.opened()
        yield made


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "1.jpg", tmp_path / "2.jpg"]
    for seed, path in enumerate(paths):
        path.write_bytes(jpeg(seed, lat=36.5))
    return paths


class Hand:
    """Counts what a person does: a key pressed, a button pressed, one phrase typed."""

    def __init__(self) -> None:
        self.actions = 0

    def press(self, button) -> None:
        self.actions += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(self, widget, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        self.actions += 1
        QTest.keyClick(widget, key, modifiers)


def recorded(person) -> list:
    cases = browsing.list_cases(person.workspace, CaseFilter()).cases
    return [browsing.case_sheet(person.workspace, case.id) for case in cases]


def ready(person) -> QuickWindow:
    quick = person.quick()
    quick.activateWindow()
    until(quick.isActiveWindow, "the window in front")
    return quick


def test_a_case_with_two_photos_takes_five_actions_and_one_phrase(person, photos, monkeypatch) -> None:
    chosen = ([str(path) for path in photos], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: chosen)
    person.window.activateWindow()
    until(person.window.isActiveWindow, "the window in front")
    hand = Hand()
    hand.key(person.window, Qt.Key.Key_F2)
    person.wait()
    quick = person.window._quick
    assert quick.isVisible()
    hand.press(quick.photos.add)
    hand.actions += 1  # the two files are chosen together in the system's own dialog
    person.wait()
    hand.press(quick.category.buttons["ROAD_POTHOLE"])
    type_pothole(quick.title)
    hand.key(quick, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    person.wait()
    assert hand.actions <= 5
    (sheet,) = recorded(person)
    assert sheet.case.text("title") == "포트홀"
    assert sheet.case.text("case_no").startswith("임시-")
    assert len(sheet.of("photo")) == 2
    assert sheet.location.text("source") == "EXIF"
    assert sheet.case.number("capture_seconds") is not None
    assert not quick.isVisible()


def save_by_key(quick) -> None:
    QTest.keyClick(quick.title, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def save_by_button(quick) -> None:
    QTest.mouseClick(quick.save_button, Qt.MouseButton.LeftButton)


def save_after_tab(quick) -> None:
    QTest.keyClick(quick.title, Qt.Key.Key_Tab)
    quick.save()


def save_after_enter(quick) -> None:
    QTest.keyClick(quick.title, Qt.Key.Key_Return)
    quick.save()


@pytest.mark.parametrize("save", [save_by_key, save_by_button, save_after_tab, save_after_enter])
def test_the_last_syllable_is_never_lost(person, save) -> None:
    quick = ready(person)
    quick.category.choose_number(1)
    quick.title.setFocus()
    until(quick.title.hasFocus, "the cursor")
    type_pothole(quick.title)
    assert quick.title.preedit() == "홀"
    save(quick)
    person.wait()
    (sheet,) = recorded(person)
    assert sheet.case.text("title") == "포트홀"


def test_closing_in_the_middle_of_a_syllable_keeps_it_for_the_next_time(person) -> None:
    quick = ready(person)
    quick.title.setFocus()
    until(quick.title.hasFocus, "the cursor")
    type_pothole(quick.title)
    QTest.keyClick(quick, Qt.Key.Key_Escape)
    person.wait()
    assert not quick.isVisible()
    assert person.quick().title.value() == "포트홀"


def test_three_cases_in_a_row_are_recorded_from_one_window(person, photos) -> None:
    quick = ready(person)
    for number, path in enumerate([*photos, None], start=1):
        if path is not None:
            quick.photos.added.emit([path])
        quick.category.choose_number(number)
        quick.title.set_value(f"{number}번째")
        QTest.keyClick(quick, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        until(lambda: quick.blank().is_empty, "the next blank record")
    person.wait()
    sheets = recorded(person)
    assert sorted(sheet.case.text("title") for sheet in sheets) == ["1번째", "2번째", "3번째"]
    assert sum(len(sheet.of("photo")) for sheet in sheets) == 2


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill -9")
def test_a_killed_window_gives_back_what_was_written(tmp_path, face, photos) -> None:
    practice_store(tmp_path / "store").close()
    process = subprocess.Popen(
        [sys.executable, "-c", CRASHING, str(tmp_path), str(ROOT)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "kept"
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    with sitting(tmp_path / "store", face) as person:
        person.opened()
        quick = person.quick()
        until(lambda: len(quick.desk.chosen) == 2, "the photos")
        assert quick.title.value() == "포트홀"
        quick.save()
        person.wait()
        (sheet,) = recorded(person)
        assert len(sheet.of("photo")) == 2
    opening.open_store(tmp_path / "store", environment()).close()
