from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from fieldlog.domain.phrase import plain
from fieldlog.ui.application import catch_bugs, make_application, make_face
from fieldlog.ui.fonts import FAMILIES, body_font, load_fonts
from fieldlog.ui.trail import Place, Trail
from fieldlog.ui.widgets.parts import button

ROOT = Path(__file__).parents[2]


def test_there_is_one_application(qapp) -> None:
    assert make_application(["again"]) is qapp


def test_an_unknown_theme_in_an_old_memory_becomes_the_light_one(qapp, tmp_path) -> None:
    face = make_face(qapp, ROOT / "resources", theme="neon")
    assert face.theme.key == "light"


def test_the_window_is_set_in_its_own_type_with_hanja_to_fall_back_on(qapp, face) -> None:
    assert body_font(13).families() == list(FAMILIES)
    assert QFontInfo(body_font(13)).family() == "Pretendard"
    assert QFontMetrics(body_font(13)).horizontalAdvance("111") == QFontMetrics(
        body_font(13)
    ).horizontalAdvance("888")


def test_without_fonts_the_program_still_starts(qapp, tmp_path) -> None:
    assert load_fonts(tmp_path / "nowhere") == ()


def test_a_bug_is_logged_and_shown(monkeypatch, caplog) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    catch_bugs(shown.append)
    error = ZeroDivisionError("x")
    sys.excepthook(ZeroDivisionError, error, None)
    assert shown == [error]
    assert "a bug reached the window" in caplog.text


def test_a_bug_that_cannot_be_shown_is_logged_twice_and_no_more(monkeypatch, caplog) -> None:
    def broken(_error: BaseException) -> None:
        raise RuntimeError

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    catch_bugs(broken)
    sys.excepthook(ZeroDivisionError, ZeroDivisionError("x"), None)
    assert [record.levelno for record in caplog.records] == [logging.ERROR, logging.ERROR]


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_the_whole_window_grows_with_the_scale_chosen(scale: int) -> None:
    program = (
        "import sys; from fieldlog.ui.application import make_application;"
        "app = make_application(['x'], scale=int(sys.argv[1]));"
        "print(app.devicePixelRatio())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(scale)],
        check=True, capture_output=True, text=True, timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert float(run.stdout) == scale / 100


def test_opening_the_window_imports_nothing_heavy() -> None:
    program = (
        "import sys, fieldlog.ui.application, fieldlog.ui.window, fieldlog.ui.widgets.pdf_preview,"
        "fieldlog.ui.widgets.photo_viewer, fieldlog.ui.widgets.place_field, fieldlog.ui.widgets.field_form;"
        "print([m for m in ('reportlab', 'geopy', 'sqlite_utils', 'numpy', 'PIL', 'pypdfium2', 'pikepdf')"
        " if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        check=True, capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert run.stdout.strip() == "[]"


def test_a_button_commits_what_is_composed_before_it_acts(qtbot, face) -> None:
    pressed: list[bool] = []
    made = button(face, plain("저장"), lambda: pressed.append(True))
    qtbot.addWidget(made)
    made.click()
    assert pressed == [True]


def test_what_the_window_remembers_survives_and_what_is_no_number_is_none(memory) -> None:
    memory.put("a", 12)
    memory.put("b", True)
    memory.put("c", "열둘")
    memory.keep()
    assert (memory.number("a"), memory.flag("b"), memory.text("c")) == (12, True, "열둘")
    assert memory.number("c", 5) == 5
    assert memory.shape("c") is None


def test_a_trail_goes_back_and_forth_and_forgets_what_lay_ahead() -> None:
    trail = Trail()
    for page in ("today", "cases", "photos"):
        trail.visit(Place(page))
    assert trail.move(1) is None
    assert trail.move(-1) == Place("cases")
    assert trail.move(-1) == Place("today")
    assert trail.move(-1) is None
    trail.visit(Place("settings"))
    assert trail.move(1) is None
    assert trail.here == Place("settings")


def test_a_file_dialog_of_qt_speaks_the_language_of_the_face(qtbot, face) -> None:
    for language, written in (("ko", True), ("en", False)):
        face.speak(language)
        asking = QFileDialog()
        qtbot.addWidget(asking)
        asking.setOption(QFileDialog.Option.DontUseNativeDialog)
        asking.show()
        texts = [label.text() for label in asking.findChildren(QLabel) if label.text()]
        texts += [button.text() for button in asking.findChildren(QPushButton)]
        texts.append(QAbstractFileIconProvider().type(QFileInfo("/")))
        assert len(texts) >= 5
        assert [text for text in texts if bool(re.search("[가-힣]", text)) is not written] == []
    face.speak("ko")
