"""Finding where two sides of one log part: by hashes, in as few questions as a bisection takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.domain.ids import StreamId

    HashAt = Callable[[StreamId, int], bytes | None]


def common_prefix(mine: HashAt, theirs: HashAt, stream: StreamId, most: int) -> int:
    """How many ops of a log both sides hold alike, at most ``most``: 0 where already the first differs.

    A hash covers everything before it, so that sides which agree at one place agree at all earlier ones.
    """
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        held = mine(stream, middle)
        if held is not None and held == theirs(stream, middle):
            low = middle
        else:
            high = middle - 1
    return low
