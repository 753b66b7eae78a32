"""Leafing through the photographs of all cases: which there are, what is told of each, where else it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from fieldlog.domain.errors import NotFound
from fieldlog.domain.ids import Digest, id_bytes
from fieldlog.domain.phrase import Phrase
from fieldlog.services.photographs import photo_bytes
from fieldlog.services.placing import WrittenPlace, written_place
from fieldlog.storage import photo_list, records
from fieldlog.storage.photo_list import PhotoCounts

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable, Sequence

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.photo_filter import PhotoFilter
    from fieldlog.domain.record import Record
    from fieldlog.services.photographs import Size
    from fieldlog.services.workspace import Workspace

__all__ = ["CaseName", "PhotoCounts", "PhotoLine", "PhotoSheet", "count_photos", "counterpart_of"]
__all__ += ["gather_photos", "photo_lines", "photo_sheet", "picture_in_row", "picture_of", "rows_of_photos"]


class PhotoLine(Struct, frozen=True):
    """One photograph of the list with the number and title of its case."""

    photo: Record
    case_no: str
    case_title: str


class CaseName(Struct, frozen=True):
    """A case that holds a picture."""

    id: RecordId
    number: str
    title: str


class PhotoSheet(Struct, frozen=True):
    """Everything told of one photograph.

    ``elsewhere`` are other cases with the same picture, ``counterpart`` the one from the same viewpoint.
    """

    photo: Record
    case: CaseName
    elsewhere: tuple[CaseName, ...]
    counterpart: Record | None
    place: WrittenPlace | None


def count_photos(workspace: Workspace) -> PhotoCounts:
    """How many photographs there are, and how many lack a caption, a place, a privacy review."""
    return photo_list.count_photos(workspace.store.reader())


def gather_photos(
    workspace: Workspace, asked: PhotoFilter, stopped: Callable[[], bool] = lambda: False
) -> array[int]:
    """The rows of every photograph that a filter shows, newest first; 100,000 take a fifth of a second."""
    return photo_list.gather_photos(workspace.store.reader(), asked, stopped)


def photo_lines(workspace: Workspace, rows: Sequence[int]) -> dict[int, PhotoLine]:
    """The photographs in some rows; those that are gone are left out."""
    found = records.living_in_rows(workspace.store.reader(), rows)
    cases = {photo.case_id: None for photo in found.values() if photo.case_id is not None}
    names = {case: _name(workspace, case) for case in cases}
    lines = {}
    for row, photo in found.items():
        name = names.get(photo.case_id) if photo.case_id else None
        lines[row] = PhotoLine(photo, name.number if name else "", name.title if name else "")
    return lines


def rows_of_photos(workspace: Workspace, photos: Iterable[RecordId]) -> list[int]:
    """The rows of some photographs; those that are not listed are left out."""
    return photo_list.rows_of_photos(workspace.store.reader(), [id_bytes(photo) for photo in photos])


def photo_sheet(workspace: Workspace, photo: RecordId) -> PhotoSheet:
    """Everything told of one photograph.

    Raises:
        NotFound: There is no such photograph, or it was removed.
    """
    record = workspace.store.find(photo)
    if record.kind != "photo" or record.deleted or record.case_id is None:
        raise _gone()
    sheet = workspace.store.sheet(record.case_id)
    same = records.photos_of_hash(workspace.store.reader(), Digest(record.text("sha256")))
    others = {each.case_id: None for each in same if each.case_id and each.case_id != record.case_id}
    names = (_name(workspace, case) for case in others)
    lat, lon = record.number("lat"), record.number("lon")
    return PhotoSheet(
        photo=record,
        case=CaseName(sheet.case.id, sheet.case.text("case_no"), sheet.case.text("title")),
        elsewhere=tuple(name for name in names if name is not None),
        counterpart=counterpart_of(record, sheet.of("photo")),
        place=None if lat is None or lon is None else written_place(lat, lon),
    )


def counterpart_of(photo: Record, photos: Iterable[Record]) -> Record | None:
    """The photograph from the same viewpoint before or after, whichever of the two names the other."""
    named = photo.text("pair_photo_id")
    found = [each for each in photos if each.id == named or each.text("pair_photo_id") == photo.id]
    return next((each for each in found if each.id == named), found[0] if found else None)


def picture_of(workspace: Workspace, photo: RecordId, size: Size) -> bytes:
    """The picture of a photo record in one of the sizes kept, as JPEG without metadata.

    Raises:
        NotFound, StoreDamaged, PhotoRefused: As :func:`fieldlog.services.photographs.photo_bytes`.
    """
    return photo_bytes(workspace, Digest(workspace.store.find(photo).text("sha256")), size)


def picture_in_row(workspace: Workspace, row: int, size: Size) -> bytes:
    """The same of the photograph in a row of the list.

    Raises:
        NotFound, StoreDamaged, PhotoRefused: As :func:`picture_of`.
    """
    line = photo_lines(workspace, [row]).get(row)
    if line is None:
        raise _gone()
    return photo_bytes(workspace, Digest(line.photo.text("sha256")), size)


def _name(workspace: Workspace, case: RecordId) -> CaseName | None:
    found = records.find_record(workspace.store.reader(), case)
    if found is None or found.deleted:
        return None
    return CaseName(case, found.text("case_no"), found.text("title"))


def _gone() -> NotFound:
    return NotFound(
        Phrase("사진을 찾지 못했습니다.", "The photo was not found."),
        Phrase("지워졌거나 이 저장소에 없습니다.", "It was removed, or is not in this store."),
        Phrase("목록에서 다시 골라 주십시오.", "Please choose from the list again."),
    )
