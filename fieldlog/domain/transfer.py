"""What travels between two stores: the ends of logs, and stretches of them (sync specification 5.1, 5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from fieldlog.domain.ids import StreamId


class LogName(Struct, frozen=True):
    """One log: of which device incarnation, in which scope, and who held the device."""

    stream: StreamId
    scope: str
    device: str = ""
    owner: str = ""


class Tip(Struct, frozen=True):
    """The end of a log as somebody holds it: its last op's place and hash."""

    log: LogName
    seq: int
    hash: bytes


class Stretch(Struct, frozen=True):
    """Neighbouring ops of one log: ``bodies[0]`` is op ``first``, chained to ``previous``."""

    log: LogName
    first: int
    previous: bytes
    bodies: tuple[bytes, ...]

    @property
    def last(self) -> int:
        """The place of the last op."""
        return self.first + len(self.bodies) - 1
