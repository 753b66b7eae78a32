"""The search index: what each record is found by, kept as tokens in a full-text table without content.

A record's document number is its case's row and a place within the case, so that the engine reads the newest
case first and a case's records side by side. A save only lays its tokens into a waiting table, which every
search reads too; when enough wait, or when there is time, they go into the index together.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fieldlog.domain.search_query import parse_query
from fieldlog.domain.search_text import IN_TITLE, document_tokens, title_tokens
from fieldlog.storage.search_match import Where, match_expression, rows_where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldlog.domain.search_query import Reading, Word

PLACE_BITS: Final = 14
"""A case can hold this many bits of records with text: 16,384."""
MOST_WAITING: Final = 32

_LAST_PLACE: Final = (1 << PLACE_BITS) - 1
_LOOKS_ONCE_IN: Final = 4
_BATCH: Final = 8_192
# Room for the row's own header and the page trailer of the cipher: a leaf then never spills to a second page.
_PAGE_OVERHEAD: Final = 176
_BYTES_HELD_BEFORE_A_SEGMENT: Final = 16 << 20
_SEGMENTS_BEFORE_A_MERGE: Final = 4

# Whose text was indexed: in which case, under which number, and a fingerprint of what the text was.
_CREATE_RECORD: Final = (
    "CREATE TABLE search_record(record_row INTEGER PRIMARY KEY, document INTEGER NOT NULL UNIQUE,"
    f" fingerprint INTEGER NOT NULL, case_row INTEGER GENERATED ALWAYS AS (document >> {PLACE_BITS}) VIRTUAL) STRICT"
)
_CREATE_WAITING: Final = (
    "CREATE TABLE search_waiting(document INTEGER PRIMARY KEY, tokens TEXT NOT NULL) STRICT"
)
# Every token the index has ever held: what is not here need not be looked for there.
_CREATE_VOCABULARY: Final = "CREATE TABLE search_vocabulary(token TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"
_CREATE_INDEX: Final = (
    "CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', contentless_delete=1,"
    " tokenize=\"ascii tokenchars '.^'\")"
)
_SETTING: Final = "INSERT INTO search_index(search_index, rank) VALUES(?, ?)"
_ABSORB: Final = "INSERT OR REPLACE INTO search_index(rowid, tokens) VALUES(?, ?)"
_NOTE: Final = (
    "INSERT INTO search_record(record_row, document, fingerprint) VALUES(?, ?, ?)"
    " ON CONFLICT(record_row) DO UPDATE SET document = excluded.document, fingerprint = excluded.fingerprint"
)
_WAIT: Final = "INSERT OR REPLACE INTO search_waiting(document, tokens) VALUES(?, ?)"
_KNOWN: Final = "SELECT document, fingerprint FROM search_record WHERE record_row = ?"
_LAST_OF_CASE: Final = "SELECT max(document) FROM search_record WHERE document BETWEEN ? AND ?"


_INDEXED: Final = (
    f"SELECT rowid >> {PLACE_BITS} FROM search_index WHERE search_index MATCH ?"  # noqa: S608
    " AND rowid NOT IN (SELECT document FROM search_waiting)"
)
_IN_WAITING: Final = f"SELECT document >> {PLACE_BITS} FROM search_waiting WHERE "  # noqa: S608
_STANDS_THERE: Final = (
    "EXISTS (SELECT 1 FROM json_each(?) AS row WHERE instr(search_waiting.tokens, row.value))"
)


class SearchCondition(NamedTuple):
    """A piece of SQL with the values of its marks."""

    sql: str
    parameters: tuple[str, ...]


class RecordText(NamedTuple):
    """What one record is found by."""

    record_row: int
    case_row: int
    title: str
    body: str


def create_search_tables(connection: Any) -> None:
    """Make the empty index."""
    for statement in (_CREATE_RECORD, _CREATE_WAITING, _CREATE_VOCABULARY, _CREATE_INDEX):
        connection.execute(statement)
    page_size = int(connection.execute("PRAGMA page_size").fetchone()[0])
    for name, value in (
        ("pgsz", page_size - _PAGE_OVERHEAD),
        ("hashsize", _BYTES_HELD_BEFORE_A_SEGMENT),
        ("automerge", _SEGMENTS_BEFORE_A_MERGE),
    ):
        connection.execute(_SETTING, (name, value))


def clear_search(connection: Any) -> None:
    """Empty the index, before it is written anew."""
    connection.execute("DELETE FROM search_record")
    connection.execute("DELETE FROM search_waiting")
    connection.execute("DELETE FROM search_vocabulary")
    connection.execute("INSERT INTO search_index(search_index) VALUES('delete-all')")


def index_record(connection: Any, *, record_row: int, case_row: int, title: str, body: str) -> bool:
    """Let a record be found by these texts, and by no earlier ones; part of the caller's transaction.

    Returns:
        Whether it can be found: False beyond the 16,384th record with text of one case.
    """
    known = connection.execute(_KNOWN, (record_row,)).fetchone()
    fingerprint = _fingerprint(title, body)
    if known and known == (_in_case(known[0], case_row), fingerprint):
        return True
    tokens = _tokens(title, body)
    if known and (not tokens or known[0] >> PLACE_BITS != case_row):
        forget_record(connection, record_row=record_row)
        known = None
    if not tokens:
        return True
    document = known[0] if known else _next_document(connection, case_row)
    if document is None:
        return False
    connection.execute(_NOTE, (record_row, document, fingerprint))
    connection.execute(_WAIT, (document, tokens))
    if fingerprint % _LOOKS_ONCE_IN == 0 and _waiting(connection) > MOST_WAITING:
        absorb_waiting(connection)
    return True


def forget_record(connection: Any, *, record_row: int) -> None:
    """Let a record be found no more; one that is not indexed is passed over."""
    known = connection.execute(_KNOWN, (record_row,)).fetchone()
    if known:
        connection.execute("DELETE FROM search_record WHERE record_row = ?", (record_row,))
        connection.execute(_WAIT, (known[0], ""))


def index_many(connection: Any, texts: Iterable[RecordText]) -> int:
    """Index many records at once, straight into the index; answers how many. Fastest in the order of cases."""
    absorb_waiting(connection)
    done = 0
    rest = iter(texts)
    noted: set[str] = set()
    while batch := list(itertools.islice(rest, _BATCH)):
        _index_batch(connection, {text.record_row: text for text in batch}.values(), noted)
        done += len(batch)
    return done


def absorb_waiting(connection: Any) -> int:
    """Move what waits into the index; answers how many documents. Worth calling whenever there is time."""
    rows = connection.execute("SELECT document, tokens FROM search_waiting ORDER BY document").fetchall()
    for document, tokens in rows:
        if tokens:
            connection.execute(_ABSORB, (document, tokens))
        else:
            connection.execute("DELETE FROM search_index WHERE rowid = ?", (document,))
    if rows:
        _note_tokens(connection, (tokens for _, tokens in rows), set())
        connection.execute("DELETE FROM search_waiting")
    return len(rows)


def tidy_index(connection: Any) -> None:
    """Merge the index into one piece: the quickest to search. Takes a while over a large store."""
    connection.execute("INSERT INTO search_index(search_index) VALUES('optimize')")


def check_index(connection: Any) -> None:
    """Let the engine compare the index with its own checksums; it raises its error for a damaged file."""
    connection.execute("INSERT INTO search_index(search_index) VALUES('integrity-check')")


def search_condition(query: str, *, column: str) -> SearchCondition:
    """A condition for a WHERE clause over cases: true where ``column``, a case's row, is found.

    It knows no rank and reads every match: for lists in an order of their own; ``finding`` reads only a page.
    Without words it is true of every case.
    """
    conditions: list[str] = []
    parameters: list[str] = []
    for word in parse_query(query).words:
        found, values = _word_condition(word)
        conditions.append(f"{column} IN ({found})")
        parameters += values
    return SearchCondition(" AND ".join(conditions) or "1", tuple(parameters))


def _word_condition(word: Word) -> tuple[str, list[str]]:
    sure, sure_rows = _waiting_condition(word.sure)
    values = [match_expression(word.sure, Where.ANYWHERE), *sure_rows]
    sql = f"{_INDEXED} UNION ALL {_IN_WAITING}({sure})"
    if word.loose:
        loose, loose_rows = _waiting_condition(word.loose)
        nothing = f"NOT EXISTS ({_INDEXED}) AND NOT EXISTS ({_IN_WAITING}({sure}))"
        sql += f" UNION ALL {_INDEXED} AND {nothing} UNION ALL {_IN_WAITING}({loose}) AND {nothing}"
        values = [*values, match_expression(word.loose, Where.ANYWHERE), *values, *loose_rows, *values]
    return sql, values


def _waiting_condition(readings: Iterable[Reading]) -> tuple[str, list[str]]:
    """The same over the tokens that wait: every member of a reading has a row that stands among them."""
    conditions, values = [], []
    for reading in readings:
        conditions.append(" AND ".join([_STANDS_THERE] * len(reading.sought)))
        values += [json.dumps(rows_where(member, Where.ANYWHERE)) for member in reading.sought]
    return " OR ".join(conditions), values


def _index_batch(connection: Any, batch: Iterable[RecordText], noted: set[str]) -> None:
    last_of_case: dict[int, int | None] = {}
    known, notes, documents = [], [], []
    for text in batch:
        tokens = _tokens(text.title, text.body)
        if not tokens or connection.execute(_KNOWN, (text.record_row,)).fetchone():
            known.append(text)
            continue
        last = last_of_case.get(text.case_row)
        document = last + 1 if last else _next_document(connection, text.case_row)
        if document is None or document >> PLACE_BITS != text.case_row:
            continue
        last_of_case[text.case_row] = document
        notes.append((text.record_row, document, _fingerprint(text.title, text.body)))
        documents.append((document, tokens))
    connection.executemany(_NOTE, notes)
    connection.executemany(_ABSORB, sorted(documents))
    _note_tokens(connection, (tokens for _, tokens in documents), noted)
    for text in known:
        index_record(connection, **text._asdict())


def _tokens(title: str, body: str) -> str:
    """Both texts as tokens, a space on either side of each, so that waiting ones can be searched as they are."""
    tokens = " . ".join(filter(None, (title_tokens(title), document_tokens(body))))
    return f" {tokens} " if tokens else ""


def _note_tokens(connection: Any, documents: Iterable[str], noted: set[str]) -> None:
    """Remember which tokens there are; ``noted`` are those already remembered."""
    tokens: set[str] = set()
    for document in documents:
        tokens.update(document.replace(IN_TITLE, "").split())
    tokens -= noted
    noted |= tokens
    connection.executemany(
        "INSERT OR IGNORE INTO search_vocabulary(token) VALUES(?)", [(token,) for token in sorted(tokens)]
    )


def _fingerprint(title: str, body: str) -> int:
    raw = hashlib.blake2b(f"{title}\0{body}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(raw, "big", signed=True)


def _in_case(document: int, case_row: int) -> int:
    """The same document if it belongs to the case, otherwise none."""
    return document if document >> PLACE_BITS == case_row else -1


def _next_document(connection: Any, case_row: int) -> int | None:
    """A number for a new document of a case: after its last, or the first one free."""
    first = case_row << PLACE_BITS
    last = connection.execute(_LAST_OF_CASE, (first, first + _LAST_PLACE)).fetchone()[0]
    if last is None:
        return first
    if last < first + _LAST_PLACE:
        return int(last) + 1
    used = connection.execute(
        "SELECT document FROM search_record WHERE document BETWEEN ? AND ? ORDER BY document",
        (first, first + _LAST_PLACE),
    )
    gaps = (free for free, (taken,) in zip(itertools.count(first), used, strict=False) if free != taken)
    return next(gaps, None)


def _waiting(connection: Any) -> int:
    return int(connection.execute("SELECT count(*) FROM search_waiting").fetchone()[0])
