"""Hybrid logical time: 48 bits of milliseconds and a 16-bit counter, never stepping back on one device.

Kulkarni et al., "Logical Physical Clocks" (2014). Causality is written in each change's bases, so the
clock decides only which of two truly concurrent values is shown first.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from fieldlog.domain.clock import KST

_COUNTER_BITS: Final = 16
TRUSTED_AHEAD: Final = timedelta(hours=24)
"""A remote time further ahead than this is stored and flagged, but not taken over (sync specification 5.4)."""


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970, as the log writes the wall clock."""
    return int(moment.timestamp() * 1000)


def tick(last: int, now: datetime) -> int:
    """The next hybrid time after ``last``: never less than the wall clock, always greater than ``last``."""
    return max(last + 1, milliseconds(now) << _COUNTER_BITS)


def absorb(last: int, remote: int, now: datetime) -> int:
    """``last`` after having seen a remote time, unless that lies implausibly far ahead."""
    limit = milliseconds(now + TRUSTED_AHEAD) << _COUNTER_BITS
    return last if remote > limit else max(last, remote)


def moment_of(hybrid: int) -> datetime:
    """The wall time inside a hybrid time."""
    return datetime.fromtimestamp((hybrid >> _COUNTER_BITS) / 1000, KST)
