"""Publishing: the current state beside the segments of an office folder, for every tool that reads SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog import __version__
from fieldlog.domain.clock import iso
from fieldlog.domain.errors import OfficeTrouble, StoreTrouble

if TYPE_CHECKING:
    from pathlib import Path

    from fieldlog.services.workspace import Workspace

_BUILT: Final = "shared.sqlite"


def publish_shared(workspace: Workspace, folder: Path, *, office: str, name: str, digest: str) -> bool:
    """Bring the shared file of an office folder up to ``digest``; whether it is now.

    It is a convenience and never the truth: what keeps it from being made or replaced is tried again at the next
    sync, and nothing is raised. A file of a newer format is left alone.
    """
    from fieldlog.storage.published import build_published, forget_published  # noqa: PLC0415
    from fieldlog.storage.published_tables import FORMAT  # noqa: PLC0415
    from fieldlog.sync.shared_file import replace_shared, shared_facts  # noqa: PLC0415

    store = workspace.store
    built = store.folder / _BUILT
    there = shared_facts(folder)
    written = there.get("format", "0")
    if written.isdecimal() and int(written) > FORMAT:
        return False
    present = (written, there.get("office"), there.get("digest")) == (str(FORMAT), office, digest)
    about = {
        "office": office,
        "office_name": name,
        "published_at": iso(workspace.now()),
        "device": store.note("device_code"),
        "practice": str(int(workspace.is_practice)),
        "program": f"fieldlog {__version__}",
    }
    try:
        forget_published(built)  # what a kill left behind is plain
        if present or not build_published(store.reader(), built, digest=digest, about=about):
            return present
        try:
            return replace_shared(folder, built, device=store.own_stream.hex())
        finally:
            forget_published(built)
    except (StoreTrouble, OfficeTrouble):
        return False
