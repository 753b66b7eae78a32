"""Case numbers: ``FL-2026-0001`` from the agency, ``임시-A1B2-0001`` from a device until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.errors import BadInput, Bug
from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldlog.domain.profile import AgencyProfile

CASE_NUMBER: Final = regex(r"([A-Z]{2,6})-([0-9]{4})-([0-9]{4,6})")
TEMPORARY_NUMBER: Final = regex(r"임시-([0-9A-Z]{4})-([0-9]{4,6})")
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DEVICE_LETTERS, _BITS_PER_LETTER = 4, 5
_LAST_SERIAL, _TEMPORARY_WIDTH = 999_999, 4
_WHAT: Final = Phrase("사안번호로 쓸 수 없습니다: {text}", "Not a case number: {text}")
_SHAPE: Final = Phrase(
    "머리글 2~6자, 연도 4자리, 일련번호 4~6자리가 아닙니다.",
    "It is not 2 to 6 letters, a year and a serial of 4 to 6 digits.",
)
_LIKE: Final = Phrase("FL-2026-0001 처럼 적어 주십시오.", "Write it like FL-2026-0001.")
_SPENT: Final = Phrase("{year}년의 사안번호를 다 썼습니다.", "The case numbers of {year} are used up.")
_SIX_DIGITS: Final = Phrase("일련번호는 여섯 자리까지입니다.", "A serial has at most six digits.")
_NEW_PREFIX: Final = Phrase(
    "기관설정에서 사안번호 머리글을 바꿔 주십시오.", "Change the number prefix in the agency profile."
)


class CaseNumber(Struct, frozen=True, order=True):
    """A case number taken apart."""

    prefix: str
    year: int
    serial: int


def case_number(profile: AgencyProfile, year: int, serial: int) -> str:
    """The number of the agency's n-th case of a year: ``FL-2026-0001``.

    Raises:
        BadInput: The year has more cases than six digits can count.
    """
    if serial > _LAST_SERIAL:
        raise BadInput(_SPENT.fill(year=year), _SIX_DIGITS, _NEW_PREFIX)
    written = f"{profile.numbering.prefix}-{year:04d}-{_positive(serial):0{profile.numbering.width}d}"
    if not CASE_NUMBER.fullmatch(written):
        raise Bug(f"case number {written}")
    return written


def temporary_number(device: str, serial: int) -> str:
    """The number a device gives by itself until the agency gives one: ``임시-A1B2-0001``."""
    written = f"임시-{device}-{_positive(serial):0{_TEMPORARY_WIDTH}d}"
    if not TEMPORARY_NUMBER.fullmatch(written):
        raise Bug(f"temporary number {written}")
    return written


def device_code(device_id: bytes) -> str:
    """Four letters for a device, from its random id; I, L, O and U are left out as easily misread."""
    number = int.from_bytes(device_id, "big")
    return "".join(
        _LETTERS[number >> (_BITS_PER_LETTER * place) & (len(_LETTERS) - 1)]
        for place in reversed(range(_DEVICE_LETTERS))
    )


def is_temporary(number: str) -> bool:
    """Whether a number was given by a device and awaits the agency's."""
    return TEMPORARY_NUMBER.fullmatch(number) is not None


def parse_case_number(text: str) -> CaseNumber:
    """Take a number of the agency apart.

    Raises:
        BadInput: The text is no case number.
    """
    found = CASE_NUMBER.fullmatch(text)
    if found is None:
        raise BadInput(_WHAT.fill(text=text), _SHAPE, _LIKE)
    return CaseNumber(found[1], int(found[2]), int(found[3]))


def next_serial(numbers: Iterable[str], prefix: str, year: int) -> int:
    """One more than the highest serial of that prefix and year among the numbers; others are passed over."""
    taken = (CASE_NUMBER.fullmatch(number) for number in numbers)
    serials = (int(m[3]) for m in taken if m is not None and m[1] == prefix and int(m[2]) == year)
    return max(serials, default=0) + 1


def _positive(serial: int) -> int:
    if serial < 1:
        raise Bug(f"serial {serial}")
    return serial
