"""Importing cases from a file: one save per case; what cannot be taken is refused by name, the rest goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import AlreadyThere, BadInput, Known, NotFound
from fieldlog.domain.op import OpKind
from fieldlog.domain.phrase import Phrase
from fieldlog.exchange.case_file import CaseEntry, UnreadEntry, read_case_file
from fieldlog.services.checking import near_categories, refuse_missing
from fieldlog.services.numbering import new_number, noted
from fieldlog.services.recording import accepted
from fieldlog.storage.case_list import case_numbered
from fieldlog.storage.durable import disk_troubles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.registry import Value
    from fieldlog.services.workspace import Workspace

_RECEIVED: Final = "RECEIVED"


class Refused(Struct, frozen=True):
    """A case of the file that was not taken: its place in the file, its number, why."""

    index: int
    number: str
    trouble: Known


class Imported(Struct, frozen=True):
    """What became of a file: cases taken (number, id) and cases refused."""

    taken: tuple[tuple[str, RecordId], ...]
    refused: tuple[Refused, ...]


def import_cases(
    workspace: Workspace,
    file: Path,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Imported:
    """Import every case of a file in the shape ``fieldlog.sample/1``.

    A case whose number is already in the store is refused, so that a second import changes nothing.

    Raises:
        NotFound: There is no such file.
        BadInput: It is no case file.
    """
    entries = read_case_file(read_text(file), file.name)
    taken: list[tuple[str, RecordId]] = []
    refused: list[Refused] = []
    for done, entry in enumerate(entries):
        if is_cancelled():
            break
        if isinstance(entry, UnreadEntry):
            refused.append(Refused(entry.index, entry.number, entry.trouble))
        else:
            try:
                taken.append(import_entry(workspace, entry))
            except (BadInput, AlreadyThere) as trouble:
                refused.append(Refused(entry.index, entry.number, trouble))
        if on_progress:
            on_progress(done + 1, len(entries))
    return Imported(tuple(taken), tuple(refused))


def read_text(file: Path) -> str:
    """The text of a file that a person chose.

    Raises:
        NotFound: There is no such file.
        BadInput: It is no text.
    """
    if not file.is_file():
        raise NotFound(
            Phrase("파일을 찾지 못했습니다: {path}", "No such file: {path}").fill(path=file),
            Phrase("그 자리에 파일이 없습니다.", "There is no file there."),
            Phrase("경로를 확인해 주십시오.", "Please check the path."),
        )
    with disk_troubles(file):
        data = file.read_bytes()
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(
        Phrase("파일을 읽을 수 없습니다: {name}", "The file cannot be read: {name}").fill(name=file.name),
        Phrase("글자 부호를 알 수 없습니다.", "Its character encoding is unknown."),
        Phrase("UTF-8로 저장해 주십시오.", "Please save it as UTF-8."),
    )


def import_entry(workspace: Workspace, entry: CaseEntry, *, with_photos: bool = True) -> tuple[str, RecordId]:
    """Import one case with its parts as one save.

    Raises:
        AlreadyThere: A case of that number is in the store.
        BadInput: A value cannot be taken; nothing of the case was saved.
    """
    with workspace.store.alone():
        return _import_entry(workspace, entry, with_photos=with_photos)


def _import_entry(workspace: Workspace, entry: CaseEntry, *, with_photos: bool) -> tuple[str, RecordId]:
    if entry.number and case_numbered(workspace.store.reader(), entry.number) is not None:
        raise AlreadyThere(
            Phrase("가져오지 않았습니다: {number}", "Not imported: {number}").fill(number=entry.number),
            Phrase("같은 번호의 사안이 이미 있습니다.", "A case of that number is already here."),
            Phrase("있는 사안을 고치거나 번호를 바꾸십시오.", "Change the case that is here, or the number."),
        )
    case = workspace.mint.record_id()
    values = _case_values(workspace, entry)
    edits = [Edit(record=case, kind="case", values=values)]
    parts = list(entry.parts)
    if with_photos:
        parts.extend(("photo", photo.values) for photo in entry.photos)
    for kind, raw in parts:
        known = dict(raw)
        if kind == "visit" and not known.get("visit_kind"):
            category = workspace.profile.category(str(values["category_code"]))
            known["visit_kind"] = category.visit_kind if category else "V_PATROL"
        if kind == "alternative":
            known["weights"] = {criterion.code: criterion.weight for criterion in workspace.profile.criteria}
        taken = {
            name: value
            for name, value in accepted(kind, {**known, "case_id": case}).items()
            if value is not None
        }
        refuse_missing(kind, taken)
        edits.append(Edit(record=workspace.mint.record_id(), kind=kind, values=taken))
    number = str(values["case_no"])
    workspace.keep(edits, kind=OpKind.IMPORT, notes=noted(workspace, number))
    return number, case


def _case_values(workspace: Workspace, entry: CaseEntry) -> dict[str, Value]:
    raw: dict[str, Value] = {"channel": "IMPORT", "stage": _RECEIVED, **entry.values}
    category = workspace.profile.category(str(raw["category_code"]))
    if category is None:
        raise BadInput(
            Phrase("가져오지 않았습니다: {number}", "Not imported: {number}").fill(number=entry.number),
            Phrase("없는 분류입니다: {code}", "No such category: {code}").fill(code=raw["category_code"]),
            Phrase(
                "기관설정에 분류를 더하거나 코드를 고치십시오. 가까운 것: {some}",
                "Add the category to the profile, or correct the code. Close to it: {some}",
            ).fill(some=near_categories(workspace, str(raw["category_code"]))),
        )
    raw.setdefault("severity", str(category.severity))
    raw.setdefault("urgency", category.urgency)
    raw.setdefault("disclosure", category.disclosure)
    raw.setdefault("retention", workspace.profile.retention)
    raw["lead_dept_id"] = _department(workspace, str(raw.get("lead_dept_id") or ""))
    if not raw.get("case_no"):
        raw["case_no"] = new_number(workspace, received=True, at=workspace.now())
    values: dict[str, Value] = {
        name: value for name, value in accepted("case", raw).items() if value is not None
    }
    refuse_missing("case", values)
    due_at = workspace.store.derive(values).get("due_at")
    if due_at and values.get("period_unit"):
        values["original_due_at"] = due_at
    return values


def _department(workspace: Workspace, name: str) -> str | None:
    """The code of a department that is written by its name; a stranger's name stays as it is."""
    for code, department in workspace.profile.departments.items():
        if name in {code, department.label.ko, department.label.en}:
            return code
    return name or None
