"""The marks of one page in the language of PDF (ISO 32000-1, 8 and 9), each state told once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from math import cos, radians, sin
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from fieldlog.report.layout.ink import Rule, Slanted, Text, Tint

Glyphs = tuple[str, bytes]
"""A name of a font on this page, and codes in it."""
_CHANNELS: Final = (1, 3, 5)
_BRIGHTEST: Final = 255


@dataclass(slots=True)
class Operators:
    """Collects what draws one page.

    ``height`` is the paper's, in points: marks count down from its top, PDF counts up from its foot.
    ``glyphs`` cuts a text into fonts and codes; ``ink`` holds colours as ``#rrggbb``.
    """

    height: float
    ink: Mapping[str, str]
    glyphs: Callable[[str, bool], Iterable[Glyphs]]
    written: list[str] = field(default_factory=list)
    _filled: str = ""

    def tints(self, tints: Iterable[Tint]) -> None:
        """Filled rectangles."""
        for tint in tints:
            self._fill(tint.colour)
            foot = self.height - tint.y - tint.height
            self.written.append(f"{tint.x:.2f} {foot:.2f} {tint.width:.2f} {tint.height:.2f} re f")

    def rules(self, rules: Iterable[Rule]) -> None:
        """Lines, all of one colour and width in one stroke."""
        strokes: dict[tuple[str, float], list[str]] = {}
        top = self.height
        for rule in rules:
            path = f"{rule.x:.2f} {top - rule.y:.2f} m {rule.to_x:.2f} {top - rule.to_y:.2f} l"
            strokes.setdefault((rule.colour, rule.width), []).append(path)
        for (colour, width), paths in strokes.items():
            self.written.append(f"{_channels(self.ink[colour])} RG {width:.2f} w")
            self.written.extend(paths)
            self.written.append("S")

    def picture(self, name: str, box: tuple[float, float, float, float]) -> None:
        """A picture of that name fitted into a rectangle (x, y of its lower left corner, width, height)."""
        x, y, width, height = box
        self.written.append(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{name} Do Q")

    def texts(self, texts: Sequence[Text]) -> None:
        """Lines of text in one text object, in reading order."""
        if not texts:
            return
        write = self.written.append
        write("BT")
        font, gap = ("", 0.0), 0.0
        for text in texts:
            self._fill(text.colour)
            write(f"1 0 0 1 {text.x:.2f} {self.height - text.y:.2f} Tm")
            if text.word_gap != gap:
                gap = text.word_gap
                write(f"{gap:.4f} Tw")
            for name, codes in self.glyphs(text.text, text.strong):
                if font != (name, text.size):
                    font = (name, text.size)
                    write(f"{name} {text.size:.2f} Tf")
                write(f"<{codes.hex()}> Tj")
        write("0 Tw ET" if gap else "ET")

    def slanted(self, words: Slanted, width: float) -> None:
        """Words of a known width across the page, turned about their middle."""
        turn = radians(words.degrees)
        across, up = cos(turn), sin(turn)
        write = self.written.append
        write(f"q {_channels(self.ink[words.colour])} rg BT")
        along, down = -width / 2, -words.size / 3
        x = words.x + along * across - down * up
        y = self.height - words.y + along * up + down * across
        write(f"{across:.5f} {up:.5f} {-up:.5f} {across:.5f} {x:.2f} {y:.2f} Tm")
        for name, codes in self.glyphs(words.text, False):
            write(f"{name} {words.size:.2f} Tf <{codes.hex()}> Tj")
        write("ET Q")

    def _fill(self, colour: str) -> None:
        if colour != self._filled:
            self._filled = colour
            self.written.append(f"{_channels(self.ink[colour])} rg")


@cache
def _channels(colour: str) -> str:
    """``#4d4d4d`` as three shares of one."""
    return " ".join(f"{int(colour[at : at + 2], 16) / _BRIGHTEST:.4f}" for at in _CHANNELS)
