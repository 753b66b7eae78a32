"""Korean is typed safely: domain specification 5.4 and scenario A14."""

from __future__ import annotations

import pytest
from helpers.composing import commit, compose, type_pothole
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.command import Command
from fieldlog.ui.shortcuts import Shortcuts
from fieldlog.ui.widgets.parts import button, column
from fieldlog.ui.widgets.text_entry import Line, Lines, commit_composition

TITLE = Phrase("제목", "Title")
SAVE = Phrase("저장", "Save")


class Form(QDialog):
    """A title, another field, a button, a shortcut and a default button."""

    def __init__(self, face) -> None:
        super().__init__()
        self.stored: list[str] = []
        self.title, self.other = Line(face, TITLE), Lines(face, TITLE)
        self.title.settled.connect(self.stored.append)
        self.save_button = button(face, SAVE, self.save)
        self.default = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        self.default.accepted.connect(self.accept)
        self.setLayout(column(self.title, self.other, self.save_button, self.default))
        Shortcuts(self, face.keys).add([Command("save", SAVE, self.save, ("Ctrl+S",))])

    def save(self) -> None:
        commit_composition()
        self.title.settle()


@pytest.fixture
def form(qtbot, face) -> Form:
    made = Form(face)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.title.setFocus()
    qtbot.waitUntil(made.title.hasFocus)
    return made


def by_shortcut(qtbot, form) -> None:
    qtbot.keyClick(form.title, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def by_click(qtbot, form) -> None:
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)


def by_tab(qtbot, form) -> None:
    qtbot.keyClick(form.title, Qt.Key.Key_Tab)


def by_enter(qtbot, form) -> None:
    qtbot.keyClick(form.title, Qt.Key.Key_Return)


@pytest.mark.parametrize("way", [by_shortcut, by_click, by_tab, by_enter])
def test_the_last_syllable_is_stored_whichever_way_one_saves(qtbot, form, way) -> None:
    """Scenario A14."""
    type_pothole(form.title)
    way(qtbot, form)
    assert form.stored == ["포트홀"]
    assert form.title.text() == "포트홀"
    assert form.title.preedit() == ""


def test_enter_while_composing_does_not_press_the_default_button(qtbot, form) -> None:
    type_pothole(form.title)
    qtbot.keyClick(form.title, Qt.Key.Key_Return)
    assert form.isVisible()
    qtbot.keyClick(form.title, Qt.Key.Key_Return)
    assert not form.isVisible()


def test_a_syllable_committed_by_the_input_method_is_not_doubled(form) -> None:
    type_pothole(form.title)
    commit(form.title, "홀")
    commit_composition()
    assert form.title.value() == "포트홀"


def test_what_is_being_composed_is_seen_in_its_place(form) -> None:
    commit(form.title, "포홀")
    form.title.setCursorPosition(1)
    compose(form.title, "트")
    assert form.title.live_text() == "포트홀"
    assert form.title.value() == "포홀"


def test_a_text_arriving_from_elsewhere_does_not_disturb_composing(form) -> None:
    compose(form.title, "포")
    form.title.set_value("다른 제목")
    assert form.title.live_text() == "포"


def test_settled_comes_once_and_only_for_a_change(form) -> None:
    form.title.set_value("포트홀")
    form.title.settle()
    commit(form.title, " 보수")
    form.title.settle()
    form.title.settle()
    assert form.stored == ["포트홀 보수"]


def test_syllables_typed_or_pasted_in_parts_are_stored_whole(form) -> None:
    form.title.setText("포트홀")
    assert form.title.value() == "포트홀"


def test_too_long_a_text_is_marked_after_commit_and_nothing_is_cut(qtbot, face) -> None:
    line = Line(face, TITLE, longest=2)
    qtbot.addWidget(line)
    commit(line, "포트")
    compose(line, "홀")
    assert not line.property("wrong")
    commit(line, "홀")
    assert line.property("wrong")
    assert line.value() == "포트홀"
    assert "1자" in line.toolTip()
    line.setText("포트")
    assert not line.property("wrong")
    assert line.toolTip() == ""


def test_lines_keep_composition_on_tab_and_tab_goes_on(qtbot, form) -> None:
    form.other.setFocus()
    told = []
    form.other.settled.connect(told.append)
    type_pothole(form.other)
    qtbot.keyClick(form.other, Qt.Key.Key_Tab)
    assert told == ["포트홀"]
    assert not form.other.hasFocus()


def test_enter_in_lines_while_composing_commits_without_a_new_line(qtbot, form) -> None:
    form.other.setFocus()
    type_pothole(form.other)
    qtbot.keyClick(form.other, Qt.Key.Key_Return)
    assert form.other.value() == "포트홀"
    qtbot.keyClick(form.other, Qt.Key.Key_Return)
    assert form.other.value() == "포트홀\n"


def test_lines_show_what_is_composed_in_its_place(form) -> None:
    form.other.setFocus()
    commit(form.other, "가\n나")
    compose(form.other, "다")
    assert form.other.live_text() == "가\n나다"


def test_entries_have_a_name_and_it_follows_the_language(form, face) -> None:
    assert form.title.accessibleName() == "제목"
    face.speak("en")
    assert form.title.accessibleName() == "Title"
