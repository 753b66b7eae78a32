"""The practice store: a fictional city with thirty cases and drawn photographs, separate and watermarked."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import parse_moment
from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import NotAllowed
from fieldlog.domain.ids import RecordId
from fieldlog.domain.phrase import Phrase
from fieldlog.exchange.case_file import CaseEntry, UnreadEntry, read_case_file
from fieldlog.media.practice_pictures import draw_practice_picture
from fieldlog.services.importing import import_entry
from fieldlog.services.opening import Environment, make_store
from fieldlog.services.photographs import PhotoSource, add_photos
from fieldlog.services.workspace import Official, Workspace
from fieldlog.storage.durable import disk_troubles

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from fieldlog.exchange.case_file import PhotoEntry

CASES: Final = Path("practice") / "cases.json"
PROFILE: Final = "hanbit"
OFFICIAL: Final = Official(id="", name="이새봄", rank="주무관", department="ROAD")
"""Nobody: a fictional official of a fictional city."""


def make_practice_store(
    folder: Path,
    around: Environment,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    most: int | None = None,
) -> Workspace:
    """Make a practice store and open it; its key lies in a file beside it.

    Args:
        folder: Where; empty or absent.
        around: The surroundings.
        on_progress: Told (pictures done, in all).
        most: Only so many cases, for a quick look.

    Raises:
        AlreadyThere: The folder holds a store.
        DiskTrouble: There is no room; nothing half made remains in use.
    """
    workspace = make_store(folder, around, profile=PROFILE, practice=True, official=OFFICIAL)
    try:
        _fill(workspace, around.resources / CASES, on_progress, most)
    except BaseException:
        workspace.close()
        raise
    return workspace


def reset_practice_store(
    workspace: Workspace,
    around: Environment,
    *,
    on_progress: Callable[[int, int], None] | None = None,
) -> Workspace:
    """Throw a practice store away and make it anew.

    Raises:
        NotAllowed: It is no practice store: real records are never thrown away.
    """
    if not workspace.is_practice:
        raise NotAllowed(
            Phrase("지우지 않았습니다.", "Nothing was removed."),
            Phrase("연습 저장소가 아닙니다.", "This is no practice store."),
            Phrase("연습 저장소만 처음 상태로 되돌릴 수 있습니다.", "Only a practice store can be reset."),
        )
    folder = workspace.store.folder
    workspace.close()
    with disk_troubles(folder):
        shutil.rmtree(folder)
    return make_practice_store(folder, around, on_progress=on_progress)


def _fill(
    workspace: Workspace, cases: Path, on_progress: Callable[[int, int], None] | None, most: int | None
) -> None:
    entries = [
        entry
        for entry in read_case_file(cases.read_text(encoding="utf-8"), cases.name)[:most]
        if not isinstance(entry, UnreadEntry)
    ]
    total, done = sum(len(entry.photos) for entry in entries), 0
    for entry in entries:
        _, case = import_entry(workspace, entry, with_photos=False)
        for _ in add_photos(workspace, case, _pictures(entry), even_closed=True):
            done += 1
            if on_progress:
                on_progress(done, total)
        _settle_pairs(workspace, RecordId(case))


def _pictures(entry: CaseEntry) -> list[PhotoSource]:
    seen_at = parse_moment(str(entry.values["reported_at"]))
    return [
        PhotoSource(
            name=f"{entry.number}_{number:02d}.jpg",
            make=partial(_draw, photo, entry.index * 100 + number, seen_at),
            more={
                name: value
                for name, value in photo.values.items()
                if name in {"phase", "caption", "pii_found", "pii_review", "order"} and value is not None
            },
        )
        for number, photo in enumerate(entry.photos, start=1)
    ]


def _draw(photo: PhotoEntry, seed: int, seen_at: datetime) -> bytes:
    taken_at = photo.values.get("taken_at")
    lat, lon, heading = (_number(photo, name) for name in ("lat", "lon", "heading_deg"))
    return draw_practice_picture(
        photo.scene or "generic",
        seed=seed,
        taken_at=parse_moment(str(taken_at)) if taken_at else seen_at,
        lat=lat,
        lon=lon,
        heading=heading,
        phase=str(photo.values["phase"]),
    )


def _number(photo: PhotoEntry, name: str) -> float | None:
    value = photo.values.get(name)
    return float(value) if isinstance(value, (int, float)) else None


def _settle_pairs(workspace: Workspace, case: RecordId) -> None:
    """Pair the first picture before with the first after: the swipe view has something to show."""
    photos = workspace.store.sheet(case).of("photo")
    before = next((photo for photo in photos if photo.text("phase") == "BEFORE"), None)
    after = next((photo for photo in photos if photo.text("phase") == "AFTER"), None)
    if before and after:
        workspace.keep([Edit(record=after.id, kind="photo", values={"pair_photo_id": before.id})])
