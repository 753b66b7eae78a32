"""What the operating system says about an office folder, in the office's words."""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING, Final

from fieldlog.domain.errors import OfficeAway, OfficeRefuses
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.domain.errors import OfficeTrouble

BUSY: Final = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EAGAIN})
"""What a virus scanner or an indexer that holds a file makes of a rename: worth another try."""
FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM})

_WINDOWS_MEANING: Final = {
    19: errno.EROFS, 21: errno.ENODEV, 32: errno.EBUSY, 33: errno.EBUSY, 39: errno.ENOSPC, 53: errno.ENODEV,
    59: errno.ENODEV, 64: errno.ENODEV, 67: errno.ENODEV, 112: errno.ENOSPC, 121: errno.ETIMEDOUT,
    206: errno.ENAMETOOLONG, 1167: errno.ENODEV, 1231: errno.ENODEV,
}  # fmt: skip
_REFUSALS: Final = (
    (
        frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG}),
        Phrase("사무실 폴더의 공간이 가득 찼습니다.", "The office folder is full."),
        Phrase(
            "관리자에게 공간을 늘려 달라고 하고 다시 동기화해 주십시오. 기록은 이 기기에 그대로 있습니다.",
            "Ask for more space there and sync again. The records are safe on this device.",
        ),
    ),
    (
        frozenset({errno.EROFS}),
        Phrase("사무실 폴더가 읽기 전용입니다.", "The office folder is read-only."),
        Phrase(
            "관리자에게 쓰기 권한을 요청하고 다시 동기화해 주십시오.",
            "Ask the administrator for write access and sync again.",
        ),
    ),
    (
        FORBIDDEN,
        Phrase(
            "사무실 폴더를 읽거나 쓸 권한이 없습니다.",
            "There is no permission to read or write in the office folder.",
        ),
        Phrase(
            "관리자에게 이 폴더의 권한을 요청하고 다시 동기화해 주십시오.",
            "Ask the administrator for access to this folder and sync again.",
        ),
    ),
    (
        frozenset({errno.ENAMETOOLONG}),
        Phrase("사무실 폴더의 경로가 너무 깁니다.", "The path of the office folder is too long."),
        Phrase(
            "더 짧은 경로로 연결하거나(예: 드라이브 문자) 위쪽 폴더로 옮겨 주십시오.",
            "Connect it under a shorter path, for instance a drive letter, or move it further up.",
        ),
    ),
)
_WHAT: Final = Phrase("사무실 폴더를 쓰지 못했습니다: {path}", "Could not use the office folder: {path}")
_BUSY_WHY: Final = Phrase("다른 프로그램이 파일을 잡고 있습니다.", "Another program holds a file there.")
_AWAY_WHAT: Final = Phrase("사무실 폴더에 닿지 않습니다: {path}", "The office folder is out of reach: {path}")
_AWAY_WHY: Final = Phrase(
    "연결이 끊겼거나 폴더가 사라졌습니다({detail}).", "It is disconnected or has gone away ({detail})."
)
_AWAY_HOW: Final = Phrase(
    "네트워크와 공유 폴더 연결을 확인하십시오. 기록은 이 기기에 그대로 있으며 다시 이어집니다.",
    "Check the network and the shared folder. The records are safe on this device; sync goes on from there.",
)
_GONE: Final = Phrase("폴더가 없습니다", "there is no such folder")


def meaning(error: OSError) -> int:
    """The errno that says what happened, also where Windows blurs it."""
    return _WINDOWS_MEANING.get(getattr(error, "winerror", None) or 0, error.errno or 0)


def office_trouble(error: OSError, path: Path) -> OfficeTrouble:
    """What the operating system said, as an error a person can act on."""
    number = meaning(error)
    for numbers, why, how in _REFUSALS:
        if number in numbers:
            return OfficeRefuses(_WHAT.fill(path=path), why, how)
    if number in BUSY:
        return OfficeAway(_AWAY_WHAT.fill(path=path), _BUSY_WHY, _AWAY_HOW)
    return away(path, error.strerror or type(error).__name__)


def away(path: Path, detail: str | Phrase = _GONE) -> OfficeAway:
    """The folder cannot be reached now."""
    return OfficeAway(_AWAY_WHAT.fill(path=path), _AWAY_WHY.fill(detail=detail), _AWAY_HOW)


@contextlib.contextmanager
def office_troubles(path: Path) -> Iterator[None]:
    """Within it, every OSError becomes OfficeAway or OfficeRefuses about ``path``."""
    try:
        yield
    except OSError as error:
        raise office_trouble(error, path) from error
