from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from helpers.makers import HERE, at_work, drafted, moved, part, picture, received

from fieldlog.domain.errors import BadInput, NotAllowed, NotFound
from fieldlog.domain.ids import RecordId
from fieldlog.domain.period import parse_period
from fieldlog.services import moving, recording
from fieldlog.services.checking import doubt_of_visit
from fieldlog.services.photographs import add_photos
from fieldlog.services.recording import CaseDraft

NOBODY = RecordId("0199a3c0-0000-7000-8000-0000000000ff")


def test_a_case_is_one_save_with_its_place_and_its_tags(workspace) -> None:
    before = workspace.store.verify().ops
    draft = CaseDraft(
        title="포트홀", category="ROAD_POTHOLE", place=HERE, tags=("해빙기", "긴급 복구", "해빙기")
    )
    recorded = recording.record_case(workspace, draft)
    sheet = workspace.store.sheet(recorded.record.id)
    assert workspace.store.verify().ops == before + 1
    assert sheet.location is not None
    assert [tag.text("name") for tag in sheet.of("tag")] == ["해빙기", "긴급_복구"]
    assert recorded.effects.cases == {recorded.record.id}
    assert recorded.effects.kinds == {"case", "location", "tag"}


def test_a_case_takes_its_defaults_from_its_category(workspace) -> None:
    case = workspace.store.find(drafted(workspace))
    assert (case.text("severity"), case.text("urgency")) == ("4", "URGENT")
    assert (case.text("lead_dept_id"), case.text("owner_user_id")) == ("ROAD", "한가람")
    assert (case.text("disclosure"), case.text("retention")) == ("PARTIAL", "Y5")


def test_a_received_case_with_a_place_has_a_number_of_the_agency_and_a_due_time(workspace) -> None:
    case = workspace.store.find(received(workspace))
    assert case.text("case_no") == "HB-2026-0001"
    assert case.text("stage") == "RECEIVED"
    assert case.text("original_due_at") == "2026-12-01T18:00:00+09:00"


def test_a_case_without_receipt_is_a_draft_with_a_number_of_the_device(workspace) -> None:
    case = workspace.store.find(drafted(workspace))
    assert case.text("stage") == "DRAFT"
    assert case.text("case_no") == f"임시-{workspace.store.note('device_code')}-0001"


def test_a_given_period_goes_before_that_of_the_petition(workspace) -> None:
    case = workspace.store.find(received(workspace, period=parse_period("3d")))
    assert (case.get("period_value"), case.text("period_unit")) == (3, "DAYS")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (CaseDraft(title="", category="ROAD_POTHOLE"), "제목"),
        (CaseDraft(title="\u200b \n", category="ROAD_POTHOLE"), "제목"),
        (CaseDraft(title="가", category="ROAD_POTHOLE"), "제목"),
        (CaseDraft(title="가" * 101, category="ROAD_POTHOLE"), "제목"),
        (CaseDraft(title="포트홀", category="NOWHERE"), "분류"),
        (CaseDraft(title="포트홀", category=""), "분류"),
        (CaseDraft(title="포트홀", category="ROAD_POTHOLE", description="가" * 10_001), "내용"),
        (CaseDraft(title="포트홀", category="ROAD_POTHOLE", petition="NONE_SUCH"), "민원종류"),
        (CaseDraft(title="포트홀", category="ROAD_POTHOLE", place={"lat": 36.0}), "경도"),
        (CaseDraft(title="포트홀", category="ROAD_POTHOLE", place={"lat": 91.0, "lon": 0.0}), "위도"),
        (CaseDraft(title="포트홀", category="ROAD_POTHOLE", tags=("가" * 21,)), "이름"),
        (CaseDraft(title="포트홀", category="ROAD_POTHOLE", more={"severity": "6"}), "심각도"),
        (CaseDraft(title="포트홀", category="ROAD_POTHOLE", more={"colour": "red"}), "colour"),
        (CaseDraft(title="포트홀", category="ROAD_POTHOLE", more={"due_at": "2026-12-01"}), "due_at"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_by_its_name_and_nothing_is_saved(
    workspace, draft, field
) -> None:
    before = workspace.store.verify().ops
    with pytest.raises(BadInput) as caught:
        recording.record_case(workspace, draft)
    assert field in caught.value.what.ko
    assert workspace.store.verify().ops == before
    assert workspace.store.find(received(workspace)).text("case_no") == "HB-2026-0001"


@pytest.mark.parametrize("name", ["case_no", "original_due_at", "held_from", "reopen_count", "stage"])
def test_what_the_program_writes_itself_cannot_be_given(workspace, name) -> None:
    with pytest.raises(NotAllowed):
        recording.record_case(workspace, CaseDraft(title="포트홀", category="ROAD_POTHOLE", more={name: "1"}))
    with pytest.raises(NotAllowed):
        recording.revise(workspace, drafted(workspace), {name: "1"})


def test_a_report_may_lie_five_minutes_ahead_of_the_clock_but_no_more(workspace) -> None:
    now = workspace.now()
    drafted(workspace, reported_at=now + timedelta(minutes=5))
    with pytest.raises(BadInput) as caught:
        drafted(workspace, reported_at=now + timedelta(minutes=6))
    assert "오지 않은" in caught.value.why.ko


def test_nothing_is_received_before_it_was_reported_neither_at_first_nor_later(workspace) -> None:
    now = workspace.now()
    with pytest.raises(BadInput):
        received(workspace, reported_at=now, received_at=now - timedelta(seconds=1))
    case = received(workspace, reported_at=now, received_at=now)
    with pytest.raises(BadInput):
        recording.revise(workspace, case, {"received_at": "2026-11-01T09:00"})
    with pytest.raises(BadInput):
        recording.revise(workspace, case, {"reported_at": "2027-01-01T09:00"})


def test_an_impossible_far_time_is_kept_out_without_a_crash(workspace) -> None:
    case = drafted(workspace, reported_at=workspace.now() - timedelta(days=1))
    for text in ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00+14:00", "어제", "2026-02-30"):
        with pytest.raises(BadInput):
            recording.revise(workspace, case, {"reported_at": text})
    recording.revise(
        workspace,
        case,
        {"received_at": "9999-12-31T23:59:59+09:00", "period_value": 7, "period_unit": "DAYS"},
    )
    assert workspace.store.verify().sound


def test_a_change_writes_only_what_differs(workspace) -> None:
    case = drafted(workspace)
    before = workspace.store.verify().ops
    assert not recording.revise(workspace, case, {"title": "적다 만 사안", "severity": "4"})
    assert workspace.store.verify().ops == before
    assert recording.revise(workspace, case, {"title": "다 적은 사안"}).cases == {case}


def test_a_category_is_changed_only_to_one_the_agency_has(workspace) -> None:
    case = drafted(workspace)
    recording.revise(workspace, case, {"category_code": "ROAD_LIGHT"})
    with pytest.raises(BadInput):
        recording.revise(workspace, case, {"category_code": "ROAD_NONE"})


def test_a_field_that_every_case_needs_cannot_be_emptied(workspace) -> None:
    with pytest.raises(BadInput) as caught:
        recording.revise(workspace, drafted(workspace), {"title": "  "})
    assert "비워" in caught.value.why.ko


def test_a_field_is_needed_from_its_stage_on(workspace) -> None:
    draft, case = drafted(workspace, received_at=workspace.now()), received(workspace)
    recording.revise(workspace, draft, {"received_at": ""})
    with pytest.raises(BadInput):
        recording.revise(workspace, case, {"received_at": ""})
    moving.move_case(workspace, case, "ON_HOLD", "예산 2026-12-20까지")
    with pytest.raises(BadInput):
        recording.revise(workspace, case, {"received_at": ""})


def test_a_change_based_on_an_older_sight_stays_beside_the_newer_one(workspace) -> None:
    case = drafted(workspace)
    seen = workspace.store.find(case).seen
    recording.revise(workspace, case, {"title": "다른 창의 제목"})
    recording.revise(workspace, case, {"title": "이 창의 제목"}, seen=seen)
    both = workspace.store.find(case)
    assert both.in_conflict == ("title",)
    assert both.text("title") == "이 창의 제목"
    recording.revise(workspace, case, {"title": "정한 제목"}, settles=True)
    assert workspace.store.find(case).in_conflict == ()
    assert workspace.store.verify().sound


def test_deciding_for_the_value_that_is_shown_ends_the_conflict_too(workspace) -> None:
    case = drafted(workspace)
    seen = workspace.store.find(case).seen
    recording.revise(workspace, case, {"title": "하나"})
    recording.revise(workspace, case, {"title": "둘째"}, seen=seen)
    assert recording.revise(workspace, case, {"title": "둘째"}, settles=True)
    assert workspace.store.find(case).in_conflict == ()
    assert not recording.revise(workspace, case, {"title": "둘째"}, settles=True)


@pytest.mark.parametrize("kind", ["visit", "observation", "action", "comment", "tag", "location"])
def test_every_kind_with_a_screen_can_be_added(workspace, kind) -> None:
    values = {"observation": {"text": "깊이 9cm"}, "action": {"title": "포장"}, "comment": {"body": "확인"}}
    values |= {"tag": {"name": "해빙기"}, "location": {"lat": 36.0, "lon": 127.0}}
    case = drafted(workspace)
    recorded = recording.add_part(workspace, case, kind, values.get(kind, {}))
    assert recorded.effects.cases == {case}
    assert workspace.store.sheet(case).of(kind)[0].id == recorded.record.id


def test_visits_and_observations_are_numbered_by_themselves(workspace) -> None:
    case = drafted(workspace)
    for _ in range(2):
        part(workspace, case, "visit")
        part(workspace, case, "observation", text="관찰")
    sheet = workspace.store.sheet(case)
    assert [visit.get("visit_no") for visit in sheet.of("visit")] == [1, 2]
    assert [each.get("seq") for each in sheet.of("observation")] == [1, 2]
    assert sheet.of("visit")[0].text("visit_kind") == "V_POTHOLE"


def test_kinds_without_a_screen_and_parts_without_a_case_are_refused(workspace) -> None:
    case = drafted(workspace)
    with pytest.raises(NotAllowed):
        part(workspace, case, "party", kind="RESIDENT", label="주민 A")
    with pytest.raises(NotFound):
        part(workspace, NOBODY, "visit")
    tag = part(workspace, case, "tag", name="해빙기")
    with pytest.raises(NotFound):
        part(workspace, tag, "comment", body="표에 단 의견")
    with pytest.raises(NotFound):
        workspace.store.find(RecordId("사안이 아님"))


def test_what_a_part_needs_is_asked_for(workspace) -> None:
    case = drafted(workspace)
    for kind in ("observation", "action", "comment", "tag", "location"):
        with pytest.raises(BadInput) as caught:
            part(workspace, case, kind)
        assert "비워" in caught.value.why.ko


@pytest.mark.parametrize(
    ("started", "ended"),
    [
        ("2026-11-23T10:00", "2026-11-23T10:00"),
        ("2026-11-23T10:00", "2026-11-23T09:00"),
        ("2026-11-23T10:00", "2026-11-24T10:01"),
    ],
)
def test_a_visit_ends_after_it_began_and_within_a_day(workspace, started, ended) -> None:
    case = drafted(workspace)
    with pytest.raises(BadInput):
        part(workspace, case, "visit", started_at=started, ended_at=ended)
    visit = part(workspace, case, "visit", started_at=started)
    with pytest.raises(BadInput):
        recording.revise(workspace, visit, {"ended_at": ended})
    recording.revise(workspace, visit, {"ended_at": "2026-11-24T10:00"})


def test_a_visit_of_more_than_eight_hours_is_taken_and_asked_about() -> None:
    begun = {"started_at": "2026-11-23T09:00:00+09:00"}
    assert doubt_of_visit(begun) is None
    assert doubt_of_visit({**begun, "ended_at": "2026-11-23T17:00:00+09:00"}) is None
    assert doubt_of_visit({**begun, "ended_at": "2026-11-23T17:01:00+09:00"}) is not None


def test_what_was_written_once_is_never_changed(workspace) -> None:
    case = drafted(workspace)
    answer = next(add_photos(workspace, case, [picture()]))
    for name, value in (("sha256", "0" * 64), ("case_id", NOBODY), ("bytes", 1)):
        with pytest.raises(NotAllowed):
            recording.revise(workspace, answer.record, {name: value})
    recording.revise(workspace, answer.record, {"caption": "전경"})


def test_a_closed_case_is_read_only_with_everything_in_it(workspace) -> None:
    case = at_work(workspace)
    action = workspace.store.sheet(case).of("action")[0].id
    recording.revise(workspace, action, {"status": "DONE"})
    moved(workspace, case, "VERIFYING", "NOTIFIED", "CLOSED", reason="현장에서 확인하고 통지함")
    with pytest.raises(NotAllowed):
        recording.revise(workspace, case, {"title": "고친 제목"})
    with pytest.raises(NotAllowed):
        recording.revise(workspace, action, {"title": "고친 조치"})
    with pytest.raises(NotAllowed):
        part(workspace, case, "comment", body="뒤늦은 의견")
    with pytest.raises(NotAllowed):
        recording.remove(workspace, action, "잘못 적음")
    with pytest.raises(NotAllowed):
        next(add_photos(workspace, case, [picture()]))
    moved(workspace, case, "INVESTIGATING", reason="재발")
    recording.revise(workspace, action, {"title": "고친 조치"})


def test_removing_hides_a_record_and_restoring_shows_it_again(workspace) -> None:
    case = received(workspace)
    tag = part(workspace, case, "tag", name="해빙기")
    recording.remove(workspace, tag, "잘못 단 표")
    assert workspace.store.sheet(case).of("tag") == ()
    assert workspace.store.find(tag).deleted
    recording.restore(workspace, tag)
    assert len(workspace.store.sheet(case).of("tag")) == 1


def test_a_record_is_removed_only_with_a_reason_and_only_once(workspace) -> None:
    case = drafted(workspace)
    with pytest.raises(BadInput):
        recording.remove(workspace, case, " ")
    recording.remove(workspace, case, "중복")
    with pytest.raises(NotAllowed):
        recording.remove(workspace, case, "또 중복")


def test_a_removed_case_takes_nothing_until_it_is_restored(workspace) -> None:
    case = received(workspace)
    tag = part(workspace, case, "tag", name="해빙기")
    recording.remove(workspace, case, "중복")
    for change in (
        lambda: recording.revise(workspace, case, {"title": "고친 제목"}),
        lambda: recording.revise(workspace, tag, {"name": "고친표"}),
        lambda: part(workspace, case, "comment", body="의견"),
        lambda: next(add_photos(workspace, case, [picture()])),
        lambda: moving.move_case(workspace, case, "TRIAGED"),
        lambda: recording.restore(workspace, tag),
    ):
        with pytest.raises(NotAllowed):
            change()
    recording.restore(workspace, case)
    recording.revise(workspace, case, {"title": "고친 제목"})
    assert workspace.store.verify().sound


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u1111\u1169\u1110\u1173\u1112\u1169\u11af", "포트홀"),
        ("한\u200b\u1112\u200b\u1161\u200b\u11ab", "한한"),
        ("첫줄\r\n둘째\r셋째\x85넷째\u2028다섯", "첫줄\n둘째\n셋째\n넷째\n다섯"),
        ("널\x00문자\x1b[31m와 \u202e거꾸로", "널문자[31m와 거꾸로"),
        ("가족 👨‍👩‍👧 표정 🙂", "가족 👨‍👩‍👧 표정 🙂"),
        ("반쪽 \ud83d 글자", "반쪽 \ufffd 글자"),
        ("漢字와 Ｗｉｄｅ", "漢字와 Ｗｉｄｅ"),
    ],
)
def test_text_is_kept_as_it_was_meant_and_reads_the_same_after_reopening(workspace, typed, kept) -> None:
    case = drafted(workspace, description=typed)
    assert workspace.store.find(case).text("description") == kept
    assert workspace.store.verify().sound


def test_the_longest_texts_and_sets_go_through(workspace) -> None:
    case = drafted(workspace, description="가" * 10_000)
    numbers = [f"HB-2025-{n:04d}" for n in range(1, 300)]
    recording.revise(workspace, case, {"related_numbers": numbers, "vulnerable_flags": ["CHILD", "ELDER"]})
    found = workspace.store.find(case)
    assert found.words("related_numbers") == tuple(numbers)
    assert workspace.store.verify().sound


def test_elements_with_colons_quotes_and_emoji_survive_in_sets(workspace) -> None:
    case = drafted(workspace)
    words = ["a:b:c", "'; DROP TABLE op;--", "🙂", "5"]
    recording.revise(workspace, case, {"related_numbers": words})
    assert set(workspace.store.find(case).words("related_numbers")) == set(words)
    recording.revise(workspace, case, {"related_numbers": words[:1]})
    assert workspace.store.find(case).words("related_numbers") == ("a:b:c",)


def test_two_threads_saving_at_once_lose_nothing_and_share_no_number(workspace) -> None:
    made: list[RecordId] = []
    troubles: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for turn in range(12):
                case = received(workspace, title=f"{name} {turn}")
                recording.revise(workspace, case, {"description": f"{name} {turn} 설명"})
                made.append(case)
        except BaseException as trouble:  # noqa: BLE001
            troubles.append(trouble)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("가람", "나래", "다솜")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    numbers = [workspace.store.find(case).text("case_no") for case in made]
    assert sorted(numbers) == [f"HB-2026-{n:04d}" for n in range(1, 37)]
    assert workspace.store.verify().sound
