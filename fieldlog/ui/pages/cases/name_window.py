"""A small window that asks for the name under which a filter is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.widgets.parts import button, column, row, words
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.ui.face import Face

_TITLE: Final = Phrase("필터 저장", "Save the filter")
_NAME: Final = Phrase("이름", "Name")
_SAVE: Final = Phrase("저장", "Save")
_CANCEL: Final = Phrase("취소", "Cancel")
_LONGEST: Final = 40


class NameWindow(QDialog):
    """Calls ``take`` with the name; an empty one is not taken."""

    def __init__(self, face: Face, take: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._take = take
        face.say(self.setWindowTitle, _TITLE)
        face.name(self, _TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(360)
        self.entry = Line(face, _NAME, longest=_LONGEST)
        self.entry.entered.connect(self._save)
        self.setLayout(
            column(
                words(face, _TITLE, "title"),
                column(words(face, _NAME, "label"), self.entry, gap=4),
                row(
                    None, button(face, _CANCEL, self.reject), button(face, _SAVE, self._save, kind="primary")
                ),
                gap=GROUP_GAP,
                margin=PAGE_MARGIN,
            )
        )
        self.entry.setFocus()

    def _save(self) -> None:
        name = self.entry.value().strip()
        if name:
            self._take(name)
            self.accept()
