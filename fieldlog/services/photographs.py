"""Photographs: added from files, folders or the clipboard, answered one by one, never lost."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from fieldlog.domain.clock import KST, iso, parse_moment
from fieldlog.domain.editing import Edit
from fieldlog.domain.effects import Effects
from fieldlog.domain.errors import DiskTrouble, Known, PhotoRefused
from fieldlog.domain.phrase import Phrase
from fieldlog.geo.coordinate import Coordinate
from fieldlog.media.exif import PhotoFacts, read_facts
from fieldlog.media.limits import LIMITS
from fieldlog.media.recognition import Picture, recognise
from fieldlog.media.renditions import Rendition, export_bytes, make_all, make_rendition
from fieldlog.services.checking import refuse_closed
from fieldlog.services.recording import accepted
from fieldlog.storage.durable import disk_troubles
from fieldlog.storage.records import find_record, photos_of_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from fieldlog.domain.ids import Digest, RecordId
    from fieldlog.domain.registry import Value
    from fieldlog.services.workspace import Workspace
    from fieldlog.storage.vault import Rendition as Shelf
    from fieldlog.storage.vault import Vault

Size = Literal["thumb", "screen", "paper"]
_SHELVES: Final[dict[Size, Rendition]] = {
    "thumb": Rendition.THUMBNAIL,
    "screen": Rendition.SCREEN,
    "paper": Rendition.PAPER,
}
_AHEAD: Final = 3
"""Pictures under way per thread: enough to keep all busy, few enough to keep memory small."""
_KEEPERS: Final = 2
"""Threads that only wait for the disk, so that those that work on pixels never do."""
_LONGEST_NAME: Final = 255


class PhotoSource(Struct, frozen=True):
    """A picture to add: a file, or a name with bytes (clipboard) or with something that makes them.

    ``more`` are fields of the photo that are known beside what the picture says of itself.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    make: Callable[[], bytes] | None = None
    more: Mapping[str, Value] = field(default_factory=dict)

    @classmethod
    def from_path(cls, path: Path) -> PhotoSource:
        """A picture in a file."""
        return cls(path.name.encode("utf-8", "replace").decode(), path)

    def read(self) -> bytes:
        """Its bytes; of a file that is too heavy just enough to be refused for it.

        Raises:
            DiskTrouble: It vanished, or cannot be read.
        """
        if self.make is not None:
            return self.make()
        if self.data is not None or self.path is None:
            return self.data or b""
        with disk_troubles(self.path):
            mode = self.path.stat().st_mode
            if stat.S_ISDIR(mode):
                raise _closed_folder(self.path)
            if not stat.S_ISREG(mode):
                raise _no_file(self.path)
        with disk_troubles(self.path), self.path.open("rb") as file:
            return file.read(LIMITS.max_bytes + 1)


class PhotoAnswer(Struct, frozen=True, kw_only=True):
    """What became of one file; every file gets one."""

    file: str
    status: Literal["added", "duplicate", "refused"]
    reason: Phrase | None = None
    trouble: Known | None = None
    notes: tuple[Phrase, ...] = ()
    record: RecordId | None = None
    sha256: Digest | None = None
    taken_at: str | None = None
    taken_at_source: str | None = None
    lat: float | None = None
    lon: float | None = None
    effects: Effects = field(default_factory=Effects)


class _Examined(Struct, frozen=True):
    """A picture that lies in the vault, with what it says of itself."""

    picture: Picture
    facts: PhotoFacts
    digest: Digest
    size: int


class _Held:
    """The pictures a case has: what it has already need not be developed again."""

    def __init__(self, photos: Iterable[tuple[str, Value]]) -> None:
        self._sizes = dict(photos)

    def __contains__(self, digest: Digest) -> bool:
        return digest in self._sizes

    def add(self, digest: Digest, size: int) -> None:
        """One more."""
        self._sizes[digest] = size

    def has(self, data: bytes) -> bool:
        """Whether these bytes are among them; hashed only when the length is that of one."""
        return len(data) in list(self._sizes.values()) and hashlib.sha256(data).hexdigest() in self._sizes


def _no_file(path: Path) -> DiskTrouble:
    return DiskTrouble(
        Phrase("파일을 다루지 못했습니다: {path}", "Could not work with the file: {path}").fill(path=path),
        Phrase("파일이 아니라 장치나 통로입니다.", "It is a device or a pipe, not a file."),
        Phrase("사진 파일을 골라 주십시오.", "Please choose a file with a photograph."),
    )


def _closed_folder(path: Path) -> DiskTrouble:
    return DiskTrouble(
        Phrase("폴더를 열지 않았습니다: {path}", "The folder was not opened: {path}").fill(path=path),
        Phrase(
            "읽을 수 없는 폴더이거나 다른 폴더의 연결입니다.",
            "It cannot be read, or links to another folder.",
        ),
        Phrase("그 폴더를 직접 골라 주십시오.", "Please choose that folder itself."),
    )


def files_of(paths: Iterable[Path]) -> list[PhotoSource]:
    """The pictures to add for files and folders; a folder's files are taken in the order of their names.

    What is no file (a dangling link, a pipe, a folder nobody may read) is named too, and refused when it is read.
    """
    sources: list[PhotoSource] = []
    for path in paths:
        found = sorted(_inside(path)) if path.is_dir() else [path]
        sources.extend(PhotoSource.from_path(each) for each in found)
    return sources


def _inside(folder: Path) -> Iterator[Path]:
    """Everything in a folder and its folders but what is hidden; linked folders are named, not entered."""
    try:
        with disk_troubles(folder):
            entries = list(folder.iterdir())
    except DiskTrouble:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _inside(entry)
        else:
            yield entry


def add_photos(
    workspace: Workspace,
    case: RecordId,
    sources: Iterable[PhotoSource],
    *,
    phase: str = "BEFORE",
    visit: RecordId | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
    threads: int | None = None,
    even_closed: bool = False,
) -> Iterator[PhotoAnswer]:
    """Add pictures to a case, answering each as soon as it is safe: a bad file never stops the rest.

    Bytes reach the vault before the record that names them; each picture is a save of its own, so what
    was answered "added" survives anything. The renditions are made along the way. The first picture
    with a position gives a case without a place its place.

    Args:
        workspace: The open store.
        case: The case.
        sources: The pictures, in order.
        phase: BEFORE, DURING, AFTER, EVIDENCE, MAP or DOC.
        visit: The visit they were taken on.
        is_cancelled: Asked between pictures; what was answered stays.
        threads: How many work at once; as many as there are processors.
        even_closed: Whether a closed case takes them: only for cases that come from elsewhere.

    Raises:
        NotFound: There is no such case.
        NotAllowed, BadInput: The case is closed or removed; there is no such phase.
        DiskTrouble: The store's own disk is full; the pictures answered so far are kept.
    """
    sheet = workspace.store.sheet(case)
    if not even_closed:
        refuse_closed(sheet.case)
    accepted("photo", {"phase": phase, "visit_id": visit})
    has_place = sheet.location is not None
    held = _Held((photo.text("sha256"), photo.get("bytes")) for photo in sheet.of("photo"))
    for source, future in _examined_in_order(
        workspace, sources, held, is_cancelled, threads or os.cpu_count() or 1
    ):
        answer = _answer(workspace, case, source, future, held, phase=phase, visit=visit)
        if answer.status == "added" and answer.lat is not None and not has_place:
            answer, has_place = _with_place(workspace, case, answer), True
        yield answer


def _examined_in_order(
    workspace: Workspace,
    sources: Iterable[PhotoSource],
    held: _Held,
    is_cancelled: Callable[[], bool],
    threads: int,
) -> Iterator[tuple[PhotoSource, Future[Future[_Examined]]]]:
    """Develop and keep pictures on several threads, a few ahead, and hand them on in their order."""
    with (
        ThreadPoolExecutor(_KEEPERS, thread_name_prefix="keeping") as keepers,
        ThreadPoolExecutor(threads, thread_name_prefix="pictures") as pool,
    ):
        waiting: deque[tuple[PhotoSource, Future[Future[_Examined]]]] = deque()
        queue = iter(sources)
        while True:
            while len(waiting) < threads * _AHEAD and not is_cancelled():
                source = next(queue, None)
                if source is None:
                    break
                waiting.append((source, pool.submit(_examine, workspace, source, held, keepers)))
            if not waiting:
                return
            yield waiting.popleft()


def _examine(
    workspace: Workspace, source: PhotoSource, held: _Held, keepers: ThreadPoolExecutor
) -> Future[_Examined]:
    """Read and recognise one picture, make its renditions if it is new, and hand it over to be kept."""
    try:
        data = source.read()
    except DiskTrouble as trouble:
        raise PhotoRefused(trouble.what, trouble.why, trouble.how) from trouble
    picture = recognise(data, source.name)
    facts = read_facts(data, latest=workspace.now())
    made = None if held.has(data) else make_all(data, source.name)
    return keepers.submit(_keep, workspace.store.vault, data, made, picture, facts)


def _keep(
    vault: Vault, data: bytes, made: Mapping[Rendition, bytes] | None, picture: Picture, facts: PhotoFacts
) -> _Examined:
    """Bring one picture and its renditions into the vault; those of one that was there, where they lack."""
    kept = vault.put(data)
    for shelf, size in _SHELVES.items():
        if not kept.already_there or vault.get_rendition(kept.digest, shelf) is None:
            made = make_all(data) if made is None else made
            vault.put_rendition(kept.digest, shelf, made[size])
    return _Examined(picture, facts, kept.digest, kept.size)


def _answer(
    workspace: Workspace,
    case: RecordId,
    source: PhotoSource,
    future: Future[Future[_Examined]],
    held: _Held,
    *,
    phase: str,
    visit: RecordId | None,
) -> PhotoAnswer:
    try:
        examined = future.result().result()
    except PhotoRefused as trouble:
        return PhotoAnswer(file=source.name, status="refused", reason=trouble.why, trouble=trouble)
    facts = examined.facts
    answer = PhotoAnswer(
        file=source.name,
        status="added",
        notes=(*examined.picture.notes, *facts.absences, *facts.remarks),
        sha256=examined.digest,
        taken_at=facts.taken_at,
        lat=facts.lat,
        lon=facts.lon,
    )
    if examined.digest in held:
        return replace(answer, status="duplicate", reason=_SAME_CASE)
    elsewhere = _elsewhere(workspace, case, examined.digest)
    if elsewhere is not None:
        answer = replace(answer, notes=(*answer.notes, elsewhere))
    record = workspace.mint.record_id()
    values = accepted("photo", _values(workspace, case, source, examined, phase=phase, visit=visit))
    effects = workspace.keep([Edit(record=record, kind="photo", values=values)])
    held.add(examined.digest, examined.size)
    taken_at, told_by = (str(values.get(name) or "") or None for name in ("taken_at", "taken_at_source"))
    notes = (*answer.notes, *_beside_the_visit(workspace, visit, taken_at))
    return replace(
        answer, record=record, effects=effects, taken_at=taken_at, taken_at_source=told_by, notes=notes
    )


def _beside_the_visit(
    workspace: Workspace, visit: RecordId | None, taken_at: str | None
) -> tuple[Phrase, ...]:
    """What to say of a picture that was taken well before or after the visit it is added to."""
    if visit is None or taken_at is None:
        return ()
    record = workspace.store.find(visit)
    started, ended = record.text("started_at"), record.text("ended_at")
    taken = parse_moment(taken_at)
    early = bool(started) and taken < parse_moment(started) - _VISIT_TOLERANCE
    late = bool(ended) and taken > parse_moment(ended) + _VISIT_TOLERANCE
    return (_NOT_ON_VISIT,) if early or late else ()


_VISIT_TOLERANCE: Final = timedelta(minutes=30)
_NOT_ON_VISIT: Final = Phrase(
    "찍은 때가 방문 시간과 30분 넘게 다릅니다. 사진기 시각이나 방문을 확인해 주십시오.",
    "It was taken more than 30 minutes off the visit. Check the camera's clock or the visit.",
)
_SAME_CASE: Final = Phrase("이 사안에 이미 있는 사진입니다.", "The case already has this picture.")
_ELSEWHERE: Final = Phrase("사안 {number}에도 있는 사진입니다.", "Case {number} has this picture too.")
_PLACE_FROM: Final = Phrase(
    "사안의 위치를 이 사진에서 가져왔습니다.", "The place of the case was taken from this picture."
)


def _elsewhere(workspace: Workspace, case: RecordId, digest: Digest) -> Phrase | None:
    for photo in photos_of_hash(workspace.store.reader(), digest):
        if photo.case_id and photo.case_id != case:
            other = find_record(workspace.store.reader(), photo.case_id)
            return _ELSEWHERE.fill(number=other.text("case_no") if other else "?")
    return None


def _values(
    workspace: Workspace,
    case: RecordId,
    source: PhotoSource,
    examined: _Examined,
    *,
    phase: str,
    visit: RecordId | None,
) -> dict[str, Value]:
    facts, picture = examined.facts, examined.picture
    taken_at, taken_from = facts.taken_at, facts.taken_at_source
    if taken_at is None and source.path is not None:
        taken_at, taken_from = _file_time(workspace, source.path)
    camera = " ".join(part for part in (facts.camera_make, facts.camera_model) if part)
    return {
        "case_id": case,
        "visit_id": visit,
        "phase": phase,
        "sha256": examined.digest,
        "original_name": source.name[-_LONGEST_NAME:],
        "mime": picture.mime,
        "bytes": examined.size,
        "width": picture.width,
        "height": picture.height,
        "taken_at": taken_at,
        "taken_at_source": taken_from if taken_at else None,
        "lat": facts.lat,
        "lon": facts.lon,
        "gps_acc": facts.gps_acc,
        "geo_source": "EXIF" if facts.lat is not None else None,
        "heading_deg": facts.heading_deg,
        "altitude_m": facts.altitude,
        "camera": camera or None,
        "pii_review": "NOT_REVIEWED",
        **source.more,
    }


def _file_time(workspace: Workspace, path: Path) -> tuple[str | None, str | None]:
    try:
        at = datetime.fromtimestamp(path.stat().st_mtime, KST)
    except (OSError, ValueError, OverflowError):
        return None, None
    return (iso(at), "FILE") if at <= workspace.now() else (None, None)


def _with_place(workspace: Workspace, case: RecordId, answer: PhotoAnswer) -> PhotoAnswer:
    values = accepted("location", {"case_id": case, "lat": answer.lat, "lon": answer.lon, "source": "EXIF"})
    effects = workspace.keep([Edit(record=workspace.mint.record_id(), kind="location", values=values)])
    doubts = () if answer.lat is None or answer.lon is None else Coordinate(answer.lat, answer.lon).warnings()
    return replace(answer, effects=answer.effects | effects, notes=(*answer.notes, _PLACE_FROM, *doubts))


def photo_bytes(workspace: Workspace, digest: Digest, size: Size) -> bytes:
    """A picture in one of the sizes kept, as JPEG without metadata; made again where the cache lost it.

    Raises:
        NotFound: The picture is not in the vault.
        StoreDamaged: Its bytes are not what they were.
        PhotoRefused: Its pixels cannot be decoded.
    """
    shelf: Shelf = size
    kept = workspace.store.vault.get_rendition(digest, shelf)
    if kept is None:
        kept = make_rendition(workspace.store.vault.get(digest), _SHELVES[size])
        if not workspace.read_only:
            workspace.store.vault.put_rendition(digest, shelf, kept)
    return kept


def export_photo(workspace: Workspace, digest: Digest) -> bytes:
    """A picture in full size for others: checked byte for byte, and without any metadata.

    Raises:
        NotFound, StoreDamaged, PhotoRefused: As :func:`photo_bytes`.
    """
    return export_bytes(workspace.store.vault.get(digest))


def original_photo(workspace: Workspace, digest: Digest) -> bytes:
    """The picture exactly as it came, checked byte for byte.

    Raises:
        NotFound, StoreDamaged: As named.
    """
    return workspace.store.vault.get(digest)
