"""The commands of visits, observations, actions, comments and tags: add and set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.cli import typed
from fieldlog.cli.answer import Answer
from fieldlog.cli.documents import record_document
from fieldlog.cli.shown import facts
from fieldlog.domain.errors import NotFound
from fieldlog.domain.ids import RecordId
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY
from fieldlog.services import browsing, recording
from fieldlog.services.checking import doubt_of_visit

if TYPE_CHECKING:
    import argparse

    from fieldlog.cli.desk import Desk
    from fieldlog.domain.record import Record

_OPTION: Final = "field_"
_ADDED: Final = Phrase("{kind:을} 더했습니다.", "{kind}: added.")
_CHANGED: Final = Phrase("{kind:을} 고쳤습니다.", "{kind}: changed.")


def add(desk: Desk) -> Answer:
    """Add a part to a case."""
    kind = desk.words.kind
    values = _fields(desk.words)
    if kind == "tag" and values.get("name"):
        values["name"] = "_".join(str(values["name"]).split())
    with desk.writing() as workspace:
        case = browsing.find_case(workspace, desk.words.case)
        part = recording.add_part(workspace, case, kind, values).record
        return Answer(
            document={"case_id": case, **record_document(part)},
            shown=[_ADDED.fill(kind=part.declared.label), facts(workspace, part, "  ")],
            remarks=_doubts(part),
        )


def change(desk: Desk) -> Answer:
    """Change fields of a part."""
    kind = REGISTRY.kind(desk.words.kind)
    given: dict[str, Any] = dict(typed.assignments(desk.words.fields))
    with desk.writing() as workspace:
        record = browsing.read_record(workspace, RecordId(desk.words.record.strip().lower()))
        if record.kind != kind.name:
            raise NotFound(
                Phrase("기록을 찾지 못했습니다: {id}", "No such record: {id}").fill(id=record.id),
                Phrase("{id:은} {kind:이} 아닙니다.", "{id} is of another kind: {kind} was asked for.").fill(
                    id=record.id, kind=kind.label
                ),
                Phrase("case show 로 식별자를 확인해 주십시오.", "Look at case show for the ids."),
            )
        effects = recording.revise(workspace, record.id, given)
        changed = browsing.read_record(workspace, record.id)
        return Answer(
            document={"case_id": record.case_id, **record_document(changed), "changed": bool(effects)},
            shown=[_CHANGED.fill(kind=kind.label), facts(workspace, changed, "  ")],
            remarks=_doubts(changed),
        )


def _doubts(part: Record) -> list[Phrase]:
    """What may be right, but should be looked at again."""
    doubt = doubt_of_visit(part.values) if part.kind == "visit" else None
    return [doubt] if doubt else []


def _fields(words: argparse.Namespace) -> dict[str, Any]:
    return {
        name.removeprefix(_OPTION): value
        for name, value in vars(words).items()
        if name.startswith(_OPTION) and value is not None
    }
