"""``fieldlog-shared.sqlite`` in an office folder: replaced whole, or left as it is until the next time."""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING, Final

from fieldlog.domain.ids import random_bytes
from fieldlog.storage.durable import AS_USUAL
from fieldlog.storage.published import published_facts
from fieldlog.sync.folder.names import OFFICE_FILE, writer_mark
from fieldlog.sync.folder.share import PIECE, ShareDisk, extended

if TYPE_CHECKING:
    from pathlib import Path

SHARED_FILE: Final = "fieldlog-shared.sqlite"


def shared_facts(office: Path) -> dict[str, str]:
    """What the shared file of an office folder says about itself; empty where there is none that can be read."""
    return published_facts(extended(office) / SHARED_FILE)


def replace_shared(office: Path, built: Path, *, device: str, disk: ShareDisk | None = None) -> bool:
    """Put a built file in place of the shared one; False, and the old one is untouched, where that is refused.

    A reader on Windows or SMB that holds the old file is reason enough to refuse.
    """
    root, disk = extended(office), disk or ShareDisk()
    mark = f"{SHARED_FILE}-{writer_mark(device)[:8]}-"
    part = root / f"{mark}{random_bytes(8).hex()}.part"
    try:
        (root / OFFICE_FILE).stat()  # a share that is gone must not be imitated
        for left in root.glob(f"{mark}*.part"):  # of one's own, cut off earlier
            disk.remove(left)
        written = _copy(built, part, disk)
        if written != _hash(part):
            return False
        disk.replace(part, root / SHARED_FILE)
        disk.sync_folder(root)
    except OSError:
        return False
    finally:
        with contextlib.suppress(OSError):
            disk.remove(part)
    return True


def _copy(built: Path, part: Path, disk: ShareDisk) -> bytes:
    """Write the part, flushed to the medium; the hash of what was meant."""
    total = hashlib.sha256()
    handle = disk.create(part, AS_USUAL)
    try:
        with built.open("rb") as source:
            while piece := source.read(PIECE):
                total.update(piece)
                rest = memoryview(piece)
                while rest:
                    rest = rest[disk.write(handle, rest) :]
        disk.sync(handle)
    finally:
        os.close(handle)
    return total.digest()


def _hash(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
