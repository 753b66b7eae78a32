"""The ring around what the keyboard is on: buttons, boxes, tabs and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QSlider,
    QSplitterHandle,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

if TYPE_CHECKING:
    from fieldlog.ui.face import Face

_GAP: Final = 2
_CORNER: Final = 8
_RINGED: Final = (QAbstractButton, QTabBar, QSlider, QSplitterHandle)
_STEPS: Final = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QObject):
    """Follows the keyboard focus with one ring; fields and lists draw their own in the stylesheet.

    The ring stands outside the widget with a gap, so it keeps its contrast on accent-coloured buttons too.
    """

    def __init__(self, application: QApplication, face: Face) -> None:
        super().__init__(face)
        self._face = face
        self._drawn: _Ring | None = None
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        self._application = application
        application.focusChanged.connect(self._on_focus)

    def retire(self) -> None:
        """Follow no more."""
        self._application.focusChanged.disconnect(self._on_focus)
        self._leave()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._leave()
        if isinstance(new, _RINGED) or (new is not None and new.property("ringed")):
            self._follow(new)

    def _follow(self, widget: QWidget) -> None:
        self._around, frame = widget, _frame_of(widget)
        self._drawn = _Ring(self._face, frame)
        step: QWidget | None = widget
        while step is not None and step is not frame:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._place()

    def _leave(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        if self._drawn is not None and isValid(self._drawn):
            self._drawn.hide()
            self._drawn.deleteLater()
        self._drawn = self._around = None

    def _place(self) -> None:
        around, drawn = self._around, self._drawn
        if around is None or drawn is None or not isValid(around) or not isValid(drawn):
            return
        frame = drawn.parentWidget()
        if frame is None or not around.isVisibleTo(frame):
            drawn.hide()
            return
        reach = _GAP + self._face.theme.focus_width
        place = QRect(around.mapTo(frame, QPoint(0, 0)), around.size()).adjusted(-reach, -reach, reach, reach)
        drawn.setGeometry(place.intersected(frame.rect()))
        drawn.raise_()
        drawn.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the ring on its widget while things move."""
        if event.type() in _STEPS:
            self._place()
        return super().eventFilter(watched, event)


class _Ring(QWidget):
    def __init__(self, face: Face, parent: QWidget) -> None:
        super().__init__(parent)
        self._face = face
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._face.theme.focus_width
        painter.setPen(QPen(self._face.colour("focus"), width))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), _CORNER, _CORNER)
        painter.end()


def _frame_of(widget: QWidget) -> QWidget:
    """Where the ring is drawn: the window, or the viewport that clips the widget."""
    step = widget.parentWidget()
    while step is not None and step.parentWidget() is not None and not step.isWindow():
        above = step.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is step:
            return step
        step = above
    return step if step is not None else widget
