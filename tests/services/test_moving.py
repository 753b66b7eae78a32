from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.makers import at_work, drafted, moved, part, picture, received
from helpers.stores import OFFICIAL, practice_store

from fieldlog.domain.errors import BadInput, NotAllowed, NotFound
from fieldlog.domain.lifecycle import Effect, Stage
from fieldlog.domain.op import Change, OpKind, RecordChange
from fieldlog.domain.registry import REGISTRY, FieldType
from fieldlog.services import moving, recording
from fieldlog.services.browsing import case_history
from fieldlog.services.case_facts import facts_of
from fieldlog.services.photographs import add_photos

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import Record

STAGE = REGISTRY.kind("case").field("stage")


def case_of(workspace, case) -> Record:
    return workspace.store.find(case)


def says_no(workspace, case, to, reason="", **more: str) -> str:
    with pytest.raises(NotAllowed) as caught:
        moving.move_case(workspace, case, to, reason, **more)
    return caught.value.why.ko


def test_receiving_a_draft_gives_number_and_deadline_in_one_save(workspace) -> None:
    case = drafted(workspace, petition="OTHER")
    before = workspace.store.verify().ops
    effects = moving.move_case(
        workspace, case, "RECEIVED", "터널 안이라 위치 없음", received_at=workspace.now().isoformat()
    )
    found = case_of(workspace, case)
    assert workspace.store.verify().ops == before + 1
    assert effects.cases == {case}
    assert found.text("case_no") == "HB-2026-0001"
    assert found.text("original_due_at") == "2026-12-01T18:00:00+09:00"
    assert found.text("location_waiver") == "터널 안이라 위치 없음"
    line = case_history(workspace, case)[0]
    assert line.kind == OpKind.MOVE
    assert line.author == "한가람"


def test_everything_missing_is_said_at_once_and_nothing_is_saved(workspace) -> None:
    case = drafted(workspace)
    before = workspace.store.verify().ops
    why = says_no(workspace, case, "RECEIVED")
    assert "위치가 없습니다" in why
    assert "접수일시가 없습니다" in why
    assert workspace.store.verify().ops == before
    assert case_of(workspace, case).text("case_no").startswith("임시-")


@pytest.mark.parametrize("to", ["NOWHERE", "CLOSED", "received", "", "DRAFT"])
def test_a_move_that_is_not_listed_is_refused(workspace, to) -> None:
    says_no(workspace, received(workspace), to, "그냥")


def test_an_unknown_case_cannot_move(workspace) -> None:
    with pytest.raises(NotFound):
        moving.move_case(workspace, OFFICIAL.id, "RECEIVED")


@pytest.mark.parametrize("name", ["title", "case_no", "stage", "nothing", "due_at", "held_from"])
def test_a_move_brings_only_what_belongs_to_it(workspace, name) -> None:
    case = received(workspace)
    with pytest.raises((BadInput, TypeError)):
        moving.move_case(workspace, case, "TRIAGED", **{name: "x"})
    assert case_of(workspace, case).text("stage") == "RECEIVED"


def test_what_a_move_brings_is_read_like_any_other_value(workspace) -> None:
    case = received(workspace)
    with pytest.raises(BadInput):
        moving.move_case(workspace, case, "ON_HOLD", "예산", hold_until="언젠가")
    with pytest.raises(BadInput):
        moving.move_case(workspace, case, "ON_HOLD", "가" * 1001, hold_until="2026-12-20")
    moving.move_case(workspace, case, "ON_HOLD", " 예산\r\n확보 ", hold_until="2026-12-20")
    found = case_of(workspace, case)
    assert found.text("hold_until") == "2026-12-20T00:00:00+09:00"
    assert found.text("stage_reason") == "예산 확보"


def test_a_case_on_hold_goes_back_only_to_where_it_was_and_forgets_the_hold(workspace) -> None:
    case = received(workspace)
    moved(workspace, case, "TRIAGED")
    moved(workspace, case, "ON_HOLD", reason="보완요구 2026-12-20까지")
    assert case_of(workspace, case).text("held_from") == "TRIAGED"
    assert "TRIAGED" in {way.move.end for way in moving.ways_on(workspace, case)}
    assert "RECEIVED" not in {way.move.end for way in moving.ways_on(workspace, case)}
    says_no(workspace, case, "RECEIVED")
    moved(workspace, case, "TRIAGED")
    found = case_of(workspace, case)
    assert (found.get("held_from"), found.get("hold_until"), found.get("stage_reason")) == (None, None, None)


def test_the_reason_for_doing_without_a_visit_is_kept_and_counts_later(workspace) -> None:
    case = received(workspace)
    moved(workspace, case, "TRIAGED")
    assert "현장방문 계획" in says_no(workspace, case, "INVESTIGATING")
    moved(workspace, case, "INVESTIGATING", reason="현장조사 불필요: 도면으로 확인")
    assert case_of(workspace, case).text("visit_waiver") == "현장조사 불필요: 도면으로 확인"
    moved(workspace, case, "ANALYZING")
    assert case_of(workspace, case).text("stage") == "ANALYZING"


def test_a_visit_counts_when_it_has_ended_and_something_was_seen(workspace) -> None:
    case = received(workspace)
    moved(workspace, case, "TRIAGED")
    visit = part(workspace, case, "visit", started_at="2026-11-23T10:00")
    moved(workspace, case, "INVESTIGATING")
    assert case_of(workspace, case).get("visit_waiver") is None
    says_no(workspace, case, "ANALYZING")
    recording.revise(workspace, visit, {"ended_at": "2026-11-23T10:30"})
    says_no(workspace, case, "ANALYZING")
    part(workspace, case, "observation", text="깊이 9cm", visit_id=visit)
    moved(workspace, case, "ANALYZING")


def test_an_action_cancelled_without_a_reason_is_still_open(workspace) -> None:
    case = at_work(workspace)
    action = workspace.store.sheet(case).of("action")[0].id
    assert "끝나지 않은 필수 조치" in says_no(workspace, case, "VERIFYING")
    recording.revise(workspace, action, {"status": "CANCELLED"})
    says_no(workspace, case, "VERIFYING")
    recording.revise(workspace, action, {"cancel_reason": "도로 전면 재포장에 포함"})
    moved(workspace, case, "VERIFYING")


def test_an_action_that_is_not_mandatory_holds_nothing_up(workspace) -> None:
    case = at_work(workspace)
    recording.revise(workspace, workspace.store.sheet(case).of("action")[0].id, {"mandatory": False})
    moved(workspace, case, "VERIFYING")


def test_answering_dates_the_answer_and_the_solution_once(workspace, clock) -> None:
    case = at_work(workspace)
    moved(workspace, case, "NOTIFIED", reason="12월에 포장한다고 알림")
    first = case_of(workspace, case)
    assert first.get("answered_before_fix") is True
    assert first.get("answered_at")
    assert first.get("resolved_at") is None


def test_after_evidence_and_privacy_are_asked_for_before_the_result_is_told(workspace) -> None:
    case = at_work(workspace)
    recording.revise(workspace, workspace.store.sheet(case).of("action")[0].id, {"status": "DONE"})
    moved(workspace, case, "VERIFYING")
    assert "조치 후 사진" in says_no(workspace, case, "NOTIFIED")
    photo = next(add_photos(workspace, case, [picture()], phase="AFTER")).record
    assert "개인정보" in says_no(workspace, case, "NOTIFIED")
    recording.revise(workspace, photo, {"pii_review": "NONE"})
    moved(workspace, case, "NOTIFIED")
    found = case_of(workspace, case)
    assert found.get("answered_at") == found.get("resolved_at")


def test_an_emergency_adds_the_task_of_deciding_afterwards_for_the_next_working_day(workspace, clock) -> None:
    clock.go(days=4)  # Friday
    case = received(workspace, category="ROAD_SUBSIDENCE")
    says_no(workspace, received(workspace), "IN_ACTION")
    moved(workspace, case, "IN_ACTION")
    (task,) = workspace.store.sheet(case).of("action")
    assert (task.text("title"), task.text("due_on"), task.get("mandatory")) == (
        "사후 방침기록",
        "2026-11-30",
        True,
    )


def test_follow_ups_of_the_category_are_put_in_the_calendar(workspace) -> None:
    case = at_work(workspace)
    recording.revise(workspace, case, {"category_code": "ROAD_DRAIN"})
    moved(workspace, case, "NOTIFIED", reason="먼저 알림")
    moved(workspace, case, "FOLLOW_UP")
    dates = [each.text("due_on") for each in workspace.store.sheet(case).of("followup")]
    assert dates == ["2027-02-21", "2027-06-01"]


def test_follow_ups_that_are_there_stay_alone(workspace) -> None:
    from fieldlog.domain.editing import Edit

    case = at_work(workspace)
    recording.revise(workspace, case, {"category_code": "ROAD_DRAIN"})
    own = Edit(
        record=workspace.mint.record_id(), kind="followup", values={"case_id": case, "due_on": "2027-01-04"}
    )
    workspace.keep([own])
    moved(workspace, case, "NOTIFIED", reason="먼저 알림")
    moved(workspace, case, "FOLLOW_UP")
    assert [each.text("due_on") for each in workspace.store.sheet(case).of("followup")] == ["2027-01-04"]


def closed(workspace) -> RecordId:
    case = at_work(workspace)
    recording.revise(workspace, workspace.store.sheet(case).of("action")[0].id, {"status": "DONE"})
    moved(workspace, case, "VERIFYING", "NOTIFIED", reason="현장에서 확인함")
    moving.move_case(workspace, case, "CLOSED", "사후점검 불필요", close_reason="RESOLVED")
    return case


def test_reopening_counts_and_lifts_what_closing_said(workspace) -> None:
    case = closed(workspace)
    answered = case_of(workspace, case).get("answered_at")
    assert case_of(workspace, case).text("close_reason") == "RESOLVED"
    says_no(workspace, case, "INVESTIGATING")
    moved(workspace, case, "INVESTIGATING", reason="같은 자리 재발")
    found = case_of(workspace, case)
    assert found.get("reopen_count") == 1
    assert (found.get("close_reason"), found.get("resolved_at")) == (None, None)
    assert found.get("answered_at") == answered


def test_a_new_petition_for_a_reopened_case_starts_the_time_again(workspace, clock) -> None:
    case = closed(workspace)
    old = case_of(workspace, case).text("original_due_at")
    clock.go(days=30)
    moving.move_case(workspace, case, "INVESTIGATING", "새 민원", received_at=workspace.now().isoformat())
    found = case_of(workspace, case)
    assert found.get("answered_at") is None
    assert found.text("original_due_at") > old


def test_a_case_is_merged_into_another_living_one_and_never_in_a_circle(workspace) -> None:
    one, two, three = (received(workspace, title=title) for title in ("첫째", "둘째", "셋째"))
    says_no(workspace, one, "MERGED")
    with pytest.raises(BadInput):
        moving.move_case(workspace, one, "MERGED", merged_into_id=one)
    with pytest.raises(NotFound):
        moving.move_case(workspace, one, "MERGED", merged_into_id="0199a3c0-0000-7000-8000-0000000000ff")
    moving.move_case(workspace, one, "MERGED", merged_into_id=two)
    moving.move_case(workspace, two, "MERGED", merged_into_id=three)
    with pytest.raises(BadInput):
        moving.move_case(workspace, three, "MERGED", merged_into_id=one)
    gone = received(workspace, title="지울 사안")
    recording.remove(workspace, gone, "중복")
    with pytest.raises(BadInput):
        moving.move_case(workspace, three, "MERGED", merged_into_id=gone)


def test_a_transfer_names_the_agency(workspace) -> None:
    case = received(workspace)
    says_no(workspace, case, "TRANSFERRED")
    moving.move_case(workspace, case, "TRANSFERRED", "국도 구간", lead_agency="국토관리사무소")
    assert case_of(workspace, case).text("lead_agency") == "국토관리사무소"


def solve(workspace, case, *alternatives: dict[str, object]) -> None:
    from fieldlog.domain.editing import Edit

    weights = {"effect": 60, "cost": 40}
    edits = [
        Edit(
            record=workspace.mint.record_id(),
            kind="alternative",
            values={"case_id": case, "title": f"대안 {n}", "weights": weights, **values},
        )
        for n, values in enumerate(alternatives)
    ]
    workspace.keep(edits)


def test_choosing_below_the_top_score_needs_a_reason_of_ten_characters(workspace) -> None:
    case = received(workspace)
    moved(workspace, case, "TRIAGED", "INVESTIGATING", "ANALYZING", reason="현장조사 불필요")
    best, other = {"scores": {"effect": 5, "cost": 4}}, {"scores": {"effect": 3, "cost": 5}, "chosen": True}
    solve(workspace, case, best, other)
    assert "가장 높은 대안" in says_no(workspace, case, "DECIDED")
    moved(workspace, case, "DECIDED", reason="예산 안에서 가능한 것은 이것뿐임")


def test_the_top_alternative_or_an_explained_one_is_decided_without_more(workspace) -> None:
    for chosen in (
        {"scores": {"effect": 5, "cost": 5}},
        {"scores": {"effect": 1}, "chosen_reason": "주민이 모두 바라는 방법임"},
    ):
        case = received(workspace)
        moved(workspace, case, "TRIAGED", "INVESTIGATING", "ANALYZING", reason="현장조사 불필요")
        solve(workspace, case, {"scores": {"effect": 4, "cost": 4}}, {**chosen, "chosen": True})
        moved(workspace, case, "DECIDED")


def test_an_unanswered_alert_holds_the_decision_up(workspace) -> None:
    from fieldlog.domain.editing import Edit

    case = received(workspace)
    moved(workspace, case, "TRIAGED", "INVESTIGATING", "ANALYZING", reason="현장조사 불필요")
    alert = workspace.mint.record_id()
    workspace.keep([Edit(record=alert, kind="alert", values={"case_id": case, "state": "OPEN"})])
    assert "사전협의" in says_no(workspace, case, "DECIDED", "더 볼 대안이 없음")
    workspace.keep([Edit(record=alert, kind="alert", values={"verdict": "UNRELATED"})])
    moved(workspace, case, "DECIDED", reason="더 볼 대안이 없음")


def test_a_legal_basis_in_the_decision_counts(workspace) -> None:
    from fieldlog.domain.editing import Edit

    case = received(workspace)
    decision = {"case_id": case, "type": "REJECT", "basis": "도로법 제40조"}
    workspace.keep([Edit(record=workspace.mint.record_id(), kind="decision", values=decision)])
    assert facts_of(workspace, workspace.store.sheet(case)).legal_basis == "도로법 제40조"


def from_newer_version(workspace, case, stage) -> None:
    """Write a stage that this version does not know, as if it had arrived from elsewhere."""
    store = workspace.store
    with store.database.writing() as connection:
        from fieldlog.storage.ingest import Ingest
        from fieldlog.storage.streams import all_streams

        streams = all_streams(connection)
        ingest = Ingest(connection, store._read_model, streams)
        head = ingest.load(case).heads[STAGE.id][0]
        change = Change(STAGE.id, (head.version,), int(FieldType.STAGE), stage)
        changed = (RecordChange(case, 1, (change,)),)
        store._chain(connection, ingest, streams, changed, author="", kind=OpKind.SAVE, ext={})


def test_nothing_is_promised_that_does_not_happen(workspace) -> None:
    case = received(workspace)
    ways = {way.move.end: way for way in moving.ways_on(workspace, case)}
    assert ways[Stage.TRANSFERRED].brings == (Effect.STOP_CLOCK,)
    assert Effect.DRAFT_CITIZEN_NOTICE in ways[Stage.TRANSFERRED].move.effects
    assert Effect.PAUSE_CLOCK_IF_LEGAL not in ways[Stage.ON_HOLD].brings
    written = set(moving._BROUGHT_ALONG) - {Effect.RESUME_CLOCK}
    assert written <= moving._CARRIED_OUT


def test_a_stage_of_a_newer_version_is_shown_as_it_is_and_offers_no_moves(workspace) -> None:
    case = received(workspace)
    from_newer_version(workspace, case, "ARBITRATED")
    assert case_of(workspace, case).text("stage") == "ARBITRATED"
    assert moving.ways_on(workspace, case) == ()
    assert "ARBITRATED" in says_no(workspace, case, "TRIAGED")
    recording.revise(workspace, case, {"title": "고칠 수는 있는 제목"})
    assert workspace.store.verify().sound


def test_the_ways_on_say_what_is_missing(workspace) -> None:
    ways = {way.move.end: way.verdict for way in moving.ways_on(workspace, drafted(workspace))}
    assert not ways[Stage.RECEIVED].allowed
    assert {refusal.field for refusal in ways[Stage.RECEIVED].refusals} == {"location", "received_at"}
    assert moving.ways_on(workspace, received(workspace))[0].verdict.allowed


def test_where_the_agency_numbers_at_sync_a_received_case_keeps_its_temporary_number(
    tmp_path, workspace
) -> None:
    from msgspec.structs import replace

    numbering = replace(workspace.profile.numbering, assign="at_sync")
    workspace.profile = replace(workspace.profile, numbering=numbering)
    assert case_of(workspace, received(workspace)).text("case_no").startswith("임시-")


def test_roles_are_asked_for_where_people_share_a_store(tmp_path, clock) -> None:
    from msgspec.structs import replace

    from fieldlog.domain.lifecycle import Role

    with_roles = practice_store(tmp_path / "other", clock)
    with_roles.profile = replace(with_roles.profile, solo_mode=False, roles=frozenset({Role.FIELD_OFFICER}))
    case = received(with_roles)
    with pytest.raises(NotAllowed):
        moving.move_case(with_roles, case, "TRANSFERRED", "국도", lead_agency="국토관리사무소")
    with_roles.close()
