"""Hangul taken apart and put together: initials, the keys a syllable is typed with, half-typed syllables."""

from __future__ import annotations

import functools
from typing import Final

INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
FIRST_SYLLABLE: Final = 0xAC00
LAST_SYLLABLE: Final = 0xD7A3
SYLLABLES_OF_AN_INITIAL: Final = 588

_ANY_VOWEL: Final = frozenset(VOWELS)
_VOWEL_PAIRS: Final = {
    "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ",
}  # fmt: skip
_CONSONANT_PAIRS: Final = {
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ", "ㄹㅌ": "ㄾ",
    "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
_TAKEN_APART: Final = {whole: pair for pair, whole in (_VOWEL_PAIRS | _CONSONANT_PAIRS).items()}
# The two-set keyboard, KS X 5002.
_KEYS: Final = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        strict=True,
    )
)
_LETTERS: Final = {key: letter for letter, key in _KEYS.items()}


def is_syllable(character: str) -> bool:
    """Whether it is one whole modern syllable."""
    return FIRST_SYLLABLE <= ord(character) <= LAST_SYLLABLE


def initial_of(syllable: str) -> str:
    """The first consonant of a syllable."""
    return INITIALS[(ord(syllable) - FIRST_SYLLABLE) // SYLLABLES_OF_AN_INITIAL]


def syllables_with(initial: str) -> tuple[str, str]:
    """The first and the last syllable, in code order, that begin with a consonant."""
    first = FIRST_SYLLABLE + INITIALS.index(initial) * SYLLABLES_OF_AN_INITIAL
    return chr(first), chr(first + SYLLABLES_OF_AN_INITIAL - 1)


def taken_apart(text: str) -> str:
    """The text with ㄳ as ㄱㅅ, ㅘ as ㅗㅏ: an input method joins consonants that were typed in a row."""
    return "".join(_TAKEN_APART.get(letter, letter) for letter in text)


def keys_of(text: str) -> str:
    """The Latin keys that type a Korean text on the two-set keyboard; other characters stay."""
    keys = []
    for character in text:
        letters = "".join(_parts(character)) if is_syllable(character) else character
        keys += [_KEYS.get(letter, letter) for letter in taken_apart(letters)]
    return "".join(keys)


def typed_as_hangul(keys: str) -> str:
    """What Latin keys write when the keyboard is set to Korean: ``vhxmghf`` is 포트홀."""
    return joined("".join(_LETTERS.get(key) or _LETTERS.get(key.lower(), key) for key in keys))


def joined(letters: str) -> str:
    """Single letters put together to syllables as an input method would."""
    made = []
    at = 0
    while at < len(letters):
        if letters[at] in INITIALS and letters[at + 1 : at + 2] in _ANY_VOWEL:
            syllable, at = _syllable_at(letters, at)
            made.append(syllable)
        else:
            made.append(letters[at])
            at += 1
    return "".join(made)


def _syllable_at(letters: str, at: int) -> tuple[str, int]:
    initial, vowel = letters[at], letters[at + 1]
    at += 2
    if wider := _VOWEL_PAIRS.get(letters[at - 1 : at + 1]):
        vowel = wider
        at += 1
    final = ""
    if _ends_a_syllable(letters, at):
        final = letters[at]
        at += 1
        if (wider := _CONSONANT_PAIRS.get(letters[at - 1 : at + 1])) and _ends_a_syllable(letters, at):
            final = wider
            at += 1
    return _syllable(initial, vowel, final), at


def _ends_a_syllable(letters: str, at: int) -> bool:
    """A consonant closes a syllable unless a vowel follows and claims it."""
    letter = letters[at : at + 1]
    return bool(letter) and letter in FINALS and letters[at + 1 : at + 2] not in _ANY_VOWEL


def _syllable(initial: str, vowel: str, final: str) -> str:
    number = (INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)) * len(FINALS) + FINALS.index(final)
    return chr(FIRST_SYLLABLE + number)


def _parts(syllable: str) -> tuple[str, str, str]:
    number = ord(syllable) - FIRST_SYLLABLE
    rest, final = divmod(number, len(FINALS))
    initial, vowel = divmod(rest, len(VOWELS))
    return INITIALS[initial], VOWELS[vowel], FINALS[final]


@functools.lru_cache(maxsize=256)
def becoming(last: str) -> tuple[tuple[str, str], ...]:
    """What a half-typed last syllable may become: pairs of (what stays before it, every next syllable).

    호 may become 혹 or 화 (nothing stays); 폩 may become 폩 or 포 and a syllable with ㅌ; a lone ㅌ every
    syllable that begins with it. A letter that begins nothing becomes nothing.
    """
    if last in INITIALS:
        return (("", _all_with(last)),)
    if not is_syllable(last):
        return ()
    initial, vowel, final = _parts(last)
    if not final:
        vowels = (vowel, *(whole for pair, whole in _VOWEL_PAIRS.items() if pair[0] == vowel))
        return (("", "".join(_syllable(initial, v, f) for v in vowels for f in FINALS)),)
    kept, moving = taken_apart(final)[:-1], taken_apart(final)[-1]
    finals = (final, *(whole for pair, whole in _CONSONANT_PAIRS.items() if pair[0] == final))
    stays = _syllable(initial, vowel, kept)
    return (("", "".join(_syllable(initial, vowel, f) for f in finals)), (stays, _all_with(moving)))


def _all_with(initial: str) -> str:
    first, last = syllables_with(initial)
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


def in_everyday_use(syllables: str) -> str:
    """Those of the syllables that KS X 1001 lists: 2,350 of 11,172."""
    # Python writes the others as eight bytes in this encoding.
    return "".join(each for each in syllables if len(each.encode("euc_kr")) == 2)  # noqa: PLR2004
