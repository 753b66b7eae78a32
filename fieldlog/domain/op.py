"""An op: one save of one person, immutable, as the log keeps it."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.ids import RecordId, StreamId
    from fieldlog.domain.registry import Value

Key: TypeAlias = "int | str"
"""Names a register of a record: a field's number, or ``"number:element"`` for one element of a set."""


class Version(NamedTuple):
    """Names one value of a register: when it was written and in which device's log."""

    hlc: int
    stream: StreamId


class OpKind(enum.IntEnum):
    """What kind of save it was. The numbers are written into the log and never change."""

    SAVE = 1
    MOVE = 2
    UNDO = 3
    IMPORT = 4


class Change(Struct, frozen=True):
    """One register of a record gets a value, which replaces the versions it was based on."""

    key: Key
    bases: tuple[Version, ...]
    type: int
    value: Value


class RecordChange(Struct, frozen=True):
    """All changes of one op to one record."""

    record: RecordId
    kind: int
    changes: tuple[Change, ...]


class Op(Struct, frozen=True):
    """One save: who, when, and what changed in which records."""

    hlc: int
    wall_ms: int
    author: str
    kind: int
    schema: int
    records: tuple[RecordChange, ...]
    ext: Mapping[str, Value] = field(default_factory=dict)


def element_key(field_number: int, element: str) -> str:
    """The register of one element of a set field."""
    return f"{field_number}:{element}"


def split_key(key: Key) -> tuple[int, str | None]:
    """A register's field number and, for sets, its element."""
    if isinstance(key, int):
        return key, None
    number, _, element = key.partition(":")
    return int(number), element
