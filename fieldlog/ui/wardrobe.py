"""Dresses the windows in the theme, part by part, so that a change of theme never holds up the one in use.

A stylesheet on the whole application is looked up again for every widget as many times as the widget is deep in
its window (seen with Qt 6.11: seconds for 1,500 widgets). So each part of a window wears its own: what is seen is
dressed at once, part after part, what is hidden in quiet moments or when it is shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QObject, QTemporaryDir, QTimer
from shiboken6 import isValid

from fieldlog.ui.stylesheet import PICTURES, stylesheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldlog.ui.icons import Icons
    from fieldlog.ui.theme import Theme

_HIDDEN_EVERY_MS: Final = 120
"""Between two hidden parts: the person who just changed the theme looks at it, and may go on."""


class Looks(Protocol):
    """What the parts are dressed in."""

    theme: Theme
    icons: Icons

    @property
    def target(self) -> int:
        """The least height of what can be operated, in device-independent pixels."""
        ...


class Wardrobe(QObject):
    """Knows every part that wears a stylesheet of its own, and what it wears."""

    def __init__(self, looks: Looks, parent: QObject) -> None:
        super().__init__(parent)
        self._looks = looks
        self._worn: WeakKeyDictionary[QWidget, str | None] = WeakKeyDictionary()
        self._sheets: dict[tuple[str, int], str] = {}
        self._pictures: dict[str, QTemporaryDir] = {}
        self._still: list[QWidget] = []
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._go_on)

    def dress(self, part: QWidget, *, at_once: bool = True) -> None:
        """Dress a part of a window, or a window of its own, now and after every change.

        Not at once means: when it is shown, or in a quiet moment before.
        A part inside another needs nothing: it wears what the outer one does.
        """
        step = part.parentWidget()
        while step is not None:
            if step in self._worn:
                return
            step = step.parentWidget()
        if part not in self._worn:
            part.installEventFilter(self)
            self._take_over(part)
        if at_once:
            self._put_on(part)
            return
        self._worn.setdefault(part, None)
        if not self._next.isActive():
            self._next.start(_HIDDEN_EVERY_MS)

    def _take_over(self, outer: QWidget) -> None:
        """What was dressed by itself before it came into a part that is dressed needs nothing of its own."""
        for inner in [each for each in list(self._worn) if isValid(each) and outer.isAncestorOf(each)]:
            inner.removeEventFilter(self)
            if self._worn.pop(inner) is not None:
                inner.setStyleSheet("")

    def change(self) -> None:
        """The looks are others: dress what is seen, piece by piece, and painted all at once when it is whole."""
        self._open_eyes()
        self._still = [
            window for window in {part.window() for part in self._seen()} if window.updatesEnabled()
        ]
        for window in self._still:
            window.setUpdatesEnabled(False)
        self._next.start(0)

    def finish(self) -> None:
        """Dress whatever still waits at once."""
        self._next.stop()
        for part in self._waiting():
            self._put_on(part)
        self._open_eyes()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """What comes to be shown is dressed first."""
        if event.type() is QEvent.Type.Show:
            for part in self._waiting():
                if part is watched:
                    self._put_on(part)
        return super().eventFilter(watched, event)

    # Which and when

    def _waiting(self) -> list[QWidget]:
        sheet = self._sheet()
        return [part for part, worn in list(self._worn.items()) if isValid(part) and worn is not sheet]

    def _seen(self) -> list[QWidget]:
        return [part for part in self._waiting() if part.isVisible()]

    def _go_on(self) -> None:
        seen = self._seen()
        if seen:
            self._put_on(seen[0])
        if len(seen) > 1:
            self._next.start(0)
            return
        self._open_eyes()
        hidden = self._waiting()
        if hidden and not seen:
            self._put_on(hidden.pop(0))
        if hidden:
            self._next.start(_HIDDEN_EVERY_MS)

    def _open_eyes(self) -> None:
        for window in self._still:
            if isValid(window):
                window.setUpdatesEnabled(True)
        self._still = []

    # What

    def _put_on(self, part: QWidget) -> None:
        sheet, worn = self._sheet(), self._worn.get(part)
        if worn is not sheet:
            self._worn[part] = sheet
            if (
                worn is not None
            ):  # Qt looks up another sheet twice for every widget, none and a first one but once
                part.setStyleSheet("")
            part.setStyleSheet(sheet)

    def _sheet(self) -> str:
        theme, target = self._looks.theme, self._looks.target
        key = (theme.key, target)
        if key not in self._sheets:
            self._sheets[key] = stylesheet(theme, target=target, pictures=self._drawn_for(theme))
        return self._sheets[key]

    def _drawn_for(self, theme: Theme) -> Path:
        if theme.key not in self._pictures:
            folder = QTemporaryDir()
            for name, colour in PICTURES.items():
                drawn = self._looks.icons.svg(name, getattr(theme.colours, colour))
                Path(folder.filePath(f"{name}.svg")).write_bytes(drawn)
            self._pictures[theme.key] = folder
        return Path(self._pictures[theme.key].path())
