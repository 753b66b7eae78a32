"""Whether what was typed means a name: in full, in part, by initials (ㅂㄹㄱㄹ) or on the wrong keyboard."""

from __future__ import annotations

import unicodedata
from typing import Final

INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS: Final = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_FIRST, _LAST, _PER_INITIAL, _PER_VOWEL = 0xAC00, 0xD7A3, 588, 28
_KEYS: Final = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        strict=True,
    ),
)
_DOUBLE: Final = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip


def closeness(query: str, name: str) -> int | None:
    """How well a name fits what was typed: 0 is best, None is not at all."""
    wanted, have = _plain(query), _plain(name)
    if not wanted:
        return 9
    letters = _letters(have)
    ways = (
        have.startswith(wanted),
        letters.startswith(_letters(wanted)),
        wanted in have,
        _letters(wanted) in letters,
        _only_initials(wanted) and wanted in _initials(have),
        _only_initials(wanted) and _in_order(wanted, _initials(have)),
        wanted.isascii() and wanted in _typed(have),
        not wanted.isascii() and _typed(wanted) in have,
    )
    return next((rank for rank, fits in enumerate(ways) if fits), None)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def _letters(text: str) -> str:
    """Syllables taken apart, so that 포 is found while ㅍ, 포 or 폿 is being composed."""
    return "".join("".join(_DOUBLE.get(part, part) for part in _apart(char)) for char in text)


def _apart(char: str) -> str:
    code = ord(char)
    if not _FIRST <= code <= _LAST:
        return char
    initial, rest = divmod(code - _FIRST, _PER_INITIAL)
    vowel, final = divmod(rest, _PER_VOWEL)
    return (INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]).rstrip()


def _initials(text: str) -> str:
    return "".join(_apart(char)[0] for char in text)


def _only_initials(text: str) -> bool:
    return all(char in INITIALS for char in text)


def _in_order(wanted: str, have: str) -> bool:
    rest = iter(have)
    return all(char in rest for char in wanted)


def _typed(text: str) -> str:
    """What the keyboard would have written in English mode."""
    return "".join(_KEYS.get(char, char) for char in _letters(text)).casefold()
