"""The photo door: the only module through which photo bytes reach the disk or come back from it.

Under the vault's folder::

    originals/ab/cdef...    photos, by the SHA-256 of their bytes; never altered
    renditions/ab/cdef...   smaller pictures made from them; a cache that may be lost
    writing/                files not yet whole

Names are keyed hashes and contents are sealed (``sealing``), so whoever finds the disk learns how many photos
there are, about how long each is (the length is not padded: a person who already holds a photo could guess
that it is here), and when each was put in; nothing more.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import io
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from msgspec import Struct

from fieldlog.domain.errors import DiskTrouble, NotFound, StoreDamaged
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.durable import (
    REAL_DISK,
    Disk,
    PartFile,
    disk_trouble,
    disk_troubles,
    make_folders,
    sweep_parts,
)
from fieldlog.storage.sealing import CHUNK_BYTES, HEADER_BYTES, Header, Sealing, plain_chunks, read_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fieldlog.domain.ids import Digest
    from fieldlog.storage.keys import StoreKey

Rendition = Literal["thumb", "screen", "paper"]
"""The smaller pictures made of a photo: for lists, for the screen, for print."""

_ORIGINAL: Final = "original"


class Kept(Struct, frozen=True):
    """A photo now in the vault: its digest, its length in bytes, and whether it had been there before."""

    digest: Digest
    size: int
    already_there: bool


class Survey(Struct, frozen=True):
    """All originals in the vault with their lengths in bytes, and the files that cannot be told."""

    held: dict[Digest, int]
    unreadable: tuple[Path, ...]


class Footprint(Struct, frozen=True):
    """Bytes on the disk."""

    originals: int
    renditions: int


class Vault:
    """The photos of one store.

    Its methods may be called from several threads at once. All raise DiskTrouble when the disk does.
    """

    def __init__(self, root: Path, store_key: StoreKey, *, disk: Disk = REAL_DISK) -> None:
        self._root = root
        self._originals = root / "originals"
        self._renditions = root / "renditions"
        self._writing = root / "writing"
        self._disk = disk
        self._wrap_key = store_key.derive("vault wrap")
        self._names_key = store_key.derive("vault names")
        for folder in (self._originals, self._renditions, self._writing):
            make_folders(folder, disk=disk)

    def put(self, data: bytes | BinaryIO | Iterable[bytes]) -> Kept:
        """Keep a photo: when this returns, its bytes are on the disk for good.

        What is there already is read through and kept; only if it proves damaged does the new copy replace it.
        Errors of the source pass through as they are, and leave nothing behind.
        """
        sealing = Sealing()
        with PartFile(self._writing, disk=self._disk) as part:
            part.write(bytes(HEADER_BYTES))
            for chunk in sealing.chunks(_pieces(data)):
                part.write(chunk)
            path, name = self._place(self._originals, _ORIGINAL, sealing.digest)
            part.write_start(sealing.header(self._wrap_key, name))
            make_folders(path.parent, disk=self._disk)
            already_there = not part.name_new(path)
            if already_there and not self._is_whole(sealing.digest):
                already_there = False
                part.name_over(path)
        return Kept(sealing.digest, sealing.size, already_there)

    def get(self, digest: Digest) -> bytes:
        """The photo's bytes, every one checked.

        Raises:
            NotFound: No such photo is kept here.
            StoreDamaged: Its bytes are not what they were.
        """
        return b"".join(self.stream(digest))

    def stream(self, digest: Digest) -> Iterator[bytes]:
        """The photo's bytes in chunks of at most 1 MiB; trust them only when the last has come without error.

        Raises:
            NotFound, StoreDamaged: As ``get``.
        """
        path, name = self._place(self._originals, _ORIGINAL, digest)
        with self._opened(path) as file:
            header = read_header(file, self._wrap_key, name)
            yield from plain_chunks(file, header)

    def has(self, digest: Digest) -> bool:
        """Whether a file is kept for the photo, without reading it."""
        path, _name = self._place(self._originals, _ORIGINAL, digest)
        with disk_troubles(path):
            return path.is_file()

    def check(self, digest: Digest) -> int:
        """Read the photo through and return its length in bytes.

        Raises:
            NotFound, StoreDamaged: As ``get``.
        """
        return sum(map(len, self.stream(digest)))

    def size(self, digest: Digest) -> int:
        """The photo's length in bytes, from its sealed head.

        Raises:
            NotFound, StoreDamaged: As ``get``.
        """
        path, name = self._place(self._originals, _ORIGINAL, digest)
        return self._header(path, name).size

    def survey(self) -> Survey:
        """Open the head of every original: which photos are here, and which files cannot be told."""
        held: dict[Digest, int] = {}
        unreadable: list[Path] = []
        for path in _files(self._originals):
            try:
                header = self._header(path, _name_of(path))
            except (StoreDamaged, DiskTrouble, NotFound):
                unreadable.append(path)
            else:
                held[header.digest] = header.size
        return Survey(held, tuple(unreadable))

    def all_digests(self) -> frozenset[Digest]:
        """The photos that are here."""
        return frozenset(self.survey().held)

    def put_rendition(self, digest: Digest, kind: Rendition, data: bytes) -> None:
        """Keep a smaller picture of a photo, in place of an earlier one; a power cut may lose it."""
        path, name = self._place(self._renditions, kind, digest)
        sealing = Sealing()
        make_folders(path.parent, disk=self._disk, lasting=False)
        with PartFile(self._writing, disk=self._disk) as part:
            part.write(bytes(HEADER_BYTES))
            for chunk in sealing.chunks((data,)):
                part.write(chunk)
            part.write_start(sealing.header(self._wrap_key, name))
            part.name_over(path, lasting=False)

    def get_rendition(self, digest: Digest, kind: Rendition) -> bytes | None:
        """A smaller picture of a photo; None when it is missing, damaged or unreadable: make it anew."""
        path, name = self._place(self._renditions, kind, digest)
        try:
            with self._opened(path) as file:
                return b"".join(plain_chunks(file, read_header(file, self._wrap_key, name)))
        except (NotFound, StoreDamaged, DiskTrouble):
            return None

    def drop_renditions(self) -> int:
        """Empty the cache of smaller pictures; how many went."""
        count = 0
        for path in _files(self._renditions):
            with disk_troubles(path):
                path.unlink(missing_ok=True)
            count += 1
        return count

    def sweep_temporary(self) -> int:
        """Remove what crashes left half written; how many files. Only the one who holds the store lock may."""
        return sweep_parts(self._writing)

    def footprint(self) -> Footprint:
        """How much of the disk the photos and their renditions take."""
        return Footprint(_bytes_under(self._originals), _bytes_under(self._renditions))

    def _place(self, folder: Path, kind: str, digest: Digest) -> tuple[Path, bytes]:
        name = hmac.digest(self._names_key, f"{kind}:{digest}".encode(), hashlib.sha256)
        text = name.hex()
        return folder / text[:2] / text[2:], name

    @contextlib.contextmanager
    def _opened(self, path: Path) -> Iterator[BinaryIO]:
        try:
            with path.open("rb") as file:
                yield file
        except FileNotFoundError as error:
            if not self._writing.is_dir():
                raise disk_trouble(error, self._root) from error
            raise _not_here() from error
        except OSError as error:
            raise disk_trouble(error, path) from error

    def _header(self, path: Path, name: bytes) -> Header:
        with self._opened(path) as file:
            return read_header(file, self._wrap_key, name)

    def _is_whole(self, digest: Digest) -> bool:
        try:
            self.check(digest)
        except (StoreDamaged, NotFound, DiskTrouble):
            return False
        return True


def _pieces(data: bytes | BinaryIO | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(data, bytes):
        return (data,)
    if isinstance(data, io.IOBase):
        return iter(partial(data.read, CHUNK_BYTES), b"")
    return data


def _files(folder: Path) -> Iterator[Path]:
    """The files two levels down, in order of name."""
    with disk_troubles(folder):
        for shelf in sorted(folder.iterdir()):
            if shelf.is_dir():
                yield from sorted(shelf.iterdir())


def _name_of(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.parent.name + path.name)
    except ValueError:
        return b""


def _bytes_under(folder: Path) -> int:
    with disk_troubles(folder):
        return sum(path.stat().st_size for path in _files(folder))


def _not_here() -> NotFound:
    return NotFound(
        Phrase("사진 원본이 이 기기에 없습니다.", "The original of the photo is not on this device."),
        Phrase("보관함에서 그 사진의 파일을 찾을 수 없습니다.", "The vault holds no file for that photo."),
        Phrase(
            "다른 기기에서 동기화하거나 백업에서 되살려 주십시오.",
            "Sync from another device, or restore a backup.",
        ),
    )
