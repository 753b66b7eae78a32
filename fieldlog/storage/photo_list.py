"""The photographs of all cases as one list, newest first, a narrow row each: quick to look through."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fieldlog.domain.search_query import parse_query
from fieldlog.storage.record_rows import named_values
from fieldlog.storage.search_match import Where, match_expression, stands_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fieldlog.domain.photo_filter import PhotoFilter
    from fieldlog.domain.registry import Value
    from fieldlog.domain.search_query import Reading, Word
    from fieldlog.storage.record_rows import RecordRow

CREATE_PHOTO_LIST: Final = (
    "CREATE TABLE photo_list(row INTEGER PRIMARY KEY, case_row INTEGER NOT NULL, phase TEXT,"
    " captioned INTEGER NOT NULL, placed INTEGER NOT NULL, reviewed INTEGER NOT NULL) STRICT"
)
"""A deleted photograph has no row here; one of a deleted case has, and is not shown."""

_LIST: Final = "INSERT OR REPLACE INTO photo_list VALUES(?, ?, ?, ?, ?, ?)"
_STANDING: Final = "EXISTS (SELECT 1 FROM case_list WHERE case_list.row = p.case_row)"
_COUNT: Final = (
    "SELECT count(*), coalesce(sum(captioned = 0), 0), coalesce(sum(placed = 0), 0),"  # noqa: S608
    f" coalesce(sum(reviewed = 0), 0) FROM photo_list p WHERE {_STANDING}"
)
_FOUND: Final = (
    "AS MATERIALIZED (SELECT record_row FROM search_record WHERE document IN"
    " (SELECT rowid FROM search_index WHERE search_index MATCH ?"
    " AND rowid NOT IN (SELECT document FROM search_waiting)"
    " UNION ALL SELECT value FROM json_each(?)))"
)
_OCCURS: Final = "SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1"
_STRETCH: Final = 1 << 14
_UNREVIEWED: Final = ("", "NOT_REVIEWED")


class PhotoCounts(NamedTuple):
    """How many photographs there are, and how many of them lack something."""

    all: int
    without_caption: int
    without_place: int
    unreviewed: int


def list_photo(connection: Any, row: RecordRow) -> None:
    """Show a photograph in the list as it is now."""
    if row.deleted or row.parent is None:
        connection.execute("DELETE FROM photo_list WHERE row = ?", (row.row,))
        return
    values = named_values(row.kind, row.values)
    connection.execute(_LIST, (row.row, row.parent, *_shown(values)))


def _shown(values: dict[str, Value]) -> tuple[Value, bool, bool, bool]:
    return (
        values.get("phase"),
        bool(values.get("caption")),
        values.get("lat") is not None and values.get("lon") is not None,
        (values.get("pii_review") or "") not in _UNREVIEWED,
    )


def count_photos(connection: Any) -> PhotoCounts:
    """How many photographs of living cases there are."""
    return PhotoCounts(*connection.execute(_COUNT).fetchone())


def gather_photos(
    connection: Any, asked: PhotoFilter, stopped: Callable[[], bool] = lambda: False
) -> array[int]:
    """The rows of every photograph that a filter shows, newest first; cut short when ``stopped`` says so."""
    conditions, values = _plain_conditions(asked)
    tables, words, found_values = _searched(connection, asked.query)
    query = (
        f"{tables} SELECT p.row FROM photo_list p"  # noqa: S608
        f" WHERE {' AND '.join((*conditions, *words, _STANDING))} ORDER BY p.row DESC"
    )
    cursor = connection.execute(query, (*found_values, *values))
    rows = array("q")
    while (found := cursor.fetchmany(_STRETCH)) and not stopped():
        rows.extend(row for (row,) in found)
    return rows


def rows_of_photos(connection: Any, records: Iterable[bytes]) -> list[int]:
    """The rows of photographs by the bytes of their ids; those that are not listed are left out."""
    asked = list(records)
    marks = ", ".join("?" for _ in asked)
    found = connection.execute(
        f"SELECT p.row FROM photo_list p JOIN record r ON r.row = p.row WHERE r.rec IN ({marks})",  # noqa: S608
        asked,
    )
    return [row for (row,) in found]


def _plain_conditions(asked: PhotoFilter) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if asked.phases:
        conditions.append(f"p.phase IN ({', '.join('?' for _ in asked.phases)})")
        values.extend(asked.phases)
    for column, wanted in (
        ("captioned", asked.without_caption),
        ("placed", asked.without_place),
        ("reviewed", asked.unreviewed),
    ):
        if wanted:
            conditions.append(f"p.{column} = 0")
    return conditions, values


def _searched(connection: Any, query: str) -> tuple[str, list[str], list[str]]:
    """A table of found records for each word, the condition over them, and the values of the marks."""
    words = parse_query(query).words
    if not words:
        return "", [], []
    waiting = connection.execute("SELECT document, tokens FROM search_waiting").fetchall()
    tables, conditions, values = [], [], []
    for number, word in enumerate(words):
        readings = _meant(connection, waiting, word)
        tables.append(f"word{number}(record_row) {_FOUND}")
        found = f"(SELECT record_row FROM word{number})"  # noqa: S608
        conditions.append(f"(p.row IN {found} OR p.case_row IN {found})")
        values += [match_expression(readings, Where.ANYWHERE), json.dumps(_among(waiting, readings))]
    return f"WITH {', '.join(tables)}", conditions, values


def _meant(connection: Any, waiting: Sequence[tuple[int, str]], word: Word) -> tuple[Reading, ...]:
    """The sure readings of a word, or the loose ones where the sure ones find nothing in the whole store."""
    expression = match_expression(word.sure, Where.ANYWHERE)
    occurs = _among(waiting, word.sure) or connection.execute(_OCCURS, (expression,)).fetchone()
    return word.sure if occurs or not word.loose else word.loose


def _among(waiting: Sequence[tuple[int, str]], readings: Sequence[Reading]) -> list[int]:
    return [document for document, tokens in waiting if stands_in(tokens, readings, Where.ANYWHERE)]
