from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.geo.spelling import LONGEST_TEXT, plain_spelling


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("３７．５６６３，１２６．９７７９", "37.5663,126.9779"),
        ("37º33’59”", "37°33′59″"),
        ("37˚33´59˝", "37°33′59″"),
        ("37°33'59''", "37°33′59″"),
        ("37°33′59′′", "37°33′59″"),
        ("−37.5", "-37.5"),
        ("\u200e37.5663\u200f,\ufeff126.9779", "37.5663,126.9779"),
        ("다사 5389–5200", "다사 5389-5200"),
    ],
)
def test_many_spellings_become_one(written, plain) -> None:
    assert plain_spelling(written) == plain


def test_letters_taken_apart_by_a_mac_are_put_together() -> None:
    assert plain_spelling("다사") == "다사"


def test_a_temperature_never_becomes_a_degree_mark() -> None:
    assert "°" not in plain_spelling("37.5℃")


@given(st.text())
def test_any_text_has_a_plain_spelling_that_stays_as_it_is(text) -> None:
    plain = plain_spelling(text)
    assert plain_spelling(plain[:LONGEST_TEXT]) == plain[:LONGEST_TEXT] or len(plain) > LONGEST_TEXT
