"""A filter of the case list as a value: what is asked for, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, get_args

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.registry import Value

SortKey = Literal["updated", "received_at", "reported_at", "due_at", "severity", "case_no"]
DueIn = Literal["overdue", "today", "week", "any"]
SORT_KEYS: Final[tuple[SortKey, ...]] = get_args(SortKey)
DUE_CHOICES: Final[tuple[DueIn, ...]] = get_args(DueIn)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
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

    def as_tree(self) -> dict[str, Value]:
        """The filter as a saved one keeps it: only what differs from an empty filter."""
        empty = CaseFilter()
        tree: dict[str, Value] = {}
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if value != getattr(empty, name):
                tree[name] = list(value) if isinstance(value, tuple) else value
        return tree

    @classmethod
    def from_tree(cls, tree: Mapping[str, Value]) -> CaseFilter:
        """A saved filter read back; what this version does not know is passed over."""
        known = {name: value for name, value in tree.items() if name in cls.__dataclass_fields__}
        made = cls()
        for name, value in known.items():
            kept = tuple(str(each) for each in value) if isinstance(value, list) else value
            made = replace(made, **{name: kept})  # type: ignore[arg-type]
        if made.sort not in SORT_KEYS or (made.due is not None and made.due not in DUE_CHOICES):
            raise BadInput(
                Phrase("저장된 필터를 읽을 수 없습니다.", "The saved filter cannot be read."),
                Phrase("모르는 정렬이나 기한 조건입니다.", "Its order or due condition is unknown."),
                Phrase("필터를 다시 저장해 주십시오.", "Please save the filter again."),
            )
        return made


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page of the list begins: the sort value and row of the last line before it."""

    after: tuple[Value, int] | None = None
    limit: int = field(default=50)
