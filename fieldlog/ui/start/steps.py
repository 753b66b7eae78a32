"""The steps before the window opens: waiting, welcome, the passphrase, trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.widgets.busy_bar import STOPPING
from fieldlog.ui.widgets.error_band import ErrorBand
from fieldlog.ui.widgets.parts import button, column, framed, row, rule, words
from fieldlog.ui.widgets.passphrase_line import PassphraseLine
from fieldlog.ui.widgets.text_entry import commit_composition

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fieldlog.domain.errors import Known
    from fieldlog.ui.face import Face
    from fieldlog.ui.jobs import Step

_CANCEL: Final = Phrase("취소", "Cancel")
_COUNT: Final = Phrase("{done} / {total}", "{done} of {total}")
_PROGRESS: Final = Phrase("진행 상황", "Progress")
_WELCOME: Final = Phrase("현장을 기록합니다", "Record the field")
_WELCOME_HINT: Final = Phrase(
    "문제를 사진과 위치로 기록하고, 다시 찾고, 보고서로 냅니다. 인터넷 없이 이 컴퓨터 안에서만 일합니다.",
    "Record a problem with photos and a place, find it again, hand in the report. Everything stays on this computer.",
)
_START: Final = Phrase("시작", "Start")
_START_HINT: Final = Phrase(
    "암호화된 저장소를 만들고 실제 업무를 기록합니다.", "Make an encrypted store for real work."
)
_PRACTISE: Final = Phrase("연습", "Practise")
_PRACTISE_HINT: Final = Phrase(
    "가상 기관 한빛시의 사안 30건으로 해 봅니다. 실제 기록과 따로 두고, 언제든 처음으로 되돌립니다.",
    "Try it on 30 cases of Hanbit, a fictional city; kept apart from real records, reset at any time.",
)
_PRACTISE_ON: Final = Phrase("연습 이어서 하기", "Go on practising")
_PASSPHRASE: Final = Phrase("저장소 암호", "Passphrase of the store")
_LOCKED: Final = Phrase("저장소가 잠겨 있습니다", "The store is locked")
_LOCKED_HINT: Final = Phrase(
    "이 컴퓨터의 키링에 열쇠가 없어 암호로 엽니다.",
    "The keyring of this computer does not hold its key, so it opens with the passphrase.",
)
_OPEN: Final = Phrase("열기", "Open")
_OPENING: Final = Phrase("여는 중…", "Opening…")
_QUIT: Final = Phrase("끝내기", "Quit")


class WaitStep(QWidget):
    """What is being done, how far it is and, where it may be stopped, Cancel."""

    cancelled = Signal()

    def __init__(self, face: Face, doing: Phrase, *, may_cancel: bool = False) -> None:
        super().__init__()
        self._face = face
        self._doing = words(face, doing, "lead")
        self._count = words(face, plain(""), "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        face.name(self._bar, _PROGRESS)
        self.cancel = button(face, _CANCEL, self._on_cancel)
        self.cancel.setVisible(may_cancel)
        self.setLayout(column(None, self._doing, self._bar, row(self._count, None, self.cancel), None))

    def show_step(self, step: Step) -> None:
        """Show how far it is."""
        self._bar.setRange(0, max(step.total, 1))
        self._bar.setValue(step.done)
        self._face.say(self._doing.setText, step.doing)
        self._face.say(self._count.setText, _COUNT.fill(done=step.done, total=step.total))

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._face.say(self.cancel.setText, STOPPING)
        self.cancelled.emit()


class WelcomeStep(QWidget):
    """The first start: real work or practice."""

    start_asked = Signal()
    practice_asked = Signal()

    def __init__(self, face: Face, *, practised: bool) -> None:
        super().__init__()
        self.start = button(face, _START, self.start_asked.emit, kind="primary", icon="briefcase")
        label = _PRACTISE_ON if practised else _PRACTISE
        self.practise = button(face, label, self.practice_asked.emit, icon="graduation-cap")
        for each in (self.start, self.practise):
            each.setMinimumWidth(200)
        self.setLayout(
            column(
                None,
                words(face, _WELCOME, "display"),
                words(face, _WELCOME_HINT, "muted", wrap=True),
                PAGE_MARGIN,
                _choice(face, self.start, _START_HINT),
                GAP,
                rule(),
                GAP,
                _choice(face, self.practise, _PRACTISE_HINT),
                None,
                None,
                gap=GAP,
            )
        )
        self.setFocusProxy(self.start)


def _choice(face: Face, press: QWidget, hint: Phrase) -> QWidget:
    return framed(column(row(press, None), words(face, hint, "muted", wrap=True), gap=GAP), "clear")


class PassphraseStep(QWidget):
    """Asks for the passphrase; a wrong one is told in three parts and asked for again."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.entry = PassphraseLine(face, _PASSPHRASE)
        self.entry.entered.connect(self._on_enter)
        self.open = button(face, _OPEN, self._on_enter, kind="primary", icon="lock")
        self._told = ErrorBand(face)
        self.setLayout(
            column(
                None,
                words(face, _LOCKED, "display"),
                words(face, _LOCKED_HINT, "muted", wrap=True),
                GROUP_GAP,
                words(face, _PASSPHRASE, "label"),
                self.entry,
                self._told,
                GAP,
                row(self.open, button(face, _QUIT, self.left.emit, kind="quiet"), None),
                None,
                None,
            )
        )
        self.setFocusProxy(self.entry)

    def tell(self, error: Known) -> None:
        """Say why it did not open, and let the person try again."""
        self._told.tell(error)
        self._face.say(self.open.setText, _OPEN)
        self.setEnabled(True)
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entry.selectAll()

    def told_error(self) -> Known | None:
        """What was told last."""
        return self._told.error

    def _on_enter(self) -> None:
        commit_composition()
        if passphrase := self.entry.value():
            self._face.say(self.open.setText, _OPENING)
            self.setEnabled(False)
            self.entered.emit(passphrase)


class TroubleStep(QWidget):
    """The store did not open: what, why, how, and the ways out as buttons, the first one proposed."""

    def __init__(self, face: Face, error: Known, ways: Sequence[tuple[Phrase, Callable[[], object]]]) -> None:
        super().__init__()
        self._face = face
        self.error = error
        self.ways = [
            button(face, phrase, act, kind="plain" if number else "primary")
            for number, (phrase, act) in enumerate(ways)
        ]
        picture = QLabel()
        picture.setFixedSize(QSize(40, 40))
        picture.setPixmap(face.pixmap("circle-alert", "danger.ink", 40, self.devicePixelRatioF()))
        self.setLayout(
            column(
                None,
                picture,
                GAP,
                words(face, error.what, "title", wrap=True),
                words(face, error.why, "muted", wrap=True),
                words(face, error.how, wrap=True),
                GROUP_GAP,
                row(*self.ways, None),
                None,
                None,
            )
        )
        if self.ways:
            self.setFocusProxy(self.ways[0])
