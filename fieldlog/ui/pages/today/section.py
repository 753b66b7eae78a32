"""A heading with its count, the lines below it, and the way to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import GAP, mark
from fieldlog.ui.widgets.parts import button, row, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.ui.face import Face
    from fieldlog.ui.pages.today.line import Line

_ALL: Final = Phrase("모두 보기", "Show all")
_ALL_OF: Final = Phrase("{title} 모두 보기", "Show all: {title}")
_HEAD: Final = 32
_TALLY: Final = QSize(104, 64)
_COUNTED: Final = Phrase("{title} {count}건", "{title}: {count}")


class Section(QWidget):
    """Hidden while it has nothing to show."""

    all_asked = Signal()

    def __init__(self, face: Face, title: Phrase) -> None:
        super().__init__()
        self._face, self.title = face, title
        self._count = words(face, plain(""), "muted")
        self._all = button(face, _ALL, self.all_asked.emit, kind="link")
        face.name(self._all, _ALL_OF.fill(title=title))
        head = row(words(face, title, "lead"), self._count, None, self._all)
        head.setContentsMargins(GAP, 0, GAP, 0)
        head.addStrut(_HEAD)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.lines: list[Line] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(self._lines)
        self.hide()

    def show_lines(self, lines: Sequence[Line], count: int) -> None:
        """Show these lines of so many."""
        focused = next((at for at, line in enumerate(self.lines) if line.hasFocus()), None)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = list(lines)
        for line in lines:
            self._lines.addWidget(line)
        if focused is not None and lines:
            self.lines[min(focused, len(lines) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self._face.say(self._count.setText, plain(str(count)))
        self._face.name(self, _COUNTED.fill(title=self.title, count=count))
        self._all.setVisible(count > len(lines))
        self.setVisible(bool(lines))


class Tally(QPushButton):
    """A number with its word: how many, one press from all of them."""

    def __init__(self, face: Face, title: Phrase) -> None:
        super().__init__()
        self._face, self._title = face, title
        self.setAutoDefault(False)
        mark(self, kind="quiet")
        self._count, self._tone = 0, "text"
        self._number = words(face, plain("–"), "display")
        self._word = words(face, title, "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, 4, GAP, 4)
        layout.setSpacing(0)
        for part in (self._number, self._word):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
        face.name(self, title)
        face.theme_changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A large figure over a small word."""
        return QSize(max(_TALLY.width(), self._word.sizeHint().width() + 2 * GAP), _TALLY.height())

    def show_count(self, count: int, tone: str | None) -> None:
        """Show a number; zero is quiet, ``tone`` colours what is not."""
        self._count, self._tone = count, f"{tone}.ink" if tone else "text"
        self._face.say(self._number.setText, plain(str(count)))
        self._face.name(self, _COUNTED.fill(title=self._title, count=count))
        self._dress()

    def _dress(self) -> None:
        self._number.setStyleSheet(f"color: {self._face.hex(self._tone if self._count else 'disabled')};")
