"""Short words in which the kinds are declared, one line per field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry.field import Bounds, Field, FieldType, Merge, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

_BOUND_NAMES = frozenset(Bounds.__struct_fields__)


def _declare(type_: FieldType) -> Callable[..., Field]:
    def declare(number: int, name: str, ko: str, en: str, **rest: Any) -> Field:
        bounds = Bounds(**{key: rest.pop(key) for key in list(rest) if key in _BOUND_NAMES})
        return Field(id=number, name=name, type=type_, label=Phrase(ko, en), bounds=bounds, **rest)

    return declare


text = _declare(FieldType.TEXT)
long_text = _declare(FieldType.LONG_TEXT)
integer = _declare(FieldType.INTEGER)
real = _declare(FieldType.REAL)
flag = _declare(FieldType.FLAG)
date = _declare(FieldType.DATE)
moment = _declare(FieldType.MOMENT)
words = _declare(FieldType.WORDS)
link = _declare(FieldType.LINK)
links = _declare(FieldType.LINKS)
tree = _declare(FieldType.TREE)


def stage(number: int, name: str, ko: str, en: str, vocabulary: Vocabulary, **rest: Any) -> Field:
    """A lifecycle state: contradicting moves are raised."""
    return _declare(FieldType.STAGE)(number, name, ko, en, vocabulary=vocabulary, **rest)


def choice(number: int, name: str, ko: str, en: str, vocabulary: Vocabulary, **rest: Any) -> Field:
    """One code out of a vocabulary."""
    return _declare(FieldType.CHOICE)(number, name, ko, en, vocabulary=vocabulary, **rest)


def choices(number: int, name: str, ko: str, en: str, vocabulary: Vocabulary, **rest: Any) -> Field:
    """A set of codes out of a vocabulary."""
    return _declare(FieldType.WORDS)(number, name, ko, en, vocabulary=vocabulary, **rest)


def case_link() -> Field:
    """Field 1 of every kind that belongs to a case."""
    return link(1, "case_id", "사안", "Case", required_from="DRAFT", merge_rule=Merge.ONCE)
