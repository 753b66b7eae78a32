"""Which keys do what, as the person has them: kept in the settings of the window, never in a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from shiboken6 import isValid

from fieldlog.domain.phrase import Phrase, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fieldlog.ui.memory import Memory

    Say = Callable[[Callable[[str], object], Phrase], object]
    """Shows a phrase by a setter, in the language of the moment."""
    from fieldlog.ui.command import Command

WINDOW, CASE, QUICK = "window", "case", "quick"
"""Where keys work: in the whole main window, with a case open, in the quick record; otherwise a page's key."""
_NONE: Final = "none"
_KEPT: Final = frozenset({"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Alt+Z", "Alt+F4"})
"""Editing, undoing what a message tells, and closing a window are not given away."""
_HELD: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_WITH_KEYS: Final = Phrase("{title} ({keys})", "{title} ({keys})")
_TYPES: Final = Phrase(
    "글자를 쓰거나 옮겨 다니는 글쇠입니다. Ctrl이나 Alt와 함께 누르십시오.",
    "That key types or moves the cursor. Press it with Ctrl or Alt.",
)
_LAYOUT: Final = Phrase("영문 자판에서 눌러 주십시오.", "Please press it on the Latin layout.")
_RESERVED: Final = Phrase("{keys:은} 다른 일에 늘 쓰는 글쇠입니다.", "{keys} always means something else.")
_TAKEN: Final = Phrase("{keys:은} 이미 쓰고 있습니다: {title}", "{keys} is in use already: {title}")


class Bound(Struct, frozen=True):
    """A command as the program knows it, with where its keys work."""

    place: str
    command: Command


class KeyMap(QObject):
    """The keys of every command that is known so far: the program's own, or those the person chose."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._memory: Memory | None = None
        self._known: dict[str, Bound] = {}
        self._hints: WeakKeyDictionary[QObject, tuple[Say, str, Phrase, str]] = WeakKeyDictionary()

    def remember(self, memory: Memory) -> None:
        """Keep what is chosen in these settings, and take up what was chosen earlier."""
        self._memory = memory
        self._tell()

    def note(self, place: str, commands: Iterable[Command]) -> None:
        """Know commands by their keys of the program."""
        self._known.update({command.key: Bound(place, command) for command in commands})
        self._hint_again()

    @property
    def known(self) -> list[Bound]:
        """Every command that was noted."""
        return list(self._known.values())

    def now(self, command: Command) -> Command:
        """A command with the keys it has now."""
        return replace(command, keys=self.keys_of(command))

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys a command has now, in Qt's portable spelling."""
        chosen = self._chosen(command.key)
        if chosen is None:
            return command.keys
        return () if chosen == _NONE else (chosen,)

    def is_chosen(self, command: Command) -> bool:
        """Whether the person chose other keys than the program's."""
        return self._chosen(command.key) is not None

    def refusal(self, command: Command, keys: str) -> Phrase | None:
        """Why a command cannot have these keys; None where it can."""
        bound = self._known[command.key]
        others = [
            Bound(each.place, self.now(each.command))
            for each in self._known.values()
            if each.command.key != command.key
        ]
        return why_not(bound, keys, others)

    def choose(self, command: Command, keys: str) -> None:
        """Give a command these keys and no others; "" takes them away."""
        if self._memory is not None:
            self._memory.put(_named(command.key), keys or _NONE)
            self._memory.keep()
        self._tell()

    def restore(self, *commands: Command) -> None:
        """Give commands the keys of the program back."""
        for command in commands:
            if self._memory is not None:
                self._memory.forget(_named(command.key))
        if self._memory is not None:
            self._memory.keep()
        self._tell()

    def hint(self, say: Say, setter: Callable[[str], object], title: Phrase, key: str) -> None:
        """Say a title with the keys that a command has now, and again whenever they change."""
        target: QObject = setter.__self__  # type: ignore[attr-defined]
        self._hints[target] = (say, setter.__name__, title, key)
        self._hint(target)

    def _hint_again(self) -> None:
        for target in list(self._hints):
            if isValid(target):
                self._hint(target)

    def _hint(self, target: QObject) -> None:
        say, setter, title, key = self._hints[target]
        keys = self.keys_of(self._known[key].command) if key in self._known else ()
        said = _WITH_KEYS.fill(title=title, keys=plain(shown_keys(keys[0]))) if keys else title
        say(getattr(target, setter), said)

    def _tell(self) -> None:
        self._hint_again()
        self.changed.emit()

    def _chosen(self, key: str) -> str | None:
        kept = self._memory.text(_named(key)) if self._memory is not None else ""
        return kept if kept == _NONE or (kept and QKeySequence(kept).count() == 1) else None


def why_not(bound: Bound, keys: str, others: Iterable[Bound]) -> Phrase | None:
    """Why a command cannot have these keys beside the others as they are; None where it can."""
    if not keys or keys in bound.command.keys:
        return _taken(bound, keys, others)
    if not keys.isascii():
        return _LAYOUT
    combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]
    if not _is_command_key(combination):
        return _TYPES
    if keys in _KEPT:
        return _RESERVED.fill(keys=plain(shown_keys(keys)))
    return _taken(bound, keys, others)


def _taken(bound: Bound, keys: str, others: Iterable[Bound]) -> Phrase | None:
    for other in others:
        if keys and keys in other.command.keys and meet(bound.place, other.place):
            return _TAKEN.fill(keys=plain(shown_keys(keys)), title=other.command.title)
    return None


def meet(place: str, other: str) -> bool:
    """Whether keys of two places can be pressed in the same moment."""
    if QUICK in (place, other):
        return place == other
    return place == other or bool({WINDOW, CASE} & {place, other})


def shown_keys(keys: str) -> str:
    """Keys as they are written on this system's keyboard."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _is_command_key(pressed: QKeyCombination) -> bool:
    return bool(pressed.keyboardModifiers() & _HELD) or Qt.Key.Key_F1 <= pressed.key() <= Qt.Key.Key_F35


def _named(key: str) -> str:
    return f"keys/{key}"
