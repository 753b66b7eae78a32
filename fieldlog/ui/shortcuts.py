"""The commands of the window: what the palette finds, what F1 lists, what keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.widgets.parts import button, column, framed, row, scrolled, words
from fieldlog.ui.widgets.text_entry import commit_composition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fieldlog.ui.face import Face
    from fieldlog.ui.page import Command

_TITLE: Final = Phrase("단축키", "Keyboard shortcuts")
_CLOSE: Final = Phrase("닫기", "Close")


class Shortcuts:
    """Binds commands to their keys in one window; a page's own come and go with it."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._lasting: list[Command] = []
        self._passing: list[Command] = []
        self._bound: list[QShortcut] = []
        self._bound_passing: list[QShortcut] = []

    def add(self, commands: Iterable[Command]) -> None:
        """Bind commands for as long as the window lives."""
        for command in commands:
            self._lasting.append(command)
            self._bound.extend(self._bind(command))

    def lend(self, commands: Sequence[Command]) -> None:
        """Bind the commands of the page now shown, in place of the page's before."""
        for shortcut in self._bound_passing:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        taken = {keys for command in self._lasting for keys in command.keys}
        self._passing = list(commands)
        self._bound_passing = [
            shortcut for command in self._passing for shortcut in self._bind(command, without=taken)
        ]

    @property
    def commands(self) -> list[Command]:
        """All commands of now, the page's own first."""
        return [*self._passing, *self._lasting]

    def _bind(self, command: Command, without: Iterable[str] = ()) -> list[QShortcut]:
        made = []
        for keys in command.keys:
            if keys not in without:
                shortcut = QShortcut(QKeySequence(keys), self._window)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.activated.connect(_after_commit(command.run))
                made.append(shortcut)
        return made


class ShortcutList(QDialog):
    """F1: every command with its keys."""

    def __init__(self, face: Face, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        face.say(self.setWindowTitle, _TITLE)
        face.name(self, _TITLE)
        self.setObjectName("shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(440, 560)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, GROUP_GAP, 0)
        grid.setHorizontalSpacing(PAGE_MARGIN)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(0, 1)
        for line, command in enumerate(c for c in commands if c.keys):
            grid.addWidget(words(face, command.title), line, 0)
            grid.addWidget(_keys(command), line, 1, Qt.AlignmentFlag.AlignRight)
        grid.setRowStretch(grid.rowCount(), 1)
        layout = column(
            words(face, _TITLE, "title"),
            scrolled(framed(grid, "clear")),
            row(None, button(face, _CLOSE, self.accept, kind="primary")),
            gap=GROUP_GAP,
            margin=PAGE_MARGIN,
        )
        self.setLayout(layout)


def shown_keys(keys: str) -> str:
    """Keys as they are written on this system's keyboard."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _keys(command: Command) -> QLabel:
    label = QLabel("  ".join(shown_keys(keys) for keys in command.keys))
    label.setProperty("badge", "neutral")
    return label


def _after_commit(run: Callable[[], object]) -> Callable[[], None]:
    def activate() -> None:
        commit_composition()
        run()

    return activate
