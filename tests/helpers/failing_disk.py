"""A disk that fails on purpose, at one chosen act."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from fieldlog.storage.durable import Disk

if TYPE_CHECKING:
    from pathlib import Path


class FailingDisk(Disk):
    """Fails at the n-th act that changes the disk, counted from 0, and at every later one if ``for_good``."""

    def __init__(self, fails_at: int, number: int = errno.ENOSPC, *, for_good: bool = False) -> None:
        self.fails_at = fails_at
        self.number = number
        self.for_good = for_good
        self.acts: list[str] = []

    def _act(self, name: str) -> None:
        index = len(self.acts)
        self.acts.append(name)
        if index == self.fails_at or (self.for_good and index > self.fails_at):
            raise OSError(self.number, os.strerror(self.number))

    def create(self, path: Path, mode: int = 0o600) -> int:
        self._act("create")
        return super().create(path, mode)

    def write(self, handle: int, data: bytes | memoryview) -> int:
        """Take half first, so that what is cut short is tried too."""
        self._act("write")
        return super().write(handle, data[: max(1, len(data) // 2)] if len(data) > 1 << 16 else data)

    def sync(self, handle: int) -> None:
        self._act("sync")
        super().sync(handle)

    def publish(self, part: Path, target: Path) -> None:
        self._act("publish")
        super().publish(part, target)

    def replace(self, part: Path, target: Path) -> None:
        self._act("replace")
        super().replace(part, target)

    def sync_folder(self, folder: Path) -> None:
        self._act("sync_folder")
        super().sync_folder(folder)

    def make_folder(self, folder: Path) -> None:
        self._act("make_folder")
        super().make_folder(folder)


NEVER = 1 << 30
