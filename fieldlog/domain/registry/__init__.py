"""The record registry: every kind and every field, declared once.

Forms, the log, sync, search, reports, masking and exports read this. To add a field, add one line
to its kind with the next free number; a number is never given to another field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.registry import fieldwork, office, solving
from fieldlog.domain.registry.field import (
    Bounds,
    Field,
    FieldType,
    Kind,
    Merge,
    Personal,
    Value,
    Vocabulary,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "DELETED_KEY",
    "REGISTRY",
    "SCHEMA",
    "Bounds",
    "Field",
    "FieldType",
    "Kind",
    "Merge",
    "Personal",
    "Registry",
]
__all__ += ["Value", "Vocabulary"]

SCHEMA: Final = 1
"""Written into every op: raised when a field or kind is added (2026-11-22: first)."""

DELETED_KEY: Final = 0
"""The register that every record has besides its fields: why it was deleted, or null."""


class Registry:
    """All kinds, found by name or by number."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self.kinds = kinds
        self._by_name = {kind.name: kind for kind in kinds}
        self._by_id = {kind.id: kind for kind in kinds}
        self._fields = {kind.id: {declared.id: declared for declared in kind.fields} for kind in kinds}

    def kind(self, name: str) -> Kind:
        """The kind of that name.

        Raises:
            KeyError: No such kind.
        """
        return self._by_name[name]

    def numbered(self, kind_id: int) -> Kind | None:
        """The kind of that number, or None for a kind of a newer version."""
        return self._by_id.get(kind_id)

    def fields_of(self, kind_id: int) -> Mapping[int, Field]:
        """The fields of a kind by number; empty for a kind of a newer version."""
        return self._fields.get(kind_id, {})

    def field_numbered(self, kind_id: int, field_id: int) -> Field | None:
        """The field of that number, or None for a field of a newer version."""
        return self._fields.get(kind_id, {}).get(field_id)


REGISTRY: Final = Registry(
    tuple(
        value
        for module in (fieldwork, solving, office)
        for value in vars(module).values()
        if isinstance(value, Kind)
    )
)
