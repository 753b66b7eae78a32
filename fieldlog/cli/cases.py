"""The commands of cases: add, list, show, set, move."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fieldlog.cli import typed
from fieldlog.cli.answer import Answer
from fieldlog.cli.documents import (
    case_document,
    location_document,
    photo_document,
    row_document,
    sheet_document,
)
from fieldlog.cli.photos import answer_each
from fieldlog.cli.shown import list_shown, photo_shown, sheet_shown
from fieldlog.domain.clock import iso
from fieldlog.domain.errors import BadInput
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.lifecycle import Stage
from fieldlog.domain.period import parse_period
from fieldlog.domain.phrase import Phrase
from fieldlog.services import browsing, moving, placing, recording
from fieldlog.services.photographs import files_of

if TYPE_CHECKING:
    from fieldlog.cli.desk import Desk
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import CaseSheet
    from fieldlog.services.workspace import Workspace

_PLACE: Final = "location."
_AT: Final = "at"
_RECORDED: Final = Phrase("{number} 기록했습니다. 상태: {stage}", "{number} recorded. Stage: {stage}")
_CHANGED: Final = Phrase("{number} 고쳤습니다.", "{number} changed.")
_SAME: Final = Phrase("{number} 이미 그렇게 적혀 있습니다.", "{number} says so already.")
_MOVED: Final = Phrase("{number} 옮겼습니다. 상태: {stage}", "{number} moved. Stage: {stage}")


def add(desk: Desk) -> Answer:
    """Record a case; its photographs are answered one by one, and a refused one does not lose the case."""
    words = desk.words
    reading = placing.safe_reading(words.at) if words.at is not None else None
    sources = files_of(Path(name).expanduser() for name in words.photo)
    petition, period = (
        typed.petition_code(words.petition),
        parse_period(words.period) if words.period else None,
    )
    reported, received = typed.moment(words.reported_at), typed.moment(words.received_at)
    with desk.writing() as workspace:
        draft = recording.CaseDraft(
            title=words.title,
            category=typed.category_code(words.category, workspace),
            description=words.description,
            place=placing.place_values(reading) if reading else None,
            reported_at=reported,
            received_at=received,
            petition=petition,
            period=period,
        )
        case = recording.record_case(workspace, draft).record.id
        photos = answer_each(desk, workspace, case, sources)
        sheet = browsing.case_sheet(workspace, case)
        document = {
            **case_document(workspace, sheet.case),
            "photos": [photo_document(photo) for photo in photos],
            "location": location_document(sheet),
        }
        shown = [
            _said(_RECORDED, sheet),
            *(photo_shown(photo) for photo in photos if photo.status != "refused"),
        ]
        return Answer(
            document=document,
            shown=shown,
            remarks=[photo_shown(photo) for photo in photos if photo.status == "refused"],
        )


def list_them(desk: Desk) -> Answer:
    """A page of the cases that are asked for."""
    words = desk.words
    asked = CaseFilter(query=words.query, stages=tuple(typed.stage_code(text) for text in words.stage))
    with desk.reading() as workspace:
        page = browsing.list_cases(workspace, asked, limit=words.limit, after=words.after)
        return Answer(
            document={"cases": [row_document(row) for row in page.cases], "next": page.next},
            shown=list_shown(workspace, page.cases, page.next),
        )


def show(desk: Desk) -> Answer:
    """Everything of one case."""
    with desk.reading() as workspace:
        sheet = browsing.case_sheet(workspace, browsing.find_case(workspace, desk.words.case))
        return Answer(document=sheet_document(workspace, sheet), shown=sheet_shown(workspace, sheet))


def change(desk: Desk) -> Answer:
    """Change fields of a case and of its place; nothing is changed when one of them is refused."""
    given = typed.assignments(desk.words.fields)
    place = {name.removeprefix(_PLACE): text for name, text in given.items() if name.startswith(_PLACE)}
    fields: dict[str, Any] = {name: text for name, text in given.items() if not name.startswith(_PLACE)}
    with desk.writing() as workspace:
        case = browsing.find_case(workspace, desk.words.case)
        if "category_code" in fields:
            fields["category_code"] = typed.category_code(fields["category_code"], workspace)
        wanted = _place_wanted(workspace, case, place)
        effects = placing.change_case_and_place(workspace, case, fields, wanted)
        sheet = browsing.case_sheet(workspace, case)
        return Answer(
            document={**sheet_document(workspace, sheet), "changed": bool(effects)},
            shown=[_said(_CHANGED if effects else _SAME, sheet)],
        )


def _place_wanted(workspace: Workspace, case: RecordId, typed_in: dict[str, str]) -> dict[str, Any]:
    """The fields of the place, checked before anything is written."""
    values: dict[str, Any] = dict(typed_in)
    if _AT in values:
        values = {**placing.place_values(placing.safe_reading(values.pop(_AT))), **values}
    if not values:
        return {}
    recording.accepted("location", values)
    known = browsing.case_sheet(workspace, case).location
    if known is None and not {"lat", "lon"} <= values.keys():
        raise BadInput(
            Phrase("위치를 고치지 않았습니다.", "The place was not changed."),
            Phrase("이 사안에는 아직 좌표가 없습니다.", "This case has no coordinates yet."),
            Phrase("location.at=좌표를 함께 적어 주십시오.", "Give location.at=COORDINATES as well."),
        )
    return values


def move(desk: Desk) -> Answer:
    """Move a case to another stage."""
    words = desk.words
    stage = typed.stage_code(words.stage)
    hold = typed.moment(words.hold_until)
    with desk.writing() as workspace:
        case = browsing.find_case(workspace, words.case)
        more = recording.accepted(
            "case", {"hold_until": iso(hold) if hold else None, "close_reason": words.close_reason}
        )
        if words.into:
            more["merged_into_id"] = browsing.find_case(workspace, words.into)
        moving.move_case(workspace, case, stage, words.reason, **more)
        sheet = browsing.case_sheet(workspace, case)
        return Answer(document=sheet_document(workspace, sheet), shown=[_said(_MOVED, sheet)])


def _said(phrase: Phrase, sheet: CaseSheet) -> Phrase:
    return phrase.fill(number=sheet.case.text("case_no"), stage=Stage(sheet.case.text("stage")).label)
