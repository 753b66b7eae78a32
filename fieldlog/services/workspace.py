"""The one handle to an open store: what every verb works on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from fieldlog.domain.due_of_case import derived_values
from fieldlog.domain.effects import Effects
from fieldlog.domain.op import OpKind
from fieldlog.domain.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from fieldlog.domain.calendar import Calendar, HolidayTable
    from fieldlog.domain.editing import Edit
    from fieldlog.domain.errors import Known
    from fieldlog.domain.ids import Mint
    from fieldlog.domain.period import Period
    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.domain.registry import Value
    from fieldlog.storage.saved import Saved, Touched
    from fieldlog.storage.store import Find, Store

_REMEMBERED: Final = 4_096


class Derivation(Struct):
    """Computes a case's derived fields; filled in once the store's profile is known."""

    calendar: Calendar | None = None
    profile: AgencyProfile | None = None
    _remembered: dict[tuple[str, Period], str | None] = field(default_factory=dict)
    _remembered_of: Calendar | None = None

    def __call__(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """The derived fields of a case's values."""
        if self.calendar is None or self.profile is None:
            return {}
        if self._remembered_of is not self.calendar or len(self._remembered) > _REMEMBERED:
            self._remembered, self._remembered_of = {}, self.calendar
        return derived_values(values, self.calendar, self.profile, self._remembered)


class Official(Struct, frozen=True):
    """Who works in this store: shown on reports and written into every save."""

    id: str
    name: str = ""
    rank: str = ""
    department: str = ""


class Workspace(Struct):
    """An open store with its agency's profile and calendar.

    ``notices`` are things the person should know that did not keep the store from opening.
    """

    store: Store
    resources: Path
    profile: AgencyProfile
    holidays: HolidayTable
    official: Official
    notices: list[Known] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"Workspace({self.store!r})"

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
        self,
        edits: Sequence[Edit],
        *,
        kind: OpKind = OpKind.SAVE,
        ext: Mapping[str, Value] | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> Effects:
        """Save edits as one op, durably, and tell what they touched; ``notes`` of this device go with it."""
        return _effects(self.store.save(edits, author=self.official.id, kind=kind, ext=ext, notes=notes))

    def change(self, decide: Callable[[Find], Sequence[Edit]]) -> Effects:
        """Save the edits that ``decide`` makes of what it finds, as one op with nothing in between."""
        return _effects(self.store.change(decide, author=self.official.id))

    def undo(self, op: tuple[bytes, int]) -> tuple[Effects, int]:
        """Write back what a save replaced; the number counts values changed since, which stay."""
        saved, kept = self.store.undo(op, author=self.official.id)
        return _effects(saved), kept

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def _effects(saved: Saved) -> Effects:
    if saved.op is None:
        return Effects()
    return replace(effects_of(saved.touched), op=(saved.op.stream, saved.op.seq))


def effects_of(touched: Sequence[Touched]) -> Effects:
    """What shows something new after these records were touched."""
    kinds = ((each, REGISTRY.numbered(each.kind)) for each in touched)
    known = [(each, kind.name) for each, kind in kinds if kind is not None]
    cases = ((each.record if name == "case" else each.case_id) for each, name in known)
    return Effects(
        frozenset(each.record for each in touched),
        frozenset(case for case in cases if case is not None),
        frozenset(name for _, name in known),
    )
