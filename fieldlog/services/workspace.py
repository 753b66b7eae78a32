"""The one handle to an open store: what every verb works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldlog.domain.due_of_case import derived_values
from fieldlog.domain.effects import Effects
from fieldlog.domain.ids import RecordId
from fieldlog.domain.op import OpKind
from fieldlog.domain.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from fieldlog.domain.calendar import Calendar, HolidayTable
    from fieldlog.domain.editing import Edit
    from fieldlog.domain.errors import Known
    from fieldlog.domain.ids import Mint
    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.domain.registry import Value
    from fieldlog.storage.store import Saved, Store


@dataclass(slots=True)
class Derivation:
    """Computes a case's derived fields; filled in once the store's profile is known."""

    calendar: Calendar | None = None
    profile: AgencyProfile | None = None

    def __call__(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """The derived fields of a case's values."""
        if self.calendar is None or self.profile is None:
            return {}
        return derived_values(values, self.calendar, self.profile)


@dataclass(frozen=True, slots=True)
class Official:
    """Who works in this store: shown on reports and written into every save."""

    id: str
    name: str = ""
    rank: str = ""
    department: str = ""


@dataclass(slots=True)
class Workspace:
    """An open store with its agency's profile and calendar.

    ``notices`` are things the person should know that did not keep the store from opening.
    """

    store: Store
    resources: Path
    profile: AgencyProfile
    holidays: HolidayTable
    official: Official
    notices: list[Known] = field(default_factory=list)

    @property
    def calendar(self) -> Calendar:
        """The working time of the agency."""
        return self.profile.calendar(self.holidays)

    @property
    def mint(self) -> Mint:
        """Makes the ids of new records."""
        return self.store.mint

    @property
    def is_practice(self) -> bool:
        """Whether this is a practice store, watermarked everywhere."""
        return self.store.practice

    @property
    def read_only(self) -> bool:
        """Whether another window writes and this one only reads."""
        return self.store.read_only

    def now(self) -> datetime:
        """The present moment by the clock the program was given."""
        return self.store.clock.now()

    def keep(
        self, edits: Sequence[Edit], *, kind: OpKind = OpKind.SAVE, ext: Mapping[str, Value] | None = None
    ) -> Effects:
        """Save edits as one op, durably, and tell what they touched."""
        saved = self.store.save(edits, author=self.official.id, kind=kind, ext=ext)
        return self._effects(saved, {edit.record: edit.values.get("case_id") for edit in edits})

    def undo(self, op: tuple[bytes, int]) -> tuple[Effects, int]:
        """Write back what a save replaced; the number counts values changed since, which stay."""
        saved, kept = self.store.undo(op, author=self.official.id)
        return self._effects(saved, {}), kept

    def _effects(self, saved: Saved, case_of: Mapping[RecordId, Value]) -> Effects:
        if saved.op is None:
            return Effects()
        cases, kinds = set(), set()
        for record, number, _deleted in saved.touched:
            kind = REGISTRY.numbered(number)
            if kind is None:
                continue
            kinds.add(kind.name)
            if kind.name == "case":
                cases.add(record)
                continue
            owner = case_of.get(record) or self.store.find(record).case_id
            if isinstance(owner, str):
                cases.add(RecordId(owner))
        return Effects(
            frozenset(record for record, _, _ in saved.touched),
            frozenset(cases),
            frozenset(kinds),
            (saved.op.stream, saved.op.seq),
        )

    def close(self) -> None:
        """Close the store."""
        self.store.close()
