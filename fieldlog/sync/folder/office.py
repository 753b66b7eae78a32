"""The file that makes a folder an office: ``fieldlog.json``, written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from fieldlog.domain.clock import iso
from fieldlog.domain.errors import AlreadyThere, OfficeDamaged, OfficeRefuses
from fieldlog.domain.phrase import Phrase
from fieldlog.sync.folder.names import OFFICE_FILE, is_litter, is_part, writer_mark
from fieldlog.sync.folder.share import share_at
from fieldlog.sync.folder.troubles import away, office_troubles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fieldlog.domain.clock import Clock
    from fieldlog.domain.ids import Mint
    from fieldlog.sync.folder.share import Share, ShareDisk

FORMAT: Final = 1
"""1 (2026-11-23): first."""
_LARGEST: Final = 64 << 10

_FOREIGN: Final = (
    Phrase("이 폴더를 사무실 폴더로 쓸 수 없습니다: {path}", "This folder cannot become an office: {path}"),
    Phrase("다른 파일이 들어 있습니다: {name}", "There are other files in it: {name}"),
    Phrase("빈 폴더를 고르거나 새 폴더를 만들어 주십시오.", "Choose an empty folder, or make a new one."),
)
_TAKEN: Final = (
    Phrase("이미 사무실 폴더입니다: {path}", "This is an office folder already: {path}"),
    Phrase("'{name}' 사무실이 쓰고 있습니다.", "The office “{name}” lives there."),
    Phrase(
        "그 사무실에 참여하거나 다른 폴더를 골라 주십시오.", "Join that office, or choose another folder."
    ),
)
_NO_OFFICE: Final = (
    Phrase("사무실 폴더가 아닙니다: {path}", "This is no office folder: {path}"),
    Phrase("안에 fieldlog.json 파일이 없습니다.", "There is no fieldlog.json in it."),
    Phrase(
        "공유 폴더가 연결되어 있는지, 폴더를 바르게 골랐는지 확인해 주십시오.",
        "Check that the shared folder is connected and that this is the right folder.",
    ),
)
_TOO_NEW: Final = (
    Phrase(
        "이 사무실 폴더는 더 새로운 판의 것입니다: {path}",
        "This office folder is of a newer fieldlog: {path}",
    ),
    Phrase("형식 {needed} 이상을 읽는 판이 필요합니다.", "It needs a fieldlog that reads format {needed}."),
    Phrase("fieldlog를 새 판으로 바꾸고 다시 해 주십시오.", "Update fieldlog and try again."),
)
_BROKEN: Final = (
    Phrase(
        "사무실 폴더의 fieldlog.json을 읽을 수 없습니다: {path}",
        "The fieldlog.json there cannot be read: {path}",
    ),
    Phrase("내용이 깨졌거나 fieldlog의 것이 아닙니다.", "It is damaged, or not fieldlog's."),
    Phrase(
        "파일을 지우지 말고 관리자에게 알려 주십시오. 백업에서 되살리거나 폴더를 다시 만듭니다.",
        "Leave it as it is and tell the administrator: restore it from a backup, or rebuild the folder.",
    ),
)


class OfficeFile(msgspec.Struct, frozen=True):
    """What ``fieldlog.json`` says.

    ``min_reader`` is the lowest format a program must read to use the folder; ``incarnation`` is new whenever
    a folder is made, also when an office is made again from what its devices hold. ``practice`` offices hold
    nothing but practice records.
    """

    office: str
    name: str
    format: int
    min_reader: int
    incarnation: str
    created: str
    practice: bool = False


def create_folder_office(
    path: Path,
    *,
    name: str,
    mint: Mint,
    clock: Clock,
    office: str | None = None,
    practice: bool = False,
    disk: ShareDisk | None = None,
    rest: Callable[[float], None] | None = None,
) -> OfficeFile:
    """Make an empty folder an office; with ``office``, the one of that id is made again.

    Raises:
        AlreadyThere: An office lives there; it is untouched.
        OfficeRefuses: Other files lie there, or the folder cannot be written.
        OfficeAway: There is no such folder, nor one to make it in.
    """
    written = OfficeFile(
        office or mint.record_id(),
        name,
        FORMAT,
        FORMAT,
        mint.stream_id().hex(),
        iso(clock.now()),
        practice,
    )
    with office_troubles(path):
        if not path.parent.is_dir():
            raise away(path.parent)
        path.mkdir(exist_ok=True)
    share = share_at(path, mark=writer_mark(written.incarnation), disk=disk, rest=rest)
    _check_empty(share)
    data = msgspec.json.format(msgspec.json.encode(written), indent=2) + b"\n"
    found: list[bytes] = []

    def is_office(read: bytes | None) -> bool:
        found.append(read or b"")
        return bool(read)

    share.publish([OFFICE_FILE], data, is_office, _LARGEST)
    if found[-1] != data:  # somebody else made this folder an office in the same moment
        raise _taken(path, found[-1])
    return written


def read_office(share: Share) -> OfficeFile:
    """Which office lives in a folder.

    Raises:
        OfficeRefuses: None does, or it needs a newer fieldlog.
        OfficeDamaged: Its file cannot be read.
        OfficeAway: The folder cannot be reached.
    """
    where = share.shown
    if OFFICE_FILE not in share.names():
        raise OfficeRefuses(_NO_OFFICE[0].fill(path=where), *_NO_OFFICE[1:])
    read = _decoded(share.read(OFFICE_FILE, _LARGEST) or b"")
    if read is None:
        raise OfficeDamaged(_BROKEN[0].fill(path=where), *_BROKEN[1:])
    if read.min_reader > FORMAT:
        raise OfficeRefuses(
            _TOO_NEW[0].fill(path=where), _TOO_NEW[1].fill(needed=read.min_reader), _TOO_NEW[2]
        )
    return read


def _decoded(data: bytes) -> OfficeFile | None:
    try:
        return msgspec.json.decode(data, type=OfficeFile)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def _check_empty(share: Share) -> None:
    names = share.names()
    if OFFICE_FILE in names:
        raise _taken(share.shown, share.read(OFFICE_FILE, _LARGEST) or b"")
    foreign = [name for name in names if not is_litter(name) and not is_part(name)]
    if foreign:
        what, why, how = _FOREIGN
        raise OfficeRefuses(what.fill(path=share.shown), why.fill(name=foreign[0]), how)


def _taken(path: Path, data: bytes) -> AlreadyThere:
    other = _decoded(data)
    what, why, how = _TAKEN
    return AlreadyThere(what.fill(path=path), why.fill(name=other.name if other else "?"), how)
