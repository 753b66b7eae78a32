"""What a person typed into the search field, understood: each word in all the ways it may be meant.

A word is looked for as it is typed and, beside that, as what it may stand for: initials (ㅍㅌㅎ for 포트홀), a
word typed on the wrong keyboard (vhxmghf for 포트홀, ㅊㅊㅅㅍ for cctv), a number without its separators, words
written together or apart (불법주차, 불법 주차). Looser readings wait until the sure ones find nothing in the
whole store: a last syllable still being composed (포트호, 포틓), a short word of the wrong keyboard.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain import hangul
from fieldlog.domain.pattern import regex
from fieldlog.domain.search_text import (
    ANY_PLACE,
    DIGITS_IN_A_TOKEN,
    INITIALS_IN_A_TOKEN,
    LETTERS_IN_A_TOKEN,
    RUN,
    fold,
    run_tokens,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS: Final = "0123456789"
_LONGEST_TEXT: Final = 300
_LONGEST_WORD: Final = 40
_MOST_WORDS: Final = 8
_WORD: Final = regex('["“”]([^"“”]*)["“”]?|([^\\s"“”]+)')
_LATIN: Final = regex(r"[A-Za-z]+")
_NUMBER: Final = regex(r"[-+0-9 .,/()·‐-–]+")
_SHORTEST_APART, _LONGEST_APART = 4, 8
_SPACED_FROM: Final = 5
_LONG_NUMBER: Final = 7
_FROM_ABROAD: Final = "+82"
_BETWEEN_RUNS: Final = r"[\W_]*"
_BETWEEN_DIGITS: Final = r"[-., /()·‐-–]{0,2}"


class Reading(Struct, frozen=True):
    """One way to understand a word.

    ``sought`` holds for a document when each of its members has an alternative whose tokens stand there in a
    row; ``pattern`` is the same as a regular expression over folded text, for highlighting.
    """

    sought: tuple[tuple[str, ...], ...]
    pattern: str


class Word(Struct, frozen=True):
    """One word as it was typed and its ``sure`` readings, the plainest first."""

    text: str
    sure: tuple[Reading, ...]

    @property
    def loose(self) -> tuple[Reading, ...]:
        """What else it may mean when the sure readings find nothing in the whole store."""
        return _loose_readings(self.text)


class SearchQuery(Struct, frozen=True):
    """All of the words must be found in a case, each anywhere in it; no words, nothing is searched."""

    words: tuple[Word, ...] = ()


@functools.lru_cache(maxsize=256)
def parse_query(text: str) -> SearchQuery:
    """Understand a search text; anything may be typed, nothing in it is syntax but double quotes.

    Words in quotes must stand in a row. Only the first eight words count.
    """
    composed = unicodedata.normalize("NFC", text)[:_LONGEST_TEXT]
    typed = dict.fromkeys((quoted or plain)[:_LONGEST_WORD] for quoted, plain in _WORD.findall(composed))
    words = (Word(each, readings) for each in typed if (readings := _sure_readings(each)))
    return SearchQuery(tuple(itertools.islice(words, _MOST_WORDS)))


@functools.lru_cache(maxsize=256)
def _sure_readings(word: str) -> tuple[Reading, ...]:
    folded = fold(word)
    runs = RUN.findall(folded)
    if not runs:
        return ()
    readings = [_as_typed(runs)]
    if len(runs) > 1:
        joined = _number_joined(folded, "".join(runs))
        readings = joined if _is_long_number(folded, runs) else [*readings, *joined]
    elif korean := _typed_as_latin(word):
        readings += [_as_typed([korean])] if len(korean) > 1 and _all_syllables(korean) else []
    elif runs[0][0] not in _DIGITS and not _all_syllables(runs[0]):
        letters = hangul.taken_apart(runs[0])
        initials = all(letter in hangul.INITIALS for letter in letters)
        readings = [_by_initials(letters)] if initials else [*readings, *_half_typed(runs[0])]
        readings += _typed_as_korean(runs[0])
    return tuple(dict.fromkeys(readings))


@functools.lru_cache(maxsize=256)
def _loose_readings(word: str) -> tuple[Reading, ...]:
    runs = RUN.findall(fold(word))
    readings = []
    if len(runs) > 1:
        readings = [_as_typed(runs)]
        if runs[-1] in _DIGITS:
            # A number still being typed: what stands before its last digit.
            readings.append(_as_typed(runs[:-1]))
    elif korean := _typed_as_latin(word):
        one = len(korean) == 1 and _all_syllables(korean)
        readings = [_as_typed([korean])] if one else _half_typed(korean) if len(korean) > 1 else []
    elif _all_syllables(runs[0]):
        readings = [*_half_typed(runs[0]), *_typed_as_korean(runs[0])]
    return tuple(each for each in dict.fromkeys(readings) if each not in _sure_readings(word))


def _number_joined(folded: str, digits: str) -> list[Reading]:
    """A number typed with separators (010-1234-5678, 2026-0006), once more without them."""
    if not _NUMBER.fullmatch(folded) or len(digits) < DIGITS_IN_A_TOKEN:
        return []
    readings = [_as_typed([digits])]
    if folded.lstrip().startswith(_FROM_ABROAD):
        readings.append(_as_typed(["0" + digits.removeprefix(_FROM_ABROAD[1:]).removeprefix("0")]))
    return readings


def _is_long_number(folded: str, runs: list[str]) -> bool:
    """Long enough to be told from its digits alone, without looking where the separators stand."""
    return bool(_NUMBER.fullmatch(folded)) and len("".join(runs)) >= _LONG_NUMBER


def _typed_as_latin(word: str) -> str:
    """A word of Latin letters as Korean typed with the keyboard set to English; otherwise nothing."""
    latin = unicodedata.normalize("NFKC", word).strip()
    if not _LATIN.fullmatch(latin):
        return ""
    return hangul.typed_as_hangul(latin.lower() if latin.isupper() else latin)


def _typed_as_korean(run: str) -> list[Reading]:
    """A Korean word as Latin letters typed with the keyboard set to Korean: ㅊㅊㅅㅍ is cctv."""
    keys = hangul.keys_of(run)
    return [_as_typed([keys.lower()])] if _LATIN.fullmatch(keys) and len(keys) > 1 else []


def _all_syllables(run: str) -> bool:
    return all(map(hangul.is_syllable, run))


def _half_typed(run: str) -> list[Reading]:
    """A word whose last syllable is still being composed, or in which initials stand for syllables."""
    if _all_syllables(run[:-1]) and len(hangul.taken_apart(run[-1])) == 1:
        return [
            _ending_in(run[:-1] + kept, common)
            for kept, nexts in hangul.becoming(run[-1])
            if (common := hangul.in_everyday_use(nexts))
        ]
    letters = "".join(each if hangul.is_syllable(each) else hangul.taken_apart(each) for each in run)
    if all(letter in hangul.INITIALS for letter in letters):
        return [_by_initials(letters)]
    if all(letter in hangul.INITIALS or hangul.is_syllable(letter) for letter in letters):
        return [_mixed(letters)]
    return []


def _as_typed(runs: list[str]) -> Reading:
    *before, last = runs
    if not before:
        return Reading(((*_open(last), *_written_apart(last)),), _pattern(runs))
    pattern = _pattern(runs)
    closed = _closed(before)
    if len(last) > 1:
        return Reading((tuple(f"{closed} {option}" for option in _open(last)),), pattern)
    meeting = (before[-1][-1] + last,) if _kind(before[-1]) != _kind(last) else ()
    return Reading(((closed,), (*meeting, f"{closed} {last}")), pattern)


def _kind(run: str) -> str:
    """Runs of different kinds may touch one another; runs of one kind never do."""
    return "digits" if run[0] in _DIGITS else "latin" if run.isascii() else "letters"


def _closed(runs: Iterable[str]) -> str:
    """The tokens of whole runs, ends included."""
    return " ".join(map(run_tokens, runs))


def _open(run: str) -> tuple[str, ...]:
    """The rows of tokens that a run begins or contains, whatever follows it."""
    if len(run) == 1:
        return run, ANY_PLACE + run
    if run[0] not in _DIGITS:
        return (_whole_tokens(run, LETTERS_IN_A_TOKEN),)
    if len(run) >= DIGITS_IN_A_TOKEN:
        return (_whole_tokens(run, DIGITS_IN_A_TOKEN),)
    return _lengthened(run, _DIGITS, DIGITS_IN_A_TOKEN)


def _whole_tokens(run: str, size: int) -> str:
    return " ".join(run[at : at + size] for at in range(len(run) - size + 1))


def _lengthened(start: str, letters: str, size: int) -> tuple[str, ...]:
    """Every token that begins so: itself and all longer ones up to the size of a token."""
    return tuple(
        start + "".join(more)
        for length in range(size - len(start) + 1)
        for more in itertools.product(letters, repeat=length)
    )


def _written_apart(run: str) -> list[str]:
    """불법주차 is also written 불법 주차: the rows of tokens with a space somewhere in between."""
    if not _SHORTEST_APART <= len(run) <= _LONGEST_APART or not _all_syllables(run):
        return []
    return [f"{run_tokens(run[:at])} {_open(run[at:])[0]}" for at in range(2, len(run) - 1)]


def _pattern(runs: list[str]) -> str:
    if len(runs) == 1 and _written_apart(runs[0]):
        run = runs[0]
        return run[0] + r"\s?".join(run[1:-1]) + run[-1]
    return _BETWEEN_RUNS.join(
        _BETWEEN_DIGITS.join(run) if run[0] in _DIGITS and len(run) >= _SPACED_FROM else re.escape(run)
        for run in runs
    )


def _ending_in(stem: str, nexts: str) -> Reading:
    pattern = f"{re.escape(stem)}[{nexts}]"
    if not stem:
        return Reading((tuple(row for each in nexts for row in _open(each)),), pattern)
    start = _whole_tokens(stem, LETTERS_IN_A_TOKEN) + " " if len(stem) > 1 else ""
    return Reading((tuple(start + stem[-1] + each for each in nexts),), pattern)


def _by_initials(letters: str) -> Reading:
    size = INITIALS_IN_A_TOKEN
    rows = (
        _lengthened(letters, hangul.INITIALS, size)
        if len(letters) < size
        else (_whole_tokens(letters, size),)
    )
    return Reading((rows,), _initials_pattern(letters))


def _mixed(letters: str) -> Reading:
    """Syllables and initials in one word (ㅎ빛시): its initials in a row, its syllables anywhere beside them."""
    initials = "".join(hangul.initial_of(each) if hangul.is_syllable(each) else each for each in letters)
    groups = ("".join(group) for whole, group in itertools.groupby(letters, key=hangul.is_syllable) if whole)
    return Reading(
        (*_by_initials(initials).sought, *(_open(group) for group in groups)), _initials_pattern(letters)
    )


def _initials_pattern(letters: str) -> str:
    return "".join(
        each if hangul.is_syllable(each) else "[{}-{}{}]".format(*hangul.syllables_with(each), each)
        for each in letters
    )
