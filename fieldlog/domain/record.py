"""A record as everyone above the log sees it: its shown values by field name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from fieldlog.domain.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.op import Key, Version
    from fieldlog.domain.registry import Kind, Value


class Record(Struct, frozen=True, kw_only=True):
    """One record's shown values.

    ``seen`` names the versions that are shown, so that an edit replaces exactly what the person saw.
    ``in_conflict`` names the fields that hold more than one living value.
    """

    id: RecordId
    kind: str
    case_id: RecordId | None
    values: Mapping[str, Value]
    seen: Mapping[Key, Version]
    in_conflict: tuple[str, ...] = ()
    deleted: bool = False
    created_at: datetime
    changed_at: datetime

    @property
    def declared(self) -> Kind:
        """The kind as the registry declares it."""
        return REGISTRY.kind(self.kind)

    def get(self, name: str) -> Value:
        """A field's shown value, or None where it is empty."""
        return self.values.get(name)

    def text(self, name: str) -> str:
        """A field's shown value as text; empty where there is none."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> float | None:
        """A field's shown value as a number, or None."""
        value = self.values.get(name)
        return float(value) if isinstance(value, (int, float)) else None

    def words(self, name: str) -> tuple[str, ...]:
        """A set field's elements."""
        value = self.values.get(name)
        return tuple(str(word) for word in value) if isinstance(value, list) else ()


class CaseRow(Struct, frozen=True, kw_only=True):
    """One line of the case list."""

    row: int
    id: RecordId
    case_no: str
    title: str
    stage: str
    category_code: str
    severity: int
    urgency: str
    petition_type: str | None
    channel: str | None
    reported_at: str | None
    received_at: str | None
    period_value: int | None
    period_unit: str | None
    due_at: str | None
    answered_at: str | None
    lead_dept_id: str | None
    owner_user_id: str | None
    priority_score: float | None
    place: str | None
    lat: float | None
    lon: float | None
    photos: int
    conflicts: int
    changed_at: datetime


class CaseSheet(Struct, frozen=True, kw_only=True):
    """Everything a case holds, its parts in the order they were recorded."""

    case: Record
    parts: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[Record, ...]:
        """The living parts of one kind."""
        return self.parts.get(kind, ())

    @property
    def location(self) -> Record | None:
        """The place of the case, if one is known."""
        places = self.of("location")
        return places[0] if places else None
