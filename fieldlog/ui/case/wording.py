"""Stored values as a person reads them: labels for codes, office dates, names for the agency's own codes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import parse_moment
from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import FieldType
from fieldlog.domain.shown_dates import shown_day, shown_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.domain.record import Record
    from fieldlog.domain.registry import Field, Value

EMPTY: Final = Phrase("비어 있음", "empty")
_YES, _NO = Phrase("예", "Yes"), Phrase("아니오", "No")
_KEPT: Final = Phrase("기록됨", "on record")


def worded(declared: Field, value: Value, profile: AgencyProfile) -> Phrase:
    """A field's value in words; an empty one says so."""
    if value is None or value in ("", []):
        return EMPTY
    if isinstance(value, dict):
        return _tree(value, profile)
    if declared.type in {FieldType.TREE, FieldType.LINK, FieldType.LINKS}:
        return _KEPT
    if declared.type in {FieldType.DATE, FieldType.MOMENT}:
        return _dated(str(value))
    if isinstance(value, list):
        return joined(", ", (_one(declared, each, profile) for each in value))
    return _number(value) if isinstance(value, (int, float)) else _one(declared, value, profile)


def joined(between: str, phrases: Iterable[Phrase]) -> Phrase:
    """Several phrases as one, with something between them; empty ones are left out."""
    said = [each for each in phrases if each.ko]
    return Phrase(between.join(each.ko for each in said), between.join(each.en for each in said))


def heading(record: Record, profile: AgencyProfile, *names: str) -> Phrase:
    """Some fields of a record in one line."""
    told = (
        worded(record.declared.field(name), record.get(name), profile)
        for name in names
        if record.get(name) not in (None, "", [])
    )
    return joined(" · ", told)


def _one(declared: Field, value: Value, profile: AgencyProfile) -> Phrase:
    code = str(value)
    if declared.name == "category_code" and (category := profile.category(code)) is not None:
        return category.label
    if declared.name == "lead_dept_id" and (department := profile.departments.get(code)) is not None:
        return department.label
    if declared.name == "visit_kind" and (kind := profile.visit_kinds.get(code)) is not None:
        return kind.label
    return (declared.vocabulary.label(code) if declared.vocabulary else None) or plain(code)


def _tree(value: dict[str, Value], profile: AgencyProfile) -> Phrase:
    """Scores or weights by the agency's criteria."""
    criteria = {each.code: each.label for each in profile.criteria}
    told = (
        Phrase(
            f"{criteria.get(code, plain(code)).ko} {points}", f"{criteria.get(code, plain(code)).en} {points}"
        )
        for code, points in value.items()
        if isinstance(points, (int, float, str))
    )
    return joined(" · ", told)


def _number(value: float) -> Phrase:
    if isinstance(value, bool):
        return _YES if value else _NO
    return plain(f"{value:,}" if isinstance(value, int) else f"{value:g}")


def _dated(value: str) -> Phrase:
    try:
        if len(value) == len("2026-03-09"):
            return shown_day(date.fromisoformat(value))
        return shown_moment(parse_moment(value))
    except (ValueError, BadInput):
        return plain(value)
