from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.search_text import (
    digits_joined,
    document_tokens,
    fold,
    fold_keeping_places,
    title_tokens,
)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("ＣＣＴＶ ０１２", "cctv 012"),
        (unicodedata.normalize("NFD", "포트홀"), "포트홀"),
        ("60㎡ ㉮동 ①", "60m2 가동 1"),
        ("Café", "cafe"),
        ("포\u200b트\u00ad홀", "포트홀"),
        ("ㅍㅌㅎ", "ㅍㅌㅎ"),
        ("\u1111\u1110", "ㅍㅌ"),
    ],
)
def test_texts_that_look_alike_are_compared_alike(written: str, compared: str) -> None:
    assert fold(written) == compared


@given(st.text())
def test_folding_twice_changes_nothing_more_for_what_is_searched(text: str) -> None:
    assert document_tokens(fold(text)) == document_tokens(text)


@given(st.text())
def test_a_folded_text_is_the_same_with_its_places(text: str) -> None:
    folded, places = fold_keeping_places(unicodedata.normalize("NFC", text))
    assert folded == fold(text)
    assert len(places) == len(folded)


@given(st.text())
def test_places_run_forward_within_the_original(text: str) -> None:
    _, places = fold_keeping_places(text)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


def test_a_decomposed_text_keeps_the_places_of_its_pieces() -> None:
    text = unicodedata.normalize("NFD", "포트홀")
    folded, places = fold_keeping_places(text)
    assert folded == "포트홀"
    assert [text[start:end] for start, end in places] == [
        unicodedata.normalize("NFD", each) for each in "포트홀"
    ]


def test_words_become_pairs_and_numbers_groups_of_four() -> None:
    assert document_tokens("포트홀").startswith("포트 트홀 홀 .")
    assert document_tokens("20260").startswith("2026 0260 260 60 0")


def test_the_initials_of_each_word_stand_in_groups_of_three() -> None:
    assert document_tokens("보도 블록면").endswith(". ㅂㄷ ㄷ ㅂㄹㅁ ㄹㅁ ㅁ")


def test_two_words_that_touch_only_across_a_space_share_no_pair() -> None:
    assert "고장" not in document_tokens("보고 장소").split()


def test_where_digits_and_letters_touch_is_kept() -> None:
    assert {"3층", "d등"} <= set(document_tokens("3층 LED등").split())


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("010-1234-5678", ["01012345678"]),
        ("010 1234 5678", ["01012345678"]),
        ("010.1234.5678", ["01012345678"]),
        ("(02)123-4567", ["021234567"]),
        ("(02) 123-4567", ["021234567"]),
        ("+82-10-1234-5678", ["821012345678", "01012345678"]),
        ("+82 10 1234 5678", ["821012345678", "01012345678"]),
        ("113,560원", ["113560"]),
        ("2026-03-09", ["20260309"]),
        ("3 4 5", []),
        ("1-2", []),
    ],
)
def test_numbers_with_separators_are_also_kept_without(text: str, numbers: list[str]) -> None:
    assert digits_joined(text) == numbers


@given(st.text())
def test_tokens_are_letters_digits_and_marks_and_nothing_a_query_could_trip_over(text: str) -> None:
    for token in document_tokens(text).split(" "):
        assert not token or all(each.isalnum() or each == "." for each in token)
    assert all(token.startswith("^") for token in title_tokens(text).split())


@pytest.mark.parametrize("text", ["", " ", "…!?", "\ud800", "_"])
def test_a_text_without_letters_has_no_tokens(text: str) -> None:
    assert document_tokens(text) == ""
    assert title_tokens(text) == ""
