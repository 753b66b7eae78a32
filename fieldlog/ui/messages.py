"""The only place where the person is told of an error, and where notices and questions appear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from shiboken6 import isValid

from fieldlog.domain.errors import Cancelled, Known
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import PAGE_MARGIN
from fieldlog.ui.widgets.error_card import ErrorCard
from fieldlog.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from fieldlog.ui.face import Face

_FOOT: Final = 48
_CARD_WIDTH: Final = 420
_MOST_CARDS: Final = 3
_YES: Final = Phrase("확인", "OK")
_NO: Final = Phrase("취소", "Cancel")


class Messages(QObject):
    """Shows errors as cards and notices as toasts over the window they belong to."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._window: QWidget | None = None
        self._cards: list[ErrorCard] = []
        self._toast: Toast | None = None
        face.language_changed.connect(self._settle_soon)
        face.theme_changed.connect(self._settle_soon)

    def attach(self, window: QWidget) -> None:
        """Show everything over this window from now on."""
        self._window = window
        window.installEventFilter(self)

    def show(self, error: Known, mend: tuple[Phrase, Callable[[], object]] | None = None) -> None:
        """Show an error until it is closed; ``mend`` is the verb and act of its button.

        Cancelled work was the person's own wish: it is a notice, not an error.
        """
        if isinstance(error, Cancelled):
            self.tell(error.what)
            return
        self._cards = [card for card in self._cards if isValid(card) and card.isVisible()]
        for card in self._cards:
            if card.error.what == error.what and card.error.why == error.why:
                card.dismiss()
        while len(self._cards) >= _MOST_CARDS:
            self._cards.pop(0).dismiss()
        card = ErrorCard(self._face, error, mend=mend, parent=self._window)
        card.closed.connect(self._settle)
        self._cards.append(card)
        card.show()
        self._settle()
        self._announce(card, error.what)

    def tell(
        self,
        sentence: Phrase,
        *,
        undo: Callable[[], object] | None = None,
        also: tuple[Phrase, Callable[[], object]] | None = None,
    ) -> None:
        """Say something for a moment; with ``undo`` or another act for ten seconds."""
        if self._toast is not None and isValid(self._toast):
            self._toast.dismiss()
        self._toast = Toast(self._face, sentence, undo=undo, also=also, parent=self._window)
        self._toast.show()
        self._settle()
        self._announce(self._toast, sentence)

    def bug(self, error: BaseException) -> None:
        """Say that the program is wrong; the details are in the log."""
        self.show(
            Known(
                Phrase("프로그램에 잘못이 있습니다.", "There is a fault in the program."),
                plain(f"{type(error).__name__}: {error}"[:300]),
                Phrase(
                    "저장된 기록은 그대로 있습니다. 하던 일을 다시 해 보고, 되풀이되면 이 문장을 관리자에게 알려 주십시오.",
                    "What was saved is unharmed. Try again; if it comes back, pass this sentence to your administrator.",
                ),
            )
            if not isinstance(error, Known)
            else error,
        )

    def ask(
        self, question: Phrase, why: Phrase, *, yes: Phrase = _YES, no: Phrase = _NO, harm: bool = False
    ) -> bool:
        """Ask before something that cannot be undone; Enter answers the harmless way."""
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415

        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText(self._face.said(question))
        box.setInformativeText(self._face.said(why))
        agreed = box.addButton(self._face.said(yes), QMessageBox.ButtonRole.AcceptRole)
        refused = box.addButton(self._face.said(no), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refused if harm else agreed)
        box.setEscapeButton(refused)
        agreed.setProperty("kind", "danger" if harm else "primary")
        box.exec()
        return box.clickedButton() is agreed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep cards and toasts at the foot of their window."""
        if event.type() is QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle_soon(self) -> None:
        """When the new words or sizes have reached the layouts."""
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        if self._window is None or not isValid(self._window):
            return
        width, foot = self._window.width(), self._window.height() - _FOOT
        toast = self._toast
        if toast is not None and isValid(toast) and not toast.isHidden():
            toast.adjustSize()
            toast.move((width - toast.width()) // 2, foot - toast.height())
            toast.raise_()
            if toast.geometry().right() > width - _CARD_WIDTH - PAGE_MARGIN:
                foot -= toast.height() + 8
        for card in reversed(self._cards):
            if not isValid(card) or card.isHidden():
                continue
            wide = min(_CARD_WIDTH, width - 2 * PAGE_MARGIN)
            layout = card.layout()
            tall = layout.heightForWidth(wide) if layout is not None and layout.hasHeightForWidth() else -1
            card.resize(wide, max(tall, card.minimumSizeHint().height()))
            card.move(width - wide - PAGE_MARGIN, foot - card.height())
            card.raise_()
            foot -= card.height() + 8

    def _announce(self, about: QObject, sentence: Phrase) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, self._face.said(sentence)))
