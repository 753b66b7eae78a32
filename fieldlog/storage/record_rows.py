"""A record as one packed row: its heads, its shown values, its digest."""

from __future__ import annotations

import hashlib
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct, field

from fieldlog.domain.ids import RecordId, StreamId, id_bytes, id_text
from fieldlog.domain.merge import Head, Heads, conflicts
from fieldlog.domain.op import Key, Version, split_key
from fieldlog.domain.registry import DELETED_KEY, REGISTRY, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder().decode
_HEAD_WIDTH: Final = 3
_AGREED: Final = 1
CASE_KIND: Final = REGISTRY.kind("case").id


class RecordRow(Struct):
    """One record as stored. ``row`` is 0 until it has been written.

    ``agreed`` names the registers whose living values are all the same: nobody has to decide between them.
    """

    row: int
    record: RecordId
    kind: int
    scope: str
    parent: int | None
    heads: Heads = field(default_factory=dict)
    values: dict[Key, Value] = field(default_factory=dict)
    digest: bytes = bytes(16)
    agreed: set[Key] = field(default_factory=set)

    @property
    def deleted(self) -> bool:
        """Whether the record carries a tombstone."""
        return bool(self.values.get(DELETED_KEY))

    @property
    def conflicts(self) -> int:
        """How many registers hold living values that differ."""
        return conflicts(self.heads) - len(self.agreed)


class Ingested(Struct):
    """What an ingest touched: records, the keys that show something else now, when, and which are wholly new."""

    rows: dict[RecordId, RecordRow] = field(default_factory=dict)
    keys: dict[RecordId, set[Key]] = field(default_factory=dict)
    newest: dict[RecordId, int] = field(default_factory=dict)
    fresh: set[RecordId] = field(default_factory=set)


SELECT_RECORD: Final = "SELECT row, rec, kind, scope, parent, heads, vals, digest FROM record"


def record_row(row: Any, uuid_of: Callable[[int], StreamId]) -> RecordRow:
    """Unpack a row of :data:`SELECT_RECORD`."""
    number, rec, kind, scope, parent, heads, values, digest = row
    agreed: set[Key] = set()
    living = _unpack_heads(heads, uuid_of, agreed)
    return RecordRow(number, id_text(rec), kind, scope, parent, living, _decode(values), digest, agreed)


def _unpack_heads(packed: bytes, uuid_of: Callable[[int], StreamId], agreed: set[Key]) -> Heads:
    heads: Heads = {}
    alike: dict[tuple[int, ...], tuple[Head, ...]] = {}  # one save writes many registers at once
    for key, flat in _decode(packed).items():
        if len(flat) % _HEAD_WIDTH:
            agreed.add(key)
            flat.pop()
        written = tuple(flat)
        living = alike.get(written)
        if living is None:
            living = alike[written] = tuple(
                Head(Version(flat[at], uuid_of(flat[at + 1])), flat[at + 2])
                for at in range(0, len(flat), _HEAD_WIDTH)
            )
        heads[key] = living
    return heads


def pack_heads(heads: Heads, number_of: Callable[[StreamId], int], agreed: Collection[Key] = ()) -> bytes:
    """Heads as stored: ``{key: [hlc, stream number, seq, …]}``, newest first; one number more where they agree."""
    packed: dict[Key, list[int]] = {}
    for key, living in sorted(heads.items(), key=_by_name):
        flat = packed[key] = []
        for (hlc, stream), seq in living:
            flat += (hlc, number_of(stream), seq)
        if key in agreed:
            flat.append(_AGREED)
    return _encode(packed)


def pack_values(values: Mapping[Key, Value]) -> bytes:
    """Shown values as stored, in one order whatever the order they came in."""
    return _encode(dict(sorted(values.items(), key=_by_name)))


_first: Final = itemgetter(0)


def _by_name(entry: tuple[Key, object]) -> str:
    return str(entry[0])


def unpack_values(packed: bytes) -> dict[Key, Value]:
    """Shown values as read back."""
    values: dict[Key, Value] = _decode(packed)
    return values


def leaf_digest(row: RecordRow) -> bytes:
    """16 bytes that two devices share exactly when they hold the same heads and values of the record."""
    living = sorted([(str(key), [head[0] for head in heads]) for key, heads in row.heads.items()])
    shown = sorted([(str(key), value) for key, value in row.values.items()], key=_first)
    return hashlib.blake2b(id_bytes(row.record) + _encode([living, shown]), digest_size=16).digest()


def named_values(kind: int, values: Mapping[Key, Value]) -> dict[str, Value]:
    """Shown values by field name, sets gathered; fields this version does not know are left out."""
    named: dict[str, Value] = {}
    gathered: dict[str, list[Value]] = {}
    fields = REGISTRY.fields_of(kind)
    for key, value in values.items():
        number, element = (key, None) if isinstance(key, int) else split_key(key)
        declared = fields.get(number)
        if declared is None:
            continue
        if element is None:
            if value is not None:
                named[declared.name] = value
        elif value:
            gathered.setdefault(declared.name, []).append(element)
    for name, elements in gathered.items():
        named[name] = sorted(elements, key=str)
    return named
