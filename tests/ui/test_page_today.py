from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.makers import HERE, drafted, jpeg, picture, received
from helpers.stores import MONDAY, SteppingClock, environment, practice_store
from helpers.windows import sitting, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.period import parse_period
from fieldlog.services import browsing, drafting, recording
from fieldlog.services.photographs import add_photos
from fieldlog.ui.jobs import Write
from fieldlog.ui.pages.today.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_THREE = {"planned_at": "2026-11-23T15:00"}


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(MONDAY)


@pytest.fixture
def person(tmp_path, face, clock) -> Iterator:
    """Somebody with one late case, one due today, one due this week, a bare draft and a pictured one."""
    store = practice_store(tmp_path / "store", clock)
    clock.go(days=-20)
    received(store, "늦은 민원", period=parse_period("7d"))
    clock.go(days=20)
    received(store, "오늘까지 민원", period=parse_period("6h"))
    received(store, "이번 주 민원", period=parse_period("3d"))
    drafted(store, "위치 없는 사안")
    case = drafted(store, "사진 있는 사안", place=HERE)
    list(add_photos(store, case, [picture(1)]))
    store.close()
    with sitting(tmp_path / "store", face, environment(clock)) as made:
        made.opened()
        made.go("today")
        yield made


def titles(page, key: str) -> list[str]:
    return [line._title.ko for line in page.sections[key].lines]


def test_what_is_due_stands_under_its_heading(person) -> None:
    page = person.window.page
    assert titles(page, "overdue") == ["늦은 민원"]
    assert titles(page, "today") == ["오늘까지 민원"]
    assert titles(page, "week") == ["이번 주 민원"]
    assert titles(page, "no_place") == ["위치 없는 사안"]
    assert set(titles(page, "mine")) == {"늦은 민원", "오늘까지 민원", "이번 주 민원"}


def test_the_visits_of_today_stand_first_and_lead_to_the_visits_of_their_case(person) -> None:
    page, store = person.window.page, person.session.workspace
    assert page.sections["visits"].isHidden()
    case = browsing.list_cases(store, CaseFilter(query="사진 있는"), limit=1).cases[0].id
    Write(person.session.lanes, lambda w: recording.add_part(w, case, "visit", AT_THREE)).start(page)
    until(lambda: titles(page, "visits") == ["사진 있는 사안"], "the visit")
    line = page.sections["visits"].lines[0]
    assert "15:00" in line.accessibleName()
    line.click()
    person.wait()
    assert person.window._trail.here.case_id == case


def test_the_counts_stand_above_and_on_the_rail(person) -> None:
    page = person.window.page
    counts = {subject: tally._number.text() for subject, tally in page.tallies.items()}
    assert counts == {"overdue": "1", "today": "1", "week": "1", "mine": "3", "no_place": "1"}
    assert page.tallies["overdue"].accessibleName() == "기한 초과 1건"
    assert person.window.rail._buttons["today"]._count == 2


def test_the_newest_records_show_their_first_photograph(person) -> None:
    page = person.window.page
    recent = page.sections["recent"].lines
    assert recent[0]._title.ko == "사진 있는 사안"
    until(lambda: page.sections["recent"].lines[0]._picture is not None, "the thumbnail")


def test_a_line_opens_its_case(person) -> None:
    line = person.window.page.sections["overdue"].lines[0]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    person.wait()
    assert person.window._trail.here.case_id is not None


def test_the_arrow_keys_walk_through_all_lines(person, qtbot) -> None:
    page = person.window.page
    person.window.activateWindow()
    first = page.sections["overdue"].lines[0]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert page.sections["today"].lines[0].hasFocus()
    QTest.keyClick(page.sections["today"].lines[0], Qt.Key.Key_Up)
    assert first.hasFocus()


def test_a_line_says_everything_to_a_screen_reader(person) -> None:
    name = person.window.page.sections["overdue"].lines[0].accessibleName()
    assert name.startswith("늦은 민원, HB-2026-")
    assert name.endswith("지남")


def test_a_tally_shows_all_of_its_cases(person) -> None:
    person.window.page.tallies["overdue"].click()
    person.wait()
    page = person.window.page
    assert type(page).__name__ == "CasesPage"
    assert page._asked.due == "overdue"


def test_a_save_elsewhere_is_shown_at_once(person) -> None:
    from fieldlog.ui.jobs import Write

    draft = recording.CaseDraft(title="방금 기록", category="ROAD_POTHOLE")
    Write(person.session.lanes, lambda w: recording.record_case(w, draft)).start()
    page = person.window.page
    until(lambda: titles(page, "recent")[0] == "방금 기록", "the new record")


def test_unfinished_typing_is_listed_and_gone_on_with(person) -> None:
    drafting.keep_draft(person.workspace, "quick", {"title": "적다 만 제목", "photos": [{}, {}]})
    page = person.go("today")
    page.refresh()
    person.wait()
    (line,) = page.sections["unfinished"].lines
    assert line._title.ko == "적다 만 제목"
    assert "사진 2장" in line._below.ko
    line.click()
    person.wait()
    assert person.window._quick.isVisible()


def test_an_empty_store_offers_the_one_action_that_fills_it(tmp_path, face) -> None:
    practice_store(tmp_path / "store").close()
    with sitting(tmp_path / "store", face) as person:
        person.opened()
        page = person.go("today")
        assert page._states.currentIndex() == 1
        page._states.currentWidget().action.click()
        person.wait()
        assert person.window._quick.isVisible()


def test_in_a_narrow_window_all_stands_in_one_column(person) -> None:
    page = person.window.page
    person.window.resize(660, 600)
    until(lambda: page.width() < 820, "the narrow window")
    person.wait()
    assert page._right.geometry().top() > page._left.geometry().bottom()
    person.window.resize(1280, 800)
    until(lambda: page.width() > 820, "the wide window")
    person.wait()
    assert page._right.geometry().left() > page._left.geometry().right()


def test_a_long_line_is_cut_and_not_overlapped(face, qtbot) -> None:
    from PySide6.QtGui import QImage

    from fieldlog.domain.phrase import plain

    line = Line(face, plain("긴 제목 " * 40), plain("아래 " * 60), pictured=True)
    qtbot.addWidget(line)
    line.resize(200, 52)
    line.show_picture(QImage.fromData(jpeg(3)))
    line.show_picture(None)
    assert not line.grab().isNull()
    assert line.minimumSizeHint().width() <= 200
