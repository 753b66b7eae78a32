"""The one door to an office folder's files: read, list, and publish whole or not at all.

Nothing here locks. Whatever is published was written under another name, flushed, given its name only if that
was free, and read back (sync specification, section 2).
"""

from __future__ import annotations

import contextlib
import errno
import ntpath
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldlog.domain.errors import OfficeDamaged
from fieldlog.domain.ids import random_bytes
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.durable import AS_USUAL, Disk
from fieldlog.sync.folder.names import OFFICE_FILE
from fieldlog.sync.folder.troubles import BUSY, away, meaning, office_troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PIECE: Final = 1 << 20
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})
_NO_FOLDER_SYNC: Final = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF, *BUSY})
_AT_FDCWD: Final = -100
_RENAME_NOREPLACE: Final = 1
_RENAME_EXCL: Final = 4
_BINARY: Final = getattr(os, "O_BINARY", 0)
_READ_BACK_WHAT: Final = Phrase(
    "사무실 폴더에 쓴 것이 그대로 읽히지 않습니다.",
    "What was written in the office folder reads back differently.",
)
_READ_BACK_WHY: Final = Phrase(
    "저장 장치나 연결이 바이트를 바꾸었습니다: {name}", "The storage or the connection altered bytes: {name}"
)
_READ_BACK_HOW: Final = Phrase(
    "보낸 것으로 치지 않았습니다. 다시 동기화하고, 되풀이되면 관리자에게 알려 주십시오.",
    "It does not count as sent. Sync again; if it happens again, tell the administrator.",
)


class ShareDisk(Disk):
    """The acts that change an office folder; what lies there is open to whomever the folder lets in."""

    def publish(self, part: Path, target: Path) -> None:
        """Give ``part`` its lasting name; FileExistsError, also in a race, if that name is taken."""
        if sys.platform == "win32":
            part.rename(target)  # which refuses a taken name there
            return
        try:
            os.link(part, target)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if not _rename_new(part, target):
                _copy_new(part, target)
        with contextlib.suppress(OSError):
            part.unlink()

    def make_folder(self, folder: Path) -> None:
        """Make one folder; FileExistsError if it is there."""
        folder.mkdir()

    def sync_folder(self, folder: Path) -> None:
        """Return when the names have reached the medium, as far as the file system knows how."""
        try:
            super().sync_folder(folder)
        except OSError as error:
            if meaning(error) not in _NO_FOLDER_SYNC:
                raise

    def remove(self, path: Path) -> None:
        """Remove a file; nothing happens where there is none."""
        path.unlink(missing_ok=True)


def _rename_new(part: Path, target: Path) -> bool:
    """Rename without replacing, which network and memory-card file systems know even where they know no links.

    False where this one does not; FileExistsError if the name is taken.
    """
    import ctypes  # noqa: PLC0415

    names = os.fsencode(part), os.fsencode(target)
    library = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(*names, _RENAME_EXCL)
        else:
            failed = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_NOREPLACE)
    except AttributeError:
        return False
    number = ctypes.get_errno()
    if failed and number not in {*_NO_LINKS, errno.EINVAL}:
        raise OSError(number, os.strerror(number), str(target))
    return not failed


def _copy_new(part: Path, target: Path) -> None:
    """Where neither is known: a kill in the middle leaves a torn file, which readers tell by its hash."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, AS_USUAL)
    try:
        with os.fdopen(handle, "wb") as copy, part.open("rb") as source:
            while piece := source.read(PIECE):
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


def extended(path: Path, *, windows: bool = sys.platform == "win32") -> Path:
    r"""The path in the form that Windows lets be longer than 260 characters: ``\\?\C:\…``, ``\\?\UNC\…``."""
    text = str(path)
    if not windows or text.startswith("\\\\?\\"):
        return path
    text = ntpath.normpath(text if ntpath.isabs(text) else str(path.absolute()))
    return Path("\\\\?\\UNC" + text[1:] if text.startswith("\\\\") else "\\\\?\\" + text)


class Share:
    """One office folder. Names are relative to it, with ``/``.

    Every method raises OfficeAway or OfficeRefuses when the folder does.
    """

    def __init__(self, root: Path, *, mark: str, disk: ShareDisk, rest: Callable[[float], None]) -> None:
        self.shown = root
        self.mark = mark
        self._root = extended(root)
        self._disk = disk
        self._rest = rest

    def check_presence(self) -> None:
        """Raise OfficeAway where the folder is gone: an unmounted share often looks like an empty folder."""
        with office_troubles(self.shown):
            (self._root / OFFICE_FILE).stat()

    def names(self, folder: str = "") -> list[str]:
        """What lies in a folder, sorted; empty where there is none."""
        with office_troubles(self.shown):
            try:
                return sorted(os.listdir(self._root / folder))  # noqa: PTH208
            except (FileNotFoundError, NotADirectoryError):
                if not folder:
                    raise
        self.check_presence()
        return []

    def measure(self, name: str) -> tuple[int, int] | None:
        """Size in bytes and time of change in nanoseconds of a file; None where there is no such file."""
        with office_troubles(self.shown):
            try:
                found = (self._root / name).stat()
            except (FileNotFoundError, NotADirectoryError):
                found = None
        if found is None:
            if name != OFFICE_FILE:
                self.check_presence()
            return None
        return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None

    def read(self, name: str, limit: int) -> bytes | None:
        """The bytes of a file, at most one more than ``limit``; None where there is no such file."""
        with office_troubles(self.shown):
            try:
                with (self._root / name).open("rb") as file:
                    return file.read(limit + 1)
            except (FileNotFoundError, IsADirectoryError):
                pass
        self.check_presence()
        return None

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file in pieces of at most 1 MiB; nothing where there is no such file."""
        with office_troubles(self.shown):
            try:
                file = (self._root / name).open("rb")
            except FileNotFoundError:
                file = None
        if file is None:
            self.check_presence()
            return
        with file:
            while True:
                with office_troubles(self.shown):
                    piece = file.read(PIECE)
                if not piece:
                    return
                yield piece

    def publish(
        self, tries: Iterable[str], data: bytes, good: Callable[[bytes | None], bool], limit: int
    ) -> str:
        """Write a new file and read it back; the name of those tried that now holds what is ``good``.

        Raises:
            OfficeDamaged: It reads back differently.
        """
        return self._published(tries, data, lambda name: good(self.read(name, limit)))

    def _published(self, tries: Iterable[str], data: bytes, is_good: Callable[[str], bool]) -> str:
        part: str | None = None
        try:
            for target in tries:
                if self.measure(target) is None:
                    part = part or self._written(target.rpartition("/")[0], data)
                if part is not None and self.name_new(part, target):
                    part = None
                    if not is_good(target):
                        raise read_back_differs(target)
                    return target
                if is_good(target):
                    self._settle_names(target)
                    return target
        finally:
            if part is not None:
                self._give_up(part)
        raise read_back_differs(target)

    def name_new(self, part: str, target: str) -> bool:
        """Give a part its lasting name; False, and nothing changed, if that name is taken."""
        self._make_folders(target.rpartition("/")[0])
        with office_troubles(self.shown):
            try:
                self._patiently(lambda: self._disk.publish(self._root / part, self._root / target))
            except FileExistsError:
                return False
        self._settle_names(target)
        return True

    def replace(self, name: str, data: bytes) -> None:
        """Write a file in place of the one that has its name: the old or the new, whole."""
        part = self._written(name.rpartition("/")[0], data)
        try:
            with office_troubles(self.shown):
                self._patiently(lambda: self._disk.replace(self._root / part, self._root / name))
        except BaseException:
            self._give_up(part)
            raise
        self._settle_names(name)

    def remove(self, name: str) -> None:
        """Remove a file of one's own."""
        with office_troubles(self.shown):
            self._patiently(lambda: self._disk.remove(self._root / name))

    @contextlib.contextmanager
    def appending(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """Open a part, new or begun before, to add to its end; afterwards its bytes are on the medium.

        Broken off, what was written stays for the next time.
        """
        self._make_folders(name.rpartition("/")[0])
        with office_troubles(self.shown):
            path = self._root / name
            handle = (
                os.open(path, os.O_WRONLY | os.O_APPEND | _BINARY)
                if path.exists()
                else self._disk.create(path, AS_USUAL)
            )
        try:
            yield lambda piece: self._write(handle, piece)
            with office_troubles(self.shown):
                self._disk.sync(handle)
        finally:
            os.close(handle)

    def _written(self, folder: str, data: bytes) -> str:
        self._make_folders(folder)
        part = f"{folder}/{self.mark[:8]}-{random_bytes(8).hex()}.part".lstrip("/")
        try:
            with office_troubles(self.shown):
                handle = self._disk.create(self._root / part, AS_USUAL)
                try:
                    self._write(handle, data)
                    self._disk.sync(handle)
                finally:
                    os.close(handle)
        except BaseException:
            self._give_up(part)
            raise
        return part

    def _write(self, handle: int, data: bytes) -> None:
        rest = memoryview(data)
        with office_troubles(self.shown):
            while rest:
                rest = rest[self._disk.write(handle, rest) :]

    def _make_folders(self, folder: str) -> None:
        """Make what is missing below the root, never the root: a share that is gone must not be imitated."""
        with office_troubles(self.shown):
            if not folder or (self._root / folder).is_dir():
                return
            self.check_presence()
            self._make_folders(folder.rpartition("/")[0])
            with contextlib.suppress(FileExistsError):
                self._disk.make_folder(self._root / folder)
            self._disk.sync_folder((self._root / folder).parent)

    def _settle_names(self, name: str) -> None:
        with office_troubles(self.shown):
            self._disk.sync_folder((self._root / name).parent)

    def _give_up(self, part: str) -> None:
        with contextlib.suppress(OSError):
            self._disk.remove(self._root / part)

    def _patiently(self, act: Callable[[], None]) -> None:
        """Try again after a while: scanners and indexers hold new files for moments."""
        for pause in _PAUSES:
            try:
                return act()
            except OSError as error:
                if isinstance(error, FileExistsError) or meaning(error) not in BUSY:
                    raise
            self._rest(pause)
        return act()


def share_at(
    root: Path, *, mark: str, disk: ShareDisk | None = None, rest: Callable[[float], None] | None = None
) -> Share:
    """The office folder at ``root``, on the real disk and patient unless said otherwise.

    Raises:
        OfficeAway: There is no folder.
    """
    from time import sleep  # noqa: PLC0415

    share = Share(root, mark=mark, disk=disk or ShareDisk(), rest=rest or sleep)
    with office_troubles(root):
        if not extended(root).is_dir():
            raise away(root)
    return share


def read_back_differs(name: str) -> OfficeDamaged:
    """What is said when a file is not what was just written."""
    return OfficeDamaged(_READ_BACK_WHAT, _READ_BACK_WHY.fill(name=name), _READ_BACK_HOW)
