from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from helpers.composing import type_pothole
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.command import Command
from fieldlog.ui.page import CasePage, Furnishing, Page, PageSpec
from fieldlog.ui.widgets.parts import column
from fieldlog.ui.widgets.text_entry import Line
from fieldlog.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Phrase("사안", "Cases")
SETTINGS = Phrase("설정", "Settings")
_NEEDS = ("face", "lanes", "bus", "messages", "memory", "clock")


class Paper(Page):
    """A page that remembers what was asked of it."""

    def __init__(self, context, name: str) -> None:
        super().__init__()
        self.context, self.asked, self.stays = context, [], False
        self.entry = Line(context.face, plain(name))
        self.setLayout(column(self.entry, None))

    def arrive(self, **wanted: Any) -> None:
        self.asked.append(("arrive", wanted))

    def settle(self) -> None:
        self.asked.append(("settle", self.entry.value()))

    def may_leave(self) -> bool:
        return not self.stays

    def focus_search(self) -> bool:
        self.entry.setFocus()
        return True

    def step(self, by: int) -> bool:
        self.asked.append(("step", by))
        return True

    def commands(self) -> list[Command]:
        return [
            Command("print", Phrase("보고서 인쇄", "Print"), lambda: self.asked.append("print"), ("Ctrl+P",))
        ]


class Case(CasePage):
    def __init__(self, context) -> None:
        super().__init__()
        self.shown = []
        self.setLayout(column(Line(context.face, plain("제목")), None))

    def show_case(self, case_id: str, *, field: str | None = None) -> None:
        self.shown.append((case_id, field))


@pytest.fixture
def furnishing() -> Furnishing[Any]:
    return Furnishing(
        pages=(
            PageSpec("cases", "folder-open", CASES, lambda c: Paper(c, "cases")),
            PageSpec("photos", "images", Phrase("사진", "Photos"), lambda c: Page()),
            PageSpec("settings", "settings", SETTINGS, lambda c: Paper(c, "settings")),
        ),
        case=Case,
        quick=lambda _c: QWidget(),
    )


@pytest.fixture
def open_window(request: pytest.FixtureRequest, qtbot, furnishing) -> Callable[[], MainWindow[Any]]:
    """Opens windows that share one memory, as one after the other would."""
    given = {name: request.getfixturevalue(name) for name in _NEEDS}

    def open_one() -> MainWindow[Any]:
        made: MainWindow[Any] = MainWindow(furnishing, **given)
        qtbot.addWidget(made)
        made.start()
        made.show()
        made.activateWindow()
        made.setFocus()
        QApplication.processEvents()
        return made

    return open_one


@pytest.fixture
def window(open_window) -> MainWindow[Any]:
    """One window."""
    return open_window()


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.ControlModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_the_first_page_is_shown_and_marked_on_the_rail(window) -> None:
    assert isinstance(window.page, Paper)
    checked = [b.accessibleName() for b in window.rail.findChildren(QAbstractButton) if b.isChecked()]
    assert checked == ["사안"]


def test_pages_are_made_only_when_they_are_asked_for(window, qtbot) -> None:
    assert list(window._pages) == ["cases"]
    press(qtbot, window, Qt.Key.Key_3)
    assert list(window._pages) == ["cases", "settings"]


def test_a_page_is_told_what_the_person_wants_there(window) -> None:
    window.go("settings", section="theme")
    assert window.page.asked[-1] == ("arrive", {"section": "theme"})


def test_leaving_a_page_saves_what_is_being_composed(window, qtbot) -> None:
    page = window.page
    page.entry.setFocus()
    type_pothole(page.entry)
    press(qtbot, window, Qt.Key.Key_3)
    assert ("settle", "포트홀") in page.asked


def test_a_page_may_keep_the_person(window) -> None:
    page, page.stays = window.page, True
    window.go("settings")
    assert window.page is page
    page.stays = False


def test_ctrl_s_settles_and_ctrl_f_finds(window, qtbot) -> None:
    press(qtbot, window, Qt.Key.Key_F)
    assert window.page.entry.hasFocus()
    type_pothole(window.page.entry)
    press(qtbot, window, Qt.Key.Key_S)
    assert window.page.asked[-1] == ("settle", "포트홀")


def test_the_keys_of_a_page_work_only_while_it_is_shown(window, qtbot) -> None:
    page = window.page
    press(qtbot, window, Qt.Key.Key_P)
    assert page.asked[-1] == "print"
    window.go("photos")
    page.asked.clear()
    press(qtbot, window, Qt.Key.Key_P)
    assert "print" not in page.asked


def test_a_case_opens_beside_its_list_with_the_cursor_where_it_is_wanted(window) -> None:
    window.resize(1280, 800)
    window.open_case("c1", field="title")
    QApplication.processEvents()
    assert window._case.shown == [("c1", "title")]
    assert window._case.isVisible()
    assert window.page.isVisible()


def test_in_a_narrow_window_the_case_takes_the_page_and_back_returns(window, qtbot) -> None:
    window.resize(1000, 700)
    window.open_case("c1")
    qtbot.waitUntil(lambda: not window.page.isVisible())
    qtbot.waitUntil(lambda: window._back_button.width() > 20)
    qtbot.mouseClick(window._back_button, Qt.MouseButton.LeftButton)
    assert window.page.isVisible()
    assert not window._case.isVisible()


def test_esc_closes_the_case(window, qtbot) -> None:
    window.open_case("c1")
    press(qtbot, window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not window._beside.isVisible()


def test_alt_arrows_step_in_the_list_and_otherwise_go_back(window, qtbot) -> None:
    press(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.page.asked[-1] == ("step", 1)
    cases = window.page
    window.go("photos")
    press(qtbot, window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page is cases


def test_f2_and_the_large_button_open_the_quick_record(window, qtbot) -> None:
    press(qtbot, window, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
    quick = window._quick
    qtbot.addWidget(quick)
    assert quick.isVisible()
    quick.close()
    qtbot.mouseClick(window.rail.quick, Qt.MouseButton.LeftButton)
    assert window._quick is quick
    assert quick.isVisible()


def test_the_rail_shows_counts_and_never_a_zero(window) -> None:
    button = window.rail._buttons["photos"]
    window.set_count("photos", 12)
    assert button.accessibleName() == "사진, 12건"
    window.set_count("photos", 0)
    assert button.accessibleName() == "사진"


def test_a_save_anywhere_is_told_in_the_status_bar(window, bus) -> None:
    bus.effects_happened.emit(object(), None)
    assert window.status.saved.text() == "저장됨 14:20:05"


def test_a_practice_store_is_marked_all_over(window, face) -> None:
    window.show_store(plain("한빛시"), practice=True)
    mark = window._watermark
    assert mark.isVisible()
    assert mark.geometry() == window.rect()
    assert window.status.practice.isVisible()
    window.resize(900, 600)
    QApplication.processEvents()
    assert mark.geometry() == window.rect()
    assert window.childAt(QPoint(450, 300)) is not mark
    window.show_store(plain("도로과"))
    assert window._watermark is None


def test_what_waits_is_shown_only_when_something_waits(window, clock) -> None:
    window.status.show_waiting(3, clock.now())
    assert window.status.waiting.text() == "대기 3 · 마지막 동기화 14:20"
    window.status.show_waiting(0)
    assert not window.status.waiting.isVisible()


def test_the_palette_finds_by_initials_and_runs(window, qtbot) -> None:
    press(qtbot, window, Qt.Key.Key_K)
    palette = window.palette_box
    assert palette.entry.hasFocus()
    palette.entry.setText("ㅅㅈ")
    assert [palette.list.item(line).text() for line in (0, 1)] == ["사진", "설정"]
    qtbot.keyClick(palette.entry, Qt.Key.Key_Down)
    qtbot.keyClick(palette.entry, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.page.accessibleName() == "설정"


def test_the_palette_also_asks_elsewhere_and_drops_late_answers(window) -> None:
    asked = []
    palette = window.palette_box
    window.add_finder(lambda typed, show: asked.append((typed, show)))
    palette.open([])
    palette.entry.setText("포트")
    palette.entry.setText("포트홀")
    found = [Command("c", plain("포트홀 보수"), lambda: None)]
    asked[0][1](found)
    assert palette.list.count() == 0
    asked[-1][1](found)
    assert palette.list.item(0).text() == "포트홀 보수"


def test_esc_closes_the_palette_and_gives_the_keyboard_back(window, qtbot) -> None:
    window.page.entry.setFocus()
    press(qtbot, window, Qt.Key.Key_K)
    qtbot.keyClick(window.palette_box.entry, Qt.Key.Key_Escape)
    assert not window.palette_box.isVisible()
    assert window.page.entry.hasFocus()


def test_the_window_remembers_its_page_and_rail(window, open_window) -> None:
    window.go("settings")
    window.rail.set_folded(folded=True)
    window.close()
    again = open_window()
    assert again.page.accessibleName() == "설정"
    assert again.rail.width() < 56


def test_a_page_that_will_not_be_left_keeps_the_window_open(window) -> None:
    page, page.stays = window.page, True
    assert not window.close()
    page.stays = False
    assert window.close()


def test_everything_that_takes_the_keyboard_has_a_name_in_both_languages(window, face) -> None:
    window.open_case("c1")
    for language in ("ko", "en"):
        face.speak(language)
        for widget in window.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                told = QAccessible.queryAccessibleInterface(widget)
                assert told.text(QAccessible.Text.Name), widget


def test_every_page_is_reached_by_tab_and_space_on_the_rail(window, qtbot) -> None:
    button = window.rail._buttons["settings"]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert window.page.accessibleName() == "설정"


def test_f1_lists_every_command_with_its_keys(window, qtbot) -> None:
    window.show_shortcuts()
    listed = window.findChild(QWidget, "shortcuts")
    said = {label.text() for label in listed.findChildren(QWidget) if hasattr(label, "text")}
    assert {"빠른 기록", "F2", "명령 팔레트", "Ctrl+K", "보고서 인쇄", "Ctrl+P"} <= said
    listed.close()
