"""Checking what was typed against the rules that look at more than one field."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import iso, parse_moment
from fieldlog.domain.errors import NotAllowed
from fieldlog.domain.lifecycle import Stage
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY, Merge
from fieldlog.domain.registry.acceptance import listed, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.profile import Category
    from fieldlog.domain.record import Record
    from fieldlog.domain.registry import Kind, Value
    from fieldlog.services.workspace import Workspace

_CASE: Final = REGISTRY.kind("case")
_VISIT: Final = REGISTRY.kind("visit")
_OFFERED: Final = 5
_ALIKE: Final = 0.6
CLOCK_TOLERANCE: Final = timedelta(minutes=5)
LONGEST_VISIT: Final = timedelta(hours=24)
_USUAL_VISIT: Final = timedelta(hours=8)
_LONG_VISIT: Final = Phrase(
    "방문이 8시간을 넘습니다. 시작과 종료 시각을 확인해 주십시오.",
    "The visit takes more than 8 hours. Please check when it began and ended.",
)
KEPT_BY_PROGRAM: Final = frozenset({"case_no", "original_due_at", "held_from", "reopen_count"})
_WAY: Final = tuple(stage.value for stage in Stage if stage.is_open)
_EMPTY: Final = Phrase("비워 둘 수 없습니다.", "It cannot be empty.")
_FILL_IN: Final = Phrase("값을 적어 주십시오.", "Please fill it in.")
_CHECK_BOTH: Final = Phrase("두 시각을 확인해 주십시오.", "Please check both times.")
_NOTHING_CHANGED: Final = Phrase("고치지 않았습니다.", "Nothing was changed.")


def known_category(workspace: Workspace, code: str) -> Category:
    """The category of that code.

    Raises:
        BadInput: The agency has no such category.
    """
    category = workspace.profile.category(code)
    if category is None:
        raise refused(
            _CASE.field("category_code"),
            Phrase("없는 분류입니다: {code}", "No such category: {code}").fill(code=code or "-"),
            Phrase(
                "분류를 확인해 주십시오. 가까운 것: {some}", "Check the category. Close to it: {some}"
            ).fill(some=near_categories(workspace, code)),
        )
    return category


def near_categories(workspace: Workspace, typed: str) -> Phrase:
    """The categories that what was typed comes closest to, with their words; the first ones where none does."""
    known = {code: category.label for code, category in workspace.profile.categories.items()}
    likeness = {code: _likeness(typed, code, label) for code, label in known.items()}
    near = sorted((code for code in known if likeness[code] >= _ALIKE), key=lambda code: -likeness[code])
    return listed({code: known[code] for code in (near or list(known))[:_OFFERED]})


def _likeness(typed: str, code: str, label: Phrase) -> float:
    """How much of what was typed is in a code or its words, from 0 to 1."""
    from difflib import SequenceMatcher  # noqa: PLC0415

    wanted = typed.strip().casefold()
    spellings = (code, *code.split("_"), label.ko, *label.ko.split(), label.en, *label.en.split())
    if wanted and any(wanted in each.casefold() for each in spellings):
        return 1.0
    return max(SequenceMatcher(None, wanted, each.casefold()).ratio() for each in spellings)


def check_times(workspace: Workspace, values: Mapping[str, Value]) -> None:
    """Reported not in the future (five minutes of clock error are forgiven), received not before reported.

    Raises:
        BadInput: They contradict one another or the clock.
    """
    reported, received = str(values.get("reported_at") or ""), str(values.get("received_at") or "")
    latest = iso(workspace.now() + CLOCK_TOLERANCE)
    if reported > latest:
        raise refused(
            _CASE.field("reported_at"),
            Phrase("아직 오지 않은 시각입니다: {at}", "It lies in the future: {at}").fill(at=reported),
            Phrase("발생·신고한 시각을 적어 주십시오.", "Write when it was reported."),
        )
    if received and received < reported:
        raise refused(
            _CASE.field("received_at"),
            Phrase("접수가 신고보다 이릅니다: {at}", "It was received before it was reported: {at}").fill(
                at=received
            ),
            _CHECK_BOTH,
        )


def check_visit(values: Mapping[str, Value]) -> None:
    """A visit ends after it began, and within a day.

    Raises:
        BadInput: It does not.
    """
    started, ended = str(values.get("started_at") or ""), str(values.get("ended_at") or "")
    if not started or not ended:
        return
    if ended <= started:
        raise refused(
            _VISIT.field("ended_at"),
            Phrase("종료가 시작보다 늦지 않습니다: {at}", "It does not end after it began: {at}").fill(
                at=ended
            ),
            _CHECK_BOTH,
        )
    if parse_moment(ended) - parse_moment(started) > LONGEST_VISIT:
        raise refused(
            _VISIT.field("ended_at"),
            Phrase("방문이 24시간을 넘습니다.", "The visit takes more than 24 hours."),
            Phrase("여러 날이면 방문을 나누어 적어 주십시오.", "Record a visit for each day."),
        )


def doubt_of_visit(values: Mapping[str, Value]) -> Phrase | None:
    """What to ask about a visit that may be right as it is; None for a usual one."""
    started, ended = str(values.get("started_at") or ""), str(values.get("ended_at") or "")
    if not started or not ended or parse_moment(ended) - parse_moment(started) <= _USUAL_VISIT:
        return None
    return _LONG_VISIT


def check_revision(
    workspace: Workspace, record: Record, case: Record | None, taken: Mapping[str, Value]
) -> None:
    """The rules between fields that a change of a record must keep.

    Raises:
        BadInput: A required field would become empty, or the values contradict one another.
    """
    _refuse_clearing(record.declared, case or record, taken)
    after = {**record.values, **taken}
    if record.kind == "visit" and {"started_at", "ended_at"} & set(taken):
        check_visit(after)
    if record.kind != "case":
        return
    if {"reported_at", "received_at"} & set(taken):
        check_times(workspace, after)
    if "category_code" in taken and taken["category_code"] != record.get("category_code"):
        known_category(workspace, str(taken["category_code"]))


def refuse_missing(kind: str, values: Mapping[str, Value]) -> None:
    """Raise when a field is empty that every record of the kind must have.

    Raises:
        BadInput: One is.
    """
    for declared in REGISTRY.kind(kind).fields:
        if declared.required_from == Stage.DRAFT and values.get(declared.name) is None:
            raise refused(declared, _EMPTY, _FILL_IN)


def _refuse_clearing(kind: Kind, case: Record, taken: Mapping[str, Value]) -> None:
    reached = _reached(case)
    for name, value in taken.items():
        required = kind.field(name).required_from
        if value is None and required is not None and (required == Stage.DRAFT or required in reached):
            raise refused(kind.field(name), _EMPTY, _FILL_IN)


def _reached(case: Record) -> tuple[str, ...]:
    """The stages a case has come to, on its way or before it was put on hold."""
    stage = case.text("held_from") or case.text("stage")
    return _WAY[: _WAY.index(stage) + 1] if stage in _WAY else ()


def refuse_closed(case: Record) -> None:
    """Raise when a case is closed or removed: it is read-only until it is reopened or restored.

    Raises:
        NotAllowed: It is.
    """
    if case.deleted:
        raise NotAllowed(
            _NOTHING_CHANGED,
            Phrase("지운 기록은 고칠 수 없습니다.", "A removed record cannot be changed."),
            Phrase("되살린 뒤 고쳐 주십시오.", "Restore it first."),
        )
    if case.kind == "case" and case.text("stage") == Stage.CLOSED:
        raise NotAllowed(
            _NOTHING_CHANGED,
            Phrase("종결된 사안은 읽기만 할 수 있습니다.", "A closed case is read-only."),
            Phrase("사유와 함께 재개한 뒤 고쳐 주십시오.", "Reopen it with a reason first."),
        )


def refuse_guarded(kind: Kind, changes: Mapping[str, Value]) -> None:
    """Raise for fields that only a move, the program or the creation writes.

    Raises:
        NotAllowed: One of them is to be changed.
    """
    if kind is _CASE and "stage" in changes:
        raise NotAllowed(
            Phrase("상태를 바꾸지 않았습니다.", "The stage was not changed."),
            Phrase("상태는 단계 이동으로만 바뀝니다.", "A stage changes only by a move."),
            Phrase("단계 이동(case move)을 써 주십시오.", "Use the move (case move)."),
        )
    for name in sorted(changes):
        if not kind.has(name):
            continue
        by_program = kind is _CASE and name in KEPT_BY_PROGRAM
        if by_program or kind.field(name).merge is Merge.ONCE:
            raise NotAllowed(
                Phrase("{field:을} 고치지 않았습니다.", "{field} was not changed.").fill(
                    field=kind.field(name).label
                ),
                Phrase("프로그램이 적는 항목입니다.", "The program writes this field itself."),
                Phrase("근거가 되는 다른 항목을 고쳐 주십시오.", "Change the fields it follows from."),
            )
