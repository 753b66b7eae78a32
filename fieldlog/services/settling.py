"""Settling conflicts: the values that stand against one another, who wrote each and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from fieldlog.domain.hlc import moment_of_wall
from fieldlog.domain.ids import RecordId, id_bytes
from fieldlog.services.recording import revise
from fieldlog.storage import records
from fieldlog.storage.ingest import uuid_lookup
from fieldlog.storage.op_bytes import op_from_bytes
from fieldlog.storage.record_rows import SELECT_RECORD, record_row
from fieldlog.storage.streams import all_streams, body_at, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.ids import StreamId
    from fieldlog.domain.merge import Head
    from fieldlog.domain.op import Change, Op, Version
    from fieldlog.domain.record import Record
    from fieldlog.domain.registry import Field, Value
    from fieldlog.services.workspace import Workspace
    from fieldlog.storage.streams import Stream


class Contender(Struct, frozen=True):
    """One of the values that a field holds at the same time; ``mine`` was written on this device."""

    value: Value
    author: str
    at: datetime
    mine: bool = False
    device: str = ""


class Contest(Struct, frozen=True):
    """A field that more than one person has written without seeing the other; the newest comes first."""

    record: RecordId
    kind: str
    field: str
    contenders: tuple[Contender, ...]
    base: Value = None
    """What stood there before, where all of them replaced the same value."""


def contests(workspace: Workspace, case: RecordId) -> tuple[Contest, ...]:
    """Every field of a case and its parts that holds more than one value.

    Raises:
        NotFound: There is no such case.
    """
    sheet = workspace.store.sheet(case)
    parts = (part for parts in sheet.parts.values() for part in parts)
    contested = [record for record in (sheet.case, *parts) if record.in_conflict]
    return tuple(contest for record in contested for contest in _contests_of(workspace, record))


def cases_with_contests(workspace: Workspace) -> list[Record]:
    """The cases in which values stand against one another, oldest first."""
    return [workspace.store.find(case) for case in records.cases_in_conflict(workspace.store.reader())]


def settle_contest(workspace: Workspace, contest: Contest, value: Value) -> Effects:
    """Decide between the values of a contest: all of them are replaced by this one.

    Raises:
        NotAllowed: The case is closed.
    """
    return revise(workspace, contest.record, {contest.field: value}, settles=True)


def _contests_of(workspace: Workspace, record: Record) -> list[Contest]:
    reader = workspace.store.reader()
    streams = all_streams(reader)
    row = reader.execute(f"{SELECT_RECORD} WHERE rec = ?", (id_bytes(record.id),)).fetchone()
    heads = record_row(row, uuid_lookup(streams)).heads
    own = workspace.store.own_stream
    names = records.names_of_people(reader)
    by_uuid = {stream.uuid: stream for stream in streams}

    def contender(head: Head, declared: Field) -> Contender:
        stream, op = by_uuid[head.version.stream], _op_of(reader, by_uuid, head)
        at = moment_of_wall(op.wall_ms)
        change = _change(op, record.id, declared)
        return Contender(
            change.value if change else None,
            names.get(RecordId(op.author), ""),
            at,
            mine=stream.uuid == own,
            device=stream.device or "",
        )

    def base(living: tuple[Head, ...], declared: Field) -> Value:
        replaced = [
            set(change.bases)
            if (change := _change(_op_of(reader, by_uuid, head), record.id, declared))
            else set()
            for head in living
        ]
        common = set.intersection(*replaced) if replaced else set()
        return _value_of(reader, by_uuid, max(common), record.id, declared) if common else None

    fields = [record.declared.field(name) for name in record.in_conflict]
    return [
        Contest(
            record.id,
            record.kind,
            each.name,
            tuple(contender(head, each) for head in heads[each.id]),
            base(heads[each.id], each),
        )
        for each in fields
    ]


def _op_of(reader: Any, by_uuid: Mapping[StreamId, Stream], head: Head) -> Op:
    stream = by_uuid[head.version.stream]
    return op_from_bytes(body_at(reader, stream, head.seq), stream.uuid)


def _value_of(
    reader: Any, by_uuid: Mapping[StreamId, Stream], version: Version, record: RecordId, declared: Field
) -> Value:
    """The value that a version gave a field; None where its log is not here."""
    stream = by_uuid.get(version.stream)
    seq = place_of(reader, stream, version.hlc) if stream else None
    if stream is None or seq is None:
        return None
    change = _change(op_from_bytes(body_at(reader, stream, seq), stream.uuid), record, declared)
    return change.value if change else None


def _change(op: Op, record: RecordId, declared: Field) -> Change | None:
    return next(
        (
            change
            for changed in op.records
            if changed.record == record
            for change in changed.changes
            if change.key == declared.id
        ),
        None,
    )
