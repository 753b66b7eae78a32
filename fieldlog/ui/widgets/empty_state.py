"""What an empty page says: what will be here, and the one action that fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fieldlog.ui.face import GAP, GROUP_GAP
from fieldlog.ui.widgets.parts import button, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.domain.phrase import Phrase
    from fieldlog.ui.face import Face

_ICON = 40


class EmptyState(QWidget):
    """An icon, a sentence, and at most one action."""

    def __init__(
        self,
        face: Face,
        icon: str,
        sentence: Phrase,
        *,
        hint: Phrase | None = None,
        action: tuple[Phrase, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face, self._icon = face, icon
        self._picture = QLabel()
        self._picture.setFixedSize(QSize(_ICON, _ICON))
        face.name(self, sentence)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        layout.addWidget(self._picture, 0, centre)
        layout.addSpacing(GAP)
        self.sentence = words(face, sentence, "lead", wrap=False)
        layout.addWidget(self.sentence, 0, centre)
        if hint is not None:
            self.hint = words(face, hint, "muted")
            layout.addWidget(self.hint, 0, centre)
        if action is not None:
            layout.addSpacing(GROUP_GAP - GAP)
            self.action = button(face, action[0], action[1], kind="primary")
            layout.addWidget(self.action, 0, centre)
        layout.addStretch(3)
        face.theme_changed.connect(self._draw)
        self._draw()

    def say(self, sentence: Phrase) -> None:
        """Say something else here."""
        self._face.say(self.sentence.setText, sentence)
        self._face.name(self, sentence)

    def _draw(self) -> None:
        self._picture.setPixmap(self._face.pixmap(self._icon, "line", _ICON, self.devicePixelRatioF()))
