"""Moving a case through its life, with the facts its rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import iso
from fieldlog.domain.editing import Edit
from fieldlog.domain.lifecycle import (
    CaseFacts,
    Effect,
    Move,
    Stage,
    Verdict,
    may_move,
    open_moves,
    refused_move,
)
from fieldlog.domain.numbering import is_temporary
from fieldlog.domain.op import OpKind
from fieldlog.services.numbering import new_number

if TYPE_CHECKING:
    from fieldlog.domain.effects import Effects
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import CaseSheet, Record
    from fieldlog.domain.registry import Value
    from fieldlog.services.workspace import Workspace

_ENDED: Final = frozenset({"DONE", "CANCELLED"})


@dataclass(frozen=True, slots=True)
class Way:
    """A move a case could make now, and what stands against it."""

    move: Move
    verdict: Verdict


def ways_on(workspace: Workspace, case: RecordId) -> tuple[Way, ...]:
    """The moves to offer for a case, each with what is still missing."""
    facts = facts_of(workspace, workspace.store.sheet(case))
    return tuple(Way(move, may_move(facts, move.end.value)) for move in open_moves(facts))


def move_case(workspace: Workspace, case: RecordId, to: str, reason: str = "", **more: Value) -> Effects:
    """Move a case to another stage, with everything the move brings along, as one save.

    Args:
        workspace: The open store.
        case: The case.
        to: The code of the stage.
        reason: Why; some moves need it.
        more: Fields the move asks for: ``hold_until``, ``close_reason``, ``merged_into_id``.

    Raises:
        NotFound: There is no such case.
        NotAllowed: The move is not listed or something is missing; the error names everything.
    """
    sheet = workspace.store.sheet(case)
    given: dict[str, Value] = {name: value for name, value in more.items() if value not in (None, "")}
    verdict = may_move(facts_of(workspace, sheet, given), to, reason)
    if verdict.move is None or not verdict.allowed:
        raise refused_move(to, verdict)
    values: dict[str, Value] = {**given, "stage": to, "stage_reason": reason.strip() or None}
    for effect in verdict.move.effects:
        values.update(_brought_along(workspace, sheet.case, effect))
    if to == Stage.RECEIVED and not sheet.location and reason.strip():
        values["location_waiver"] = reason.strip()
    edit = Edit(record=case, kind="case", values=values)
    return workspace.keep([edit], kind=OpKind.MOVE, ext={"from": sheet.case.text("stage"), "to": to})


def _brought_along(workspace: Workspace, case: Record, effect: Effect) -> dict[str, Value]:
    now = workspace.now()
    brought: dict[str, Value] = {}
    if effect is Effect.ASSIGN_NUMBER and is_temporary(case.text("case_no")):
        brought["case_no"] = new_number(workspace, received=True, at=now)
    elif effect is Effect.SET_DEADLINE and not case.get("original_due_at"):
        brought["original_due_at"] = workspace.store.derive(case.values).get("due_at")
    elif effect is Effect.SET_ANSWERED:
        brought["answered_at"] = case.get("answered_at") or iso(now)
    elif effect is Effect.SET_RESOLVED:
        brought["resolved_at"] = case.get("resolved_at") or iso(now)
    elif effect is Effect.MARK_ANSWERED_BEFORE_FIX:
        brought["answered_before_fix"] = True
    elif effect is Effect.COUNT_REOPENING:
        brought["reopen_count"] = int(case.number("reopen_count") or 0) + 1
    elif effect is Effect.REMEMBER_STAGE:
        brought["held_from"] = case.text("stage")
    elif effect is Effect.RESUME_CLOCK:
        brought.update(held_from=None, hold_until=None)
    return brought


def facts_of(workspace: Workspace, sheet: CaseSheet, given: dict[str, Value] | None = None) -> CaseFacts:
    """The plain facts of a case; ``given`` are fields that a move brings along."""
    case, more = sheet.case, given or {}

    def said(name: str) -> str:
        return str(more.get(name) or case.text(name))

    visits, actions = sheet.of("visit"), sheet.of("action")
    observed = {each.text("visit_id") for each in sheet.of("observation")}
    finished = [visit for visit in visits if visit.get("ended_at")]
    followups = sheet.of("followup")
    photos = sheet.of("photo")
    return CaseFacts(
        stage=Stage(case.text("stage") or "DRAFT"),
        held_from=Stage(case.text("held_from")) if case.get("held_from") else None,
        hold_until=said("hold_until"),
        title=case.text("title"),
        category=case.text("category_code"),
        has_location=sheet.location is not None,
        location_waiver=case.text("location_waiver"),
        received_at=said("received_at"),
        owner=said("owner_user_id"),
        urgency=case.text("urgency"),
        visits_planned=len(visits),
        visits_with_observation=sum(1 for visit in finished if {visit.id, ""} & observed),
        alternatives_scored=sum(1 for each in sheet.of("alternative") if each.get("scores")),
        actions_assigned=sum(1 for each in actions if each.get("due_on") and _has_owner(each)),
        mandatory_actions_open=sum(
            1 for each in actions if each.get("mandatory") is not False and each.text("status") not in _ENDED
        ),
        after_photos=sum(1 for photo in photos if photo.text("phase") == "AFTER"),
        photos_unreviewed=sum(1 for photo in photos if photo.text("pii_review") in {"", "NOT_REVIEWED"}),
        transfer_to=said("lead_agency"),
        followups=len(followups),
        followups_open=sum(1 for each in followups if not each.get("done_on")),
        followup_days=len(_followups(workspace, case)),
        merged_into=said("merged_into_id"),
        merge_agreed=workspace.profile.solo_mode,
        roles=workspace.profile.roles,
        solo_mode=workspace.profile.solo_mode,
    )


def _has_owner(action: Record) -> bool:
    return bool(action.get("owner_org_id") or action.get("owner_user_id"))


def _followups(workspace: Workspace, case: Record) -> tuple[object, ...]:
    category = workspace.profile.category(case.text("category_code"))
    return category.followups if category else ()
