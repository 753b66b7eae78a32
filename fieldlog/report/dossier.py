"""Everything a report may say about its cases, gathered beforehand and never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from fieldlog.domain.ids import Digest


class ObservationKind(StrEnum):
    """What sort of thing was noted: facts and opinions never share a field."""

    FACT = "FACT"
    MEASUREMENT = "MEASUREMENT"
    STATEMENT = "STATEMENT"
    OPINION = "OPINION"


class Phase(StrEnum):
    """When in the life of a case a photo was taken, or what it stands for."""

    BEFORE = "BEFORE"
    DURING = "DURING"
    AFTER = "AFTER"
    EVIDENCE = "EVIDENCE"
    MAP = "MAP"
    DOC = "DOC"


@dataclass(frozen=True, slots=True)
class Margins:
    """Distances from the paper's edge to the text, in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Agency:
    """The words an agency prints on its paper; they come from its profile."""

    name: str
    department: str = ""
    approval: tuple[str, ...] = ()
    header: str = ""
    footer: str = ""
    margins: Margins | None = None


@dataclass(frozen=True, slots=True)
class Official:
    """Who reports."""

    name: str
    rank: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is; degrees are WGS84."""

    address: str = ""
    hint: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: float | None = None
    national_point_no: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One trip to the place."""

    number: int
    started_at: datetime | None = None
    ended_at: datetime | None = None
    kind: str = ""
    purpose: str = ""
    summary: str = ""
    result: str = ""
    companions: tuple[str, ...] = ()
    reported_orally: bool = False
    oral_reason: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing seen, measured, told or thought; ``measured`` is value and unit as text."""

    number: int
    kind: ObservationKind
    text: str
    measured: str = ""
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to be done, or done."""

    title: str
    owner: str = ""
    due_on: date | None = None
    status: str = ""
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """One remark on the case."""

    author: str
    written_at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Photo:
    """One photograph; ``load`` gives the bytes of its JPEG rendition for paper when it is drawn."""

    digest: Digest
    load: Callable[[], bytes] = field(compare=False, repr=False)
    phase: Phase = Phase.EVIDENCE
    caption: str = ""
    taken_at: datetime | None = None
    taken_source: str = ""
    place: str = ""
    heading_deg: float | None = None
    pair: Digest | None = None


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """One case with what is recorded about it; labels are already words, not codes.

    ``severity`` carries its shape before its word (``▲ 높음``): colour alone never tells.
    """

    number: str
    title: str
    category: str = ""
    severity: str = ""
    urgency: str = ""
    stage: str = ""
    channel: str = ""
    petition_type: str = ""
    reported_at: datetime | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    lead_department: str = ""
    owner: str = ""
    description: str = ""
    problem: str = ""
    place: Place | None = None
    visits: tuple[Visit, ...] = ()
    observations: tuple[Observation, ...] = ()
    actions: tuple[Action, ...] = ()
    photos: tuple[Photo, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """What one report is made of: the same dossier always gives the same bytes.

    ``generated_on`` is the date printed on the paper; ``created_at`` and ``changed_at`` are the
    moments the records themselves were first and last written and go into the file's metadata.
    """

    agency: Agency
    official: Official
    generated_on: date
    created_at: datetime
    changed_at: datetime
    cases: tuple[CaseSheet, ...]
    practice: bool = False
