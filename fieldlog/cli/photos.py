"""The commands of photographs: every file gets an answer of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldlog.cli.answer import Answer
from fieldlog.cli.documents import photo_document
from fieldlog.cli.shown import photo_shown
from fieldlog.domain.errors import StoreTrouble
from fieldlog.domain.ids import RecordId
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.acceptance import accept
from fieldlog.services import browsing, recording
from fieldlog.services.photographs import PhotoAnswer, add_photos, files_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.cli.desk import Desk
    from fieldlog.services.photographs import PhotoSource
    from fieldlog.services.workspace import Workspace

_ADDING: Final = Phrase("사진을 더합니다", "Adding photographs")


def add(desk: Desk) -> Answer:
    """Add photographs to a case; the exit code is 1 only when none of them was taken."""
    words = desk.words
    sources = files_of(Path(name).expanduser() for name in words.files)
    declared = REGISTRY.kind("photo").field("phase")
    known = declared.vocabulary is not None and words.phase.upper() in declared.vocabulary.entries
    phase = str(accept(declared, words.phase.upper() if known else words.phase))
    with desk.writing() as workspace:
        case = browsing.find_case(workspace, words.case)
        visit = recording.accepted("photo", {"visit_id": words.visit})["visit_id"]
        if visit:
            browsing.read_record(workspace, RecordId(str(visit)))
        answers = answer_each(
            desk, workspace, case, sources, phase=phase, visit=RecordId(str(visit)) if visit else None
        )
    taken = [answer for answer in answers if answer.status != "refused"]
    return Answer(
        document={"photos": [photo_document(answer) for answer in answers]},
        shown=[photo_shown(answer) for answer in taken],
        remarks=[photo_shown(answer) for answer in answers if answer.status == "refused"],
        exit_code=0 if taken or not answers else 1,
    )


def answer_each(
    desk: Desk,
    workspace: Workspace,
    case: RecordId,
    sources: Sequence[PhotoSource],
    *,
    phase: str = "BEFORE",
    visit: RecordId | None = None,
) -> list[PhotoAnswer]:
    """What became of each file; where the store itself gives up, the rest is refused for that reason."""
    count = desk.voice.counter(_ADDING)
    answers: list[PhotoAnswer] = []
    try:
        for answer in add_photos(workspace, case, sources, phase=phase, visit=visit):
            answers.append(answer)
            if count:
                count(len(answers), len(sources))
    except StoreTrouble as trouble:
        answers.extend(
            PhotoAnswer(file=source.name, status="refused", reason=trouble.why, trouble=trouble)
            for source in sources[len(answers) :]
        )
    return answers
