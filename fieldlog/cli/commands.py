"""Every command with its options: the contract of the command line, in one place."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from fieldlog.cli.parser import Commands, Parser
from fieldlog.domain.phrase import Language, Phrase
from fieldlog.domain.registry import REGISTRY, FieldType, Merge
from fieldlog.domain.registry.acceptance import listed

if TYPE_CHECKING:
    from fieldlog.domain.registry import Field

PROGRAM: Final = "fieldlog"
PARTS: Final = ("visit", "observation", "action", "comment", "tag")
"""Kinds that are added with a command of their own; photographs have theirs."""
_ABOUT: Final = Phrase(
    "현장 문제를 기록하고, 찾고, 보고서로 냅니다. 명령이 없으면 창을 엽니다.",
    "Records problems on site, finds them again and hands in reports. Without a command it opens the window.",
)
_MORE: Final = Phrase(
    """환경 변수:
  FIELDLOG_STORE  저장소 폴더(--store가 먼저입니다)
  FIELDLOG_NOW  정해 둔 시각(ISO 8601)
  FIELDLOG_PASSPHRASE_FILE  저장소 암호가 든 파일
  FIELDLOG_NO_KEYRING  1이면 운영체제의 키링을 쓰지 않습니다

종료 코드: 0 했음, 1 까닭이 있어 하지 않음, 2 명령을 잘못 적음, 3 프로그램 오류""",
    """environment:
  FIELDLOG_STORE  the store's folder (--store goes first)
  FIELDLOG_NOW  a fixed time (ISO 8601)
  FIELDLOG_PASSPHRASE_FILE  a file that holds the store's passphrase
  FIELDLOG_NO_KEYRING  1: do without the keyring of the system

exit codes: 0 done, 1 refused for a reason, 2 not written right, 3 a fault of the program""",
)
_MOST: Final = 1_000_000
"""So many cases are answered at most at a time; what is left is answered after the cursor."""
_CASE: Final = Phrase("사안번호 또는 식별자", "case number or id")
_FIELD: Final = Phrase(
    "항목=값. 값이 비면 지웁니다. 위치는 location.place_hint=… 또는 location.at=좌표",
    "FIELD=VALUE; an empty value clears it. Places: location.place_hint=… or location.at=COORDINATES",
)


def parser(language: Language) -> Parser:
    """The parser of the whole program in one language; ``parse_args`` raises UsageTrouble."""
    top = Parser(
        language=language, prog=PROGRAM, description=_ABOUT.said(language), epilog=_MORE.said(language)
    )
    _everywhere(top, first=True)
    top.option("--version", Phrase("판을 보입니다", "show the version"), action="store_true")
    top.set_defaults(run="window.open_it")
    commands = top.commands("command", required=False)
    for declare in (
        _store,
        _case,
        _parts,
        _photo,
        _questions,
        _paper,
        _upkeep,
        _office,
        _sync,
        _conflict,
        _window,
    ):
        declare(commands)
    return top


def _everywhere(to: Parser, *, first: bool = False) -> None:
    """Options that may stand before or after the command; a later parser does not undo an earlier one."""
    unset = None if first else argparse.SUPPRESS
    to.option("--store", Phrase("저장소 폴더", "the store's folder"), metavar="DIR", default=unset)
    to.option(
        "--json",
        Phrase("표준출력에 JSON 문서 하나로 답합니다", "answer with one JSON document on stdout"),
        action="store_true",
        default=False if first else unset,
    )
    to.option("--lang", Phrase("말할 언어", "the language to speak"), choices=("ko", "en"), default=unset)


def _command(commands: Commands, name: str, what: Phrase, run: str) -> Parser:
    made = commands.add(name, what, shared=(_everywhere,))
    made.set_defaults(run=run)
    return made


def _group(commands: Commands, name: str, what: Phrase) -> Commands:
    return commands.add(name, what, shared=(_everywhere,)).commands("verb", required=True)


def _store(commands: Commands) -> None:
    init = _command(commands, "init", Phrase("새 저장소를 만듭니다", "Make a new store"), "upkeep.init")
    init.option(
        "--profile",
        Phrase("기관설정의 이름이나 파일", "agency profile: a name or a file"),
        metavar="NAME|FILE",
    )
    init.option(
        "--practice",
        Phrase("가상 도시의 연습 저장소를 만듭니다", "make a practice store of a fictional city"),
        action="store_true",
    )
    init.option(
        "--reset",
        Phrase("연습 저장소를 처음 상태로 되돌립니다", "make a practice store as it was at first"),
        action="store_true",
    )
    init.option("--name", Phrase("쓰는 사람의 이름", "name of the official"), metavar="NAME")
    init.option("--rank", Phrase("직급", "rank"), metavar="RANK")
    init.option("--department", Phrase("부서 코드", "department code"), metavar="CODE")


def _case(commands: Commands) -> None:
    case = _group(
        commands, "case", Phrase("사안을 적고, 찾고, 고치고, 옮깁니다", "Record, find, change and move cases")
    )
    _case_add(case)
    _case_list(case)
    show = _command(
        case, "show", Phrase("사안 하나를 모두 보입니다", "Show everything of a case"), "cases.show"
    )
    show.operand("case", _CASE, metavar="CASE")
    change = _command(
        case, "set", Phrase("사안의 항목을 고칩니다", "Change fields of a case"), "cases.change"
    )
    change.operand("case", _CASE, metavar="CASE")
    change.operand("fields", _FIELD, nargs="+", metavar="FIELD=VALUE")
    _case_move(case)


def _case_add(case: Commands) -> None:
    add = _command(case, "add", Phrase("사안을 새로 기록합니다", "Record a new case"), "cases.add")
    add.option("--title", Phrase("제목", "title"), required=True, metavar="T")
    add.option("--category", Phrase("분류 코드", "category code"), required=True, metavar="CODE")
    add.option("--description", Phrase("내용", "description"), metavar="D", default="")
    add.option(
        "--at",
        Phrase("위치: 좌표나 국가지점번호", "place: coordinates or a national point number"),
        metavar="TEXT",
    )
    add.option(
        "--photo", Phrase("사진 파일이나 폴더. 여러 번 쓸 수 있습니다", "a photo or a folder; may be repeated"),
        action="append", default=[], type=_path, metavar="FILE",
    )  # fmt: skip
    add.option("--reported-at", Phrase("발생·신고일시", "when it was reported"), metavar="ISO")
    add.option("--received-at", Phrase("접수일시", "when it was received"), metavar="ISO")
    add.option("--petition", Phrase("민원종류", "petition type"), metavar="TYPE")
    add.option(
        "--period", Phrase("처리기간: 7d, 24h, 2w, 1m, 즉시", "period: 7d, 24h, 2w, 1m, now"), metavar="7d"
    )


def _case_list(case: Commands) -> None:
    listing = _command(
        case, "list", Phrase("사안을 찾아 늘어놓습니다", "Find and list cases"), "cases.list_them"
    )
    listing.option("--query", Phrase("찾을 말(초성도 됩니다)", "words to find"), metavar="Q", default="")
    listing.option(
        "--stage", Phrase("상태. 여러 번 쓸 수 있습니다", "stage; may be repeated"),
        action="append", default=[], metavar="S",
    )  # fmt: skip
    listing.option(
        "--limit",
        Phrase("많아야 몇 건(기본 50)", "at most so many (50)"),
        type=_count,
        default=50,
        metavar="N",
    )
    listing.option("--after", Phrase("앞선 답의 next 값", "next of the answer before"), metavar="CURSOR")


def _case_move(case: Commands) -> None:
    move = _command(
        case, "move", Phrase("사안을 다른 상태로 옮깁니다", "Move a case to another stage"), "cases.move"
    )
    move.operand("case", _CASE, metavar="CASE")
    move.operand("stage", Phrase("옮길 상태", "the stage to move to"), metavar="STAGE")
    move.option("--reason", Phrase("사유", "reason"), metavar="R", default="")
    move.option("--hold-until", Phrase("보류 기한", "on hold until"), metavar="ISO")
    move.option("--close-reason", Phrase("종결사유", "reason for closing"), metavar="CODE")
    move.option("--into", Phrase("병합할 때 남는 사안", "the case that stays, when merging"), metavar="CASE")


def _parts(commands: Commands) -> None:
    for name in PARTS:
        kind = REGISTRY.kind(name)
        group = _group(
            commands,
            name,
            Phrase("{kind:을} 더하고 고칩니다", "{kind}: add and change").fill(kind=kind.label),
        )
        add = _command(
            group,
            "add",
            Phrase("사안에 {kind:을} 더합니다", "{kind}: add to a case").fill(kind=kind.label),
            "parts.add",
        )
        add.operand("case", _CASE, metavar="CASE")
        _change(group, name)
        for declared in kind.fields:
            if _is_typed(declared):
                add.option(
                    f"--{declared.name.replace('_', '-')}", _described(declared),
                    dest=f"field_{declared.name}", metavar="VALUE",
                )  # fmt: skip
        add.set_defaults(kind=name)


def _change(group: Commands, kind: str) -> None:
    label = REGISTRY.kind(kind).label
    what = Phrase("{kind:을} 고칩니다", "{kind}: change fields").fill(kind=label)
    change = _command(group, "set", what, "parts.change")
    change.operand("record", Phrase("기록의 식별자", "id of the record"), metavar="ID")
    change.operand(
        "fields", Phrase("항목=값. 값이 비면 지웁니다", "FIELD=VALUE; an empty value clears it"),
        nargs="+", metavar="FIELD=VALUE",
    )  # fmt: skip
    change.set_defaults(kind=kind)


def _is_typed(declared: Field) -> bool:
    return not declared.derived and declared.merge is not Merge.ONCE and declared.type is not FieldType.TREE


def _described(declared: Field) -> Phrase:
    if declared.vocabulary is None:
        return declared.label
    codes = listed(declared.vocabulary.entries)
    return Phrase("{label}: {codes}", "{label}: {codes}").fill(label=declared.label, codes=codes)


def _photo(commands: Commands) -> None:
    group = _group(commands, "photo", Phrase("사진을 더하고 고칩니다", "Add and change photos"))
    add = _command(group, "add", Phrase("사안에 사진을 더합니다", "Add photos to a case"), "photos.add")
    add.operand("case", _CASE, metavar="CASE")
    add.operand(
        "files", Phrase("사진 파일이나 폴더", "photos or folders"), nargs="+", type=_path, metavar="FILE"
    )
    add.option(
        "--phase", _described(REGISTRY.kind("photo").field("phase")), metavar="PHASE", default="BEFORE"
    )
    add.option(
        "--visit", Phrase("찍은 현장방문의 식별자", "id of the visit they were taken on"), metavar="ID"
    )
    _change(group, "photo")


def _questions(commands: Commands) -> None:
    due = _command(
        commands, "due", Phrase("처리기한을 셉니다", "Count when an answer is due"), "questions.due"
    )
    due.option("--received", Phrase("접수일시", "when it was received"), required=True, metavar="ISO")
    due.option(
        "--period", Phrase("처리기간: 7d, 24h, 2w, 1m, 즉시", "period: 7d, 24h, 2w, 1m, now"),
        required=True, metavar="7d",
    )  # fmt: skip
    due.option("--explain", Phrase("센 날을 하나씩 보입니다", "show what was counted"), action="store_true")
    due.option(
        "--profile",
        Phrase(
            "기관설정의 이름이나 파일(없으면 저장소의 것)",
            "agency profile: a name or a file (otherwise the store's)",
        ),
        metavar="NAME|FILE",
    )
    place = _command(
        commands, "place", Phrase("적힌 위치를 읽습니다", "Read a place as it is written"), "questions.place"
    )
    place.operand(
        "text", Phrase("좌표, 국가지점번호, 지도 주소", "coordinates, national point number, map link"),
        nargs="+", metavar="TEXT",
    )  # fmt: skip


def _paper(commands: Commands) -> None:
    report = _command(
        commands, "report", Phrase("보고서를 PDF로 냅니다", "File a report as PDF"), "paper.report"
    )
    report.operand("cases", _CASE, nargs="+", metavar="CASE")
    report.option(
        "--template",
        Phrase("R1 현장보고, R2 출장복명서, R4 사진대지", "R1 field report, R2 trip report, R4 photo sheet"),
        required=True,
        metavar="R1",
    )
    report.option(
        "--out", Phrase("파일, 또는 이름을 정해 넣을 폴더", "a file, or a folder to put it in"),
        required=True, type=_path, metavar="PATH",
    )  # fmt: skip
    report.option("--pdfa", Phrase("PDF/A의 판", "which PDF/A"), choices=("2b", "1b"), default="2b")
    report.option(
        "--per-page", Phrase("한 쪽의 사진 수, pairs는 전후 비교", "photos to a page; pairs: before beside after"),
        choices=("1", "2", "4", "6", "pairs"), default="2",
    )  # fmt: skip
    report.option("--overwrite", Phrase("있는 파일을 바꿉니다", "replace a file"), action="store_true")
    report.option(
        "--replace-missing", Phrase("글꼴에 없는 글자를 〓로 찍습니다", "print 〓 for characters in no font"),
        action="store_true",
    )  # fmt: skip


def _upkeep(commands: Commands) -> None:
    taking = _command(
        commands, "import", Phrase("파일의 사안을 가져옵니다", "Import cases from a file"), "upkeep.take_in"
    )
    taking.operand("file", Phrase("사안 파일(JSON)", "a file of cases (JSON)"), metavar="FILE")
    verify = _command(
        commands, "verify", Phrase("기록과 사진이 온전한지 살핍니다", "Check that records and photos are whole"), "upkeep.verify"
    )  # fmt: skip
    verify.option(
        "--rebuild",
        Phrase("원본 기록에서 다시 만든 뒤 살핍니다", "write what is derived again from the log first"),
        action="store_true",
    )
    _command(commands, "undo", Phrase("마지막 저장을 되돌립니다", "Undo the latest save"), "upkeep.undo")


_TARGET: Final = Phrase("사무실 폴더(공유 폴더의 경로)", "the office folder: a path on a share")


def _office(commands: Commands) -> None:
    office = _group(commands, "office", Phrase("사무실을 만들거나 참여합니다", "Make or join an office"))
    create = _command(
        office,
        "create",
        Phrase("빈 폴더를 사무실로 만듭니다", "Make an empty folder an office"),
        "offices.create",
    )
    create.operand("target", _TARGET, type=_path, metavar="TARGET")
    create.option("--name", Phrase("사무실 이름", "the office's name"), metavar="NAME")
    join = _command(office, "join", Phrase("있는 사무실에 참여합니다", "Join an office"), "offices.join")
    join.operand("target", _TARGET, type=_path, metavar="TARGET")
    rebuild = _command(
        office,
        "rebuild",
        Phrase(
            "없어진 사무실 폴더를 이 컴퓨터의 기록으로 다시 만듭니다",
            "Make a lost office folder again from what lies here",
        ),
        "offices.rebuild",
    )
    rebuild.operand("target", _TARGET, nargs="?", type=_path, metavar="TARGET")


def _sync(commands: Commands) -> None:
    sync = _command(
        commands,
        "sync",
        Phrase("사무실과 기록·사진을 맞춥니다", "Bring store and office together"),
        "offices.sync",
    )
    sync.operand("target", _TARGET, nargs="?", type=_path, metavar="TARGET")
    _command(
        commands, "digest", Phrase("모든 기록의 요약값", "One digest over every record"), "offices.digest"
    )


def _conflict(commands: Commands) -> None:
    conflict = _group(
        commands, "conflict", Phrase("맞서는 값을 보고 정합니다", "See and settle values that conflict")
    )
    _command(
        conflict, "list", Phrase("맞서는 값을 보입니다", "Show the values that conflict"), "offices.conflicts"
    )
    resolve = _command(
        conflict, "resolve", Phrase("한 항목을 정합니다", "Settle one field"), "offices.resolve"
    )
    resolve.operand("case", _CASE, metavar="CASE")
    resolve.operand("field", Phrase("항목", "field"), metavar="FIELD")
    resolve.option(
        "--take",
        Phrase(
            "mine(이 컴퓨터의 값), theirs(다른 컴퓨터의 값), 또는 값 그대로",
            "mine, theirs, or the value itself",
        ),
        required=True,
        metavar="mine|theirs|VALUE",
    )


def _window(commands: Commands) -> None:
    _command(commands, "open", Phrase("창을 엽니다", "Open the window"), "window.open_it")
    pictures = _command(
        commands,
        "pictures",
        Phrase("모든 화면을 그림 파일로 그립니다", "Draw every page and dialog as a picture"),
        "window.pictures",
    )
    pictures.option(
        "--out",
        Phrase("그림을 넣을 폴더", "folder for the pictures"),
        required=True,
        type=_path,
        metavar="DIR",
    )
    pictures.option("--theme", Phrase("차림", "theme"), choices=("light", "dark", "sun"))
    pictures.option("--scale", Phrase("배율", "scale"), type=int, choices=(1, 2), default=1)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return min(number, _MOST)


_count.__name__ = "number"


def _path(text: str) -> str:
    """The name of a file as typed; an empty one (an unset variable) would mean the folder one stands in."""
    if not text.strip():
        raise ValueError(text)
    return text


_path.__name__ = "path"
