"""From new values to the changes an op carries: only what differs, each naming what it replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from fieldlog.domain.errors import Bug
from fieldlog.domain.merge import Heads, bases_all, bases_seen
from fieldlog.domain.op import Change, Key, Version, element_key
from fieldlog.domain.registry import DELETED_KEY, FieldType, Merge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.registry import Field, Kind, Value


class Edit(Struct, frozen=True, kw_only=True):
    """What a person wants a record to say: accepted values by field name.

    ``seen`` are the versions the person looked at; without it the edit replaces what is shown now.
    ``settles`` names fields whose concurrent values are all replaced: a decision between them.
    ``deleted`` is the reason for a tombstone, "" to lift one, None to leave it.
    """

    record: RecordId
    kind: str
    values: Mapping[str, Value]
    seen: Mapping[Key, Version] | None = None
    settles: frozenset[str] = frozenset()
    deleted: str | None = None


def changes_for(edit: Edit, kind: Kind, heads: Heads, shown: Mapping[Key, Value]) -> tuple[Change, ...]:
    """The changes that turn what is shown into what is wanted; empty when nothing differs.

    Raises:
        Bug: A field that is written once is to be changed, or a derived field is to be written.
    """
    changes: list[Change] = []
    for name, value in edit.values.items():
        declared = kind.field(name)
        if declared.derived:
            raise Bug(f"{kind.name}.{name} is derived")
        if declared.merge is Merge.ADD_WINS:
            changes.extend(_set_changes(declared, value, heads, shown))
        elif _settles(edit, name, heads, declared.id) or shown.get(declared.id) != value:
            if declared.merge is Merge.ONCE and heads.get(declared.id):
                raise Bug(f"{kind.name}.{name} is written once")
            bases = _bases(edit, declared.id, heads, settles=name in edit.settles)
            changes.append(Change(declared.id, bases, int(declared.type), value))
    if edit.deleted is not None and (shown.get(DELETED_KEY) or "") != edit.deleted:
        bases = bases_all(heads, DELETED_KEY)
        changes.append(Change(DELETED_KEY, bases, int(FieldType.TEXT), edit.deleted or None))
    return tuple(changes)


def _settles(edit: Edit, name: str, heads: Heads, key: Key) -> bool:
    return name in edit.settles and len(heads.get(key, ())) > 1


def _bases(edit: Edit, key: Key, heads: Heads, *, settles: bool) -> tuple[Version, ...]:
    if settles:
        return bases_all(heads, key)
    if edit.seen is None:
        return bases_seen(heads, key)
    return (edit.seen[key],) if key in edit.seen else ()


def _set_changes(declared: Field, value: Value, heads: Heads, shown: Mapping[Key, Value]) -> list[Change]:
    """Additions and removals, element by element: an addition elsewhere is never undone by them."""
    wanted = {str(element) for element in value} if isinstance(value, list) else set()
    prefix = f"{declared.id}:"
    present = {str(key)[len(prefix) :] for key, on in shown.items() if str(key).startswith(prefix) and on}
    changes = []
    for element in sorted(wanted ^ present):
        key = element_key(declared.id, element)
        changes.append(Change(key, bases_all(heads, key), int(declared.type), element in wanted))
    return changes
