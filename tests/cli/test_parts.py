from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from helpers.clerk import Clerk


def test_each_kind_of_part_is_added_with_the_fields_of_the_registry(clerk: Clerk, case: str) -> None:
    visit = clerk.asks(
        "visit", "add", case, "--purpose", "현장확인", "--started-at", "2026-11-21T10:00", "--ended-at",
        "2026-11-21T10:30", "--companions", "김가람,박솔", "--weather", "맑음",
    )  # fmt: skip
    assert (visit["visit_no"], visit["weather"], visit["companions"]) == (1, "CLEAR", ["김가람", "박솔"])
    observation = clerk.asks(
        "observation",
        "add",
        case,
        "--text",
        "깊이",
        "--value-num",
        "9.5",
        "--unit",
        "cm",
        "--visit-id",
        visit["id"],
    )
    assert (observation["value_num"], observation["visit_id"]) == (9.5, visit["id"])
    action = clerk.asks(
        "action", "add", case, "--title", "메우기", "--due-on", "2026. 11. 30.", "--owner-org-id", "도로과"
    )
    assert (action["due_on"], action["status"], action["mandatory"]) == ("2026-11-30", "TODO", True)
    assert clerk.asks("comment", "add", case, "--body", "우선 처리")["kind"] == "NOTE"
    assert clerk.asks("tag", "add", case, "--name", "해빙 기")["name"] == "해빙_기"
    sheet = clerk.asks("case", "show", case)
    assert [len(sheet[name]) for name in ("visits", "observations", "actions", "comments", "tags")] == [1] * 5


def test_a_part_is_changed_by_its_id(clerk: Clerk, case: str) -> None:
    action = clerk.asks("action", "add", case, "--title", "메우기")
    changed = clerk.asks("action", "set", action["id"], "status=DONE", "done_on=2026-11-22")
    assert (changed["status"], changed["done_on"], changed["changed"]) == ("DONE", "2026-11-22", True)
    assert "완료" in clerk.types("action", "set", action["id"], "status=DONE").out


@pytest.mark.parametrize(
    "words",
    [("observation", "add", "{case}"), ("action", "add", "{case}", "--title", "x", "--due-on", "곧"),
     ("visit", "add", "FL-2026-0999", "--purpose", "x"), ("comment", "add", "{case}", "--kind", "LOUD", "--body", "x"),
     ("tag", "add", "{case}", "--name", "가" * 21), ("visit", "add", "{case}", "--started-at", "x")],
)  # fmt: skip
def test_a_part_that_cannot_be_taken_is_refused(clerk: Clerk, case: str, words: tuple[str, ...]) -> None:
    before = clerk.asks("case", "show", case)
    told = clerk.types("--json", *(word.format(case=case) for word in words))
    assert told.code == 1
    assert told.error["kind"] in {"BadInput", "NotFound"}
    assert clerk.asks("case", "show", case) == before


def test_a_record_of_another_kind_is_not_changed(clerk: Clerk, case: str) -> None:
    action = clerk.asks("action", "add", case, "--title", "메우기")
    told = clerk.types("--json", "visit", "set", action["id"], "purpose=x")
    assert (told.code, told.error["kind"]) == (1, "NotFound")
    assert clerk.types("visit", "set", "no-such-id", "purpose=x").code == 1


def test_a_long_visit_is_taken_with_a_question(clerk: Clerk, case: str) -> None:
    times = ("--started-at", "2026-11-20T09:00", "--ended-at", "2026-11-20T18:00")
    told = clerk.types("--json", "visit", "add", case, "--purpose", "종일 점검", *times)
    assert (told.code, told.json["ended_at"]) == (0, "2026-11-20T18:00:00+09:00")
    assert "8시간" in told.err
    assert "8시간" not in clerk.types("visit", "set", told.json["id"], "ended_at=2026-11-20T16:00").err
