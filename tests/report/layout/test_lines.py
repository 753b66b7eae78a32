import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.report.layout.lines import Setter
from fieldlog.report.style import Type


class Typewriter:
    """Every Hangul syllable is one wide, everything else half."""

    def width(self, text: str, *, strong: bool) -> float:
        return sum(self.advances(text, strong=strong))

    def advances(self, text: str, *, strong: bool) -> list[float]:
        return [1.0 if "가" <= character <= "힣" else 0.5 for character in text]


SETTER = Setter(Typewriter(), Type(1.0, 1.5))
WORDS = st.text(alphabet="가나다라마바사 ab1().,「」\n", max_size=200)


def _texts(text: str, width: float) -> list[str]:
    return [line.text for line in SETTER.lines(text, width)]


def test_a_line_ends_between_words_where_it_is_nearly_full() -> None:
    assert _texts("가나다라 마바사아 자차카타", 9.5) == ["가나다라 마바사아", "자차카타"]


def test_a_word_is_torn_where_the_line_would_gape() -> None:
    assert _texts("가나 마바사아자차카타파하거너더러", 10) == ["가나 마바사아자차카", "타파하거너더러"]


def test_a_line_never_begins_with_a_closing_mark() -> None:
    assert _texts("가나다라마)바사", 5) == ["가나다라", "마)바사"]


def test_a_line_never_ends_with_an_opening_bracket() -> None:
    assert _texts("가나다라「마바사」", 5) == ["가나다라", "「마바사」"]


def test_no_line_ends_at_a_space_that_does_not_break() -> None:
    assert _texts("가나 바\u00a012\u00a034", 4) == ["가나", "바\u00a012\u00a034"]


def test_a_number_is_not_torn() -> None:
    assert _texts("가나다라마바12345사아자차카타", 7.5) == ["가나다라마바", "12345사아자차카", "타"]


def test_a_line_break_in_the_text_is_kept() -> None:
    assert _texts("가나\n\n다라", 10) == ["가나", "", "다라"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert _texts("", 10) == [""]


@given(WORDS, st.floats(min_value=1.0, max_value=40.0))
def test_no_line_is_wider_than_it_may_be(text, width) -> None:
    for line in SETTER.lines(text, width):
        assert SETTER.wide(line.text) <= width or len(line.text) == 1


@given(WORDS, st.floats(min_value=0.1, max_value=40.0))
def test_nothing_but_spaces_at_line_ends_is_lost(text, width) -> None:
    joined = "".join(_texts(text, width))
    assert joined.replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(WORDS.filter(lambda text: "\n" not in text), st.floats(min_value=0.5, max_value=30.0))
def test_the_text_goes_on_where_each_line_says_it_ends(text, width) -> None:
    start = 0
    for line in SETTER.lines(text, width):
        assert text[start : line.end].rstrip(" ") == line.text
        start = line.end
    assert start == len(text)


def test_the_last_line_of_a_paragraph_is_not_spread() -> None:
    first, last = SETTER.lines("가나다라 마바사 자차카타", 7.75)
    assert SETTER.word_gap(first, 7.75) > 0
    assert SETTER.word_gap(last, 7.75) == 0


def test_spread_words_end_exactly_at_the_edge() -> None:
    line = SETTER.lines("가나 다라 마바 사아자차", 7.6)[0]
    assert line.width + line.text.count(" ") * SETTER.word_gap(line, 7.6) == pytest.approx(7.6)


def test_a_line_with_large_gaps_stays_ragged() -> None:
    line = SETTER.lines("가나다라마바 ab(cdefghijklmnopqrst", 10.0)[0]
    assert SETTER.word_gap(line, 100.0) == 0
