import re

import pytest

from fieldlog.domain.pattern import regex


def test_an_expression_finds_what_the_compiled_one_finds() -> None:
    written = regex(r"([0-9]+)\s*(일|days)", re.IGNORECASE)
    assert written.fullmatch("7 DAYS").groups() == ("7", "DAYS")
    assert written.sub("기한", "3일과 4일") == "기한과 기한"
    assert [found[1] for found in written.finditer("1일 2일")] == ["1", "2"]


def test_a_method_asked_for_twice_is_the_same_one() -> None:
    written = regex("[0-9]+")
    assert written.search is written.search


def test_a_mistake_shows_at_the_first_use() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("x")
