"""The commands of the window: what the palette finds, what F1 lists, what keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.key_map import WINDOW, shown_keys
from fieldlog.ui.widgets.parts import button, column, framed, row, scrolled, words
from fieldlog.ui.widgets.text_entry import commit_composition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from fieldlog.ui.command import Command
    from fieldlog.ui.face import Face
    from fieldlog.ui.key_map import KeyMap

_TITLE: Final = Phrase("단축키", "Keyboard shortcuts")
_CLOSE: Final = Phrase("닫기", "Close")


class Shortcuts:
    """Binds commands to the keys the person has for them, in one window; a page's own come and go with it."""

    def __init__(self, window: QWidget, keys: KeyMap, place: str = WINDOW) -> None:
        self._window, self._keys, self._place = window, keys, place
        self._lasting: list[Command] = []
        self._passing: dict[str, Sequence[Command]] = {}
        self._bound: list[QShortcut] = []
        self._bound_passing: list[QShortcut] = []
        self._follow = Follow(window, self._bind_again)
        keys.changed.connect(self._follow.bind)

    def add(self, commands: Iterable[Command]) -> None:
        """Bind commands for as long as the window lives."""
        more = list(commands)
        self._keys.note(self._place, more)
        self._lasting.extend(more)
        self._bound.extend(shortcut for command in more for shortcut in self._bind(command))

    def lend(self, passing: Mapping[str, Sequence[Command]]) -> None:
        """Bind the commands of what is shown now, by its place, instead of those before."""
        for place, commands in passing.items():
            self._keys.note(place, commands)
        self._passing = dict(passing)
        self._bind_passing()

    @property
    def commands(self) -> list[Command]:
        """All commands of now with their keys of now, the page's own first."""
        passing = [command for commands in self._passing.values() for command in commands]
        return [self._keys.now(command) for command in (*passing, *self._lasting)]

    def _bind_again(self) -> None:
        _drop(self._bound)
        self._bound = [shortcut for command in self._lasting for shortcut in self._bind(command)]
        self._bind_passing()

    def _bind_passing(self) -> None:
        _drop(self._bound_passing)
        taken = {keys for command in self._lasting for keys in self._keys.keys_of(command)}
        self._bound_passing = [
            shortcut
            for commands in self._passing.values()
            for command in commands
            for shortcut in self._bind(command, without=taken)
        ]

    def _bind(self, command: Command, without: Iterable[str] = ()) -> list[QShortcut]:
        made = []
        for keys in self._keys.keys_of(command):
            if keys not in without:
                shortcut = QShortcut(QKeySequence(keys), self._window)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.activated.connect(_after_commit(command.run))
                made.append(shortcut)
        return made


class Follow(QObject):
    """Lives with a window: what has to be done again there when keys change is not done for one that is gone."""

    def __init__(self, window: QWidget, again: Callable[[], None]) -> None:
        super().__init__(window)
        self._again = again

    def bind(self) -> None:
        """The keys have changed."""
        self._again()


def _drop(bound: Iterable[QShortcut]) -> None:
    for shortcut in bound:
        shortcut.setEnabled(False)
        shortcut.deleteLater()


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


def _keys(command: Command) -> QLabel:
    label = QLabel("  ".join(shown_keys(keys) for keys in command.keys))
    label.setProperty("badge", "neutral")
    return label


def _after_commit(run: Callable[[], object]) -> Callable[[], None]:
    def activate() -> None:
        commit_composition()
        run()

    return activate
