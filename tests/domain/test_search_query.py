from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.search_query import Reading, parse_query
from fieldlog.domain.search_text import document_tokens, fold


def stands_in(text: str, reading: Reading) -> bool:
    tokens = f" {document_tokens(text)} "
    return all(any(f" {row} " in tokens for row in member) for member in reading.sought)


def surely(typed: str, text: str) -> bool:
    """Whether every typed word stands in the text by one of its sure readings."""
    query = parse_query(typed)
    return bool(query.words) and all(any(stands_in(text, each) for each in word.sure) for word in query.words)


def loosely(typed: str, text: str) -> bool:
    return any(stands_in(text, each) for word in parse_query(typed).words for each in word.loose)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("포트홀", "한빛로 포트홀 신고"),
        ("포트", "한빛로 포트홀 신고"),
        ("트홀", "한빛로 포트홀 신고"),
        ("포", "한빛로 포트홀 신고"),
        ("홀", "한빛로 포트홀 신고"),
        ("둑", "물이 둑을 넘음"),
        ("ㅍㅌㅎ", "한빛로 포트홀 신고"),
        ("ㅌㅎ", "한빛로 포트홀 신고"),
        ("ㅍ", "한빛로 포트홀 신고"),
        ("ㅎㅂㄹ", "한빛로 포트홀 신고"),
        ("ㄳ", "교실"),
        ("포ㅌ", "포트홀"),
        ("포트ㅎ", "포트홀"),
        ("ㅎ빛시", "한빛시 도로과"),
        ("vhxmghf", "포트홀"),
        ("VHXMGHF", "포트홀"),
        ("Tmfprl", "쓰레기 더미"),
        ("ㅊㅊㅅㅍ", "CCTV 고장"),
        ("cctv", "ＣＣＴＶ 고장"),
        ("0006", "HB-2026-0006"),
        ("006", "HB-2026-0006"),
        ("06", "HB-2026-0006"),
        ("2026", "HB-2026-0006"),
        ("hb-2026-0006", "HB-2026-0006"),
        ("HB-2026", "HB-2026-0006"),
        ("2026-00", "HB-2026-0006"),
        ("20260006", "HB-2026-0006"),
        ("01012345678", "연락처 010-1234-5678"),
        ("1234-5678", "연락처 01012345678"),
        ("5678", "연락처 010 1234 5678"),
        ("010.1234.5678", "연락처 010-1234-5678"),
        ("+82-10-1234-5678", "연락처 010-1234-5678"),
        ("01012345678", "연락처 +82 10-1234-5678"),
        ("113560", "금113,560원"),
        ("３층", "3층에서 누수"),
        ("3층", "본관 3층"),
        ("60cm", "지름 60 cm"),
        ("불법주차", "불법 주차 차량"),
        ("불법 주차", "불법주차 차량"),
        ('"불법 주차"', "불법 주차 차량"),
        ("주차 포트홀", "포트홀 옆 주차"),
        (unicodedata.normalize("NFD", "포트홀"), "포트홀"),
        ("포트홀", unicodedata.normalize("NFD", "포트홀")),
        ("漢江", "漢江 둔치"),
    ],
)
def test_what_is_typed_stands_for_what_is_written(typed: str, text: str) -> None:
    assert surely(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("고장", "보고 장소"),
        ("도로로", "도로 로로"),
        ("포트홀", "포트 구멍"),
        ("0006", "00 06"),
        ("3층", "13동 4층"),
        ("ㅍㅌㅎ", "파도 타기 하기"),
        ("불법 주차", "불법 투기"),
        ('"주차 불법"', "불법 주차"),
        ("도/로", "도로"),
        ("gps", "헨리"),
        ("도로", "하도록"),
    ],
)
def test_what_only_looks_alike_is_not_taken_for_it(typed: str, text: str) -> None:
    assert not surely(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("포트호", "포트홀"),
        ("퐅", "포트홀"),
        ("호", "화단"),
        ("갈", "갉아 먹음"),
        ("닭", "달걀"),
        ("vhxmgh", "포트홀"),
        ("vx", "포트홀"),
        ("gps", "헨리"),
        ("헨", "GPS 불량"),
        ("2026-0", "HB-2026-0006"),
    ],
)
def test_a_loose_reading_waits_for_when_nothing_sure_is_found(typed: str, text: str) -> None:
    assert not surely(typed, text) or typed == "2026-0"
    assert loosely(typed, text)


def test_each_state_of_an_input_method_leads_to_the_word() -> None:
    for seen in ("ㅍ", "포", "퐅", "포ㅌ", "포트", "포틓", "포트ㅎ", "포트호", "포트홀"):
        assert surely(seen, "포트홀") or loosely(seen, "포트홀")


def test_the_word_as_typed_comes_before_its_other_readings() -> None:
    word = parse_query("vhxmghf").words[0]
    assert stands_in("vhxmghf", word.sure[0])
    assert not stands_in("포트홀", word.sure[0])


@pytest.mark.parametrize("typed", ["", "  ", '"', "…", "- -", "\x00", "\ud800", "()", "*"])
def test_nothing_to_search_for_is_no_query(typed: str) -> None:
    assert parse_query(typed).words == ()


def test_the_same_word_twice_is_asked_once_and_eight_words_are_enough() -> None:
    assert len(parse_query("도로 도로").words) == 1
    assert len(parse_query(" ".join("가나다라마바사아자차카")).words) == 8


@given(st.text())
def test_anything_typed_is_understood_and_every_reading_can_be_marked(typed: str) -> None:
    for word in parse_query(typed).words:
        assert word.sure
        for reading in (*word.sure, *word.loose):
            re.compile(reading.pattern)
            assert all(member for member in reading.sought)
            assert all(
                token.strip(".").isalnum()
                for member in reading.sought
                for row in member
                for token in row.split(" ")
            )


LETTERS = st.text("가나다 도로록3의", max_size=12)


@given(st.text("가나다도로록의", min_size=1, max_size=3), LETTERS)
def test_a_korean_word_is_found_exactly_where_it_stands(typed: str, text: str) -> None:
    assert surely(typed, text) == (typed in fold(text))


@given(st.text("0126", min_size=1, max_size=6), st.text("0126 가", max_size=14))
def test_a_number_is_found_exactly_where_its_digits_stand(typed: str, text: str) -> None:
    runs = re.findall("[0-9]+", text)
    joined = "".join(runs) if len(runs) > 2 else ""
    assert surely(typed, text) == any(typed in run for run in runs) or typed in joined


@given(st.text("ㄱㄴㄷ", min_size=1, max_size=5), st.text("가나다 각난달1", max_size=12))
def test_initials_are_found_exactly_where_a_word_has_them_in_a_row(typed: str, text: str) -> None:
    pattern = "".join({"ㄱ": "[가각]", "ㄴ": "[나난]", "ㄷ": "[다달]"}[each] for each in typed)
    assert stands_in(text, parse_query(typed).words[0].sure[0]) == bool(re.search(pattern, text))
