from __future__ import annotations

import base64
import contextlib
from datetime import timedelta

import pytest
from helpers.case_lists import ORDERS, change, record_cases
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import BadInput, NotFound
from fieldlog.domain.filter import CaseFilter
from fieldlog.services import browsing
from fieldlog.services.browsing import CaseWindow


def pages(workspace, asked, limit) -> list[str]:
    found, after = [], None
    while True:
        page = browsing.list_cases(workspace, asked, limit=limit, after=after)
        found += [case.id for case in page.cases]
        after = page.next
        if after is None:
            return found


@pytest.mark.parametrize("asked", ORDERS, ids=lambda asked: f"{asked.sort} {asked.descending}")
def test_pages_together_are_the_whole_list(workspace, asked) -> None:
    record_cases(workspace)
    whole = pages(workspace, asked, 100)
    assert len(whole) == 12
    assert pages(workspace, asked, 5) == pages(workspace, asked, 12) == pages(workspace, asked, 1) == whole


def test_a_cursor_holds_its_place_while_cases_are_added_before_it(workspace) -> None:
    cases = record_cases(workspace, 6)
    first = browsing.list_cases(workspace, CaseFilter(), limit=3)
    change(workspace, cases[0], title="맨 위로")
    second = browsing.list_cases(workspace, CaseFilter(), limit=3, after=first.next)
    assert [case.id for case in first.cases] == cases[:2:-1]
    assert [case.id for case in second.cases] == [cases[2], cases[1]]


@pytest.mark.parametrize(
    "cursor",
    [
        "가나다",
        "x",
        "NTA=",
        base64.urlsafe_b64encode(b'["updated",true,1,99999999999999999999]').decode(),
        base64.urlsafe_b64encode(b"[" * 3000).decode(),
    ],
)
def test_a_foreign_cursor_is_refused(workspace, cursor) -> None:
    with pytest.raises(BadInput):
        browsing.list_cases(workspace, CaseFilter(), after=cursor)


def test_a_cursor_of_another_order_is_refused(workspace) -> None:
    record_cases(workspace, 3)
    page = browsing.list_cases(workspace, CaseFilter(), limit=1)
    with pytest.raises(BadInput):
        browsing.list_cases(workspace, CaseFilter(sort="due_at"), after=page.next)


@given(st.text(max_size=40))
def test_any_text_for_a_cursor_is_read_or_refused_politely(text) -> None:
    with contextlib.suppress(BadInput):
        browsing._place_at(text, CaseFilter())


def test_a_case_is_found_by_its_number_or_its_id(workspace) -> None:
    cases = record_cases(workspace, 2)
    assert browsing.find_case(workspace, "HB-2026-1000") == cases[0]
    assert browsing.find_case(workspace, cases[1]) == cases[1]
    with pytest.raises(NotFound):
        browsing.find_case(workspace, "HB-2026-9999")


def test_a_window_begins_with_the_first_lines_and_knows_every_position(workspace) -> None:
    cases = record_cases(workspace)
    window = CaseWindow(workspace, CaseFilter())
    lines = window.begin(4)
    order = window.gather()
    assert [line.case.id for line in lines] == cases[:7:-1]
    assert list(order[:4]) == [line.case.row for line in lines]
    assert {line.case.id for line in window.lines(order).values()} == set(cases)


def test_a_line_says_its_codes_in_words(workspace) -> None:
    record_cases(workspace, 2)
    line, _ = CaseWindow(workspace, CaseFilter()).begin(2)
    assert (line.category.ko, line.department.ko) == ("포트홀", "도로과")
    assert line.category.en == "Pothole"


def test_a_line_tells_the_time_its_case_page_tells(workspace) -> None:
    cases = record_cases(workspace)
    lines = CaseWindow(workspace, CaseFilter()).begin(12)
    told = {line.case.id: line.remaining for line in lines}
    for case in cases:
        asked = browsing.remaining_of_case(workspace, workspace.store.find(case))
        assert (told[case] is None) == (asked is None)
        if asked is not None:
            assert told[case].light is asked.light
            assert abs(told[case].left - asked.left) < timedelta(minutes=1)
            assert abs(told[case].late_by - asked.late_by) < timedelta(minutes=1)


def test_an_answered_case_has_no_time_left_to_tell(workspace) -> None:
    cases = record_cases(workspace, 2)
    change(workspace, cases[1], answered_at="2026-11-22T10:00:00+09:00")
    lines = CaseWindow(workspace, CaseFilter()).begin(2)
    assert [line.remaining for line in lines] == [None, None]


def test_a_window_follows_what_was_changed(workspace) -> None:
    cases = record_cases(workspace, 5)
    window = CaseWindow(workspace, CaseFilter())
    order = window.gather()
    change(workspace, cases[0], title="맨 위로")
    rows = window.rows_of([cases[0], workspace.mint.record_id()])
    assert window.moves(order, rows) == ((rows[0], 4, 0),)
    assert window.lines(rows)[rows[0]].case.title == "맨 위로"


def test_a_filter_is_saved_found_again_and_removed(workspace) -> None:
    asked = CaseFilter(stages=("RECEIVED",), due="week", sort="due_at", descending=False)
    kept = browsing.save_filter(workspace, "이번 주", asked)
    assert browsing.saved_filters(workspace) == ((kept.record.id, "이번 주", asked),)
    browsing.forget_filter(workspace, kept.record.id)
    assert browsing.saved_filters(workspace) == ()


def test_stages_are_counted_for_living_cases(workspace) -> None:
    cases = record_cases(workspace, 6)
    change(workspace, cases[0], deleted="잘못 기록")
    assert browsing.stage_counts(workspace) == {"DRAFT": 1, "RECEIVED": 4}
    assert browsing.count_cases(workspace, CaseFilter()) == 5
