"""Text as the search index keeps it: folded, then cut into short overlapping tokens.

A document is one line of tokens separated by spaces. Runs of letters become pairs (포트 트홀 홀), runs of
digits groups of four (2026 026 26 6): the last tokens of a run are shorter, so that a run's end is known and
two runs never look like one. Behind a separator stand, in this order:

- numbers written with separators, once more without them (010-1234-5678 as 01012345678);
- the two characters where digits, Latin and other letters touch (3층);
- every character that no run ends with, marked (.포);
- the initials of each Korean word in groups of three (ㅍㅌㅎ ㅌㅎ ㅎ).

Titles carry a mark before each token, which keeps them apart from everything else in one index.
"""

from __future__ import annotations

import functools
import itertools
import unicodedata
from typing import Final, NamedTuple

from fieldlog.domain.hangul import INITIALS, initial_of, is_syllable
from fieldlog.domain.pattern import regex

RUN: Final = regex(r"[^\W0-9a-z_]+|[0-9]+|[a-z]+")
"""A run of folded text: digits, or Latin letters, or any other letters."""
_WORD: Final = regex(r"[^\W_]+")
DIGITS_IN_A_TOKEN: Final = 4
LETTERS_IN_A_TOKEN: Final = 2
INITIALS_IN_A_TOKEN: Final = 3
ANY_PLACE: Final = "."
"""Before a single character: it stands somewhere in the document."""
IN_TITLE: Final = "^"
"""Before every token of a title."""

_DIGITS: Final = "0123456789"
_PLAIN: Final = regex(r"[\n -@\[-~가-힣]*")
_SEPARATOR: Final = f" {ANY_PLACE} "
_COMPATIBLE_FIRST, _COMPATIBLE_LAST = "\u3131", "\u3163"
_OLD_INITIALS, _OLD_VOWELS, _OLD_FINALS = 0x1100, 0x1161, 0x11A8
# Letters that stand alone when a decomposed text breaks off in mid-syllable, in the order of their code points.
_COMPATIBLE: Final = {
    **{_OLD_INITIALS + n: letter for n, letter in enumerate(INITIALS)},
    **{_OLD_VOWELS + n: chr(0x314F + n) for n in range(21)},
    **{
        _OLD_FINALS + n: letter
        for n, letter in enumerate("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
    },
}
# One letter as it is seen, with what is combined into it: the unit that a decomposed text is folded by.
_SEEN: Final = regex("[^\u0300-\u036f\u1160-\u11ff\u3099\u309a]?[\u0300-\u036f\u1160-\u11ff\u3099\u309a]*")
_GROUPED: Final = regex(
    r"(?:\+82[ .-]?)?[0-9]{2,}\)?(?:[-./·‐-–][ ]?[0-9]{2,}|(?<=\))[ ]?[0-9]{2,})+"
    r"|(?:\+82[ .-]?)?[0-9]{2,3}[ ][0-9]{3,4}[ -][0-9]{4}"
    r"|[0-9]{1,3}(?:,[0-9]{3})+"
)
_NO_DIGITS: Final = regex(r"[^0-9]+")
_LONGEST_NUMBER: Final = 24
_KOREA: Final = "82"


class _Folding(dict[int, str]):
    """Code point to folded text, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code))
        self[code] = folded
        return folded


_FOLDING: Final = _Folding()


def _folded(character: str) -> str:
    if _COMPATIBLE_FIRST <= character <= _COMPATIBLE_LAST or is_syllable(character):
        return character
    if unicodedata.category(character) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    base = unicodedata.normalize("NFD", plain)
    if base[:1].isascii():
        plain = "".join(each for each in base if not unicodedata.combining(each))
    return plain.translate(_COMPATIBLE)


def fold(text: str) -> str:
    """The text as it is compared: composed, half and full width alike, small letters, no accents, nothing unseen."""
    if _PLAIN.fullmatch(small := text.lower()):
        return small
    return unicodedata.normalize("NFC", text).translate(_FOLDING)


def fold_keeping_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text, and for each of its characters the stretch of the original it stands for."""
    composed = unicodedata.is_normalized("NFC", text)
    stretches = (
        ((at, at + 1) for at in range(len(text)))
        if composed
        else (seen.span() for seen in _SEEN.finditer(text) if seen.group())
    )
    pieces, places = [], []
    for start, end in stretches:
        piece = fold(text[start:end])
        pieces.append(piece)
        places += [(start, end)] * len(piece)
    return "".join(pieces), places


def run_tokens(run: str) -> str:
    """The tokens of one run, from its first character to its last."""
    return _groups(run, DIGITS_IN_A_TOKEN if run[0] in _DIGITS else LETTERS_IN_A_TOKEN)


def _groups(run: str, size: int) -> str:
    return " ".join([run[at : at + size] for at in range(len(run))])


class _ToInitials(dict[int, str]):
    """Syllables to their first consonant, lone consonants to themselves, all else to a gap."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if is_syllable(character):
            initial = initial_of(character)
        else:
            initial = character if character in INITIALS else " "
        self[code] = initial
        return initial


_TO_INITIALS: Final = _ToInitials()


def digits_joined(text: str) -> list[str]:
    """The numbers of a folded text that are written with separators, without them: phones, sums, dates."""
    numbers = []
    for found in _GROUPED.findall(text):
        digits = _NO_DIGITS.sub("", found)
        if len(digits) <= _LONGEST_NUMBER:
            numbers.append(digits)
            if found.startswith("+" + _KOREA):
                numbers.append("0" + digits.removeprefix(_KOREA).removeprefix("0"))
    return numbers


class _Word(NamedTuple):
    """What one word gives to a document: runs that touch one another are one word (3층, LED등)."""

    tokens: str
    inside: str
    ends: str
    meetings: str
    initials: str


def _cut(word: str) -> _Word:
    if word.isascii() and word.isdecimal():
        return _Word(run_tokens(word), word[:-1], word[-1], "", "")
    runs = RUN.findall(word)
    return _Word(
        tokens=" ".join(map(run_tokens, runs)),
        inside="".join([run[:-1] for run in runs]),
        ends="".join([run[-1] for run in runs]),
        meetings=" ".join([before[-1] + after[0] for before, after in itertools.pairwise(runs)]),
        initials=" ".join(
            _groups(each, INITIALS_IN_A_TOKEN) for each in word.translate(_TO_INITIALS).split()
        ),
    )


# Words come again and again, numbers hardly ever.
_cut_again = functools.lru_cache(maxsize=32_768)(_cut)


def document_tokens(text: str) -> str:
    """A text as one line of tokens for the index; empty when nothing in it can be searched."""
    folded = fold(text)
    words = [_cut_again(word) if word.isalpha() else _cut(word) for word in _WORD.findall(folded)]
    if not words:
        return ""
    tokens, inside, ends, meetings, initials = zip(*words, strict=True)
    once = dict.fromkeys("".join(inside))
    for end in "".join(ends):
        once.pop(end, None)
    parts = (
        " ".join(tokens),
        " ".join(map(run_tokens, digits_joined(folded))),
        " ".join(filter(None, dict.fromkeys(meetings))),
        " ".join([ANY_PLACE + each for each in once]),
        " ".join(filter(None, dict.fromkeys(initials))),
    )
    return _SEPARATOR.join(filter(None, parts))


def title_tokens(text: str) -> str:
    """A title as tokens, each with the mark of titles."""
    tokens = document_tokens(text)
    return IN_TITLE + tokens.replace(" ", " " + IN_TITLE) if tokens else ""
