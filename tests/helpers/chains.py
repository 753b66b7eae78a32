"""Logs of made-up ops, for whoever carries ops without reading them."""

from __future__ import annotations

import hashlib

from fieldlog.domain.ids import Digest, StreamId
from fieldlog.domain.transfer import LogName, Stretch, Tip
from fieldlog.storage.op_bytes import GENESIS, chained


def stream_id(number: int) -> StreamId:
    return StreamId(hashlib.md5(str(number).encode()).digest())


def digest_of(data: bytes) -> Digest:
    return Digest(hashlib.sha256(data).hexdigest())


class Chain:
    """One log of ``count`` ops; another ``word`` makes other bodies, so a branch differs from there on."""

    def __init__(
        self, number: int = 1, count: int = 0, *, scope: str = "도로과", word: str = "포트홀"
    ) -> None:
        self.name = LogName(stream_id(number), scope, f"K{number}", "홍길동")
        self.bodies: list[bytes] = []
        self.hashes = [GENESIS]
        self.grow(count, word)

    @property
    def stream(self) -> StreamId:
        return self.name.stream

    def grow(self, count: int, word: str = "포트홀", size: int = 0) -> None:
        for _ in range(count):
            body = f"{word} {len(self.bodies) + 1}".encode().ljust(size, b".")
            self.bodies.append(body)
            self.hashes.append(chained(self.hashes[-1], body))

    def branch(self, after: int, count: int, word: str) -> Chain:
        """The log as a clone goes on with it after op ``after``."""
        other = Chain(scope=self.name.scope)
        other.name = self.name
        other.bodies, other.hashes = self.bodies[:after], self.hashes[: after + 1]
        other.grow(count, word)
        return other

    def stretch(self, first: int = 1, last: int | None = None) -> Stretch:
        return Stretch(self.name, first, self.hashes[first - 1], tuple(self.bodies[first - 1 : last]))

    def tip(self, seq: int | None = None) -> Tip:
        at = len(self.bodies) if seq is None else seq
        return Tip(self.name, at, self.hashes[at])
