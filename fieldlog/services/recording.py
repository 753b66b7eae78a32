"""Recording: a new case, new parts of a case, changes to any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from fieldlog.domain.clock import iso
from fieldlog.domain.deadline import due
from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import BadInput, NotAllowed
from fieldlog.domain.lifecycle import Stage
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.acceptance import accept
from fieldlog.services.checking import (
    check_revision,
    check_times,
    check_visit,
    known_category,
    refuse_closed,
    refuse_guarded,
    refuse_missing,
)
from fieldlog.services.numbering import new_number, noted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.op import Key, Version
    from fieldlog.domain.period import Period
    from fieldlog.domain.record import Record
    from fieldlog.domain.registry import Value
    from fieldlog.services.workspace import Workspace
    from fieldlog.storage.store import Find

_CASE: Final = REGISTRY.kind("case")
_GIVEN_LATER: Final = "-"


class CaseDraft(Struct, frozen=True, kw_only=True):
    """What a person has said of a new case; everything else has a default or comes later.

    ``place`` holds the fields of its location, ``more`` any other field of the case by name.
    """

    title: str
    category: str
    description: str = ""
    place: Mapping[str, Value] | None = None
    reported_at: datetime | None = None
    received_at: datetime | None = None
    petition: str | None = None
    period: Period | None = None
    tags: tuple[str, ...] = ()
    more: Mapping[str, Value] = field(default_factory=dict)


class Recorded(Struct, frozen=True):
    """A record as it was just saved, and what else shows something new."""

    record: Record
    effects: Effects


def record_case(workspace: Workspace, draft: CaseDraft) -> Recorded:
    """Record a new case: one save holds the case, its place and its tags.

    A case that was received, has a place or a reason for none, and a category, is 접수; otherwise 작성중.

    Raises:
        BadInput: A value cannot be taken; nothing was saved.
    """
    refuse_guarded(_CASE, draft.more)
    values = _case_values(workspace, draft)
    case = workspace.mint.record_id()
    edits = [Edit(record=case, kind="case", values=values)]
    if draft.place:
        place = accepted("location", {"source": "MANUAL_PIN", **draft.place, "case_id": case})
        refuse_missing("location", place)
        edits.append(Edit(record=workspace.mint.record_id(), kind="location", values=place))
    for name in dict.fromkeys(draft.tags):
        tag = accepted("tag", {"case_id": case, "name": name.replace(" ", "_"), "scope": "AGENCY"})
        edits.append(Edit(record=workspace.mint.record_id(), kind="tag", values=tag))
    with workspace.store.alone():
        received = values["stage"] == Stage.RECEIVED
        values["case_no"] = number = new_number(workspace, received=received, at=workspace.now())
        effects = workspace.keep(edits, notes=noted(workspace, number))
    return Recorded(workspace.store.find(case), effects)


def add_part(workspace: Workspace, case: RecordId, kind: str, values: Mapping[str, Value]) -> Recorded:
    """Add a visit, observation, location, action, comment or tag to a case.

    Raises:
        BadInput: A value cannot be taken, or one that is required is missing; nothing was saved.
        NotFound: There is no such case.
        NotAllowed: The case is closed, or this kind has no screen yet.
    """
    declared = REGISTRY.kind(kind)
    if not declared.editable or not declared.has("case_id"):
        raise NotAllowed(
            Phrase("{kind:을} 더하지 않았습니다.", "{kind} was not added.").fill(kind=declared.label),
            Phrase("아직 이 화면에서 적을 수 없는 기록입니다.", "This kind of record is read-only here."),
            Phrase("다른 종류를 고르십시오.", "Choose another kind."),
        )
    refuse_closed(workspace.store.sheet(case).case)
    complete = {**_part_defaults(workspace, case, kind), **values, "case_id": case}
    taken = accepted(kind, complete)
    refuse_missing(kind, taken)
    if kind == "visit":
        check_visit(taken)
    record = workspace.mint.record_id()
    effects = workspace.keep([Edit(record=record, kind=kind, values=taken)])
    return Recorded(workspace.store.find(record), effects)


def revise(
    workspace: Workspace,
    record: RecordId,
    changes: Mapping[str, Value],
    *,
    seen: Mapping[Key, Version] | None = None,
    settles: bool = False,
) -> Effects:
    """Change fields of a record; what does not differ is not written.

    Args:
        workspace: The open store.
        record: The record.
        changes: New values by field name, as typed; empty text clears a field.
        seen: The versions the person looked at (``Record.seen``): a change made elsewhere since then
            stays visible as a conflict instead of being overwritten.
        settles: Whether this decides between concurrent values.

    Raises:
        BadInput: A value cannot be taken, or a required field would become empty.
        NotFound: There is no such record.
        NotAllowed: The case is closed, or a field is moved by its own verb.
    """
    return workspace.change(
        lambda find: [revision(workspace, find, record, changes, seen=seen, settles=settles)]
    )


def revision(
    workspace: Workspace,
    find: Find,
    record: RecordId,
    changes: Mapping[str, Value],
    *,
    seen: Mapping[Key, Version] | None = None,
    settles: bool = False,
) -> Edit:
    """The edit of a change, judged as :func:`revise` does, for a save of more than one record."""
    found = find(record)
    refuse_guarded(found.declared, changes)
    case = find(found.case_id) if found.case_id else None
    for each in (found, case):
        if each is not None:
            refuse_closed(each)
    taken = accepted(found.kind, changes)
    check_revision(workspace, found, case, taken)
    if found.kind == "case":
        taken = _with_original_due(workspace, found, taken)
    if found.kind == "photo" and "taken_at" in taken:
        taken = {"taken_at_source": "USER" if taken["taken_at"] else None, **taken}
    return Edit(
        record=record,
        kind=found.kind,
        values=taken,
        seen=seen,
        settles=frozenset(taken) if settles else frozenset(),
    )


def remove(workspace: Workspace, record: RecordId, reason: str) -> Effects:
    """Put a tombstone on a record: it is shown no more, but nothing is erased (Public Records Act).

    Raises:
        BadInput: There is no reason.
        NotFound: There is no such record.
        NotAllowed: The case is closed, or it has been removed already.
    """
    found = workspace.store.find(record)
    refuse_closed(workspace.store.find(found.case_id) if found.case_id else found)
    if not reason.strip():
        raise BadInput(
            Phrase("지우지 않았습니다.", "It was not removed."),
            Phrase("지우는 사유가 없습니다.", "There is no reason."),
            Phrase("사유를 적어 주십시오.", "Please write the reason."),
        )
    return workspace.keep([Edit(record=record, kind=found.kind, values={}, deleted=reason.strip())])


def restore(workspace: Workspace, record: RecordId) -> Effects:
    """Lift a record's tombstone.

    Raises:
        NotFound: There is no such record.
        NotAllowed: It is part of a case that is closed or removed itself.
    """
    found = workspace.store.find(record)
    if found.case_id:
        refuse_closed(workspace.store.find(found.case_id))
    return workspace.keep([Edit(record=record, kind=found.kind, values={}, deleted="")])


def accepted(kind: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Values by field name as they are stored.

    Raises:
        BadInput: A field cannot hold its value, or there is no such field.
    """
    declared = REGISTRY.kind(kind)
    taken: dict[str, Value] = {}
    for name, raw in values.items():
        if not declared.has(name) or declared.field(name).derived:
            raise BadInput(
                Phrase("{name} 항목은 적을 수 없습니다.", "The field {name} cannot be written.").fill(
                    name=name
                ),
                Phrase("{kind}에 그런 항목이 없습니다.", "A {kind} has no such field.").fill(
                    kind=declared.label
                ),
                Phrase("항목: {names}", "Fields: {names}").fill(
                    names=", ".join(each.name for each in declared.fields if not each.derived)
                ),
            )
        taken[name] = accept(declared.field(name), raw)
    return taken


def _case_values(workspace: Workspace, draft: CaseDraft) -> dict[str, Value]:
    category = known_category(workspace, draft.category)
    now = workspace.now()
    reported = draft.reported_at or draft.received_at or now
    period = draft.period or workspace.profile.period_for(draft.petition, draft.category)
    values: dict[str, Value] = {
        "channel": "SELF_PATROL",
        "severity": str(category.severity),
        "urgency": category.urgency,
        "disclosure": category.disclosure,
        "retention": workspace.profile.retention,
        "lead_dept_id": workspace.official.department or None,
        "owner_user_id": workspace.official.name or None,
        **draft.more,
        "title": draft.title,
        "description": draft.description,
        "category_code": draft.category,
        "reported_at": iso(reported),
        "received_at": iso(draft.received_at) if draft.received_at else None,
        "petition_type": draft.petition,
        "period_value": period.value if period else None,
        "period_unit": period.unit.value if period else None,
        "stage": Stage.DRAFT.value,
    }
    taken: dict[str, Value] = {
        name: value for name, value in accepted("case", values).items() if value is not None
    }
    refuse_missing("case", {**taken, "case_no": _GIVEN_LATER})
    check_times(workspace, taken)
    if draft.received_at and (draft.place or taken.get("location_waiver")):
        taken["stage"] = Stage.RECEIVED.value
    if draft.received_at and period:
        taken["original_due_at"] = iso(due(draft.received_at, period, workspace.calendar).due_at)
    return taken


def _with_original_due(workspace: Workspace, case: Record, taken: dict[str, Value]) -> dict[str, Value]:
    """Note the first due time when it becomes known: a later holiday must not hide it."""
    if case.get("original_due_at") or not {"received_at", "period_value", "period_unit"} & set(taken):
        return taken
    derived = workspace.store.derive({**case.values, **taken})
    return {**taken, "original_due_at": derived["due_at"]} if derived.get("due_at") else taken


def _part_defaults(workspace: Workspace, case: RecordId, kind: str) -> dict[str, Value]:
    sheet = workspace.store.sheet(case)
    if kind == "visit":
        numbers = [visit.number("visit_no") or 0 for visit in sheet.of("visit")]
        category = workspace.profile.category(sheet.case.text("category_code"))
        return {
            "visit_no": int(max(numbers, default=0)) + 1,
            "visit_kind": category.visit_kind if category else "V_PATROL",
            "report_mode": "WRITTEN",
            "purpose": sheet.case.text("title"),
        }
    if kind == "observation":
        orders = [each.number("seq") or 0 for each in sheet.of("observation")]
        return {"seq": int(max(orders, default=0)) + 1, "kind": "FACT"}
    if kind == "action":
        return {"status": "TODO", "mandatory": True, "owner_user_id": workspace.official.name or None}
    return {
        "comment": {"kind": "NOTE"},
        "tag": {"scope": "AGENCY"},
        "location": {"source": "MANUAL_PIN"},
    }.get(kind, {})  # type: ignore[return-value]
