"""단축키: every action with its keys; other keys are pressed, not written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QToolButton

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import GROUP_GAP, mark
from fieldlog.ui.key_map import CASE, QUICK, WINDOW, shown_keys
from fieldlog.ui.pages.settings.part import Part
from fieldlog.ui.widgets.parts import button, column, framed, row, tool, words

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.command import Command
    from fieldlog.ui.key_map import Bound
    from fieldlog.ui.page import PageContext

_TITLE: Final = Phrase("단축키", "Keyboard shortcuts")
_HOW: Final = Phrase(
    "칸을 고르고 쓸 글쇠를 누르십시오. ✕를 누르면 없앱니다. 이 컴퓨터의 이 사용자에게만 적용됩니다.",
    "Choose a field and press the keys; ✕ takes them away. They are kept for you on this computer.",
)
_PLACES: Final = {
    WINDOW: Phrase("어디서나", "Everywhere"),
    CASE: Phrase("사안을 연 동안", "While a case is open"),
    QUICK: Phrase("빠른 기록 창", "Quick record"),
}
_ON_PAGE: Final = Phrase("{page} 화면", "{page} page")
_NAME: Final = Phrase("{title} 단축키", "Shortcut for {title}")
_CLEAR: Final = Phrase("{title} 단축키 없애기", "Take away the shortcut for {title}")
_DESCRIBED: Final = Phrase("기본값 {keys}", "Default {keys}")
_NO_KEYS: Final = Phrase("없음", "none")
_RESTORE: Final = Phrase("{title} 단축키를 기본값으로", "Default shortcut for {title}")
_RESTORE_ALL: Final = Phrase("모두 기본값으로", "All to their defaults")
_WIDTH: Final = 200
_BREATH_MS: Final = 20
_PIECE: Final = 3
"""Lines made in one go: making and placing them takes the window a few milliseconds each."""


class KeysPart(Part):
    """Lists every action by where its keys work; a choice holds at once and is kept with the settings."""

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__(context.face, _TITLE)
        self._context, self._keys = context, context.face.keys
        self.lines: dict[str, KeyLine] = {}
        self._places: dict[str, QWidget] = {}
        self.span(words(context.face, _HOW, "small", wrap=True))
        self.restore_all = button(context.face, _RESTORE_ALL, self._restore_all)
        self._list = column(gap=GROUP_GAP)
        self.span(framed(self._list, "clear"))
        self.span(self.restore_all)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._go_on)
        self._keys.changed.connect(self._show)

    def show_now(self) -> None:
        """Show the actions known, and get to know those of the places that nobody went to yet."""
        self._show()
        self._next.start(0)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Go on with what is missing."""
        super().showEvent(event)
        self._next.start(0)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nobody waits for it now."""
        super().hideEvent(event)
        self._next.stop()

    def _go_on(self) -> None:
        """A few lines at a time; when all known actions are listed, the next place is asked for its own."""
        if not self.isVisible():
            return
        missing = [bound for bound in self._keys.known if bound.command.key not in self.lines]
        for bound in missing[:_PIECE]:
            self._add(bound)
        if missing:
            self._tell_chosen()
            self._next.start(0)
        elif self._context.navigator.make_next():
            self._next.start(_BREATH_MS)

    def _show(self) -> None:
        for line in self.lines.values():
            line.show_now()
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        self.restore_all.setEnabled(any(self._keys.is_chosen(line.command) for line in self.lines.values()))

    def _add(self, bound: Bound) -> None:
        if bound.place not in self._places:
            held = column(words(self.face, self._titled(bound.place), "label"), gap=4)
            self._places[bound.place] = framed(held, "clear")
            self._list.addWidget(self._places[bound.place])
        line = self.lines[bound.command.key] = KeyLine(self, bound.command)
        layout = self._places[bound.place].layout()
        if layout is not None:
            layout.addWidget(line.whole)

    def _titled(self, place: str) -> Phrase:
        known = {each.command.key: each.command.title for each in self._keys.known}
        return _PLACES.get(place) or _ON_PAGE.fill(page=known.get(f"go.{place}", plain(place)))

    def _restore_all(self) -> None:
        self._keys.restore(*(line.command for line in self.lines.values()))


class KeyLine:
    """One action: its title, the field that takes its keys, and the way back to the default."""

    def __init__(self, part: KeysPart, command: Command) -> None:
        self.command, self._face, self._keys = command, part.face, part.face.keys
        face = part.face
        self.entry = QKeySequenceEdit()
        self.entry.setMaximumSequenceLength(1)
        self.entry.setClearButtonEnabled(True)
        self.entry.setFixedWidth(_WIDTH)
        default = plain("  ".join(shown_keys(keys) for keys in command.keys)) if command.keys else _NO_KEYS
        self._described = _DESCRIBED.fill(keys=default)
        face.name(self.entry, _NAME.fill(title=command.title), self._described)
        for inside in self.entry.findChildren(QLineEdit):
            face.name(inside, _NAME.fill(title=command.title))
        for clear in self.entry.findChildren(QToolButton):
            face.name(clear, _CLEAR.fill(title=command.title))
        self.restore = tool(
            face, "rotate-ccw", _RESTORE.fill(title=command.title), self._restore, colour="muted"
        )
        self.told = words(face, plain(""), "small", wrap=True)
        mark(self.told, tone="danger")
        self.told.hide()
        title = words(face, command.title, wrap=True)
        self.whole = framed(column(row(title, None, self.entry, self.restore), self.told, gap=0), "clear")
        self.entry.editingFinished.connect(self.take)
        self.show_now()

    def show_now(self) -> None:
        """Show the keys of now."""
        keys = self._keys.keys_of(self.command)
        self.entry.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
        self.restore.setEnabled(self._keys.is_chosen(self.command))
        if self.told.isVisible():
            self._tell(None)

    def take(self) -> None:
        """Have the keys that were pressed, or say why not and show those of before."""
        keys = self.entry.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        now = self._keys.keys_of(self.command)
        if keys == (now[0] if now else ""):
            return
        trouble = self._keys.refusal(self.command, keys)
        if trouble is None:
            self._keys.choose(self.command, keys)
        else:
            self.show_now()
        self._tell(trouble)

    def _restore(self) -> None:
        default = next(iter(self.command.keys), "")
        trouble = self._keys.refusal(self.command, default)
        if trouble is None:
            self._keys.restore(self.command)
        self._tell(trouble)

    def _tell(self, trouble: Phrase | None) -> None:
        self._face.say(self.told.setText, trouble or plain(""))
        self._face.say(self.entry.setAccessibleDescription, trouble or self._described)
        self.told.setVisible(trouble is not None)
