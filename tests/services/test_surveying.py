from __future__ import annotations

from helpers.makers import HERE, at_work, drafted, part, picture, received

from fieldlog.domain.clock import iso
from fieldlog.domain.period import parse_period
from fieldlog.services import drafting, opening
from fieldlog.services.photographs import add_photos
from fieldlog.services.surveying import SHOWN, filter_of, survey
from fieldlog.services.workspace import Official


def test_a_new_store_has_nothing_to_survey(workspace) -> None:
    assert survey(workspace).is_blank


def test_deadlines_are_parted_into_late_today_and_later_this_week(workspace, clock) -> None:
    clock.go(days=-20)
    received(workspace, "늦음", period=parse_period("7d"))
    clock.go(days=20)
    received(workspace, "오늘", period=parse_period("4h"))
    received(workspace, "수요일", period=parse_period("2d"))
    received(workspace, "다음 달", period=parse_period("20d"))
    day = survey(workspace)
    shown = {group.subject: [line.case.title for line in group.lines] for group in day.groups}
    assert (shown["overdue"], shown["today"], shown["week"]) == (["늦음"], ["오늘"], ["수요일"])
    assert day.group("overdue").lines[0].remaining.light.name == "RED"


def test_only_the_first_lines_are_read_and_all_are_counted(workspace) -> None:
    for number in range(SHOWN + 3):
        drafted(workspace, f"위치 없는 {number}번")
    group = survey(workspace).group("no_place")
    assert (group.count, len(group.lines)) == (SHOWN + 3, SHOWN)


def test_my_own_work_is_what_bears_my_name_and_is_under_way(workspace) -> None:
    case = at_work(workspace)
    drafted(workspace)
    opening.introduce(workspace, Official(workspace.official.id, "다른 사람", "주무관", "ROAD"))
    assert survey(workspace).group("mine").count == 0
    opening.introduce(workspace, Official(workspace.official.id, "한가람", "주무관", "ROAD"))
    assert [line.case.id for line in survey(workspace).group("mine").lines] == [case]
    assert filter_of(workspace, "mine").owners == ("한가람",)


def test_recent_cases_come_with_their_first_photograph(workspace) -> None:
    drafted(workspace, "사진 없음")
    case = drafted(workspace, "사진 있음", place=HERE)
    answers = list(add_photos(workspace, case, [picture(1), picture(2)]))
    recent = survey(workspace).recent
    assert [(each.line.case.title, each.photo) for each in recent] == [
        ("사진 있음", answers[0].sha256),
        ("사진 없음", None),
    ]


def test_the_visits_of_today_are_told_with_their_case_and_kind(workspace) -> None:
    case = received(workspace, "별빛로 포트홀")
    part(workspace, case, "visit", planned_at="2026-11-23T15:00")
    part(workspace, case, "visit", planned_at="2026-11-24T15:00")
    (each,) = survey(workspace).visits
    assert (each.line.case.title, each.kind.ko, iso(each.at)) == (
        "별빛로 포트홀",
        "도로·포트홀",
        "2026-11-23T15:00:00+09:00",
    )


def test_unfinished_typing_is_found_by_its_case(workspace) -> None:
    case = drafted(workspace, "고치다 만 사안")
    drafting.keep_draft(workspace, f"record/{case}", {"description": "적다"})
    drafting.keep_draft(workspace, "record/0199a3c0-0000-7000-8000-0000000000ff", {"title": "없는 기록"})
    drafting.keep_draft(workspace, "다른 양식", {"title": "?"})
    (each,) = survey(workspace).unfinished
    assert (each.title, each.case) == ("고치다 만 사안", case)
