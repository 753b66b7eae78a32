"""Case numbers as this device may give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldlog.domain.numbering import CASE_NUMBER, case_number, next_serial, temporary_number
from fieldlog.storage.case_list import numbers_beginning

if TYPE_CHECKING:
    from datetime import datetime

    from fieldlog.services.workspace import Workspace


def new_number(workspace: Workspace, *, received: bool, at: datetime) -> str:
    """A number never given before: the agency's where the profile lets a device give it, else a temporary one."""
    if received and workspace.profile.numbering.assign == "on_receipt":
        prefix = workspace.profile.numbering.prefix
        start = f"{prefix}-{at.year:04d}-"
        series = f"serial {start}"
        at_least = 1
        if not workspace.store.note(series):
            at_least = next_serial(numbers_beginning(workspace.store.reader(), start), prefix, at.year)
        return case_number(workspace.profile, at.year, workspace.store.next_serial(series, at_least))
    return temporary_number(
        workspace.store.note("device_code"), workspace.store.next_serial("serial 임시", 1)
    )


def note_number(workspace: Workspace, number: str) -> None:
    """Remember a number that came from elsewhere, so that this device never gives it again."""
    found = CASE_NUMBER.fullmatch(number)
    if found:
        series, serial = f"serial {found[1]}-{found[2]}-", int(found[3])
        if int(workspace.store.note(series) or 0) < serial:
            workspace.store.put_notes({series: str(serial)})
