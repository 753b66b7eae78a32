"""The current state as one plain SQLite file that any tool reads: made whole beside the store, never read back."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.clock import iso
from fieldlog.domain.errors import Bug, StoreDamaged, StoreTrouble
from fieldlog.domain.ids import id_text
from fieldlog.domain.op import split_key
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.database import plain_database
from fieldlog.storage.digest import store_digest
from fieldlog.storage.durable import FOR_OWNER, disk_troubles
from fieldlog.storage.published_tables import (
    APPLICATION_ID,
    FORMAT,
    PUBLISHED,
    Published,
    code_rows,
    field_rows,
    indexes,
    statements,
)
from fieldlog.storage.record_rows import unpack_values
from fieldlog.storage.wall_times import case_changed_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fieldlog.domain.registry import Value

_BATCH: Final = 2_000
_LARGEST_INTEGER: Final = 1 << 63
_CASES: Final = (
    "SELECT record.row, rec, vals, record.nconf, case_list.updated, case_list.due_at, case_list.priority_score"
    " FROM case_list JOIN record ON record.row = case_list.row"
)
_PARTS: Final = (
    "SELECT rec, kind, vals, nconf FROM record WHERE kind IN ({kinds}) AND deleted = 0"
    " AND parent IN (SELECT row FROM case_list)"
)


def build_published(connection: Any, path: Path, *, digest: str, about: Mapping[str, str]) -> bool:
    """Write the living records into a new plain database; False, and no file, if they have another digest by now.

    Args:
        connection: Reads the store.
        path: Where it is made, on a disk of this machine; what lies there is replaced.
        digest: What the records must amount to.
        about: Facts for the table ``about``; digest and format are added.

    Raises:
        DiskTrouble: There is no room; nothing remains.
        StoreDamaged: What was written does not hold together; nothing remains.
    """
    forget_published(path)
    connection.execute("BEGIN")  # one state throughout, whatever is saved meanwhile
    try:
        if store_digest(connection) != digest:
            return False
        _write(connection, path, {**about, "digest": digest, "format": str(FORMAT)})
    except BaseException:
        forget_published(path)
        raise
    finally:
        connection.execute("ROLLBACK")
    return True


def forget_published(path: Path) -> None:
    """Remove a built file; it is plain and does not stay on this machine."""
    with disk_troubles(path):
        path.unlink(missing_ok=True)


def published_facts(path: Path) -> dict[str, str]:
    """What a published file says about itself, also one on a share; empty where none can be read.

    Nothing is locked and nothing beside the file is looked at: another device may replace it at any moment.
    """
    try:
        with plain_database(path, "mode=ro&immutable=1") as there:
            if _pragma(there, "application_id") != APPLICATION_ID:
                return {}
            if path.stat().st_size != _pragma(there, "page_count") * _pragma(there, "page_size"):
                return {}
            return {str(name): str(value) for name, value in there.execute("SELECT name, value FROM about")}
    except (StoreTrouble, Bug, OSError):  # Bug: what the engine says of a table that is not there
        return {}


def _pragma(connection: Any, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _write(store: Any, path: Path, about: Mapping[str, str]) -> None:
    with disk_troubles(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, FOR_OWNER))
    with plain_database(path, "mode=rw") as made:
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "temp_store = MEMORY",
            "cache_size = -16384",
            f"application_id = {APPLICATION_ID}",
            f"user_version = {FORMAT}",
        ):
            made.execute(f"PRAGMA {pragma}").fetchall()
        made.execute("BEGIN")
        for statement in statements():
            made.execute(statement)
        made.executemany("INSERT INTO about VALUES(?, ?)", sorted(about.items()))
        made.executemany("INSERT INTO field VALUES(?, ?, ?, ?, ?, ?)", field_rows())
        made.executemany("INSERT INTO code VALUES(?, ?, ?, ?, ?)", code_rows())
        made.executemany(PUBLISHED[0].insert, _cases(store))
        _write_parts(store, made)
        for statement in indexes():
            made.execute(statement)
        made.execute("COMMIT")
        made.execute("PRAGMA journal_mode = DELETE").fetchall()
        _check(made)


class _Filler:
    """Lays the shown values of one kind of record out in the columns of its table."""

    def __init__(self, each: Published) -> None:
        self._names = each.columns
        self._at = {declared.id: 1 + at for at, declared in enumerate(each.fields)}

    def at(self, name: str) -> int:
        """Where a column stands."""
        return self._names.index(name)

    def row(self, rec: bytes, vals: bytes, nconf: int) -> list[Value]:
        """One row, with empty cells where nothing is said."""
        row: list[Value] = [None] * len(self._names)
        row[0], row[-1] = id_text(rec), nconf
        gathered: dict[int, list[Value]] = {}
        for key, value in unpack_values(vals).items():
            if isinstance(key, int):
                at = self._at.get(key)
                if at is not None:
                    row[at] = value if type(value) is str else _cell(value)
            elif value:
                number, element = split_key(key)
                if number in self._at:
                    gathered.setdefault(self._at[number], []).append(str(element))
        for at, elements in gathered.items():
            row[at] = _cell(sorted(elements, key=str))
        return row


def _cases(store: Any) -> Iterator[list[Value]]:
    filler = _Filler(PUBLISHED[0])
    due, priority, changed = (filler.at(name) for name in ("due_at", "priority_score", "changed_at"))
    for number, rec, vals, nconf, updated, due_at, score in store.execute(_CASES):
        row = filler.row(rec, vals, nconf)
        row[due], row[priority] = due_at, score
        row[changed] = iso(case_changed_at(store, number, updated))
        yield row


def _write_parts(store: Any, made: Any) -> None:
    tables = {each.kind.id: (each.insert, _Filler(each)) for each in PUBLISHED[1:]}
    waiting: dict[int, list[list[Value]]] = {number: [] for number in tables}
    for rec, kind, vals, nconf in store.execute(_PARTS.format(kinds=", ".join(map(str, tables)))):
        insert, filler = tables[kind]
        rows = waiting[kind]
        rows.append(filler.row(rec, vals, nconf))
        if len(rows) >= _BATCH:
            made.executemany(insert, rows)
            rows.clear()
    for kind, rows in waiting.items():
        made.executemany(tables[kind][0], rows)


def _cell(value: Value) -> Value:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int) and not -_LARGEST_INTEGER <= value < _LARGEST_INTEGER:
        return str(value)
    return value


def _check(made: Any) -> None:
    found = [row[0] for row in made.execute("PRAGMA integrity_check")]
    loose = made.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or loose:
        raise StoreDamaged(
            Phrase("공용 파일을 만들지 못했습니다.", "The shared file was not made."),
            Phrase("쓴 내용이 온전하지 않습니다: {found}", "What was written is not whole: {found}").fill(
                found=str(loose[0] if loose else found[0])[:120]
            ),
            Phrase(
                "verify 로 저장소를 살펴 주십시오. 기록은 그대로입니다.",
                "Check the store with verify. The records are untouched.",
            ),
        )
