from __future__ import annotations

from helpers.makers import part, received

from fieldlog.services import browsing, recording
from fieldlog.services.settling import contests, settle_contest


def contested(workspace, record, field, mine, theirs) -> None:
    """Two people change one field, neither seeing the other."""
    seen = browsing.read_record(workspace, record).seen
    for value in (theirs, mine):
        recording.revise(workspace, record, {field: value}, seen=seen)


def test_a_case_nobody_contests_has_no_contests(workspace) -> None:
    assert contests(workspace, received(workspace)) == ()


def test_both_values_are_told_with_who_and_when_the_newest_first(workspace) -> None:
    case = received(workspace)
    contested(workspace, case, "title", "내 제목", "남의 제목")
    (contest,) = contests(workspace, case)
    assert (contest.record, contest.kind, contest.field) == (case, "case", "title")
    assert [each.value for each in contest.contenders] == ["내 제목", "남의 제목"]
    assert {each.author for each in contest.contenders} == {"한가람"}
    assert contest.contenders[0].at > contest.contenders[1].at


def test_parts_of_the_case_are_looked_at_too(workspace) -> None:
    case = received(workspace)
    action = part(workspace, case, "action", title="덧씌우기")
    contested(workspace, action, "status", "DONE", "BLOCKED")
    assert [(each.kind, each.field) for each in contests(workspace, case)] == [("action", "status")]


def test_a_decision_replaces_every_value_and_can_be_any_of_them(workspace) -> None:
    case = received(workspace)
    contested(workspace, case, "title", "내 제목", "남의 제목")
    (contest,) = contests(workspace, case)
    assert settle_contest(workspace, contest, "남의 제목").records == {case}
    assert contests(workspace, case) == ()
    assert browsing.read_record(workspace, case).text("title") == "남의 제목"
