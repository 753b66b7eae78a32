"""The history of a case in words: what each save was about, what stood before and what after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.domain.op import OpKind
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.services import browsing
from fieldlog.ui.case.wording import EMPTY, joined, worded

if TYPE_CHECKING:
    from datetime import datetime

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.services.browsing import HistoryLine
    from fieldlog.services.workspace import Workspace

_ADDED: Final = Phrase("{kind} 추가: {name}", "{kind} added: {name}")
_ADDED_BARE: Final = Phrase("{kind} 추가", "{kind} added")
_REMOVED: Final = Phrase("{kind} 빠짐", "{kind} removed")
_RESTORED: Final = Phrase("{kind} 되살림", "{kind} restored")
_UNDONE: Final = Phrase("되돌림: {what}", "Undone: {what}")
_IMPORTED: Final = Phrase("가져옴: {what}", "Imported: {what}")
_CHANGED: Final = Phrase("{kind}: {fields}", "{kind}: {fields}")
_STAGE: Final = Phrase("상태: {before} → {after}", "Stage: {before} → {after}")
_SAID: Final = Phrase("의견: {body}", "Comment: {body}")
_MORE: Final = Phrase("{said} 외 {n}", "{said} and {n} more")
_NOBODY: Final = Phrase("이름 없음", "unnamed")
_NAMES: Final = (
    "title",
    "caption",
    "original_name",
    "name",
    "text",
    "body",
    "purpose",
    "place_hint",
    "metric_name",
)
_NOT_TOLD: Final = frozenset(
    {"case_id", "visit_id", "sha256", "order", "seq", "mime", "bytes", "width", "height", "capture_seconds"}
)
_SHOWN: Final = 3
_NAME_LENGTH: Final = 40


class Told(Struct, frozen=True):
    """One field that a save changed."""

    what: Phrase
    before: Phrase
    after: Phrase


class Past(Struct, frozen=True):
    """One save: its op, when, by whom, in a few words, and every change."""

    op: tuple[bytes, int]
    at: datetime
    who: Phrase
    summary: Phrase
    changes: tuple[Told, ...]
    is_comment: bool


def read_past(workspace: Workspace, case: RecordId) -> tuple[Past, ...]:
    """What happened to a case and its parts, newest first."""
    return told_past(browsing.case_history(workspace, case), workspace.profile)


def told_past(lines: tuple[HistoryLine, ...], profile: AgencyProfile) -> tuple[Past, ...]:
    """The saves in words; what stood before each is what an earlier one had written."""
    stood: dict[tuple[RecordId, str], Any] = {}
    known: set[RecordId] = set()
    told: list[Past] = []
    for line in reversed(lines):
        told.append(_told(line, profile, stood, known))
        stood.update({(record, field): value for record, _kind, field, value in line.changes})
        known.update(record for record, *_ in line.changes)
    return tuple(reversed(told))


def _told(
    line: HistoryLine, profile: AgencyProfile, stood: dict[tuple[RecordId, str], Any], known: set[RecordId]
) -> Past:
    changes: list[Told] = []
    fresh: dict[RecordId, tuple[str, dict[str, Any]]] = {}
    for record, kind, field, value in line.changes:
        if record not in known:
            fresh.setdefault(record, (kind, {}))[1][field] = value
        if field in _NOT_TOLD:
            continue
        told = _change(kind, field, stood.get((record, field)), value, profile)
        changes.append(replace(told, before=plain("")) if record in fresh else told)
    summary = _summary(line, fresh, profile, stood)
    if line.kind == OpKind.UNDO:
        summary = _UNDONE.fill(what=summary)
    elif line.kind == OpKind.IMPORT:
        summary = _IMPORTED.fill(what=summary)
    who = plain(line.author) if line.author else _NOBODY
    is_comment = any(kind == "comment" for kind, _values in fresh.values())
    return Past(line.op, line.at, who, summary, tuple(changes), is_comment)


def _change(kind: str, field: str, before: Any, after: Any, profile: AgencyProfile) -> Told:
    declared = REGISTRY.kind(kind)
    if field == "deleted":
        said = (_REMOVED if after else _RESTORED).fill(kind=declared.label)
        return Told(said, plain(""), plain(str(after or "")))
    of = declared.field(field)
    what = of.label if kind == "case" else joined(" · ", (declared.label, of.label))
    if isinstance(after, str) and after[:1] in "+-" and of.merge.name == "ADD_WINS":
        element = worded(of, [after[1:]], profile)
        return Told(what, EMPTY if after[0] == "+" else element, element if after[0] == "+" else EMPTY)
    return Told(what, worded(of, before, profile), worded(of, after, profile))


def _summary(
    line: HistoryLine,
    fresh: dict[RecordId, tuple[str, dict[str, Any]]],
    profile: AgencyProfile,
    stood: dict[tuple[RecordId, str], Any],
) -> Phrase:
    said = [_fresh(kind, values) for kind, values in fresh.values()]
    touched: dict[tuple[RecordId, str], list[Phrase]] = {}
    for record, kind, field, value in line.changes:
        if record in fresh or field in _NOT_TOLD:
            continue
        declared = REGISTRY.kind(kind)
        if field == "deleted":
            said.append((_REMOVED if value else _RESTORED).fill(kind=declared.label))
        elif field == "stage":
            of = declared.field(field)
            before = worded(of, stood.get((record, field)), profile)
            said.insert(0, _STAGE.fill(before=before, after=worded(of, value, profile)))
        else:
            labels = touched.setdefault((record, kind), [])
            if declared.field(field).label not in labels:
                labels.append(declared.field(field).label)
    for (_record, kind), labels in touched.items():
        fields = joined(", ", labels[:_SHOWN])
        if len(labels) > _SHOWN:
            fields = _MORE.fill(said=fields, n=len(labels) - _SHOWN)
        said.append(
            fields if kind == "case" else _CHANGED.fill(kind=REGISTRY.kind(kind).label, fields=fields)
        )
    shown = joined(" · ", said[:_SHOWN])
    return _MORE.fill(said=shown, n=len(said) - _SHOWN) if len(said) > _SHOWN else shown


def _fresh(kind: str, values: dict[str, Any]) -> Phrase:
    name = next((str(values[field]) for field in _NAMES if values.get(field)), "")
    shown = " ".join(name.split())
    if kind == "comment":
        return _SAID.fill(body=shown)
    if len(shown) > _NAME_LENGTH:
        shown = shown[:_NAME_LENGTH] + "…"
    label = REGISTRY.kind(kind).label
    return _ADDED.fill(kind=label, name=shown) if shown else _ADDED_BARE.fill(kind=label)
