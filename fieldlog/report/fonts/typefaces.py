"""ReportLab's TrueType faces, read table by table instead of number by number."""

from __future__ import annotations

from itertools import chain
from operator import add, sub
from struct import unpack_from
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTEncoding, TTFError, TTFont, TTFontFace

if TYPE_CHECKING:
    from pathlib import Path

_ALL_OF_UNICODE: Final = (3, 10)
"""Platform and encoding of a character map that goes beyond 16 bits; its format is 12."""
_SEGMENTED_COVERAGE: Final = 12
_NUMBER_OF_ADVANCES: Final = 34
"""Where ``hhea`` tells how many glyphs have an advance of their own."""
_PLACES_ARE_LONG: Final = 50
"""Where ``head`` tells how ``loca`` is written."""
_PER_MILLE: Final = 1000
_SPACE, _NO_BREAK_SPACE = 0x20, 0xA0


class _Face(TTFontFace):  # type: ignore[misc] # ReportLab has no types
    """Knows what ``TTFontFace`` knows of its characters and glyphs, a twentieth of the time later."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803
        """Read names and sizes as ReportLab does, then the long tables at one go.

        Raises:
            TTFError: The font has no map of all Unicode characters.
        """
        super().extractInfo(charInfo=0)
        if charInfo:
            self.charToGlyph = self._characters()
            self._measure()
            self.glyphPos = self._places()

    def _characters(self) -> dict[int, int]:
        """Which glyph draws which character (``cmap``, format 12)."""
        start = self._map()
        (count,) = unpack_from(">L", self._ttf_data, start + 12)
        numbers = unpack_from(f">{3 * count}L", self._ttf_data, start + 16)
        firsts, first_glyphs = numbers[::3], numbers[2::3]
        ends = [last + 1 for last in numbers[1::3]]
        glyph_ends = map(add, first_glyphs, map(sub, ends, firsts))
        characters = chain.from_iterable(map(range, firsts, ends))
        glyphs = dict(zip(characters, chain.from_iterable(map(range, first_glyphs, glyph_ends)), strict=True))
        glyphs[_NO_BREAK_SPACE] = glyphs[_SPACE]
        return glyphs

    def _map(self) -> int:
        start, _ = self.get_table_pos("cmap")
        (count,) = unpack_from(">H", self._ttf_data, start + 2)
        for number in range(count):
            *kind, offset = unpack_from(">HHL", self._ttf_data, start + 4 + 8 * number)
            found = start + offset
            if tuple(kind) == _ALL_OF_UNICODE and self.get_ushort(found) == _SEGMENTED_COVERAGE:
                return int(found)
        raise TTFError(f"{self.filename}: no map of all Unicode characters")

    def _measure(self) -> None:
        """How wide glyphs and characters are (``hmtx``): the last advance holds for all glyphs after it."""
        own = self.get_ushort(self.get_table_pos("hhea")[0] + _NUMBER_OF_ADVANCES)
        rest = self.numGlyphs - own
        numbers = unpack_from(f">{2 * own + rest}H", self._ttf_data, self.get_table_pos("hmtx")[0])
        advances = (*numbers[: 2 * own : 2], *(numbers[2 * own - 2],) * rest)
        bearings = (*numbers[1 : 2 * own : 2], *numbers[2 * own :])
        self.hmetrics = list(zip(advances, bearings, strict=True))
        widths = advances if self.unitsPerEm == _PER_MILLE else [*map(self._pdfScale, advances)]
        self.defaultWidth = widths[0]
        glyphs = self.charToGlyph
        self.charWidths = dict(zip(glyphs, map(widths.__getitem__, glyphs.values()), strict=True))

    def _places(self) -> tuple[int, ...]:
        """Where each glyph begins (``loca``), and after them where the last one ends."""
        start, _ = self.get_table_pos("loca")
        count = self.numGlyphs + 1
        if self.get_ushort(self.get_table_pos("head")[0] + _PLACES_ARE_LONG):
            return unpack_from(f">{count}L", self._ttf_data, start)
        return tuple(place << 1 for place in unpack_from(f">{count}H", self._ttf_data, start))


class Typeface(TTFont):  # type: ignore[misc] # ReportLab has no types
    """A font for ReportLab, never shaped: Hangul, Hanja and Latin of office papers need no shaping.

    Raises:
        TTFError: The file is no TrueType font, or has no map of all Unicode characters.
        OSError: The file cannot be read.
    """

    def __init__(self, name: str, path: Path) -> None:
        self.fontName = name
        self.face: Any = _Face(str(path))
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable = rl_config.ttfAsciiReadable
        self.shapable = False
