"""Places: read as they are written, kept with a case, shown in the ways people use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase
from fieldlog.geo.coordinate import Coordinate
from fieldlog.geo.distance import distance_m, shown_distance, shown_offset
from fieldlog.geo.reading import Reading, no_place, read_place
from fieldlog.geo.written import decimal, dms, point_number
from fieldlog.services.checking import refuse_closed, refuse_missing
from fieldlog.services.recording import accepted, revision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.registry import Value
    from fieldlog.services.workspace import Workspace

__all__ = [
    "Reading",
    "WrittenPlace",
    "change_case_and_place",
    "distance_between",
    "place_values",
    "read_places",
    "safe_reading",
    "set_place",
    "written_place",
]
_SOURCES: Final = {"national_point": "NATIONAL_POINT_NO"}


def read_places(text: str) -> list[Reading]:
    """Every place a text may mean, best first.

    Raises:
        BadInput: There is no place in it.
    """
    readings = read_place(text)
    if not readings:
        raise no_place(text)
    return readings


def safe_reading(text: str) -> Reading:
    """The place a text means, where it may be taken without asking.

    Raises:
        BadInput: There is none, or latitude and longitude seem to be swapped: the error asks.
    """
    readings = read_places(text)
    if readings[0].is_safe:
        return readings[0]
    asked = next((each.note for each in readings if each.kind == "swapped" and each.note), None)
    raise BadInput(
        Phrase("위치를 정하지 않았습니다: {text}", "The place was not set: {text}").fill(text=text[:80]),
        readings[0].note or Phrase("적힌 대로는 위치가 될 수 없습니다.", "As written it cannot be a place."),
        asked or Phrase("위도와 경도를 확인해 주십시오.", "Please check latitude and longitude."),
    )


def place_values(reading: Reading, hint: str = "") -> dict[str, Value]:
    """The fields of a location for a reading."""
    values: dict[str, Value] = {
        "lat": reading.lat,
        "lon": reading.lon,
        "accuracy_m": round(reading.accuracy_m, 1),
        "source": _SOURCES.get(reading.kind, "MANUAL_PIN"),
    }
    if reading.coordinate is not None:
        values["national_point_no"] = point_number(reading.coordinate)
    if hint:
        values["place_hint"] = hint
    return {name: value for name, value in values.items() if value is not None}


def set_place(workspace: Workspace, case: RecordId, values: dict[str, Value]) -> Effects:
    """Give a case its place, or correct the one it has.

    Raises:
        NotFound: There is no such case.
        BadInput: A value cannot be taken, or latitude or longitude is missing.
        NotAllowed: The case is closed or removed.
    """
    return workspace.keep([_placed(workspace, case, values)])


def change_case_and_place(
    workspace: Workspace, case: RecordId, changes: Mapping[str, Value], place: dict[str, Value]
) -> Effects:
    """Change fields of a case and of its place as one save; either may be empty.

    Raises:
        NotFound, BadInput, NotAllowed: As ``revise`` and :func:`set_place`; nothing was changed.
    """
    with workspace.store.alone():
        placed = [_placed(workspace, case, place)] if place else []
        return workspace.change(
            lambda find: [*([revision(workspace, find, case, changes)] if changes else []), *placed]
        )


def _placed(workspace: Workspace, case: RecordId, values: dict[str, Value]) -> Edit:
    sheet = workspace.store.sheet(case)
    refuse_closed(sheet.case)
    location = sheet.location
    if location is None:
        taken = accepted("location", {"source": "MANUAL_PIN", **values, "case_id": case})
        refuse_missing("location", taken)
        return Edit(record=workspace.mint.record_id(), kind="location", values=taken)
    taken = accepted("location", values)
    refuse_missing("location", {**location.values, **taken})
    return Edit(record=location.id, kind="location", values=taken)


class WrittenPlace(Struct, frozen=True):
    """A position in the three ways people write it; no point number outside the national grid."""

    decimal: str
    dms: Phrase
    national_point: str | None
    warnings: tuple[Phrase, ...]


def written_place(lat: float, lon: float) -> WrittenPlace:
    """A position as it is written for people."""
    at = Coordinate(lat, lon)
    return WrittenPlace(decimal(at), dms(at), point_number(at), at.warnings())


def distance_between(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, Phrase, Phrase]:
    """How far two places lie apart: metres, as shown, and with the direction from the first."""
    one, other = Coordinate(*a), Coordinate(*b)
    metres = distance_m(one, other)
    return metres, shown_distance(metres), shown_offset(one, other)
