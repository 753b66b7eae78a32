"""Records as people read them on a screen of fixed pitch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.cli.answer import Facts, Table
from fieldlog.domain.clock import parse_moment
from fieldlog.domain.deadline import shown_due
from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY, FieldType
from fieldlog.domain.shown_dates import shown_day, shown_moment
from fieldlog.services.browsing import due_of_case, priority_of_case, remaining_of_case
from fieldlog.services.placing import written_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fieldlog.domain.record import CaseRow, CaseSheet, Record
    from fieldlog.domain.registry import Field
    from fieldlog.services.photographs import PhotoAnswer
    from fieldlog.services.workspace import Workspace

_NOTHING: Final = plain("-")
_YES, _NO = Phrase("예", "yes"), Phrase("아니오", "no")
_HIDDEN: Final = frozenset(
    {"case_id", "bytes", "mime", "width", "height", "redactions", "ops", "order", "geometry"}
)
_ID: Final = Phrase("식별자", "Id")
_LEFT: Final = Phrase("남은 시간", "Time left")
_NO_CASES: Final = Phrase("해당하는 사안이 없습니다.", "There is no such case.")
_MORE: Final = Phrase(
    "더 있습니다. 이어 보기: --after {cursor}", "There is more. Go on with: --after {cursor}"
)
_STATUS: Final = {
    "added": Phrase("더함", "added"),
    "duplicate": Phrase("이미 있음", "already here"),
    "refused": Phrase("받지 않음", "refused"),
}
_TITLE_PLACES, _PLACE_PLACES = 44, 24


def value_shown(workspace: Workspace, declared: Field, value: Any) -> Phrase:
    """A field's value in words: labels for codes, dates as offices write them."""
    if value is None or value == []:
        return _NOTHING
    named = _named_by_profile(workspace, declared.name, value)
    if named is not None:
        return named
    if declared.type is FieldType.MOMENT:
        return _moment(str(value))
    if declared.type is FieldType.DATE:
        return shown_day(parse_moment(str(value)).date())
    if isinstance(value, list):
        return _joined([_coded(declared, each) for each in value])
    return _coded(declared, value)


def _coded(declared: Field, value: Any) -> Phrase:
    if isinstance(value, bool):
        return _YES if value else _NO
    label = declared.vocabulary.label(str(value)) if declared.vocabulary else None
    return label or plain(f"{value:g}" if isinstance(value, float) and abs(value) >= 1e6 else str(value))  # noqa: PLR2004


def _named_by_profile(workspace: Workspace, name: str, value: Any) -> Phrase | None:
    if name == "category_code":
        category = workspace.profile.category(str(value))
        return None if category is None else _with_code(category.label, str(value))
    if name == "lead_dept_id":
        department = workspace.profile.departments.get(str(value))
        return None if department is None else department.label
    if name == "held_from":
        return REGISTRY.kind("case").field("stage").vocabulary.label(str(value))  # type: ignore[union-attr]
    return None


def _with_code(label: Phrase, code: str) -> Phrase:
    return Phrase(f"{label.ko} ({code})", f"{label.en} ({code})")


def _joined(phrases: Iterable[Phrase], between: str = ", ") -> Phrase:
    said = tuple(phrases)
    return Phrase(between.join(each.ko for each in said), between.join(each.en for each in said))


def _moment(text: str) -> Phrase:
    try:
        return shown_moment(parse_moment(text))
    except BadInput:
        return plain(text)


def facts(
    workspace: Workspace, record: Record, indent: str = "", more: Iterable[tuple[Phrase, Phrase]] = ()
) -> Facts:
    """Every field of a record that holds something."""
    rows = [
        (declared.label, value_shown(workspace, declared, record.get(declared.name)))
        for declared in record.declared.fields
        if declared.name not in _HIDDEN and record.get(declared.name) not in (None, [])
    ]
    return Facts([*rows, *more, (_ID, plain(record.id))], indent)


def sheet_shown(workspace: Workspace, sheet: CaseSheet) -> list[Phrase | Facts]:
    """A whole case: its fields, then each part under the name of its kind."""
    shown: list[Phrase | Facts] = [facts(workspace, sheet.case, more=_derived(workspace, sheet.case))]
    for kind in REGISTRY.kinds:
        for number, part in enumerate(sheet.of(kind.name), 1):
            heading = f" {number}" if len(sheet.of(kind.name)) > 1 else ""
            shown.extend(
                (
                    plain(""),
                    Phrase(f"[{kind.label.ko}{heading}]", f"[{kind.label.en}{heading}]"),
                    facts(workspace, part, "  "),
                )
            )
    return shown


def _derived(workspace: Workspace, case: Record) -> list[tuple[Phrase, Phrase]]:
    """What nobody types: the due time, what is left of it, the priority."""
    due, left = due_of_case(workspace, case), remaining_of_case(workspace, case)
    rows = [] if due is None else [(case.declared.field("due_at").label, shown_due(due))]
    if left is not None:
        rows.append((_LEFT, left.words))
    score = plain(f"{priority_of_case(workspace, case).score:g}")
    return [*rows, (case.declared.field("priority_score").label, score)]


def list_shown(workspace: Workspace, rows: Sequence[CaseRow], cursor: str | None) -> list[Phrase | Table]:
    """The case list as a table."""
    if not rows:
        return [_NO_CASES]
    case = REGISTRY.kind("case")
    names = ("case_no", "stage", "severity", "due_at", "title")
    headings = [case.field(name).label for name in names]
    cells = [
        (
            plain(row.case_no),
            value_shown(workspace, case.field("stage"), row.stage),
            value_shown(workspace, case.field("severity"), row.severity),
            _NOTHING if row.due_at is None else shown_day(parse_moment(row.due_at).date()),
            plain(row.title),
            plain(_place(row)),
        )
        for row in rows
    ]
    place = REGISTRY.kind("location").label
    table = Table([*headings, place], cells, {4: _TITLE_PLACES, 5: _PLACE_PLACES})
    return [table] if cursor is None else [table, _MORE.fill(cursor=cursor)]


def _place(row: CaseRow) -> str:
    """Where it is, in words or, where there are none, as a coordinate."""
    if row.place or row.lat is None or row.lon is None:
        return row.place or "-"
    return written_place(row.lat, row.lon).decimal


def photo_shown(answer: PhotoAnswer) -> Phrase:
    """What became of one file, in one line."""
    said = [_STATUS[answer.status], *([answer.reason] if answer.reason else []), *answer.notes]
    joined = _joined(said, " ")
    return Phrase(f"{answer.file}: {joined.ko}", f"{answer.file}: {joined.en}")
