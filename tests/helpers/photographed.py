"""Cases with small photographs, for tests of what is kept and shown of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.pictures import field_exif, jpeg, with_comment

from fieldlog.services.photographs import PhotoSource, add_photos
from fieldlog.services.recording import CaseDraft, record_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace


def new_case(workspace: Workspace, title: str) -> RecordId:
    return record_case(
        workspace, CaseDraft(title=title, category="ROAD_POTHOLE", description="구멍이 남.")
    ).record.id


def photograph(workspace: Workspace, case: RecordId, phases: Sequence[str]) -> list[RecordId]:
    """A small photograph for each phase, all of different bytes; only the first knows where it was taken."""
    added: list[RecordId] = []
    for number, phase in enumerate(phases, len(workspace.store.sheet(case).of("photo"))):
        data = with_comment(jpeg(320, 240, exif=None if number else field_exif()), f"{case}{number}")
        source = PhotoSource(f"IMG_{number:04d}.jpg", data=data)
        (answer,) = add_photos(workspace, case, [source], phase=phase)
        assert answer.record is not None
        added.append(answer.record)
    return added
