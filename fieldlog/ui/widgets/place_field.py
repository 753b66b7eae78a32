"""A place as it is written; what was understood is shown and taken only when the person says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import mark
from fieldlog.ui.widgets.parts import button, framed, row, tool, words
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from fieldlog.ui.face import Face

_NAME: Final = Phrase("위치", "Place")
_HINT: Final = Phrase(
    "37.4930, 127.0298 · 37도 29분 34초 · 다사 5862 4315", "37.4930, 127.0298 · 37°29'34\"N · 다사 5862 4315"
)
_TAKE: Final = Phrase("이 위치로", "Use this place")
_TAKE_ANYWAY: Final = Phrase("예, 이 위치로", "Yes, use this place")
_CLEAR: Final = Phrase("위치 지우기", "Clear the place")
_NOT_READ: Final = Phrase(
    "위치로 읽을 수 없습니다. 좌표나 국가지점번호를 적어 주십시오.",
    "This is not a place we can read. Write coordinates or a national point number.",
)
_DEBOUNCE_MS: Final = 250


class PlaceReading(Struct, frozen=True):
    """One way to understand what was written: degrees WGS84, how to show it, and what to ask first."""

    lat: float
    lon: float
    words: Phrase
    question: Phrase | None = None


ReadPlace: TypeAlias = Callable[[str, Callable[[Sequence[PlaceReading]], None]], None]
"""Reads a text and calls back with what it may mean, best first."""


class PlaceField(QWidget):
    """Reads while it is typed; Enter takes the one reading that needs no question."""

    accepted = Signal(object)
    cleared = Signal()

    def __init__(self, face: Face, read: ReadPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._read = face, read
        self._readings: Sequence[PlaceReading] = ()
        self._asked = ""
        self.entry = Line(face, _NAME)
        face.say(self.entry.setPlaceholderText, _HINT)
        self._clear = tool(face, "x", _CLEAR, self._on_clear, colour="muted")
        self._taken = words(face, plain(""))
        mark(self._taken, tone="good")
        self._taken.hide()
        self._offers = QVBoxLayout()
        self._offers.setSpacing(4)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        self.entry.live_changed.connect(self._on_live)
        self.entry.entered.connect(self._on_enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(self.entry, self._clear))
        layout.addWidget(self._taken)
        layout.addLayout(self._offers)
        self._clear.hide()
        self.setFocusProxy(self.entry)

    def show_place(self, shown: Phrase | None) -> None:
        """Show the place the record has, or none."""
        self._empty()
        self._clear.setVisible(shown is not None)
        self._taken.setVisible(shown is not None)
        self.entry.set_value("")
        if shown is not None:
            self._face.say(self._taken.setText, shown)

    def offer(self, readings: Sequence[PlaceReading]) -> None:
        """Show what was understood, each with a button."""
        self._empty()
        self._readings = readings
        for reading in readings:
            self._offers.addWidget(self._offer(reading))
        if not readings and self.entry.live_text().strip():
            note = words(self._face, _NOT_READ, "small", wrap=True)
            mark(note, tone="warning")
            self._offers.addWidget(note)

    def _offer(self, reading: PlaceReading) -> QWidget:
        take = button(
            self._face,
            _TAKE_ANYWAY if reading.question else _TAKE,
            lambda: self._take(reading),
            icon="map-pin",
        )
        self._face.name(take, Phrase(f"{_TAKE.ko}: {reading.words.ko}", f"{_TAKE.en}: {reading.words.en}"))
        line = row(words(self._face, reading.words), None, take)
        if reading.question is None:
            return framed(line, "clear")
        question = words(self._face, reading.question, wrap=True)
        mark(question, tone="warning")
        box = QVBoxLayout()
        box.setContentsMargins(12, 8, 8, 8)
        box.addWidget(question)
        box.addLayout(line)
        made = framed(box, "clear")
        mark(made, band="warning")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        return made

    def _take(self, reading: PlaceReading) -> None:
        self.show_place(reading.words)
        self.accepted.emit(reading)

    def _on_live(self, seen: str) -> None:
        if seen.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._empty()

    def _ask(self) -> None:
        self._asked = self.entry.live_text()
        self._read(self._asked, self._on_read(self._asked))

    def _on_read(self, asked: str) -> Callable[[Sequence[PlaceReading]], None]:
        def take(readings: Sequence[PlaceReading]) -> None:
            if asked == self._asked:
                self.offer(readings)

        return take

    def _on_enter(self) -> None:
        sure = [reading for reading in self._readings if reading.question is None]
        if len(sure) == 1 and self._asked == self.entry.live_text():
            self._take(sure[0])
        elif self.entry.value().strip():
            self._timer.stop()
            self._ask()

    def _on_clear(self) -> None:
        self.show_place(None)
        self.cleared.emit()

    def _empty(self) -> None:
        self._readings = ()
        while (item := self._offers.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
