"""An office that lives in memory: the plainest Remote there can be."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fieldlog.domain.errors import Forked, NotFound, OfficeRefuses
from fieldlog.domain.phrase import plain
from fieldlog.domain.transfer import Stretch, Tip
from fieldlog.storage.op_bytes import GENESIS, chained
from fieldlog.sync.folder.segment import portions
from fieldlog.sync.remote import Testimony, Welcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fieldlog.domain.ids import Digest, StreamId
    from fieldlog.domain.transfer import LogName
    from fieldlog.sync.remote import PhotoSource


class _Log:
    def __init__(self, name: LogName) -> None:
        self.name = name
        self.bodies: list[bytes] = []
        self.hashes = [GENESIS]


class MemoryOffice:
    """What several ``MemoryRemote`` share; ``pull_ops`` is the length of the stretches it hands out."""

    def __init__(self, office: str = "office", *, pull_ops: int = 100) -> None:
        self.office, self.incarnation, self.pull_ops = office, "1", pull_ops
        self.logs: dict[StreamId, _Log] = {}
        self.photos: dict[Digest, bytes] = {}
        self.parts: dict[Digest, bytearray] = {}
        self.said: dict[str, dict[frozenset[StreamId], Testimony]] = {}


class MemoryRemote:
    """A device's way to an office in memory."""

    def __init__(self, office: MemoryOffice, device: str) -> None:
        self._office, self._device = office, device

    def hello(self, mine: Iterable[Tip]) -> Welcome:
        del mine
        tips = tuple(Tip(log.name, len(log.bodies), log.hashes[-1]) for log in self._office.logs.values())
        return Welcome(self._office.office, self._office.incarnation, tips)

    def push(self, stretch: Stretch) -> Tip:
        log = self._office.logs.get(stretch.log.stream) or _Log(stretch.log)
        have = len(log.bodies)
        if stretch.first > have + 1:
            raise OfficeRefuses(plain("빠진 기록"), plain(f"{have + 1}"), plain("다시"))
        bodies, hashes = log.bodies[:], log.hashes[:]
        last = stretch.previous
        _compare(stretch, stretch.first - 1, last, hashes)
        for seq, body in enumerate(stretch.bodies, stretch.first):
            last = chained(last, body)
            if seq <= have:
                _compare(stretch, seq, last, hashes)
            else:
                bodies.append(body)
                hashes.append(last)
        log.bodies, log.hashes = bodies, hashes
        self._office.logs[stretch.log.stream] = log
        return Tip(log.name, len(bodies), hashes[-1])

    def pull(self, stream: StreamId, after: int) -> Iterator[Stretch]:
        log = self._office.logs.get(stream)
        while log is not None and after < len(log.bodies):
            bodies = next(portions(log.bodies[after : after + self._office.pull_ops]))
            yield Stretch(log.name, after + 1, log.hashes[after], bodies)
            after += len(bodies)

    def hash_at(self, stream: StreamId, seq: int) -> bytes | None:
        log = self._office.logs.get(stream)
        hashes = log.hashes if log else [GENESIS]
        return hashes[seq] if seq < len(hashes) else None

    def missing_photos(self, digests: Iterable[Digest]) -> list[Digest]:
        return [digest for digest in digests if digest not in self._office.photos]

    def put_photo(self, digest: Digest, size: int, read: PhotoSource) -> None:
        if digest in self._office.photos:
            return
        part = self._office.parts.setdefault(digest, bytearray())
        for piece in read(len(part)):
            part += piece
        whole = bytes(self._office.parts.pop(digest))
        if len(whole) != size or hashlib.sha256(whole).hexdigest() != digest:
            raise OfficeRefuses(plain("다른 사진"), plain(digest), plain("점검"))
        self._office.photos[digest] = whole

    def get_photo(self, digest: Digest) -> Iterator[bytes]:
        if digest not in self._office.photos:
            raise NotFound(plain("사진 없음"), plain(digest), plain("나중에"))
        yield self._office.photos[digest]

    def testify(self, mine: Testimony) -> tuple[Testimony, ...]:
        about = frozenset(stream for stream, _, _ in mine.reach)
        self._office.said.setdefault(self._device, {})[about] = mine
        others = (said.get(about) for device, said in self._office.said.items() if device != self._device)
        return tuple(
            Testimony(mine.reach, word.digest)
            for word in others
            if word and set(word.reach) == set(mine.reach)
        )

    def close(self) -> None:
        pass


def _compare(stretch: Stretch, seq: int, mine: bytes, theirs: list[bytes]) -> None:
    if theirs[seq] != mine:
        raise Forked(
            plain("갈라짐"), plain(str(seq)), plain("새 이름"), stream=stretch.log.stream, seq=max(1, seq)
        )
