"""Recording: a new case, new parts of a case, changes to any of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import iso
from fieldlog.domain.deadline import due
from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import BadInput, NotAllowed
from fieldlog.domain.lifecycle import Stage
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.acceptance import accept, refused
from fieldlog.services.numbering import new_number

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
CLOCK_TOLERANCE: Final = timedelta(minutes=5)
_KEPT_BY_PROGRAM: Final = frozenset({"case_no", "original_due_at", "held_from", "reopen_count"})
_FILL_IN: Final = Phrase("값을 적어 주십시오.", "Please fill it in.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDraft:
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


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record as it was just saved, and what else shows something new."""

    record: Record
    effects: Effects


def record_case(workspace: Workspace, draft: CaseDraft) -> Recorded:
    """Record a new case: one save holds the case, its place and its tags.

    A case that was received, has a place or a reason for none, and a category, is 접수; otherwise 작성중.

    Raises:
        BadInput: A value cannot be taken; nothing was saved.
    """
    values = _case_values(workspace, draft)
    case = workspace.mint.record_id()
    edits = [Edit(record=case, kind="case", values=values)]
    if draft.place:
        place = accepted("location", {**draft.place, "case_id": case})
        edits.append(Edit(record=workspace.mint.record_id(), kind="location", values=place))
    for name in dict.fromkeys(draft.tags):
        tag = accepted("tag", {"case_id": case, "name": name.replace(" ", "_"), "scope": "AGENCY"})
        edits.append(Edit(record=workspace.mint.record_id(), kind="tag", values=tag))
    values["case_no"] = values.get("case_no") or new_number(
        workspace, received=values["stage"] == Stage.RECEIVED, at=workspace.now()
    )
    effects = workspace.keep(edits)
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
    refuse_closed(workspace.store.find(case))
    complete = {**_part_defaults(workspace, case, kind), **values, "case_id": case}
    taken = accepted(kind, complete)
    _refuse_missing(kind, taken)
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
        lambda find: [_revision(workspace, find, record, changes, seen=seen, settles=settles)]
    )


def _revision(
    workspace: Workspace,
    find: Find,
    record: RecordId,
    changes: Mapping[str, Value],
    *,
    seen: Mapping[Key, Version] | None,
    settles: bool,
) -> Edit:
    found = find(record)
    kind = REGISTRY.kind(found.kind)
    _refuse_guarded(found.kind, changes)
    refuse_closed(found if found.kind == "case" or found.case_id is None else find(found.case_id))
    taken = accepted(found.kind, changes)
    for name, value in taken.items():
        if value is None and kind.field(name).required_from == "DRAFT":
            raise refused(kind.field(name), Phrase("비워 둘 수 없습니다.", "It cannot be empty."), _FILL_IN)
    if found.kind == "case":
        taken = _with_original_due(workspace, found, taken)
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
    """
    found = workspace.store.find(record)
    if not reason.strip():
        raise BadInput(
            Phrase("지우지 않았습니다.", "It was not removed."),
            Phrase("지우는 사유가 없습니다.", "There is no reason."),
            Phrase("사유를 적어 주십시오.", "Please write the reason."),
        )
    return workspace.keep([Edit(record=record, kind=found.kind, values={}, deleted=reason.strip())])


def restore(workspace: Workspace, record: RecordId) -> Effects:
    """Lift a record's tombstone."""
    found = workspace.store.find(record)
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
    category = workspace.profile.category(draft.category)
    if category is None:
        raise refused(
            _CASE.field("category_code"),
            Phrase("없는 분류입니다: {code}", "No such category: {code}").fill(code=draft.category or "-"),
            Phrase("분류 코드를 확인해 주십시오. 예: {some}", "Check the code. For example: {some}").fill(
                some=", ".join(list(workspace.profile.categories)[:5])
            ),
        )
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
    if "title" not in taken:
        raise refused(_CASE.field("title"), Phrase("비워 둘 수 없습니다.", "It cannot be empty."), _FILL_IN)
    _check_times(workspace, taken)
    if draft.received_at and (draft.place or taken.get("location_waiver")):
        taken["stage"] = Stage.RECEIVED.value
    if draft.received_at and period:
        taken["original_due_at"] = iso(due(draft.received_at, period, workspace.calendar).due_at)
    return taken


def _check_times(workspace: Workspace, values: Mapping[str, Value]) -> None:
    """Reported not in the future (five minutes of clock error are forgiven), received not before reported."""
    reported, received = str(values["reported_at"]), str(values.get("received_at") or "")
    latest = iso(workspace.now() + CLOCK_TOLERANCE)
    if reported > latest:
        raise refused(
            _CASE.field("reported_at"),
            Phrase("아직 오지 않은 시각입니다: {at}", "It lies in the future: {at}").fill(at=reported),
            Phrase("발생·신고한 시각을 적어 주십시오.", "Write when it was reported."),
        )
    if received and received < reported:
        raise refused(
            _CASE.field("received_at"),
            Phrase("접수가 신고보다 이릅니다: {at}", "It was received before it was reported: {at}").fill(
                at=received
            ),
            Phrase("두 시각을 확인해 주십시오.", "Please check both times."),
        )


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


def _refuse_missing(kind: str, values: Mapping[str, Value]) -> None:
    for declared in REGISTRY.kind(kind).fields:
        if declared.required_from == "DRAFT" and values.get(declared.name) is None:
            raise refused(declared, Phrase("비워 둘 수 없습니다.", "It cannot be empty."), _FILL_IN)


def refuse_closed(case: Record) -> None:
    """Raise when a case is closed: it is read-only until it is reopened.

    Raises:
        NotAllowed: It is closed.
    """
    if case.kind == "case" and case.text("stage") == Stage.CLOSED:
        raise NotAllowed(
            Phrase("고치지 않았습니다.", "Nothing was changed."),
            Phrase("종결된 사안은 읽기만 할 수 있습니다.", "A closed case is read-only."),
            Phrase("사유와 함께 재개한 뒤 고쳐 주십시오.", "Reopen it with a reason first."),
        )


def _refuse_guarded(kind: str, changes: Mapping[str, Value]) -> None:
    if kind != "case":
        return
    if "stage" in changes:
        raise NotAllowed(
            Phrase("상태를 바꾸지 않았습니다.", "The stage was not changed."),
            Phrase("상태는 단계 이동으로만 바뀝니다.", "A stage changes only by a move."),
            Phrase("단계 이동(case move)을 써 주십시오.", "Use the move (case move)."),
        )
    kept = sorted(_KEPT_BY_PROGRAM & set(changes))
    if kept:
        raise NotAllowed(
            Phrase("{field:을} 고치지 않았습니다.", "{field} was not changed.").fill(
                field=_CASE.field(kept[0]).label
            ),
            Phrase("프로그램이 적는 항목입니다.", "The program writes this field itself."),
            Phrase("근거가 되는 다른 항목을 고쳐 주십시오.", "Change the fields it follows from."),
        )
