"""An op as bytes: the same bytes in the database, on a share, on the wire and on a stick.

Body: msgpack ``[v, hlc, wall_ms, author, kind, schema, [[record, kind, [[key, bases, type, value]…]]…], ext]``
with records as 16 bytes; a base is the bare hybrid time where it lies in the writer's own log and
``[hlc, stream]`` elsewhere. ``hash = blake2b-256(previous hash ‖ body)`` (sync specification 5.1).
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

import msgspec

from fieldlog.domain.errors import StoreDamaged
from fieldlog.domain.ids import StreamId, id_bytes, id_text
from fieldlog.domain.op import Change, Key, Op, RecordChange, Version, split_key
from fieldlog.domain.phrase import Phrase

FORMAT: Final = 1
"""1 (2026-11-22): first.

Every format begins ``[v, hlc, wall_ms``: an older program keeps, chains and forwards what it cannot read. Whoever
raises it raises SCHEMA too, so that such ops are read once the program is newer.
"""
UNREAD: Final = 0
"""The kind of an op of a newer format: nothing of it is known but when it was written."""
GENESIS: Final = bytes(32)
"""What the first op of a log is chained to."""

_ID_WIDTH: Final = 16
_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder().decode
_outline: Final = msgspec.msgpack.Decoder(list[msgspec.Raw]).decode
_WALL_AT: Final = 2


def op_to_bytes(op: Op, stream: StreamId) -> bytes:
    """The bytes of an op written into the log of ``stream``."""
    return _encode(
        [
            FORMAT,
            op.hlc,
            op.wall_ms,
            op.author,
            int(op.kind),
            op.schema,
            [
                [
                    id_bytes(changed.record),
                    changed.kind,
                    [
                        [
                            change.key,
                            [
                                base.hlc if base.stream == stream else [base.hlc, base.stream]
                                for base in change.bases
                            ],
                            change.type,
                            change.value,
                        ]
                        for change in changed.changes
                    ],
                ]
                for changed in op.records
            ],
            dict(op.ext),
        ]
    )


def op_from_bytes(body: bytes, stream: StreamId) -> Op:
    """Read an op of the log of ``stream``; one of a newer format changes nothing here.

    Raises:
        StoreDamaged: The bytes are no op.
    """
    try:
        version, hlc, wall_ms, *rest = _decode(body)
        if _is_newer(version):
            return _unread(hlc, wall_ms)
        author, kind, schema, records, ext = rest
        _check_shapes((hlc, int), (wall_ms, int), (author, str), (kind, int), (schema, int), (ext, dict))
        changes = tuple(_record_change(entry, stream) for entry in records)
        return Op(hlc, wall_ms, author, kind, schema, changes, ext)
    except (msgspec.DecodeError, ValueError, TypeError, IndexError) as error:
        raise _no_op() from error


def _unread(hlc: object, wall_ms: object) -> Op:
    if type(hlc) is not int or type(wall_ms) is not int or hlc < 1:
        raise TypeError
    return Op(hlc, wall_ms, "", UNREAD, 0, ())


def _is_newer(version: object) -> bool:
    return type(version) is int and version > FORMAT


def _no_op() -> StoreDamaged:
    return StoreDamaged(
        Phrase("기록 한 건을 읽을 수 없습니다.", "One entry of the log cannot be read."),
        Phrase("바이트가 기록의 모양이 아닙니다.", "Its bytes are not an entry."),
        Phrase("점검(verify)을 하고 관리자에게 알려 주십시오.", "Run verify and tell the administrator."),
    )


def wall_ms_of(body: bytes) -> int:
    """The wall clock of an op, in milliseconds since 1970, without reading what it changed.

    Raises:
        StoreDamaged: The bytes are no op.
    """
    try:
        wall_ms = _decode(_outline(body)[_WALL_AT])
        _check_shapes((wall_ms, int))
    except (msgspec.DecodeError, TypeError, IndexError) as error:
        raise _no_op() from error
    return int(wall_ms)


def _record_change(entry: list[Any], stream: StreamId) -> RecordChange:
    raw, kind, changes = entry
    _check_shapes((raw, bytes), (kind, int))
    if len(raw) != _ID_WIDTH:
        raise ValueError
    return RecordChange(
        id_text(raw),
        kind,
        tuple(
            Change(_key(key), tuple(_base(base, stream) for base in bases), type_, value)
            for key, bases, type_, value in changes
        ),
    )


def _key(key: Key) -> Key:
    _check_shapes((key, (int, str)))
    split_key(key)
    return key


def _check_shapes(*expected: tuple[object, type | tuple[type, ...]]) -> None:
    for value, shape in expected:
        if not isinstance(value, shape):
            raise TypeError


def _base(base: int | list[Any], stream: StreamId) -> Version:
    if isinstance(base, int):
        return Version(base, stream)
    hlc, other = base
    _check_shapes((hlc, int), (other, bytes))
    return Version(hlc, StreamId(other))


def chained(previous: bytes, body: bytes) -> bytes:
    """The hash of an op: of the one before it and its own bytes."""
    return hashlib.blake2b(previous + body, digest_size=32).digest()
