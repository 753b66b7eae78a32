"""What stands in the quick record, as a value: shown, kept as a draft, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import capturing, drafting, placing
from fieldlog.services.capture_drafts import FORM
from fieldlog.services.recording import CaseDraft
from fieldlog.ui.jobs import Read, T, W

if TYPE_CHECKING:
    from fieldlog.domain.phrase import Language
    from fieldlog.domain.registry import Value
    from fieldlog.services.capturing import Captured, Chosen
    from fieldlog.services.placing import Reading
    from fieldlog.services.workspace import Workspace

_PLACE_WORDS: Final = Phrase("위치: {words}", "Place: {words}")
_SUGGESTED: Final = Phrase("[{category}] {where}", "[{category}] {where}")
_LONGEST_TITLE: Final = 100
_LONGEST_CAPTURE: Final = 86_400.0


class Blank(Struct, frozen=True, kw_only=True):
    """One quick record as far as it is written."""

    title: str = ""
    category: str = ""
    place: str = ""
    severity: str = ""
    photos: tuple[Chosen, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.title or self.category or self.place or self.severity or self.photos)

    def as_values(self) -> dict[str, Value]:
        """As a draft keeps it."""
        return {
            "title": self.title,
            "category": self.category,
            "place": self.place,
            "severity": self.severity,
            "photos": [photo.as_value() for photo in self.photos],
        }

    @classmethod
    def from_values(cls, values: dict[str, Value]) -> Blank:
        """Read back from a draft."""
        title, category, place, severity = (
            str(values.get(name) or "") for name in ("title", "category", "place", "severity")
        )
        photos = capturing.chosen_in(values.get("photos"))
        return cls(title=title, category=category, place=place, severity=severity, photos=photos)


class Keep(Read[W, T]):
    """Keeping or dropping a draft: done also while the program closes, and nobody else's business."""

    must_run = True


def suggested_title(category: Phrase | None, where: str, when: Phrase) -> Phrase | None:
    """The title a record is given when none is typed: its category and where, or when, it was."""
    if category is None:
        return None
    return _SUGGESTED.fill(category=category, where=plain(where) if where else when)


class Making(Struct, frozen=True, kw_only=True):
    """How a quick record becomes a case: the place that was agreed to, how long it took, who speaks what."""

    agreed: Reading | None
    category: Phrase | None
    when: Phrase
    seconds: float
    language: Language


def case_draft(blank: Blank, making: Making) -> CaseDraft:
    """The new case that a quick record stands for; what is no safe position is kept as words."""
    reading = making.agreed or safe_reading(blank.place)
    beside = "" if reading else blank.place
    more: dict[str, Value] = {"capture_seconds": round(min(making.seconds, _LONGEST_CAPTURE), 1)}
    if blank.severity:
        more["severity"] = blank.severity
    suggested = suggested_title(making.category, beside, making.when)
    title = blank.title or (suggested.said(making.language)[:_LONGEST_TITLE] if suggested else "")
    return CaseDraft(
        title=title,
        category=blank.category,
        description=_PLACE_WORDS.fill(words=beside).said(making.language) if beside else "",
        place=placing.place_values(reading) if reading else None,
        more=more,
    )


def safe_reading(text: str) -> Reading | None:
    """The position a text means, where it may be taken without asking."""
    if not text:
        return None
    try:
        return placing.safe_reading(text)
    except BadInput:
        return None


def keep(workspace: Workspace, blank: Blank) -> None:
    """Keep what is written; an empty record needs no draft."""
    if blank.is_empty:
        drafting.drop_draft(workspace, FORM)
    else:
        drafting.keep_draft(workspace, FORM, blank.as_values())


def recall(workspace: Workspace) -> Blank | None:
    """What was written when the program ended the last time."""
    draft = drafting.draft_of(workspace, FORM)
    return Blank.from_values(draft.values) if draft else None


class Saved(Struct, frozen=True):
    """A quick record that became a case, so that it can be taken back."""

    captured: Captured
    blank: Blank
