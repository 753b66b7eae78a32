"""Reading the parts of an agency profile that stand by themselves."""

from __future__ import annotations

from datetime import date, time
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from fieldlog.domain.calendar import Holiday, HolidayKind, WorkSpan
from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.priority import PriorityWeights
from fieldlog.domain.profile import (
    ChecklistItem,
    Criterion,
    Department,
    Numbering,
    PaperMargins,
    PaperWords,
    VisitKind,
)
from fieldlog.domain.profile_table import proposal
from fieldlog.domain.registry.vocabularies import PETITION, UNIT, URGENCY, VISIT_KIND

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fieldlog.domain.period import Period
    from fieldlog.domain.profile_table import Table

_T = TypeVar("_T")

_CATEGORY: Final = regex(r"[A-Z]{2,8}(_[A-Z0-9]+)*")
_CODE: Final = regex(r"[A-Z][A-Z0-9_]{1,39}")
_PREFIX: Final = regex(r"[A-Z]{2,6}")
_ITEM: Final = regex(r"[a-z0-9_]{1,40}")
_SPAN: Final = regex(r"([01][0-9]|2[0-3]):([0-5][0-9])\s*-\s*([01][0-9]|2[0-3]):([0-5][0-9])")
_ALL_WEIGHTS: Final = 100
_MOST_BOXES: Final = 6
_BAD_NAME: Final = Phrase("쓸 수 없는 이름입니다: {name}", "Not a usable name: {name}")
_NOT_DECLARED: Final = Phrase(
    "'{key}' 값 {value:은} 이 파일에 없습니다.", "'{key}' names {value}, which this file does not declare."
)
_NO_VISIT: Final = Phrase("없는 방문유형입니다: {code}", "No such kind of visit: {code}")
_LIKE: Final = Phrase("{example} 처럼 적어 주십시오.", "Write it like {example}.")
_BAD_SPAN: Final = Phrase("근무시간을 읽을 수 없습니다: {text}", "Not working hours: {text}")
_OVERLAP: Final = Phrase(
    "근무시간이 서로 겹치거나 순서가 바뀌었습니다.", "Working hours overlap or are out of order."
)
_IN_ORDER: Final = Phrase(
    "이른 시간부터 겹치지 않게 적어 주십시오.", "Write them from early to late without overlap."
)
_NO_HOURS: Final = Phrase("근무시간이 없습니다.", "There are no working hours.")
_WEIGHTS: Final = Phrase(
    "평가기준의 가중치 합이 {total}입니다.", "The weights of the criteria add up to {total}."
)
_MAKE_100: Final = Phrase("합이 100이 되도록 고쳐 주십시오.", "Change them to add up to 100.")
_TWICE: Final = Phrase("{value:이} 두 번 적혀 있습니다.", "{value} is written twice.")
_KEEP_ONE: Final = Phrase("하나만 남겨 주십시오.", "Keep one of them.")
_BOXES: Final = Phrase("결재란은 {most}칸까지입니다.", "There can be {most} approval boxes.")
_FEWER: Final = Phrase("칸을 줄여 주십시오.", "Use fewer boxes.")


def read_category_code(table: Table, code: str) -> None:
    """Note a category code of the wrong form: cases carry these codes for good."""
    if not _CATEGORY.fullmatch(code):
        table.wrong(None, _BAD_NAME.fill(name=code), _LIKE.fill(example="ROAD_POTHOLE"))


def read_name(table: Table, code: str) -> None:
    """Note a name of a group or department of the wrong form."""
    if not _CODE.fullmatch(code):
        table.wrong(None, _BAD_NAME.fill(name=code), _LIKE.fill(example="ROAD"))


def read_numbering(table: Table) -> Numbering:
    """How case numbers look."""
    prefix = table.text("prefix")
    if prefix and not _PREFIX.fullmatch(prefix):
        table.wrong("prefix", _BAD_NAME.fill(name=prefix), _LIKE.fill(example="FL"))
    return Numbering(prefix, table.whole("width", 4, 6), table.choice("assign", ("on_receipt", "at_sync")))


def read_working_hours(table: Table) -> tuple[WorkSpan, ...]:
    """The stretches of a working day."""
    spans = []
    for written in table.entries("spans", str, required=True):
        found = _SPAN.fullmatch(written.strip())
        if found is None:
            table.wrong("spans", _BAD_SPAN.fill(text=written), _LIKE.fill(example="09:00-12:00"))
            continue
        hours = [int(part) for part in found.groups()]
        spans.append(WorkSpan(time(hours[0], hours[1]), time(hours[2], hours[3])))
    ends = [time(), *(span.end for span in spans)]
    if any(not end <= span.start < span.end for end, span in zip(ends, spans, strict=False)):
        table.wrong("spans", _OVERLAP, _IN_ORDER)
    if table.has("spans") and not spans:
        table.wrong("spans", _NO_HOURS, _LIKE.fill(example="09:00-12:00"))
    return tuple(spans)


def read_extra_holidays(table: Table, version: date) -> tuple[Holiday, ...]:
    """The agency's own days off."""
    holidays = []
    seen: set[date] = set()
    for entry in table.tables("extra"):
        day = entry.day("day")
        if day in seen:
            entry.wrong("day", _TWICE.fill(value=day.isoformat()), _KEEP_ONE)
        seen.add(day)
        holidays.append(
            Holiday(
                day=day,
                name=entry.phrase(),
                kind=HolidayKind.AGENCY,
                source=entry.text("source"),
                added_at=version,
            )
        )
    return tuple(holidays)


def read_periods(table: Table, codes: Mapping[str, Phrase]) -> Mapping[str, Period]:
    """Periods under the codes of a vocabulary; a code that is left out has none."""
    found = {code: table.period(code) for code in codes}
    return MappingProxyType({code: period for code, period in found.items() if period is not None})


def read_petition_periods(table: Table) -> Mapping[str, Period]:
    """Default periods by type of petition."""
    return read_periods(table, PETITION.entries)


def read_internal_targets(table: Table) -> Mapping[str, Period]:
    """The agency's own targets by urgency."""
    return read_periods(table, URGENCY.entries)


def read_priority(table: Table) -> PriorityWeights:
    """How much each part of the priority score counts."""
    usual = PriorityWeights()
    return PriorityWeights(
        severity=table.number("severity", 0, 100, usual.severity),
        affected=table.number("affected", 0, 100, usual.affected),
        repeat=table.number("repeat", 0, 100, usual.repeat),
        vulnerable=table.number("vulnerable", 0, 100, usual.vulnerable),
    )


def read_paper(table: Table) -> PaperWords:
    """What is printed around every report."""
    boxes = tuple(entry.phrase() for entry in table.tables("approval"))
    if len(boxes) > _MOST_BOXES:
        table.wrong("approval", _BOXES.fill(most=_MOST_BOXES), _FEWER)
    margins = table.table("margins")
    return PaperWords(
        header=_optional_phrase(table, "header"),
        footer=_optional_phrase(table, "footer"),
        margins=PaperMargins(*(margins.number(side, 5, 60) for side in ("top", "bottom", "left", "right"))),
        approval_boxes=boxes,
    )


def read_criteria(table: Table) -> tuple[Criterion, ...]:
    """The criteria of comparing alternatives."""
    criteria = tuple(
        Criterion(name, entry.phrase(), entry.whole("weight", 1, _ALL_WEIGHTS))
        for name, entry in table.named_tables()
    )
    total = sum(criterion.weight for criterion in criteria)
    if total != _ALL_WEIGHTS and all(criterion.weight > 0 for criterion in criteria):
        table.wrong(None, _WEIGHTS.fill(total=total), _MAKE_100)
    return criteria


def read_departments(table: Table) -> Mapping[str, Department]:
    """The departments by code."""
    return _by_code(
        table, lambda code, entry: Department(code, entry.phrase(), entry.text("phone", "")), check=read_name
    )


def read_visit_kinds(table: Table) -> Mapping[str, VisitKind]:
    """The kinds of visit by code."""
    return _by_code(table, _visit_kind, check=_read_visit_code)


def read_words(table: Table) -> Mapping[str, Phrase]:
    """Words the agency says differently."""
    return MappingProxyType({name: entry.phrase() for name, entry in table.named_tables()})


def _read_visit_code(table: Table, code: str) -> None:
    if code not in VISIT_KIND.entries:
        table.wrong(None, _NO_VISIT.fill(code=code), proposal(code, VISIT_KIND.entries))


def _visit_kind(code: str, entry: Table) -> VisitKind:
    items = []
    seen: set[str] = set()
    for item in entry.tables("checklist"):
        name = item.text("id")
        if name and not _ITEM.fullmatch(name):
            item.wrong("id", _BAD_NAME.fill(name=name), _LIKE.fill(example="depth_cm"))
        if name in seen:
            item.wrong("id", _TWICE.fill(value=name), _KEEP_ONE)
        seen.add(name)
        unit = item.choice("unit", tuple(UNIT.entries), "")
        items.append(ChecklistItem(name, item.phrase(), unit))
    return VisitKind(code, entry.phrase(), tuple(items), entry.entries("partners", str))


def _by_code(
    table: Table, make: Callable[[str, Table], _T], *, check: Callable[[Table, str], None]
) -> Mapping[str, _T]:
    made = {}
    for code, entry in table.named_tables():
        check(entry, code)
        made[code] = make(code, entry)
    return MappingProxyType(made)


def _optional_phrase(table: Table, key: str) -> Phrase:
    return table.table(key).phrase() if table.has(key) else Phrase("", "")


def read_known(table: Table, key: str, codes: Mapping[str, object], fallback: str | None = None) -> str:
    """A code that another part of the same profile declares."""
    found = table.text(key, fallback)
    if found and table.has(key) and found not in codes:
        table.wrong(key, _NOT_DECLARED.fill(key=key, value=found), proposal(found, codes.keys()))
    return found
