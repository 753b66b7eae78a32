"""What a save did, for whoever has to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from fieldlog.storage.records import case_of

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId, StreamId
    from fieldlog.storage.record_rows import Ingested


class OpRef(Struct, frozen=True):
    """Names one op: its log and its place in it."""

    stream: StreamId
    seq: int


class Touched(NamedTuple):
    """A record that a save touched: its kind's number and the case it belongs to."""

    record: RecordId
    kind: int
    case_id: RecordId | None


class Saved(Struct, frozen=True):
    """What a save did: its op, or None when nothing differed, and the records it touched."""

    op: OpRef | None
    touched: tuple[Touched, ...] = ()


def touched_by(done: Ingested) -> tuple[Touched, ...]:
    """The records an ingest touched."""
    return tuple(Touched(record, row.kind, case_of(row)) for record, row in done.rows.items())
