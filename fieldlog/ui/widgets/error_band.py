"""An error in three parts as a quiet band among what it is about: for forms and steps of their own window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldlog.ui.widgets.parts import column, framed, words

if TYPE_CHECKING:
    from fieldlog.domain.errors import Known
    from fieldlog.ui.face import Face


class ErrorBand(QWidget):
    """Takes no room until there is something to tell."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._band: QWidget | None = None
        self.error: Known | None = None
        self.setLayout(column(gap=0))
        self.hide()

    def tell(self, error: Known) -> None:
        """Show an error in place of the one before."""
        self.clear()
        face = self._face
        self.error = error
        self._band = framed(
            column(
                words(face, error.what, "lead", wrap=True),
                words(face, error.why, wrap=True),
                words(face, error.how, wrap=True),
                gap=4,
                margin=12,
            ),
            "clear",
        )
        self._band.setProperty("band", "danger")
        self._band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        face.name(self._band, error.what)
        if (layout := self.layout()) is not None:
            layout.addWidget(self._band)
        self.show()

    def clear(self) -> None:
        """Tell nothing more."""
        self.error = None
        self.hide()
        if self._band is not None:
            self._band.hide()
            self._band.deleteLater()
            self._band = None
