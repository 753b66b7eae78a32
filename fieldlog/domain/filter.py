"""A filter of the case list as a value: what is asked for, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.registry import Value

SortKey = Literal["updated", "received_at", "reported_at", "due_at", "severity", "case_no"]
DueIn = Literal["overdue", "today", "week", "any"]
SORT_KEYS: Final[tuple[SortKey, ...]] = get_args(SortKey)
DUE_CHOICES: Final[tuple[DueIn, ...]] = get_args(DueIn)


class CaseFilter(Struct, frozen=True, kw_only=True):
    """Which cases are shown; empty means all. Several values of one kind mean any of them.

    ``category`` may be a code or the beginning of one: ``ROAD`` covers every road category.
    """

    query: str = ""
    stages: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    due: DueIn | None = None
    petitions_only: bool = False
    in_conflict: bool = False
    without_place: bool = False
    received_from: str | None = None
    received_to: str | None = None
    sort: SortKey = "updated"
    descending: bool = True

    @property
    def can_be_asked(self) -> bool:
        """Whether every condition holds something a list can be asked for."""
        empty = CaseFilter()
        for name in self.__struct_fields__:
            value, usual = getattr(self, name), getattr(empty, name)
            if not isinstance(value, (str, type(None)) if usual is None else type(usual)):
                return False
        return (
            self.sort in SORT_KEYS
            and self.due in {None, *DUE_CHOICES}
            and all(code.isascii() and code.isdecimal() for code in self.severities)
        )

    def as_tree(self) -> dict[str, Value]:
        """The filter as a saved one keeps it: only what differs from an empty filter."""
        empty = CaseFilter()
        tree: dict[str, Value] = {}
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if value != getattr(empty, name):
                tree[name] = list(value) if isinstance(value, tuple) else value
        return tree

    @classmethod
    def from_tree(cls, tree: Mapping[str, Value]) -> CaseFilter:
        """A saved filter read back; conditions this version does not know are passed over.

        Raises:
            BadInput: A condition it knows holds something it cannot ask for.
        """
        made = cls()
        for name, value in tree.items():
            if name in cls.__struct_fields__:
                kept = tuple(str(each) for each in value) if isinstance(value, list) else value
                made = replace(made, **{name: kept})
        if not made.can_be_asked:
            raise BadInput(
                Phrase("저장된 필터를 읽을 수 없습니다.", "The saved filter cannot be read."),
                Phrase("모르는 조건이나 정렬이 들어 있습니다.", "It holds an unknown condition or order."),
                Phrase("필터를 다시 저장해 주십시오.", "Please save the filter again."),
            )
        return made
