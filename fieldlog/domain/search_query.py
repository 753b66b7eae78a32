"""What a person typed into the search field, understood: each word in all the ways it may be meant.

A word is looked for as it is typed and, beside that, as what it may stand for: initials (ㅍㅌㅎ for 포트홀), a
word typed on the wrong keyboard (vhxmghf for 포트홀, ㅊㅊㅅㅍ for cctv), a number without its separators, words
written together or apart (불법주차, 불법 주차). Looser readings wait until the sure ones find nothing in the
whole store: a last syllable still being composed (포트호, 포틓), a short word of the wrong keyboard.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fieldlog.domain import hangul
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
_WORD: Final = re.compile('["“”]([^"“”]*)["“”]?|([^\\s"“”]+)')
_LATIN: Final = re.compile(r"[A-Za-z]+")
_NUMBER: Final = re.compile(r"[-+0-9 .,/()·‐-–]+")
_SHORTEST_APART, _LONGEST_APART = 4, 8
_SPACED_FROM: Final = 5
_FROM_ABROAD: Final = "+82"
_BETWEEN_RUNS: Final = r"[\W_]*"
_BETWEEN_DIGITS: Final = r"[-., /()·‐-–]{0,2}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a word.

    ``sought`` holds for a document when each of its members has an alternative whose tokens stand there in a
    row; ``pattern`` is the same as a regular expression over folded text, for highlighting.
    """

    sought: tuple[tuple[str, ...], ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word: ``sure`` readings, the plainest first, and ``loose`` ones for when those find nothing at all."""

    sure: tuple[Reading, ...]
    loose: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All of the words must be found in a case, each anywhere in it; no words, nothing is searched."""

    words: tuple[Word, ...] = ()


def parse_query(text: str) -> SearchQuery:
    """Understand a search text; anything may be typed, nothing in it is syntax but double quotes.

    Words in quotes must stand in a row. Only the first eight words count.
    """
    found = (quoted or plain for quoted, plain in _WORD.findall(text[:_LONGEST_TEXT]))
    words = dict.fromkeys(word for each in found if (word := _word(each[:_LONGEST_WORD])))
    return SearchQuery(tuple(itertools.islice(words, _MOST_WORDS)))


def _word(raw: str) -> Word | None:
    folded = fold(raw)
    runs = RUN.findall(folded)
    if not runs:
        return None
    latin = unicodedata.normalize("NFKC", raw).strip()
    if len(runs) > 1:
        sure, loose = _several_runs(folded, runs)
    elif _LATIN.fullmatch(latin):
        sure, loose = _latin(latin, runs[0])
    elif runs[0][0] in _DIGITS:
        sure, loose = [_as_typed(runs)], []
    else:
        sure, loose = _letters(runs[0])
    return Word(tuple(dict.fromkeys(sure)), tuple(each for each in dict.fromkeys(loose) if each not in sure))


def _several_runs(folded: str, runs: list[str]) -> tuple[list[Reading], list[Reading]]:
    """A word of mixed kinds, or words in quotes: 3층, HB-2026-0006, 010-1234."""
    sure = [_as_typed(runs)]
    loose: list[Reading] = []
    if runs[-1] in _DIGITS:
        loose.append(_as_typed(runs[:-1]))
    digits = "".join(runs)
    if _NUMBER.fullmatch(folded) and len(digits) >= DIGITS_IN_A_TOKEN:
        sure.append(_as_typed([digits]))
        if folded.lstrip().startswith(_FROM_ABROAD):
            sure.append(_as_typed(["0" + digits.removeprefix(_FROM_ABROAD[1:]).removeprefix("0")]))
    return sure, loose


def _latin(latin: str, run: str) -> tuple[list[Reading], list[Reading]]:
    """Latin letters: themselves, or Korean typed with the keyboard set to English."""
    korean = hangul.typed_as_hangul(latin.lower() if latin.isupper() else latin)
    sure = [_as_typed([run])]
    loose: list[Reading] = []
    if all(map(hangul.is_syllable, korean)):
        (sure if len(korean) > 1 else loose).append(_as_typed([korean]))
    if len(korean) > 1:
        loose += _half_typed(korean)
    return sure, loose


def _letters(run: str) -> tuple[list[Reading], list[Reading]]:
    """Korean and all other letters: themselves, initials, half-typed, or the keyboard set to Korean."""
    keys = hangul.keys_of(run)
    as_latin = [_as_typed([keys.lower()])] if _LATIN.fullmatch(keys) and len(keys) > 1 else []
    if all(map(hangul.is_syllable, run)):
        return [_as_typed([run])], [*_half_typed(run), *as_latin]
    letters = hangul.taken_apart(run)
    if all(letter in hangul.INITIALS for letter in letters):
        return [_by_initials(letters), *as_latin], []
    return [_as_typed([run]), *_half_typed(run), *as_latin], []


def _half_typed(run: str) -> list[Reading]:
    """A word whose last syllable is still being composed, or in which initials stand for syllables."""
    if all(map(hangul.is_syllable, run[:-1])) and len(hangul.taken_apart(run[-1])) == 1:
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
    return Reading(((closed,), (before[-1][-1] + last, f"{closed} {last}")), pattern)


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
    if not _SHORTEST_APART <= len(run) <= _LONGEST_APART or not all(map(hangul.is_syllable, run)):
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
