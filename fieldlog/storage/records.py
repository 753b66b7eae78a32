"""Reading records: one by its id, a case with all its parts, what touched them and when."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from fieldlog.domain.hlc import moment_of
from fieldlog.domain.ids import RecordId, id_bytes, id_text, is_record_id
from fieldlog.domain.merge import shown
from fieldlog.domain.op import split_key
from fieldlog.domain.record import CaseSheet, Record
from fieldlog.domain.registry import DELETED_KEY, REGISTRY
from fieldlog.storage.ingest import uuid_lookup
from fieldlog.storage.op_bytes import op_from_bytes
from fieldlog.storage.record_rows import SELECT_RECORD, RecordRow, named_values, record_row
from fieldlog.storage.streams import all_streams
from fieldlog.storage.wall_times import WallTimes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from fieldlog.domain.ids import Digest
    from fieldlog.domain.merge import Head
    from fieldlog.domain.op import Op

_OF_HASH: Final = (
    f"{SELECT_RECORD} WHERE row IN (SELECT row FROM photo_hash WHERE sha256 = ?)"  # noqa: S608
    " AND deleted = 0 ORDER BY row"
)
_OF_CASE: Final = f"{SELECT_RECORD} WHERE parent = ? AND deleted = 0"


_version: Final = attrgetter("version")


def _by_hybrid(head: Head) -> datetime:
    return moment_of(head.version.hlc)


class PastOp(Struct, frozen=True):
    """One op of a record's history."""

    recv_no: int
    stream: bytes
    seq: int
    op: Op


def as_record(
    row: RecordRow, case_id: RecordId | None = None, *, written: Callable[[Head], datetime] = _by_hybrid
) -> Record | None:
    """A stored row as a record; None where it holds nothing yet or is of a kind of a newer version.

    ``written`` tells when the op of a head was saved.
    """
    kind = REGISTRY.numbered(row.kind)
    heads = [head for living in row.heads.values() for head in living]
    if kind is None or not heads:
        return None
    first, last = (choose(heads, key=_version) for choose in (min, max))
    contested = (
        REGISTRY.field_numbered(row.kind, split_key(key)[0])
        for key, living in row.heads.items()
        if len(living) > 1 and isinstance(key, int) and key != DELETED_KEY and key not in row.agreed
    )
    return Record(
        id=row.record,
        kind=kind.name,
        case_id=case_id or case_of(row),
        values=named_values(row.kind, row.values),
        seen={key: shown(living).version for key, living in row.heads.items() if living},
        in_conflict=tuple(dict.fromkeys(declared.name for declared in contested if declared)),
        deleted=row.deleted,
        created_at=written(first),
        changed_at=written(last),
    )


def _records(connection: Any, rows: Iterable[Any], case_id: RecordId | None = None) -> list[Record]:
    streams = all_streams(connection)
    uuid_of, written = uuid_lookup(streams), WallTimes(connection, streams).of
    unpacked = (record_row(row, uuid_of) for row in rows)
    found = (as_record(row, case_id, written=written) for row in unpacked)
    return [record for record in found if record is not None]


def case_of(row: RecordRow) -> RecordId | None:
    """The case that a part belongs to; None for a case itself and for what stands alone."""
    value = row.values.get(1)
    kind = REGISTRY.numbered(row.kind)
    if kind is None or not kind.has("case_id") or not isinstance(value, str) or not is_record_id(value):
        return None
    return RecordId(value)


def find_record(connection: Any, record: RecordId) -> Record | None:
    """The record of that id, deleted ones included, or None."""
    if not is_record_id(record):
        return None
    rows = connection.execute(f"{SELECT_RECORD} WHERE rec = ?", (id_bytes(record),)).fetchall()
    found = _records(connection, rows)
    return found[0] if found else None


def records_of_kind(connection: Any, kind: str) -> list[Record]:
    """Every living record of a kind that belongs to no case."""
    number = REGISTRY.kind(kind).id
    rows = connection.execute(
        f"{SELECT_RECORD} WHERE kind = ? AND kind > 8 AND deleted = 0 ORDER BY row", (number,)
    )
    return _records(connection, rows.fetchall())


def find_case_sheet(connection: Any, case: RecordId) -> CaseSheet | None:
    """A case with all its living parts, oldest first, or None."""
    if not is_record_id(case):
        return None
    row = connection.execute(f"{SELECT_RECORD} WHERE rec = ?", (id_bytes(case),)).fetchone()
    if row is None:
        return None
    found = _records(connection, [row])
    if not found or found[0].kind != "case":
        return None
    parts: dict[str, list[Record]] = {}
    for part in _records(
        connection, connection.execute(f"{_OF_CASE} ORDER BY rec", (row[0],)).fetchall(), case
    ):
        parts.setdefault(part.kind, []).append(part)
    return CaseSheet(case=found[0], parts={kind: tuple(records) for kind, records in parts.items()})


def history(connection: Any, case: RecordId, limit: int) -> list[PastOp]:
    """The newest ops that touched a case or any of its parts, newest first."""
    rows = connection.execute(
        "SELECT DISTINCT op.recv_no, stream.uuid, op.seq, op.body FROM record"
        " JOIN touched ON touched.row = record.row JOIN op ON op.recv_no = touched.recv_no"
        " JOIN stream ON stream.id = op.stream"
        " WHERE record.rec = ? OR record.parent = (SELECT row FROM record WHERE rec = ?)"
        " ORDER BY op.recv_no DESC LIMIT ?",
        (id_bytes(case), id_bytes(case), limit),
    ).fetchall()
    return [PastOp(number, uuid, seq, op_from_bytes(body, uuid)) for number, uuid, seq, body in rows]


def names_of_people(connection: Any) -> dict[RecordId, str]:
    """How everybody who ever worked here is called."""
    return {user.id: user.text("display_name") for user in records_of_kind(connection, "user")}


def count_in_conflict(connection: Any) -> int:
    """How many living records hold values that stand against one another."""
    return int(
        connection.execute("SELECT count(*) FROM record WHERE nconf > 0 AND deleted = 0").fetchone()[0]
    )


def cases_in_conflict(connection: Any) -> list[RecordId]:
    """The cases that hold such a record, or are one, oldest first."""
    rows = connection.execute(
        "SELECT DISTINCT c.rec FROM record r JOIN record c ON c.row = coalesce(r.parent, r.row)"
        " WHERE r.nconf > 0 ORDER BY c.rec"
    )
    return [id_text(row[0]) for row in rows]


def newest_arrival(connection: Any, case: RecordId) -> int:
    """The highest arrival number among the ops that touched a case or any of its parts; 0 where there is none."""
    found = connection.execute(
        "SELECT max(touched.recv_no) FROM record JOIN touched ON touched.row = record.row"
        " WHERE record.rec = ? OR record.parent = (SELECT row FROM record WHERE rec = ?)",
        (id_bytes(case), id_bytes(case)),
    ).fetchone()
    return int(found[0] or 0)


def living_in_rows(connection: Any, rows: Sequence[int]) -> dict[int, Record]:
    """The living records in some rows, in that order; the others are left out."""
    marks = ", ".join("?" for _ in rows)
    query = f"{SELECT_RECORD} WHERE row IN ({marks}) AND deleted = 0"
    streams = all_streams(connection)
    uuid_of, written = uuid_lookup(streams), WallTimes(connection, streams).of
    unpacked = (record_row(row, uuid_of) for row in connection.execute(query, tuple(rows)).fetchall())
    found = {row.row: record for row in unpacked if (record := as_record(row, written=written)) is not None}
    return {row: found[row] for row in rows if row in found}


def photos_of_hash(connection: Any, digest: Digest) -> list[Record]:
    """The living photo records that show one picture, oldest first."""
    rows = connection.execute(_OF_HASH, (digest,)).fetchall()
    return _records(connection, rows)


def all_photo_hashes(connection: Any) -> list[Digest]:
    """Every picture that any record names, deleted ones included: none of them may leave the vault."""
    return [row[0] for row in connection.execute("SELECT DISTINCT sha256 FROM photo_hash ORDER BY sha256")]


def named_changes(op: Op) -> Iterator[tuple[RecordId, str, str, Any]]:
    """What an op changed, by name: record, kind, field, new value; unknown ones are left out."""
    for changed in op.records:
        kind = REGISTRY.numbered(changed.kind)
        if kind is None:
            continue
        for change in changed.changes:
            number, element = split_key(change.key)
            if number == DELETED_KEY:
                yield changed.record, kind.name, "deleted", change.value
                continue
            declared = REGISTRY.field_numbered(changed.kind, number)
            if declared is not None:
                value = change.value if element is None else f"{'+' if change.value else '-'}{element}"
                yield changed.record, kind.name, declared.name, value
