"""Gathering what a report says: records and profile become a dossier of plain words."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import KST, parse_moment
from fieldlog.domain.errors import NotFound
from fieldlog.domain.ids import Digest, RecordId
from fieldlog.domain.registry import REGISTRY
from fieldlog.geo.coordinate import Coordinate, is_possible
from fieldlog.geo.written import decimal, point_number
from fieldlog.report import dossier as d
from fieldlog.services.photographs import photo_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.record import CaseSheet, Record
    from fieldlog.services.workspace import Workspace

_NOT_TOLD: Final = frozenset({"report"})
"""Kinds that do not change what a report says: filing one must not change the next."""


def dossier_of(workspace: Workspace, cases: Sequence[RecordId]) -> d.Dossier:
    """Everything a report over these cases says; the same records give the same dossier.

    Raises:
        NotFound: There is no such case.
    """
    sheets = [workspace.store.sheet(case) for case in cases]
    told = [
        record
        for sheet in sheets
        for record in (
            sheet.case,
            *(part for kind, parts in sheet.parts.items() if kind not in _NOT_TOLD for part in parts),
        )
    ]
    today = workspace.now().astimezone(KST)
    return d.Dossier(
        agency=_agency(workspace),
        official=_official(workspace),
        generated_on=today.date(),
        created_at=min((record.created_at for record in told), default=today),
        changed_at=max((record.changed_at for record in told), default=today),
        cases=tuple(_case(workspace, sheet) for sheet in sheets),
        practice=workspace.is_practice,
    )


def department_name(workspace: Workspace, code: str) -> str:
    """A department's Korean name for its code; a stranger's name stays as it is."""
    department = workspace.profile.departments.get(code)
    return department.label.ko if department else code


def _agency(workspace: Workspace) -> d.Agency:
    paper = workspace.profile.paper
    return d.Agency(
        name=workspace.profile.agency.ko,
        department=department_name(workspace, workspace.official.department),
        approval=tuple(box.ko for box in paper.approval_boxes),
        header=paper.header.ko,
        footer=paper.footer.ko,
        margins=d.Margins(paper.margins.top, paper.margins.bottom, paper.margins.left, paper.margins.right),
    )


def _official(workspace: Workspace) -> d.Official:
    person = workspace.official
    return d.Official(person.name, person.rank, department_name(workspace, person.department))


def _label(record: Record, name: str) -> str:
    """The Korean word of a coded field; an unknown code stays as it is."""
    code = record.text(name)
    vocabulary = REGISTRY.kind(record.kind).field(name).vocabulary
    label = vocabulary.label(code) if vocabulary else None
    return label.ko if label else code


def _moment(record: Record, name: str) -> datetime | None:
    text = record.text(name)
    return parse_moment(text) if text else None


def _day(record: Record, name: str) -> date | None:
    text = record.text(name)
    return date.fromisoformat(text) if text else None


def _case(workspace: Workspace, sheet: CaseSheet) -> d.CaseSheet:
    case = sheet.case
    category = workspace.profile.category(case.text("category_code"))
    due_at = workspace.store.derive(case.values).get("due_at")
    return d.CaseSheet(
        number=case.text("case_no"),
        title=case.text("title"),
        category=category.label.ko if category else case.text("category_code"),
        severity=_label(case, "severity"),
        urgency=_label(case, "urgency"),
        stage=_label(case, "stage"),
        channel=_label(case, "channel"),
        petition_type=_label(case, "petition_type"),
        reported_at=_moment(case, "reported_at"),
        received_at=_moment(case, "received_at"),
        due_at=parse_moment(str(due_at)) if due_at else None,
        lead_department=department_name(workspace, case.text("lead_dept_id")),
        owner=case.text("owner_user_id"),
        description=case.text("description"),
        problem=case.text("problem_statement"),
        place=_place(sheet.location),
        visits=tuple(
            _visit(visit) for visit in sorted(sheet.of("visit"), key=lambda v: v.number("visit_no") or 0)
        ),
        observations=tuple(
            _observation(number, each)
            for number, each in enumerate(
                sorted(sheet.of("observation"), key=lambda o: o.number("seq") or 0), 1
            )
        ),
        actions=tuple(_action(action) for action in sheet.of("action")),
        photos=tuple(_photo(workspace, photo) for photo in photos_in_order(sheet) if photo.get("sha256")),
        comments=tuple(
            d.Comment(author="", written_at=comment.created_at, text=comment.text("body"))
            for comment in sheet.of("comment")
        ),
    )


def photos_in_order(sheet: CaseSheet) -> list[Record]:
    """A case's photographs as they are shown: before, during, after; within that by order and time."""
    phases = list(REGISTRY.kind("photo").field("phase").vocabulary.entries)  # type: ignore[union-attr]

    def rank(photo: Record) -> tuple[int, str, str]:
        phase = photo.text("phase")
        return (
            phases.index(phase) if phase in phases else len(phases),
            photo.text("order"),
            photo.text("taken_at") or photo.id,
        )

    return sorted(sheet.of("photo"), key=rank)


def _place(location: Record | None) -> d.Place | None:
    if location is None:
        return None
    lat, lon = location.number("lat"), location.number("lon")
    point = location.text("national_point_no")
    if not point and lat is not None and lon is not None and is_possible(lat, lon):
        point = point_number(Coordinate(lat, lon)) or ""
    address = location.text("road_addr") or location.text("jibun_addr") or location.text("bjd_name")
    hint = location.text("place_hint")
    return d.Place(
        address="" if address in hint else address,
        hint=hint,
        latitude=lat,
        longitude=lon,
        accuracy_m=location.number("accuracy_m"),
        national_point_no=point,
    )


def _visit(visit: Record) -> d.Visit:
    return d.Visit(
        number=int(visit.number("visit_no") or 0),
        started_at=_moment(visit, "started_at") or _moment(visit, "planned_at"),
        ended_at=_moment(visit, "ended_at"),
        kind=_label(visit, "visit_kind"),
        purpose=visit.text("purpose"),
        summary=visit.text("summary"),
        result=_label(visit, "result"),
        companions=visit.words("companions"),
        reported_orally=visit.text("report_mode") == "ORAL",
        oral_reason=visit.text("oral_reason"),
    )


def _observation(number: int, record: Record) -> d.Observation:
    value = record.number("value_num")
    measured = ""
    if value is not None:
        spread = record.number("uncertainty")
        measured = f"{value:g}{f' ± {spread:g}' if spread else ''} {_label(record, 'unit')}".strip()
        if record.get("metric_code"):
            measured = f"{record.text('metric_code')} {measured}"
    kind = record.text("kind")
    return d.Observation(
        number=number,
        kind=d.ObservationKind(kind) if kind in d.ObservationKind.__members__ else d.ObservationKind.FACT,
        text=record.text("text"),
        measured=measured,
        instrument=record.text("instrument"),
    )


def _action(action: Record) -> d.Action:
    return d.Action(
        title=action.text("title"),
        owner=" ".join(part for part in (action.text("owner_org_id"), action.text("owner_user_id")) if part),
        due_on=_day(action, "due_on"),
        status=_label(action, "status"),
        done_on=_day(action, "done_on"),
        note=action.text("blocked_reason"),
    )


def _photo(workspace: Workspace, photo: Record) -> d.Photo:
    digest = Digest(photo.text("sha256"))
    lat, lon = photo.number("lat"), photo.number("lon")
    placed = lat is not None and lon is not None and is_possible(lat, lon)
    phase = photo.text("phase")
    pair = photo.text("pair_photo_id")
    return d.Photo(
        digest=digest,
        load=partial(photo_bytes, workspace, digest, "paper"),
        phase=d.Phase(phase) if phase in d.Phase.__members__ else d.Phase.EVIDENCE,
        caption=photo.text("caption"),
        taken_at=_moment(photo, "taken_at"),
        taken_source=_label(photo, "taken_at_source"),
        place=decimal(Coordinate(lat, lon)) if placed and lat is not None and lon is not None else "",
        heading_deg=photo.number("heading_deg"),
        pair=_digest_of(workspace, pair),
    )


def _digest_of(workspace: Workspace, photo: str) -> Digest | None:
    if not photo:
        return None
    try:
        return Digest(workspace.store.find(RecordId(photo)).text("sha256")) or None
    except NotFound:
        return None
