"""What others changed in a case since it was last looked at; when that was, only this device knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from fieldlog.domain.hlc import moment_of_wall
from fieldlog.domain.ids import RecordId
from fieldlog.domain.news import Written, news_in
from fieldlog.storage import records

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from fieldlog.domain.news import Place
    from fieldlog.domain.registry import Value
    from fieldlog.services.workspace import Workspace
    from fieldlog.storage.records import PastOp

_READ_BACK = 500
_LOOKED = "looked at "
"""Before a case's id: the note that holds how far its saves had arrived when it was last looked at."""


class Notice(Struct, frozen=True):
    """A field that somebody else changed: who, when, and what stood there before."""

    author: str
    at: datetime
    before: Value


class Noticed(Struct, frozen=True):
    """What there is to notice in a case; ``newest`` is to be noted once it was looked at, None where it was before."""

    fields: Mapping[Place, Notice]
    newest: int | None


def notice(workspace: Workspace, case: RecordId) -> Noticed:
    """What others changed in a case and its parts since it was last looked at; at the first look, nothing."""
    reader = workspace.store.reader()
    newest = records.newest_arrival(reader, case)
    noted = workspace.store.note(_LOOKED + case)
    if noted == str(newest):
        return Noticed({}, None)
    if not noted.isdigit():
        return Noticed({}, newest)
    past = reversed(records.history(reader, case, _READ_BACK))
    own = workspace.store.own_stream
    found = news_in(
        (_written(each) for each in past), looked=int(noted), device=own, author=workspace.official.id
    )
    names = records.names_of_people(reader) if found else {}
    return Noticed(
        {
            place: Notice(
                names.get(RecordId(each.by.author), ""), moment_of_wall(each.by.wall_ms), each.before
            )
            for place, each in found.items()
        },
        newest,
    )


def look(workspace: Workspace, case: RecordId, newest: int) -> None:
    """Note that a case was looked at as it stood then.

    Raises:
        StoreReadOnly, DiskTrouble: Nothing was noted.
    """
    workspace.store.put_notes({_LOOKED + case: str(newest)})


def _written(past: PastOp) -> Written:
    values = {(record, field): value for record, _kind, field, value in records.named_changes(past.op)}
    return Written(past.recv_no, past.stream, past.op.author, past.op.wall_ms, values)
