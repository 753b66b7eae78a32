"""Office folders for tests, and disks under them that fail, die or are interrupted at one chosen act."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, Any

from helpers.failing_disk import FailingDisk

from fieldlog.domain.clock import KST, FixedClock
from fieldlog.domain.ids import Mint
from fieldlog.sync.folder import FolderRemote, create_folder_office
from fieldlog.sync.folder.share import ShareDisk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fieldlog.sync.folder import OfficeFile

CLOCK = FixedClock(datetime(2026, 3, 9, 9, 0, tzinfo=KST))


def make_office(path: Path, **more: Any) -> OfficeFile:
    return create_folder_office(
        path, **{"name": "별빛시 도로과", "mint": Mint(CLOCK), "clock": CLOCK, **more}
    )


def connect(path: Path, device: str = "A", **more: Any) -> FolderRemote:
    return FolderRemote(path, device=device, **{"rest": lambda _seconds: None, **more})


def files(path: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        found.relative_to(path).as_posix(): found.read_bytes() for found in path.rglob("*") if found.is_file()
    }


class FailingShare(FailingDisk, ShareDisk):
    """Fails as ``FailingDisk`` does; removing counts as an act too."""

    def remove(self, path: Path) -> None:
        self._act("remove")
        super().remove(path)


class DyingShare(FailingShare):
    """The process is gone at one act, as a kill would have it."""

    def _act(self, name: str) -> None:
        self.acts.append(name)
        if len(self.acts) - 1 == self.fails_at:
            os._exit(9)


class InterruptedShare(ShareDisk):
    """Something happens just before the n-th publishing."""

    def __init__(self, happens: Callable[[], object], at: int = 0) -> None:
        self._happens, self._left = happens, at

    def publish(self, part: Path, target: Path) -> None:
        self._left -= 1
        if self._left == -1:
            self._happens()
        super().publish(part, target)


def begin_child(work: Callable[[], object]) -> int:
    """Begin something in a process of its own; that process."""
    child = os.fork()
    if child == 0:
        status = 3
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def in_a_child(work: Callable[[], object]) -> bool:
    """Do something in a process of its own; whether it came to its end, and was not killed."""
    status = os.waitstatus_to_exitcode(os.waitpid(begin_child(work), 0)[1])
    assert status in {0, 9}, status
    return status == 0
