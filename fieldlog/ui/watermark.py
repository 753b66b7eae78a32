"""연습, written across everything that belongs to a practice store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from fieldlog.ui.status_bar import PRACTICE

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont, QPaintEvent

    from fieldlog.ui.face import Face

_OPACITY = 0.06
_ANGLE = -24
_ACROSS, _DOWN = 340, 220


class Watermark(QWidget):
    """Lies over a window without catching a click or a key."""

    def __init__(self, face: Face, over: QWidget) -> None:
        super().__init__(over)
        self._face = face
        self._tile: tuple[tuple[str, str, float], QPixmap] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        face.language_changed.connect(self.update)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Cover the whole window, above whatever was added to it."""
        over = self.parentWidget()
        if over is not None and event.type() in {QEvent.Type.Resize, QEvent.Type.ChildAdded}:
            self.setGeometry(over.rect())
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Write it in rows, faint enough to read through; it is painted with whatever changes below it."""
        painter = QPainter(self)
        painter.drawTiledPixmap(event.rect(), self._written(), event.rect().topLeft())
        painter.end()

    def _written(self) -> QPixmap:
        """One stretch of the pattern, written once for a word, a colour and a screen."""
        word, colour = self._face.said(PRACTICE), self._face.colour("text")
        wanted = (word, colour.name(), self.devicePixelRatioF())
        if self._tile is None or self._tile[0] != wanted:
            self._tile = (wanted, _pattern(self.font(), word, colour, self.devicePixelRatioF()))
        return self._tile[1]


def _pattern(font: QFont, word: str, colour: QColor, ratio: float) -> QPixmap:
    """Two rows, the second set off by half; what crosses an edge comes in again at the other."""
    tile = QPixmap(round(_ACROSS * ratio), round(2 * _DOWN * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    font.setPixelSize(48)
    font.setBold(True)
    width = QFontMetricsF(font).horizontalAdvance(word)
    painter = QPainter(tile)
    painter.setFont(font)
    painter.setOpacity(_OPACITY)
    painter.setPen(colour)
    for line in range(-1, 4):
        for left in range(40 - 2 * _ACROSS, 2 * _ACROSS, _ACROSS):
            painter.save()
            painter.translate(
                QPointF(left + (_ACROSS // 2 if line % 2 else 0) + width / 2, 60 + line * _DOWN)
            )
            painter.rotate(_ANGLE)
            painter.drawText(QPointF(-width / 2, 0), word)
            painter.restore()
    painter.end()
    return tile
