from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.casework import Walks, calm
from helpers.composing import commit, compose, type_pothole
from helpers.makers import drafted, received
from helpers.office import profile
from helpers.stores import practice_store
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication

from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.lifecycle_facts import Stage
from fieldlog.services import browsing
from fieldlog.ui.models.case_columns import COLUMNS
from fieldlog.ui.page import PageContext
from fieldlog.ui.pages.cases import CasesPage, filter_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fieldlog.services.workspace import Workspace

AT = {column.key: place for place, column in enumerate(COLUMNS)}
TITLES = ("별빛로 포트홀", "온샘동 가로등 꺼짐", "한빛천 둔치 침수")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = practice_store(tmp_path / "store")
    yield made
    made.close()


@pytest.fixture
def cases(workspace) -> list[str]:
    """Three received cases, the newest last."""
    return [received(workspace, title) for title in TITLES]


@pytest.fixture
def walks() -> Walks:
    return Walks()


@pytest.fixture
def context(request: pytest.FixtureRequest, lanes, walks, workspace) -> PageContext:
    lanes.open(workspace)
    face, bus, messages, memory, clock = (
        request.getfixturevalue(name) for name in ("face", "bus", "messages", "memory", "clock")
    )
    return PageContext(face, lanes, bus, messages, memory, clock, walks)


@pytest.fixture
def still(qtbot, lanes) -> Callable[[], None]:
    return lambda: calm(qtbot, lanes)


@pytest.fixture
def page(qtbot, context, messages, still) -> Callable[..., CasesPage]:
    """Makes the page and waits until it is all there."""

    def open_page(**wanted: object) -> CasesPage:
        made = CasesPage(context)
        qtbot.addWidget(made)
        messages.attach(made)
        made.resize(1280, 700)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.arrive(**wanted)
        still()
        return made

    return open_page


def titles(page) -> list[str]:
    return [page.model.index(line, AT["title"]).data() for line in range(page.model.rowCount())]


def opened(walks) -> list[tuple[str, str | None]]:
    return [what for where, what in walks.asked if where == "case"]


# The list


def test_the_list_shows_the_newest_first_and_counts(cases, page) -> None:
    made = page()
    assert titles(made) == list(reversed(TITLES))
    assert made._count.text() == "3건"


def test_an_empty_store_says_what_will_be_here_and_how_to_fill_it(qtbot, page, walks) -> None:
    made = page()
    assert made._stack.currentWidget() is made._none_yet
    qtbot.mouseClick(made._none_yet.action, Qt.MouseButton.LeftButton)
    assert walks.asked == [("quick", None)]


def test_a_search_follows_the_syllable_being_composed_and_marks_it(qtbot, cases, page, still) -> None:
    made = page()
    made.focus_search()
    compose(made.search, "포")
    qtbot.waitUntil(lambda: titles(made) == ["별빛로 포트홀"])
    commit(made.search, "포")
    compose(made.search, "트")
    still()
    assert titles(made) == ["별빛로 포트홀"]
    qtbot.waitUntil(lambda: [word.text for word in made.list.title._query.words] == ["포트"])
    assert made.search.hasFocus()


@pytest.mark.parametrize("typed", ["ㅍㅌㅎ", "vhxmghf", "포트홀"])
def test_initials_and_the_wrong_keyboard_find_too(qtbot, cases, page, typed) -> None:
    made = page()
    commit(made.search, typed)
    qtbot.waitUntil(lambda: titles(made) == ["별빛로 포트홀"])


def test_nothing_found_says_so_and_leads_back_to_all(qtbot, cases, page) -> None:
    made = page()
    commit(made.search, "없는말이다")
    qtbot.waitUntil(lambda: made._stack.currentWidget() is made._none_found)
    qtbot.mouseClick(made._none_found.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.model.rowCount() == 3)
    assert made.search.text() == ""


def test_a_header_sorts_and_the_arrow_stands_there(qtbot, cases, page, still) -> None:
    made = page()
    heading = made.list.horizontalHeader()
    assert heading.sortIndicatorSection() == AT["changed"]
    made.list.sortByColumn(AT["number"], Qt.SortOrder.AscendingOrder)
    still()
    assert titles(made) == list(TITLES)
    assert heading.sortIndicatorSection() == AT["number"]
    assert made._asked.sort == "case_no"


def test_columns_put_off_stay_off_and_widths_are_remembered(cases, page, memory) -> None:
    made = page()
    made.list.set_column("severity", shown=False)
    made.list.horizontalHeader().resizeSection(AT["number"], 150)
    again = page()
    assert again.list.isColumnHidden(AT["severity"])
    assert again.list.columnWidth(AT["number"]) == 150
    assert not again.list.column_menu().actions()[3].isChecked()


def test_where_there_is_little_room_the_title_stays_and_columns_step_back(qtbot, cases, page) -> None:
    made = page()
    made.resize(620, 700)
    qtbot.waitUntil(lambda: made.list.isColumnHidden(AT["place"]))
    assert not made.list.isColumnHidden(AT["number"])
    assert made.list.columnWidth(AT["title"]) >= 200


# Opening


def test_resting_on_a_case_opens_it_beside(qtbot, cases, page, walks) -> None:
    made = page()
    made.list.setFocus()
    made.list.selectRow(1)
    qtbot.waitUntil(lambda: opened(walks) == [(cases[1], None)])
    assert made.list.hasFocus()


def test_in_a_narrow_window_only_enter_opens(qtbot, cases, page, walks) -> None:
    made = page()
    made.resize(900, 700)
    made.list.setFocus()
    made.list.selectRow(1)
    qtbot.wait(250)
    assert opened(walks) == []
    qtbot.keyClick(made.list, Qt.Key.Key_Return)
    assert opened(walks) == [(cases[1], "title")]


def test_alt_arrows_walk_the_list(cases, page, walks) -> None:
    made = page()
    assert made.step(1)
    assert made.step(1)
    assert made.step(-1)
    assert made.step(-1)
    assert [case for case, _field in opened(walks)] == [cases[2], cases[1], cases[2]]


def test_several_cases_go_to_one_report(cases, page, walks) -> None:
    made = page()
    assert not made._report.isEnabled()
    made.list.selectAll()
    assert made._count.text() == "3건 · 3건 선택"
    made._report.click()
    assert walks.asked[-1] == ("reports", {"cases": list(reversed(cases))})


def test_one_to_five_grade_the_chosen_while_the_list_has_the_focus(
    qtbot, workspace, cases, page, still
) -> None:
    made = page()
    made.list.setFocus()
    for line in (0, 2):
        made.list.selectionModel().select(
            made.model.index(line, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    qtbot.keyClick(made.list, Qt.Key.Key_5)
    still()
    graded = [browsing.read_record(workspace, case).text("severity") for case in cases]
    assert graded == ["5", "4", "5"]
    qtbot.keyClick(made.search, Qt.Key.Key_1)
    still()
    assert [browsing.read_record(workspace, case).text("severity") for case in cases] == graded


# Filters


def test_a_filter_is_chosen_from_the_menu_shown_as_a_chip_and_taken_away(
    qtbot, workspace, cases, page, still
) -> None:
    drafted(workspace, "쓰다 만 사안")
    made = page()
    stages = made.filters.filter_menu().actions()[0].menu()
    next(action for action in stages.actions() if action.text() == "작성중").trigger()
    still()
    assert titles(made) == ["쓰다 만 사안"]
    (key,) = made.filters.chips._chips
    made.filters.chips._chips[key].click()
    still()
    assert len(titles(made)) == 4
    assert not made.filters.chips.isVisible()


def test_a_filter_is_kept_under_a_name_found_again_and_forgotten(
    qtbot, workspace, cases, page, still
) -> None:
    made = page(asked=CaseFilter(categories=("ROAD",), due="week"))
    made.filters.save_asked.emit()
    window = QApplication.activeModalWidget()
    type_pothole(window.entry)
    qtbot.keyClick(window.entry, Qt.Key.Key_Return)
    qtbot.keyClick(window.entry, Qt.Key.Key_Return)
    still()
    ((_record, name, asked),) = browsing.saved_filters(workspace)
    assert (name, asked.categories, asked.due) == ("포트홀", ("ROAD",), "week")
    made.show_filter(CaseFilter())
    menu = made.filters.saved_menu()
    next(action for action in menu.actions() if action.text() == "포트홀").trigger()
    assert made._asked.due == "week"
    menu.actions()[-1].menu().actions()[0].trigger()
    still()
    assert browsing.saved_filters(workspace) == ()


def test_the_filters_that_come_along_are_mine_today_overdue_and_without_place(workspace, page) -> None:
    texts = [action.text() for action in page().filters.saved_menu().actions()]
    assert texts[:4] == ["내 진행중", "오늘 마감", "기한 초과", "위치 없음"]


def test_cases_without_a_place_are_found(workspace, cases, page, still) -> None:
    drafted(workspace, "어디인지 모름")
    made = page()
    made.show_filter(filter_words.built_in("", ())[3].asked)
    still()
    assert titles(made) == ["어디인지 모름"]


def test_a_filter_reads_as_chips_in_both_languages() -> None:
    asked = CaseFilter(
        stages=("IN_ACTION",), categories=("ROAD",), severities=("5",), departments=("ROAD",), owners=("한가람",),
        due="overdue", petitions_only=True, received_from="2026-11-01",
    )  # fmt: skip
    shown = filter_words.chips(asked, profile())
    assert [phrase.ko for phrase in shown.values()] == [
        "상태: 조치중", "분류: 도로·교통시설", "심각도: ■ 즉시 위험", "부서: 도로과", "담당자: 한가람", "기한 초과",
        "민원만", "접수 2026-11-01부터",
    ]  # fmt: skip
    assert shown["due"].en == "Overdue"


def test_every_chip_takes_away_just_its_condition() -> None:
    asked = CaseFilter(
        query="포트홀", stages=("DRAFT", "RECEIVED"), due="today", in_conflict=True, sort="due_at"
    )
    for key in filter_words.chips(asked, profile()):
        left = filter_words.without(asked, key)
        assert set(filter_words.chips(left, profile())) == set(filter_words.chips(asked, profile())) - {key}
    assert filter_words.emptied(asked) == CaseFilter(query="포트홀", sort="due_at")
    assert filter_words.toggled(filter_words.toggled(asked, "stages", "CLOSED"), "stages", "CLOSED") == asked


def test_mine_under_way_asks_for_open_stages_of_one_officer() -> None:
    mine = filter_words.built_in("한가람", (Stage.RECEIVED, Stage.IN_ACTION))[0].asked
    assert (mine.owners, mine.stages) == (("한가람",), ("RECEIVED", "IN_ACTION"))


def test_the_page_speaks_english_too(cases, page, face) -> None:
    made = page()
    face.speak("en")
    assert made._count.text() == "3 cases"
    assert made.model.headerData(AT["title"], Qt.Orientation.Horizontal) == "Title"
