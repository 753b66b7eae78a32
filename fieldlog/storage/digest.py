"""Proof that two stores hold the same: leaf digests summed into buckets, kept up to date at every save.

Buckets are chosen by a hash of the record id: time-ordered ids would all fall into one. Sums modulo
2**128 instead of XOR, so that a leaf counted twice does not vanish (sync specification 5.8).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.ids import id_bytes

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId

_MODULUS: Final = 1 << 128
_WIDTH: Final = 16


def bucket_of(record: RecordId) -> int:
    """Which of the 65,536 buckets a record falls into."""
    return int.from_bytes(hashlib.blake2b(id_bytes(record), digest_size=2).digest(), "big")


def move_leaf(connection: Any, record: RecordId, before: bytes | None, after: bytes) -> None:
    """Replace a record's leaf in the sum of its bucket."""
    if before == after:
        return
    bucket = bucket_of(record)
    found = connection.execute("SELECT sum FROM bucket WHERE id = ?", (bucket,)).fetchone()
    total = int.from_bytes(found[0], "big") if found else 0
    total += int.from_bytes(after, "big") - (int.from_bytes(before, "big") if before else 0)
    connection.execute(
        "INSERT INTO bucket(id, sum) VALUES(?, ?) ON CONFLICT(id) DO UPDATE SET sum = excluded.sum",
        (bucket, (total % _MODULUS).to_bytes(_WIDTH, "big")),
    )


def store_digest(connection: Any) -> str:
    """One digest over every record: 32 hex digits, equal on two stores that hold the same."""
    total = hashlib.blake2b(digest_size=_WIDTH)
    empty = bytes(_WIDTH)
    for bucket, amount in connection.execute("SELECT id, sum FROM bucket ORDER BY id"):
        if amount != empty:
            total.update(bucket.to_bytes(2, "big") + amount)
    return total.hexdigest()
