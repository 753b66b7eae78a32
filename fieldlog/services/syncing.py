"""Syncing: make or join an office, bring this store and the office together, keep the receipts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from fieldlog.domain.clock import iso
from fieldlog.domain.errors import AlreadyThere, BadInput, NotAllowed
from fieldlog.domain.phrase import Phrase
from fieldlog.services.publishing import publish_shared
from fieldlog.services.workspace import effects_of
from fieldlog.storage import peers
from fieldlog.storage.dock import Dock
from fieldlog.storage.records import cases_in_conflict, count_in_conflict
from fieldlog.sync.receipt import Receipt
from fieldlog.sync.session import Session

if TYPE_CHECKING:
    from fieldlog.domain.effects import Effects
    from fieldlog.domain.record import Record
    from fieldlog.services.workspace import Workspace
    from fieldlog.storage.dock import Landed
    from fieldlog.sync.folder.route import FolderRemote

__all__ = [
    "JoinedOffice",
    "Receipt",
    "Synced",
    "create_office",
    "digest",
    "join_office",
    "joined_office",
    "meet_at",
    "receipts",
    "sync",
]

_OFFICES: Final = "offices"
_RECEIPTS: Final = "sync receipts"
_RECEIPTS_KEPT: Final = 100
_CONTESTED_NAMED: Final = 5
_NO_OFFICE: Final = (
    Phrase("동기화하지 않았습니다.", "Nothing was synced."),
    Phrase("참여한 사무실이 없습니다.", "This store has not joined an office."),
    Phrase(
        "office create 나 office join 으로 사무실 폴더를 정해 주십시오.",
        "Choose an office folder with office create or office join.",
    ),
)
_PRACTICE: Final = (
    Phrase("사무실에 참여하지 않았습니다.", "The office was not joined."),
    Phrase(
        "연습 기록과 실제 기록이 섞이지 않도록, 연습 저장소는 연습 사무실에만 참여합니다.",
        "Practice records must not mix with real ones: practice stores join practice offices only.",
    ),
    Phrase("저장소와 사무실 폴더를 확인해 주십시오.", "Check the store and the office folder."),
)

Progress: TypeAlias = Callable[[int, int, Phrase], None]


class JoinedOffice(Struct, frozen=True):
    """An office this store meets: where it is reached, and who it said it is."""

    target: str
    office: str
    name: str
    joined_at: str


class Synced(Struct, frozen=True):
    """What a sync did, how many records hold values that stand against one another, and what shows something new."""

    receipt: Receipt
    conflicts: int
    effects: Effects


class Waiting(Struct, frozen=True):
    """Ops and photographs that the office has not confirmed yet."""

    ops: int = 0
    photos: int = 0


class Standing(Struct, frozen=True):
    """How this store stands to its office; ``contested`` names a few of the cases with conflicts."""

    office: JoinedOffice | None
    waiting: Waiting = Waiting()
    conflicts: int = 0
    contested: tuple[Record, ...] = ()
    receipts: tuple[Receipt, ...] = ()


def create_office(workspace: Workspace, target: str, *, name: str = "") -> JoinedOffice:
    """Make an empty folder an office, and join it.

    Raises:
        AlreadyThere: An office lives there, or this store has joined another one.
        OfficeAway, OfficeRefuses: The folder cannot be used.
    """
    from fieldlog.sync.folder.office import create_folder_office  # noqa: PLC0415

    _refuse_second(workspace, target)
    made = create_folder_office(
        folder_of(target),
        name=name or workspace.profile.agency.ko,
        mint=workspace.mint,
        clock=workspace.store.clock,
        practice=workspace.is_practice,
    )
    return _join(workspace, target, made.office, made.name)


def join_office(workspace: Workspace, target: str) -> JoinedOffice:
    """Join the office of a folder.

    Raises:
        OfficeAway, OfficeRefuses, OfficeDamaged: There is none that can be used.
        AlreadyThere: This store has joined another one.
        NotAllowed: Practice and real records would mix.
    """
    _refuse_second(workspace, target)
    remote = _folder(workspace, target)
    try:
        if remote.office.practice != workspace.is_practice:
            raise NotAllowed(*_PRACTICE)
        return _join(workspace, target, remote.office.office, remote.office.name)
    finally:
        remote.close()


def joined_office(workspace: Workspace) -> JoinedOffice | None:
    """The office this store has joined, or None."""
    noted = workspace.store.note(_OFFICES)
    found = msgspec.json.decode(noted, type=list[JoinedOffice]) if noted else []
    return found[0] if found else None


def sync(
    workspace: Workspace,
    target: str | None = None,
    *,
    on_progress: Progress | None = None,
    on_landed: Callable[[Effects], object] | None = None,
) -> Synced:
    """Bring this store and its office together.

    Args:
        workspace: The open store.
        target: Where the office is reached now; left out, where it was joined.
        on_progress: Told (done, in all, what); it may raise Cancelled, and a later sync goes on.
        on_landed: Told what shows something new, stretch by stretch.

    Raises:
        NotFound, OfficeAway, OfficeRefuses, OfficeDamaged: As named; what was done until then stays done.
        NotAllowed: This store has joined no office, or it is another one that answers.
    """
    joined = joined_office(workspace)
    if joined is None:
        raise NotAllowed(*_NO_OFFICE)
    came = _Came(on_landed)
    remote = _folder(workspace, target or joined.target)
    try:
        _refuse_other(joined, remote.office.office, remote.office.name)
        store = workspace.store
        session = Session(
            Dock(store), store.vault, remote, store.clock, progress=on_progress, landed=came.note
        )
        receipt = session.run()
        if receipt.same:
            remote.tidy()
    finally:
        remote.close()
    _keep_receipt(workspace, receipt)
    if receipt.same:
        place = folder_of(target or joined.target)
        publish_shared(workspace, place, office=joined.office, name=joined.name, digest=receipt.digest)
    return Synced(receipt, count_in_conflict(workspace.store.reader()), came.effects)


class _Came:
    """Gathers what came in, and tells it stretch by stretch."""

    def __init__(self, tell: Callable[[Effects], object] | None) -> None:
        self._tell = tell
        self.effects = effects_of(())

    def note(self, stretch: Landed) -> None:
        effects = effects_of(stretch.touched)
        self.effects |= effects
        if self._tell is not None:
            self._tell(effects)


def receipts(workspace: Workspace) -> list[Receipt]:
    """The receipts of earlier syncs, newest first."""
    noted = workspace.store.note(_RECEIPTS)
    return msgspec.json.decode(noted, type=list[Receipt]) if noted else []


def waiting(workspace: Workspace) -> Waiting:
    """What the next sync would send, as far as is known without asking; nothing where no office was joined."""
    joined = joined_office(workspace)
    if joined is None:
        return Waiting()
    return Waiting(*peers.unconfirmed(workspace.store.reader(), joined.office))


def standing(workspace: Workspace) -> Standing:
    """How this store stands to its office, read from what lies here: the office is not asked."""
    reader = workspace.store.reader()
    named = cases_in_conflict(reader)[:_CONTESTED_NAMED]
    return Standing(
        joined_office(workspace),
        waiting(workspace),
        count_in_conflict(reader),
        tuple(workspace.store.find(case) for case in named),
        tuple(receipts(workspace)),
    )


def digest(workspace: Workspace) -> str:
    """One digest over every record: equal on two stores that hold the same."""
    return Dock(workspace.store).digest()


def meet_at(workspace: Workspace, joined: JoinedOffice, target: str) -> JoinedOffice:
    """Meet a joined office at another place from now on."""
    moved = replace(joined, target=str(folder_of(target)))
    return _note_office(workspace, moved)


def folder_of(target: str) -> Path:
    """The folder that a target names.

    Raises:
        BadInput: It names none.
    """
    if not target.strip() or "://" in target:
        raise BadInput(
            Phrase("사무실 폴더를 열지 않았습니다.", "The office folder was not opened."),
            Phrase("폴더의 경로가 아닙니다: {target}", "It is no path of a folder: {target}").fill(
                target=target[:120] or "-"
            ),
            Phrase("공유 폴더의 경로를 적어 주십시오.", "Give the path of a shared folder."),
        )
    return Path(target).expanduser().absolute()


def _folder(workspace: Workspace, target: str) -> FolderRemote:
    from fieldlog.sync.folder.route import FolderRemote  # noqa: PLC0415

    own = workspace.store.own_stream
    return FolderRemote(folder_of(target), device=own.hex(), own=(own,))


def _join(workspace: Workspace, target: str, office: str, name: str) -> JoinedOffice:
    return _note_office(workspace, JoinedOffice(str(folder_of(target)), office, name, iso(workspace.now())))


def _note_office(workspace: Workspace, joined: JoinedOffice) -> JoinedOffice:
    workspace.store.put_notes({_OFFICES: msgspec.json.encode([joined]).decode()})
    return joined


def _keep_receipt(workspace: Workspace, receipt: Receipt) -> None:
    kept = [receipt, *receipts(workspace)][:_RECEIPTS_KEPT]
    workspace.store.put_notes({_RECEIPTS: msgspec.json.encode(kept).decode()})


def _refuse_second(workspace: Workspace, target: str) -> None:
    joined = joined_office(workspace)
    if joined is not None and joined.target != str(folder_of(target)):
        raise AlreadyThere(
            Phrase("사무실에 참여하지 않았습니다.", "The office was not joined."),
            Phrase(
                "이 저장소는 이미 '{name}' 사무실에 참여했습니다: {target}",
                "This store has joined the office “{name}”: {target}",
            ).fill(name=joined.name, target=joined.target),
            Phrase(
                "다른 경로로 같은 사무실을 만나려면 sync 뒤에 그 경로를 적어 주십시오.",
                "To meet the same office by another path, write it after sync.",
            ),
        )


def _refuse_other(joined: JoinedOffice, office: str, name: str) -> None:
    if office != joined.office:
        raise NotAllowed(
            Phrase("동기화하지 않았습니다.", "Nothing was synced."),
            Phrase(
                "'{found}' 사무실이 있습니다. 이 저장소는 '{name}' 사무실에 참여했습니다.",
                "The office “{found}” is there. This store has joined “{name}”.",
            ).fill(found=name, name=joined.name),
            Phrase("폴더를 확인해 주십시오.", "Check the folder."),
        )
