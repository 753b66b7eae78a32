"""Sentences for people, always in Korean and in English at once."""

from __future__ import annotations

import string
from typing import Any, Final, Literal

from msgspec import Struct

from fieldlog.domain.josa import PAIRS, with_josa

Language = Literal["ko", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")


class _Filler(string.Formatter):
    """Fill ``{name}`` and, in Korean, ``{name:을}`` with the particle that fits the value."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        spoken = value.said(self._language) if isinstance(value, Phrase) else value
        if format_spec in PAIRS:
            return with_josa(str(spoken), format_spec)
        return str(super().format_field(spoken, format_spec))


class Phrase(Struct, frozen=True):
    """One thing said to a person: ``ko`` and ``en`` are both complete."""

    ko: str
    en: str

    def said(self, language: Language) -> str:
        """The sentence in one language."""
        return self.ko if language == "ko" else self.en

    def fill(self, **values: object) -> Phrase:
        """The same phrase with its ``{names}`` filled; a value may be a Phrase itself."""
        return Phrase(_Filler("ko").format(self.ko, **values), _Filler("en").format(self.en, **values))


def plain(text: str) -> Phrase:
    """A phrase that reads the same in both languages: a name, a number, a file."""
    return Phrase(text, text)
