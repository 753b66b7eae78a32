from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.ui.matching import closeness

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("보고", "보고서"),
        ("ㅂㄱㅅ", "보고서"),
        ("ㅃㄹ", "빠른 기록"),
        ("빠른기록", "빠른 기록"),
        ("기록", "빠른 기록"),
        ("qhrh", "보고서"),
        ("ㅅ", "설정"),
        ("설ㅈ", "설정"),
        ("솓", "소독"),
        ("rec", "Quick record"),
        ("ㄱ뎨ㅐㄱㅅ", "Report"),
    ],
)
def test_a_name_is_found_by_part_initials_and_wrong_keyboard(typed: str, name: str) -> None:
    assert closeness(typed, name) is not None


@pytest.mark.parametrize(("typed", "name"), [("사진", "보고서"), ("ㅅㅅ", "보고서"), ("xyz", "Settings")])
def test_what_does_not_fit_is_not_found(typed: str, name: str) -> None:
    assert closeness(typed, name) is None


def test_a_beginning_comes_before_a_part_and_a_part_before_initials() -> None:
    ranks = [closeness("사진", "사진"), closeness("사진", "새 사진"), closeness("ㅅㅈ", "사진")]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_nothing_typed_fits_everything() -> None:
    assert closeness(" ", "보고서") is not None


@given(HANGUL)
def test_every_name_is_found_by_each_of_its_beginnings(name: str) -> None:
    assert all(closeness(name[:end], name) == 0 for end in range(1, len(name) + 1))


@given(HANGUL, st.text(max_size=6))
def test_any_typing_gives_an_answer(name: str, typed: str) -> None:
    closeness(typed, name)
