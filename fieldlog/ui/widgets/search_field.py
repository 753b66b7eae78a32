"""The search field: answers while a syllable is still being composed, a moment after the last key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from fieldlog.ui.face import Face

DEBOUNCE_MS: Final = 150
_LOOK: Final = Phrase("찾기", "Search")
_CLEAR: Final = Phrase("검색어 지우기", "Clear the search")
_WIDTH: Final = 220


class SearchField(Line):
    """``searched`` brings what is seen in the field, at most every 150 ms; Esc clears it."""

    searched = Signal(str)

    def __init__(self, face: Face, name: Phrase, hint: Phrase, parent: QWidget | None = None) -> None:
        super().__init__(face, name, parent=parent)
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._tell)
        self.setMinimumWidth(_WIDTH)
        face.say(self.setPlaceholderText, hint)
        look = QAction(self)
        face.show_icon(look, "search", "muted")
        self.addAction(look, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(self)
        face.show_icon(self._clear, "x", "muted")
        face.say(self._clear.setText, _CLEAR)
        self._clear.triggered.connect(self.clear_search)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        # QLineEdit makes buttons of the actions and leaves them without a name for a screen reader.
        for part, meaning in zip(self.findChildren(QToolButton), (_LOOK, _CLEAR), strict=False):
            face.name(part, meaning)
        self.live_changed.connect(self._on_live)
        self.entered.connect(self._tell)

    def begin(self) -> None:
        """Ctrl+F: put the cursor here with everything selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def clear_search(self) -> None:
        """Search for nothing."""
        self.set_value("")
        self._tell()

    def event(self, event: QEvent) -> bool:
        """Esc is the field's own while there is something to clear, before the window's shortcut."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.ShortcutOverride:
            return super().event(event)
        if event.key() != Qt.Key.Key_Escape or not self.live_text():
            return super().event(event)
        event.accept()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc clears what is written; a second Esc goes on to the window."""
        if event.key() == Qt.Key.Key_Escape and self.live_text():
            self.clear_search()
        else:
            super().keyPressEvent(event)

    def _on_live(self, seen: str) -> None:
        self._clear.setVisible(bool(seen))
        self._timer.start()

    def _tell(self) -> None:
        self._timer.stop()
        if (seen := self.live_text()) != self._told:
            self._told = seen
            self.searched.emit(seen)
