"""Proving the search index: that it finds what a fresh one made from the log would find.

The index keeps no texts. What it holds of each document is known by the fingerprint of the text, by the number of
its tokens, and by the list of all tokens, without which a search does not look.
"""

from __future__ import annotations

from typing import Any, Final

from fieldlog.domain.search_text import IN_TITLE

_TEXTS: Final = "SELECT record_row, case_row, fingerprint FROM search_record ORDER BY record_row"
_INDEXED: Final = (
    "SELECT r.record_row, d.sz FROM search_record r LEFT JOIN search_index_docsize d ON d.id = r.document"
    " WHERE r.document NOT IN (SELECT document FROM search_waiting)"
)
_STRAY: Final = (
    "SELECT 1 FROM search_index_docsize WHERE id NOT IN (SELECT document FROM search_record)"
    " AND id NOT IN (SELECT document FROM search_waiting) LIMIT 1"
)
_SIZE: Final = (
    "SELECT d.sz FROM search_record r JOIN search_index_docsize d ON d.id = r.document WHERE r.record_row = ?"
)
_WAITING: Final = "SELECT tokens FROM search_waiting"
_TOKENS: Final = "SELECT token FROM search_vocabulary"
_KNOWN: Final = "SELECT 1 FROM search_vocabulary WHERE token = ?"
_BATCH: Final = 2_000


def search_differs(store: Any, fresh: Any) -> bool:
    """Whether a store's index holds anything else than a fresh one in which nothing waits.

    Args:
        store: A connection that reads the store.
        fresh: A connection to a copy made from the log alone.
    """
    return (
        _texts_differ(store, fresh)
        or store.execute(_STRAY).fetchone() is not None
        or any(
            size is None or (size,) != fresh.execute(_SIZE, (row,)).fetchone()
            for row, size in store.execute(_INDEXED)
        )
        or _lacks_tokens(store, fresh)
    )


def _texts_differ(store: Any, fresh: Any) -> bool:
    mine, other = store.execute(_TEXTS), fresh.execute(_TEXTS)
    while True:
        rows = mine.fetchmany(_BATCH)
        if rows != other.fetchmany(_BATCH):
            return True
        if not rows:
            return False


def _lacks_tokens(store: Any, fresh: Any) -> bool:
    lacking = {
        token for (token,) in fresh.execute(_TOKENS) if store.execute(_KNOWN, (token,)).fetchone() is None
    }
    for (tokens,) in store.execute(_WAITING) if lacking else ():
        lacking.difference_update(tokens.replace(IN_TITLE, "").split())
    return bool(lacking)
