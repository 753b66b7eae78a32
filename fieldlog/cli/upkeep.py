"""The commands of the store itself: make it, take cases in, verify, undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fieldlog.cli.answer import Answer, Facts, Table, told
from fieldlog.domain.errors import BadInput, ProfileBroken
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import browsing, undoing, verifying
from fieldlog.services.importing import import_cases
from fieldlog.services.offering import faults_of
from fieldlog.services.opening import DEFAULT_PROFILE, holds_store, make_store, open_store
from fieldlog.services.workspace import Official

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.cli.desk import Desk
    from fieldlog.domain.profile_reading import ProfileFault
    from fieldlog.services.workspace import Workspace

_MADE: Final = Phrase("저장소를 만들었습니다: {folder}", "The store was made: {folder}")
_CASES: Final = Phrase("사안 {n}건이 들어 있습니다.", "It holds {n} cases.")
_TAKEN: Final = Phrase("사안 {n}건을 가져왔습니다.", "{n} cases were imported.")
_LEFT_OUT: Final = Phrase("{n}건은 가져오지 않았습니다.", "{n} were not imported.")
_FAULT: Final = Phrase("{file} {line}행: {what} {how}", "{file} line {line}: {what} {how}")
_SOUND: Final = Phrase("온전합니다.", "Everything is sound.")
_UNDONE: Final = Phrase("마지막 저장을 되돌렸습니다.", "The latest save was undone.")
_KEPT: Final = Phrase(
    "그 뒤에 바뀐 항목 {n}개는 그대로 두었습니다.", "{n} fields that were changed since stay as they are."
)
_DRAWING: Final = Phrase("연습 사진을 그립니다", "Drawing practice photographs")
_IMPORTING: Final = Phrase("가져옵니다", "Importing")
_CHECKING: Final = Phrase("살핍니다", "Checking")


def init(desk: Desk) -> Answer:
    """Make a store, a practice store with its cases among them."""
    words = desk.words
    if words.reset or words.practice:
        workspace = _practice(desk)
    else:
        official = Official("", words.name or "", words.rank or "", words.department or "")
        around, profile = desk.surroundings(new_passphrase=True), words.profile or DEFAULT_PROFILE
        try:
            workspace = make_store(desk.folder, around, profile=profile, official=official)
        except ProfileBroken as trouble:
            return _broken_profile(trouble, faults_of(around, profile))
    try:
        count = browsing.count_cases(workspace, CaseFilter())
        shown = [_MADE.fill(folder=desk.folder)]
        return Answer(
            document={
                "store": str(desk.folder.absolute()),
                "profile": workspace.profile.name,
                "practice": workspace.is_practice,
                "cases": count,
            },
            shown=[*shown, _CASES.fill(n=count)] if count else shown,
        )
    finally:
        workspace.close()


def _broken_profile(trouble: ProfileBroken, faults: Sequence[ProfileFault]) -> Answer:
    """Everything wrong with the file at once, so that it is mended in one go."""
    return Answer(
        document={
            "faults": [
                {"file": each.file_name, "line": each.line, "what": each.what, "how": each.how}
                for each in faults
            ]
        },
        remarks=[
            _FAULT.fill(file=plain(each.file_name), line=each.line, what=each.what, how=each.how)
            for each in (faults if len(faults) > 1 else ())
        ],
        refusal=trouble,
    )


def _practice(desk: Desk) -> Workspace:
    from fieldlog.services import practising  # noqa: PLC0415

    words, around = desk.words, desk.surroundings()
    refused = next(
        (f"--{name}" for name in ("profile", "name", "rank", "department") if desk.given(name)), None
    )
    if refused:
        raise BadInput(
            Phrase("연습 저장소를 만들지 않았습니다.", "The practice store was not made."),
            Phrase(
                "{name:은} 연습 저장소에 쓰지 않습니다.", "{name} does not go with a practice store."
            ).fill(name=refused),
            Phrase("{name:을} 빼고 다시 해 주십시오.", "Try again without {name}.").fill(name=refused),
        )
    count = desk.voice.counter(_DRAWING)
    if words.reset and holds_store(desk.folder):
        return practising.reset_practice_store(open_store(desk.folder, around), around, on_progress=count)
    return practising.make_practice_store(desk.folder, around, on_progress=count)


def take_in(desk: Desk) -> Answer:
    """Import the cases of a file; the exit code is 1 only when none of them could be taken."""
    with desk.writing() as workspace:
        done = import_cases(
            workspace, Path(desk.words.file).expanduser(), on_progress=desk.voice.counter(_IMPORTING)
        )
    refused = [
        {"index": each.index, "case_no": each.number, **told(each.trouble, desk.language)}
        for each in done.refused
    ]
    remarks: list[Phrase] = []
    for each in done.refused:
        name = each.number or f"#{each.index + 1}"
        why = each.trouble.why
        remarks.append(Phrase(f"{name}: {why.ko}", f"{name}: {why.en}"))
    return Answer(
        document={
            "imported": len(done.taken),
            "cases": [{"case_no": number, "id": case} for number, case in done.taken],
            "refused": refused,
        },
        shown=[_TAKEN.fill(n=len(done.taken)), *([_LEFT_OUT.fill(n=len(refused))] if refused else [])],
        remarks=remarks,
        exit_code=1 if refused and not done.taken else 0,
    )


def verify(desk: Desk) -> Answer:
    """Check that everything shown follows from the log and that every photograph is whole."""
    rebuild = desk.words.rebuild
    with desk.writing() if rebuild else desk.reading() as workspace:
        found = verifying.verify(workspace, rebuild=rebuild, on_progress=desk.voice.counter(_CHECKING))
    rows: list[tuple[Phrase, Phrase]] = [
        (Phrase("저장 기록", "Saves in the log"), plain(str(found.ops))),
        (Phrase("사진", "Photographs"), plain(str(found.photos))),
        (Phrase("요약값", "Digest"), plain(found.digest)),
    ]
    trouble = verifying.trouble_of(found)
    document: dict[str, Any] = {
        "sound": found.sound,
        "ops": found.ops,
        "digest": found.digest,
        "differing": list(found.differing),
        "photos": found.photos,
        "missing": list(found.missing),
        "damaged": list(found.damaged),
        "rebuilt": found.rebuilt,
    }
    return Answer(
        document=document,
        shown=[Facts(rows), *([_SOUND] if found.sound else [])],
        refusal=trouble,
        exit_code=0 if found.sound else 1,
    )


def undo(desk: Desk) -> Answer:
    """Undo this device's latest save."""
    with desk.writing() as workspace:
        done = undoing.undo_last(workspace)
        cases = [browsing.read_record(workspace, case) for case in sorted(done.effects.cases)]
        touched = [(plain(case.text("case_no")), plain(case.text("title"))) for case in cases]
    headings = (Phrase("사안번호", "Case"), Phrase("제목", "Title"))
    return Answer(
        document={
            "records": sorted(done.effects.records),
            "cases": [case.id for case in cases],
            "kept": done.kept,
        },
        shown=[
            _UNDONE,
            *([Table(headings, touched)] if touched else []),
            *([_KEPT.fill(n=done.kept)] if done.kept else []),
        ],
    )
