from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.josa import PAIRS, josa, with_josa


@pytest.mark.parametrize(
    ("word", "form", "said"),
    [
        ("사진", "을", "사진을"), ("위치", "을", "위치를"), ("위치", "를", "위치를"), ("서울", "으로", "서울로"),
        ("부산", "으로", "부산으로"), ("대구", "로", "대구로"), ("포트홀", "은", "포트홀은"), ("도로", "이", "도로가"),
        ("3", "은", "3은"), ("2", "은", "2는"), ("7", "으로", "7로"), ("0", "으로", "0으로"), ("PDF", "을", "PDF를"),
        ("km", "이", "km이"), ("URL", "으로", "URL로"), ("“사진”", "을", "“사진”을"), ("사진(원본)", "을", "사진(원본)을"),
        ("", "을", "를"), ("()", "은", "()는"), ("길", "과", "길과"), ("배수", "이나", "배수나"),
    ],
)  # fmt: skip
def test_the_particle_follows_the_last_sound(word, form, said) -> None:
    assert with_josa(word, form) == said


@given(st.text(), st.sampled_from(sorted(PAIRS)))
def test_any_word_takes_one_of_the_two_forms(word, form) -> None:
    assert josa(word, form) in PAIRS[form]


def test_an_unknown_particle_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        josa("말", "의")
