"""The typefaces of the paper: read once in a process, each character drawn by the first that has it."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from fieldlog.domain.errors import NotFound
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.report.fonts.typefaces import Typeface

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REGULAR: Final = ("NotoSansKR_400Regular", "Pretendard-Regular")
_STRONG: Final = ("NotoSansKR_700Bold", "Pretendard-Bold", *_REGULAR)
BASE_FACE: Final = _REGULAR[0]
_PER_MILLE: Final = 1000


@dataclass(frozen=True, slots=True)
class Faces:
    """The paper's typefaces in the order in which they are asked for a character.

    A face further down the order is read from disk only when a character needs it.
    """

    folder: Path
    _read: dict[str, Any] = field(default_factory=dict, compare=False)
    _homes: dict[bool, dict[str, str]] = field(default_factory=lambda: {False: {}, True: {}}, compare=False)
    _widths: dict[bool, dict[str, float]] = field(
        default_factory=lambda: {False: {}, True: {}}, compare=False
    )

    def covers(self, character: str) -> bool:
        """Whether some face can draw the character."""
        return bool(self._home(character, strong=False))

    def width(self, text: str, *, strong: bool) -> float:
        """The width of a text at size 1."""
        return sum(self.advances(text, strong=strong))

    def advances(self, text: str, *, strong: bool) -> list[float]:
        """The width of each character at size 1."""
        known = self._widths[strong]
        try:
            return [known[character] for character in text]
        except KeyError:
            for character in set(text) - known.keys():
                known[character] = self._width(character, strong=strong)
            return [known[character] for character in text]

    def runs(self, text: str, *, strong: bool) -> Iterator[tuple[str, str]]:
        """The text cut where the face changes: pairs of face name and text."""
        main = (_STRONG if strong else _REGULAR)[0]
        homes = {character: self._home(character, strong=strong) or main for character in set(text)}
        if all(home == main for home in homes.values()):
            yield main, text
            return
        for name, group in groupby(text, homes.__getitem__):
            yield name, "".join(group)

    def _width(self, character: str, *, strong: bool) -> float:
        face = self.load(self._home(character, strong=strong) or BASE_FACE).face
        return float(face.charWidths.get(ord(character), face.defaultWidth)) / _PER_MILLE

    def _home(self, character: str, *, strong: bool) -> str:
        """The name of the first face that has the character, or nothing."""
        known = self._homes[strong]
        home = known.get(character)
        if home is None:
            names = _STRONG if strong else _REGULAR
            code = ord(character)
            home = next((name for name in names if code in self.load(name).face.charToGlyph), "")
            known[character] = home
        return home

    def load(self, name: str) -> Any:
        """A face by name, registered with ReportLab."""
        if name not in self._read:
            face = _face(self.folder, name)
            pdfmetrics.registerFont(face)
            self._read[name] = face
        return self._read[name]


@cache
def faces_in(folder: Path) -> Faces:
    """The faces kept in a folder, read once in a process.

    Raises:
        NotFound: A font file is missing or cannot be read: the installation is incomplete.
    """
    faces = Faces(folder)
    for name in (_REGULAR[0], _STRONG[0]):
        faces.load(name)
    return faces


def _face(folder: Path, name: str) -> Any:
    try:
        return Typeface(name, folder / f"{name}.ttf")
    except (TTFError, struct.error, LookupError, OSError) as error:
        raise NotFound(
            Phrase("보고서 글꼴을 읽을 수 없습니다.", "A font for reports cannot be read."),
            plain(f"{name}.ttf"),
            Phrase("프로그램을 다시 설치해 주십시오.", "Please install the program again."),
        ) from error
