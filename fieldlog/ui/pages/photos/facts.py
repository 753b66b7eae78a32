"""What a photograph tells of itself, line by line: time and its source, place, camera, file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from fieldlog.domain.clock import parse_moment
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.shown_dates import shown_moment
from fieldlog.ui.face import GAP
from fieldlog.ui.widgets.parts import words

if TYPE_CHECKING:
    from fieldlog.domain.record import Record
    from fieldlog.services.leafing import PhotoSheet
    from fieldlog.ui.face import Face

_PHOTO: Final = REGISTRY.kind("photo")
_TAKEN: Final = Phrase("촬영", "Taken")
_PLACE: Final = Phrase("위치", "Place")
_POINT: Final = Phrase("국가지점번호", "National point")
_HEADING: Final = Phrase("방향", "Heading")
_CAMERA: Final = Phrase("기기", "Camera")
_FILE: Final = Phrase("파일", "File")
_SIZE: Final = Phrase("크기", "Size")
_HASH: Final = Phrase("해시", "Hash")
_WITH: Final = Phrase("{what}\n출처: {source}", "{what}\nfrom: {source}")
_SPOKEN: Final = Phrase("{what}: {value}", "{what}: {value}")
_UNKNOWN: Final = Phrase("알 수 없음", "Unknown")
_NO_PLACE: Final = Phrase("없음", "None")
_PIXELS: Final = Phrase("{width} × {height} · {megabytes} MB", "{width} × {height} · {megabytes} MB")
_DEGREES: Final = Phrase("{way} {degrees}°", "{way} {degrees}°")
_WAYS: Final = (
    Phrase("북", "N"),
    Phrase("북동", "NE"),
    Phrase("동", "E"),
    Phrase("남동", "SE"),
    Phrase("남", "S"),
    Phrase("남서", "SW"),
    Phrase("서", "W"),
    Phrase("북서", "NW"),
)
_LABEL_WIDTH: Final = 76
_HASH_SHOWN: Final = 16


class PhotoFacts(QWidget):
    """Labels at the left, what is known at the right; every value can be selected and copied."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._values: dict[str, QLabel] = {}
        self._labels: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        for phrase in (_TAKEN, _PLACE, _POINT, _HEADING, _CAMERA, _FILE, _SIZE, _HASH):
            self._add(phrase)

    def _add(self, label: Phrase) -> None:
        line = self._grid.rowCount()
        value = words(self._face, plain(""), wrap=True)
        value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._labels[label.en], self._values[label.en] = words(self._face, label, "muted"), value
        self._grid.addWidget(self._labels[label.en], line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, line, 1, Qt.AlignmentFlag.AlignTop)

    def show_sheet(self, sheet: PhotoSheet) -> None:
        """Show what is known; what does not apply has no line."""
        photo = sheet.photo
        heading = photo.number("heading_deg")
        self._say(_TAKEN, _taken(photo))
        self._say(_PLACE, _place(sheet))
        self._say(_POINT, plain(sheet.place.national_point or "") if sheet.place else None)
        self._say(_HEADING, None if heading is None else _heading(heading))
        self._say(_CAMERA, plain(photo.text("camera")))
        self._say(_FILE, plain(photo.text("original_name")))
        self._say(_SIZE, _size(photo))
        digest = photo.text("sha256")
        self._say(_HASH, plain(f"{digest[:_HASH_SHOWN]}…"))
        self._values[_HASH.en].setToolTip(digest)

    def told(self) -> dict[str, str]:
        """What is shown, by English label."""
        return {name: value.text() for name, value in self._values.items() if not value.isHidden()}

    def _say(self, label: Phrase, value: Phrase | None) -> None:
        shown = value is not None and bool(value.en)
        self._labels[label.en].setVisible(shown)
        self._values[label.en].setVisible(shown)
        if value is not None:
            self._face.say(self._values[label.en].setText, value)
            self._face.name(self._values[label.en], _SPOKEN.fill(what=label, value=value))


def _source(photo: Record, name: str) -> Phrase:
    vocabulary = _PHOTO.field(name).vocabulary
    label = vocabulary.label(photo.text(name)) if vocabulary else None
    return label or plain(photo.text(name))


def _taken(photo: Record) -> Phrase:
    taken = photo.text("taken_at")
    if not taken:
        return _UNKNOWN
    moment = shown_moment(parse_moment(taken))
    return (
        _WITH.fill(what=moment, source=_source(photo, "taken_at_source"))
        if photo.get("taken_at_source")
        else moment
    )


def _place(sheet: PhotoSheet) -> Phrase:
    if sheet.place is None:
        return _NO_PLACE
    place = plain(sheet.place.decimal)
    if not sheet.photo.get("geo_source"):
        return place
    return _WITH.fill(what=place, source=_source(sheet.photo, "geo_source"))


def _heading(degrees: float) -> Phrase:
    return _DEGREES.fill(way=_WAYS[round(degrees / 45) % 8], degrees=f"{degrees:.0f}")


def _size(photo: Record) -> Phrase:
    megabytes = (photo.number("bytes") or 0) / 1e6
    return _PIXELS.fill(
        width=photo.text("width"),
        height=photo.text("height"),
        megabytes=f"{megabytes:.1f}" if megabytes >= 0.1 else f"{megabytes:.2f}",  # noqa: PLR2004
    )
