"""Whether the paper's typefaces have every character a report says, and where they do not."""

from __future__ import annotations

import dataclasses
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.errors import ReportRefused
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.report import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fieldlog.report.dossier import Dossier

_FIELDS: Final = {
    "number": Phrase("번호", "Number"),
    "title": Phrase("제목", "Title"),
    "category": Phrase("분류", "Category"),
    "description": Phrase("내용", "Description"),
    "problem": Phrase("문제정의", "Problem"),
    "address": Phrase("주소", "Address"),
    "hint": Phrase("위치설명", "Where exactly"),
    "purpose": Phrase("목적", "Purpose"),
    "summary": Phrase("결과요약", "Summary"),
    "result": Phrase("결과", "Result"),
    "companions": Phrase("동행자", "Companions"),
    "oral_reason": Phrase("구두보고 사유", "Why orally"),
    "text": Phrase("내용", "Text"),
    "measured": Phrase("측정값", "Measured"),
    "instrument": Phrase("측정기", "Instrument"),
    "owner": Phrase("담당", "Owner"),
    "note": Phrase("비고", "Note"),
    "caption": Phrase("설명", "Caption"),
    "place": Phrase("위치", "Place"),
    "name": Phrase("이름", "Name"),
    "rank": Phrase("직급", "Rank"),
    "department": Phrase("부서", "Department"),
    "lead_department": Phrase("주관부서", "Lead department"),
    "author": Phrase("작성자", "Author"),
    "header": Phrase("머리말", "Header"),
    "footer": Phrase("꼬리말", "Footer"),
    "approval": Phrase("결재란", "Approval"),
}
_KINDS: Final = {
    "Agency": Phrase("기관 설정", "Agency"),
    "Official": Phrase("작성자", "Official"),
    "CaseSheet": Phrase("사안", "Case"),
    "Place": Phrase("위치", "Place"),
    "Visit": Phrase("현장방문", "Visit"),
    "Observation": Phrase("관찰", "Observation"),
    "Action": Phrase("조치", "Action"),
    "Photo": Phrase("사진", "Photo"),
    "Comment": Phrase("의견", "Comment"),
}
_INVISIBLE: Final = frozenset({"Cf", "Cc"})
_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_JOINING_JAMO: Final = range(0x1160, 0x1200)
_SPACES: Final = "Zs"
_TOLD: Final = 8


@dataclass(frozen=True, slots=True)
class Missing:
    """Characters of one field that no typeface has."""

    where: Phrase
    characters: str

    @property
    def told(self) -> Phrase:
        """The field, then each character with its code."""
        named = " ".join(f"{character}(U+{ord(character):04X})" for character in self.characters)
        return Phrase("{where} 「{named}」", "{where} “{named}”").fill(where=self.where, named=plain(named))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a dossier with the eyes of the typefaces."""

    covers: Callable[[str], bool]
    alike: Mapping[str, str]
    _plain: set[str] = field(default_factory=set, compare=False)
    """Characters already known to need nothing."""

    def tidy(self, text: str) -> str:
        """The text in composed form, without characters that make no mark, look-alikes exchanged."""
        if self._plain.issuperset(text):
            return text
        composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        self._plain.update(filter(self._is_plain, set(text) - self._plain))
        if self._plain.issuperset(text):
            return text
        return "".join(map(self._shown, composed))

    def _is_plain(self, character: str) -> bool:
        """Whether the character stands for itself, whatever is beside it."""
        joins = unicodedata.combining(character) or ord(character) in _JOINING_JAMO
        alone = unicodedata.is_normalized("NFC", character) and self._shown(character) == character
        return alone and not joins and (character == "\n" or self.covers(character))

    def _shown(self, character: str) -> str:
        if character in "\n\r\u2028\u2029\x0b\x0c\x85":
            return "\n"
        if character == "\t" or unicodedata.category(character) == _SPACES:
            return " "
        if unicodedata.category(character) in _INVISIBLE or any(ord(character) in gap for gap in _SELECTORS):
            return ""
        return self.alike.get(character, character)

    def missing(self, text: str) -> str:
        """The characters of a text that cannot be drawn, each once."""
        if self._plain.issuperset(text):
            return ""
        return "".join(dict.fromkeys(c for c in text if c != "\n" and not self.covers(c)))


def legible(
    dossier: Dossier, reader: Reader, *, replace_missing: bool
) -> tuple[Dossier, tuple[Missing, ...]]:
    """The dossier ready to be set, and what was replaced by 〓 in it.

    Raises:
        ReportRefused: Some character cannot be drawn and may not be replaced; every field is named.
    """
    found: list[Missing] = []
    ready: Dossier = _walk(dossier, reader, (), found)
    if found and not replace_missing:
        raise _refused(found)
    return ready, tuple(found)


def _walk(value: Any, reader: Reader, path: tuple[Phrase, ...], found: list[Missing]) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return _read(value, reader, path, found)
    if isinstance(value, tuple):
        return tuple(
            _walk(each, reader, _counted(path, n, each), found) for n, each in enumerate(value, start=1)
        )
    if not dataclasses.is_dataclass(value) or isinstance(value, type | date):
        return value
    changed = {}
    for each in dataclasses.fields(value):
        old = getattr(value, each.name)
        if each.name in {"digest", "pair"} or callable(old):
            continue
        step = (
            (*path, _FIELDS[each.name])
            if each.name in _FIELDS and not dataclasses.is_dataclass(old)
            else path
        )
        new = _walk(old, reader, step, found)
        if new != old:
            changed[each.name] = new
    return dataclasses.replace(value, **changed) if changed else value


def _counted(path: tuple[Phrase, ...], number: int, value: object) -> tuple[Phrase, ...]:
    kind = _KINDS.get(type(value).__name__)
    if kind is None:
        return path
    name = getattr(value, "number", number)
    return (*path, Phrase("{kind} {name}", "{kind} {name}").fill(kind=kind, name=plain(str(name))))


def _read(text: str, reader: Reader, path: tuple[Phrase, ...], found: list[Missing]) -> str:
    tidy = reader.tidy(text)
    missing = reader.missing(tidy)
    if not missing:
        return tidy
    where = path[0] if path else Phrase("보고서", "Report")
    for step in path[1:]:
        where = Phrase("{outer} {inner}", "{outer} {inner}").fill(outer=where, inner=step)
    found.append(Missing(where, missing))
    return "".join(words.REPLACEMENT if character in missing else character for character in tidy)


def _refused(found: list[Missing]) -> ReportRefused:
    told = [missing.told for missing in found[:_TOLD]]
    more = len(found) - _TOLD
    ko, en = ", ".join(each.ko for each in told), ", ".join(each.en for each in told)
    if more > 0:
        ko, en = f"{ko} 외 {more}곳", f"{en} and {more} more"
    return ReportRefused(
        Phrase("글꼴에 없는 글자가 있습니다.", "Some characters are in none of the fonts."),
        Phrase(ko, en),
        Phrase(
            "글자를 고치거나, 〓로 바꾸어 찍도록 선택해 주십시오.",
            "Change the characters, or choose to print 〓 in their place.",
        ),
    )
