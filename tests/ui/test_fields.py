from __future__ import annotations

import pytest
from helpers.composing import commit, type_pothole
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.field import Bounds, Field, FieldType, Vocabulary
from fieldlog.ui.widgets.editors import ChoiceEditor, SetEditor, ShownField, editor_for
from fieldlog.ui.widgets.field_form import FieldForm

COLOURS = Vocabulary("colour", {"RED": Phrase("빨강", "Red"), "BLUE": Phrase("파랑", "Blue")})
FIELDS = (
    Field(id=1, name="title", type=FieldType.TEXT, label=Phrase("제목", "Title"), bounds=Bounds(longest=5)),
    Field(id=2, name="note", type=FieldType.LONG_TEXT, label=Phrase("내용", "Note")),
    Field(
        id=3, name="people", type=FieldType.INTEGER, label=Phrase("인원", "People"), bounds=Bounds(least=0)
    ),
    Field(id=4, name="seen_on", type=FieldType.DATE, label=Phrase("본 날", "Seen on")),
    Field(id=5, name="seen_at", type=FieldType.MOMENT, label=Phrase("본 때", "Seen at")),
    Field(id=6, name="safe", type=FieldType.FLAG, label=Phrase("안전 확인", "Safe")),
    Field(id=7, name="colour", type=FieldType.CHOICE, label=Phrase("색", "Colour"), vocabulary=COLOURS),
    Field(id=8, name="colours", type=FieldType.WORDS, label=Phrase("색들", "Colours"), vocabulary=COLOURS),
    Field(id=9, name="words", type=FieldType.WORDS, label=Phrase("낱말", "Words")),
    Field(id=10, name="score", type=FieldType.REAL, label=Phrase("점수", "Score"), derived=True),
)
STORED = {
    "title": "포트홀",
    "note": "첫 줄\n둘째 줄",
    "people": 640,
    "seen_on": "2026-03-09",
    "seen_at": "2026-03-09T14:20:00+09:00",
    "safe": True,
    "colour": "BLUE",
    "colours": ["RED"],
    "words": ["물", "흙"],
    "score": 21.4,
}


@pytest.fixture
def form(qtbot, face) -> FieldForm:
    made = FieldForm(face, FIELDS, columns=2)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)  # a window that is not active yet has no field with the focus
    return made


@pytest.fixture
def edits(form) -> list[tuple[str, object]]:
    heard: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: heard.append((name, value)))
    return heard


def write(form: FieldForm, name: str, text: str) -> None:
    form.focus_field(name)
    entry = form.rows[name].editor.entry
    entry.selectAll()
    commit(entry, text)
    form.rows[name].editor.settle()


def test_what_is_shown_is_what_was_stored_and_showing_saves_nothing(form, edits) -> None:
    form.show_values(STORED)
    form.settle()
    assert edits == []
    assert form.rows["seen_on"].editor.entry.text() == "2026. 3. 9.(월)"
    assert form.rows["seen_at"].editor.entry.text() == "2026. 3. 9.(월) 14:20"
    assert form.rows["words"].editor.entry.text() == "물, 흙"
    assert form.rows["score"].editor.label.text() == "21.4"


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("title", "배수", "배수"),
        ("note", "가\n나", "가\n나"),
        ("people", "1,200", 1200),
        ("seen_on", "2026. 3. 10.", "2026-03-10"),
        ("seen_at", "2026-03-10 09:05", "2026-03-10T09:05:00+09:00"),
        ("words", "물, 모래 ,", ["물", "모래"]),
    ],
)
def test_a_field_saves_what_was_written_as_the_registry_reads_it(form, edits, name, written, value) -> None:
    form.show_values(STORED)
    write(form, name, written)
    assert edits == [(name, value)]


def test_a_date_that_was_understood_is_shown_as_offices_write_it(form) -> None:
    write(form, "seen_on", "2026-03-10")
    assert form.rows["seen_on"].editor.entry.text() == "2026. 3. 10.(화)"


def test_a_day_may_be_picked_and_keeps_the_hour(form, edits) -> None:
    form.show_values(STORED)
    form.rows["seen_at"].editor._take(QDate(2026, 3, 12))
    assert edits == [("seen_at", "2026-03-12T14:20:00+09:00")]


def test_what_cannot_be_a_value_is_kept_in_sight_and_says_why(form, edits) -> None:
    form.show_values(STORED)
    write(form, "people", "많이")
    row = form.rows["people"]
    assert edits == []
    assert row.editor.entry.text() == "많이"
    assert row.state.text() == "저장 안 됨"
    assert "숫자가 아닙니다" in row._wrong.text()
    write(form, "people", "12")
    assert edits == [("people", 12)]
    assert row._wrong.isHidden()


def test_the_mark_turns_from_typing_to_saved(form, edits) -> None:
    form.focus_field("title")
    type_pothole(form.rows["title"].editor.entry)
    assert form.rows["title"].state.text() == "입력 중"
    form.settle()
    assert edits == [("title", "포트홀")]
    form.show_saved("title")
    assert form.rows["title"].state.text() == "저장됨"


def test_a_save_that_failed_says_so_beside_the_field(form) -> None:
    form.show_failed("title", BadInput(plain("what"), plain("디스크가 찼습니다."), plain("비우십시오.")))
    assert form.rows["title"]._wrong.text() == "디스크가 찼습니다. 비우십시오."


def test_a_draft_comes_within_two_seconds_of_typing(qtbot, form) -> None:
    form.focus_field("title")
    with qtbot.waitSignal(form.drafted, timeout=2000) as heard:
        commit(form.rows["title"].editor.entry, "포트")
    assert heard.args == ["title", "포트"]


def test_a_field_being_written_in_is_not_overwritten_by_news(form) -> None:
    form.show_values(STORED)
    form.focus_field("title")
    commit(form.rows["title"].editor.entry, "!")
    form.show_values({**STORED, "title": "남의 제목", "people": 7})
    assert form.rows["title"].editor.entry.text() == "포트홀!"
    assert form.rows["people"].editor.entry.text() == "7"


def test_a_choice_is_saved_when_it_is_made_and_a_wheel_makes_none(qtbot, form, edits) -> None:
    editor = form.rows["colour"].editor
    assert isinstance(editor, ChoiceEditor)
    form.show_values(STORED)
    editor.box.setFocus()
    qtbot.keyClick(editor.box, Qt.Key.Key_Up)
    assert edits == [("colour", "RED")]
    at = QPointF(5, 5)
    wheel = QWheelEvent(
        at, at, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor.box, wheel)
    assert editor.raw() == "RED"


def test_a_code_of_a_newer_version_is_shown_and_kept(form, edits) -> None:
    form.show_values({"colour": "GREEN"})
    form.settle()
    assert form.rows["colour"].editor.box.currentText() == "GREEN"
    assert edits == []


def test_a_set_is_pressed_one_by_one(qtbot, form, edits) -> None:
    editor = form.rows["colours"].editor
    assert isinstance(editor, SetEditor)
    form.show_values(STORED)
    qtbot.mouseClick(editor._buttons["BLUE"], Qt.MouseButton.LeftButton)
    assert edits == [("colours", ["RED", "BLUE"])]


def test_a_flag_that_was_never_touched_stays_empty(qtbot, form, edits) -> None:
    form.show_values({})
    form.settle()
    assert edits == []
    qtbot.mouseClick(form.rows["safe"].editor.box, Qt.MouseButton.LeftButton, pos=QPoint(8, 16))
    assert edits == [("safe", True)]


def test_derived_fields_are_shown_and_not_edited(form) -> None:
    assert isinstance(form.rows["score"].editor, ShownField)


def test_the_cursor_goes_where_the_next_step_asks(form) -> None:
    form.set_needed(frozenset({"note"}))
    assert form.rows["note"].needed.isVisible()
    assert form.focus_field("note")
    assert form.rows["note"].editor.entry.hasFocus()
    assert not form.focus_field("nothing")


def test_vocabularies_and_dates_follow_the_language(form, face) -> None:
    form.show_values(STORED)
    face.speak("en")
    assert form.rows["colour"].editor.box.currentText() == "Blue"
    assert form.rows["seen_on"].editor.entry.text() == "Mon 9 Mar 2026"


@pytest.mark.parametrize("kind", REGISTRY.kinds, ids=lambda kind: kind.name)
def test_every_field_of_every_kind_has_a_named_editor(qtbot, face, kind) -> None:
    for field in kind.fields:
        editor = editor_for(face, field)
        qtbot.addWidget(editor)
        for part in [editor.focusProxy(), *editor.findChildren(QWidget)]:
            if part is not None and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name), field.name
