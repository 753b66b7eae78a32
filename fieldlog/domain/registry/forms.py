"""What the patterns of fields ask for, in words: how a value is to be written."""

from __future__ import annotations

from typing import Final

from fieldlog.domain.phrase import Phrase

CASE_NUMBER: Final = Phrase("FL-2026-0001 처럼 적어 주십시오.", "Write it like FL-2026-0001.")
NATIONAL_POINT: Final = Phrase("다사 1234 5678 처럼 적어 주십시오.", "Write it like 다사 1234 5678.")
CATEGORY: Final = Phrase(
    "ROAD_POTHOLE 처럼 영문 대문자와 밑줄로 적어 주십시오.", "Write it in capitals, like ROAD_POTHOLE."
)
TEN_DIGITS: Final = Phrase("숫자 10자리로 적어 주십시오.", "Write ten digits.")
SEVEN_DIGITS: Final = Phrase("숫자 7자리에서 10자리로 적어 주십시오.", "Write seven to ten digits.")
HASH: Final = Phrase(
    "0~9와 a~f 64자리(SHA-256)로 적어 주십시오.", "Write 64 characters of 0-9 and a-f (SHA-256)."
)
AGENCY: Final = Phrase(
    "숫자와 영문 대문자 7자리(기관코드)로 적어 주십시오.",
    "Write the agency code of seven digits and capitals.",
)
