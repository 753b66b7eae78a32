"""Devices that meet over an office held in memory, which can be restored, replaced, and cut off."""

from __future__ import annotations

import hashlib
import shutil
from copy import deepcopy
from typing import TYPE_CHECKING

from helpers.stores import SteppingClock, environment, practice_store

from fieldlog.domain.errors import OfficeAway
from fieldlog.domain.phrase import plain
from fieldlog.domain.transfer import Stretch, Tip
from fieldlog.services.opening import open_store
from fieldlog.storage.arriving import forked
from fieldlog.storage.dock import Dock
from fieldlog.storage.op_bytes import GENESIS, chained
from fieldlog.sync.remote import Testimony, Welcome
from fieldlog.sync.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fieldlog.domain.ids import Digest, StreamId
    from fieldlog.domain.transfer import LogName
    from fieldlog.services.workspace import Workspace
    from fieldlog.sync.receipt import Receipt
    from fieldlog.sync.remote import PhotoSource


class MemoryOffice:
    """The simplest office: everything in dictionaries. ``fails_after`` cuts it off after so many calls."""

    def __init__(self) -> None:
        self.incarnation = "first"
        self.logs: dict[StreamId, tuple[LogName, list[bytes], list[bytes]]] = {}
        self.photos: dict[Digest, bytes] = {}
        self.testimonies: dict[tuple[tuple[StreamId, int, bytes], ...], set[str]] = {}
        self.fails_after: int | None = None
        self.most = 3

    def _asked(self) -> None:
        if self.fails_after is not None:
            self.fails_after -= 1
            if self.fails_after < 0:
                raise OfficeAway(plain("끊어졌습니다."), plain("시험입니다."), plain("다시 하십시오."))

    def hello(self, mine: Iterable[Tip]) -> Welcome:
        self._asked()
        assert all(tip.seq for tip in mine)
        tips = tuple(Tip(name, len(ops), hashes[-1]) for name, ops, hashes in self.logs.values() if ops)
        return Welcome("office", self.incarnation, tips)

    def push(self, stretch: Stretch) -> Tip:
        self._asked()
        name, ops, hashes = self.logs.setdefault(stretch.log.stream, (stretch.log, [], []))
        assert stretch.first <= len(ops) + 1, "a gap"
        digest = stretch.previous
        assert (hashes[stretch.first - 2] if stretch.first > 1 else GENESIS) == digest
        for seq, body in enumerate(stretch.bodies, stretch.first):
            digest = chained(digest, body)
            if seq <= len(ops):
                if hashes[seq - 1] != digest:
                    raise forked(stretch.log.stream, seq, stretch.log.device)
                continue
            ops.append(body)
            hashes.append(digest)
        self._asked()  # the answer may be lost although everything was kept
        return Tip(name, len(ops), hashes[-1])

    def pull(self, stream: StreamId, after: int) -> Iterator[Stretch]:
        name, ops, hashes = self.logs[stream]
        for at in range(after, len(ops), self.most):
            self._asked()
            previous = hashes[at - 1] if at else GENESIS
            yield Stretch(name, at + 1, previous, tuple(ops[at : at + self.most]))

    def hash_at(self, stream: StreamId, seq: int) -> bytes | None:
        self._asked()
        hashes = self.logs[stream][2] if stream in self.logs else []
        return GENESIS if seq == 0 else hashes[seq - 1] if seq <= len(hashes) else None

    def missing_photos(self, digests: Iterable[Digest]) -> list[Digest]:
        self._asked()
        return [
            digest for digest in digests if hashlib.sha256(self.photos.get(digest, b"")).hexdigest() != digest
        ]

    def put_photo(self, digest: Digest, size: int, read: PhotoSource) -> None:
        self._asked()
        data = b"".join(read(0))
        assert (len(data), hashlib.sha256(data).hexdigest()) == (size, digest)
        self.photos[digest] = data

    def get_photo(self, digest: Digest) -> Iterator[bytes]:
        self._asked()
        yield self.photos[digest]

    def testify(self, mine: Testimony) -> tuple[Testimony, ...]:
        self._asked()
        said = self.testimonies.setdefault(mine.reach, set())
        said.add(mine.digest)
        return tuple(Testimony(mine.reach, digest) for digest in said)

    def close(self) -> None:
        return

    # -- bad days --------------------------------------------------------------------------------------

    def backup(self) -> object:
        """What a backup of the office holds."""
        return deepcopy((self.logs, self.photos))

    def restore(self, kept: object, incarnation: str) -> None:
        """Yesterday's office, under a name of its own as its procedure demands, or the old one if nobody kept to it."""
        self.logs, self.photos = deepcopy(kept)  # type: ignore[assignment]
        self.incarnation = incarnation


class Device:
    """A laptop with its store, which can be copied and put back."""

    def __init__(self, folder: Path, name: str) -> None:
        self.clock = SteppingClock()
        self.folder, self.copies = folder / name, folder / f"{name} copies"
        self.workspace: Workspace = practice_store(self.folder, self.clock)

    def sync(self, office: MemoryOffice) -> Receipt:
        """Meet the office."""
        store = self.workspace.store
        return Session(Dock(store), store.vault, office, self.clock).run()

    def digest(self) -> str:
        return Dock(self.workspace.store).digest()

    def copy(self, name: str) -> None:
        """Keep the whole disk as it is now."""
        self.workspace.close()
        shutil.rmtree(self.copies / name, ignore_errors=True)
        shutil.copytree(self.folder, self.copies / name)
        self.workspace = open_store(self.folder, environment(self.clock))

    def put_back(self, name: str) -> None:
        """The disk as it was when it was copied."""
        self.workspace.close()
        shutil.rmtree(self.folder)
        shutil.copytree(self.copies / name, self.folder)
        self.workspace = open_store(self.folder, environment(self.clock))

    def close(self) -> None:
        self.workspace.close()
