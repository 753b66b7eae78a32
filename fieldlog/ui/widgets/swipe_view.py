"""Before and after in one frame, with a divider to draw across."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.widgets.pictures import phase_tone, phase_word

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from fieldlog.ui.face import Face

_NAME: Final = Phrase("전후 비교", "Before and after")
_HINT: Final = Phrase(
    "가르는 선을 끌거나 ←, → 로 옮깁니다.", "Drag the divider or move it with the arrow keys."
)
_KNOB: Final = 16
_STEPS: Final = 1000


class SwipeView(QSlider):
    """Left of the divider is before, right of it after; the divider is a slider for keys and screen readers."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._face = face
        self._before, self._after = QImage(), QImage()
        self.setRange(0, _STEPS)
        self.setSingleStep(_STEPS // 50)
        self.setPageStep(_STEPS // 5)
        self.setValue(_STEPS // 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        face.name(self, _NAME, _HINT)
        face.language_changed.connect(self.update)
        face.theme_changed.connect(self.update)

    def show_pair(self, before: QImage, after: QImage) -> None:
        """Show two pictures from the same viewpoint, the divider in the middle."""
        self._before, self._after = before, after
        self.setValue(_STEPS // 2)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As a photograph."""
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Small enough for a side pane."""
        return QSize(160, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw both pictures, the divider and their words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._face.colour("sunken"))
        frame = self._frame()
        at = frame.left() + frame.width() * self.value() // _STEPS
        for image, side, phase in (
            (self._before, QRect(frame.left(), frame.top(), at - frame.left(), frame.height()), "BEFORE"),
            (self._after, QRect(at, frame.top(), frame.right() + 1 - at, frame.height()), "AFTER"),
        ):
            painter.save()
            painter.setClipRect(side)
            painter.drawImage(_fitted(image, frame), image)
            self._word(painter, frame, phase)
            painter.restore()
        self._divider(painter, frame, at)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The divider jumps to the mouse."""
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The divider follows the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def _follow(self, event: QMouseEvent) -> None:
        frame = self._frame()
        self.setValue(round((event.position().x() - frame.left()) * _STEPS / max(1, frame.width())))

    def _frame(self) -> QRect:
        image = self._after if self._before.isNull() else self._before
        return self.rect() if image.isNull() else _fitted(image, self.rect())

    def _word(self, painter: QPainter, frame: QRect, phase: str) -> None:
        tone, word = phase_tone(phase).value, self._face.said(phase_word(phase))
        width = painter.fontMetrics().horizontalAdvance(word) + 16
        left = frame.left() + 12 if phase == "BEFORE" else frame.right() - 12 - width
        chip = QRect(left, frame.top() + 12, width, painter.fontMetrics().height() + 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._face.colour(f"{tone}.wash"))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(self._face.colour(f"{tone}.ink"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)

    def _divider(self, painter: QPainter, frame: QRect, at: int) -> None:
        focused = self.hasFocus()
        painter.setPen(QPen(self._face.colour("focus" if focused else "raised"), 3 if focused else 2))
        painter.drawLine(at, frame.top(), at, frame.bottom())
        centre = QPointF(at, frame.center().y())
        painter.setPen(QPen(self._face.colour("focus" if focused else "line"), 2))
        painter.setBrush(self._face.colour("raised"))
        painter.drawEllipse(centre, _KNOB, _KNOB)
        for name, shift in (("chevron-left", -7), ("chevron-right", 7)):
            place = QRectF(centre.x() + shift - 8, centre.y() - 8, 16, 16).toRect()
            self._face.icon(name).paint(painter, place)


def _fitted(image: QImage, place: QRect) -> QRect:
    size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    fitted = QRect(0, 0, size.width(), size.height())
    fitted.moveCenter(place.center())
    return fitted
