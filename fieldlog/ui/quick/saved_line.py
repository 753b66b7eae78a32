"""What was saved last, at the foot of the quick record, with Undo and Open for ten seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.widgets.parts import button, column, framed, row, words
from fieldlog.ui.widgets.toast import UNDO, UNDO_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.ui.face import Face

_OPEN: Final = Phrase("열기", "Open")


class SavedLine(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._undo_it: Callable[[], object] = lambda: None
        self._open_it: Callable[[], object] = lambda: None
        self.sentence = words(face, plain(""), "lead")
        self.undo = button(face, UNDO, self._undo, kind="quiet", icon="undo-2", keys="Alt+Z")
        self.open = button(face, _OPEN, self._open, kind="quiet")
        line = row(self.sentence, None, self.open, self.undo)
        line.setContentsMargins(12, 4, 4, 4)
        band = framed(line, "clear")
        band.setProperty("band", "good")
        band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(column(band))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(UNDO_MS)
        self._timer.timeout.connect(self.clear)
        self.hide()

    def tell(self, sentence: Phrase, undo: Callable[[], object], open_it: Callable[[], object]) -> None:
        """Say what was saved."""
        self._undo_it, self._open_it = undo, open_it
        self._face.say(self.sentence.setText, sentence)
        self._face.name(self, sentence)
        self.show()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._face.said(sentence)))

    def clear(self) -> None:
        """Say nothing more."""
        self._timer.stop()
        self.hide()

    def _undo(self) -> None:
        self.clear()
        self._undo_it()

    def _open(self) -> None:
        self.clear()
        self._open_it()
