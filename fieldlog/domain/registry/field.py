"""What a field is: its stable number, its type, how it merges and what it may hold."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import force_setattr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.phrase import Phrase

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
"""What a field holds, as the log writes it: moments and dates are ISO text."""


class FieldType(enum.IntEnum):
    """The types of field. The numbers are written into the log and never change."""

    TEXT = 1
    LONG_TEXT = 2
    INTEGER = 3
    REAL = 4
    FLAG = 5
    DATE = 6
    MOMENT = 7
    CHOICE = 8
    STAGE = 9
    WORDS = 10
    LINK = 11
    LINKS = 12
    TREE = 13


class Merge(enum.Enum):
    """How concurrent changes meet (sync specification 5.3)."""

    REGISTER = "every concurrent value stays a head; the newest is shown"
    STATUS = "as a register, and contradicting moves are always raised"
    LONG_TEXT = "as a register; heads are merged three ways when read"
    ADD_WINS = "each element is a register of its own; an addition outlives a removal"
    ONCE = "written at creation and never changed"


class Personal(enum.Enum):
    """Whether a field tells of a person (Personal Information Protection Act)."""

    NO = "none"
    PERSONAL = "personal"
    MAYBE = "may contain personal data"
    SENSITIVE = "special handling"
    PLACE = "where a person is"
    FACE = "a face or number plate may be seen"


_MERGE_OF_TYPE: Final = {
    FieldType.LONG_TEXT: Merge.LONG_TEXT,
    FieldType.STAGE: Merge.STATUS,
    FieldType.WORDS: Merge.ADD_WINS,
    FieldType.LINKS: Merge.ADD_WINS,
}


class Vocabulary(Struct, frozen=True):
    """The codes a field may hold, in the order shown, each with its label."""

    name: str
    entries: Mapping[str, Phrase]

    def label(self, code: str) -> Phrase | None:
        """The label of a code, or None for a code this version does not know."""
        return self.entries.get(code)


class Bounds(Struct, frozen=True, kw_only=True):
    """What a value must keep to: lengths in syllables, numbers inclusive."""

    longest: int | None = None
    shortest: int | None = None
    least: float | None = None
    most: float | None = None
    pattern: str | None = None
    form: Phrase | None = None
    """What the pattern asks for, in words: how to write it."""


class Field(Struct, frozen=True, kw_only=True):
    """One field of one kind, declared once.

    ``id`` is written into the log and is never given to another field of the kind.
    ``required_from`` names the stage from which the field must be filled ("DRAFT": always).
    ``derived`` fields are computed and shown, never written. A text with a vocabulary takes other words too.
    """

    id: int
    name: str
    type: FieldType
    label: Phrase
    vocabulary: Vocabulary | None = None
    bounds: Bounds = Bounds()
    required_from: str | None = None
    personal: Personal = Personal.NO
    merge_rule: Merge | None = None
    searched: bool = False
    derived: bool = False
    merge: Merge = Merge.REGISTER
    """How concurrent changes of this field meet: what ``merge_rule`` says, or else the type."""

    def __post_init__(self) -> None:
        merge = self.merge_rule or _MERGE_OF_TYPE.get(self.type, Merge.REGISTER)
        force_setattr(self, "merge", merge)


class Kind(Struct, frozen=True, kw_only=True):
    """One kind of record and its fields.

    ``editable`` kinds have screens; the others are stored, forwarded and shown read-only.
    """

    id: int
    name: str
    label: Phrase
    fields: tuple[Field, ...]
    editable: bool = False
    retired_ids: frozenset[int] = frozenset()
    _named: Mapping[str, Field] = {}

    def __post_init__(self) -> None:
        force_setattr(self, "_named", {declared.name: declared for declared in self.fields})

    def field(self, name: str) -> Field:
        """The field of that name.

        Raises:
            KeyError: This kind has no such field.
        """
        try:
            return self._named[name]
        except KeyError:
            raise KeyError(f"{self.name}.{name}") from None

    def has(self, name: str) -> bool:
        """Whether this kind declares a field of that name."""
        return name in self._named
