"""Through the window: find a case, open it, write in it, and find everything kept when it is opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from helpers.casework import calm
from helpers.composing import commit, compose, type_pothole
from helpers.makers import at_work, jpeg, part, received
from helpers.stores import RESOURCES, practice_store, reopened
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from fieldlog.domain.clock import KST, FixedClock
from fieldlog.domain.phrase import Phrase
from fieldlog.services import browsing
from fieldlog.ui.application import make_application, make_face
from fieldlog.ui.bus import Bus
from fieldlog.ui.case.detail import CaseDetail
from fieldlog.ui.case.move_window import MoveWindow
from fieldlog.ui.jobs import Lanes
from fieldlog.ui.memory import Memory
from fieldlog.ui.messages import Messages
from fieldlog.ui.page import Furnishing, Page, PageSpec
from fieldlog.ui.pages.cases import TITLE, CasesPage
from fieldlog.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.face import Face
    from fieldlog.ui.widgets.text_entry import Line

NOW = datetime(2026, 11, 23, 14, 20, 5, tzinfo=KST)


@dataclass
class Desk:
    """A window over a store, as the official has it before them."""

    workspace: Workspace
    lanes: Lanes[Workspace]
    window: MainWindow[Workspace]
    qtbot: Any

    def still(self) -> None:
        calm(self.qtbot, self.lanes)

    @property
    def page(self) -> CasesPage:
        page = self.window.page
        assert isinstance(page, CasesPage)
        return page

    @property
    def case(self) -> CaseDetail:
        case = self.window._case
        assert isinstance(case, CaseDetail)
        return case

    def vanish(self) -> None:
        """The window is gone without a word, as when the machine stops."""
        if isValid(self.window):
            delete(self.window)
        self.lanes.close()

    def title(self) -> Line:
        return self.case._tabs["overview"]._forms["basics"].form.rows["title"].editor.entry

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.still()

    def record(self, case: str) -> Any:
        return browsing.read_record(self.workspace, case)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return make_application(["fieldlog"])


@pytest.fixture(scope="session")
def face(qapp: QApplication) -> Face:
    return make_face(qapp, RESOURCES)


@pytest.fixture
def sit_down(qtbot, face, tmp_path) -> Iterator[Callable[[Workspace], Desk]]:
    """Opens the window over a store; every window is left as closing the program leaves it."""
    desks: list[Desk] = []

    def sit(workspace: Workspace) -> Desk:
        bus = Bus()
        lanes: Lanes[Workspace] = Lanes(bus)
        lanes.open(workspace)
        messages = Messages(face)
        lanes.failed = messages.show
        pages = (
            PageSpec("cases", "folder-open", TITLE, CasesPage),
            PageSpec("reports", "file-text", Phrase("보고서", "Reports"), lambda _context: Page()),
        )
        window: MainWindow[Workspace] = MainWindow(
            Furnishing(pages, case=CaseDetail),
            face=face,
            lanes=lanes,
            bus=bus,
            messages=messages,
            memory=Memory(tmp_path / "window.ini"),
            clock=FixedClock(NOW),
        )
        window.resize(1360, 860)
        window.start()
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        desk = Desk(workspace, lanes, window, qtbot)
        desks.append(desk)
        desk.still()
        return desk

    yield sit
    for desk in desks:
        desk.vanish()
        desk.workspace.close()


@pytest.fixture
def store(tmp_path: Path) -> Workspace:
    return practice_store(tmp_path / "store")


def open_first(desk: Desk) -> None:
    desk.page.list.setFocus()
    desk.page.list.selectRow(0)
    desk.press(Qt.Key.Key_Return)


def by_save(desk: Desk) -> None:
    desk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def by_click(desk: Desk) -> None:
    desk.qtbot.mouseClick(desk.page.search, Qt.MouseButton.LeftButton)
    desk.page.search.setFocus(Qt.FocusReason.MouseFocusReason)


def by_tab(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Tab)


def by_enter(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Return)


@pytest.mark.parametrize("leave", [by_save, by_click, by_tab, by_enter])
def test_a_title_typed_in_korean_is_whole_however_the_field_is_left(store, sit_down, leave) -> None:
    case = received(store)
    desk = sit_down(store)
    open_first(desk)
    assert desk.title().hasFocus()
    desk.title().selectAll()
    type_pothole(desk.title())
    leave(desk)
    desk.still()
    assert desk.record(case).text("title") == "포트홀"
    assert desk.page.model.line_at(0).case.title == "포트홀"


def test_closing_the_window_keeps_the_syllable_being_composed(store, sit_down) -> None:
    case = received(store)
    desk = sit_down(store)
    open_first(desk)
    desk.title().selectAll()
    type_pothole(desk.title())
    desk.window.close()
    desk.still()
    desk.lanes.close()
    assert desk.record(case).text("title") == "포트홀"


def test_walking_to_the_next_case_saves_the_one_before(store, sit_down) -> None:
    one, other = received(store, "첫 사안"), received(store, "둘째 사안")
    desk = sit_down(store)
    open_first(desk)
    desk.title().selectAll()
    type_pothole(desk.title())
    desk.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert desk.case.case.id == one
    assert desk.record(other).text("title") == "포트홀"
    assert desk.title().text() == "첫 사안"


def test_a_save_is_undone_by_ctrl_z_also_after_the_program_was_closed(store, sit_down) -> None:
    case = received(store)
    desk = sit_down(store)
    open_first(desk)
    desk.title().selectAll()
    commit(desk.title(), "고친 제목")
    by_save(desk)
    desk.window.close()
    desk.still()
    desk.lanes.close()
    desk = sit_down(reopened(store))
    open_first(desk)
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.record(case).text("title") == "별빛로 포트홀"
    assert desk.title().text() == "별빛로 포트홀"


def test_typing_survives_a_program_that_dies(store, sit_down, qtbot) -> None:
    case = received(store)
    desk = sit_down(store)
    open_first(desk)
    desk.title().selectAll()
    commit(desk.title(), "쓰다 만 제목")
    qtbot.wait(1_300)
    desk.still()
    desk.vanish()
    desk = sit_down(reopened(store))
    assert desk.record(case).text("title") == "별빛로 포트홀"
    open_first(desk)
    desk.still()
    assert desk.record(case).text("title") == "쓰다 만 제목"


def test_a_case_goes_from_receipt_to_action_through_the_window(store, sit_down) -> None:
    case = received(store, "한빛천 둔치 침수")
    received(store, "다른 사안")
    desk = sit_down(store)
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    compose(desk.page.search, "ㅊㅅ")
    desk.qtbot.waitUntil(lambda: desk.page.model.rowCount() == 1)
    open_first(desk)
    desk.case.progress.go_on()
    desk.still()
    desk.case.show_tab("visits")
    desk.still()
    visits = desk.case._tabs["visits"]
    visits.add()
    desk.still()
    for press in (visits.start, visits.end):
        press.click()
        desk.still()
    block = visits.observations.blocks["FACT"]
    block.entry.setFocus()
    type_pothole(block.entry)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    for _ in range(2):
        desk.case.progress.go_on()
        desk.still()
    assert desk.record(case).text("stage") == "ANALYZING"
    desk.case.progress.go_on()
    asking = QApplication.activeModalWidget()
    assert isinstance(asking, MoveWindow)
    desk.qtbot.waitUntil(lambda: asking.styleSheet() != "")  # it opens over a page that wears nothing itself
    asking.reject()
    assert [each.text("text") for each in browsing.case_sheet(store, case).of("observation")] == ["포트홀"]


def test_photographs_open_actions_and_the_report_are_at_hand(store, sit_down, tmp_path) -> None:
    case = at_work(store)
    picture = tmp_path / "후.jpg"
    picture.write_bytes(jpeg(4))
    desk = sit_down(store)
    open_first(desk)
    link = desk.case.progress._asked.itemAt(0).widget()
    desk.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    desk.still()
    desk.case._tabs["actions"].done.click()
    desk.still()
    desk.case.progress.go_on()
    desk.still()
    assert desk.record(case).text("stage") == "VERIFYING"
    desk.case.focus_field("photo")
    photos = desk.case._tabs["photos"]
    photos.add_files([picture])
    desk.still()
    assert [photo.text("phase") for photo in browsing.case_sheet(store, case).of("photo")] == ["AFTER"]
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert desk.window._trail.here.page == "reports"


def test_a_case_closed_elsewhere_is_read_only_at_once(store, sit_down) -> None:
    case = received(store)
    part(store, case, "action", title="덧씌우기")
    desk = sit_down(store)
    open_first(desk)
    from fieldlog.domain.editing import Edit

    effects = store.keep([Edit(record=case, kind="case", values={"stage": "CLOSED"})])
    desk.lanes.bus.effects_happened.emit(effects, None)
    desk.still()
    assert desk.title().isReadOnly()
