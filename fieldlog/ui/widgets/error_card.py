"""An error as the person reads it: 무엇이 / 왜 / 어떻게, the last with a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import GAP
from fieldlog.ui.icons import ICON_SIZE
from fieldlog.ui.widgets.parts import button, column, lift, row, tool, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.domain.errors import Known
    from fieldlog.ui.face import Face

_CLOSE: Final = Phrase("닫기", "Close")
_ERROR: Final = Phrase("오류: {what}", "Error: {what}")


class ErrorCard(QFrame):
    """A card with what happened, why, and how to go on; it stays until it is closed or mended."""

    closed = Signal()

    def __init__(
        self,
        face: Face,
        error: Known,
        *,
        mend: tuple[Phrase, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face, self.error = face, error
        self.setProperty("surface", "float")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        face.name(self, _ERROR.fill(what=error.what))
        self._picture = QLabel()
        self._picture.setFixedSize(QSize(ICON_SIZE, ICON_SIZE))
        text = column(
            words(face, error.what, "lead", wrap=True),
            words(face, error.why, "muted", wrap=True),
            words(face, error.how, wrap=True),
        )
        if mend is not None:
            self.mend = button(face, mend[0], lambda: self._mend(mend[1]), kind="primary")
            text.addLayout(row(self.mend, None))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 8, 16)
        layout.setSpacing(12)
        layout.addLayout(column(3, self._picture, None, gap=0))
        layout.addLayout(text, 1)
        self.close_button = tool(face, "x", _CLOSE, self.dismiss)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.setSpacing(GAP)
        lift(self)
        face.theme_changed.connect(self._draw)
        self._draw()

    def dismiss(self) -> None:
        """Close the card."""
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def _mend(self, act: Callable[[], object]) -> None:
        act()
        self.dismiss()

    def _draw(self) -> None:
        drawn = self._face.pixmap("circle-alert", "danger.ink", ICON_SIZE, self.devicePixelRatioF())
        self._picture.setPixmap(drawn)
