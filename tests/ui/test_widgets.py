from __future__ import annotations

import io
from datetime import timedelta

import pytest
from helpers.composing import commit, compose
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.traffic_light import Light, Remaining
from fieldlog.ui.jobs import Run, Step
from fieldlog.ui.widgets.busy_bar import BusyBar, _remaining
from fieldlog.ui.widgets.chip_bar import Chip, ChipBar
from fieldlog.ui.widgets.due_line import DueLine
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.focus_ring import _Ring
from fieldlog.ui.widgets.mark_cells import MARK_ROLE, MarkDelegate
from fieldlog.ui.widgets.marks import (
    Mark,
    MarkLabel,
    Shape,
    due_mark,
    mark_width,
    severity_mark,
    stage_mark,
)
from fieldlog.ui.widgets.parts import as_table, button, column
from fieldlog.ui.widgets.pdf_preview import PdfPreview
from fieldlog.ui.widgets.place_field import PlaceField, PlaceReading
from fieldlog.ui.widgets.search_field import SearchField

FIND = Phrase("찾기", "Search")
SEOCHO = PlaceReading(37.493, 127.0298, plain("37.49300, 127.02980"))
SWAPPED = PlaceReading(37.493, 127.0298, plain("37.49300, 127.02980"), Phrase("바뀌었습니까?", "Swapped?"))


def a_pdf(pages: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    for page in range(pages):
        canvas.drawString(72, 760, f"page {page}")
        canvas.rect(100, 300, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


# The search field


@pytest.fixture
def search(qtbot, face) -> tuple[SearchField, list[str]]:
    field, heard = SearchField(face, FIND, FIND), []
    qtbot.addWidget(field)
    field.searched.connect(heard.append)
    field.show()
    return field, heard


def test_search_answers_while_a_syllable_is_composed_and_only_once_for_a_burst(qtbot, search) -> None:
    field, heard = search
    for seen in ("ㅍ", "포", "폿"):
        compose(field, seen)
    commit(field, "포")
    compose(field, "트")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["포트"])
    assert field.preedit() == "트"


def test_esc_clears_the_search_at_once(qtbot, search) -> None:
    field, heard = search
    commit(field, "포트홀")
    qtbot.waitUntil(lambda: heard == ["포트홀"])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert heard == ["포트홀", ""]


def test_enter_searches_without_waiting(qtbot, search) -> None:
    field, heard = search
    commit(field, "포트홀")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == ["포트홀"]


# Chips


def test_a_chip_is_taken_away_by_click_and_by_delete(qtbot, face) -> None:
    bar, removed = ChipBar(face), []
    qtbot.addWidget(bar)
    bar.removed.connect(removed.append)
    bar.show_filters({"stage": Phrase("조치중", "In action"), "due": Phrase("3일", "3 days")})
    first, second = bar.findChildren(Chip)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    assert removed == ["stage", "due"]
    assert first.accessibleName() == "조치중 필터 빼기"


def test_without_filters_there_is_no_bar(qtbot, face) -> None:
    bar = ChipBar(face)
    qtbot.addWidget(bar)
    bar.show_filters({"stage": plain("조치중")})
    assert not bar.isHidden()
    bar.show_filters({})
    assert bar.isHidden()


def test_a_flow_goes_on_in_the_next_line(qtbot) -> None:
    inside = QWidget()
    qtbot.addWidget(inside)
    flow = Flow(inside, gap=8)
    for _ in range(4):
        part = QLabel()
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    assert flow.heightForWidth(424) == 20
    assert flow.heightForWidth(220) == 48
    assert flow.heightForWidth(50) == 4 * 20 + 3 * 8


# Marks


def test_each_severity_has_its_own_shape_and_word() -> None:
    marks = [severity_mark(number) for number in (5, 4, 3, 2, 1)]
    assert [mark.shape for mark in marks] == [
        Shape.SQUARE, Shape.TRIANGLE, Shape.DISC, Shape.DIAMOND, Shape.RING,
    ]  # fmt: skip
    assert [mark.word.ko for mark in marks] == ["즉시 위험", "높음", "보통", "낮음", "경미"]


def test_a_stage_unknown_to_this_version_is_still_shown() -> None:
    assert stage_mark("ARCHIVED").word == plain("ARCHIVED")


@pytest.mark.parametrize("light", Light)
def test_each_light_has_a_shape_of_its_own(light: Light) -> None:
    said = Remaining(light=light, left=timedelta(hours=3), late_by=timedelta(), words=plain("3시간 남음"))
    others = [
        due_mark(Remaining(light=o, left=timedelta(), late_by=timedelta(), words=plain(""))) for o in Light
    ]
    assert [mark.shape for mark in others].count(due_mark(said).shape) == 1


def test_a_mark_is_as_wide_as_its_word_in_the_language_of_now(qtbot, face) -> None:
    label = MarkLabel(face, stage_mark("INVESTIGATING"))
    qtbot.addWidget(label)
    korean = label.sizeHint().width()
    face.speak("en")
    assert label.sizeHint().width() != korean
    assert label.accessibleName() == "Investigating"
    assert mark_width(face, due_mark_of("x"), label.fontMetrics()) > 0


def due_mark_of(words: str) -> Mark:
    return due_mark(
        Remaining(light=Light.RED, left=timedelta(), late_by=timedelta(hours=1), words=plain(words)), 0.5
    )


def test_marks_are_drawn_in_the_cells_of_a_table(qtbot, face) -> None:
    model = QStandardItemModel(1, 1)
    item = QStandardItem("조치중")
    item.setData(stage_mark("IN_ACTION"), MARK_ROLE)
    model.setItem(0, 0, item)
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    as_table(face, view, plain("사안"))
    view.setItemDelegate(MarkDelegate(face, view))
    view.resize(200, 100)
    wash = face.hex("info.wash")
    drawn = view.viewport().grab().toImage()
    assert any(drawn.pixelColor(x, 18).name() == wash for x in range(drawn.width()))
    assert model.index(0, 0).data() == "조치중"


def test_the_due_line_says_when_how_long_and_how_it_ended(qtbot, face) -> None:
    line = DueLine(face)
    qtbot.addWidget(line)
    said = Remaining(
        light=Light.ORANGE, left=timedelta(hours=3), late_by=timedelta(), words=plain("3시간 남음")
    )
    line.show_due(plain("2026. 3. 9.(월) 18:00"), said, 0.3)
    assert line.accessibleName() == "처리기한 2026. 3. 9.(월) 18:00"
    assert line._mark.accessibleName() == "3시간 남음"
    line.show_done(plain("기한 내 답변"))
    assert line._mark.accessibleName() == "기한 내 답변"
    line.clear()
    assert line.accessibleName() == "기한 없음"


# Long work


def test_the_bar_waits_a_moment_and_then_counts(qtbot, face) -> None:
    bar, run = BusyBar(face), Run()
    qtbot.addWidget(bar)
    bar.follow(run, Phrase("사진 추가", "Adding photos"))
    assert bar.isHidden()
    qtbot.waitUntil(bar.isVisible)
    bar.show_step(Step(40, 100, plain("IMG_0040.jpg")))
    assert bar._bar.value() == 40
    assert bar._count.text() == "40 / 100"
    qtbot.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    assert run.cancelled
    assert not bar.cancel.isEnabled()
    bar.finish()
    assert bar.isHidden()


def test_quick_work_never_shows_the_bar(qtbot, face) -> None:
    bar = BusyBar(face)
    qtbot.addWidget(bar)
    bar.follow(Run(), plain("x"))
    bar.finish()
    qtbot.wait(250)
    assert bar.isHidden()


@pytest.mark.parametrize(
    ("done", "spent", "said"),
    [
        (0, 10, "0 / 100"),
        (50, 1, "50 / 100"),
        (50, 10, "50 / 100 · 약 10초 남음"),
        (10, 60, "10 / 100 · 약 9분 남음"),
        (100, 60, "100 / 100"),
    ],
)
def test_how_much_is_left_is_guessed_only_when_it_can_be(done: int, spent: float, said: str) -> None:
    assert _remaining(Step(done, 100, plain("")), spent).ko == said


# Places


@pytest.fixture
def place(qtbot, face) -> tuple[PlaceField, list[object], list[object]]:
    taken, answers = [], []
    field = PlaceField(face, lambda text, show: answers.append((text, show)))
    qtbot.addWidget(field)
    field.accepted.connect(taken.append)
    field.show()
    return field, taken, answers


def test_a_sure_place_is_taken_with_enter(qtbot, place) -> None:
    field, taken, answers = place
    commit(field.entry, "37.493, 127.0298")
    qtbot.waitUntil(lambda: bool(answers))
    answers[-1][1]([SEOCHO])
    assert taken == []
    qtbot.keyClick(field.entry, Qt.Key.Key_Return)
    assert taken == [SEOCHO]
    assert field._taken.text() == "37.49300, 127.02980"


def test_a_doubtful_place_is_never_taken_without_a_press(qtbot, place) -> None:
    field, taken, answers = place
    commit(field.entry, "127.0298, 37.493")
    qtbot.waitUntil(lambda: bool(answers))
    answers[-1][1]([SWAPPED])
    qtbot.keyClick(field.entry, Qt.Key.Key_Return)
    assert taken == []
    answers[-1][1]([SWAPPED])
    take = [offer for offer in field.findChildren(QPushButton) if offer.text() == "예, 이 위치로"][-1]
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert taken == [SWAPPED]


def test_a_late_answer_to_an_older_text_is_dropped(qtbot, place) -> None:
    field, _taken, answers = place
    commit(field.entry, "37")
    qtbot.waitUntil(lambda: len(answers) == 1)
    commit(field.entry, ".5")
    qtbot.waitUntil(lambda: len(answers) == 2)
    answers[0][1]([SEOCHO])
    assert field._readings == ()


def test_what_is_no_place_says_what_would_be(qtbot, place) -> None:
    field, _taken, answers = place
    commit(field.entry, "약국 앞")
    qtbot.waitUntil(lambda: bool(answers))
    answers[-1][1]([])
    assert any("읽을 수 없습니다" in label.text() for label in field.findChildren(QLabel))


def test_a_place_can_be_cleared(qtbot, place) -> None:
    field, _taken, _answers = place
    field.show_place(plain("37.49300, 127.02980"))
    with qtbot.waitSignal(field.cleared):
        qtbot.mouseClick(field._clear, Qt.MouseButton.LeftButton)
    assert field._taken.isHidden()


# Paper


def test_a_pdf_is_drawn_page_by_page_and_only_what_is_seen(qtbot, face, lanes) -> None:
    preview = PdfPreview(face, lanes)
    qtbot.addWidget(preview)
    preview.resize(600, 500)
    preview.show()
    preview.show_pdf(a_pdf(12))
    qtbot.waitUntil(lambda: preview.page_count == 12)
    qtbot.waitUntil(lambda: not preview._leaves[0]._image.isNull() and not lanes.busy)
    assert preview._leaves[11]._image.isNull()
    assert preview._place.text() == "1 / 12쪽"
    first = preview._leaves[0].grab().toImage()
    assert first.pixelColor(first.width() // 2, first.height() // 2).lightness() < 40
    preview.list.setCurrentRow(11)
    qtbot.waitUntil(lambda: not preview._leaves[11]._image.isNull())
    preview.clear()
    assert preview.page_count == 0


def test_a_newer_document_replaces_one_still_being_opened(qtbot, face, lanes) -> None:
    preview = PdfPreview(face, lanes)
    qtbot.addWidget(preview)
    preview.show_pdf(a_pdf(3))
    preview.show_pdf(a_pdf(1))
    qtbot.waitUntil(lambda: not lanes.busy)
    assert preview.page_count == 1


def test_zoom_steps_and_fits(qtbot, face, lanes) -> None:
    preview = PdfPreview(face, lanes)
    qtbot.addWidget(preview)
    preview.resize(600, 500)
    preview.show()
    preview.show_pdf(a_pdf(1))
    qtbot.waitUntil(lambda: preview.page_count == 1)
    fitted = preview._leaves[0].width()
    preview._step(1)
    assert preview._leaves[0].width() > fitted
    preview.fit()
    assert preview._leaves[0].width() == fitted
    qtbot.waitUntil(lambda: not lanes.busy)


# Small parts


def test_a_table_keeps_up_with_touch_mode_and_is_forgotten_when_it_is_gone(qapp, face) -> None:
    view = QTableView()
    as_table(face, view, plain("사안"))
    face.set_touch(touch=True)
    assert view.verticalHeader().defaultSectionSize() == 52
    empty, mark, grid = (
        EmptyState(face, "x", plain("빔")),
        MarkLabel(face, stage_mark("CLOSED")),
        ChipBar(face),
    )
    for widget in (view, empty, mark, grid):
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    face.wear("dark")
    face.speak("en")


def test_an_empty_page_offers_its_one_action(qtbot, face) -> None:
    pressed = []
    empty = EmptyState(
        face, "images", plain("사진이 없습니다."), action=(Phrase("추가", "Add"), lambda: pressed.append(1))
    )
    qtbot.addWidget(empty)
    qtbot.mouseClick(empty.action, Qt.MouseButton.LeftButton)
    assert pressed == [1]
    assert empty.accessibleName() == "사진이 없습니다."


def test_the_keyboard_focus_is_ringed_and_the_ring_follows(qtbot, face) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second = button(face, plain("하나")), button(face, plain("둘"))
    window.setLayout(column(first, second, None, margin=24))
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    for made in (first, second):
        made.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(made.hasFocus)
        (ring,) = [ring for ring in window.findChildren(_Ring) if ring.isVisible()]
        assert ring.geometry().contains(made.geometry())
    second.move(second.x() + 40, second.y())
    assert ring.geometry().contains(second.geometry())
    second.hide()
    assert not ring.isVisible()
