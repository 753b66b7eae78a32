"""Case numbers as this device may give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.numbering import (
    CASE_NUMBER,
    TEMPORARY_NUMBER,
    case_number,
    next_serial,
    temporary_number,
)
from fieldlog.storage.case_list import case_numbered, numbers_beginning

if TYPE_CHECKING:
    from datetime import datetime

    from fieldlog.services.workspace import Workspace

_TEMPORARY: Final = "serial 임시"


def new_number(workspace: Workspace, *, received: bool, at: datetime) -> str:
    """A number never given before: the agency's where the profile lets a device give it, else a temporary one.

    To be asked for within ``store.alone()`` and saved together with what :func:`noted` says of it: then a
    number is never given twice, and none is lost when the save fails.
    """
    store = workspace.store
    if not received or workspace.profile.numbering.assign != "on_receipt":
        return temporary_number(store.note("device_code"), int(store.note(_TEMPORARY) or 0) + 1)
    prefix = workspace.profile.numbering.prefix
    start = f"{prefix}-{at.year:04d}-"
    last = store.note(f"serial {start}")
    serial = int(last) + 1 if last else next_serial(numbers_beginning(store.reader(), start), prefix, at.year)
    number = case_number(workspace.profile, at.year, serial)
    while case_numbered(store.reader(), number) is not None:
        serial += 1
        number = case_number(workspace.profile, at.year, serial)
    return number


def noted(workspace: Workspace, number: str) -> dict[str, str]:
    """The note that keeps this device from giving a number again, wherever the number came from."""
    agency, own = CASE_NUMBER.fullmatch(number), TEMPORARY_NUMBER.fullmatch(number)
    if agency:
        series, serial = f"serial {agency[1]}-{agency[2]}-", int(agency[3])
    elif own and own[1] == workspace.store.note("device_code"):
        series, serial = _TEMPORARY, int(own[2])
    else:
        return {}
    return {series: str(serial)} if serial > int(workspace.store.note(series) or 0) else {}
