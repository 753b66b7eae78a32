"""연습, written across everything that belongs to a practice store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fieldlog.ui.status_bar import PRACTICE

if TYPE_CHECKING:
    from fieldlog.ui.face import Face

_OPACITY = 0.06
_ANGLE = -24
_ACROSS, _DOWN = 340, 220


class Watermark(QWidget):
    """Lies over a window without catching a click or a key."""

    def __init__(self, face: Face, over: QWidget) -> None:
        super().__init__(over)
        self._face = face
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
        """Write it in rows, faint enough to read through."""
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.setOpacity(_OPACITY)
        font = self.font()
        font.setPixelSize(48)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self._face.colour("text"))
        word = self._face.said(PRACTICE)
        width = QFontMetricsF(font).horizontalAdvance(word)
        for line, top in enumerate(range(60, self.height() + _DOWN, _DOWN)):
            shift = _ACROSS // 2 if line % 2 else 0
            for left in range(40 - shift, self.width() + _ACROSS, _ACROSS):
                painter.save()
                painter.translate(QPointF(left + width / 2, top))
                painter.rotate(_ANGLE)
                painter.drawText(QPointF(-width / 2, 0), word)
                painter.restore()
        painter.end()
