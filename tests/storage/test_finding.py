from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from helpers.searching import Index, empty_index
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldlog.domain.errors import BadInput
from fieldlog.domain.search_query import parse_query
from fieldlog.storage import finding
from fieldlog.storage.finding import Among, Place, count_up_to, find_case_rows, parse_place
from fieldlog.storage.search import RecordText, index_many, index_record

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=[1_000, 0], ids=["few listed", "all streamed"])
def index(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """Both ways to look lead to the same: listing what is rare, reading on until a page is full."""
    monkeypatch.setattr(finding, "_FEW", request.param)
    with empty_index() as made:
        yield made


def fill(index: Index) -> None:
    index.case(1, "HB-2026-0001 포트홀", "차로 한가운데")
    index.case(2, "HB-2026-0002 가로등 고장", "옆에 포트홀이 있음")
    index.case(3, "HB-2026-0003 포트홀", "빗물 고임")
    index.case(4, "HB-2026-0004 맨홀 뚜껑", "소음", "포트홀로 보임")
    index.case(5, "HB-2026-0005 소음", "vhxmghf 이라고 적힘")


def test_titles_come_first_and_newer_cases_before_older_ones(index: Index) -> None:
    fill(index)
    assert index.found("포트홀") == [3, 1, 4, 2]
    index.absorb()
    assert index.found("포트홀") == [3, 1, 4, 2]


def test_a_case_number_is_found_like_a_title(index: Index) -> None:
    fill(index)
    index.case(6, "도로", "HB-2026-0003 참조")
    assert index.found("0003") == [3, 6]


def test_what_was_typed_comes_before_what_it_may_stand_for(index: Index) -> None:
    fill(index)
    assert index.found("vhxmghf") == [5, 3, 1, 4, 2]


def test_words_may_stand_in_different_records_of_a_case(index: Index) -> None:
    fill(index)
    assert index.found("맨홀 포트홀") == [4]
    assert index.found("소음 포트홀") == [4]
    assert index.found("고장 포트홀 가로등") == [2]
    assert index.found("맨홀 가로등") == []


def test_loose_readings_help_only_where_nothing_sure_is_found(index: Index) -> None:
    index.case(1, "포트홀")
    assert index.found("포트호") == [1]
    index.case(2, "포트호")
    assert index.found("포트호") == [2]
    index.case(3, "공사 도록")
    index.case(4, "공사 도로")
    assert index.found("도로") == [4]


def test_a_loose_word_beside_a_sure_one_finds_their_common_cases(index: Index) -> None:
    fill(index)
    assert index.found("빗물 포트호") == [3]
    assert index.found("빗물 없는말") == []


def test_nothing_typed_finds_nothing(index: Index) -> None:
    fill(index)
    assert index.found("") == []
    assert count_up_to(index.connection, parse_query(""), 10) == 0


def pages(index: Index, typed: str, limit: int, among: Among | None = None) -> list[int]:
    rows: list[int] = []
    after: Place | None = None
    while True:
        found = find_case_rows(index.connection, parse_query(typed), limit=limit, after=after, among=among)
        rows += found.case_rows
        assert len(found.case_rows) <= limit
        if found.next is None:
            return rows
        assert len(found.case_rows) == limit
        after = parse_place(found.next.text())


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize("typed", ["포트홀", "vhxmghf", "포트호", "포트홀 0", "소음 포트홀"])
def test_pages_put_together_are_the_whole(index: Index, typed: str, limit: int) -> None:
    fill(index)
    assert pages(index, typed, limit) == index.found(typed)
    index.absorb()
    assert pages(index, typed, limit) == index.found(typed)


def test_a_case_saved_between_two_pages_neither_repeats_nor_hides_others(index: Index) -> None:
    fill(index)
    first = find_case_rows(index.connection, parse_query("포트홀"), limit=2)
    index.case(9, "포트홀")
    second = find_case_rows(index.connection, parse_query("포트홀"), limit=9, after=first.next)
    assert (*first.case_rows, *second.case_rows) == (3, 1, 4, 2)


@pytest.mark.parametrize("cursor", ["", "x", "9s1", "0s", "0s-1", "0s99999999999999999", "1S5"])
def test_a_cursor_that_is_none_of_ours_is_refused(cursor: str) -> None:
    with pytest.raises(BadInput):
        parse_place(cursor)


def test_the_farthest_cursor_is_taken(index: Index) -> None:
    fill(index)
    far = find_case_rows(index.connection, parse_query("포트홀"), after=parse_place("0s" + "9" * 15))
    assert far.case_rows == (3, 1, 4, 2)


def with_stages(index: Index, stages: dict[int, str]) -> None:
    index.connection.execute("CREATE TABLE listed(row INTEGER PRIMARY KEY, stage TEXT)")
    index.connection.executemany("INSERT INTO listed VALUES(?, ?)", stages.items())


def standing(stage: str) -> Among:
    return Among("listed l", "l.row", "l.stage = ?", (stage,))


def test_words_are_looked_for_among_the_cases_of_a_filter(index: Index) -> None:
    fill(index)
    with_stages(index, {1: "CLOSED", 2: "RECEIVED", 3: "RECEIVED", 4: "CLOSED", 5: "CLOSED"})
    assert pages(index, "포트홀", 1, standing("RECEIVED")) == [3, 2]
    assert pages(index, "포트홀", 5, standing("CLOSED")) == [1, 4]
    assert pages(index, "포트홀", 5, standing("NOTIFIED")) == []
    assert count_up_to(index.connection, parse_query("포트홀"), 10, among=standing("CLOSED")) == 2


def test_counting_stops_at_the_cap(index: Index) -> None:
    fill(index)
    assert count_up_to(index.connection, parse_query("포트홀"), 3) == 3
    assert count_up_to(index.connection, parse_query("포트홀"), 100) == 4
    assert count_up_to(index.connection, parse_query("포트호"), 100) == 5
    assert count_up_to(index.connection, parse_query("없는말"), 100) == 0


def test_many_cases_are_ranked_paged_and_filtered_as_a_plain_look_at_all_of_them_would(index: Index) -> None:
    draw = random.Random(3)
    words = ["도로", "포트홀", "누수", "소음", "가로등", "현수막"]
    texts = {
        row: (
            " ".join(draw.sample(words, 2)),
            " ".join(draw.sample(words, 2)),
            " ".join(draw.sample(words, 2)),
        )
        for row in range(1, 3001)
    }
    index_many(
        index.connection,
        [RecordText(row, row, title, body) for row, (title, body, _) in texts.items()]
        + [RecordText(10_000 + row, row, "", later) for row, (_, _, later) in texts.items()],
    )
    for row in range(1, 3001, 200):
        texts[row] = (*texts[row][:2], "누수 현수막")
        index_record(index.connection, record_row=10_000 + row, case_row=row, title="", body=texts[row][2])
    stages = {row: draw.choice(["CLOSED"] * 30 + ["RECEIVED"]) for row in texts}
    with_stages(index, stages)
    for typed in ("도로", "누수 소음", "포트홀 가로등 현수막"):
        asked = typed.split()
        everywhere = [
            row for row, each in texts.items() if all(any(word in text for text in each) for word in asked)
        ]
        in_title = {row for row in everywhere if all(word in texts[row][0] for word in asked)}
        best = sorted(everywhere, key=lambda row, first=in_title: (row not in first, -row))
        assert pages(index, typed, 40) == best
        received = [row for row in best if stages[row] == "RECEIVED"]
        assert pages(index, typed, 7, standing("RECEIVED")) == received


@given(
    cases=st.lists(
        st.tuples(st.booleans(), st.lists(st.sampled_from(["포트홀", "가로등", "소음"]), max_size=6)),
        max_size=12,
    ),
    waiting=st.integers(0, 12),
    typed=st.sampled_from(["포트", "가로", "소음", "맨홀", "0001", "포"]),
    limit=st.integers(1, 6),
)
@settings(max_examples=100, deadline=None)
def test_one_word_is_found_at_once_as_it_is_step_by_step(cases, waiting, typed, limit) -> None:
    with empty_index() as index:
        for row, (titled, bodies) in enumerate(cases, 1):
            index.case(row, f"HB-2026-{row:04d} {'포트홀' if titled else '난간'}", *bodies)
            if row == len(cases) - waiting:
                index.absorb()
        for row, (titled, _) in enumerate(cases[: waiting // 2], 1):
            index.change(row, title="" if titled else "포트홀", body="가로등")
        query = parse_query(typed)
        step_by_step = finding._Look(index.connection, None).page(
            tuple(word.sure for word in query.words), limit, None, loosely=False
        )
        at_once = finding._page_of_one(index.connection, query, limit)
        assert at_once in {None, step_by_step}
        if step_by_step.case_rows:
            assert find_case_rows(index.connection, query, limit=limit) == step_by_step


def test_what_waits_for_the_index_is_found_at_once_too(index: Index) -> None:
    fill(index)
    index.absorb()
    index.case(6, "HB-2026-0006 포트홀")
    index.change(3, title="HB-2026-0003 맨홀", body="빗물 고임")
    query = parse_query("포트")
    assert finding._page_of_one(index.connection, query, 9) == finding.Found((6, 1, 4, 2), None)
    assert finding._page_of_one(index.connection, query, 1) == finding.Found((6,), Place(0, False, 6))
    assert finding._page_of_one(index.connection, query, 3).next == Place(1, False, 4)


def test_a_word_repeated_in_many_records_of_a_case_is_left_to_the_longer_way(index: Index) -> None:
    index.case(1, "HB-2026-0001", *["포트홀"] * 5)
    index.absorb()
    query = parse_query("포트")
    assert finding._page_of_one(index.connection, query, 3) is None
    assert finding._page_of_one(index.connection, query, 9) == finding.Found((1,), None)
    assert index.found("포트") == [1]
    assert not index.connection.in_transaction
