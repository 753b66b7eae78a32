"""Proofreading: which characters of which field no typeface of the paper has, so that they can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.report.legible import Reader
from fieldlog.report.style import read_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import CaseSheet, Record
    from fieldlog.services.workspace import Workspace

_PRINTED: Final = {
    "case": ("title", "description", "problem_statement", "owner_user_id"),
    "location": ("place_hint", "road_addr", "jibun_addr", "bjd_name"),
    "visit": ("purpose", "summary", "companions", "oral_reason"),
    "observation": ("text", "instrument", "metric_code"),
    "action": ("title", "blocked_reason", "owner_org_id", "owner_user_id"),
    "photo": ("caption",),
    "comment": ("body",),
}
"""Fields whose words stand in reports as they were written."""


class Unprintable(Struct, frozen=True):
    """Characters of one field that cannot be printed; ``told`` names the field and each character."""

    case: RecordId
    record: RecordId
    kind: str
    field: str
    told: Phrase


def unprintable(workspace: Workspace, cases: Sequence[RecordId]) -> tuple[Unprintable, ...]:
    """Every field of cases and their parts that says something no typeface can print.

    Raises:
        NotFound: There is no such case, or fonts are missing.
    """
    from fieldlog.report.fonts import faces_in  # noqa: PLC0415

    reader = Reader(
        faces_in(workspace.resources / "fonts").covers, read_style(workspace.resources / "paper").alike
    )
    return tuple(found for case in cases for found in _of_case(workspace.store.sheet(case), reader))


def _of_case(sheet: CaseSheet, reader: Reader) -> Iterator[Unprintable]:
    for kind, names in _PRINTED.items():
        for record in (sheet.case,) if kind == "case" else sheet.of(kind):
            for name in names:
                missing = reader.missing(reader.tidy(_said(record, name)))
                if missing:
                    yield Unprintable(
                        sheet.case.id, record.id, kind, name, _told(sheet, record, name, missing)
                    )


def _said(record: Record, name: str) -> str:
    return " ".join(record.words(name)) or record.text(name)


def _told(sheet: CaseSheet, record: Record, name: str, missing: str) -> Phrase:
    characters = " ".join(f"{character}(U+{ord(character):04X})" for character in missing)
    return Phrase("{number} {kind} {field}: {characters}", "{number} {kind} {field}: {characters}").fill(
        number=plain(sheet.case.text("case_no")),
        kind=record.declared.label,
        field=record.declared.field(name).label,
        characters=plain(characters),
    )
