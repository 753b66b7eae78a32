"""Quick capture: pictures looked at before there is a case, a case saved at once, its pictures filed after."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.effects import Effects
from fieldlog.domain.errors import BadInput, DiskTrouble, NotAllowed, NotFound
from fieldlog.domain.phrase import Phrase
from fieldlog.media.exif import read_facts
from fieldlog.media.recognition import recognise
from fieldlog.media.renditions import Rendition, make_rendition
from fieldlog.services.capture_drafts import FORM, HELD, PENDING
from fieldlog.services.drafting import draft_of, drop_draft, keep_draft
from fieldlog.services.photographs import PhotoAnswer, PhotoSource, add_photos
from fieldlog.services.recording import record_case, remove

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import Record
    from fieldlog.domain.registry import Value
    from fieldlog.services.recording import CaseDraft
    from fieldlog.services.workspace import Workspace

_TAKEN_BACK: Final = "저장 직후 되돌림"


class Chosen(Struct, frozen=True):
    """A picture chosen for a case that is not recorded yet: a file, or ``held`` bytes from the clipboard."""

    name: str
    path: Path | None = None
    held: str = ""

    @classmethod
    def from_path(cls, path: Path) -> Chosen:
        """A picture in a file."""
        return cls(path.name.encode("utf-8", "replace").decode(), path)

    @property
    def key(self) -> str:
        """What tells it apart from the others."""
        return self.held or str(self.path)

    def as_value(self) -> Value:
        """As a draft keeps it."""
        return {"name": self.name, "path": str(self.path) if self.path else "", "held": self.held}

    @classmethod
    def from_value(cls, value: Value) -> Chosen | None:
        """Read back from a draft; None for what is no picture."""
        if not isinstance(value, dict):
            return None
        name, path, held = (str(value.get(part) or "") for part in ("name", "path", "held"))
        return cls(name, Path(path) if path else None, held) if path or held else None


class Glance(Struct, frozen=True, kw_only=True):
    """What a picture shows before it is kept: a thumbnail (JPEG), when, and where it was taken."""

    thumbnail: bytes
    taken_at: str | None
    lat: float | None
    lon: float | None


class Captured(Struct, frozen=True):
    """A case saved in a moment; its pictures wait to be filed."""

    record: Record
    effects: Effects


class Filed(Struct, frozen=True):
    """What became of the pictures of a captured case."""

    case: RecordId
    answers: tuple[PhotoAnswer, ...]
    effects: Effects

    @property
    def refused(self) -> tuple[PhotoAnswer, ...]:
        """The pictures that could not be added."""
        return tuple(answer for answer in self.answers if answer.status == "refused")


def chosen_in(value: Value) -> tuple[Chosen, ...]:
    """The pictures that a draft names."""
    found = (Chosen.from_value(each) for each in value) if isinstance(value, list) else ()
    return tuple(each for each in found if each is not None)


def hold_picture(workspace: Workspace, name: str, data: bytes) -> Chosen:
    """Keep a picture from the clipboard behind the store's door until its case is recorded."""
    held = f"{HELD}{workspace.mint.record_id()}"
    keep_draft(workspace, held, {"name": name, "data": base64.b64encode(data).decode()})
    return Chosen(name, held=held)


def glance(workspace: Workspace, chosen: Chosen) -> Glance:
    """Look at a picture without keeping it.

    Raises:
        PhotoRefused: It is none that can be kept.
        DiskTrouble: It vanished, or cannot be read.
    """
    data = _source(workspace, chosen).read()
    recognise(data, chosen.name)
    facts = read_facts(data, latest=workspace.now())
    return Glance(
        thumbnail=make_rendition(data, Rendition.THUMBNAIL),
        taken_at=facts.taken_at,
        lat=facts.lat,
        lon=facts.lon,
    )


def capture(workspace: Workspace, draft: CaseDraft, photos: Sequence[Chosen]) -> Captured:
    """Save a case now and note its pictures, to be filed with :func:`file_photos` also after a crash.

    Raises:
        BadInput: A value cannot be taken; nothing was saved and the draft stays.
    """
    recorded = record_case(workspace, draft)
    if photos:
        noted: dict[str, Value] = {"photos": [photo.as_value() for photo in photos]}
        keep_draft(workspace, PENDING + recorded.record.id, noted)
    drop_draft(workspace, FORM)
    return Captured(recorded.record, recorded.effects)


def file_photos(
    workspace: Workspace,
    case: RecordId,
    *,
    on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Filed:
    """File the pictures noted for a captured case. What was interrupted is done again: nothing is added twice.

    Raises:
        DiskTrouble: The store's disk is full; the pictures stay noted.
    """
    draft = draft_of(workspace, PENDING + case)
    photos = chosen_in(draft.values.get("photos")) if draft else ()
    answers: list[PhotoAnswer] = []
    effects = Effects()
    try:
        sources = [_source(workspace, photo) for photo in photos]
        for answer in add_photos(workspace, case, sources, is_cancelled=is_cancelled):
            answers.append(answer)
            effects |= answer.effects
            on_progress(len(answers), len(photos))
    except (NotFound, NotAllowed):
        _forget(workspace, case, photos)
        return Filed(case, tuple(answers), effects)
    if len(answers) == len(photos):
        _forget(workspace, case, photos)
    return Filed(case, tuple(answers), effects)


def take_back(workspace: Workspace, case: RecordId) -> Effects:
    """Remove a case that was captured a moment ago, with whatever of its pictures is filed already.

    An undo of the save would keep a case on which pictures hang. Pictures from the clipboard stay held.

    Raises:
        NotAllowed: The case has been closed or removed.
    """
    drop_draft(workspace, PENDING + case)
    return remove(workspace, case, _TAKEN_BACK)


def drop_held(workspace: Workspace, photos: Sequence[Chosen]) -> None:
    """Forget pictures from the clipboard that the person took away again."""
    for photo in photos:
        if photo.held:
            drop_draft(workspace, photo.held)


def _forget(workspace: Workspace, case: RecordId, photos: Sequence[Chosen]) -> None:
    drop_draft(workspace, PENDING + case)
    drop_held(workspace, photos)


def _source(workspace: Workspace, chosen: Chosen) -> PhotoSource:
    if chosen.path is not None:
        return PhotoSource(chosen.name, path=chosen.path)

    def make() -> bytes:
        draft = draft_of(workspace, chosen.held)
        if draft is None:
            raise _gone()
        return base64.b64decode(str(draft.values["data"]))

    return PhotoSource(chosen.name, make=make)


def _gone() -> DiskTrouble:
    return DiskTrouble(
        Phrase("붙여 넣은 사진을 찾지 못했습니다.", "The pasted picture was not found."),
        Phrase("임시 보관에 남아 있지 않습니다.", "It is no longer kept."),
        Phrase("다시 붙여 넣어 주십시오.", "Please paste it again."),
    )


def refusal_of(answers: Sequence[PhotoAnswer]) -> BadInput | None:
    """What to tell a person of pictures that could not be filed; None when all were."""
    if not answers:
        return None
    reasons = [answer.reason or Phrase("", "") for answer in answers]
    why = Phrase(
        "\n".join(f"{a.file}: {r.ko}" for a, r in zip(answers, reasons, strict=True)),
        "\n".join(f"{a.file}: {r.en}" for a, r in zip(answers, reasons, strict=True)),
    )
    return BadInput(
        Phrase("사진 {n}장을 넣지 못했습니다.", "{n} photos were not added.").fill(n=len(answers)),
        why,
        Phrase(
            "사안은 저장되었습니다. 원본을 확인한 뒤 사안에서 다시 넣어 주십시오.",
            "The case is saved. Check the files and add them again in the case.",
        ),
    )
