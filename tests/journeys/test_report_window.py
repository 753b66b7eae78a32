"""From photographs on the disk to a filed report whose text is read back, all of it through the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.offices import Office, office, text_of
from helpers.pictures import SHARED_PHOTOS, field_exif, jpeg
from helpers.stores import RESOURCES
from PySide6.QtCore import Qt

from fieldlog.ui.application import make_application, make_face
from fieldlog.ui.pages import photos, reports
from fieldlog.ui.pages.photos.target import TargetWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from fieldlog.ui.face import Face


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return make_application(["fieldlog"])


@pytest.fixture
def face(qapp) -> Face:
    return make_face(qapp, RESOURCES)


@pytest.fixture
def desk(qtbot, face, tmp_path) -> Iterator[Office]:
    with office(qtbot, face, tmp_path, photos.SPEC, reports.SPEC) as made:
        made.window.resize(1280, 800)
        made.settle()
        yield made


def pictures(folder: Path) -> list[Path]:
    """Two photographs: real ones where they lie beside the checkout, otherwise our own."""
    folder.mkdir()
    real = sorted(SHARED_PHOTOS.rglob("*.jpg"))[:2] if SHARED_PHOTOS.is_dir() else []
    made = {path.name: path.read_bytes() for path in real if path.stat().st_size > 1_000}
    made = made or {"하나.jpg": jpeg(1600, 1200, exif=field_exif()), "둘.jpg": jpeg(1500, 1200)}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


def test_photographs_become_a_case_and_the_case_a_photo_sheet_that_can_be_read(desk, qtbot, tmp_path) -> None:
    # New photographs become a case of their own.
    files = pictures(tmp_path / "들여올 사진")
    desk.page.add_files(files)
    qtbot.waitUntil(lambda: desk.page.findChild(TargetWindow) is not None)
    asked = desk.page.findChild(TargetWindow)
    asked.new.click()
    asked.title.setText("솔빛동 보도 턱 파손")
    qtbot.keyClick(asked.title, Qt.Key.Key_Return)
    desk.settle()
    assert desk.page._result.text().startswith(f"추가 {len(files)}")

    # The newest of them is given its caption.
    desk.page.wall.setFocus()
    qtbot.keyClick(desk.page.wall, Qt.Key.Key_Home)
    desk.page.wall.step(0)
    desk.settle()
    desk.page.details.form.form.rows["caption"].editor.entry.setText("턱이 깨진 자리")
    desk.page.settle()
    desk.settle()

    # Enter opens the case, Ctrl+P brings its report.
    qtbot.keyClick(desk.page.wall, Qt.Key.Key_Return)
    desk.settle()
    case = desk.window.case_id
    assert desk.workspace.store.find(case).text("title") == "솔빛동 보도 턱 파손"
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    qtbot.keyClick(desk.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    page = desk.page
    assert page.chosen.cases == (case,)

    # The photo sheet, one picture to a page, is filed with one press.
    (tmp_path / "보고").mkdir()
    page.filing.remember(tmp_path / "보고")
    page.options.templates["R4"].click()
    page.options.arranged["1"].click()
    qtbot.waitUntil(lambda: not page.proof.building, timeout=20_000)
    page._file.click()
    desk.settle()
    (path,) = (tmp_path / "보고").iterdir()
    text = text_of(path.read_bytes())
    number = desk.workspace.store.find(case).text("case_no")
    for said in (number, "솔빛동 보도 턱 파손", "턱이 깨진 자리", "조치 전"):
        assert said in text
    assert page.proof.preview.page_count == len(files)
    assert path.name in page._earlier.item(0).text()
    assert desk.workspace.store.verify().sound
    assert desk.shown == []
