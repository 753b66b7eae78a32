from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.highlight import highlight
from fieldlog.domain.search_query import SearchQuery, parse_query


def marked(text: str, typed: str) -> list[str]:
    return [text[start:end] for start, end in highlight(text, parse_query(typed))]


@pytest.mark.parametrize(
    ("typed", "stretches"),
    [
        ("포트홀", ["포트홀"]),
        ("포트", ["포트"]),
        ("ㅍㅌㅎ", ["포트홀"]),
        ("vhxmghf", ["포트홀"]),
        ("포트호", ["포트홀"]),
        ("포ㅌ", ["포트"]),
        ("ㅊㅊㅅㅍ", ["ＣＣＴＶ"]),
        ("cctv", ["ＣＣＴＶ"]),
        ("불법주차", ["불법 주차"]),
        ("주차 불법", ["불법", "주차"]),
        ("01012345678", ["010-1234-5678"]),
        ("12345678", ["1234-5678"]),
        ("5678", ["5678"]),
        ("0006", ["0006"]),
        ("HB-2026-0006", ["HB-2026-0006"]),
        ("없는말", []),
        ("", []),
    ],
)
def test_the_found_stretch_is_marked_as_it_is_written(typed: str, stretches: list[str]) -> None:
    text = "HB-2026-0006 포트홀 옆 불법 주차, ＣＣＴＶ 확인, 연락처 010-1234-5678"
    assert marked(text, typed) == stretches


def test_every_place_of_a_word_is_marked() -> None:
    assert highlight("도로 옆 도로", parse_query("도로")) == [(0, 2), (5, 7)]


def test_marks_that_touch_become_one() -> None:
    assert highlight("불법주차", parse_query("불법 주차")) == [(0, 4)]


def test_a_half_typed_word_marks_nothing_more_where_it_stands_as_typed() -> None:
    assert marked("도로와 하도록", "도로") == ["도로"]


def test_a_mark_covers_all_the_pieces_of_a_decomposed_syllable() -> None:
    text = unicodedata.normalize("NFD", "옆 포트홀")
    assert marked(text, "트홀") == [unicodedata.normalize("NFD", "트홀")]


def test_a_sign_that_stands_for_several_letters_is_marked_whole() -> None:
    assert marked("면적 60㎡", "m2") == ["㎡"]


def test_no_query_marks_nothing() -> None:
    assert highlight("포트홀", SearchQuery()) == []


@given(st.text(max_size=60), st.text(max_size=20))
def test_marks_lie_in_order_apart_and_within_the_text(text: str, typed: str) -> None:
    last = -1
    for start, end in highlight(text, parse_query(typed)):
        assert last < start < end <= len(text)
        last = end
