from __future__ import annotations

from typing import Any

import pytest

from fieldlog.ui.models.case_columns import COLUMNS, marks_of
from fieldlog.ui.models.case_table import CaseTable
from fieldlog.ui.pages.cases.table import CaseList
from fieldlog.ui.widgets.marks import mark_width
from fieldlog.ui.widgets.words import PAD

AT = {column.key: place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def view(qtbot, face, lanes, bus, memory) -> CaseList:
    model: CaseTable[Any] = CaseTable(face, lanes, bus, lambda _workspace, _asked: None)  # type: ignore[arg-type,return-value]
    made = CaseList(face, memory, model)
    qtbot.addWidget(made)
    face.wardrobe.dress(made)
    made.resize(1800, 400)
    made.show()
    return made


def assert_words_fit(view: CaseList, face) -> None:
    view.fit()
    below, above = view.fontMetrics(), view.horizontalHeader().fontMetrics()
    for column in COLUMNS:
        width = view.columnWidth(AT[column.key]) - 2 * PAD
        assert width >= above.horizontalAdvance(face.said(column.header)), column.key
        for mark in marks_of(column.key):
            assert width >= mark_width(face, mark, below), mark


@pytest.mark.parametrize("theme", ["light", "sun"])
def test_columns_are_as_wide_as_their_words_in_either_language(face, memory, view, theme) -> None:
    face.wear(theme)
    for language in ("en", "ko", "en"):
        face.speak(language)
        face.wardrobe.finish()
        assert_words_fit(view, face)
    assert memory.text("cases/columns/width/severity") == ""


def test_a_width_that_a_person_chose_stays_in_another_language(face, view) -> None:
    view.fit()
    view.horizontalHeader().resizeSection(AT["severity"], 60)
    face.speak("en")
    assert view.columnWidth(AT["severity"]) == 60


def test_only_columns_of_a_fixed_vocabulary_know_their_marks() -> None:
    assert {column.key for column in COLUMNS if marks_of(column.key)} == {"severity", "stage"}
