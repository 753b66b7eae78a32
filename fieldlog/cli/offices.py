"""The commands of the office: make or join one, sync, prove, settle what stands against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from fieldlog.cli.answer import Answer, Facts, Table
from fieldlog.domain.clock import iso
from fieldlog.domain.errors import NotFound
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import browsing, rebuilding, settling, syncing
from fieldlog.services.receipt_words import amount, remarks, summed_up

if TYPE_CHECKING:
    from fieldlog.cli.desk import Desk
    from fieldlog.services.settling import Contest
    from fieldlog.services.syncing import JoinedOffice, Receipt, Synced
    from fieldlog.services.workspace import Workspace

_MADE: Final = Phrase(
    "사무실 폴더를 만들고 참여했습니다: {name}", "The office folder was made and joined: {name}"
)
_JOINED: Final = Phrase("사무실에 참여했습니다: {name}", "The office was joined: {name}")
_REBUILT: Final = Phrase(
    "사무실 폴더를 다시 만들었습니다: {target}", "The office folder was made again: {target}"
)
_OTHERS: Final = Phrase(
    "다른 컴퓨터들도 동기화해야 그 컴퓨터에만 있는 기록이 채워집니다.",
    "Sync the other computers too: what only they hold comes with them.",
)
_SYNCING: Final = Phrase("동기화합니다", "Syncing")
_MOVED: Final = Phrase("보냄: {sent} · 받음: {received}", "sent: {sent} · received: {received}")
_CONFLICTS: Final = Phrase(
    "값이 맞서는 기록 {n}건이 있습니다. conflict list 로 보십시오.",
    "{n} records hold values that stand against one another. See conflict list.",
)
_SETTLED: Final = Phrase("정했습니다: {field}", "Settled: {field}")
_TAKES: Final = ("mine", "theirs")


def create(desk: Desk) -> Answer:
    """Make a folder an office."""
    with desk.writing() as workspace:
        joined = syncing.create_office(workspace, desk.words.target, name=desk.words.name or "")
    return _joined(joined, _MADE)


def join(desk: Desk) -> Answer:
    """Join an office."""
    with desk.writing() as workspace:
        joined = syncing.join_office(workspace, desk.words.target)
    return _joined(joined, _JOINED)


def _joined(joined: JoinedOffice, said: Phrase) -> Answer:
    return Answer(
        document={"office": joined.office, "name": joined.name, "target": joined.target},
        shown=[said.fill(name=joined.name)],
    )


def sync(desk: Desk) -> Answer:
    """Bring store and office together."""
    count = desk.voice.counter(_SYNCING)
    with desk.writing() as workspace:
        done = syncing.sync(
            workspace,
            desk.words.target,
            on_progress=None if count is None else lambda step, total, _doing: count(step, total),
        )
    return _synced(done)


def rebuild(desk: Desk) -> Answer:
    """Make a lost office folder again from what this store holds."""
    count = desk.voice.counter(_SYNCING)
    with desk.writing() as workspace:
        done = rebuilding.rebuild_office(
            workspace,
            desk.words.target,
            on_progress=None if count is None else lambda step, total, _doing: count(step, total),
        )
        joined = syncing.joined_office(workspace)
    target = "" if joined is None else joined.target
    said = _synced(done)
    return replace(
        said,
        document={**said.document, "target": target},
        shown=[_REBUILT.fill(target=target), *said.shown],
        remarks=[*said.remarks, _OTHERS],
    )


def _synced(done: Synced) -> Answer:
    receipt = done.receipt
    return Answer(
        document={
            **receipt_document(receipt),
            "conflicts": done.conflicts,
        },
        shown=[
            summed_up(receipt),
            _MOVED.fill(
                sent=amount(receipt.sent.ops, receipt.sent.photos),
                received=amount(receipt.received.ops, receipt.received.photos),
            ),
            *([_CONFLICTS.fill(n=done.conflicts)] if done.conflicts else []),
        ],
        remarks=remarks(receipt),
    )


def receipt_document(receipt: Receipt) -> dict[str, Any]:
    """A receipt as JSON."""
    return {
        "office": receipt.office,
        "at": receipt.at,
        "sent": {"ops": receipt.sent.ops, "photos": receipt.sent.photos},
        "received": {"ops": receipt.received.ops, "photos": receipt.received.photos},
        "photos_verified": receipt.photos_verified,
        "photos_referenced": receipt.photos_referenced,
        "photos_absent": list(receipt.photos_absent),
        "digest": receipt.digest,
        "same": receipt.same,
        "cases": list(receipt.cases),
        "written_again": receipt.written_again,
        "office_was_restored": receipt.office_was_restored,
        "forks": [stream.hex() for stream in receipt.forks],
    }


def digest(desk: Desk) -> Answer:
    """The digest over every record."""
    with desk.reading() as workspace:
        found = syncing.digest(workspace)
    return Answer(document={"digest": found}, shown=[plain(found)])


def conflicts(desk: Desk) -> Answer:
    """Every field in which values stand against one another."""
    with desk.reading() as workspace:
        found = [
            (case, contest)
            for case in settling.cases_with_contests(workspace)
            for contest in settling.contests(workspace, case.id)
        ]
    headings = (Phrase("사안번호", "Case"), Phrase("항목", "Field"), Phrase("값", "Values"))
    rows = [
        (
            plain(case.text("case_no")),
            _label(contest),
            plain(" / ".join(f"{each.author or each.device}: {each.value}" for each in contest.contenders)),
        )
        for case, contest in found
    ]
    return Answer(
        document={"conflicts": [_document(case.text("case_no"), contest) for case, contest in found]},
        shown=[Table(headings, rows)] if rows else [Phrase("맞서는 값이 없습니다.", "No values conflict.")],
    )


def _document(case_no: str, contest: Contest) -> dict[str, Any]:
    return {
        "case": case_no,
        "record": contest.record,
        "kind": contest.kind,
        "field": contest.field,
        "base": contest.base,
        "heads": [
            {
                "value": each.value,
                "author": each.author,
                "at": iso(each.at),
                "mine": each.mine,
                "device": each.device,
            }
            for each in contest.contenders
        ],
    }


def resolve(desk: Desk) -> Answer:
    """Decide a field: one of the values that stand there, or another one."""
    words = desk.words
    with desk.writing() as workspace:
        contest = _contest(workspace, words.case, words.field)
        value = _decided(contest, words.take)
        settling.settle_contest(workspace, contest, value)
        case = browsing.read_record(workspace, browsing.find_case(workspace, words.case))
    return Answer(
        document={"case": case.text("case_no"), "field": contest.field, "value": value},
        shown=[Facts([(_SETTLED.fill(field=_label(contest)), plain(str(value)))])],
    )


def _contest(workspace: Workspace, case: str, field: str) -> Contest:
    found = settling.contests(workspace, browsing.find_case(workspace, case))
    named = [contest for contest in found if field in {contest.field, f"{contest.kind}.{contest.field}"}]
    if named:
        return named[0]
    raise NotFound(
        Phrase("정하지 않았습니다.", "Nothing was settled."),
        Phrase("{field}에는 맞서는 값이 없습니다.", "No values stand against one another in {field}.").fill(
            field=field
        ),
        Phrase("conflict list 로 확인해 주십시오.", "See conflict list."),
    )


def _decided(contest: Contest, take: str) -> Any:
    if take not in _TAKES:
        return take
    wanted = [each for each in contest.contenders if each.mine == (take == "mine")]
    if not wanted:
        raise NotFound(
            Phrase("정하지 않았습니다.", "Nothing was settled."),
            Phrase(
                "이 컴퓨터에서 적은 값이 맞서는 값 가운데 없습니다.",
                "None of the values was written on this computer.",
            )
            if take == "mine"
            else Phrase(
                "다른 컴퓨터에서 적은 값이 맞서는 값 가운데 없습니다.",
                "None of the values was written on another computer.",
            ),
            Phrase("값을 그대로 적어 주십시오: --take 값", "Write the value itself: --take VALUE"),
        )
    return wanted[0].value


def _label(contest: Contest) -> Phrase:
    from fieldlog.domain.registry import REGISTRY  # noqa: PLC0415

    return REGISTRY.kind(contest.kind).field(contest.field).label
