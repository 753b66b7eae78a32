from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, QRect
from PySide6.QtGui import QFontMetrics, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView

from fieldlog.domain.phrase import plain
from fieldlog.ui.widgets.parts import as_table
from fieldlog.ui.widgets.words import PAD, WordDelegate

LONG = "별빛로 보도블록이 바퀴가 빠질 만큼 꺼져 있어 밤에 위험합니다"


@pytest.fixture
def table(qtbot, face) -> QTableView:
    model = QStandardItemModel(1, 2)
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    as_table(face, view, plain("사안"))
    view.setItemDelegateForColumn(0, WordDelegate(face, view))
    view.setItemDelegateForColumn(1, WordDelegate(face, view, right=True))
    view.horizontalHeader().setStretchLastSection(False)
    view.horizontalHeader().resizeSection(0, 120)
    view.horizontalHeader().resizeSection(1, 120)
    view.resize(300, 100)
    return view


def inked(view, left, right) -> list[int]:
    """The columns of pixels between two places that are not plain ground."""
    drawn = view.viewport().grab(QRect(0, 0, 240, view.rowHeight(0))).toImage()
    ground = drawn.pixelColor(2, 2)
    height = drawn.height()
    return [x for x in range(left, right) if any(drawn.pixelColor(x, y) != ground for y in range(height))]


def test_words_begin_at_the_left_and_numbers_end_at_the_right(table) -> None:
    table.model().setItem(0, 0, QStandardItem("포트홀"))
    table.model().setItem(0, 1, QStandardItem("12"))
    assert PAD <= min(inked(table, 0, 120)) <= PAD + 3
    assert 240 - PAD - 3 <= max(inked(table, 120, 240)) <= 240 - PAD


def test_words_that_do_not_fit_are_elided_within_their_cell(table) -> None:
    table.model().setItem(0, 0, QStandardItem(LONG))
    assert max(inked(table, 0, 240)) < 120 - PAD + 1
    table.model().setItem(0, 0, QStandardItem("\ufdfd" * 6))
    assert max(inked(table, 0, 240)) < 120


def test_words_of_several_lines_are_drawn_in_one(face, table) -> None:
    delegate = WordDelegate(face, table)
    assert delegate._fitted("첫 줄\n둘째 줄", 500, QFontMetrics(table.font())) == "첫 줄 둘째 줄"


def test_a_chosen_row_has_the_ground_of_the_theme_also_after_the_theme_changed(table, face) -> None:
    table.model().setItem(0, 0, QStandardItem("포트홀"))
    table.selectionModel().select(table.model().index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    for theme in face.themes:
        face.wear(theme)
        drawn = table.viewport().grab().toImage()
        assert drawn.pixelColor(3, 3).name() == face.hex("selection")


def test_what_was_elided_is_remembered_but_not_for_ever(face, table) -> None:
    delegate, metrics = WordDelegate(face, table), QFontMetrics(table.font())
    for number in range(3_000):
        assert delegate._fitted(f"{LONG} {number}", 80, metrics).endswith("…")
    assert len(delegate._elided) <= 2_048
