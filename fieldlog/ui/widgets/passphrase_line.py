"""A passphrase as it is typed: hidden, in any language, shown while the eye is pressed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from fieldlog.ui.face import Face

_SHOW: Final = Phrase("암호 보기", "Show the passphrase")


class PassphraseLine(Line):
    """Takes Hangul too: Qt switches input methods off for hidden text, which would shut Korean out."""

    def __init__(self, face: Face, name: Phrase, *, parent: QWidget | None = None) -> None:
        super().__init__(face, name, parent=parent)
        eye = QAction(self)
        eye.setCheckable(True)
        face.show_icon(eye, "eye", "muted")
        face.say(eye.setText, _SHOW)
        eye.toggled.connect(self._show)
        self.addAction(eye, QLineEdit.ActionPosition.TrailingPosition)
        self._show(shown=False)

    def _show(self, shown: bool) -> None:  # noqa: FBT001
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
