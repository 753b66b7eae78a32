"""Proof that two stores hold the same: the leaf digests of all records, summed into buckets when asked for.

Buckets are chosen by a hash of the record id: time-ordered ids would all fall into one. Sums modulo
2**128 instead of XOR, so that a leaf counted twice does not vanish (sync specification 5.8).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any, Final

_MODULUS: Final = 1 << 128
_WIDTH: Final = 16
_BUCKET_WIDTH: Final = 2


def bucket_of(record: bytes) -> int:
    """Which of the 65,536 buckets a record falls into, by the 16 bytes of its id."""
    return int.from_bytes(hashlib.blake2b(record, digest_size=_BUCKET_WIDTH).digest(), "big")


def bucket_sums(connection: Any) -> dict[int, int]:
    """The sum of the leaves in every bucket that holds any; reads every record."""
    sums: defaultdict[int, int] = defaultdict(int)
    for record, leaf in connection.execute("SELECT rec, digest FROM record"):
        sums[bucket_of(record)] += int.from_bytes(leaf, "big")
    return {bucket: total % _MODULUS for bucket, total in sums.items() if total % _MODULUS}


def store_digest(connection: Any) -> str:
    """One digest over every record: 32 hex digits, equal on two stores that hold the same."""
    total = hashlib.blake2b(digest_size=_WIDTH)
    for bucket, amount in sorted(bucket_sums(connection).items()):
        total.update(bucket.to_bytes(_BUCKET_WIDTH, "big") + amount.to_bytes(_WIDTH, "big"))
    return total.hexdigest()
