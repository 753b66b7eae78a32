"""One spelling for the many marks that people and maps use in coordinates."""

from __future__ import annotations

import unicodedata
from typing import Final

DEGREE: Final = "°"
MINUTE: Final = "′"
SECOND: Final = "″"

LONGEST_TEXT: Final = 2_000
"""Characters looked at: a coordinate further down in a longer text is not what was meant."""

# Before NFKC, which would take several of these apart into a space and a combining mark.
_MARKS: Final = str.maketrans(
    dict.fromkeys("º˚∘", DEGREE)
    | dict.fromkeys("'‘’´`ʹ＇ˊ", MINUTE)
    | dict.fromkeys('"“”ʺ˝＂〃', SECOND)
    | dict.fromkeys("−–—‐‑‒―﹣－", "-")
    | dict.fromkeys("、，；", ",")
    | {"℃": " celsius ", "℉": " fahrenheit "}
    # Map applications put invisible direction marks around copied coordinates.
    | {chr(point): None for block in (range(0x200B, 0x2010), range(0x202A, 0x202F)) for point in block}
    | {chr(point): None for point in (*range(0x2060, 0x206A), 0xFEFF, 0x00AD)}
)


def plain_spelling(text: str) -> str:
    """The text with half-width digits, one kind of degree, minute, second and minus, and no hidden marks."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_TEXT].translate(_MARKS))
    return folded.replace(MINUTE * 2, SECOND)
