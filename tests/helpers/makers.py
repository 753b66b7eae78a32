"""Cases, parts and pictures, made with as few words as a test can do with."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from PIL import Image

from fieldlog.services import moving, recording
from fieldlog.services.photographs import PhotoSource

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace

HERE = {"lat": 36.48, "lon": 127.289, "source": "MANUAL_PIN"}


def received(workspace: Workspace, title: str = "별빛로 포트홀", **more: Any) -> RecordId:
    """A case that has been received and has a place."""
    draft = recording.CaseDraft(
        title=title,
        category=more.pop("category", "ROAD_POTHOLE"),
        place=more.pop("place", HERE),
        received_at=more.pop("received_at", workspace.now()),
        petition=more.pop("petition", "OTHER"),
        **more,
    )
    return recording.record_case(workspace, draft).record.id


def drafted(workspace: Workspace, title: str = "적다 만 사안", **more: Any) -> RecordId:
    """A case of which only title and category are known."""
    draft = recording.CaseDraft(title=title, category="ROAD_POTHOLE", **more)
    return recording.record_case(workspace, draft).record.id


def part(workspace: Workspace, case: RecordId, what: str, /, **values: Any) -> RecordId:
    """A part of a case."""
    return recording.add_part(workspace, case, what, values).record.id


def moved(workspace: Workspace, case: RecordId, *stages: str, reason: str = "") -> None:
    """Take a case through stages."""
    for stage in stages:
        moving.move_case(workspace, case, stage, reason)


def at_work(workspace: Workspace) -> RecordId:
    """A case in action: visited, compared, decided, with one open mandatory action."""
    case = received(workspace)
    moved(workspace, case, "TRIAGED")
    visit = part(workspace, case, "visit", started_at="2026-11-23T10:00", ended_at="2026-11-23T10:30")
    part(workspace, case, "observation", text="깊이 9cm", visit_id=visit)
    moved(workspace, case, "INVESTIGATING", "ANALYZING")
    moved(workspace, case, "DECIDED", reason="다른 방법이 없어 바로 정함")
    part(workspace, case, "action", title="절삭 포장", due_on="2026-12-01", owner_user_id="한가람")
    moved(workspace, case, "IN_ACTION")
    return case


@cache
def jpeg(
    seed: int = 0, *, size: tuple[int, int] = (64, 48), lat: float | None = None, lon: float = 127.0
) -> bytes:
    """A small picture; each seed gives other bytes. ``lat`` and ``lon`` write a position north and east into it."""
    image = Image.new("RGB", size, (seed % 256, seed // 256 % 256, 90))
    exif = Image.Exif()
    exif[0x0131] = f"picture {seed}"
    exif[0x0132] = "2026:11:20 09:00:00"
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 09:00:00"
    if lat is not None:
        exif.get_ifd(0x8825).update({1: "N", 2: (lat, 0.0, 0.0), 3: "E", 4: (lon, 0.0, 0.0)})
    made = io.BytesIO()
    image.save(made, "JPEG", exif=exif)
    return made.getvalue()


def picture(seed: int = 0, **how: Any) -> PhotoSource:
    """A picture from the clipboard."""
    return PhotoSource(name=f"{seed}.jpg", data=jpeg(seed, **how))
