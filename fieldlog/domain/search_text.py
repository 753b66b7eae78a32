"""Text as the search index keeps it: folded, then cut into short overlapping tokens.

A document is one line of tokens separated by spaces. Runs of letters become pairs (포트 트홀 홀), runs of
digits groups of four (2026 026 26 6): the last tokens of a run are shorter, so that a run's end is known and
two runs never look like one. Behind a separator stand, in this order:

- numbers written with separators, once more without them (010-1234-5678 as 01012345678);
- the two characters where digits and letters meet (3층);
- every character that no run ends with, marked (.포);
- the initials of each Korean word in groups of three (ㅍㅌㅎ ㅌㅎ ㅎ).

Titles carry a mark before each token, which keeps them apart from everything else in one index.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import Final

from fieldlog.domain.hangul import INITIALS, initial_of, is_syllable

RUN: Final = re.compile(r"[^\W0-9a-z_]+|[0-9]+|[a-z]+")
"""A run of folded text: digits, or Latin letters, or any other letters."""
DIGITS_IN_A_TOKEN: Final = 4
LETTERS_IN_A_TOKEN: Final = 2
INITIALS_IN_A_TOKEN: Final = 3
ANY_PLACE: Final = "."
"""Before a single character: it stands somewhere in the document."""
IN_TITLE: Final = "^"
"""Before every token of a title."""

_DIGITS: Final = "0123456789"
_CODE_POINTS: Final = "utf-32-le"
# Private characters: no text keeps one of its own, they are no letters.
_NUMBER_STOOD_HERE, _GAP = "\ue000", "\ue001"
_APART: Final = _GAP * (INITIALS_IN_A_TOKEN - 1)
_BEGINS_WITH_A_GAP: Final = {size: re.compile(_GAP + "." * (size - 1) + " ") for size in (2, 3)}
_AS_IT_IS: Final = re.compile(r"[\n -@\[-~가-힣]*")
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
_SEEN: Final = re.compile(
    "[^\u0300-\u036f\u1160-\u11ff\u3099\u309a]?[\u0300-\u036f\u1160-\u11ff\u3099\u309a]*"
)
_GROUPED: Final = re.compile(
    r"\+?[0-9]{2,}\)?(?:[-./·‐-–][ ]?[0-9]{2,}|(?<=\))[ ]?[0-9]{2,})+"
    r"|\+?[0-9]{2,3}\)?[ ][0-9]{3,4}[ -][0-9]{4}"
    r"|[0-9]{1,3}(?:,[0-9]{3})+"
)
_NO_DIGITS: Final = re.compile(r"[^0-9]+")
_PLAIN_RUN: Final = re.compile(r"[0-9]+|[a-z]+")
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
    if _AS_IT_IS.fullmatch(text):
        return text
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
    size = DIGITS_IN_A_TOKEN if run[0] in _DIGITS else LETTERS_IN_A_TOKEN
    return " ".join([run[at : at + size] for at in range(len(run))])


class _ToInitials(dict[int, str]):
    """Syllables to their first consonant, lone consonants to themselves, all else to a gap no group spans."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        initial = (
            initial_of(character)
            if is_syllable(character)
            else character
            if character in INITIALS
            else _APART
        )
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


def document_tokens(text: str) -> str:
    """A text as one line of tokens for the index; empty when nothing in it can be searched."""
    folded = fold(text)
    runs = RUN.findall(folded)
    if not runs:
        return ""
    numbers = [run for run in runs if run[0] in _DIGITS]
    parts = [_all_tokens(runs, numbers)]
    if len(numbers) > 1:
        parts.append(" ".join(map(run_tokens, digits_joined(folded))))
    parts.append(" ".join(_meetings(folded)))
    ends = {run[-1] for run in runs}
    parts.append(" ".join([ANY_PLACE + each for each in dict.fromkeys("".join(runs)) if each not in ends]))
    words = _APART.join(dict.fromkeys([run for run in runs if not run.isascii()]))
    parts.append(_groups(words.translate(_TO_INITIALS), INITIALS_IN_A_TOKEN))
    return _SEPARATOR.join(filter(None, parts))


def _all_tokens(runs: list[str], numbers: list[str]) -> str:
    """The tokens of all runs in a row: pairs cut from one long line, with the numbers put back in their places."""
    if not numbers:
        return _groups(_GAP.join(runs), LETTERS_IN_A_TOKEN)
    line = _GAP.join([_NUMBER_STOOD_HERE if run[0] in _DIGITS else run for run in runs])
    around = _groups(line, LETTERS_IN_A_TOKEN).split(_NUMBER_STOOD_HERE)
    tails = [run_tokens(number) + after for number, after in zip(numbers, around[1:], strict=True)]
    return around[0] + "".join(tails)


def _groups(line: str, size: int) -> str:
    """Every group of so many characters of a line, shorter before a gap, none across it.

    The groups are laid out for the whole line at once: a row of code points for each place in a group.
    """
    points = array("I")
    points.frombytes((line + _APART).encode(_CODE_POINTS))
    length = len(line)
    spread = array("I", [ord(" ")]) * (length * (size + 1))
    for place in range(size):
        spread[place :: size + 1] = points[place : place + length]
    groups = _BEGINS_WITH_A_GAP[size].sub("", spread.tobytes().decode(_CODE_POINTS))
    return groups.replace(_GAP, "").rstrip()


def _meetings(folded: str) -> dict[str, None]:
    """The pairs of characters where digits, Latin and other letters meet without a space."""
    pairs: dict[str, None] = {}
    for found in _PLAIN_RUN.finditer(folded):
        start, end = found.span()
        before, after = folded[max(0, start - 1) : start], folded[end : end + 1]
        if before.isalnum():
            pairs[before + folded[start]] = None
        if after.isalnum() and not after.isascii():
            pairs[folded[end - 1] + after] = None
    return pairs


def title_tokens(text: str) -> str:
    """A title as tokens, each with the mark of titles."""
    tokens = document_tokens(text)
    return IN_TITLE + tokens.replace(" ", " " + IN_TITLE) if tokens else ""
