"""The one merge function: heads and changes in, heads out; no clock, no disk.

A register holds the versions that nothing known has replaced (its heads). A change names the
versions it replaces; a version that is named before it arrives leaves a ghost, so that the order in
which devices' logs arrive does not matter (sync specification 0.2, 0.5, 5.3).
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.op import Change, Key, Version

_SHOWN_FIRST: Final = 0


class Head(NamedTuple):
    """A living version and the place of its op in its device's log."""

    version: Version
    seq: int


Heads: TypeAlias = "dict[Key, tuple[Head, ...]]"
"""Every register of one record, newest head first."""


class Ghost(NamedTuple):
    """A version that was replaced before it arrived."""

    record: RecordId
    key: Key
    version: Version


class Merged(Struct):
    """What a merge did: the heads now, ghosts that came and went."""

    heads: Heads
    new_ghosts: list[Ghost] = field(default_factory=list)
    laid_ghosts: list[Ghost] = field(default_factory=list)


def shown(heads: tuple[Head, ...]) -> Head:
    """The head whose value is displayed: the newest, ties broken by device."""
    return heads[_SHOWN_FIRST]


def conflicts(heads: Heads) -> int:
    """How many registers hold more than one living value; an element of a set settles itself."""
    return sum(1 for key, living in heads.items() if len(living) > 1 and isinstance(key, int))


def merge_change(
    merged: Merged,
    record: RecordId,
    change: Change,
    arrived: Head,
    *,
    is_ghost: Callable[[Ghost], bool],
    has_seen: Callable[[Version], bool],
) -> bool:
    """Apply one change to a record's heads; True if the register's living versions changed.

    Args:
        merged: The record's heads and the ghosts so far; changed in place.
        record: The record the change belongs to.
        change: The change.
        arrived: The version this change writes.
        is_ghost: Tells whether a version was already replaced by something that came earlier.
        has_seen: Tells whether the op that wrote a version has already arrived.
    """
    living = merged.heads.get(change.key, ())
    kept = [head for head in living if head.version not in change.bases]
    if len(living) - len(kept) < len(change.bases):
        known = {head.version for head in living}
        for base in change.bases:
            if base not in known and not has_seen(base):
                merged.new_ghosts.append(Ghost(record, change.key, base))
    ghost = Ghost(record, change.key, arrived.version)
    if ghost in merged.new_ghosts or is_ghost(ghost):
        merged.laid_ghosts.append(ghost)
    else:
        kept.append(arrived)
    if len(kept) > 1:
        kept.sort(key=_version, reverse=True)
    after = tuple(kept)
    merged.heads[change.key] = after
    return after != living


_version: Final = attrgetter("version")


def bases_seen(heads: Heads, key: Key) -> tuple[Version, ...]:
    """What an ordinary edit replaces: only the version the person saw, never the others."""
    living = heads.get(key, ())
    return (shown(living).version,) if living else ()


def bases_all(heads: Heads, key: Key) -> tuple[Version, ...]:
    """What a decision between concurrent values replaces: all of them."""
    return tuple(head.version for head in heads.get(key, ()))


def versions(heads: Iterable[Head]) -> tuple[Version, ...]:
    """The versions of some heads."""
    return tuple(head.version for head in heads)
