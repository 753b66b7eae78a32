"""The typefaces of the paper: read once in a process, each character drawn by the first that has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from fieldlog.domain.errors import NotFound
from fieldlog.domain.phrase import Phrase, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REGULAR: Final = ("NotoSansKR_400Regular", "Pretendard-Regular")
_STRONG: Final = ("NotoSansKR_700Bold", "Pretendard-Bold", *_REGULAR)
BASE_FACE: Final = _REGULAR[0]
_PER_MILLE: Final = 1000


@dataclass(frozen=True, slots=True)
class Faces:
    """The paper's typefaces in the order in which they are asked for a character."""

    regular: tuple[Any, ...]
    strong: tuple[Any, ...]
    _widths: dict[bool, dict[str, float]] = field(
        default_factory=lambda: {False: {}, True: {}}, compare=False
    )

    def covers(self, character: str) -> bool:
        """Whether some face can draw the character."""
        code = ord(character)
        return any(code in face.face.charToGlyph for face in self.regular)

    def width(self, text: str, *, strong: bool) -> float:
        """The width of a text at size 1."""
        known = self._widths[strong]
        total = 0.0
        for character in text:
            wide = known.get(character)
            if wide is None:
                wide = known[character] = self._width(character, strong=strong)
            total += wide
        return total

    def _width(self, character: str, *, strong: bool) -> float:
        face = self._face_of(character, strong=strong).face
        return float(face.charWidths.get(ord(character), face.defaultWidth)) / _PER_MILLE

    def _face_of(self, character: str, *, strong: bool) -> Any:
        code = ord(character)
        faces = self.strong if strong else self.regular
        return next((face for face in faces if code in face.face.charToGlyph), faces[0])

    def runs(self, text: str, *, strong: bool) -> Iterator[tuple[str, str]]:
        """The text cut where the face changes: pairs of face name and text."""
        name, run = "", ""
        for character in text:
            its: str = self._face_of(character, strong=strong).fontName
            if its != name and run:
                yield name, run
                run = ""
            name = its
            run += character
        if run:
            yield name, run


@cache
def faces_in(folder: Path) -> Faces:
    """The faces kept in a folder, read on the first call.

    Raises:
        NotFound: A font file is missing or cannot be read: the installation is incomplete.
    """
    made = {name: _face(folder, name) for name in dict.fromkeys((*_REGULAR, *_STRONG))}
    for face in made.values():
        pdfmetrics.registerFont(face)
    return Faces(tuple(made[name] for name in _REGULAR), tuple(made[name] for name in _STRONG))


def _face(folder: Path, name: str) -> Any:
    try:
        return TTFont(name, str(folder / f"{name}.ttf"))
    except (TTFError, OSError) as error:
        raise NotFound(
            Phrase("보고서 글꼴을 읽을 수 없습니다.", "A font for reports cannot be read."),
            plain(f"{name}.ttf"),
            Phrase("프로그램을 다시 설치해 주십시오.", "Please install the program again."),
        ) from error
