"""Undo: an op that writes back what an earlier op replaced. Nothing is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.errors import NotAllowed
from fieldlog.domain.phrase import Phrase
from fieldlog.storage import undo

if TYPE_CHECKING:
    from fieldlog.domain.effects import Effects
    from fieldlog.services.workspace import Workspace

_NOTHING: Final = NotAllowed(
    Phrase("되돌릴 것이 없습니다.", "There is nothing to undo."),
    Phrase("이 기기에서 되돌릴 수 있는 저장이 없습니다.", "No save of this device can be undone."),
    Phrase("이력에서 앞선 값을 보고 고쳐 주십시오.", "Look at the history and correct it there."),
)


class Undone(Struct, frozen=True):
    """What an undo brought back; ``kept`` counts fields that were changed since and left alone."""

    effects: Effects
    kept: int


def undo_last(workspace: Workspace) -> Undone:
    """Undo this device's latest save that has not been undone, also after the window was closed.

    A field that somebody changed since then is left as it is, and counted.

    Raises:
        NotAllowed: There is nothing to undo, or everything has been changed since.
    """
    target = undo.last_undoable(workspace.store.reader(), bytes.fromhex(workspace.store.note("stream")))
    if target is None:
        raise _NOTHING
    return undo_op(workspace, target)


def undo_op(workspace: Workspace, op: tuple[bytes, int]) -> Undone:
    """Undo one save of this device.

    Raises:
        NotAllowed: It changed nothing that still stands.
    """
    effects, kept = workspace.undo(op)
    if not effects:
        raise NotAllowed(
            Phrase("되돌리지 않았습니다.", "It was not undone."),
            Phrase("그 뒤에 모두 다시 바뀌었습니다.", "Everything has been changed since."),
            Phrase("이력에서 앞선 값을 보고 고쳐 주십시오.", "Look at the history and correct it there."),
        )
    return Undone(effects, kept)
