"""A dot beside a field that somebody else has changed since the person last looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from fieldlog.ui.face import Face

CHANGED: Final = Phrase("다른 사람이 고침", "Changed by somebody else")
_SIZE: Final = 16
_DOT: Final = 8.0


class NewsDot(QWidget):
    """Shown with who, when and what stood before in its tooltip; hidden where there is nothing new."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.setFixedSize(QSize(_SIZE, _SIZE))
        face.name(self, CHANGED)
        face.theme_changed.connect(self.update)
        self.hide()

    def show_news(self, told: Phrase | None) -> None:
        """Show a change, or that there is none."""
        if told is not None:
            self._face.name(self, CHANGED, told)
        self.setVisible(told is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A filled dot in the accent colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._face.colour("accent"))
        left, top = (self.width() - _DOT) / 2, (self.height() - _DOT) / 2
        painter.drawEllipse(QRectF(left, top, _DOT, _DOT))
