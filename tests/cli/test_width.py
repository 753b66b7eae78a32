from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from fieldlog.cli.width import in_columns, padded, shortened, width, wrapped

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40)


def test_hangul_takes_two_places_and_latin_one() -> None:
    assert width("포트홀 A1") == 9
    assert width(unicodedata.normalize("NFD", "한글")) == 4
    assert width("é") == 1


def test_columns_stand_under_one_another() -> None:
    lines = in_columns([["사안번호", "제목"], ["FL-1", "x"]])
    assert lines == ["사안번호  제목", "FL-1      x"]


def test_a_shortened_text_says_so() -> None:
    assert shortened("별빛로 포트홀", 9) == "별빛로…"
    assert shortened("abc", 3) == "abc"


@given(TEXT, st.integers(2, 30))
def test_a_shortened_text_fits(text: str, places: int) -> None:
    assert width(shortened(text, places)) <= places


@given(TEXT, st.integers(0, 60))
def test_a_padded_text_fills_its_places(text: str, places: int) -> None:
    assert width(padded(text, places)) == max(width(text), places)


@given(TEXT, st.integers(2, 30))
def test_wrapping_loses_nothing_and_fits(text: str, places: int) -> None:
    lines = wrapped(text, places)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= places for line in lines)
