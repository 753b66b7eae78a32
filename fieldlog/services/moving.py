"""Moving a case through its life, with everything a move brings along, as one save."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.domain.clock import KST, iso, parse_moment
from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import BadInput, NotAllowed
from fieldlog.domain.ids import RecordId
from fieldlog.domain.lifecycle import Effect, Move, Stage, Verdict, may_move, open_moves, refused_move
from fieldlog.domain.numbering import is_temporary
from fieldlog.domain.op import OpKind
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.acceptance import refused
from fieldlog.services.case_facts import facts_of, stage_of
from fieldlog.services.checking import check_times
from fieldlog.services.numbering import new_number, noted
from fieldlog.services.recording import accepted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.record import CaseSheet, Record
    from fieldlog.domain.registry import Value
    from fieldlog.services.workspace import Workspace

_ASKED_BY_MOVES: Final = frozenset(
    {
        "received_at",
        "petition_type",
        "period_value",
        "period_unit",
        "owner_user_id",
        "lead_dept_id",
        "lead_agency",
        "hold_until",
        "close_reason",
        "merged_into_id",
    }
)
_EX_POST: Final = Phrase("사후 방침기록", "Record the decision afterwards")
_MOST_MERGES: Final = 100


_CARRIED_OUT: Final = frozenset(
    {
        Effect.ASSIGN_NUMBER,
        Effect.SET_DEADLINE,
        Effect.SET_ANSWERED,
        Effect.SET_RESOLVED,
        Effect.MARK_ANSWERED_BEFORE_FIX,
        Effect.COUNT_REOPENING,
        Effect.RENEW_DEADLINE,
        Effect.UNLOCK,
        Effect.LOCK,
        Effect.LINK_SURVIVOR,
        Effect.REMEMBER_STAGE,
        Effect.STOP_CLOCK,
        Effect.SCHEDULE_FOLLOWUPS,
        Effect.ADD_DECISION_TASK,
        Effect.ASK_AFTER_PHOTO,
        Effect.PUT_IN_DIARY,
    }
)
"""What really happens with a move: here, by the stage itself, or by what the next step asks for."""


class Way(Struct, frozen=True):
    """A move a case could make now, and what stands against it."""

    move: Move
    verdict: Verdict

    @property
    def brings(self) -> tuple[Effect, ...]:
        """What the move brings along; nothing is promised that the program does not do."""
        return tuple(effect for effect in self.move.effects if effect in _CARRIED_OUT)


def ways_on(workspace: Workspace, case: RecordId) -> tuple[Way, ...]:
    """The moves to offer for a case, each with what is still missing; none from a stage of a newer version."""
    sheet = workspace.store.sheet(case)
    if sheet.case.deleted or stage_of(sheet.case) is None:
        return ()
    facts = facts_of(workspace, sheet)
    return tuple(Way(move, may_move(facts, move.end.value)) for move in open_moves(facts))


def move_case(workspace: Workspace, case: RecordId, to: str, reason: str = "", **more: Value) -> Effects:
    """Move a case to another stage, with everything the move brings along, as one save.

    Args:
        workspace: The open store.
        case: The case.
        to: The code of the stage.
        reason: Why; some moves need it.
        more: Fields the move asks for: ``hold_until``, ``close_reason``, ``merged_into_id``, ``received_at``.

    Raises:
        NotFound: There is no such case.
        NotAllowed: The move is not listed or something is missing; the error names everything.
        BadInput: The reason or a field cannot be taken.
    """
    with workspace.store.alone():
        sheet, now = workspace.store.sheet(case), workspace.now()
        _refuse_unmovable(sheet.case)
        given = _given(workspace, sheet.case, reason, more)
        verdict = may_move(facts_of(workspace, sheet, given), to, reason)
        if verdict.move is None or not verdict.allowed:
            raise refused_move(to, verdict)
        stage = sheet.case.text("stage")
        values = {**given, "stage": to, **_waivers(sheet, to, given)}
        edits = [Edit(record=case, kind="case", values=values)]
        for effect in verdict.move.effects:
            after = replace(sheet.case, values={**sheet.case.values, **values, "stage": stage})
            if effect in _BROUGHT_ALONG:
                values.update(_BROUGHT_ALONG[effect](workspace, after, now))
            edits.extend(_added(workspace, sheet, after, effect))
        ext: dict[str, Value] = {"from": stage, "to": to}
        notes = noted(workspace, str(values.get("case_no") or ""))
        return workspace.keep(edits, kind=OpKind.MOVE, ext=ext, notes=notes)


def _refuse_unmovable(case: Record) -> None:
    what = Phrase("상태를 옮기지 않았습니다.", "The case was not moved.")
    if case.deleted:
        raise NotAllowed(
            what,
            Phrase("지운 사안입니다.", "The case has been removed."),
            Phrase("되살린 뒤 옮겨 주십시오.", "Restore it first."),
        )
    if stage_of(case) is None:
        raise NotAllowed(
            what,
            Phrase(
                "이 판이 모르는 상태입니다: {stage}", "This version does not know its stage: {stage}"
            ).fill(stage=plain(case.text("stage"))),
            Phrase("프로그램을 새 판으로 바꾸어 주십시오.", "Please install the newer program."),
        )


def _given(workspace: Workspace, case: Record, reason: str, more: dict[str, Value]) -> dict[str, Value]:
    """The fields that come with a move, accepted; the reason is one of them."""
    stray = sorted(set(more) - _ASKED_BY_MOVES)
    if stray:
        raise BadInput(
            Phrase("{name} 항목은 적을 수 없습니다.", "The field {name} cannot be written.").fill(
                name=stray[0]
            ),
            Phrase("단계 이동에 딸린 항목이 아닙니다.", "It does not belong to a move."),
            Phrase("항목: {names}", "Fields: {names}").fill(names=", ".join(sorted(_ASKED_BY_MOVES))),
        )
    taken = accepted("case", {**more, "stage_reason": reason})
    given = {name: value for name, value in taken.items() if value is not None or name == "stage_reason"}
    if "received_at" in given:
        check_times(workspace, {**case.values, **given})
    if "merged_into_id" in given:
        _check_survivor(workspace, case, str(given["merged_into_id"]))
    return given


def _check_survivor(workspace: Workspace, case: Record, survivor: str) -> None:
    """The case that stays is another one, is there, and is not merged into this one in turn."""
    field = REGISTRY.kind("case").field("merged_into_id")
    choose = Phrase("남길 사안을 다시 골라 주십시오.", "Choose another case that stays.")
    following = survivor
    for _ in range(_MOST_MERGES):
        if following == case.id:
            raise refused(
                field, Phrase("돌아서 자기에게 병합됩니다.", "It would be merged into itself."), choose
            )
        other = workspace.store.sheet(RecordId(following)).case
        if other.deleted:
            raise refused(field, Phrase("지운 사안입니다.", "That case has been removed."), choose)
        following = other.text("merged_into_id") if other.text("stage") == Stage.MERGED else ""
        if not following:
            return


def _waivers(sheet: CaseSheet, to: str, given: dict[str, Value]) -> dict[str, Value]:
    """Reasons that stand for something missing are kept where later rules look for them."""
    reason = given["stage_reason"]
    if reason and to == Stage.RECEIVED and not sheet.location:
        return {"location_waiver": reason}
    if reason and to == Stage.INVESTIGATING and not sheet.of("visit"):
        return {"visit_waiver": reason}
    return {}


def _numbered(workspace: Workspace, case: Record, at: datetime) -> dict[str, Value]:
    if not is_temporary(case.text("case_no")):
        return {}
    return {"case_no": new_number(workspace, received=True, at=at)}


def _with_deadline(workspace: Workspace, case: Record, _at: datetime) -> dict[str, Value]:
    known = case.get("original_due_at")
    return {} if known else {"original_due_at": workspace.store.derive(case.values).get("due_at")}


def _renewed(workspace: Workspace, case: Record, _at: datetime) -> dict[str, Value]:
    """A reopened case that was received anew is a new petition: its time runs from the start."""
    if not case.get("answered_at") or case.text("received_at") <= case.text("answered_at"):
        return {}
    due_at = workspace.store.derive(case.values).get("due_at")
    return {"original_due_at": due_at, "answered_at": None, "answered_before_fix": None}


_BROUGHT_ALONG: Final[dict[Effect, Callable[[Workspace, Record, datetime], dict[str, Value]]]] = {
    Effect.ASSIGN_NUMBER: _numbered,
    Effect.SET_DEADLINE: _with_deadline,
    Effect.RENEW_DEADLINE: _renewed,
    Effect.SET_ANSWERED: lambda _, case, at: {"answered_at": case.get("answered_at") or iso(at)},
    Effect.SET_RESOLVED: lambda _, case, at: {"resolved_at": case.get("resolved_at") or iso(at)},
    Effect.MARK_ANSWERED_BEFORE_FIX: lambda *_: {"answered_before_fix": True},
    Effect.COUNT_REOPENING: lambda _, case, _at: {"reopen_count": int(case.number("reopen_count") or 0) + 1},
    Effect.UNLOCK: lambda *_: {"close_reason": None, "resolved_at": None},
    Effect.REMEMBER_STAGE: lambda _, case, _at: {"held_from": case.text("stage")},
    Effect.RESUME_CLOCK: lambda *_: {"held_from": None, "hold_until": None},
}


def _added(workspace: Workspace, sheet: CaseSheet, case: Record, effect: Effect) -> list[Edit]:
    """Records that a move adds: the follow-ups of the category, the task of deciding afterwards."""
    added: list[tuple[str, dict[str, Value]]] = []
    today = workspace.now().astimezone(KST).date()
    if effect is Effect.SCHEDULE_FOLLOWUPS and not sheet.of("followup"):
        finished = case.text("resolved_at") or case.text("answered_at")
        since = parse_moment(finished).date() if finished else today
        dates = workspace.profile.followup_dates(case.text("category_code"), since)
        added = [("followup", {"due_on": day.isoformat()}) for day in dates]
    elif effect is Effect.ADD_DECISION_TASK:
        due_on = workspace.calendar.working_day_from(today + timedelta(days=1))
        task: dict[str, Value] = {
            "title": _EX_POST.ko,
            "status": "TODO",
            "mandatory": True,
            "due_on": due_on.isoformat(),
            "owner_user_id": case.get("owner_user_id"),
        }
        added = [("action", {name: value for name, value in task.items() if value is not None})]
    return [
        Edit(
            record=workspace.mint.record_id(),
            kind=kind,
            values=accepted(kind, {**values, "case_id": case.id}),
        )
        for kind, values in added
    ]
