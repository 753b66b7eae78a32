"""Cases in a file, as other programs and the practice store hand them over (``fieldlog.sample/1``).

JSON with a list of ``cases``; each holds its visits, observations, photos, causes, alternatives, actions,
collaborations, outcome, follow-ups and tags. Nothing is judged here but the shape: the registry judges values.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from fieldlog.domain.clock import iso, parse_moment
from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fieldlog.domain.registry import Value

_UNITS: Final = {
    "WORK_DAYS": "DAYS",
    "WORK_HOURS": "DAYS",
    "DAYS": "DAYS",
    "HOURS": "HOURS",
    "WEEKS": "WEEKS",
}
"""The file counts in days also where the law then counts hours: one day of eight working hours."""
_COPIED: Final = ("case_no", "title", "description", "channel", "petition_type", "urgency", "stage")
_DONE_STAGES: Final = frozenset({"NOTIFIED", "FOLLOW_UP", "CLOSED", "MERGED"})


class PhotoEntry(Struct, frozen=True):
    """A photograph that the file names, and what it tells a picture maker about the scene."""

    values: Mapping[str, Value]
    scene: str = ""


class CaseEntry(Struct, frozen=True):
    """One case of a file: its own fields, its parts by kind, its photographs."""

    index: int
    values: Mapping[str, Value]
    parts: tuple[tuple[str, Mapping[str, Value]], ...] = ()
    photos: tuple[PhotoEntry, ...] = ()

    @property
    def number(self) -> str:
        """The case number in the file, "" where there is none."""
        return str(self.values.get("case_no") or "")


class UnreadEntry(Struct, frozen=True):
    """A case that could not be read, and why."""

    index: int
    number: str
    trouble: BadInput


def read_case_file(text: str, file_name: str) -> list[CaseEntry | UnreadEntry]:
    """Every case of a file, in its order; one that cannot be read does not stop the others.

    Raises:
        BadInput: The file as a whole is no case file.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_case_file(file_name, Phrase("JSON이 아닙니다.", "It is not JSON.")) from error
    cases = document.get("cases") if isinstance(document, dict) else document
    if not isinstance(cases, list):
        raise _no_case_file(file_name, Phrase("cases 목록이 없습니다.", "It has no list of cases."))
    return [_entry(index, raw) for index, raw in enumerate(cases)]


def _no_case_file(file_name: str, why: Phrase) -> BadInput:
    return BadInput(
        Phrase("가져오지 않았습니다: {name}", "Nothing was imported: {name}").fill(name=file_name),
        why,
        Phrase(
            "fieldlog.sample/1 모양의 파일을 고르십시오.", "Choose a file in the shape fieldlog.sample/1."
        ),
    )


def _entry(index: int, raw: Any) -> CaseEntry | UnreadEntry:
    number = str(raw.get("case_no") or "") if isinstance(raw, dict) else ""
    try:
        return CaseEntry(index, _case(raw), tuple(_parts(raw)), tuple(_photos(raw)))
    except BadInput as trouble:
        return UnreadEntry(index, number, trouble)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        unshaped = BadInput(
            Phrase("{n}번째 사안을 읽지 못했습니다.", "Case {n} of the file was not read.").fill(n=index + 1),
            _unshaped(raw, error),
            Phrase("그 사안을 고쳐 다시 가져오십시오.", "Correct that case and import it again."),
        )
        return UnreadEntry(index, number, unshaped)


def _unshaped(raw: Any, error: Exception) -> Phrase:
    if not isinstance(raw, dict):
        return Phrase("항목과 값으로 된 사안이 아닙니다.", "It is not a case made of names and values.")
    if isinstance(error, KeyError):
        return Phrase("{name} 항목이 없거나 모르는 값입니다.", "{name} is missing or unknown.").fill(
            name=error.args[0]
        )
    return Phrase("값의 모양이 정해진 것과 다릅니다.", "A value does not have the required shape.")


def _moment(raw: Any) -> str | None:
    return iso(parse_moment(str(raw))) if raw else None


def _case(raw: dict[str, Any]) -> dict[str, Value]:
    values: dict[str, Value] = {name: raw.get(name) for name in _COPIED}
    values["category_code"] = raw["category"]
    values["severity"] = str(raw["severity"]) if raw.get("severity") is not None else None
    values["reported_at"] = _moment(raw.get("reported_at"))
    values["received_at"] = _moment(raw.get("received_at"))
    period = raw.get("period")
    if period:
        values["period_value"] = int(period["value"])
        values["period_unit"] = _UNITS[period["unit"]]
    values["lead_agency"] = raw.get("lead_org")
    values["lead_dept_id"] = raw.get("lead_dept")
    values["owner_user_id"] = raw.get("assignee_role")
    values["related_numbers"] = list(raw.get("links") or ())
    outcome = raw.get("outcome") or {}
    values["answered_at"] = _moment(outcome.get("citizen_notified_at"))
    done = [action["done_on"] for action in raw.get("actions") or () if action.get("done_on")]
    if raw.get("stage") in _DONE_STAGES and done:
        values["resolved_at"] = _moment(max(done))
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _parts(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Value]]]:
    location = raw.get("location")
    if location:
        yield "location", _location(location)
    for visit in raw.get("visits") or ():
        yield "visit", _visit(visit)
    for order, text in enumerate(raw.get("observations") or (), start=1):
        yield "observation", {"seq": order, "kind": "FACT", "text": text}
    for level, text in enumerate(raw.get("causes") or (), start=1):
        yield "cause", {"method": "FREE", "text": text, "level": level}
    yield from _solving(raw)
    for name in raw.get("tags") or ():
        yield "tag", {"name": str(name).replace(" ", "_"), "scope": "AGENCY"}
    saved = raw.get("time_saved") or {}
    if saved.get("minutes_saved"):
        yield "time_entry", {"kind": "REENTRY", "minutes": saved["minutes_saved"], "basis": "ESTIMATED"}


def _location(location: dict[str, Any]) -> dict[str, Value]:
    hint = " ".join(str(location[name]) for name in ("address_text", "precision_note") if location.get(name))
    return {
        "lat": location["lat"],
        "lon": location["lon"],
        "accuracy_m": location.get("accuracy_m"),
        "source": location.get("source") or "IMPORT",
        "place_hint": hint or None,
        "bjd_code": location.get("bjd_code") or None,
        "bjd_name": location.get("bjd_name") or None,
    }


def _visit(visit: dict[str, Any]) -> dict[str, Value]:
    return {
        "visit_no": visit["visit_no"],
        "visit_kind": visit.get("visit_kind"),
        "started_at": _moment(visit.get("started_at")),
        "ended_at": _moment(visit.get("ended_at")),
        "purpose": visit["purpose"],
        "summary": visit.get("summary"),
        "offline": bool(visit.get("offline")),
        "participants": visit.get("participants"),
        "device_kind": visit.get("device_kind"),
        "report_mode": visit.get("report_mode") or "WRITTEN",
        "result": visit.get("result"),
    }


def _solving(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Value]]]:
    for alternative in raw.get("alternatives") or ():
        yield (
            "alternative",
            {
                "title": alternative["title"],
                "text": alternative.get("note") or None,
                "scores": alternative.get("scores"),
                "chosen": bool(alternative.get("chosen")),
                "chosen_reason": alternative.get("chosen_reason"),
            },
        )
    for action in raw.get("actions") or ():
        yield (
            "action",
            {
                "title": action["title"],
                "owner_org_id": action.get("owner_org"),
                "due_on": action.get("due_on"),
                "done_on": action.get("done_on"),
                "status": action["status"],
                "mandatory": True,
            },
        )
    for request in raw.get("collaborations") or ():
        answered = request.get("responded_at")
        yield (
            "collab_request",
            {
                "kind": request["kind"],
                "to_org": request["org"],
                "state": "DONE" if answered else "SENT",
                "sent_at": _moment(request.get("requested_at")),
                "responded_at": _moment(answered),
                "response": request.get("result"),
            },
        )
    yield from _outcome(raw.get("outcome") or {})
    for check in raw.get("followups") or ():
        yield (
            "followup",
            {"due_on": check["due_on"], "done_on": check.get("done_on"), "result": check.get("result")},
        )


def _outcome(outcome: dict[str, Any]) -> Iterator[tuple[str, dict[str, Value]]]:
    if outcome.get("summary"):
        yield (
            "outcome",
            {"citizen_note": outcome["summary"], "satisfaction": outcome.get("satisfaction_1to5")},
        )
    for metric in outcome.get("metrics") or ():
        yield (
            "outcome",
            {
                "metric_name": metric["name"],
                "unit": metric.get("unit"),
                "before_value": metric.get("before"),
                "after_value": metric.get("after"),
            },
        )


def _photos(raw: dict[str, Any]) -> Iterator[PhotoEntry]:
    for order, photo in enumerate(raw.get("photos") or (), start=1):
        found = list(photo.get("pii_found") or ())
        values: dict[str, Value] = {
            "phase": photo["phase"],
            "caption": photo.get("caption"),
            "pii_found": found,
            "pii_review": "NOT_REVIEWED",
            "taken_at": _moment(photo.get("taken_at")),
            "lat": photo.get("lat"),
            "lon": photo.get("lon"),
            "heading_deg": photo.get("heading"),
            "order": f"{order:04d}",
        }
        yield PhotoEntry(values, str(photo.get("scene") or ""))
