"""Records as programs read them: plain values under the names of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import asdict

from fieldlog.domain.clock import iso
from fieldlog.domain.registry import REGISTRY
from fieldlog.services.browsing import due_of_case, priority_of_case, remaining_of_case

if TYPE_CHECKING:
    from fieldlog.domain.record import CaseRow, CaseSheet, Record
    from fieldlog.services.photographs import PhotoAnswer
    from fieldlog.services.workspace import Workspace

_PLURALS: Final = {"party": "parties", "time_entry": "time_entries"}
_USABLE: Final = tuple(
    kind.name for kind in REGISTRY.kinds if kind.editable and kind.name not in {"case", "location"}
)


def plural(kind: str) -> str:
    """The name under which the parts of a kind are listed."""
    return _PLURALS.get(kind, f"{kind}s")


def record_document(record: Record) -> dict[str, Any]:
    """A record with its id and every field of its kind, null where it is empty."""
    values = {
        declared.name: record.get(declared.name)
        for declared in record.declared.fields
        if declared.name != "case_id" and not declared.derived
    }
    conflicts = {"in_conflict": list(record.in_conflict)} if record.in_conflict else {}
    return {"id": record.id, **values, **conflicts, "changed_at": iso(record.changed_at)}


def location_document(sheet: CaseSheet) -> dict[str, Any] | None:
    """The place of a case, or None."""
    return record_document(sheet.location) if sheet.location else None


def case_document(workspace: Workspace, case: Record) -> dict[str, Any]:
    """A case with its due time and its priority, which nobody types."""
    due = due_of_case(workspace, case)
    left = remaining_of_case(workspace, case)
    return {
        **record_document(case),
        "due_at": None if due is None else iso(due.due_at),
        "remaining": None if left is None else {"light": left.light.value, "words": left.words},
        "priority_score": priority_of_case(workspace, case).score,
    }


def sheet_document(workspace: Workspace, sheet: CaseSheet) -> dict[str, Any]:
    """A case with all its parts, lists in the order in which they were recorded."""
    parts = {
        plural(kind): [record_document(part) for part in sheet.of(kind)]
        for kind in dict.fromkeys((*_USABLE, *sheet.parts))
        if kind != "location"
    }
    return {**case_document(workspace, sheet.case), "location": location_document(sheet), **parts}


def row_document(row: CaseRow) -> dict[str, Any]:
    """One line of the case list."""
    values = asdict(row)
    del values["row"]
    values["photo_count"] = values.pop("photos")
    values["conflict_count"] = values.pop("conflicts")
    values["changed_at"] = iso(row.changed_at)
    return values


def photo_document(answer: PhotoAnswer) -> dict[str, Any]:
    """What became of one file."""
    return {
        "file": answer.file,
        "status": answer.status,
        "reason": answer.reason,
        "id": answer.record,
        "sha256": answer.sha256,
        "taken_at": answer.taken_at,
        "taken_at_source": answer.taken_at_source,
        "lat": answer.lat,
        "lon": answer.lon,
        "notes": list(answer.notes),
    }
