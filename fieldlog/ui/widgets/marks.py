"""Severity, stage and deadline as a shape with its word."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry.vocabularies import SEVERITY, STAGE
from fieldlog.domain.traffic_light import Light
from fieldlog.ui.theme import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from fieldlog.domain.traffic_light import Remaining
    from fieldlog.ui.face import Face

_SIDE: Final = 10
_PAD: Final = 8
_BAR_WIDTH: Final = 32
_BAR_HEIGHT: Final = 4


class Shape(enum.Enum):
    """Shapes told apart without colour, also in print."""

    SQUARE = "square"
    TRIANGLE = "triangle"
    DISC = "disc"
    DIAMOND = "diamond"
    RING = "ring"
    HALF = "half"
    BARS = "bars"
    DASH = "dash"


class Mark(Struct, frozen=True):
    """A shape, its word and its tone; ``share`` 0 to 1 adds a bar of what is left."""

    word: Phrase
    tone: Tone
    shape: Shape
    share: float | None = None
    washed: bool = False


_SEVERITIES: Final = {
    5: (Shape.SQUARE, Tone.DANGER),
    4: (Shape.TRIANGLE, Tone.DANGER),
    3: (Shape.DISC, Tone.WARNING),
    2: (Shape.DIAMOND, Tone.INFO),
    1: (Shape.RING, Tone.NEUTRAL),
}
_STAGES: Final = {
    "DRAFT": (Shape.RING, Tone.NEUTRAL),
    "NOTIFIED": (Shape.DISC, Tone.GOOD),
    "FOLLOW_UP": (Shape.DISC, Tone.GOOD),
    "CLOSED": (Shape.SQUARE, Tone.NEUTRAL),
    "ON_HOLD": (Shape.BARS, Tone.WARNING),
    "TRANSFERRED": (Shape.DASH, Tone.NEUTRAL),
    "MERGED": (Shape.DASH, Tone.NEUTRAL),
    "REJECTED": (Shape.DASH, Tone.NEUTRAL),
    "WITHDRAWN": (Shape.DASH, Tone.NEUTRAL),
}
_LIGHTS: Final = {
    Light.BLUE: (Shape.DISC, Tone.INFO),
    Light.YELLOW: (Shape.DIAMOND, Tone.WARNING),
    Light.ORANGE: (Shape.TRIANGLE, Tone.WARNING),
    Light.RED: (Shape.SQUARE, Tone.DANGER),
}


def severity_mark(severity: int) -> Mark:
    """How grave a case is."""
    shape, tone = _SEVERITIES.get(severity, (Shape.RING, Tone.NEUTRAL))
    return Mark(_word_alone(SEVERITY.label(str(severity)) or plain(str(severity))), tone, shape)


def stage_mark(code: str) -> Mark:
    """Where a case stands in its life."""
    shape, tone = _STAGES.get(code, (Shape.HALF, Tone.INFO))
    return Mark(STAGE.label(code) or plain(code), tone, shape, washed=True)


def due_mark(remaining: Remaining, share: float | None = None) -> Mark:
    """How much working time a deadline leaves; ``share`` is the part of the period still left, 0 to 1."""
    shape, tone = _LIGHTS[remaining.light]
    return Mark(remaining.words, tone, shape, share)


def _word_alone(label: Phrase) -> Phrase:
    """A vocabulary's label without the sign before it: the shape is drawn."""
    return Phrase(label.ko.lstrip("■▲●◆○ "), label.en.lstrip("■▲●◆○ "))


def mark_width(face: Face, mark: Mark, metrics: QFontMetrics) -> int:
    """The width a mark needs, device-independent pixels."""
    bar = _BAR_WIDTH + _PAD if mark.share is not None else 0
    return (
        _SIDE + 6 + metrics.horizontalAdvance(face.said(mark.word)) + bar + (2 * _PAD if mark.washed else 0)
    )


def paint_mark(painter: QPainter, place: QRect, face: Face, mark: Mark) -> None:
    """Draw a mark, centred in height, elided where there is no room."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = face.colour(f"{mark.tone.value}.ink")
    metrics = painter.fontMetrics()
    left, room = place.left(), place.width()
    if mark.washed:
        width = min(room, mark_width(face, mark, metrics))
        height = metrics.height() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(face.colour(f"{mark.tone.value}.wash"))
        painter.drawRoundedRect(QRectF(left, place.center().y() - height / 2 + 0.5, width, height), 4, 4)
        left, room = left + _PAD, width - 2 * _PAD
    centre = QPointF(left + _SIDE / 2, place.center().y() + 0.5)
    painter.setPen(QPen(ink, 1.6))
    painter.setBrush(ink)
    _SHAPES[mark.shape](painter, centre)
    left, room = left + _SIDE + 6, room - _SIDE - 6
    if mark.share is not None:
        room -= _BAR_WIDTH + _PAD
    word = face.said(mark.word)
    if metrics.horizontalAdvance(word) > room:
        word = metrics.elidedText(word, Qt.TextElideMode.ElideRight, room)
    painter.setPen(ink)
    painter.drawText(QRect(left, place.top(), room, place.height()), Qt.AlignmentFlag.AlignVCenter, word)
    if mark.share is not None:
        bar = QRectF(0, 0, _BAR_WIDTH, _BAR_HEIGHT)
        bar.moveTo(left + metrics.horizontalAdvance(word) + _PAD, place.center().y() - _BAR_HEIGHT / 2 + 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(face.colour("hairline"))
        painter.drawRoundedRect(bar, 2, 2)
        bar.setWidth(max(_BAR_HEIGHT, _BAR_WIDTH * max(0.0, min(1.0, mark.share))))
        painter.setBrush(ink)
        painter.drawRoundedRect(bar, 2, 2)
    painter.restore()


class MarkLabel(QWidget):
    """A mark standing by itself in a header or a line."""

    def __init__(self, face: Face, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._mark = face, mark
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        face.language_changed.connect(self.updateGeometry)
        face.theme_changed.connect(self.update)
        self.show_mark(mark)

    def show_mark(self, mark: Mark) -> None:
        """Show another mark."""
        self._mark = mark
        self._face.name(self, mark.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as the mark, one line high."""
        metrics = self.fontMetrics()
        return QSize(mark_width(self._face, self._mark, metrics) + 2, metrics.height() + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw it."""
        painter = QPainter(self)
        paint_mark(painter, self.rect(), self._face, self._mark)
        painter.end()


def _polygon(*corners: tuple[float, float]) -> Any:
    def draw(painter: QPainter, centre: QPointF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in corners]))

    return draw


def _disc(painter: QPainter, centre: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(centre, 4.5, 4.5)


def _ring(painter: QPainter, centre: QPointF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, 4.2, 4.2)


def _half(painter: QPainter, centre: QPointF) -> None:
    whole = QRectF(centre.x() - 4.2, centre.y() - 4.2, 8.4, 8.4)
    painter.drawPie(whole, 90 * 16, 180 * 16)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(whole)


def _bars(painter: QPainter, centre: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRect(QRectF(centre.x() - 4, centre.y() - 4, 3, 8))
    painter.drawRect(QRectF(centre.x() + 1, centre.y() - 4, 3, 8))


def _dash(painter: QPainter, centre: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRect(QRectF(centre.x() - 4.5, centre.y() - 1.2, 9, 2.4))


_SHAPES: Final = {
    Shape.SQUARE: _polygon((-4.2, -4.2), (4.2, -4.2), (4.2, 4.2), (-4.2, 4.2)),
    Shape.TRIANGLE: _polygon((0, -4.8), (5, 4), (-5, 4)),
    Shape.DIAMOND: _polygon((0, -5), (5, 0), (0, 5), (-5, 0)),
    Shape.DISC: _disc,
    Shape.RING: _ring,
    Shape.HALF: _half,
    Shape.BARS: _bars,
    Shape.DASH: _dash,
}
