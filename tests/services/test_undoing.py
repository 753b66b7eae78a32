from __future__ import annotations

import pytest
from helpers.makers import at_work, drafted, moved, part, picture, received
from helpers.stores import reopened

from fieldlog.domain.errors import NotAllowed
from fieldlog.services import moving, placing, recording
from fieldlog.services.photographs import add_photos
from fieldlog.services.undoing import undo_last, undo_op


def title(workspace, case) -> str:
    return workspace.store.find(case).text("title")


def test_undo_brings_back_what_a_change_replaced(workspace) -> None:
    case = drafted(workspace)
    recording.revise(workspace, case, {"title": "고친 제목", "description": "새 내용"})
    undone = undo_last(workspace)
    assert undone.kept == 0
    assert undone.effects.cases == {case}
    assert title(workspace, case) == "적다 만 사안"
    assert workspace.store.find(case).get("description") is None
    assert workspace.store.verify().sound


def test_undo_twice_in_a_row_goes_back_twice_also_in_one_field(workspace) -> None:
    case = drafted(workspace)
    for name in ("둘째 제목", "셋째 제목", "넷째 제목"):
        recording.revise(workspace, case, {"title": name})
    seen = []
    for _ in range(3):
        undo_last(workspace)
        seen.append(title(workspace, case))
    assert seen == ["셋째 제목", "둘째 제목", "적다 만 사안"]
    assert workspace.store.verify().sound


def test_undo_works_on_after_the_window_was_closed(workspace) -> None:
    case = drafted(workspace)
    recording.revise(workspace, case, {"title": "둘째 제목"})
    recording.revise(workspace, case, {"title": "셋째 제목"})
    undo_last(workspace)
    again = reopened(workspace)
    undo_last(again)
    assert title(again, case) == "적다 만 사안"
    again.close()


def test_work_after_an_undo_is_undone_before_what_lies_under_it(workspace) -> None:
    case = drafted(workspace)
    recording.revise(workspace, case, {"title": "둘째 제목"})
    recording.revise(workspace, case, {"title": "셋째 제목"})
    undo_last(workspace)
    recording.revise(workspace, case, {"title": "다른 셋째 제목"})
    undo_last(workspace)
    assert title(workspace, case) == "둘째 제목"
    undo_last(workspace)
    assert title(workspace, case) == "적다 만 사안"


def test_undoing_a_creation_hides_the_case_with_all_that_came_with_it(workspace) -> None:
    case = received(workspace, tags=("해빙기",))
    undo_last(workspace)
    sheet = workspace.store.sheet(case)
    assert sheet.case.deleted
    assert (sheet.location, sheet.of("tag")) == (None, ())
    recording.restore(workspace, case)
    assert not workspace.store.find(case).deleted


def test_everything_down_to_the_first_save_can_be_undone_and_then_nothing(workspace) -> None:
    case = received(workspace)
    recording.revise(workspace, case, {"title": "둘째 제목"})
    part(workspace, case, "tag", name="해빙기")
    for _ in range(3):
        undo_last(workspace)
    assert workspace.store.find(case).deleted
    with pytest.raises(NotAllowed):
        undo_last(workspace)


def test_undoing_a_removal_shows_the_record_again(workspace) -> None:
    case = drafted(workspace)
    recording.remove(workspace, case, "중복")
    undo_last(workspace)
    assert not workspace.store.find(case).deleted


def test_undoing_a_restoration_hides_it_again_with_its_reason(workspace) -> None:
    case = drafted(workspace)
    recording.remove(workspace, case, "중복")
    recording.restore(workspace, case)
    undo_last(workspace)
    assert workspace.store.find(case).deleted


def test_undoing_a_move_takes_back_everything_it_brought(workspace) -> None:
    case = drafted(workspace, received_at=workspace.now(), petition="OTHER")
    before = dict(workspace.store.find(case).values)
    moved(workspace, case, "RECEIVED", reason="위치 없음")
    undo_last(workspace)
    assert dict(workspace.store.find(case).values) == before
    moved(workspace, case, "RECEIVED", reason="위치 없음")
    assert workspace.store.find(case).text("case_no") == "HB-2026-0002"


def test_undoing_a_move_removes_the_records_it_added(workspace) -> None:
    case = received(workspace, category="ROAD_SUBSIDENCE")
    moved(workspace, case, "IN_ACTION")
    undo_last(workspace)
    assert workspace.store.sheet(case).of("action") == ()
    assert workspace.store.find(case).text("stage") == "RECEIVED"


def test_undoing_closing_opens_the_case(workspace) -> None:
    case = at_work(workspace)
    recording.revise(workspace, workspace.store.sheet(case).of("action")[0].id, {"status": "DONE"})
    moved(workspace, case, "VERIFYING", "NOTIFIED", "CLOSED", reason="현장에서 확인함")
    undo_last(workspace)
    recording.revise(workspace, case, {"title": "고친 제목"})


def test_sets_go_back_element_by_element(workspace) -> None:
    case = drafted(workspace)
    recording.revise(workspace, case, {"vulnerable_flags": ["CHILD"]})
    recording.revise(workspace, case, {"vulnerable_flags": ["ELDER", "DISABLED"]})
    undo_last(workspace)
    assert workspace.store.find(case).words("vulnerable_flags") == ("CHILD",)
    undo_last(workspace)
    assert workspace.store.find(case).words("vulnerable_flags") == ()


def test_a_tag_and_a_photo_can_be_taken_back(workspace) -> None:
    case = drafted(workspace)
    part(workspace, case, "tag", name="해빙기")
    undo_last(workspace)
    next(add_photos(workspace, case, [picture()]))
    undo_last(workspace)
    sheet = workspace.store.sheet(case)
    assert (sheet.of("tag"), sheet.of("photo")) == ((), ())
    assert next(add_photos(workspace, case, [picture()])).status == "added"


def test_a_place_goes_back_to_where_it_was(workspace) -> None:
    case = received(workspace)
    placing.set_place(workspace, case, {"lat": 37.5, "lon": 126.9})
    undo_last(workspace)
    location = workspace.store.sheet(case).location
    assert (location.get("lat"), location.get("lon")) == (36.48, 127.289)


def test_a_field_changed_since_stays_and_is_counted(workspace) -> None:
    case = drafted(workspace)
    first = recording.revise(workspace, case, {"title": "둘째 제목", "description": "새 내용"})
    recording.revise(workspace, case, {"title": "셋째 제목"})
    undone = undo_op(workspace, first.op)
    assert undone.kept == 1
    assert title(workspace, case) == "셋째 제목"
    assert workspace.store.find(case).get("description") is None


def test_where_everything_changed_since_nothing_is_undone(workspace) -> None:
    case = drafted(workspace)
    first = recording.revise(workspace, case, {"title": "둘째 제목"})
    recording.revise(workspace, case, {"title": "셋째 제목"})
    with pytest.raises(NotAllowed):
        undo_op(workspace, first.op)


def test_a_case_on_which_more_was_built_is_not_hidden_by_undoing_its_creation(workspace) -> None:
    made = recording.record_case(workspace, recording.CaseDraft(title="포트홀", category="ROAD_POTHOLE"))
    part(workspace, made.record.id, "comment", body="다른 사람의 의견")
    with pytest.raises(NotAllowed):
        undo_op(workspace, made.effects.op)
    assert not workspace.store.find(made.record.id).deleted


def test_a_case_changed_since_is_not_hidden_but_one_changed_back_is(workspace) -> None:
    made = recording.record_case(workspace, recording.CaseDraft(title="포트홀", category="ROAD_POTHOLE"))
    recording.revise(workspace, made.record.id, {"title": "고친 제목"})
    with pytest.raises(NotAllowed):
        undo_op(workspace, made.effects.op)
    undo_last(workspace)
    undo_last(workspace)
    assert workspace.store.find(made.record.id).deleted


def test_undoing_an_undo_is_not_offered_but_a_decision_can_be_undone(workspace) -> None:
    case = drafted(workspace)
    seen = workspace.store.find(case).seen
    recording.revise(workspace, case, {"title": "하나의 제목"})
    recording.revise(workspace, case, {"title": "둘의 제목"}, seen=seen)
    recording.revise(workspace, case, {"title": "정한 제목"}, settles=True)
    undo_last(workspace)
    assert title(workspace, case) == "둘의 제목"
    assert workspace.store.verify().sound


def test_what_the_person_is_called_is_never_undone(workspace) -> None:
    with pytest.raises(NotAllowed):
        undo_last(workspace)
    assert workspace.store.find(workspace.official.id).text("display_name") == "한가람"


def test_an_undo_appears_in_the_history(workspace) -> None:
    from fieldlog.domain.op import OpKind
    from fieldlog.services.browsing import case_history

    case = drafted(workspace)
    moving.move_case(workspace, case, "WITHDRAWN", "신고인이 취하")
    undo_last(workspace)
    assert [line.kind for line in case_history(workspace, case)] == [OpKind.UNDO, OpKind.MOVE, OpKind.SAVE]
