"""화면: language, theme, size, targets for a thumb; all but the size at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.application import SCALES
from fieldlog.ui.pages.settings.part import Choice, Part

if TYPE_CHECKING:
    from fieldlog.ui.face import Face
    from fieldlog.ui.memory import Memory

_TITLE: Final = Phrase("화면", "Display")
_LANGUAGE: Final = Phrase("언어", "Language")
_THEME: Final = Phrase("테마", "Theme")
_THEME_HINT: Final = Phrase(
    "햇빛은 밖에서 잘 보이도록 대비를 높입니다.", "Sunlight raises the contrast for work outdoors."
)
_SCALE: Final = Phrase("크기", "Size")
_SCALE_HINT: Final = Phrase("다음에 열 때부터 적용됩니다.", "Takes effect the next time the program opens.")
_TOUCH: Final = Phrase("터치", "Touch")
_TOUCH_ON: Final = Phrase("누르는 곳을 크게 (48픽셀)", "Larger targets (48 pixels)")


class Looks(Part):
    """Chosen once, remembered on this computer."""

    def __init__(self, face: Face, memory: Memory) -> None:
        super().__init__(face, _TITLE)
        self._memory = memory
        self.language = Choice(face, _LANGUAGE, {"ko": plain("한국어"), "en": plain("English")})
        self.language.chosen.connect(self._speak)
        self.theme = Choice(face, _THEME, {key: theme.name for key, theme in face.themes.items()})
        self.theme.chosen.connect(self._wear)
        self.scale = Choice(face, _SCALE, {str(size): plain(f"{size}%") for size in SCALES})
        self.scale.chosen.connect(lambda size: memory.put("face/scale", int(size)))
        self.touch = QCheckBox()
        face.say(self.touch.setText, _TOUCH_ON)
        face.name(self.touch, _TOUCH_ON)
        self.touch.toggled.connect(self._set_touch)
        self.add(_LANGUAGE, self.language)
        self.add(_THEME, self.theme, hint=_THEME_HINT)
        self.add(_SCALE, self.scale, hint=_SCALE_HINT)
        self.add(_TOUCH, self.touch)

    def show_now(self) -> None:
        """Show what is in force."""
        self.language.show_chosen(self.face.language)
        self.theme.show_chosen(self.face.theme.key)
        self.scale.show_chosen(str(self._memory.number("face/scale", 100)))
        self.touch.setChecked(self.face.touch)

    def _speak(self, language: str) -> None:
        self.face.speak("en" if language == "en" else "ko")
        self._memory.put("face/language", language)

    def _wear(self, theme: str) -> None:
        self.face.wear(theme)
        self._memory.put("face/theme", theme)

    def _set_touch(self, on: bool) -> None:  # noqa: FBT001
        if on != self.face.touch:
            self.face.set_touch(touch=on)
            self._memory.put("face/touch", on)
