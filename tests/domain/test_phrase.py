from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.phrase import Phrase, plain


def test_a_phrase_is_said_in_both_languages_and_filled_with_the_particle_that_fits() -> None:
    phrase = Phrase("{field:을} 저장하지 않았습니다.", "{field} was not saved.")
    filled = phrase.fill(field=Phrase("위치", "Place"))
    assert filled == Phrase("위치를 저장하지 않았습니다.", "Place was not saved.")
    assert (filled.said("ko"), filled.said("en")) == (filled.ko, filled.en)


@given(st.text())
def test_whatever_people_typed_stands_as_it_is(text) -> None:
    assert Phrase("[{text}]", "[{text}]").fill(text=text) == Phrase(f"[{text}]", f"[{text}]")
    assert plain(text) == Phrase(text, text)


def test_numbers_keep_their_format_and_a_missing_value_is_a_mistake() -> None:
    assert Phrase("{n:04d}번", "no {n:04d}").fill(n=7) == Phrase("0007번", "no 0007")
    with pytest.raises(KeyError):
        Phrase("{n}", "{n}").fill()
