"""Where it is, without being asked: from a photograph, from what is typed, or later; one line says which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import placing
from fieldlog.ui.face import mark
from fieldlog.ui.icons import ICON_SIZE
from fieldlog.ui.jobs import Errand, Latest
from fieldlog.ui.widgets.parts import button, column, row, words
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.services.placing import Reading
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.face import Face
    from fieldlog.ui.jobs import Lanes

_NAME: Final = Phrase("위치", "Place")
_HINT: Final = Phrase("좌표, 국가지점번호 또는 장소 설명", "Coordinates, national point number, or words")
_LATER: Final = Phrase("나중에 정합니다.", "To be set later.")
_FROM_PHOTO: Final = Phrase("사진에서 가져옴 · {at}", "Taken from the photo · {at}")
_TYPED: Final = Phrase("적은 위치 · {at}", "As typed · {at}")
_WORDS: Final = Phrase("장소 설명으로 함께 기록합니다.", "Recorded as words describing the place.")
_WORDS_AND_PHOTO: Final = Phrase(
    "좌표는 사진에서 가져오고, 적은 말은 장소 설명으로 기록합니다.",
    "The position comes from the photo; the words describe the place.",
)
_YES: Final = Phrase("예, 이 위치로", "Yes, use this place")
_DEBOUNCE_MS: Final = 250


class PlaceLine(QWidget):
    """Never keeps anybody from saving: what is no position is kept as words."""

    changed = Signal()

    def __init__(self, face: Face, lanes: Lanes[Workspace]) -> None:
        super().__init__()
        self._face, self._lanes = face, lanes
        self._from_photo: tuple[float, float] | None = None
        self._reading: Reading | None = None
        self._asked: Reading | None = None
        self._read_text = ""
        self._latest = Latest()
        self.entry = Line(face, _NAME, longest=200)
        face.say(self.entry.setPlaceholderText, _HINT)
        self._picture = QLabel()
        self._picture.setFixedSize(QSize(ICON_SIZE, ICON_SIZE))
        self.status = words(face, _LATER, "small", wrap=True)
        self.yes = button(face, _YES, self._agree)
        self.yes.hide()
        status = row(self._picture, self.status, self.yes, gap=6)
        status.setStretch(1, 1)
        self.setLayout(column(self.entry, status, gap=4))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._read)
        self.entry.live_changed.connect(self._on_live)
        face.theme_changed.connect(self._draw)
        self.setFocusProxy(self.entry)
        self._show()

    def know_photo_place(self, at: tuple[float, float] | None) -> None:
        """Where the first picture with a position was taken."""
        if at != self._from_photo:
            self._from_photo = at
            self._show()

    def clear(self) -> None:
        """Forget everything."""
        self._from_photo = self._reading = self._asked = None
        self._read_text = ""
        self.entry.set_value("")
        self._show()

    def rest(self) -> None:
        """Read nothing more of what is being typed."""
        self._timer.stop()

    def text(self) -> str:
        """What is typed, the syllable being composed included."""
        return self.entry.live_text().strip()

    def set_text(self, text: str) -> None:
        """Show a text as typed."""
        self.entry.set_value(text)
        self._on_live(text)

    def agreed(self) -> Reading | None:
        """The position that was understood and, where it had to be asked about, agreed to."""
        return self._reading if self._read_text == self.text() else None

    def words(self) -> str:
        """What is typed, unless it is a position."""
        return "" if self.agreed() or self._asked else self.text()

    def _on_live(self, seen: str) -> None:
        self.changed.emit()
        if seen.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._reading = self._asked = None
        self._show()

    def _read(self) -> None:
        text = self.text()

        def found(readings: Sequence[Reading]) -> None:
            if text == self.text():
                self._take(text, readings)

        self._latest.start(
            Errand(self._lanes, lambda: _readings(text), lane=self._lanes.reading).done(found), self
        )

    def _take(self, text: str, readings: Sequence[Reading]) -> None:
        first = readings[0] if readings else None
        self._reading = first if first is not None and first.is_safe else None
        offered = (each for each in readings if each.note is not None and each.coordinate is not None)
        self._asked = next(offered, None) if self._reading is None else None
        self._read_text = text
        self._show()
        self.changed.emit()

    def _agree(self) -> None:
        self._reading, self._asked = self._asked, None
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        text, settled = self.text(), self._read_text == self.text()
        self.yes.setVisible(bool(text) and settled and self._asked is not None)
        if text and settled and self._asked is not None and self._asked.note is not None:
            self._say(self._asked.note, "triangle-alert", "warning")
        elif text and settled and self._reading is not None:
            at = (self._reading.lat, self._reading.lon)
            self._say_taken(_TYPED.fill(at=_written(*at)), at, "good")
        elif text and settled:
            self._say_taken(_WORDS_AND_PHOTO if self._from_photo else _WORDS, self._from_photo, None)
        elif self._from_photo is not None and not text:
            found = _FROM_PHOTO.fill(at=_written(*self._from_photo))
            self._say_taken(found, self._from_photo, "good")
        else:
            self._say(_LATER if not text else plain(""), "map-pin-off", None)

    def _say_taken(self, sentence: Phrase, at: tuple[float, float] | None, tone: str | None) -> None:
        """What is taken, with the doubt there is about such a position."""
        doubts = placing.written_place(*at).warnings if at else ()
        if doubts:
            said = (sentence, *doubts)
            self._say(
                Phrase("\n".join(each.ko for each in said), "\n".join(each.en for each in said)),
                "triangle-alert",
                "warning",
            )
        else:
            self._say(sentence, "map-pin", tone)

    def _say(self, sentence: Phrase, icon: str, tone: str | None) -> None:
        self._face.say(self.status.setText, sentence)
        mark(self.status, tone=tone)
        self._drawn = (icon, f"{tone}.ink" if tone else "muted")
        self._draw()

    def _draw(self) -> None:
        icon, colour = self._drawn
        self._picture.setPixmap(self._face.pixmap(icon, colour, ICON_SIZE, self.devicePixelRatioF()))


def _written(lat: float, lon: float) -> Phrase:
    return plain(f"{lat:.5f}, {lon:.5f}")


def _readings(text: str) -> Sequence[Reading]:
    try:
        return placing.read_places(text)
    except BadInput:
        return ()
