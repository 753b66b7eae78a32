"""Where the case is: read as it is written, taken with the person's word, shown in three spellings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.services import placing, recording
from fieldlog.ui.case.record_form import RecordForm
from fieldlog.ui.face import GAP, GROUP_GAP
from fieldlog.ui.jobs import Latest, Read
from fieldlog.ui.widgets.parts import column, tool, words
from fieldlog.ui.widgets.place_field import PlaceField, PlaceReading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fieldlog.domain.record import Record
    from fieldlog.services.placing import Reading, WrittenPlace
    from fieldlog.ui.case.open_case import OpenCase
    from fieldlog.ui.case.view import CaseView

_LOCATION: Final = REGISTRY.kind("location")
_WORDS: Final = ("place_hint", "road_addr", "asset_no")
_DECIMAL: Final = Phrase("좌표", "Decimal")
_DMS: Final = Phrase("도분초", "Degrees, minutes, seconds")
_POINT: Final = Phrase("국가지점번호", "National point number")
_COPY: Final = Phrase("{what} 복사", "Copy {what}")
_COPIED: Final = Phrase("{what:을} 복사했습니다.", "{what} copied.")
_SET: Final = Phrase("위치를 정했습니다.", "The place was set.")
_CLEARED: Final = Phrase("위치를 지웠습니다.", "The place was cleared.")
_FROM: Final = Phrase("위치 있음 · {source}", "Place known · {source}")
_FROM_ABOUT: Final = Phrase(
    "위치 있음 · {source}, 정확도 약 {m} m", "Place known · {source}, accurate to about {m} m"
)
_REMOVED: Final = "위치 지움"


class CasePlace(QWidget):
    """The place field, the written forms of what it took, and the words that belong to a place."""

    def __init__(self, case: OpenCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case, self._face = case, case.face
        self._readings: dict[tuple[float, float], Reading] = {}
        self._latest = Latest()
        self.entry = PlaceField(case.face, self._read)
        self.entry.accepted.connect(self._take)
        self.entry.cleared.connect(self._clear)
        self._written = QWidget()
        self._grid = QGridLayout(self._written)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GROUP_GAP)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._shown: WrittenPlace | None = None
        self.form = RecordForm(case, [_LOCATION.field(name) for name in _WORDS], columns=2, parent=self)
        self.form.hide()
        self.setLayout(column(self.entry, self._written, self.form, gap=GAP))

    def show_view(self, view: CaseView) -> None:
        """Show the place the case has, or none."""
        location = view.sheet.location
        if self._shown != view.place or self._readings:
            self._readings.clear()
            self.entry.show_place(_origin(location) if location and view.place else None)
            self._write_out(view.place)
        self.entry.setVisible(not view.read_only)
        self.form.setVisible(location is not None)
        self.form.set_read_only(read_only=view.read_only)
        if location is not None:
            self.form.show_record(location, view.drafts.get(location.id))

    def settle(self) -> None:
        """Save what is being written."""
        if not self.form.isHidden():
            self.form.settle()

    def _read(self, text: str, show: Callable[[Sequence[PlaceReading]], None]) -> None:
        def found(readings: Sequence[Reading]) -> None:
            usable = [each for each in readings if each.lat is not None and each.lon is not None]
            self._readings = {(each.lat, each.lon): each for each in usable}
            show([_offered(each) for each in usable])

        lanes = self._case.context.lanes
        read = Read(lanes, lambda _workspace: _readings(text), lane=lanes.reading)
        self._latest.start(read.done(found), self)

    def _take(self, offered: PlaceReading) -> None:
        case, reading = self._case.id, self._readings.get((offered.lat, offered.lon))
        if case is None or reading is None:
            return
        values = placing.place_values(reading)
        self._case.write(
            lambda workspace: placing.set_place(workspace, case, values),
            done=lambda _effects: self._case.context.messages.tell(_SET, undo=self._case.undo),
        )

    def _clear(self) -> None:
        view = self._case.view
        location = view.sheet.location if view else None
        if location is not None:
            self._case.write(
                lambda workspace: recording.remove(workspace, location.id, _REMOVED),
                done=lambda _effects: self._case.context.messages.tell(_CLEARED, undo=self._case.undo),
            )

    def _write_out(self, place: WrittenPlace | None) -> None:
        self._shown = place
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._written.setVisible(place is not None)
        if place is None:
            return
        forms = [(_DECIMAL, plain(place.decimal)), (_DMS, place.dms)]
        if place.national_point:
            forms.append((_POINT, plain(place.national_point)))
        for line, (label, text) in enumerate(forms):
            shown = words(self._face, text)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            copy = tool(
                self._face, "copy", _COPY.fill(what=label), partial(self._copy, label, text), colour="muted"
            )
            self._grid.addWidget(words(self._face, label, "label"), line, 0)
            self._grid.addWidget(shown, line, 1)
            self._grid.addWidget(copy, line, 2)
        for line, warning in enumerate(place.warnings, start=len(forms)):
            self._grid.addWidget(words(self._face, warning, "muted", wrap=True), line, 0, 1, 3)

    def _copy(self, label: Phrase, text: Phrase) -> None:
        QGuiApplication.clipboard().setText(self._face.said(text))
        self._case.context.messages.tell(_COPIED.fill(what=label))


def _origin(location: Record) -> Phrase:
    """Where the place is known from, and how exactly."""
    vocabulary = _LOCATION.field("source").vocabulary
    source = location.text("source")
    said = (vocabulary.label(source) if vocabulary else None) or plain(source)
    accuracy = location.number("accuracy_m")
    return _FROM_ABOUT.fill(source=said, m=f"{accuracy:g}") if accuracy else _FROM.fill(source=said)


def _readings(text: str) -> list[Reading]:
    try:
        return placing.read_places(text)
    except BadInput:
        return []


def _offered(reading: Reading) -> PlaceReading:
    written = placing.written_place(reading.lat, reading.lon)
    spelled = plain(
        f"{written.decimal} · {written.national_point}" if written.national_point else written.decimal
    )
    return PlaceReading(reading.lat, reading.lon, spelled, None if reading.is_safe else reading.note)
