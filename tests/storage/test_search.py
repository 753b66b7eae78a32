from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.searching import Index, empty_index
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldlog.storage import search
from fieldlog.storage.search import (
    RecordText,
    check_index,
    clear_search,
    forget_record,
    index_many,
    index_record,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PETITIONS = Path(__file__).parents[2].parent / "shared" / "data" / "korea" / "petitions_2019-04.jsonl"


@pytest.fixture
def index() -> Iterator[Index]:
    with empty_index() as made:
        yield made


def waiting(index: Index) -> int:
    return int(index.connection.execute("SELECT count(*) FROM search_waiting").fetchone()[0])


def test_a_record_is_found_at_once_and_also_after_it_went_into_the_index(index: Index) -> None:
    index.case(1, "HB-2026-0001 포트홀", "빗물이 고임")
    assert index.found("포트") == index.found("빗물") == [1]
    assert waiting(index) == 1
    index.absorb()
    assert waiting(index) == 0
    assert index.found("포트") == index.found("빗물") == [1]


@pytest.mark.parametrize("absorbed", [False, True])
def test_a_changed_record_is_found_by_its_new_words_only(index: Index, *, absorbed: bool) -> None:
    index_record(index.connection, record_row=1, case_row=5, title="", body="가로등 고장")
    if absorbed:
        index.absorb()
    index_record(index.connection, record_row=1, case_row=5, title="", body="가로수 쓰러짐")
    assert index.found("가로등") == []
    assert index.found("가로수") == [5]
    index.absorb()
    assert index.found("가로등") == []
    assert index.found("가로수") == [5]


@pytest.mark.parametrize("absorbed", [False, True])
def test_a_forgotten_record_is_found_no_more(index: Index, *, absorbed: bool) -> None:
    number = index.record(5, "가로등 고장")
    if absorbed:
        index.absorb()
    forget_record(index.connection, record_row=number)
    forget_record(index.connection, record_row=99)
    assert index.found("가로등") == index.listed("가로등") == []
    index.absorb()
    assert index.found("가로등") == []


def test_a_record_whose_words_are_gone_is_forgotten(index: Index) -> None:
    index_record(index.connection, record_row=1, case_row=5, title="", body="가로등")
    index_record(index.connection, record_row=1, case_row=5, title="", body="")
    assert index.found("가로등") == []
    assert index.connection.execute("SELECT count(*) FROM search_record").fetchone() == (0,)


def test_a_record_that_moves_to_another_case_is_found_there(index: Index) -> None:
    index_record(index.connection, record_row=1, case_row=5, title="", body="가로등")
    index_record(index.connection, record_row=1, case_row=6, title="", body="가로등")
    index.absorb()
    assert index.found("가로등") == [6]


def test_a_place_left_by_one_record_is_taken_by_the_next_without_its_words(index: Index) -> None:
    first = index.record(5, "가로등")
    index.absorb()
    forget_record(index.connection, record_row=first)
    index.record(5, "보도블록")
    index.absorb()
    assert index.found("가로등") == []
    assert index.found("보도") == [5]


def test_the_same_text_again_writes_nothing(index: Index) -> None:
    index_record(index.connection, record_row=1, case_row=5, title="도로", body="침하")
    index.absorb()
    before = index.connection.total_changes
    index_record(index.connection, record_row=1, case_row=5, title="도로", body="침하")
    assert index.connection.total_changes == before


def test_what_waits_goes_into_the_index_by_itself_when_it_is_much(index: Index) -> None:
    for number in range(search.MOST_WAITING * 4):
        index.record(number, f"가로등 {number}호 고장")
    assert waiting(index) < search.MOST_WAITING * 2
    assert len(index.found("가로등")) == search.MOST_WAITING * 4


def test_each_record_names_its_case(index: Index) -> None:
    index.case(7, "도로 침하", "가", "나다")
    rows = index.connection.execute(
        "SELECT record_row, case_row FROM search_record ORDER BY record_row"
    ).fetchall()
    assert rows == [(1, 7), (2, 7)]


def test_a_cleared_index_finds_nothing_and_can_be_filled_again(index: Index) -> None:
    index.case(1, "포트홀")
    index.absorb()
    index.case(2, "포트홀")
    clear_search(index.connection)
    assert index.found("포트홀") == []
    index.case(3, "포트홀")
    assert index.found("포트홀") == [3]


def test_many_records_at_once_are_found_as_if_saved_one_by_one(index: Index) -> None:
    texts = [
        RecordText(n, 1 + n // 3, f"HB-2026-{n:04d}" if n % 3 == 0 else "", f"기록 {n} 누수")
        for n in range(300)
    ]
    assert index_many(index.connection, texts) == 300
    with empty_index() as other:
        for text in texts:
            index_record(other.connection, **text._asdict())
        for typed in ("누수", "0006", "기록 17", "ㄴㅅ", "2"):
            assert index.found(typed) == other.found(typed)
    index_many(index.connection, [texts[4]._replace(body="맨홀"), texts[4]._replace(body="옹벽"), texts[5]])
    assert index.found("맨홀") == []
    assert index.found("옹벽") == [2]
    check_index(index.connection)


def test_a_case_with_more_records_than_the_index_has_places_for_says_so(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_LAST_PLACE", 2)
    numbers = [index.record(5, f"누수 {n}") for n in range(3)]
    full = index_record(index.connection, record_row=50, case_row=5, title="", body="맨홀")
    assert not full
    forget_record(index.connection, record_row=numbers[1])
    assert index_record(index.connection, record_row=50, case_row=5, title="", body="맨홀")
    assert index.found("맨홀") == [5]
    assert index.found("누수 1") == []


WORDS = st.sampled_from(
    [
        "포트홀",
        "포트",
        "도로",
        "보도블록",
        "보도",
        "블록",
        "cctv",
        "3층",
        "0006",
        "2026-0006",
        "vhxm",
        "ㅋㅋ",
        "둑",
        "010-1234-5678",
    ]
)
TEXTS = st.lists(WORDS, max_size=4).map(" ".join)
TYPED = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            "포트호",
            "ㅍㅌ",
            "ㅂㄷㅂㄹ",
            "vhxmghf",
            "00",
            "6",
            "포ㅌ",
            "홀",
            "ㅊㅊㅅㅍ",
            "12345678",
            '"보도 블록"',
        ]
    ),
)


@settings(max_examples=40)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=8), st.lists(TYPED, max_size=6))
def test_waiting_or_indexed_ranked_or_listed_the_same_cases_are_found(
    cases: list[tuple[str, str, str]], typed: list[str]
) -> None:
    with empty_index() as index:
        for row, texts in enumerate(cases, start=1):
            index.case(row, *texts)
        at_once = [index.found(text) for text in typed]
        assert [sorted(found) for found in at_once] == [
            index.listed(text) if text.strip() else [] for text in typed
        ]
        index.absorb()
        assert [index.found(text) for text in typed] == at_once
        assert [sorted(found) for found in at_once] == [
            index.listed(text) if text.strip() else [] for text in typed
        ]


@settings(max_examples=30)
@given(st.text(max_size=30))
def test_no_text_typed_is_syntax_to_the_engine(typed: str) -> None:
    with empty_index() as index:
        index.case(1, typed, typed)
        index.found(typed)
        index.absorb()
        index.found(typed)
        index.listed(typed)


@pytest.mark.parametrize(
    "typed",
    ['"', "포트*", "NEAR(포트 도로)", "포트 OR 도로", "title:포트", "^포트", "a AND NOT b", "); --", "''"],
)
def test_what_is_syntax_elsewhere_is_text_here(index: Index, typed: str) -> None:
    index.case(1, "포트홀", "도로")
    index.absorb()
    index.found(typed)
    index.listed(typed)


def test_a_list_without_words_to_search_for_shows_everything(index: Index) -> None:
    index.case(1, "포트홀")
    assert index.listed(" … ") == [1]


def petitions() -> list[str]:
    if not PETITIONS.exists():
        pytest.skip("the petitions of 2019 do not lie beside the checkout")
    with PETITIONS.open(encoding="utf-8") as lines:
        return [json.loads(line)["content"] for line in lines]


def test_words_of_two_syllables_are_found_in_exactly_the_real_texts_that_contain_them(index: Index) -> None:
    texts = petitions()
    index_many(index.connection, [RecordText(row, row, "", text) for row, text in enumerate(texts, start=1)])
    holds: dict[str, set[int]] = {}
    for row, text in enumerate(texts, start=1):
        for run in re.findall("[가-힣]+", text):
            for at in range(len(run) - 1):
                holds.setdefault(run[at : at + 2], set()).add(row)
    words = sorted({word for text in texts for word in re.findall(r"\b[가-힣]{2}\b", text)})
    assert len(words) > 5_000
    wrong = [word for word in words[::3] if set(index.found(word)) != holds[word]]
    assert wrong == []


def test_longer_words_of_real_texts_are_found_where_they_stand(index: Index) -> None:
    texts = petitions()[:120]
    index_many(index.connection, [RecordText(row, row, "", text) for row, text in enumerate(texts, start=1)])
    words = sorted({word for text in texts for word in re.findall(r"\b[가-힣]{3}\b", text)})[::7]
    for word in words:
        assert set(index.found(word)) == {row for row, text in enumerate(texts, start=1) if word in text}


def test_a_save_of_a_short_record_stays_far_below_a_millisecond_of_work(index: Index) -> None:
    body = (
        "한빛로 12번길 앞 보도블록 침하로 통행이 불편하다는 민원. 현장 확인 결과 가로 2미터 세로 1미터 구간이 꺼짐. "
        * 2
    )
    times = []
    for number in range(200):
        began = time.process_time()
        index_record(index.connection, record_row=number, case_row=number, title="", body=f"{body}{number}")
        times.append(time.process_time() - began)
    assert sorted(times)[100] < 0.002
