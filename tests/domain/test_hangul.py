from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain import hangul

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@pytest.mark.parametrize(
    ("syllable", "initial"), [("가", "ㄱ"), ("깋", "ㄱ"), ("까", "ㄲ"), ("홀", "ㅎ"), ("힣", "ㅎ")]
)
def test_a_syllable_begins_with_its_initial(syllable: str, initial: str) -> None:
    assert hangul.initial_of(syllable) == initial
    first, last = hangul.syllables_with(initial)
    assert first <= syllable <= last


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        ("vhxmghf", "포트홀"),
        ("VHxmghf", "포트홀"),
        ("Tmfprl", "쓰레기"),
        ("rkqtdl", "값이"),
        ("ekfr", "닭"),
        ("ekfrdl", "닭이"),
        ("ghkfehd", "활동"),
        ("dnpsxmtm", "웬트스"),
        ("vxg", "ㅍㅌㅎ"),
        ("vhxg", "퐅ㅎ"),
        ("hk", "ㅗㅏ"),
        ("dhodi", "왜야"),
        ("", ""),
    ],
)
def test_keys_write_what_the_two_set_keyboard_writes(keys: str, written: str) -> None:
    assert hangul.typed_as_hangul(keys) == written


@given(st.text(SYLLABLES, max_size=8))
def test_every_korean_word_comes_back_from_its_keys(word: str) -> None:
    assert hangul.typed_as_hangul(hangul.keys_of(word)) == word


@given(st.text(max_size=20))
def test_any_text_has_keys_and_can_be_joined(text: str) -> None:
    hangul.keys_of(text)
    hangul.joined(text)
    hangul.typed_as_hangul(text)


def test_consonants_joined_by_an_input_method_come_apart() -> None:
    assert hangul.taken_apart("ㄳㅄㅍ") == "ㄱㅅㅂㅅㅍ"


@given(st.text(SYLLABLES, min_size=1, max_size=4))
def test_whatever_is_seen_while_a_word_is_typed_may_become_the_word(word: str) -> None:
    keys = hangul.keys_of(word)
    for end in range(1, len(keys) + 1):
        seen = hangul.typed_as_hangul(keys[:end])
        ways = [seen[:-1] + kept for kept, _ in hangul.becoming(seen[-1])]
        nexts = [following for _, following in hangul.becoming(seen[-1])]
        assert any(
            word.startswith(stem) and word[len(stem) : len(stem) + 1] in following
            for stem, following in zip(ways, nexts, strict=True)
        )


def test_what_begins_no_syllable_becomes_none() -> None:
    assert hangul.becoming("ㅏ") == ()
    assert hangul.becoming("ㄳ") == ()
    assert hangul.becoming("a") == ()


def test_the_syllables_of_everyday_are_the_2350_of_the_standard() -> None:
    every = "".join(map(chr, range(0xAC00, 0xD7A4)))
    common = hangul.in_everyday_use(every)
    assert len(common) == 2350
    assert "홀" in common
    assert "햏" not in common
