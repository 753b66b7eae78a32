"""The line between a page and the open case; it can be moved by hand and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSplitter, QSplitterHandle

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from fieldlog.ui.face import Face


class Divider(QSplitter):
    """A splitter whose hairline turns to the accent under the mouse and the keyboard."""

    def __init__(self, face: Face) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._face = face
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)

    def createHandle(self) -> QSplitterHandle:  # noqa: N802
        """The line itself."""
        return _Line(self._face, self)


class _Line(QSplitterHandle):
    def __init__(self, face: Face, divider: Divider) -> None:
        super().__init__(divider.orientation(), divider)
        self._face = face
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        face.theme_changed.connect(self.update)

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        touched = self.underMouse() or self.hasFocus()
        painter.fillRect(event.rect(), self._face.colour("accent" if touched else "hairline"))
        painter.end()
