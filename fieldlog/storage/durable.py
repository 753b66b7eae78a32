"""Files that are on the disk whole or not at all, and the disk's troubles in plain words."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import TYPE_CHECKING, Final, Self

from fieldlog.domain.errors import AlreadyThere, Bug, DiskTrouble
from fieldlog.domain.ids import random_bytes
from fieldlog.domain.phrase import Phrase

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

PART_SUFFIX: Final = ".part"
FOR_OWNER: Final = 0o600
"""What the store writes is read by its owner alone."""
AS_USUAL: Final = 0o666
"""What leaves the house may be read by whomever the system lets: the umask decides."""
"""Ends the name of every file still being written; what a crash leaves behind ends so too."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY: Final = frozenset({errno.EROFS})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM})
_TOO_LONG: Final = frozenset({errno.ENAMETOOLONG})
_VANISHED: Final = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN}
)
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})
_WINDOWS_MEANING: Final = {
    19: errno.EROFS,
    21: errno.ENODEV,
    39: errno.ENOSPC,
    112: errno.ENOSPC,
    1167: errno.ENODEV,
}

_WHAT: Final = Phrase("파일을 다루지 못했습니다: {path}", "Could not work with the file: {path}")
_REASONS: Final = (
    (
        _FULL,
        Phrase("디스크에 남은 공간이 없습니다.", "The disk is full."),
        Phrase(
            "공간을 비우고 다시 해 주십시오. 이미 저장된 내용은 그대로 있습니다.",
            "Free some space and try again. What was saved before is untouched.",
        ),
    ),
    (
        _READ_ONLY,
        Phrase("읽기 전용 디스크입니다.", "The disk is read-only."),
        Phrase(
            "쓸 수 있는 곳을 고르거나 쓰기 잠금을 풀어 주십시오.",
            "Choose a writable place, or unlock the disk.",
        ),
    ),
    (
        _FORBIDDEN,
        Phrase("이 파일이나 폴더를 쓸 권한이 없습니다.", "There is no permission for this file or folder."),
        Phrase(
            "권한을 확인하거나 다른 폴더를 골라 주십시오.", "Check the permissions or choose another folder."
        ),
    ),
    (
        _VANISHED,
        Phrase(
            "그 자리에 없습니다. 없는 이름이거나, 파일이나 디스크가 사라졌습니다.",
            "It is not there: no such name, or the file or its disk has gone away.",
        ),
        Phrase(
            "이름과 디스크·공유 폴더의 연결을 확인하고 다시 해 주십시오.",
            "Check the name, and that the disk or network folder is connected; then try again.",
        ),
    ),
    (
        _TOO_LONG,
        Phrase("파일 이름이나 경로가 너무 깁니다.", "The file name or its path is too long."),
        Phrase("짧은 이름을 쓰십시오.", "Please use a shorter name."),
    ),
)
_UNREADABLE_WHY: Final = Phrase(
    "디스크가 읽기·쓰기를 거부했습니다({detail}).", "The disk refused ({detail})."
)
_UNREADABLE_HOW: Final = Phrase(
    "다시 해 보고, 되풀이되면 디스크를 점검하고 백업을 확인해 주십시오.",
    "Try again; if it happens again, have the disk checked and look to your backups.",
)


def disk_trouble(error: OSError, path: Path) -> DiskTrouble:
    """What the operating system said about ``path``, as an error a person can act on."""
    number = _WINDOWS_MEANING.get(getattr(error, "winerror", None) or 0, error.errno)
    what = _WHAT.fill(path=path)
    for numbers, why, how in _REASONS:
        if number in numbers:
            return DiskTrouble(what, why, how)
    return DiskTrouble(
        what, _UNREADABLE_WHY.fill(detail=error.strerror or type(error).__name__), _UNREADABLE_HOW
    )


@contextlib.contextmanager
def disk_troubles(path: Path) -> Iterator[None]:
    """Within it, every OSError becomes DiskTrouble about ``path``."""
    try:
        yield
    except OSError as error:
        raise disk_trouble(error, path) from error


class Disk:
    """The few acts that change a disk; a test passes one that fails on purpose."""

    def create(self, path: Path, mode: int = FOR_OWNER) -> int:
        """Open a new file for writing, readable as ``mode`` says; FileExistsError if it is there."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.open(path, flags, mode)

    def write(self, handle: int, data: bytes | memoryview) -> int:
        """Write some of ``data``; how many bytes were taken."""
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        """Return when the file's bytes have reached the medium."""
        if sys.platform == "darwin":
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)  # fsync stops at the drive's cache there
        else:
            os.fsync(handle)

    def publish(self, part: Path, target: Path) -> None:
        """Give ``part`` its lasting name; FileExistsError if that name is taken."""
        if sys.platform == "win32":
            part.rename(target)  # which refuses a taken name there
        else:
            _publish_by_link(part, target)

    def replace(self, part: Path, target: Path) -> None:
        """Give ``part`` its lasting name, in place of what had it."""
        part.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in ``folder`` have reached the medium; Windows keeps them by itself."""
        if sys.platform != "win32":
            _sync_folder(folder)

    def make_folder(self, folder: Path) -> None:
        """Make one folder, open to its owner alone; FileExistsError if it is there."""
        folder.mkdir(mode=0o700)


REAL_DISK: Final = Disk()


def _publish_by_link(part: Path, target: Path) -> None:
    try:
        os.link(part, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _publish_without_links(part, target)
    else:
        part.unlink()


def _publish_without_links(part: Path, target: Path) -> None:
    # exFAT and some network folders have no hard links. Between look and rename another writer may win;
    # the store lock keeps that to photos, where both files are whole and mean the same.
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part.rename(target)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems know no fsync of folders
            raise
    finally:
        os.close(handle)


class PartFile:
    """A file being written: it gets its name when it is whole, and leaves nothing behind otherwise.

    Use as a context manager. Every method raises DiskTrouble.
    """

    def __init__(self, folder: Path, *, disk: Disk = REAL_DISK, mode: int = FOR_OWNER) -> None:
        self._disk = disk
        self._mode = mode
        self._path = folder / f"{random_bytes(12).hex()}{PART_SUFFIX}"
        self._handle: int | None = None

    def __enter__(self) -> Self:
        with disk_troubles(self._path.parent):
            self._handle = self._disk.create(self._path, self._mode)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._close()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        """Add ``data`` at the end."""
        rest = memoryview(data)
        with disk_troubles(self._path.parent):
            while rest:
                rest = rest[self._disk.write(self._open_handle(), rest) :]

    def write_start(self, data: bytes) -> None:
        """Write ``data`` over the first bytes, once nothing more is to be added."""
        with disk_troubles(self._path.parent):
            os.lseek(self._open_handle(), 0, os.SEEK_SET)
        self.write(data)

    def name_new(self, target: Path) -> bool:
        """Make it last as ``target``; False, and nothing changed, if that name is taken."""
        with disk_troubles(target):
            self._settle()
            try:
                self._disk.publish(self._path, target)
            except FileExistsError:
                fresh = False
            else:
                fresh = True
            # also for the loser of a race: the winner's name may not have reached the medium yet
            self._disk.sync_folder(target.parent)
        return fresh

    def name_over(self, target: Path, *, lasting: bool = True) -> None:
        """Make it ``target``, in place of what was there; not ``lasting``: whole, but a power cut may lose it."""
        with disk_troubles(target):
            self._settle(sync=lasting)
            self._disk.replace(self._path, target)
            if lasting:
                self._disk.sync_folder(target.parent)

    def _settle(self, *, sync: bool = True) -> None:
        if self._handle is not None:
            if sync:
                self._disk.sync(self._handle)
            self._close()

    def _open_handle(self) -> int:
        if self._handle is None:
            raise Bug("a part file is written only between opening and naming")
        return self._handle

    def _close(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def write_new(path: Path, pieces: Iterable[bytes], *, disk: Disk = REAL_DISK, mode: int = FOR_OWNER) -> None:
    """Write a file that was not there, whole or not at all.

    Raises:
        AlreadyThere: There is a file of that name; it is untouched.
        DiskTrouble: It could not be written; nothing of it remains.
    """
    with PartFile(path.parent, disk=disk, mode=mode) as part:
        for piece in pieces:
            part.write(piece)
        if not part.name_new(path):
            raise AlreadyThere(
                Phrase("같은 이름의 파일이 이미 있습니다: {path}", "There is already a file: {path}").fill(
                    path=path
                ),
                Phrase("묻지 않고 덮어쓰지 않습니다.", "Nothing is overwritten without being asked."),
                Phrase(
                    "다른 이름을 고르거나 그 파일을 옮겨 주십시오.", "Choose another name, or move that file."
                ),
            )


def write_over(path: Path, pieces: Iterable[bytes], *, disk: Disk = REAL_DISK, mode: int = FOR_OWNER) -> None:
    """Write a file in place of the one that has its name: after a crash it is the old or the new, whole.

    Raises:
        DiskTrouble: It could not be written; the old one is untouched.
    """
    with PartFile(path.parent, disk=disk, mode=mode) as part:
        for piece in pieces:
            part.write(piece)
        part.name_over(path)


def make_folders(folder: Path, *, disk: Disk = REAL_DISK, lasting: bool = True) -> None:
    """Make a folder and those above it that are missing; not ``lasting``: a power cut may lose them.

    Raises:
        DiskTrouble: It could not be made.
    """
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folders(folder.parent, disk=disk, lasting=lasting)
    with disk_troubles(folder):
        with contextlib.suppress(FileExistsError):
            disk.make_folder(folder)
        if lasting:
            disk.sync_folder(folder.parent)


def sweep_parts(folder: Path) -> int:
    """Remove what crashes left half written in ``folder``; how many files. Nobody may be writing there.

    Raises:
        DiskTrouble: The folder could not be read, or a file not removed.
    """
    with disk_troubles(folder):
        parts = sorted(folder.glob(f"*{PART_SUFFIX}")) if folder.is_dir() else []
        for part in parts:
            part.unlink(missing_ok=True)
    return len(parts)
