"""Going over to practice: the practice store opened or made whole beside its place, and begun anew."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from fieldlog.domain.errors import Known, NotAllowed
from fieldlog.domain.phrase import Phrase
from fieldlog.services.opening import holds_store, open_store
from fieldlog.services.practising import make_practice_store
from fieldlog.storage.durable import disk_troubles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fieldlog.services.opening import Environment
    from fieldlog.services.workspace import Workspace

    Progress = Callable[[int, int], None]


def practice_folder(folder: Path) -> Path:
    """Where the practice store beside a store lies."""
    return folder.with_name(f"{folder.name}-practice")


def enter_practice(
    folder: Path, around: Environment, *, on_progress: Progress | None = None, most: int | None = None
) -> Workspace:
    """Open the practice store of a folder; where there is none it is made first.

    Raises:
        StoreBusy, StoreDamaged, DiskTrouble: As for any store. What ``on_progress`` raises stops it, and
            nothing half made is left.
    """
    if not holds_store(folder):
        _make(folder, around, on_progress, most)
    return open_store(folder, around)


def renew_practice(
    workspace: Workspace, around: Environment, *, on_progress: Progress | None = None, most: int | None = None
) -> Workspace:
    """Put a fresh practice store in the place of this one, which stays as it is until the other is whole.

    Raises:
        NotAllowed: It is no practice store: real records are never thrown away.
        DiskTrouble: There is no room; the old one stays.
    """
    if not workspace.is_practice:
        raise NotAllowed(
            Phrase("지우지 않았습니다.", "Nothing was removed."),
            Phrase("연습 저장소가 아닙니다.", "This is no practice store."),
            Phrase("연습 저장소만 처음 상태로 되돌릴 수 있습니다.", "Only a practice store can be reset."),
        )
    folder = workspace.store.folder
    fresh = _build(folder, around, on_progress, most)
    workspace.close()
    with disk_troubles(folder):
        shutil.rmtree(folder)
        fresh.rename(folder)
    return open_store(folder, around)


def _make(folder: Path, around: Environment, on_progress: Progress | None, most: int | None) -> None:
    fresh = _build(folder, around, on_progress, most)
    with disk_troubles(folder):
        if folder.is_dir():
            folder.rmdir()
        fresh.rename(folder)


def _build(folder: Path, around: Environment, on_progress: Progress | None, most: int | None) -> Path:
    """A whole practice store beside its place, closed; what an interrupted try left is cleared away first."""
    fresh = folder.with_name(f"{folder.name}.new")
    with disk_troubles(fresh):
        shutil.rmtree(fresh, ignore_errors=True)
    try:
        make_practice_store(fresh, around, on_progress=on_progress, most=most).close()
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return fresh


def copied_practice(
    folder: Path, target: Path, around: Environment, *, on_progress: Progress | None = None
) -> Workspace:
    """A practice store to do as one likes with: a copy of the one in a folder, or a new one.

    Raises:
        DiskTrouble: There is no room.
    """
    if _is_free_practice(folder, around):
        with disk_troubles(target):
            shutil.copytree(folder, target)
        return open_store(target, around)
    return make_practice_store(target, around, on_progress=on_progress)


def _is_free_practice(folder: Path, around: Environment) -> bool:
    """Whether a practice store lies there that nobody has open."""
    if not holds_store(folder):
        return False
    try:
        workspace = open_store(folder, around)
    except Known:
        return False
    try:
        return workspace.is_practice
    finally:
        workspace.close()
