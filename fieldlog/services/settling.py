"""Settling conflicts: the values that stand against one another, who wrote each and when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from fieldlog.domain.clock import KST
from fieldlog.domain.ids import RecordId, id_bytes
from fieldlog.services.recording import revise
from fieldlog.storage import records
from fieldlog.storage.ingest import uuid_lookup
from fieldlog.storage.op_bytes import op_from_bytes
from fieldlog.storage.record_rows import SELECT_RECORD, record_row
from fieldlog.storage.streams import all_streams, body_at

if TYPE_CHECKING:
    from fieldlog.domain.effects import Effects
    from fieldlog.domain.merge import Head
    from fieldlog.domain.op import Op
    from fieldlog.domain.record import Record
    from fieldlog.domain.registry import Field, Value
    from fieldlog.services.workspace import Workspace


class Contender(Struct, frozen=True):
    """One of the values that a field holds at the same time."""

    value: Value
    author: str
    at: datetime


class Contest(Struct, frozen=True):
    """A field that more than one person has written without seeing the other; the newest comes first."""

    record: RecordId
    kind: str
    field: str
    contenders: tuple[Contender, ...]


def contests(workspace: Workspace, case: RecordId) -> tuple[Contest, ...]:
    """Every field of a case and its parts that holds more than one value.

    Raises:
        NotFound: There is no such case.
    """
    sheet = workspace.store.sheet(case)
    parts = (part for parts in sheet.parts.values() for part in parts)
    contested = [record for record in (sheet.case, *parts) if record.in_conflict]
    return tuple(contest for record in contested for contest in _contests_of(workspace, record))


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
    names = {user.id: user.text("display_name") for user in records.records_of_kind(reader, "user")}
    by_uuid = {stream.uuid: stream for stream in streams}

    def contender(head: Head, declared: Field) -> Contender:
        stream = by_uuid[head.version.stream]
        op = op_from_bytes(body_at(reader, stream, head.seq), stream.uuid)
        at = datetime.fromtimestamp(op.wall_ms / 1000, KST)
        return Contender(_written(op, record.id, declared), names.get(RecordId(op.author), ""), at)

    fields = [record.declared.field(name) for name in record.in_conflict]
    return [
        Contest(
            record.id,
            record.kind,
            each.name,
            tuple(contender(head, each) for head in heads[each.id]),
        )
        for each in fields
    ]


def _written(op: Op, record: RecordId, declared: Field) -> Any:
    for changed in op.records:
        if changed.record == record:
            for change in changed.changes:
                if change.key == declared.id:
                    return change.value
    return None
