"""A small encrypted search index in memory, filled with sentences and asked by typing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from fieldlog.domain.search_query import parse_query
from fieldlog.storage.finding import find_case_rows
from fieldlog.storage.search import absorb_waiting, create_search_tables, index_record, search_condition

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "x'" + "2b" * 32 + "'"


class Index:
    """Cases by their row; what is said of a case goes into records of its own."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._next_record = 1

    def case(self, row: int, title: str, *bodies: str) -> None:
        """A case with a title and a record for each further text; the first text stands beside the title."""
        self.record(row, bodies[0] if bodies else "", title=title)
        for body in bodies[1:]:
            self.record(row, body)

    def record(self, case_row: int, body: str, *, title: str = "") -> int:
        number = self._next_record
        self._next_record += 1
        index_record(self.connection, record_row=number, case_row=case_row, title=title, body=body)
        return number

    def change(self, case_row: int, *, title: str, body: str) -> None:
        """Other texts for the first record of a case."""
        (number,) = self.connection.execute(
            "SELECT min(record_row) FROM search_record WHERE case_row = ?", (case_row,)
        ).fetchone()
        index_record(self.connection, record_row=number, case_row=case_row, title=title, body=body)

    def found(self, text: str, *, limit: int = 1000) -> list[int]:
        """The case rows found by typing a text, best first."""
        return list(find_case_rows(self.connection, parse_query(text), limit=limit).case_rows)

    def listed(self, text: str) -> list[int]:
        """The case rows that the condition for lists lets through, oldest first."""
        condition = search_condition(text, column="c.row")
        rows = self.connection.execute(
            "SELECT DISTINCT c.row FROM (SELECT case_row AS row FROM search_record) AS c"
            f" WHERE {condition.sql} ORDER BY c.row",
            condition.parameters,
        )
        return [row for (row,) in rows]

    def absorb(self) -> None:
        absorb_waiting(self.connection)


@contextmanager
def empty_index() -> Iterator[Index]:
    connection = dbapi2.connect(":memory:", isolation_level=None)
    try:
        connection.execute(f'PRAGMA key = "{KEY}"')
        create_search_tables(connection)
        yield Index(connection)
    finally:
        connection.close()
