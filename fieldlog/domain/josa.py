"""Korean particles chosen by the sound before them."""

from __future__ import annotations

from typing import Final

_WITH_FINAL_FIRST: Final = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이나": ("이나", "나"),
    "이라": ("이라", "라"),
}
PAIRS: Final = {form: pair for pair in _WITH_FINAL_FIRST.values() for form in pair}

_HANGUL_FIRST, _HANGUL_LAST, _FINALS, _FINAL_RIEUL = 0xAC00, 0xD7A3, 28, 8
# How digits and Latin letters end when read aloud in Korean: "n" no final, "c" a final, "l" a final ㄹ.
_DIGIT_ENDINGS: Final = dict(zip("0123456789", "clncnnclln", strict=True))
_LETTER_ENDINGS: Final = {"l": "l", "m": "c", "n": "c", "r": "l"}
_CLOSERS: Final = "\"'’”)]〉》」』 "


def _ending(word: str) -> str:
    """How the last sound of a word ends: "c" (consonant), "l" (ㄹ) or "n" (none)."""
    stripped = word.rstrip(_CLOSERS)
    if not stripped:
        return "n"
    last = stripped[-1]
    if _HANGUL_FIRST <= ord(last) <= _HANGUL_LAST:
        final = (ord(last) - _HANGUL_FIRST) % _FINALS
        return "n" if final == 0 else "l" if final == _FINAL_RIEUL else "c"
    return _DIGIT_ENDINGS.get(last) or _LETTER_ENDINGS.get(last.lower(), "n")


def josa(word: str, form: str) -> str:
    """The particle of the pair that ``form`` belongs to which fits after ``word``.

    Args:
        word: What stands before the particle.
        form: Either form of the pair: 은 or 는, 이 or 가, 을 or 를, 과 or 와, 으로 or 로.

    Raises:
        KeyError: ``form`` is no known particle.
    """
    with_final, without_final = PAIRS[form]
    ending = _ending(word)
    if with_final == "으로":
        return with_final if ending == "c" else without_final
    return without_final if ending == "n" else with_final


def with_josa(word: str, form: str) -> str:
    """The word followed by the particle that fits it."""
    return word + josa(word, form)
