"""One case as a line that opens it: title, what it is and where, and what its deadline leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import CORNER
from fieldlog.ui.widgets.marks import Mark, mark_width, paint_mark

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QImage, QPaintEvent

    from fieldlog.ui.face import Face

_PAD: Final = 8
_HEIGHT: Final = 52
_PICTURE: Final = 44
_MARK_SHARE: Final = 0.45
_ALL: Final = Phrase("{title}, {below}, {mark}", "{title}, {below}, {mark}")
_BOTH: Final = Phrase("{title}, {below}", "{title}, {below}")


class Line(QAbstractButton):
    """Enter, Space or a click opens; the arrow keys walk to the line above or below."""

    walked = Signal(int)

    def __init__(
        self,
        face: Face,
        title: Phrase,
        below: Phrase,
        *,
        mark: Mark | None = None,
        pictured: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face, self._title, self._below, self._mark = face, title, below, mark
        self._pictured = pictured
        self._picture: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        said = _ALL if mark else _BOTH
        face.name(self, said.fill(title=title, below=below, mark=mark.word if mark else title))
        face.language_changed.connect(self.update)
        face.theme_changed.connect(self.updateGeometry)

    def show_picture(self, image: QImage | None) -> None:
        """Show a photograph before the words."""
        if image is None:
            return
        side = min(image.width(), image.height())
        cut = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
        ratio = self.devicePixelRatioF()
        size = QSize(_PICTURE, _PICTURE) * ratio
        shown = QPixmap.fromImage(cut.scaled(size, mode=Qt.TransformationMode.SmoothTransformation))
        shown.setDevicePixelRatio(ratio)
        self._picture = shown
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two lines of text high."""
        return QSize(240, max(_HEIGHT, self._face.target))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrow enough for a small window: the text is elided."""
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens as Space does; up and down walk."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.walked.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Draw again when the mouse comes."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw again when the mouse goes."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw ground, picture, words, mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._face.colour("sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), CORNER, CORNER)
        inside = self.rect().adjusted(_PAD, 4, -_PAD, -4)
        if self._pictured:
            self._paint_picture(painter, QRect(inside.left(), inside.top(), _PICTURE, _PICTURE))
            inside.setLeft(inside.left() + _PICTURE + 12)
        if self._mark is not None:
            inside = self._paint_mark(painter, inside, self._mark)
        self._paint_words(painter, inside)
        painter.end()

    def _paint_picture(self, painter: QPainter, place: QRect) -> None:
        painter.save()
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(place), 4, 4)
        painter.setClipPath(outline)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._face.colour("sunken"))
        painter.drawRect(place)
        if self._picture is not None:
            painter.drawPixmap(place, self._picture)
        else:
            self._face.icon("image", "line").paint(painter, place.adjusted(12, 12, -12, -12))
        painter.restore()

    def _paint_mark(self, painter: QPainter, inside: QRect, mark: Mark) -> QRect:
        wanted = mark_width(self._face, mark, QFontMetrics(painter.font()))
        width = min(wanted, int(inside.width() * _MARK_SHARE))
        place = QRect(inside.right() - width + 1, inside.top(), width, inside.height())
        paint_mark(painter, place, self._face, mark)
        return inside.adjusted(0, 0, -width - 16, 0)

    def _paint_words(self, painter: QPainter, inside: QRect) -> None:
        half = inside.height() // 2
        sizes = self._face.theme.sizes
        for text, top, size, colour, weight in (
            (self._title, inside.top(), sizes.body, "text", QFont.Weight.Medium),
            (self._below, inside.top() + half, sizes.small, "muted", QFont.Weight.Normal),
        ):
            font = QFont(self.font())
            font.setPixelSize(size)
            font.setWeight(weight)
            painter.setFont(font)
            painter.setPen(self._face.colour(colour))
            place = QRect(inside.left(), top, inside.width(), half)
            said = painter.fontMetrics().elidedText(
                self._face.said(text), Qt.TextElideMode.ElideRight, inside.width()
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
