"""The foot of the window: which store, what is saved, what waits. One click opens what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.theme import Tone
from fieldlog.ui.widgets.parts import badge

if TYPE_CHECKING:
    from datetime import datetime

    from fieldlog.ui.face import Face

PRACTICE: Final = Phrase("연습", "PRACTICE")
_BAR: Final = Phrase("상태", "Status")
_SAVED: Final = Phrase("저장됨 {time}", "Saved {time}")
_SAVING: Final = Phrase("저장 중…", "Saving…")
_READ_ONLY: Final = Phrase("읽기 전용", "Read-only")
_WAITING: Final = Phrase("대기 {count}", "{count} waiting")
_WAITING_SINCE: Final = Phrase("대기 {count} · 마지막 동기화 {time}", "{count} waiting · last sync {time}")


class StatusBar(QWidget):
    """Short facts, each a button to where it comes from; what is zero is not shown."""

    asked = Signal(str)

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(28)
        face.name(self, _BAR)
        self.practice = badge(face, PRACTICE, Tone.WARNING)
        self.read_only = badge(face, _READ_ONLY, Tone.WARNING)
        self.store = self._fact("settings")
        self.saved = self._fact("history")
        self.waiting = self._fact("sync")
        self.vintage = self._fact("settings")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(8)
        for part in (self.practice, self.read_only, self.store, self.saved):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self.waiting)
        layout.addWidget(self.vintage)
        for part in (self.practice, self.read_only, self.store, self.saved, self.waiting, self.vintage):
            part.hide()

    def show_store(self, name: Phrase, *, practice: bool = False, read_only: bool = False) -> None:
        """Name the open store."""
        self._tell(self.store, name)
        self.practice.setVisible(practice)
        self.read_only.setVisible(read_only)

    def show_saving(self) -> None:
        """A save is under way."""
        self._tell(self.saved, _SAVING)

    def show_saved(self, moment: datetime) -> None:
        """Everything up to this moment is on the disk."""
        self._tell(self.saved, _SAVED.fill(time=f"{moment:%H:%M:%S}"))

    def show_waiting(self, count: int, last_sync: datetime | None = None) -> None:
        """How many changes wait to be sent, and when the last sync was."""
        if not count:
            self.waiting.hide()
        elif last_sync is None:
            self._tell(self.waiting, _WAITING.fill(count=count))
        else:
            self._tell(self.waiting, _WAITING_SINCE.fill(count=count, time=f"{last_sync:%H:%M}"))

    def show_vintage(self, vintage: Phrase) -> None:
        """How old the region data is."""
        self._tell(self.vintage, vintage)

    def _fact(self, opens: str) -> QPushButton:
        made = QPushButton()
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.asked.emit(opens))
        return made

    def _tell(self, fact: QPushButton, phrase: Phrase) -> None:
        self._face.say(fact.setText, phrase)
        self._face.name(fact, phrase)
        fact.setVisible(phrase != plain(""))
