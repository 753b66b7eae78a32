"""잠금: what opens the store, the passphrase set or changed, the key in the keyring or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from fieldlog.domain.errors import Known
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import locking
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.jobs import Errand
from fieldlog.ui.pages.settings.part import Part
from fieldlog.ui.widgets.error_band import ErrorBand
from fieldlog.ui.widgets.parts import button, column, row, words
from fieldlog.ui.widgets.passphrase_line import PassphraseLine
from fieldlog.ui.widgets.text_entry import commit_composition

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.services.locking import Locks
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.face import Face
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.premises import Premises

_TITLE: Final = Phrase("잠금", "Lock")
_OPENS: Final = Phrase("여는 방법", "Opens with")
_PASSPHRASE: Final = Phrase("암호", "Passphrase")
_KEYRING: Final = Phrase("키링", "Keyring")
_SET: Final = Phrase("암호 정하기…", "Set a passphrase…")
_CHANGE: Final = Phrase("암호 바꾸기…", "Change the passphrase…")
_REMEMBER: Final = Phrase("이 컴퓨터의 키링에 맡기기", "Keep the key in this keyring")
_FORGET: Final = Phrase("키링에서 지우기", "Remove it from the keyring")
_BY_BOTH: Final = Phrase("키링 또는 암호", "The keyring or the passphrase")
_BY_KEYRING: Final = Phrase("로그인한 사람의 키링", "The keyring of whoever is logged in")
_BY_PASSPHRASE: Final = Phrase("암호", "The passphrase")
_BY_FILE: Final = Phrase(
    "연습 저장소라 열쇠를 옆 파일에 둡니다.", "A practice store: its key lies in a file beside it."
)
_NO_KEYRING: Final = Phrase(
    "이 컴퓨터에는 쓸 수 있는 키링이 없습니다.", "This computer has no usable keyring."
)
_CHANGED: Final = Phrase("암호를 정했습니다.", "The passphrase is set.")
_REMEMBERED: Final = Phrase("열쇠를 키링에 맡겼습니다.", "The keyring holds the key now.")
_FORGOTTEN: Final = Phrase("키링에서 열쇠를 지웠습니다.", "The key was removed from the keyring.")
_NOW: Final = Phrase("지금 암호", "Passphrase of now")
_FRESH: Final = Phrase("새 암호 (8자 이상)", "New passphrase (8 characters or more)")
_AGAIN: Final = Phrase("새 암호 한 번 더", "New passphrase once more")
_WARNING: Final = Phrase(
    "잊으면 누구도 저장소를 열 수 없습니다.", "If it is forgotten, nobody can open the store."
)
_SAVE: Final = Phrase("정하기", "Set it")
_GO_ON: Final = Phrase("계속", "Continue")
_CANCEL: Final = Phrase("취소", "Cancel")


class LockPart(Part):
    """Asks for the passphrase of now before anything that changes what opens the store."""

    def __init__(self, context: PageContext[Workspace], premises: Premises) -> None:
        super().__init__(context.face, _TITLE)
        self._context, self._premises = context, premises
        self._locks: locking.Locks | None = None
        face = context.face
        self.opens = words(face, plain(""), wrap=True)
        self.passphrase = button(face, _CHANGE, self.change_passphrase, icon="key-round")
        self.remember = button(face, _REMEMBER, self._remember)
        self.forget = button(face, _FORGET, self._forget)
        self._why_not = words(face, _NO_KEYRING, "muted", wrap=True)
        self.told = ErrorBand(face)
        self.add(_OPENS, self.opens, told=True)
        self.add(_PASSPHRASE, self.passphrase)
        self.add(_KEYRING, self.remember, self.forget, self._why_not)
        self.span(self.told)

    def show_now(self) -> None:
        """Look how the store is locked."""
        folder, around = self._premises.folder, self._premises.around
        look = Errand(
            self._context.lanes, lambda: locking.locks_of(folder, around), lane=self._context.lanes.reading
        )
        look.done(self.show_locks).failed(self.told.tell).start(self)

    def show_locks(self, locks: Locks) -> None:
        """Show how the store is locked and what can be changed."""
        self._locks = locks
        opens = {
            (True, True): _BY_BOTH,
            (True, False): _BY_PASSPHRASE,
            (False, True): _BY_KEYRING,
        }.get((locks.passphrase, locks.keyring), _BY_FILE)
        self.face.say(self.opens.setText, opens)
        self.face.say(self.passphrase.setText, _CHANGE if locks.passphrase else _SET)
        may_change = not (locks.practice or self._context.lanes.workspace.read_only)
        self.passphrase.setEnabled(may_change)
        self.remember.setVisible(locks.keyring_at_hand and not locks.keyring)
        self.remember.setEnabled(may_change)
        self.forget.setVisible(locks.keyring)
        self.forget.setEnabled(may_change and locks.passphrase)
        self._why_not.setVisible(not locks.keyring_at_hand and not locks.keyring)

    def change_passphrase(self) -> None:
        """Ask for the passphrase of now and the new one."""
        has_one = self._locks is not None and self._locks.passphrase

        def work(window: PassphraseWindow) -> None:
            locking.set_passphrase(folder, around, now=window.now.value(), fresh=window.fresh.value())

        folder, around = self._premises.folder, self._premises.around
        self._ask(PassphraseWindow(self.face, self, asks_now=has_one, asks_fresh=True), work, _CHANGED)

    def _remember(self) -> None:
        folder, around = self._premises.folder, self._premises.around

        def work(window: PassphraseWindow) -> None:
            locking.remember_key(folder, around, now=window.now.value())

        self._ask(PassphraseWindow(self.face, self, asks_now=True, asks_fresh=False), work, _REMEMBERED)

    def _ask(self, window: PassphraseWindow, work: Callable[[PassphraseWindow], None], done: Phrase) -> None:
        def landed(_none: None) -> None:
            window.accept()
            self._context.messages.tell(done)
            self.show_now()

        def agreed() -> None:
            Errand(self._context.lanes, lambda: work(window)).done(landed).failed(window.tell).start(window)

        self.told.clear()
        window.agreed.connect(agreed)
        window.open()

    def _forget(self) -> None:
        folder = self._premises.folder

        def landed(_none: None) -> None:
            self._context.messages.tell(_FORGOTTEN)
            self.show_now()

        self.told.clear()
        Errand(self._context.lanes, lambda: locking.forget_key(folder)).done(landed).failed(
            self.told.tell
        ).start(self)


class PassphraseWindow(QDialog):
    """The passphrase of now, the new one twice; a wrong one is told here and asked for again."""

    agreed = Signal()

    def __init__(self, face: Face, parent: QWidget, *, asks_now: bool, asks_fresh: bool) -> None:
        super().__init__(parent)
        self._asks_fresh = asks_fresh
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        face.say(self.setWindowTitle, _PASSPHRASE)
        face.name(self, _PASSPHRASE)
        self.resize(420, 120)
        self.now, self.fresh, self.again = (
            PassphraseLine(face, _NOW),
            PassphraseLine(face, _FRESH),
            PassphraseLine(face, _AGAIN),
        )
        self.told = ErrorBand(face)
        shown = [(_NOW, self.now)] if asks_now else []
        shown += [(_FRESH, self.fresh), (_AGAIN, self.again)] if asks_fresh else []
        layout = column(gap=GAP, margin=PAGE_MARGIN)
        for label, entry in shown:
            layout.addWidget(words(face, label, "label"))
            layout.addWidget(entry)
            entry.entered.connect(self._agree)
        for entry in (self.now, self.fresh, self.again):
            if all(entry is not each for _, each in shown):
                entry.setParent(self)
                entry.hide()
        if asks_fresh:
            layout.addWidget(words(face, _WARNING, "small", wrap=True))
        layout.addWidget(self.told)
        layout.addSpacing(GROUP_GAP - GAP)
        self.yes = button(face, _SAVE if asks_fresh else _GO_ON, self._agree, kind="primary")
        layout.addLayout(row(None, button(face, _CANCEL, self.reject), self.yes))
        self.setLayout(layout)
        shown[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, error: Known) -> None:
        """Say why not; what was typed stays."""
        self.yes.setEnabled(True)
        self.told.tell(error)
        self.adjustSize()

    def _agree(self) -> None:
        commit_composition()
        self.told.clear()
        if self._asks_fresh:
            try:
                locking.check_passphrase(self.fresh.value(), self.again.value())
            except Known as error:
                self.tell(error)
                return
        self.yes.setEnabled(False)
        self.agreed.emit()
