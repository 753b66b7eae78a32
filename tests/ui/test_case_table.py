from __future__ import annotations

from array import array
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView

from fieldlog.domain.clock import KST
from fieldlog.domain.effects import Effects
from fieldlog.domain.errors import DiskTrouble
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.record import CaseRow
from fieldlog.domain.traffic_light import Light, Remaining
from fieldlog.services.browsing import CaseLine
from fieldlog.ui.models import case_table
from fieldlog.ui.models.case_columns import COLUMNS
from fieldlog.ui.models.case_table import CASE_ROLE, PAGE, RAW_ROLE, CaseTable
from fieldlog.ui.pages.cases.table import CaseList
from fieldlog.ui.widgets.mark_cells import MARK_ROLE
from fieldlog.ui.widgets.marks import Mark

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

AT = {column.key: place for place, column in enumerate(COLUMNS)}
LATE = Remaining(
    light=Light.RED, left=timedelta(), late_by=timedelta(hours=8), words=Phrase("1근무일 지남", "1 d late")
)


def line(row, title=None) -> CaseLine:
    case = CaseRow(
        row=row,
        id=f"case-{row}",
        case_no=f"HB-2026-{row:04d}",
        title=title or f"제목 {row}",
        stage="RECEIVED",
        category_code="ROAD_POTHOLE",
        severity=5 - row % 5,
        urgency="NORMAL",
        petition_type=None,
        channel=None,
        reported_at=None,
        received_at="2026-11-20T10:00:00+09:00",
        period_value=None,
        period_unit=None,
        due_at="2026-11-25T18:00:00+09:00" if row % 2 else None,
        answered_at=None,
        lead_dept_id="ROAD",
        owner_user_id=None,
        priority_score=1.0,
        place=None if row % 2 else "약국 앞",
        lat=None,
        lon=None,
        photos=row % 3,
        conflicts=0,
        changed_at=datetime(2026, 11, 22, 14, 20, tzinfo=KST),
    )
    return CaseLine(
        case, Phrase("포트홀", "Pothole"), Phrase("도로과", "Roads Division"), LATE if row % 4 == 1 else None
    )


class Office:
    """Rows in an order, newest first; what is asked of it is noted."""

    def __init__(self, count) -> None:
        self.rows = list(range(count, 0, -1))
        self.titles: dict[int, str] = {}
        self.read: list[int] = []
        self.broken = False

    def look(self, _workspace, asked) -> Look:
        return Look(self, asked)

    def ordered(self, asked) -> list[int]:
        return self.rows if asked.descending else self.rows[::-1]

    def line(self, row) -> CaseLine:
        return line(row, self.titles.get(row))


class Look:
    def __init__(self, office, asked) -> None:
        self.office, self.asked = office, asked

    def begin(self, count) -> tuple[CaseLine, ...]:
        return tuple(self.office.line(row) for row in self.office.ordered(self.asked)[:count])

    def gather(self, _stopped) -> array[int]:
        return array("q", self.office.ordered(self.asked))

    def lines(self, rows) -> dict[int, CaseLine]:
        if self.office.broken:
            raise DiskTrouble(plain("a"), plain("b"), plain("c"))
        self.office.read += rows
        return {row: self.office.line(row) for row in rows if row in self.office.rows}

    def rows_of(self, cases) -> tuple[int, ...]:
        return tuple(int(case.split("-")[1]) for case in cases)

    def moves(self, order, rows) -> tuple[Any, ...]:
        now, moves = list(order), []
        for row in rows:
            before = now.index(row) if row in now else None
            if before is not None:
                del now[before]
            rest = [each for each in self.office.ordered(self.asked) if each in now or each == row]
            after = rest.index(row) if row in rest else None
            if after is not None:
                now.insert(after, row)
            if before != after:
                moves.append((row, before, after))
        return tuple(moves)


@pytest.fixture
def office() -> Office:
    return Office(300)


@pytest.fixture
def model(qtbot, face, lanes, bus, office) -> CaseTable[Any]:
    made = CaseTable(face, lanes, bus, office.look)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


@pytest.fixture
def shown(qtbot, model) -> CaseTable[Any]:
    with qtbot.waitSignal(model.counted, check_params_cb=lambda _count, whole: whole):
        model.show_filter(CaseFilter())
    return model


def words(model, position) -> list[Any]:
    return [model.index(position, column).data() for column in range(model.columnCount())]


def read(qtbot, model, position) -> None:
    model.index(position, 0).data()
    qtbot.waitUntil(lambda: model.line_at(position) is not None)


def tell(bus, *rows: int) -> None:
    bus.effects_happened.emit(Effects(cases=frozenset(f"case-{row}" for row in rows)), None)


def test_the_first_page_is_there_before_the_rest_is_counted(qtbot, model) -> None:
    counts = []
    model.counted.connect(lambda count, whole: counts.append((count, whole)))
    model.show_filter(CaseFilter())
    qtbot.waitUntil(lambda: len(counts) == 2)
    assert counts == [(PAGE, False), (300, True)]
    assert model.case_at(0) == "case-300"


def test_a_short_list_needs_no_second_look(qtbot, model, office) -> None:
    office.rows = office.rows[:3]
    with qtbot.waitSignal(model.counted) as told:
        model.show_filter(CaseFilter())
    assert told.args == [3, True]


def test_a_row_speaks_korean_and_english(qtbot, shown, face) -> None:
    assert words(shown, 3) == [
        "HB-2026-0297",
        "제목 297",
        "접수",
        "포트홀",
        "보통",
        "1근무일 지남",
        None,
        "도로과",
        None,
        "2026. 11. 22.(일) 14:20",
    ]
    with qtbot.waitSignals([shown.headerDataChanged, shown.dataChanged]):
        face.speak("en")
    assert words(shown, 3)[3:8] == ["Pothole", "Medium", "1 d late", None, "Roads Division"]


def test_headers_are_the_words_of_the_registry(shown, face) -> None:
    heads = [shown.headerData(at, Qt.Orientation.Horizontal) for at in range(shown.columnCount())]
    assert heads[:3] == ["사안번호", "제목", "상태"]
    face.speak("en")
    assert shown.headerData(AT["place"], Qt.Orientation.Horizontal) == "Place"
    assert shown.headerData(0, Qt.Orientation.Vertical) is None


def test_cells_carry_their_values_marks_and_case(shown) -> None:
    index = shown.index(3, AT["severity"])
    assert index.data(RAW_ROLE) == 3
    assert isinstance(index.data(MARK_ROLE), Mark)
    assert index.data(CASE_ROLE) == "case-297"
    assert shown.index(3, AT["due"]).data(MARK_ROLE).word.en == "1 d late"
    assert shown.index(0, AT["due"]).data(MARK_ROLE) is None
    assert shown.index(3, AT["photos"]).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_an_empty_cell_says_what_is_missing_to_a_screen_reader(shown) -> None:
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert shown.index(3, AT["place"]).data(spoken) == "장소 없음"
    assert shown.index(3, AT["photos"]).data(spoken) == "사진 없음"
    assert shown.index(1, AT["photos"]).data(spoken) == "사진 2장"
    assert shown.index(3, AT["title"]).data(spoken) == "제목 297"


def test_only_what_is_looked_at_is_read(qtbot, shown, office) -> None:
    assert shown.index(200, 0).data() is None
    qtbot.waitUntil(lambda: shown.line_at(200) is not None)
    assert shown.index(200, 0).data() == "HB-2026-0100"
    assert set(office.read) == set(range(300 - 3 * PAGE, 300 - 4 * PAGE, -1))


def test_a_line_that_was_read_is_not_read_again(qtbot, shown, office) -> None:
    read(qtbot, shown, 200)
    before = len(office.read)
    read(qtbot, shown, 201)
    assert len(office.read) == before


def test_a_click_on_a_header_sorts_where_the_list_can_be_sorted(qtbot, shown) -> None:
    with qtbot.waitSignal(shown.asked_changed) as told:
        shown.sort(AT["changed"], Qt.SortOrder.AscendingOrder)
    assert (told.args[0].sort, told.args[0].descending) == ("updated", False)
    qtbot.waitUntil(lambda: shown.case_at(0) == "case-1")
    assert shown.shown_sort() == (AT["changed"], Qt.SortOrder.AscendingOrder)
    asked = shown.asked
    shown.sort(AT["title"], Qt.SortOrder.AscendingOrder)
    shown.sort(AT["changed"], Qt.SortOrder.AscendingOrder)
    assert shown.asked is asked


def test_an_edited_case_moves_and_stays_selected(qtbot, shown, office, bus) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(shown)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    read(qtbot, shown, 250)
    view.selectRow(250)
    office.rows.remove(50)
    office.rows.insert(0, 50)
    office.titles[50] = "고친 제목"
    with qtbot.waitSignal(shown.rowsMoved):
        tell(bus, 50)
    assert shown.index(0, AT["title"]).data() == "고친 제목"
    assert [index.row() for index in view.selectionModel().selectedRows()] == [0]


def test_a_change_in_place_redraws_one_row(qtbot, shown, office, bus) -> None:
    office.titles[290] = "고친 제목"
    with qtbot.waitSignal(shown.dataChanged) as told:
        tell(bus, 290)
    assert (told.args[0].row(), told.args[1].row()) == (10, 10)
    assert shown.index(10, AT["title"]).data() == "고친 제목"


def test_a_new_case_comes_in_and_a_removed_one_goes(qtbot, shown, office, bus) -> None:
    office.rows.insert(0, 301)
    with qtbot.waitSignal(shown.rowsInserted):
        tell(bus, 301)
    assert (shown.rowCount(), shown.case_at(0)) == (301, "case-301")
    office.rows.remove(300)
    with qtbot.waitSignal(shown.rowsRemoved):
        tell(bus, 300)
    assert (shown.rowCount(), shown.case_at(1)) == (300, "case-299")


def test_many_changes_at_once_arrange_the_list_anew_and_keep_the_selection(qtbot, shown, office, bus) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(shown)
    view.setCurrentIndex(shown.index(5, 0))
    view.selectionModel().select(shown.index(7, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    office.rows = office.rows[100:200] + office.rows[:100] + office.rows[200:] + [999]
    with qtbot.waitSignal(shown.layoutChanged):
        tell(bus, *range(100, 200))
    assert shown.rowCount() == 301
    assert view.currentIndex().row() == 105
    assert [index.row() for index in view.selectionModel().selectedIndexes()] == [107]


def test_what_is_saved_while_the_list_is_being_read_is_not_missed(qtbot, model, office, bus) -> None:
    office.rows = office.rows[:3]
    model.show_filter(CaseFilter())
    bus.effects_happened.emit(Effects(cases=frozenset({"case-300"})), None)
    qtbot.waitUntil(lambda: 300 in office.read)
    assert model.rowCount() == 3


def test_effects_without_cases_read_nothing(qtbot, shown, office, bus) -> None:
    bus.effects_happened.emit(Effects(), None)
    qtbot.wait(30)
    assert office.read == []


def test_a_case_is_found_by_its_position(qtbot, shown) -> None:
    found = []
    shown.find("case-100", found.append)
    shown.find("case-999", found.append)
    qtbot.waitUntil(lambda: len(found) == 2)
    assert sorted(found, key=str) == [200, None]


def test_only_the_newest_filter_is_shown(qtbot, model) -> None:
    for down in (True, False, True, False):
        model.show_filter(CaseFilter(descending=down))
    with qtbot.waitSignal(model.counted, check_params_cb=lambda _count, whole: whole):
        pass
    assert model.case_at(0) == "case-1"


def test_a_failing_disk_is_told_and_the_list_reads_on(qtbot, shown, lanes, office) -> None:
    told = []
    lanes.failed = told.append
    office.broken = True
    shown.index(200, 0).data()
    qtbot.waitUntil(lambda: bool(told))
    office.broken = False
    read(qtbot, shown, 200)
    assert isinstance(told[0], DiskTrouble)


def test_rows_about_to_be_painted_are_there_before_they_are_painted(shown, office, monkeypatch) -> None:
    monkeypatch.setattr(case_table, "_PATIENCE", 10)
    office.read.clear()
    shown.fill(100, 120)
    assert shown.line_at(100).case.row == 200
    assert shown.line_at(120).case.row == 180
    assert shown.line_at(140) is None
    office.read.clear()
    shown.fill(100, 120)
    shown.fill(5_000, 5_010)
    assert not office.read


def test_rows_that_are_slow_to_come_are_shown_when_they_come(qtbot, shown, office, monkeypatch) -> None:
    monkeypatch.setattr(case_table, "_PATIENCE", 0)
    with qtbot.waitSignal(shown.dataChanged):
        shown.fill(290, 299)
    assert shown.line_at(299).case.row == 1


def test_rows_that_cannot_be_read_are_told_once_and_asked_for_again(
    qtbot, shown, office, lanes, monkeypatch
) -> None:
    told: list[Any] = []
    lanes.failed = told.append
    office.broken = True
    shown.fill(100, 120)
    qtbot.waitUntil(lambda: len(told) == 1)
    office.broken = False
    monkeypatch.setattr(case_table, "_PATIENCE", 10)
    shown.fill(100, 120)
    assert shown.line_at(100).case.row == 200


class ByQt(CaseList):
    """The list as the view itself would draw it: cell by cell through its delegates."""

    def paintEvent(self, event) -> None:  # noqa: N802
        QTableView.paintEvent(self, event)


def seen(view) -> QImage:
    drawn: QImage = view.viewport().grab().toImage()
    return drawn


@pytest.fixture
def lists(qtbot, face, memory, shown) -> tuple[CaseList, ByQt]:
    views = CaseList(face, memory, shown), ByQt(face, memory, shown)
    for view in views:
        qtbot.addWidget(view)
        view.resize(1300, 500)
        view.fit()
    return views


def test_a_row_is_drawn_at_once_as_its_cells_would_be_one_by_one(face, lists) -> None:
    drawn, by_qt = lists
    for theme in face.themes:
        face.wear(theme)
        assert seen(drawn) == seen(by_qt)
    for view in lists:
        view.selectRow(2)
        view.title.seek("제목 29")
        view.resize(700, 333)
        view.verticalScrollBar().setValue(171)
        view.horizontalScrollBar().setValue(40)
    assert seen(drawn) == seen(by_qt)
    drawn.selectRow(4)
    assert seen(drawn) != seen(by_qt)


def test_only_what_has_to_be_drawn_again_is_drawn(lists, monkeypatch) -> None:
    drawn, _ = lists
    asked = []
    painted = drawn._cases.painted
    monkeypatch.setattr(
        drawn._cases, "painted", lambda first, last: asked.append((first, last)) or painted(first, last)
    )
    height = drawn.rowHeight(0)
    drawn.viewport().grab(QRect(0, 3 * height + 1, 50, height))
    assert asked == [(3, 4)]


def test_an_empty_list_draws_nothing(qtbot, lists, model, office) -> None:
    office.rows.clear()
    with qtbot.waitSignal(model.counted, check_params_cb=lambda count, _whole: not count):
        model.refresh()
    drawn = seen(lists[0])
    assert {drawn.pixel(x, y) for x in range(0, 400, 7) for y in range(0, 300, 7)} == {drawn.pixel(1, 1)}
