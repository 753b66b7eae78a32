"""A short notice that goes by itself, with Undo for ten seconds instead of a question beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.widgets.parts import button, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent

    from fieldlog.ui.face import Face

UNDO: Final = Phrase("되돌리기", "Undo")
UNDO_MS: Final = 10_000
NOTICE_MS: Final = 4_000


class Toast(QFrame):
    """One sentence near the foot of the window; it waits while the mouse or the keyboard is on it."""

    gone = Signal()

    def __init__(
        self,
        face: Face,
        sentence: Phrase,
        *,
        undo: Callable[[], object] | None = None,
        also: tuple[Phrase, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._face = face
        face.name(self, sentence)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8 if undo or also else 16, 4)
        layout.setSpacing(16)
        layout.addWidget(words(face, sentence))
        if also is not None:
            self.also = button(face, also[0], lambda: self._do(also[1]), kind="quiet")
            layout.addWidget(self.also)
        if undo is not None:
            self.undo = button(face, UNDO, lambda: self._do(undo), kind="quiet", keys="Alt+Z")
            layout.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(UNDO_MS if undo or also else NOTICE_MS)
        self._timer.timeout.connect(self.dismiss)
        self._timer.start()

    def dismiss(self) -> None:
        """Go now."""
        self._timer.stop()
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Wait while the mouse is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Count again from the start."""
        self._timer.start()
        super().leaveEvent(event)

    def _do(self, act: Callable[[], object]) -> None:
        act()
        self.dismiss()
