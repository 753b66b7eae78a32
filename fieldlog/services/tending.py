"""Tending photographs: looked through for personal data, paired before and after, handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import AlreadyThere, NotAllowed
from fieldlog.domain.ids import Digest
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry.vocabularies import PHASE
from fieldlog.report.filing import safe
from fieldlog.services.checking import refuse_closed
from fieldlog.services.photographs import export_photo
from fieldlog.services.recording import accepted
from fieldlog.storage.durable import AS_USUAL, write_new, write_over

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import Record
    from fieldlog.services.workspace import Workspace
    from fieldlog.storage.store import Find

_NOT_PAIRED: Final = Phrase("전후로 짝짓지 않았습니다.", "The photos were not paired.")
_CHOOSE_TWO: Final = Phrase(
    "같은 사안에서 전 한 장과 후 한 장을 골라 주십시오.",
    "Choose one photo before and one after, of the same case.",
)
_BEFORE, _AFTER = "BEFORE", "AFTER"


def review_photos(workspace: Workspace, photos: Sequence[RecordId], verdict: str) -> Effects:
    """Note for photographs what the look for personal data found, as one save.

    Args:
        workspace: The open store.
        photos: The photographs.
        verdict: NOT_REVIEWED, NONE, REDACTED or CONSENT.

    Raises:
        BadInput: There is no such verdict.
        NotFound: A photograph is not here.
        NotAllowed: The case of one is closed; nothing was saved.
    """
    return _change_all(workspace, photos, {"pii_review": verdict})


def set_phase(workspace: Workspace, photos: Sequence[RecordId], phase: str) -> Effects:
    """Say of photographs whether they show before, during or after, as one save.

    Raises:
        BadInput, NotFound, NotAllowed: As :func:`review_photos`.
    """
    return _change_all(workspace, photos, {"phase": phase})


def _change_all(workspace: Workspace, photos: Sequence[RecordId], changes: dict[str, str]) -> Effects:
    values = accepted("photo", changes)

    def decide(find: Find) -> list[Edit]:
        for photo in photos:
            _refuse_closed(find, find(photo))
        return [Edit(record=photo, kind="photo", values=values) for photo in photos]

    return workspace.change(decide)


def pair_photos(workspace: Workspace, photos: Sequence[RecordId]) -> Effects:
    """Pair a photograph before with one after; earlier pairs of either are undone by it.

    Raises:
        NotAllowed: They are not one before and one after of the same case, or the case is closed.
        NotFound: One is not here.
    """
    return workspace.change(lambda find: _pairing(workspace, find, photos))


def _pairing(workspace: Workspace, find: Find, photos: Sequence[RecordId]) -> list[Edit]:
    found = [find(photo) for photo in photos]
    by_phase = {photo.text("phase"): photo for photo in found}
    before, after = by_phase.get(_BEFORE), by_phase.get(_AFTER)
    if len(found) != 2 or before is None or after is None:  # noqa: PLR2004
        raise NotAllowed(
            _NOT_PAIRED,
            Phrase("전 한 장과 후 한 장이 아닙니다.", "They are not one before and one after."),
            _CHOOSE_TWO,
        )
    if before.case_id != after.case_id:
        raise NotAllowed(
            _NOT_PAIRED,
            Phrase("서로 다른 사안의 사진입니다.", "They belong to different cases."),
            _CHOOSE_TWO,
        )
    _refuse_closed(find, before)
    return [
        *_partings(workspace, before, but=after),
        *(edit for edit in _partings(workspace, after, but=before) if edit.record != after.id),
        Edit(record=after.id, kind="photo", values={"pair_photo_id": before.id}),
    ]


def unpair_photo(workspace: Workspace, photo: RecordId) -> Effects:
    """Undo the pair that a photograph is in.

    Raises:
        NotFound: It is not here.
        NotAllowed: The case is closed.
    """

    def decide(find: Find) -> list[Edit]:
        found = find(photo)
        _refuse_closed(find, found)
        return _partings(workspace, found)

    return workspace.change(decide)


def _partings(workspace: Workspace, photo: Record, *, but: Record | None = None) -> list[Edit]:
    """Edits after which a photograph names nobody and nobody names it, ``but`` one."""
    if photo.case_id is None:
        return []
    kept = but.id if but is not None else ""
    return [
        Edit(record=each.id, kind="photo", values={"pair_photo_id": None})
        for each in workspace.store.sheet(photo.case_id).of("photo")
        if (each.id == photo.id and each.get("pair_photo_id"))
        or (each.text("pair_photo_id") == photo.id and each.id != kept)
    ]


def _refuse_closed(find: Find, photo: Record) -> None:
    refuse_closed(photo)
    if photo.case_id is not None:
        refuse_closed(find(photo.case_id))


def picture_name(workspace: Workspace, photo: RecordId) -> str:
    """The file name a picture is handed out under: case, phase, and its place among the case's photos.

    Raises:
        NotFound: It is not here.
    """
    record = workspace.store.find(photo)
    number, place = "", 1
    if record.case_id is not None:
        sheet = workspace.store.sheet(record.case_id)
        number = sheet.case.text("case_no")
        place = next((n for n, each in enumerate(sheet.of("photo"), 1) if each.id == photo), 1)
    phase = PHASE.label(record.text("phase"))
    parts = (number, phase.ko if phase else "", f"{place:02d}")
    return f"{safe('_'.join(part for part in parts if part))}.jpg"


def hand_out_picture(workspace: Workspace, photo: RecordId, path: Path, *, overwrite: bool = False) -> Path:
    """Write a picture in full size and without any metadata to a file, whole or not at all.

    Raises:
        AlreadyThere: There is a file of that name; it is untouched.
        NotFound, StoreDamaged, PhotoRefused: As :func:`fieldlog.services.photographs.export_photo`.
        DiskTrouble: The disk refused; nothing of the file remains.
    """
    if not overwrite and path.exists():
        raise AlreadyThere(
            Phrase("같은 이름의 파일이 이미 있습니다: {name}", "There is already a file named {name}.").fill(
                name=path.name
            ),
            Phrase("묻지 않고 덮어쓰지 않습니다.", "Nothing is overwritten without being asked."),
            Phrase("다른 이름을 쓰거나 덮어쓰십시오.", "Use another name, or replace it."),
        )
    data = export_photo(workspace, Digest(workspace.store.find(photo).text("sha256")))
    (write_over if overwrite else write_new)(path, [data], mode=AS_USUAL)
    return path
