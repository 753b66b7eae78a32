"""A titled group that can be folded away; folded, it still says in a few words what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import GAP
from fieldlog.ui.widgets.parts import row, words

if TYPE_CHECKING:
    from fieldlog.ui.face import Face
    from fieldlog.ui.memory import Memory

_FOLD = Phrase("{title} 접기", "Fold {title}")
_UNFOLD = Phrase("{title} 펼치기", "Unfold {title}")
_ICON = 16


class Section(QWidget):
    """``opened`` comes when it is unfolded: what is in it may be made only then."""

    opened = Signal()

    def __init__(
        self,
        face: Face,
        title: Phrase,
        *,
        memory: Memory,
        key: str,
        folded: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face, self._title, self._memory, self._key = face, title, memory, f"case/folded/{key}"
        self._inside: QWidget | None = None
        self._head = QToolButton()
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.setIconSize(QSize(_ICON, _ICON))
        self._head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._head.setStyleSheet("padding: 0 4px 0 0")
        font = self._head.font()
        font.setBold(True)
        self._head.setFont(font)
        face.say(self._head.setText, title)
        self._head.clicked.connect(lambda: self.set_folded(folded=not self.folded))
        self._summary = words(face, plain(""), "muted")
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.folded: bool = memory.flag(self._key, otherwise=folded)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP)
        line = row(self._head, self._summary, None)
        line.setStretch(1, 1000)
        self._layout.addLayout(line)
        self._draw()

    def hold(self, inside: QWidget) -> None:
        """Put in what the section is about."""
        self._inside = inside
        self._layout.addWidget(inside)
        inside.setVisible(not self.folded)

    def set_folded(self, *, folded: bool) -> None:
        """Fold or unfold; remembered for the next case."""
        if folded == self.folded:
            return
        self.folded = folded
        self._memory.put(self._key, folded)
        if not folded:
            self.opened.emit()
        if self._inside is not None:
            self._inside.setVisible(not folded)
        self._draw()

    def say_summary(self, summary: Phrase) -> None:
        """What is said beside the title while it is folded."""
        self._face.say(self._summary.setText, summary)

    def _draw(self) -> None:
        self._face.show_icon(self._head, "chevron-right" if self.folded else "chevron-down", "muted")
        self._face.name(self._head, (_UNFOLD if self.folded else _FOLD).fill(title=self._title))
        self._summary.setVisible(self.folded)
