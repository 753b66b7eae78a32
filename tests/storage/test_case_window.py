from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from helpers.case_lists import ORDERS, SEVERITIES, change, record_cases
from helpers.stores import practice_store
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldlog.domain.filter import CaseFilter
from fieldlog.storage import case_list, case_window
from fieldlog.storage.case_list import DueBounds
from fieldlog.storage.case_window import _moves_to, find_cases, gather_rows, is_ranked, moves_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.services.workspace import Workspace

BOUNDS = DueBounds("2026-11-23T10:00:00+09:00", "2026-11-23T23:59:59+09:00", "2026-11-29T23:59:59+09:00")


def moved(order, moves) -> list[int]:
    rows = list(order)
    for row, before, after in moves:
        if before is not None:
            assert rows.pop(before) == row
        if after is not None:
            rows.insert(after, row)
    return rows


@pytest.mark.parametrize("piece", [1, 3, 4, 1_000])
@pytest.mark.parametrize("asked", ORDERS, ids=lambda asked: f"{asked.sort} {asked.descending}")
def test_the_gathered_rows_are_the_list(workspace, asked, piece, monkeypatch) -> None:
    monkeypatch.setattr(case_window, "_STRETCH", piece)
    record_cases(workspace)
    reader = workspace.store.reader()
    listed = case_list.list_cases(reader, asked, BOUNDS, limit=100)
    assert list(gather_rows(reader, asked, BOUNDS)) == [row.row for row in listed]


def test_what_is_removed_while_a_list_is_gathered_cuts_nothing_off(workspace, monkeypatch) -> None:
    monkeypatch.setattr(case_window, "_STRETCH", 2)
    cases = record_cases(workspace)
    reader = workspace.store.reader()
    before = gather_rows(reader, CaseFilter(), BOUNDS)
    asked = []

    def remove_one() -> bool:
        asked.append(True)
        if len(asked) > 1:
            change(workspace, cases.pop(-2), deleted="중복")
        return False

    assert gather_rows(reader, CaseFilter(), BOUNDS, remove_one) == before
    assert len(gather_rows(reader, CaseFilter(), BOUNDS)) == len(before) - len(asked) + 1
    assert not reader.in_transaction


def test_gathering_can_be_stopped(workspace) -> None:
    record_cases(workspace, 3)
    assert not gather_rows(workspace.store.reader(), CaseFilter(), BOUNDS, lambda: True)


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Workspace]:
    made = practice_store(tmp_path_factory.mktemp("office") / "store")
    record_cases(made)
    yield made
    made.close()


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.one_of(
            st.builds(lambda n: {"severity": str(n)}, st.sampled_from(SEVERITIES)),
            st.builds(lambda n: {"received_at": f"2026-10-{n:02d}T10:00:00+09:00"}, st.integers(1, 28)),
            st.just({"received_at": None}),
            st.just({"deleted": "시험"}),
            st.just({"deleted": ""}),
            st.builds(lambda n: {"title": f"제목 {n}"}, st.integers(1, 9)),
        ),
    ),
    max_size=6,
)


@settings(max_examples=60)
@given(CHANGES, st.sampled_from(ORDERS), st.booleans())
def test_moving_what_changed_gives_the_order_gathered_anew(office, changes, asked, some) -> None:
    if some:
        asked = CaseFilter(sort=asked.sort, descending=asked.descending, severities=("3", "5"))
    reader = office.store.reader()
    everyone = array("q", sorted(row for (row,) in reader.execute("SELECT row FROM record WHERE kind = 1")))
    order = gather_rows(reader, asked, BOUNDS)
    touched = set()
    for number, said in changes:
        (rec,) = reader.execute("SELECT rec FROM record WHERE row = ?", (everyone[number],)).fetchone()
        change(office, case_list.id_text(rec), **said)
        touched.add(everyone[number])
    moves = moves_of(reader, asked, BOUNDS, order, touched)
    assert moved(order, moves) == list(gather_rows(reader, asked, BOUNDS))


def test_what_stays_in_its_place_makes_no_move(workspace) -> None:
    cases = record_cases(workspace)
    asked = CaseFilter(sort="case_no")
    reader = workspace.store.reader()
    order = gather_rows(reader, asked, BOUNDS)
    change(workspace, cases[4], title="같은 자리")
    row = case_list.row_of_case(reader, cases[4])
    assert moves_of(reader, asked, BOUNDS, order, [row]) == ()


def test_words_bring_the_best_findings_first_and_the_gathered_rows_begin_with_them(workspace) -> None:
    cases = record_cases(workspace, 8)
    change(workspace, cases[7], title="가로등 아닌 것", description="보도블록 옆")
    asked = CaseFilter(query="보도블록")
    reader = workspace.store.reader()
    page, following = find_cases(reader, asked, BOUNDS, limit=3)
    assert [row.id for row in page] == [cases[6], cases[4], cases[2]]
    rest, end = find_cases(reader, asked, BOUNDS, limit=3, after=following)
    assert [row.id for row in rest] == [cases[0], cases[7]]
    assert end is None
    assert list(gather_rows(reader, asked, BOUNDS)) == [row.row for row in (*page, *rest)]


def test_a_filter_leaves_out_of_the_findings_what_it_does_not_show(workspace) -> None:
    cases = record_cases(workspace, 8)
    page, _ = find_cases(
        workspace.store.reader(), CaseFilter(query="보도블록", stages=("DRAFT",)), BOUNDS, limit=9
    )
    assert [row.id for row in page] == [cases[6], cases[0]]


def test_words_in_an_order_asked_for_are_not_ranked(workspace) -> None:
    assert is_ranked(CaseFilter(query="보도"))
    assert not is_ranked(CaseFilter(query="보도", sort="due_at"))
    assert not is_ranked(CaseFilter(query=" .,"))
    assert not is_ranked(CaseFilter())


@pytest.mark.parametrize("title", ["가로등 새것", "보도블록 새것", None])
def test_findings_move_as_they_would_be_found_anew(workspace, title) -> None:
    cases = record_cases(workspace, 8)
    asked = CaseFilter(query="보도블록")
    reader = workspace.store.reader()
    order = gather_rows(reader, asked, BOUNDS)
    for case in (cases[4], cases[5]):
        change(workspace, case, **({"title": title} if title else {"deleted": "시험"}))
    rows = [case_list.row_of_case(reader, case) for case in (cases[4], cases[5])]
    moves = moves_of(reader, asked, BOUNDS, order, rows)
    assert moved(order, moves) == list(gather_rows(reader, asked, BOUNDS))


@given(st.permutations(range(9)), st.sets(st.integers(0, 11)), st.data())
def test_any_rows_can_move_anywhere(order, changed, data) -> None:
    after = [row for row in order if row not in changed]
    for row in sorted(changed):
        if data.draw(st.booleans()):
            after.insert(data.draw(st.integers(0, len(after))), row)
    moves = _moves_to(array("q", after), array("q", order), changed)
    assert moved(order, moves) == after
