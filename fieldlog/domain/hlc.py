"""Hybrid logical time: 48 bits of milliseconds and a 16-bit counter, never stepping back on one device.

Kulkarni et al., "Logical Physical Clocks" (2014). Causality is written in each change's bases, so the
clock decides only which of two truly concurrent values is shown first.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from fieldlog.domain.clock import KST

_COUNTER_BITS: Final = 16
_COUNTER: Final = (1 << _COUNTER_BITS) - 1
TRUSTED_AHEAD: Final = timedelta(hours=24)
"""A remote time further ahead than this is stored and flagged, but not taken over (sync specification 5.4)."""


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970, as the log writes the wall clock."""
    return int(moment.timestamp() * 1000)


def tick(last: int, now: datetime) -> int:
    """The next hybrid time after ``last``: never less than the wall clock, always greater than ``last``.

    Its counter is 0 only where it is the wall clock itself.
    """
    wall, counted = milliseconds(now) << _COUNTER_BITS, last + 1
    return wall if wall >= counted else counted + (counted & _COUNTER == 0)


def is_by_the_wall(hybrid: int) -> bool:
    """Whether a hybrid time is what the wall clock showed, rather than counted on from an earlier one."""
    return hybrid & _COUNTER == 0


def absorb(last: int, remote: int, now: datetime) -> int:
    """``last`` after having seen a remote time, unless that lies implausibly far ahead."""
    limit = milliseconds(now + TRUSTED_AHEAD) << _COUNTER_BITS
    return last if remote > limit else max(last, remote)


def moment_of(hybrid: int) -> datetime:
    """The wall time inside a hybrid time."""
    return moment_of_wall(hybrid >> _COUNTER_BITS)


def moment_of_wall(wall_ms: int) -> datetime:
    """The moment that the log writes as milliseconds since 1970."""
    return datetime.fromtimestamp(wall_ms / 1000, KST)
