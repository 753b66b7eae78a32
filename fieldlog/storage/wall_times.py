"""When a save was made by the clock on the wall, which is what people are shown.

Order follows the hybrid time, and a clock that was once set ahead carries it there for good: then the op tells
(sync specification 5.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.hlc import is_by_the_wall, moment_of, moment_of_wall
from fieldlog.storage.op_bytes import wall_ms_of
from fieldlog.storage.streams import body_at

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from fieldlog.domain.merge import Head
    from fieldlog.storage.streams import Stream

_OF_CASE: Final = (
    "SELECT op.body FROM touched JOIN op ON op.recv_no = touched.recv_no WHERE touched.row = ?1 AND op.hlc = ?2"
    " UNION ALL SELECT op.body FROM record JOIN touched ON touched.row = record.row"
    " JOIN op ON op.recv_no = touched.recv_no WHERE record.parent = ?1 AND op.hlc = ?2 LIMIT 1"
)


class WallTimes:
    """Answers for the heads of records; an op is read once however many registers it wrote."""

    def __init__(self, connection: Any, streams: Iterable[Stream]) -> None:
        self._connection = connection
        self._streams = {stream.uuid: stream for stream in streams}
        self._read: dict[tuple[bytes, int], datetime] = {}

    def of(self, head: Head) -> datetime:
        """When the op of a head was saved.

        Raises:
            StoreDamaged: The log does not hold it, or it is no op.
        """
        if is_by_the_wall(head.version.hlc):
            return moment_of(head.version.hlc)
        stream = self._streams[head.version.stream]
        named = (stream.uuid, head.seq)
        if named not in self._read:
            self._read[named] = moment_of_wall(wall_ms_of(body_at(self._connection, stream, head.seq)))
        return self._read[named]


def case_changed_at(connection: Any, case_row: int, newest: int) -> datetime:
    """When the save with the newest hybrid time among those of a case and its parts was made."""
    if is_by_the_wall(newest):
        return moment_of(newest)
    found = connection.execute(_OF_CASE, (case_row, newest)).fetchone()
    return moment_of(newest) if found is None else moment_of_wall(wall_ms_of(found[0]))
