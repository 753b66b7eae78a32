"""One writing window per store: an advisory lock that the operating system drops when its holder dies."""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import sys
from typing import TYPE_CHECKING, Final, Self

import msgspec
from msgspec import Struct

from fieldlog.domain.clock import Clock, iso, parse_moment
from fieldlog.domain.errors import BadInput, StoreBusy
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.shown_dates import shown_moment
from fieldlog.storage.durable import disk_troubles

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

NAME: Final = "store.lock"
_HELD: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
_WINDOWS_LOCK_AT: Final = 1 << 30  # a locked byte cannot be read there, so it lies far behind the text
_MOST_BYTES: Final = 4096


class Holder(Struct, frozen=True):
    """Who has the store open for writing: process id, computer, and since when (ISO 8601, +09:00)."""

    pid: int
    host: str
    since: str


class StoreLock:
    """The right to write in one store, until ``release`` or the end of the process.

    The lock file stays when the lock goes: removing it would let two windows lock two different files.
    A child made by fork without exec shares the lock. Use as a context manager or call ``release``.
    Where another has it, ``may_wait`` rests a while and answers whether to try again.

    Raises:
        StoreBusy: Another window, of this process or another, has it; the error says who.
        DiskTrouble: The lock file could not be opened, or the file system knows no locks.
    """

    def __init__(self, folder: Path, clock: Clock, may_wait: Callable[[], bool] = lambda: False) -> None:
        path = folder / NAME
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        with disk_troubles(path):
            handle = os.open(path, flags, 0o600)
            try:
                _take(handle, may_wait)
            except BaseException:
                os.close(handle)
                raise
            with contextlib.suppress(OSError):  # the note is a courtesy: a full disk may go without it
                _write_holder(handle, Holder(os.getpid(), platform.node(), iso(clock.now())))
        self._handle: int | None = handle

    def release(self) -> None:
        """Let others write; calling it again does nothing."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)
        with contextlib.suppress(OSError):
            os.close(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _take(handle: int, may_wait: Callable[[], bool]) -> None:
    while True:
        try:
            if sys.platform == "win32":
                os.lseek(handle, _WINDOWS_LOCK_AT, os.SEEK_SET)
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _HELD:
                raise
            if not may_wait():
                raise _busy(_read_holder(handle)) from error
        else:
            return


def _write_holder(handle: int, holder: Holder) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, msgspec.json.encode(holder) + b"\n")


def _read_holder(handle: int) -> Holder | None:
    """Who wrote last, or None while the winner has not written yet."""
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        return msgspec.json.decode(os.read(handle, _MOST_BYTES), type=Holder)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _shown(since: str) -> Phrase:
    try:
        return shown_moment(parse_moment(since))
    except BadInput:
        return plain(since)


def _busy(holder: Holder | None) -> StoreBusy:
    why = Phrase("누가 열었는지는 알 수 없습니다.", "Who opened it cannot be told.")
    if holder is not None:
        why = Phrase(
            "{since}부터 컴퓨터 {host}의 프로그램(번호 {pid})이 쓰고 있습니다.",
            "Process {pid} on {host} has had it since {since}.",
        ).fill(since=_shown(holder.since), host=holder.host, pid=holder.pid)
    return StoreBusy(
        Phrase("이 저장소는 다른 창에서 열려 있습니다.", "This store is open in another window."),
        why,
        Phrase(
            "그 창을 닫거나, 읽기 전용으로 열어 주십시오.", "Close that window, or open the store read-only."
        ),
    )
