from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from helpers.case_lists import ORDERS, change, record_cases

from fieldlog.domain.editing import Edit
from fieldlog.domain.filter import CaseFilter
from fieldlog.storage import case_list
from fieldlog.storage.case_columns import INDEXES
from fieldlog.storage.case_list import DueBounds, Place

if TYPE_CHECKING:
    from fieldlog.domain.record import CaseRow

BOUNDS = DueBounds("2026-11-23T10:00:00+09:00", "2026-11-23T23:59:59+09:00", "2026-11-29T23:59:59+09:00")


def listed(workspace, asked, **more: Any) -> list[CaseRow]:
    return case_list.list_cases(workspace.store.reader(), asked, BOUNDS, limit=100, **more)


@pytest.mark.parametrize("asked", ORDERS, ids=lambda asked: f"{asked.sort} {asked.descending}")
def test_any_order_is_total_and_puts_cases_without_a_value_last(workspace, asked) -> None:
    record_cases(workspace)
    rows = listed(workspace, asked)
    keys = [Place(getattr(row, asked.sort, row.changed_at), row.row) for row in rows]
    assert len(rows) == 12
    assert all(case_list.comes_before(asked, one, other) for one, other in pairwise(keys))
    empty = [key.value is None for key in keys]
    assert empty == sorted(empty)


@pytest.mark.parametrize("asked", ORDERS, ids=lambda asked: f"{asked.sort} {asked.descending}")
def test_the_list_goes_on_after_any_place(workspace, asked) -> None:
    record_cases(workspace)
    rows = listed(workspace, asked)
    for number, row in enumerate(rows):
        place = case_list.place_of(workspace.store.reader(), asked, row.row)
        assert listed(workspace, asked, after=place) == rows[number + 1 :]


@pytest.mark.parametrize("asked", ORDERS, ids=lambda asked: f"{asked.sort} {asked.descending}")
def test_every_stretch_of_an_unfiltered_list_is_read_from_an_index_without_sorting(workspace, asked) -> None:
    for after in (None, Place(3, 4), Place(None, 4)):
        for stretch in case_list.stretches(asked, after):
            query = case_list.in_order("c.row FROM case_list c", asked, case_list.Clause("1", ()), stretch)
            plan = workspace.store.reader().execute(f"EXPLAIN QUERY PLAN {query.sql}", query.values)
            told = " ".join(row[3] for row in plan)
            assert INDEXES[asked.sort] in told
            assert "TEMP B-TREE" not in told


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (CaseFilter(), 12),
        (CaseFilter(stages=("DRAFT",)), 4),
        (CaseFilter(categories=("ROAD",)), 6),
        (CaseFilter(categories=("ROAD_POTHOLE",)), 6),
        (CaseFilter(categories=("ROA",)), 0),
        (CaseFilter(severities=("5", "1")), 4),
        (CaseFilter(departments=("PARK",)), 3),
        (CaseFilter(received_from="2026-11-15"), 4),
        (CaseFilter(received_to="2026-11-15"), 4),
        (CaseFilter(petitions_only=True), 0),
        (CaseFilter(in_conflict=True), 0),
        (CaseFilter(without_place=True), 12),
        (CaseFilter(query="보도블록"), 6),
        (CaseFilter(query="보도블록", stages=("DRAFT",)), 2),
    ],
)
def test_a_filter_shows_what_it_asks_for(workspace, asked, count) -> None:
    record_cases(workspace)
    assert len(listed(workspace, asked)) == count
    assert case_list.count_cases(workspace.store.reader(), asked, BOUNDS) == count


def test_a_filter_of_deadlines_leaves_out_what_was_answered(workspace) -> None:
    cases = record_cases(workspace)
    running = len(listed(workspace, CaseFilter(due="any")))
    overdue = listed(workspace, CaseFilter(due="overdue"))
    assert 0 < len(overdue) < running == 8
    change(workspace, overdue[0].id, answered_at="2026-11-22T10:00:00+09:00")
    assert len(listed(workspace, CaseFilter(due="overdue"))) == len(overdue) - 1
    assert len(cases) == 12


def test_a_removed_case_is_listed_no_more_and_comes_back_as_it_was(workspace) -> None:
    cases = record_cases(workspace, 3)
    place = {"case_id": cases[0], "lat": 36.5, "lon": 127.5, "source": "MANUAL_PIN", "place_hint": "약국 앞"}
    workspace.keep([Edit(record=workspace.mint.record_id(), kind="location", values=place)])
    before = listed(workspace, CaseFilter(sort="case_no"))
    change(workspace, cases[0], deleted="잘못 기록")
    assert cases[0] not in {row.id for row in listed(workspace, CaseFilter())}
    change(workspace, cases[0], deleted="")
    after = listed(workspace, CaseFilter(sort="case_no"))
    assert [(row.id, row.place, row.lat) for row in after] == [(row.id, row.place, row.lat) for row in before]
    assert workspace.store.verify().sound


def test_lines_are_found_by_row_and_missing_ones_left_out(workspace) -> None:
    cases = record_cases(workspace, 3)
    reader = workspace.store.reader()
    row = case_list.row_of_case(reader, cases[1])
    assert row is not None
    assert {number: line.id for number, line in case_list.cases_in_rows(reader, [row, 9999]).items()} == {
        row: cases[1]
    }
    assert case_list.row_of_case(reader, workspace.mint.record_id()) is None
    assert case_list.place_of(reader, CaseFilter(), 9999) is None


def test_a_save_writes_only_the_columns_that_differ(workspace) -> None:
    (case,) = record_cases(workspace, 1)
    said: list[str] = []
    with workspace.store.database.writing() as connection:
        connection.set_trace_callback(said.append)
    change(workspace, case, title="다른 제목")
    with workspace.store.database.writing() as connection:
        connection.set_trace_callback(None)
    updates = [sql for sql in said if sql.startswith("UPDATE case_list")]
    assert len(updates) == 1
    assert "title" in updates[0]
    assert "severity" not in updates[0]
    assert "due_at" not in updates[0]


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (CaseFilter(stages=("TRIAGED",)), "case_by_stage"),
        (CaseFilter(in_conflict=True), "record_in_conflict"),
        *((CaseFilter(due=due), "case_running") for due in ("overdue", "today", "week", "any")),
    ],
)
def test_what_is_asked_for_every_day_has_an_index_that_holds_all_it_needs(workspace, asked, index) -> None:
    condition = case_list.where(asked, BOUNDS)
    for stretch in case_list.stretches(asked)[:1]:
        query = case_list.in_order(f"c.row FROM {case_list.source(asked)}", asked, condition, stretch)
        plan = workspace.store.reader().execute(f"EXPLAIN QUERY PLAN {query.sql}", query.values)
        assert index in " ".join(row[3] for row in plan)


def test_cases_without_a_place_are_counted_from_an_index_alone_and_listed_in_order(workspace) -> None:
    asked = CaseFilter(stages=("RECEIVED", "TRIAGED"), without_place=True)
    reader = workspace.store.reader()
    condition = case_list.where(asked, BOUNDS, counting=True)
    query = f"EXPLAIN QUERY PLAN SELECT count(*) FROM case_list c WHERE {condition.sql}"
    assert "COVERING INDEX case_without_place" in reader.execute(query, condition.values).fetchone()[3]
    listed = case_list.in_order(
        "c.row FROM case_list c", asked, case_list.where(asked, BOUNDS), case_list.stretches(asked)[0]
    )
    said = [row[3] for row in reader.execute(f"EXPLAIN QUERY PLAN {listed.sql}", listed.values)]
    assert not any("case_without_place" in line for line in said)


@pytest.mark.parametrize("due", ["overdue", "today", "week", "any"])
@pytest.mark.parametrize("sort", ["updated", "due_at", "severity"])
def test_a_deadline_filter_goes_with_every_order_and_other_filters(workspace, due, sort) -> None:
    record_cases(workspace)
    asked = CaseFilter(due=due, sort=sort, severities=("3", "5"), query="가로등")
    assert len(listed(workspace, asked)) == case_list.count_cases(workspace.store.reader(), asked, BOUNDS)
