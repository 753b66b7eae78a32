"""The program's face: which language it speaks, which theme it wears, how large its targets are.

Every widget is given the Face and hands it its sentences and icons; when the person switches language or
theme, the Face says and draws all of them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor
from shiboken6 import isValid

from fieldlog.ui.key_map import KeyMap
from fieldlog.ui.theme import Tone
from fieldlog.ui.wardrobe import Wardrobe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QIcon, QPixmap
    from PySide6.QtWidgets import QWidget

    from fieldlog.domain.phrase import Language, Phrase
    from fieldlog.ui.icons import Icons
    from fieldlog.ui.theme import Theme

MOUSE_TARGET: Final = 32
TOUCH_TARGET: Final = 48
GAP: Final = 8
GROUP_GAP: Final = 16
PAGE_MARGIN: Final = 24
CORNER: Final = 6

_Setter = tuple[str, tuple[Any, ...]]


class Face(QObject):
    """Language, theme and target size of the whole program, switchable while it runs."""

    language_changed = Signal()
    theme_changed = Signal()

    def __init__(
        self,
        themes: Mapping[str, Theme],
        icons: Icons,
        *,
        language: Language = "ko",
        theme: str = "light",
        touch: bool = False,
    ) -> None:
        super().__init__()
        self.themes = themes
        self.icons = icons
        self.language: Language = language
        self.theme = themes[theme]
        self.touch = touch
        self.wardrobe = Wardrobe(self, self)
        self.keys = KeyMap()
        self._said: WeakKeyDictionary[QObject, dict[_Setter, Phrase]] = WeakKeyDictionary()
        self._shown: WeakKeyDictionary[Any, tuple[str, str]] = WeakKeyDictionary()

    # Words

    def said(self, phrase: Phrase) -> str:
        """The phrase in the language of now, for text that is painted or built afresh each time."""
        return phrase.said(self.language)

    def say(self, setter: Callable[..., object], phrase: Phrase, *before: object) -> None:
        """Call a widget's setter with the phrase now and again after every change of language.

        ``before`` are arguments that stand before the text: ``say(tabs.setTabText, title, 2)``.
        Saying something else through the same setter replaces what was said; a widget that is gone is forgotten.
        """
        target: QObject = setter.__self__  # type: ignore[attr-defined]
        name: str = setter.__name__
        self._said.setdefault(target, {})[name, before] = phrase
        setter(*before, phrase.said(self.language))

    def name(self, widget: QWidget, name: Phrase, hint: Phrase | None = None) -> None:
        """Give a widget the name a screen reader speaks and, with ``hint``, a tooltip and description."""
        self.say(widget.setAccessibleName, name)
        if hint is not None:
            self.say(widget.setToolTip, hint)
            self.say(widget.setAccessibleDescription, hint)

    def forget(self, setter: Callable[..., object], *before: object) -> None:
        """Stop saying something through a setter; the text it has stays."""
        target: QObject = setter.__self__  # type: ignore[attr-defined]
        self._said.get(target, {}).pop((setter.__name__, before), None)

    def speak(self, language: Language) -> None:
        """Switch the language of everything that was said."""
        if language == self.language:
            return
        self.language = language
        for target, sentences in list(self._said.items()):
            if isValid(target):
                for (name, before), phrase in list(sentences.items()):
                    getattr(target, name)(*before, phrase.said(language))
        self.language_changed.emit()

    # Looks

    def wear(self, theme: str) -> None:
        """Switch the theme of everything."""
        self.theme = self.themes[theme]
        self._redraw()

    def set_touch(self, *, touch: bool) -> None:
        """Switch between targets for a mouse and for a thumb."""
        self.touch = touch
        self._redraw()

    @property
    def target(self) -> int:
        """The least height of what can be operated, in device-independent pixels."""
        return TOUCH_TARGET if self.touch else MOUSE_TARGET

    def colour(self, name: str) -> QColor:
        """A colour of the theme by its token: ``text``, ``accent`` or a tone, ``danger.ink``."""
        return QColor(self.hex(name))

    def hex(self, name: str) -> str:
        """A colour of the theme by its token, as ``#rrggbb``."""
        tone, _, part = name.partition(".")
        if part:
            return str(getattr(self.theme.tones[Tone(tone)], part))
        return str(getattr(self.theme.colours, name))

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """An icon in a colour of the theme."""
        return self.icons.icon(name, self.hex(colour), off=self.hex("disabled"))

    def pixmap(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        """An icon as a picture, ``size`` device-independent pixels square."""
        return self.icons.pixmap(name, self.hex(colour), size, ratio)

    def show_icon(self, target: Any, name: str, colour: str = "text") -> None:
        """Put an icon on a button or action and colour it again whenever the theme changes."""
        self._shown[target] = (name, colour)
        target.setIcon(self.icon(name, colour))

    def _redraw(self) -> None:
        for target, (name, colour) in list(self._shown.items()):
            if isValid(target):
                target.setIcon(self.icon(name, colour))
        self.theme_changed.emit()
        self.wardrobe.change()


def mark(widget: QWidget, **properties: object) -> None:
    """Set the properties by which the stylesheet tells widgets apart, and have it look again.

    A widget that was never shown is looked at once, when it is.
    """
    for name, value in properties.items():
        widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
