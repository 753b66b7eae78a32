"""Text entries that never lose or double a Korean syllable still being composed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldlog.ui.face import Face

TOO_LONG = Phrase(
    "{most}자까지 쓸 수 있습니다. {over}자 줄여 주십시오.", "At most {most} characters: {over} too many."
)


def commit_composition() -> None:
    """Make the syllable being composed part of its text: call it before reading any field.

    Every save, shortcut, page change and close goes through here. Input methods that commit on request have
    done so when ``commit`` returns; where one does nothing, the entry keeps what it shows.
    """
    method = QGuiApplication.inputMethod()
    method.commit()
    entry = QApplication.focusWidget()
    if isinstance(entry, Line | Lines) and entry.preedit():
        entry.keep_preedit()
        method.reset()


def composed(text: str) -> str:
    """Text as it is stored: Hangul in whole syllables (NFC), also when it was typed or pasted in parts."""
    return unicodedata.normalize("NFC", text)


class Line(QLineEdit):
    """One line of text.

    ``settled`` comes when the person is done with it (Enter, or going elsewhere) and it has changed;
    ``live_changed`` follows every keystroke with the syllable being composed included.
    """

    settled = Signal(str)
    live_changed = Signal(str)
    entered = Signal()

    def __init__(
        self, face: Face, name: Phrase, *, longest: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._face = face
        self._longest = longest
        self._preedit = ""
        self._last = ""
        face.name(self, name)
        self.textChanged.connect(self._on_text)

    def value(self) -> str:
        """What is written, without the syllable being composed."""
        return composed(self.text())

    def live_text(self) -> str:
        """What is seen: the text with the syllable being composed in its place."""
        text, at = self.text(), self.cursorPosition()
        return composed(text[:at] + self._preedit + text[at:])

    def set_value(self, text: str) -> None:
        """Show a text as settled; while something is being composed here it is left alone."""
        self._last = text
        if not self._preedit and text != self.text():
            self.setText(text)

    def is_unsettled(self) -> bool:
        """Whether what is seen differs from what was settled or shown last."""
        return self.live_text() != self._last

    def settle(self) -> None:
        """Keep what is being composed and say ``settled`` if the text has changed."""
        if self._preedit:
            self.keep_preedit()
        if (value := self.value()) != self._last:
            self._last = value
            self.settled.emit(value)

    def preedit(self) -> str:
        """The text that is shown but not yet committed."""
        return self._preedit

    def keep_preedit(self) -> None:
        """Make the text being composed part of the text."""
        self.inputMethodEvent(_committing(self._preedit))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Remember what is being composed."""
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self.live_changed.emit(self.live_text())

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Going elsewhere keeps what was being composed and settles the text."""
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.settle()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter settles; while a syllable is being composed it does only that."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        was_composing = bool(self._preedit)
        self.settle()
        if was_composing:
            event.accept()
            return
        self.entered.emit()
        super().keyPressEvent(event)

    def _on_text(self, _text: str) -> None:
        if not self._preedit:
            warn_of_length(self, self._face, len(self.value()), self._longest)
            self.live_changed.emit(self.live_text())


class Lines(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field, Ctrl+Enter settles."""

    settled = Signal(str)
    live_changed = Signal(str)

    def __init__(
        self, face: Face, name: Phrase, *, longest: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._face = face
        self._longest = longest
        self._preedit = ""
        self._last = ""
        self.setTabChangesFocus(True)
        face.name(self, name)
        self.textChanged.connect(self._on_text)

    def value(self) -> str:
        """What is written, without the syllable being composed."""
        return composed(self.toPlainText())

    def live_text(self) -> str:
        """What is seen: the text with the syllable being composed in its place."""
        text, at = self.toPlainText(), self.textCursor().position()
        return composed(text[:at] + self._preedit + text[at:])

    def set_value(self, text: str) -> None:
        """Show a text as settled; while something is being composed here it is left alone."""
        self._last = text
        if not self._preedit and text != self.toPlainText():
            self.setPlainText(text)

    def is_unsettled(self) -> bool:
        """Whether what is seen differs from what was settled or shown last."""
        return self.live_text() != self._last

    def settle(self) -> None:
        """Keep what is being composed and say ``settled`` if the text has changed."""
        if self._preedit:
            self.keep_preedit()
        if (value := self.value()) != self._last:
            self._last = value
            self.settled.emit(value)

    def preedit(self) -> str:
        """The text that is shown but not yet committed."""
        return self._preedit

    def keep_preedit(self) -> None:
        """Make the text being composed part of the text."""
        self.inputMethodEvent(_committing(self._preedit))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Remember what is being composed."""
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self.live_changed.emit(self.live_text())

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Going elsewhere keeps what was being composed and settles the text."""
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.settle()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+Enter settles and is left to the form; Enter while composing only commits."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.settle()
            event.ignore()
        elif enter and self._preedit:
            self.keep_preedit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _on_text(self) -> None:
        if not self._preedit:
            warn_of_length(self, self._face, len(self.value()), self._longest)
            self.live_changed.emit(self.live_text())


def warn_of_length(entry: QWidget, face: Face, length: int, longest: int | None) -> None:
    """Mark an entry whose text is too long; nothing is cut, and it is looked at only after a commit.

    ``QLineEdit.setMaxLength`` and input masks would break composition, so they are not used.
    """
    over = length - longest if longest is not None else 0
    if (over > 0) == bool(entry.property("wrong")):
        return
    mark(entry, wrong=over > 0)
    if over > 0 and longest is not None:
        face.say(entry.setToolTip, TOO_LONG.fill(most=longest, over=over))
        face.say(entry.setAccessibleDescription, TOO_LONG.fill(most=longest, over=over))
    else:
        for setter in (entry.setToolTip, entry.setAccessibleDescription):
            face.forget(setter)
            setter("")


def _committing(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event
