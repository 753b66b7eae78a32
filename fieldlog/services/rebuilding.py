"""Rebuilding: an office folder that was deleted or lost is made again from what its laptops hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.errors import AlreadyThere, NotAllowed
from fieldlog.domain.phrase import Phrase
from fieldlog.services import syncing

if TYPE_CHECKING:
    from fieldlog.services.syncing import Progress, Synced
    from fieldlog.services.workspace import Workspace

_NOT_MADE: Final = Phrase("사무실 폴더를 다시 만들지 않았습니다.", "The office folder was not made again.")
_NO_OFFICE: Final = (
    Phrase("이 저장소는 사무실에 참여한 적이 없습니다.", "This store never joined an office."),
    Phrase(
        "참여했던 컴퓨터에서 하거나, office create 로 새 사무실을 만드십시오.",
        "Do it on a computer that had joined, or make a new office with office create.",
    ),
)
_LIVES: Final = (
    Phrase("그 폴더에 사무실이 있습니다: {target}", "An office lives in that folder: {target}"),
    Phrase(
        "sync 로 동기화하면 이 컴퓨터의 기록이 채워집니다. 폴더가 틀렸다면 빈 폴더를 적으십시오.",
        "Use sync: what lies here is filled in. If it is the wrong folder, name an empty one.",
    ),
)


def rebuild_office(
    workspace: Workspace, target: str | None = None, *, on_progress: Progress | None = None
) -> Synced:
    """Make the joined office again in an absent or empty folder and hand in everything this store holds.

    It keeps its id under a new incarnation, so nothing that the lost folder confirmed counts any more. Laptops
    that sync afterwards fill in what only they hold. Broken off, a later sync goes on.

    Args:
        workspace: The open store.
        target: The folder; left out, where the office was. From now on the office is met there.
        on_progress: As for a sync.

    Raises:
        NotAllowed: This store has joined no office.
        AlreadyThere: An office lives there; it is untouched.
        OfficeAway, OfficeRefuses, OfficeDamaged: The folder cannot be used.
    """
    from fieldlog.sync.folder.office import create_folder_office  # noqa: PLC0415

    joined = syncing.joined_office(workspace)
    if joined is None:
        raise NotAllowed(_NOT_MADE, *_NO_OFFICE)
    folder = syncing.folder_of(target or joined.target)
    try:
        create_folder_office(
            folder,
            name=joined.name,
            mint=workspace.mint,
            clock=workspace.store.clock,
            office=joined.office,
            practice=workspace.is_practice,
        )
    except AlreadyThere as error:
        raise AlreadyThere(_NOT_MADE, _LIVES[0].fill(target=folder), _LIVES[1]) from error
    syncing.meet_at(workspace, joined, str(folder))
    return syncing.sync(workspace, on_progress=on_progress)
