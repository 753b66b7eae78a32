from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget

from fieldlog.domain.errors import BadInput, Cancelled
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.widgets.error_card import ErrorCard
from fieldlog.ui.widgets.toast import Toast

BROKEN = BadInput(Phrase("무엇이", "what"), Phrase("왜", "why"), Phrase("어떻게", "how"))
AGAIN = Phrase("다시", "Again")


@pytest.fixture
def window(qtbot, messages) -> QWidget:
    made = QWidget()
    made.resize(900, 600)
    qtbot.addWidget(made)
    messages.attach(made)
    made.show()
    return made


def cards(window: QWidget) -> list[ErrorCard]:
    QApplication.processEvents()
    return [card for card in window.findChildren(ErrorCard) if card.isVisible()]


def toasts(window: QWidget) -> list[Toast]:
    return [toast for toast in window.findChildren(Toast) if toast.isVisible()]


def test_an_error_says_what_why_and_how_in_the_language_of_now(window, messages, face) -> None:
    messages.show(BROKEN)
    (card,) = cards(window)
    assert [label.text() for label in card.findChildren(QLabel) if label.text()] == ["무엇이", "왜", "어떻게"]
    assert card.accessibleName() == "오류: 무엇이"
    face.speak("en")
    assert [label.text() for label in card.findChildren(QLabel) if label.text()] == ["what", "why", "how"]


def test_an_error_lies_within_its_window_and_stays_until_closed(window, messages, qtbot) -> None:
    messages.show(BROKEN)
    (card,) = cards(window)
    assert window.rect().contains(card.geometry())
    window.resize(500, 400)
    assert window.rect().contains(card.geometry())
    qtbot.mouseClick(card.close_button, Qt.MouseButton.LeftButton)
    assert cards(window) == []


def test_the_way_out_has_a_button_that_mends_and_closes(window, messages, qtbot) -> None:
    mended = []
    messages.show(BROKEN, mend=(AGAIN, lambda: mended.append(True)))
    (card,) = cards(window)
    qtbot.mouseClick(card.mend, Qt.MouseButton.LeftButton)
    assert mended == [True]
    assert cards(window) == []


def test_the_same_error_is_shown_once_and_many_do_not_fill_the_window(window, messages) -> None:
    for _ in range(3):
        messages.show(BROKEN)
    assert len(cards(window)) == 1
    for number in range(5):
        messages.show(BadInput(plain(str(number)), plain("why"), plain("how")))
    assert len(cards(window)) == 3


def test_what_the_person_cancelled_is_a_notice(window, messages) -> None:
    messages.show(Cancelled(plain("멈추었습니다."), plain("why"), plain("how")))
    assert cards(window) == []
    (toast,) = toasts(window)
    assert toast.accessibleName() == "멈추었습니다."
    toast.dismiss()


def test_a_notice_can_be_undone_for_ten_seconds(window, messages, qtbot) -> None:
    undone = []
    messages.tell(plain("보류했습니다."), undo=lambda: undone.append(True))
    (toast,) = toasts(window)
    assert toast._timer.interval() == 10_000
    qtbot.mouseClick(toast.undo, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert toasts(window) == []


def test_a_newer_notice_takes_the_place_of_the_older(window, messages) -> None:
    messages.tell(plain("하나"))
    messages.tell(plain("둘"))
    (toast,) = toasts(window)
    assert toast.accessibleName() == "둘"
    toast.dismiss()


def test_a_notice_makes_room_for_its_words_in_the_other_language(window, messages, face, qtbot) -> None:
    messages.tell(Phrase("보류", "The case has been put on hold"))
    (toast,) = toasts(window)
    width = toast.width()
    face.speak("en")
    qtbot.waitUntil(lambda: toast.width() > width)
    assert toast.width() >= toast.sizeHint().width()
    toast.dismiss()


def test_a_bug_is_shown_without_hiding_that_it_is_ours(window, messages) -> None:
    messages.bug(ZeroDivisionError("division by zero"))
    (card,) = cards(window)
    assert "프로그램에 잘못" in card.accessibleName()
    assert any("ZeroDivisionError" in label.text() for label in card.findChildren(QLabel))


def test_a_harmful_question_has_no_as_its_default(window, messages) -> None:
    seen = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box.defaultButton().text())
        next(b for b in box.findChildren(QPushButton) if b.text() == "지우기").click()

    QTimer.singleShot(50, answer)
    agreed = messages.ask(plain("지울까요?"), plain("되돌릴 수 없습니다."), yes=plain("지우기"), harm=True)
    assert agreed
    assert seen == ["취소"]
