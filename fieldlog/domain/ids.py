"""Identities, minted only here: time-ordered, made on the device, never reused (RFC 9562, UUIDv7)."""

from __future__ import annotations

import os
import threading
import uuid
from typing import TYPE_CHECKING, Final, NewType

from fieldlog.domain.pattern import regex

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.domain.clock import Clock

RecordId = NewType("RecordId", str)
"""A record's id: canonical UUID text, 36 characters."""
StreamId = NewType("StreamId", bytes)
"""One device incarnation's log: 16 bytes."""
Digest = NewType("Digest", str)
"""SHA-256 of a photo's bytes: 64 hex digits."""

_CANONICAL: Final = regex(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_RANDOM_BYTES = 10
_ID_BYTES = 16
_SEQUENCE_BITS = 12
_TRUSTED_AHEAD_MS: Final = 24 * 3_600_000


class Mint:
    """Makes ids that sort by the moment they were made, also within one millisecond."""

    def __init__(self, clock: Clock, entropy: Callable[[int], bytes] = os.urandom) -> None:
        self._clock = clock
        self._entropy = entropy
        self._last = (0, 0)
        self._turn = threading.Lock()

    def follow(self, known: RecordId) -> None:
        """Make every later id greater than ``known``, unless that lies implausibly far ahead."""
        number = int.from_bytes(id_bytes(known), "big")
        millisecond, count = number >> 80, number >> 64 & ((1 << _SEQUENCE_BITS) - 1)
        ahead = millisecond - int(self._clock.now().timestamp() * 1000)
        if ahead <= _TRUSTED_AHEAD_MS:
            with self._turn:
                self._last = max(self._last, (millisecond, count))

    def record_id(self) -> RecordId:
        """A new record id, greater than every earlier one of this mint."""
        return RecordId(str(uuid.UUID(bytes=self._uuid7())))

    def stream_id(self) -> StreamId:
        """A new id for one device incarnation's log."""
        return StreamId(self._uuid7())

    def _uuid7(self) -> bytes:
        with self._turn:
            millisecond, count = self._last = self._next()
        number = int.from_bytes(self._entropy(_RANDOM_BYTES), "big") & ((1 << 62) - 1)
        value = (millisecond << 80) | (7 << 76) | (count << 64) | (0b10 << 62) | number
        return value.to_bytes(16, "big")

    def _next(self) -> tuple[int, int]:
        millisecond = int(self._clock.now().timestamp() * 1000)
        last_millisecond, last_count = self._last
        if millisecond > last_millisecond:
            return millisecond, 0
        if last_count + 1 >> _SEQUENCE_BITS:
            return last_millisecond + 1, 0
        return last_millisecond, last_count + 1


def random_bytes(count: int) -> bytes:
    """Bytes nobody can guess, for keys and salts."""
    return os.urandom(count)


def id_bytes(record: RecordId) -> bytes:
    """The 16 bytes of a record id, as the log writes it."""
    raw = bytes.fromhex(record.replace("-", ""))
    if len(raw) != _ID_BYTES:
        raise ValueError(record)
    return raw


def is_record_id(text: str) -> bool:
    """Whether a text is a record id as it is written here: canonical UUID text in small letters."""
    return _CANONICAL.fullmatch(text) is not None


def id_text(raw: bytes) -> RecordId:
    """The text of a 16-byte record id."""
    digits = raw.hex()
    return RecordId(f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}")
