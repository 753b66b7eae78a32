"""The conditions of a filter in words, one chip each, and the filter without one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry.vocabularies import SEVERITY, STAGE, URGENCY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.lifecycle import Stage
    from fieldlog.domain.profile import AgencyProfile

DUE: Final = {
    "overdue": Phrase("기한 초과", "Overdue"),
    "today": Phrase("오늘 마감", "Due today"),
    "week": Phrase("이번 주 마감", "Due this week"),
    "any": Phrase("기한 있음", "Has a deadline"),
}
FLAGS: Final = {
    "petitions_only": Phrase("민원만", "Petitions only"),
    "without_place": Phrase("위치 없음", "Without a place"),
    "in_conflict": Phrase("충돌 있음", "In conflict"),
}
LISTS: Final = {
    "stages": Phrase("상태", "Stage"),
    "categories": Phrase("분류", "Category"),
    "severities": Phrase("심각도", "Severity"),
    "urgencies": Phrase("긴급도", "Urgency"),
    "departments": Phrase("부서", "Department"),
    "owners": Phrase("담당자", "Officer"),
}
_CHIP: Final = Phrase("{what}: {value}", "{what}: {value}")
_FROM: Final = Phrase("접수 {day}부터", "Received from {day}")
_TO: Final = Phrase("접수 {day}까지", "Received until {day}")


class BuiltIn(Struct, frozen=True):
    """A filter that comes with the program."""

    name: Phrase
    asked: CaseFilter


def built_in(official: str, running: tuple[Stage, ...]) -> tuple[BuiltIn, ...]:
    """The filters everybody needs: what is mine and under way, what is due, what lacks a place."""
    stages = tuple(stage.value for stage in running)
    return (
        BuiltIn(
            Phrase("내 진행중", "Mine under way"),
            CaseFilter(stages=stages, owners=(official,) if official else ()),
        ),
        BuiltIn(DUE["today"], CaseFilter(due="today", sort="due_at", descending=False)),
        BuiltIn(DUE["overdue"], CaseFilter(due="overdue", sort="due_at", descending=False)),
        BuiltIn(FLAGS["without_place"], CaseFilter(without_place=True)),
    )


def chips(asked: CaseFilter, profile: AgencyProfile) -> dict[str, Phrase]:
    """Every condition beside the search text, by a key that names it."""
    shown: dict[str, Phrase] = {}
    for name, what in LISTS.items():
        known = labels(name, profile)
        for code in getattr(asked, name):
            shown[f"{name}/{code}"] = _CHIP.fill(what=what, value=known.get(code, plain(code)))
    if asked.due is not None:
        shown["due"] = DUE[asked.due]
    shown |= {name: phrase for name, phrase in FLAGS.items() if getattr(asked, name)}
    if asked.received_from:
        shown["received_from"] = _FROM.fill(day=asked.received_from[:10])
    if asked.received_to:
        shown["received_to"] = _TO.fill(day=asked.received_to[:10])
    return shown


def changed(asked: CaseFilter, name: str, value: Any) -> CaseFilter:
    """The filter with another value of one condition."""
    changes: dict[str, Any] = {name: value}
    return replace(asked, **changes)


def without(asked: CaseFilter, key: str) -> CaseFilter:
    """The filter without the condition of a chip."""
    name, _, code = key.partition("/")
    if code:
        return changed(asked, name, tuple(each for each in getattr(asked, name) if each != code))
    return changed(asked, name, getattr(CaseFilter(), name))


def toggled(asked: CaseFilter, name: str, code: str) -> CaseFilter:
    """The filter with one value of a list more, or without it if it was there."""
    if code in getattr(asked, name):
        return without(asked, f"{name}/{code}")
    return changed(asked, name, (*getattr(asked, name), code))


def emptied(asked: CaseFilter) -> CaseFilter:
    """Without any condition; the search text and the order stay."""
    return CaseFilter(query=asked.query, sort=asked.sort, descending=asked.descending)


def labels(name: str, profile: AgencyProfile) -> Mapping[str, Phrase]:
    """The codes that a list of the filter may hold, with their labels."""
    if name == "categories":
        groups = {code: group.label for code, group in profile.groups.items()}
        return {**groups, **{code: category.label for code, category in profile.categories.items()}}
    if name == "departments":
        return {code: department.label for code, department in profile.departments.items()}
    vocabulary = {"stages": STAGE, "severities": SEVERITY, "urgencies": URGENCY}.get(name)
    return vocabulary.entries if vocabulary else {}
