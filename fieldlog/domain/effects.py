"""What a verb changed, told to everyone who shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId


class Effects(Struct, frozen=True):
    """Records and cases that show something else now, and which kinds they are of.

    ``op`` names the save (log, place in it), so that it can be undone; None when nothing differed.
    """

    records: frozenset[RecordId] = frozenset()
    cases: frozenset[RecordId] = frozenset()
    kinds: frozenset[str] = frozenset()
    op: tuple[bytes, int] | None = None

    def __or__(self, other: Effects) -> Effects:
        return Effects(
            self.records | other.records,
            self.cases | other.cases,
            self.kinds | other.kinds,
            other.op or self.op,
        )

    def __bool__(self) -> bool:
        return bool(self.records)
