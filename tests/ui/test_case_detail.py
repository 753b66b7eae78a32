from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.casework import calm
from helpers.composing import commit, compose, type_pothole
from helpers.makers import drafted, moved, received
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton

from fieldlog.domain.editing import Edit
from fieldlog.domain.phrase import Phrase
from fieldlog.services import browsing, drafting, placing, recording
from fieldlog.ui.case.move_window import MoveWindow
from fieldlog.ui.case.progress import first_sentence
from fieldlog.ui.case.view import DRAFT_PREFIX
from fieldlog.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.ui.widgets.field_form import FieldRow
    from fieldlog.ui.widgets.text_entry import Line

NOBODY = "0199a3c0-0000-7000-8000-0000000000ff"


@pytest.fixture
def show(qtbot, detail, lanes) -> Callable[..., None]:
    """Shows a case and waits until it is all there."""

    def show_case(case: str, *, field: str | None = None) -> None:
        detail.show_case(case, field=field)
        calm(qtbot, lanes)

    return show_case


@pytest.fixture
def still(qtbot, lanes) -> Callable[[], None]:
    """Waits until nothing is under way."""
    return lambda: calm(qtbot, lanes)


def row(detail, group, name) -> FieldRow:
    return detail._tabs["overview"]._forms[group].form.rows[name]


def title_of(detail) -> Line:
    return row(detail, "basics", "title").editor.entry


def saved(workspace, case, name="title") -> object:
    return browsing.read_record(workspace, case).get(name)


def links(detail) -> list[QPushButton]:
    return [each for each in detail.progress._asks.findChildren(QPushButton) if not each.isHidden()]


# What is shown


def test_the_head_says_which_case_it_is_where_it_stands_and_where_it_lies(workspace, detail, show) -> None:
    case = received(workspace)
    show(case)
    assert saved(workspace, case, "case_no") in detail.header._number.text()
    assert detail.header._title.text() == "별빛로 포트홀"
    assert detail.header._stage.accessibleName() == "접수"
    assert "36.48" in detail.header._place.text()
    assert detail.header._due._when.text().endswith("18:00")


def test_the_progress_line_names_the_step_and_the_next_one(workspace, detail, show) -> None:
    show(received(workspace))
    assert detail.progress._line.accessibleName() == "11단계 중 2단계: 접수"
    assert detail.progress._next.text() == "다음 단계: 분류·배정"


def test_a_tab_is_built_only_when_it_is_looked_at(workspace, detail, show) -> None:
    show(received(workspace))
    assert list(detail._tabs) == ["overview"]


def test_a_case_that_is_not_there_is_said_and_leaves_an_empty_page(detail, show, messages) -> None:
    show(NOBODY)
    assert detail._whole.currentWidget() is detail._gone
    assert len(messages._cards) == 1


def test_the_case_page_speaks_english_too(workspace, detail, show, face) -> None:
    show(received(workspace))
    face.speak("en")
    assert detail.progress._next.text() == "Next: Triaged"
    assert detail.bar.tabText(1) == "Visits"


def test_a_folded_group_says_what_is_in_it_and_unfolds(workspace, detail, show, qtbot, memory) -> None:
    show(received(workspace))
    section = detail._tabs["overview"]._sections["openness"]
    assert section.folded
    assert section._summary.text().startswith("부분공개")
    qtbot.mouseClick(section._head, Qt.MouseButton.LeftButton)
    assert row(detail, "openness", "disclosure").isVisible()
    assert not memory.flag("case/folded/openness", otherwise=True)


# Fields that save themselves


def test_a_title_being_composed_is_saved_whole_and_says_so(workspace, detail, show, still) -> None:
    case = received(workspace)
    show(case, field="title")
    entry = title_of(detail)
    assert entry.hasFocus()
    entry.selectAll()
    type_pothole(entry)
    assert row(detail, "basics", "title").state.text() == "입력 중"
    detail.settle()
    still()
    assert saved(workspace, case) == "포트홀"
    assert row(detail, "basics", "title").state.text() == "저장됨"
    assert detail.header._title.text() == "포트홀"


def test_one_field_saved_twice_in_a_row_contests_nothing(workspace, detail, show, still) -> None:
    case = received(workspace)
    show(case, field="title")
    entry = title_of(detail)
    for text in ("가", "나", "다"):
        entry.selectAll()
        commit(entry, f"{text} 포트홀")
        entry.settle()
    still()
    record = browsing.read_record(workspace, case)
    assert record.text("title") == "다 포트홀"
    assert record.in_conflict == ()


def test_what_cannot_be_saved_stays_in_sight_and_is_kept_as_a_draft(workspace, detail, show, still) -> None:
    case = received(workspace)
    show(case, field="title")
    entry = title_of(detail)
    entry.selectAll()
    commit(entry, "가")
    entry.settle()
    still()
    assert row(detail, "basics", "title").state.text() == "저장 안 됨"
    assert entry.text() == "가"
    assert saved(workspace, case) == "별빛로 포트홀"
    assert drafting.draft_of(workspace, DRAFT_PREFIX + case).values == {"title": "가"}


def test_news_from_elsewhere_leaves_the_caret_and_the_typing_alone(
    workspace, detail, show, still, bus
) -> None:
    case = received(workspace)
    show(case, field="title")
    entry = title_of(detail)
    entry.setCursorPosition(3)
    compose(entry, "ㅍ")
    bus.effects_happened.emit(
        recording.revise(workspace, case, {"severity": "5", "title": "남의 제목"}), None
    )
    still()
    assert detail.header._severity.accessibleName() == "즉시 위험"
    assert detail.header._title.text() == "남의 제목"
    assert entry.hasFocus()
    assert (entry.text(), entry.cursorPosition(), entry.preedit()) == ("별빛로 포트홀", 3, "ㅍ")


def test_a_change_made_elsewhere_meanwhile_is_contested_and_settled_by_choice(
    qtbot, workspace, detail, show, still
) -> None:
    case = received(workspace)
    show(case, field="title")
    entry = title_of(detail)
    entry.end(False)
    commit(entry, "!")
    detail.case.context.bus.effects_happened.emit(
        recording.revise(workspace, case, {"title": "남의 제목"}), None
    )
    still()
    entry.settle()
    still()
    assert browsing.read_record(workspace, case).in_conflict == ("title",)
    chip = detail.conflicts.findChild(QPushButton)
    assert chip.text() == "값이 여럿: 제목"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    window = QApplication.activeModalWidget()
    values = [choice.accessibleName() for choice in window.choices]
    assert values == ["이 값으로: 별빛로 포트홀!", "이 값으로: 남의 제목"]
    qtbot.mouseClick(window.choices[1], Qt.MouseButton.LeftButton)
    still()
    settled = browsing.read_record(workspace, case)
    assert (settled.text("title"), settled.in_conflict) == ("남의 제목", ())
    assert not detail.conflicts.isVisible()


def test_typing_is_kept_as_a_draft_within_two_seconds(qtbot, workspace, detail, show) -> None:
    case = received(workspace)
    show(case, field="title")
    title_of(detail).end(False)
    commit(title_of(detail), " 두 곳")
    qtbot.waitUntil(lambda: drafting.draft_of(workspace, DRAFT_PREFIX + case) is not None, timeout=2_000)
    assert drafting.draft_of(workspace, DRAFT_PREFIX + case).values["title"].endswith("두 곳")


def test_typing_that_a_crash_cut_off_comes_back_and_is_saved(workspace, detail, show, still) -> None:
    case = received(workspace)
    drafting.keep_draft(workspace, DRAFT_PREFIX + case, {"title": "쓰다 만 제목", "owner_user_id": "김담당"})
    show(case)
    still()
    record = browsing.read_record(workspace, case)
    assert (record.text("title"), record.text("owner_user_id")) == ("쓰다 만 제목", "김담당")
    assert drafting.drafts(workspace) == ()
    assert title_of(detail).text() == "쓰다 만 제목"


def test_another_case_is_never_written_into_the_one_before(workspace, detail, show) -> None:
    one, other = received(workspace, "첫 사안"), received(workspace, "둘째 사안")
    show(one, field="title")
    title_of(detail).end(False)
    commit(title_of(detail), "!")
    detail.settle()
    show(other)
    assert title_of(detail).text() == "둘째 사안"
    assert (saved(workspace, one), saved(workspace, other)) == ("첫 사안!", "둘째 사안")


# Undo


def test_undo_takes_back_the_last_save_and_says_so(workspace, detail, show, still, messages) -> None:
    case = received(workspace)
    show(case, field="severity")
    recording.revise(workspace, case, {"severity": "5"})
    next(command for command in detail.commands() if command.key == "undo").run()
    still()
    assert saved(workspace, case, "severity") == "4"
    assert messages._toast is not None


def test_ctrl_z_in_an_entry_that_is_saved_belongs_to_the_window(workspace, detail, show) -> None:
    show(received(workspace), field="title")
    entry = title_of(detail)

    def claims() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(entry, event)
        return event.isAccepted()

    assert not claims()
    commit(entry, "!")
    assert claims()


# The way on


def test_what_the_next_step_asks_is_a_link_into_the_missing_field(qtbot, workspace, detail, show) -> None:
    show(drafted(workspace))
    assert [link.text() for link in links(detail)] == ["위치가 없습니다.", "접수일시가 없습니다."]
    qtbot.mouseClick(links(detail)[1], Qt.MouseButton.LeftButton)
    assert row(detail, "receipt", "received_at").editor.entry.hasFocus()
    qtbot.mouseClick(links(detail)[0], Qt.MouseButton.LeftButton)
    assert detail._tabs["overview"].place.entry.entry.hasFocus()


def test_only_the_first_sentence_of_a_refusal_is_the_link(face) -> None:
    said = first_sentence(
        Phrase("담당자가 없습니다. 정해 주십시오.", "Nobody is in charge. Please name one.")
    )
    assert (said.ko, said.en) == ("담당자가 없습니다.", "Nobody is in charge.")


def test_a_move_that_asks_nothing_is_made_at_once(qtbot, workspace, detail, show, still) -> None:
    case = received(workspace)
    show(case)
    qtbot.mouseClick(detail.progress.on, Qt.MouseButton.LeftButton)
    still()
    assert saved(workspace, case, "stage") == "TRIAGED"
    assert detail.progress._next.text() == "다음 단계: 현장조사"


def test_a_move_that_needs_a_reason_asks_for_it_and_keeps_the_person_on_refusal(
    qtbot, workspace, detail, show, still
) -> None:
    case = received(workspace)
    moved(workspace, case, "TRIAGED")
    show(case)
    qtbot.mouseClick(detail.progress.on, Qt.MouseButton.LeftButton)
    window = QApplication.activeModalWidget()
    assert isinstance(window, MoveWindow)
    qtbot.mouseClick(window.go, Qt.MouseButton.LeftButton)
    still()
    assert window.wrong.isVisible()
    type_pothole(window.reason)
    qtbot.mouseClick(window.go, Qt.MouseButton.LeftButton)
    still()
    assert saved(workspace, case, "stage") == "INVESTIGATING"
    assert saved(workspace, case, "stage_reason") == "포트홀"


def test_a_case_is_put_on_hold_until_a_day(qtbot, workspace, detail, show, still) -> None:
    case = received(workspace)
    show(case)
    menu = detail.progress.menu()
    next(action for action in menu.actions() if action.text().startswith("보류")).trigger()
    window = QApplication.activeModalWidget()
    commit(window.extra.entry, "2026-12-01 09:00")
    commit(window.reason, "보완요구")
    qtbot.mouseClick(window.go, Qt.MouseButton.LeftButton)
    still()
    assert saved(workspace, case, "hold_until") == "2026-12-01T09:00:00+09:00"
    assert detail.progress.on.text() == "접수로 되돌리기"


def test_a_closed_case_is_read_only_until_it_is_reopened(qtbot, workspace, detail, show, still) -> None:
    case = received(workspace)
    moved(workspace, case, "TRIAGED")
    moved(workspace, case, "WITHDRAWN", reason="취하")
    show(case)
    assert not detail.progress.on.isVisible()
    closed = received(workspace, "닫힌 사안")
    workspace.keep([_closing(closed)])
    show(closed)
    assert title_of(detail).isReadOnly()
    assert not row(detail, "basics", "severity").editor.isEnabled()
    assert detail._notice.text().startswith("종결된 사안")
    qtbot.mouseClick(detail._reopen, Qt.MouseButton.LeftButton)
    window = QApplication.activeModalWidget()
    commit(window.reason, "재발")
    qtbot.mouseClick(window.go, Qt.MouseButton.LeftButton)
    still()
    assert saved(workspace, closed, "stage") == "INVESTIGATING"
    assert not title_of(detail).isReadOnly()


def _closing(case) -> Edit:
    return Edit(record=case, kind="case", values={"stage": "CLOSED"})


# Place and tags


def test_a_place_is_read_offered_taken_and_written_in_three_forms(
    qtbot, workspace, detail, show, still
) -> None:
    case = drafted(workspace)
    show(case, field="location")
    place = detail._tabs["overview"].place
    commit(place.entry.entry, "37.493, 127.0298")
    qtbot.waitUntil(lambda: place.entry._offers.count() > 0)
    place.entry.entry.entered.emit()
    still()
    location = browsing.case_sheet(workspace, case).location
    assert (location.get("lat"), location.get("lon")) == (37.493, 127.0298)
    shown = [place._grid.itemAtPosition(line, 1).widget().text() for line in range(3)]
    assert shown[0] == "37.49300, 127.02980"
    assert "37도" in shown[1]
    assert shown[2] == placing.written_place(37.493, 127.0298).national_point
    place.entry.cleared.emit()
    still()
    assert browsing.case_sheet(workspace, case).location is None


def test_tags_are_added_once_and_taken_away(qtbot, workspace, detail, show, still) -> None:
    case = received(workspace)
    show(case)
    tags = detail._tabs["overview"].tags
    for _ in range(2):
        tags.entry.setFocus()
        type_pothole(tags.entry)
        tags.entry.settle()
        qtbot.keyClick(tags.entry, Qt.Key.Key_Return)
        still()
    assert [tag.text("name") for tag in browsing.case_sheet(workspace, case).of("tag")] == ["포트홀"]
    (chip,) = tags._chips.values()
    assert chip.accessibleName() == "포트홀 태그 빼기"
    chip.removed.emit()
    still()
    assert not browsing.case_sheet(workspace, case).of("tag")
    assert isinstance(tags._flow, Flow)


# Where things are


@pytest.mark.parametrize(
    ("field", "tab"),
    [
        ("visit", "visits"),
        ("photo", "photos"),
        ("pii_review", "photos"),
        ("action", "actions"),
        ("followup", "effect"),
    ],
)
def test_every_part_that_a_step_may_ask_for_has_its_tab(workspace, detail, show, field, tab) -> None:
    show(received(workspace), field=field)
    assert detail._tab() is detail._tabs[tab]


def test_the_report_of_the_case_is_one_key_away(workspace, detail, show, walks) -> None:
    case = received(workspace)
    show(case)
    next(command for command in detail.commands() if command.key == "case.report").run()
    assert walks.asked == [("reports", {"cases": [case]})]


def test_causes_and_alternatives_of_elsewhere_are_shown_and_not_edited(workspace, detail, show) -> None:
    case = received(workspace)
    cause = {"case_id": case, "method": "FIVE_WHY", "text": "배수 불량", "level": 1}
    workspace.keep([Edit(record=workspace.mint.record_id(), kind="cause", values=cause)])
    show(case, field="cause")
    labels = [each.text() for each in detail._tabs["causes"].findChildren(type(detail._notice))]
    assert {"원인 1건", "5-Why 분석", "배수 불량"} <= set(labels)
    show(case, field="collab_request")
    assert any(
        "아직 기록이 없습니다." in each.text()
        for each in detail._tabs["partners"].findChildren(type(detail._notice))
    )
