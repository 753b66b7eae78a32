"""What the rules of moving look at, gathered from a case and its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.lifecycle import CaseFacts, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.record import CaseSheet, Record
    from fieldlog.domain.registry import Value
    from fieldlog.services.workspace import Workspace

_FULL_WEIGHT: Final = 5


def stage_of(case: Record) -> Stage | None:
    """The stage of a case, or None for one that only a newer version knows."""
    stage = case.text("stage") or Stage.DRAFT
    return Stage(stage) if stage in Stage.__members__ else None


def facts_of(workspace: Workspace, sheet: CaseSheet, given: Mapping[str, Value] | None = None) -> CaseFacts:
    """The plain facts of a case; ``given`` are fields that a move brings along."""
    case, more = sheet.case, given or {}

    def said(name: str) -> str:
        return str(more.get(name) or case.text(name))

    held_from = case.text("held_from")
    followups = sheet.of("followup")
    photos = sheet.of("photo")
    chosen = _chosen(sheet)
    return CaseFacts(
        stage=stage_of(case) or Stage.DRAFT,
        held_from=Stage(held_from) if held_from in Stage.__members__ else None,
        hold_until=said("hold_until"),
        title=case.text("title"),
        category=case.text("category_code"),
        has_location=sheet.location is not None,
        location_waiver=case.text("location_waiver"),
        received_at=said("received_at"),
        owner=said("owner_user_id"),
        urgency=case.text("urgency"),
        visits_planned=len(sheet.of("visit")),
        visits_with_observation=_visits_with_observation(sheet),
        visit_waiver=case.text("visit_waiver"),
        alternatives_scored=sum(1 for each in sheet.of("alternative") if each.get("scores")),
        chosen_is_top=_is_top(sheet, chosen),
        chosen_reason=chosen.text("chosen_reason") if chosen else "",
        open_alerts=sum(1 for each in sheet.of("alert") if not each.get("verdict")),
        actions_assigned=sum(1 for each in sheet.of("action") if each.get("due_on") and _has_owner(each)),
        mandatory_actions_open=sum(1 for each in sheet.of("action") if _is_open(each)),
        after_photos=sum(1 for photo in photos if photo.text("phase") == "AFTER"),
        photos_unreviewed=sum(1 for photo in photos if photo.text("pii_review") in {"", "NOT_REVIEWED"}),
        legal_basis=_legal_basis(sheet, chosen),
        transfer_to=said("lead_agency"),
        followups=len(followups),
        followups_open=sum(1 for each in followups if not each.get("done_on")),
        followup_days=_followup_days(workspace, case),
        merged_into=said("merged_into_id"),
        merge_agreed=workspace.profile.solo_mode,
        roles=workspace.profile.roles,
        solo_mode=workspace.profile.solo_mode,
    )


def weighted_total(alternative: Record) -> float | None:
    """How an alternative scores: each score of 1 to 5 by its weight, 100 at most; None before it is scored."""
    scores, weights = alternative.get("scores"), alternative.get("weights")
    if not isinstance(scores, dict) or not isinstance(weights, dict):
        return None
    parts = [
        float(score) * float(weight) / _FULL_WEIGHT
        for name, score in scores.items()
        if isinstance(score, (int, float)) and isinstance(weight := weights.get(name), (int, float))
    ]
    return sum(parts) if parts else None


def _visits_with_observation(sheet: CaseSheet) -> int:
    observed = {each.text("visit_id") for each in sheet.of("observation")}
    return sum(1 for visit in sheet.of("visit") if visit.get("ended_at") and {visit.id, ""} & observed)


def _chosen(sheet: CaseSheet) -> Record | None:
    return next((each for each in sheet.of("alternative") if each.get("chosen")), None)


def _is_top(sheet: CaseSheet, chosen: Record | None) -> bool | None:
    if chosen is None:
        return None
    total = weighted_total(chosen)
    totals = [each for each in map(weighted_total, sheet.of("alternative")) if each is not None]
    return True if total is None else total >= max(totals)


def _legal_basis(sheet: CaseSheet, chosen: Record | None) -> str:
    for decision in reversed(sheet.of("decision")):
        if decision.get("basis"):
            return decision.text("basis")
    return chosen.text("legal_basis") if chosen else ""


def _is_open(action: Record) -> bool:
    """Whether a mandatory action still has to be done: cancelled without a reason counts as open."""
    if action.get("mandatory") is False or action.text("status") == "DONE":
        return False
    return action.text("status") != "CANCELLED" or not action.get("cancel_reason")


def _has_owner(action: Record) -> bool:
    return bool(action.get("owner_org_id") or action.get("owner_user_id"))


def _followup_days(workspace: Workspace, case: Record) -> int:
    category = workspace.profile.category(case.text("category_code"))
    return len(category.followups) if category else 0
