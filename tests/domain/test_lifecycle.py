from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldlog.domain import lifecycle_guards
from fieldlog.domain.errors import NotAllowed
from fieldlog.domain.lifecycle import (
    MOVES,
    CaseFacts,
    Effect,
    PetitionClock,
    Role,
    Stage,
    may_move,
    moves_from,
    open_moves,
    refused_move,
)
from fieldlog.domain.lifecycle_facts import OPEN
from fieldlog.domain.lifecycle_guards import Guard
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.vocabularies import STAGE

GUARDS = {guard.name: guard for guard in vars(lifecycle_guards).values() if isinstance(guard, Guard)}
NOTHING = CaseFacts(solo_mode=False)

HOLDS = [
    ("title", {"title": "포트홀"}, ""),
    ("category", {"category": "ROAD_POTHOLE"}, ""),
    ("place", {"has_location": True}, ""),
    ("place", {"location_waiver": "위치 없음"}, ""),
    ("place", {}, "위치 없음"),
    ("received_at", {"received_at": "2026-03-09T09:00:00+09:00"}, ""),
    ("owner", {"owner": "김주무관"}, ""),
    ("owner", {"solo_mode": True}, ""),
    ("reason", {}, "재발"),
    ("transfer_target", {"transfer_to": "한강유역환경청"}, ""),
    ("transfer_target", {}, "한강유역환경청 소관"),
    ("visit_planned", {"visits_planned": 1}, ""),
    ("visit_planned", {"visit_waiver": "서류로 확인"}, ""),
    ("visit_planned", {}, "현장조사 불필요"),
    ("emergency", {"urgency": "EMERGENCY"}, ""),
    ("visited", {"visits_with_observation": 1}, ""),
    ("visited", {"visit_waiver": "서류로 확인"}, ""),
    ("visited", {}, "현장조사 불필요: 도면으로 확인"),
    ("visited", {}, "A site visit is not needed"),
    ("alternatives", {"alternatives_scored": 2}, ""),
    ("alternatives", {"alternatives_scored": 1}, "다른 방법이 없음"),
    ("alternatives", {}, "다른 방법이 없음"),
    ("alerts_answered", {}, ""),
    ("choice_explained", {"chosen_is_top": None}, ""),
    ("choice_explained", {"chosen_is_top": True}, ""),
    ("choice_explained", {"chosen_is_top": False, "chosen_reason": "재발을 막으려면 근본 복구가 필요"}, ""),
    ("choice_explained", {"chosen_is_top": False}, "재발을 막으려면 근본 복구가 필요"),
    ("action_assigned", {"actions_assigned": 1}, ""),
    ("legal_basis", {"legal_basis": "도로법 제40조"}, ""),
    ("legal_basis", {}, "도로법 제40조에 따라 불가"),
    ("remedy", {"remedy": "행정심판 90일"}, ""),
    ("remedy", {}, "60일 안에 이의신청할 수 있음"),
    ("actions_finished", {}, ""),
    ("after_evidence", {"after_photos": 1}, ""),
    ("after_evidence", {}, "야간 작업으로 촬영 불가"),
    ("privacy_checked", {}, ""),
    ("privacy_checked", {"photos_unreviewed": 2}, "사람과 번호판이 없음을 확인"),
    ("interim_answer", {}, "12월에 교체합니다."),
    ("followup_set", {"followups": 1}, ""),
    ("followup_set", {"followup_days": 1}, ""),
    ("followup_done", {"followups": 2, "followups_open": 0}, ""),
    ("followup_done", {"followups": 2, "followups_open": 1}, "철거로 점검 대상이 없어짐"),
    ("survivor", {"merged_into": "FL-2026-0001"}, ""),
    ("both_agree", {"merge_agreed": True}, ""),
    ("both_agree", {"solo_mode": True}, ""),
    ("both_agree", {"roles": frozenset({Role.TEAM_LEAD})}, ""),
    ("both_agree", {}, "양 부서 합의"),
    ("hold_until", {"hold_until": "2026-12-01"}, ""),
    ("hold_until", {}, "2026. 12. 1.까지 보완요구"),
    ("hold_until", {}, "2026년 12월 1일까지 예산 확보"),
]
REFUSES = [
    ("title", {}, "사유"),
    ("category", {}, "사유"),
    ("place", {}, ""),
    ("received_at", {}, "사유"),
    ("owner", {}, "사유"),
    ("reason", {}, ""),
    ("transfer_target", {}, ""),
    ("visit_planned", {}, ""),
    ("emergency", {"urgency": "URGENT"}, "사유"),
    ("visited", {"visits_planned": 3}, "조사를 마침"),
    ("alternatives", {"alternatives_scored": 1}, ""),
    ("alerts_answered", {"open_alerts": 1}, "사유"),
    ("choice_explained", {"chosen_is_top": False, "chosen_reason": "싸서"}, ""),
    ("action_assigned", {}, "사유"),
    ("legal_basis", {}, "예산 부족"),
    ("remedy", {}, "도로법 제40조"),
    ("actions_finished", {"mandatory_actions_open": 1}, "사유"),
    ("after_evidence", {}, ""),
    ("privacy_checked", {"photos_unreviewed": 1}, ""),
    ("interim_answer", {}, ""),
    ("followup_set", {}, "사유"),
    ("followup_done", {"followups": 1, "followups_open": 1}, ""),
    ("followup_done", {}, ""),
    ("survivor", {}, "사유"),
    ("both_agree", {"roles": frozenset({Role.FIELD_OFFICER})}, ""),
    ("hold_until", {}, "예산 확보 뒤"),
]


@pytest.mark.parametrize(("name", "facts", "reason"), HOLDS)
def test_a_guard_holds_when_its_fact_is_there(name, facts, reason) -> None:
    assert GUARDS[name].holds(replace(NOTHING, **facts), reason)


@pytest.mark.parametrize(("name", "facts", "reason"), REFUSES)
def test_a_guard_refuses_when_its_fact_is_missing(name, facts, reason) -> None:
    assert not GUARDS[name].holds(replace(NOTHING, **facts), reason)


def test_every_guard_is_tried_both_ways_and_stands_in_the_table() -> None:
    used = {guard.name for move in MOVES for guard in move.guards}
    assert used == set(GUARDS) == {name for name, *_ in HOLDS} == {name for name, *_ in REFUSES}


@pytest.mark.parametrize("guard", GUARDS.values(), ids=lambda guard: guard.name)
def test_a_guard_that_a_reason_meets_says_so_and_no_other_does(guard) -> None:
    assert ("사유" in guard.refusal.ko) == guard.by_reason or guard.name in {
        "interim_answer",
        "actions_finished",
        "followup_set",
    }
    assert guard.refusal.ko.endswith(".") or "예:" in guard.refusal.ko
    assert guard.refusal.en.isascii()


@pytest.mark.parametrize("guard", GUARDS.values(), ids=lambda guard: guard.name)
def test_a_guard_names_a_field_or_a_kind_of_the_registry(guard) -> None:
    kinds = {kind.name for kind in REGISTRY.kinds}
    fields = {field.name for kind in REGISTRY.kinds for field in kind.fields}
    assert guard.field in kinds | fields


def test_states_are_those_of_the_registry_and_carry_its_labels() -> None:
    assert [stage.value for stage in Stage] == list(STAGE.entries)
    assert Stage.IN_ACTION.label.ko == "조치중"


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached = {Stage.DRAFT}
    while more := {move.end for move in MOVES if move.start in reached} - reached:
        reached |= more
    assert reached == set(Stage)


def test_no_move_is_listed_twice() -> None:
    pairs = [(move.start, move.end) for move in MOVES]
    assert len(pairs) == len(set(pairs))


def test_every_open_state_leads_to_the_end() -> None:
    for stage in (*OPEN, Stage.ON_HOLD):
        reached = {stage}
        while more := {move.end for move in MOVES if move.start in reached} - reached:
            reached |= more
        assert Stage.CLOSED in reached


def test_only_the_side_ends_lead_nowhere() -> None:
    dead_ends = {stage for stage in Stage if not moves_from(stage)}
    assert dead_ends == {Stage.TRANSFERRED, Stage.MERGED, Stage.REJECTED, Stage.WITHDRAWN}


@pytest.mark.parametrize("stage", OPEN)
def test_every_open_case_can_be_held_merged_and_withdrawn(stage) -> None:
    ends = {move.end for move in moves_from(stage)}
    assert {Stage.ON_HOLD, Stage.MERGED, Stage.WITHDRAWN} <= ends


@pytest.mark.parametrize("stage", OPEN)
def test_a_case_on_hold_returns_to_where_it_was_and_nowhere_else(stage) -> None:
    held = CaseFacts(stage=Stage.ON_HOLD, held_from=stage)
    assert {move.end for move in open_moves(held)} == {stage, Stage.MERGED, Stage.WITHDRAWN}
    assert may_move(held, stage).allowed
    for other in OPEN:
        if other is not stage:
            verdict = may_move(held, other)
            assert not verdict.allowed
            assert stage.label.ko in verdict.refusals[0].phrase.ko


def test_a_complete_draft_is_received_with_a_number_and_a_deadline() -> None:
    draft = CaseFacts(
        title="포트홀", category="ROAD_POTHOLE", has_location=True, received_at="2026-03-09T09:00:00+09:00"
    )
    verdict = may_move(draft, "RECEIVED")
    assert verdict.allowed
    assert verdict.move is not None
    assert {Effect.ASSIGN_NUMBER, Effect.SET_DEADLINE, Effect.SCAN_DUPLICATES} == set(verdict.move.effects)


def test_an_empty_draft_hears_everything_it_lacks_at_once() -> None:
    verdict = may_move(CaseFacts(), "RECEIVED")
    assert [refusal.field for refusal in verdict.refusals] == [
        "title",
        "category_code",
        "location",
        "received_at",
    ]


def test_a_reason_of_spaces_is_no_reason() -> None:
    assert not may_move(CaseFacts(stage=Stage.CLOSED), "INVESTIGATING", "   ").allowed


def test_a_move_that_is_not_listed_is_refused_and_names_the_ways_there_are() -> None:
    (refusal,) = may_move(CaseFacts(), "CLOSED").refusals
    assert (
        refusal.phrase.ko == "작성중에서 종결로 바로 갈 수 없습니다. 갈 수 있는 상태: 접수, 병합, 보류, 취하"
    )
    assert refusal.phrase.en.startswith("A case cannot go from Draft to Closed.")


def test_a_final_state_says_that_it_is_final() -> None:
    (refusal,) = may_move(CaseFacts(stage=Stage.REJECTED), "CLOSED").refusals
    assert refusal.phrase.ko == "불수용은 마지막 상태여서 옮길 수 없습니다."


def test_staying_is_no_move() -> None:
    (refusal,) = may_move(CaseFacts(stage=Stage.TRIAGED), "TRIAGED").refusals
    assert "이미" in refusal.phrase.ko


def test_an_unknown_state_is_refused() -> None:
    assert "WONDER" in may_move(CaseFacts(), "WONDER").refusals[0].phrase.ko


def test_an_emergency_goes_from_receipt_straight_to_action() -> None:
    urgent = CaseFacts(stage=Stage.RECEIVED, urgency="EMERGENCY")
    verdict = may_move(urgent, "IN_ACTION")
    assert verdict.allowed
    assert verdict.move is not None
    assert Effect.ADD_DECISION_TASK in verdict.move.effects
    assert not may_move(replace(urgent, urgency="NORMAL"), "IN_ACTION", "급함").allowed


def test_an_interim_answer_stops_the_clock_while_the_actions_go_on() -> None:
    verdict = may_move(
        CaseFacts(stage=Stage.IN_ACTION, mandatory_actions_open=1), "NOTIFIED", "12월에 교체합니다."
    )
    assert verdict.allowed
    assert verdict.move is not None
    assert set(verdict.move.effects) == {Effect.SET_ANSWERED, Effect.MARK_ANSWERED_BEFORE_FIX}


def test_a_case_does_not_close_over_an_open_mandatory_action() -> None:
    facts = CaseFacts(stage=Stage.NOTIFIED, mandatory_actions_open=1)
    verdict = may_move(facts, "CLOSED", "점검 불필요")
    assert [refusal.field for refusal in verdict.refusals] == ["action"]


def test_a_refusal_to_the_citizen_needs_law_and_remedy() -> None:
    decided = CaseFacts(stage=Stage.DECIDED)
    assert len(may_move(decided, "REJECTED").refusals) == 3
    assert may_move(decided, "REJECTED", "도로법 제40조에 따라 불가, 90일 안에 행정심판 청구 가능").allowed


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [
        ({Role.FIELD_OFFICER}, False),
        ({Role.TEAM_LEAD}, True),
        ({Role.MANAGER}, True),
        ({Role.ADMIN, Role.AUDITOR}, False),
        (set(), False),
    ],
)
def test_reopening_is_for_those_who_lead(roles, allowed) -> None:
    facts = CaseFacts(stage=Stage.CLOSED, solo_mode=False, roles=frozenset(roles))
    assert may_move(facts, "INVESTIGATING", "재발").allowed is allowed


def test_a_role_that_is_missing_is_named() -> None:
    facts = CaseFacts(stage=Stage.DECIDED, solo_mode=False, roles=frozenset({Role.FIELD_OFFICER}))
    refusals = may_move(facts, "REJECTED", "도로법 제40조, 행정심판 안내").refusals
    assert [refusal.phrase.ko for refusal in refusals] == ["과장만 할 수 있습니다."]


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.start}-{move.end}")
def test_in_solo_mode_no_move_fails_for_want_of_a_role(move) -> None:
    facts = CaseFacts(stage=move.start, held_from=move.end if move.end in OPEN else None)
    refusals = may_move(facts, move.end).refusals
    assert "roles" not in {refusal.field for refusal in refusals}


def test_the_program_itself_needs_no_role_to_schedule_follow_ups() -> None:
    facts = CaseFacts(stage=Stage.NOTIFIED, followup_days=1, solo_mode=False)
    assert may_move(facts, "FOLLOW_UP").allowed


@pytest.mark.parametrize(
    ("stage", "clock"),
    [
        (Stage.DRAFT, PetitionClock.NONE),
        (Stage.RECEIVED, PetitionClock.RUNNING),
        (Stage.VERIFYING, PetitionClock.RUNNING),
        (Stage.ON_HOLD, PetitionClock.RUNNING),
        (Stage.MERGED, PetitionClock.RUNNING),
        (Stage.NOTIFIED, PetitionClock.STOPPED),
        (Stage.CLOSED, PetitionClock.STOPPED),
        (Stage.WITHDRAWN, PetitionClock.STOPPED),
    ],
)
def test_the_petition_clock_follows_the_state(stage, clock) -> None:
    assert stage.clock is clock


def test_the_error_tells_all_reasons_and_whether_a_reason_helps() -> None:
    error = refused_move("RECEIVED", may_move(CaseFacts(), "RECEIVED"))
    assert isinstance(error, NotAllowed)
    assert error.what.ko == "접수 상태로 옮기지 않았습니다."
    assert "제목이 없습니다." in error.why.ko
    assert "분류가 없습니다." in error.why.ko
    assert "채운 뒤" in error.how.ko
    place = CaseFacts(title="t", category="c", received_at="r")
    assert "사유와 함께" in refused_move("RECEIVED", may_move(place, "RECEIVED")).how.ko
    assert "갈 수 있는" in refused_move("CLOSED", may_move(CaseFacts(), "CLOSED")).how.ko
    assert "WONDER" in refused_move("WONDER", may_move(CaseFacts(), "WONDER")).what.ko


def test_every_effect_is_brought_by_a_move_and_said_in_both_languages() -> None:
    assert {effect for move in MOVES for effect in move.effects} == set(Effect)
    for effect in Effect:
        assert effect.value.ko.endswith("니다.")
        assert effect.value.en.isascii()


def test_a_move_knows_whether_a_reason_can_help() -> None:
    takes = {(move.start, move.end): move.takes_reason for move in MOVES}
    assert takes[Stage.DRAFT, Stage.RECEIVED]
    assert not takes[Stage.RECEIVED, Stage.TRIAGED]


@given(
    st.builds(
        CaseFacts,
        stage=st.sampled_from(Stage),
        held_from=st.none() | st.sampled_from(OPEN),
        has_location=st.booleans(),
        followups=st.integers(0, 2),
        mandatory_actions_open=st.integers(0, 2),
        solo_mode=st.booleans(),
    ),
    st.sampled_from(Stage) | st.text(max_size=5),
    st.text(max_size=10),
)
def test_every_question_gets_a_move_or_a_reason_in_both_languages(facts, to, reason) -> None:
    verdict = may_move(facts, to, reason)
    assert verdict.allowed or verdict.refusals
    assert all(refusal.phrase.ko and refusal.phrase.en for refusal in verdict.refusals)
    if verdict.allowed:
        assert verdict.move in open_moves(facts)
