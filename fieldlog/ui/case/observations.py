"""What was seen on a visit, kind by kind: facts, measurements, statements and opinions are never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.vocabularies import OBSERVATION_KIND, UNIT, VERDICT
from fieldlog.services import recording
from fieldlog.ui.case.part_list import PartList
from fieldlog.ui.case.record_form import RecordForm
from fieldlog.ui.case.wording import joined
from fieldlog.ui.face import GAP, GROUP_GAP
from fieldlog.ui.widgets.parts import button, column, framed, row, words
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import Record
    from fieldlog.domain.registry import Value
    from fieldlog.ui.case.open_case import OpenCase
    from fieldlog.ui.case.view import CaseView

_OBSERVATION: Final = REGISTRY.kind("observation")
_FIELDS: Final = {
    "FACT": ("text", "risk", "verdict"),
    "MEASUREMENT": ("text", "metric_code", "value_num", "unit", "instrument", "uncertainty", "verdict"),
    "STATEMENT": ("text",),
    "OPINION": ("text", "risk"),
}
_HINTS: Final = {
    "FACT": Phrase("눈으로 확인한 것을 쓰고 Enter", "What you saw, then Enter"),
    "MEASUREMENT": Phrase(
        "잰 것을 쓰고 Enter. 예: 깊이 6.5 cm", "What you measured, then Enter, e.g. depth 6.5 cm"
    ),
    "STATEMENT": Phrase(
        "들은 말을 쓰고 Enter. 이름은 쓰지 않습니다.", "What you were told, then Enter. No names."
    ),
    "OPINION": Phrase("조사자의 판단을 쓰고 Enter", "Your own judgement, then Enter"),
}
_ADD: Final = Phrase("{kind} 더하기", "Add: {kind}")
_LIST: Final = Phrase("{kind} 목록", "List: {kind}")
_COUNTED: Final = Phrase("{kind} {n}", "{kind} {n}")
_FOLD: Final = Phrase("고치기 마침", "Done editing")
_REMOVE: Final = Phrase("빼기", "Remove")
_REMOVED: Final = Phrase("관찰을 뺐습니다.", "The observation was removed.")
_WHY: Final = "관찰 뺌"


class Observations(QWidget):
    """Four blocks, one for each kind."""

    def __init__(self, case: OpenCase, parent: QWidget) -> None:
        super().__init__(parent)
        self._case = case
        self.blocks: dict[str, Block] = {}
        self._layout = column(gap=GROUP_GAP)
        self.setLayout(self._layout)

    def furnish(self, kind: str) -> None:
        """Put the block of a kind in its place."""
        self.blocks[kind] = Block(self._case, kind, self)
        self._layout.addWidget(self.blocks[kind])

    def show_visit(self, view: CaseView, visit: Record | None, *, loose: bool) -> None:
        """Show what was seen on a visit, or what belongs to none."""
        wanted = "" if loose or visit is None else visit.id
        seen = [each for each in view.sheet.of("observation") if each.text("visit_id") == wanted]
        for kind, block in self.blocks.items():
            block.show_seen(
                [each for each in seen if each.text("kind") == kind], visit.id if visit else None, view
            )

    def settle(self) -> None:
        """Save what is being written."""
        for block in self.blocks.values():
            block.settle()


class Block(QWidget):
    """The observations of one kind: a list, a line to add one, and the one that is being corrected."""

    def __init__(self, case: OpenCase, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._case, self._face, self._kind = case, case.face, kind
        self._visit: RecordId | None = None
        self._seen: dict[str, Record] = {}
        label = OBSERVATION_KIND.entries[kind]
        self._label = label
        self._title = words(self._face, label, "label")
        self.list = PartList(self._face, _LIST.fill(kind=label), most=5)
        self.list.itemActivated.connect(lambda _item: self._open())
        self.list.itemClicked.connect(lambda _item: self._open())
        self.entry = Line(
            self._face, _ADD.fill(kind=label), longest=_OBSERVATION.field("text").bounds.longest
        )
        self._face.say(self.entry.setPlaceholderText, _HINTS[kind])
        self.entry.entered.connect(self.add)
        self._editor: QWidget | None = None
        self._form: RecordForm | None = None
        self._layout = column(self._title, self.list, self.entry, gap=4)
        self.setLayout(self._layout)

    def show_seen(self, seen: list[Record], visit: RecordId | None, view: CaseView) -> None:
        """Show the observations of this kind."""
        if visit != self._visit:
            self._fold()
        self._visit = visit
        self._seen = {each.id: each for each in seen}
        self._face.say(self._title.setText, _COUNTED.fill(kind=self._label, n=len(seen) or ""))
        self.list.show_parts({each.id: _told(each) for each in seen})
        self.list.setVisible(bool(seen))
        self.entry.setVisible(not view.read_only)
        if self.list.current() not in self._seen:
            self._close()
        elif self._opened:
            self._show_open()

    def settle(self) -> None:
        """Save what is being written."""
        if self._opened and self._form is not None:
            self._form.settle()

    def add(self) -> None:
        """Save what is written as an observation of this kind."""
        case, text = self._case.id, self.entry.value().strip()
        if case is None or not text:
            return
        self.entry.set_value("")
        values: dict[str, Value] = {"kind": self._kind, "text": text, "visit_id": self._visit}
        self._case.write(
            lambda workspace: recording.add_part(
                workspace, case, "observation", {name: value for name, value in values.items() if value}
            )
        )

    def _open(self) -> None:
        if self.list.current() in self._seen:
            self.form.focus_field("text")
            self._show_open()

    @property
    def form(self) -> RecordForm:
        """The form that corrects one, made the first time and opened."""
        if self._form is None or self._editor is None:
            held = column(gap=GAP)
            self._editor = framed(held, "clear")
            self._layout.insertWidget(2, self._editor)
            fields = [_OBSERVATION.field(name) for name in _FIELDS[self._kind]]
            self._form = RecordForm(self._case, fields, columns=2, parent=self._editor)
            held.addWidget(self._form)
            fold = button(self._face, _FOLD, self._fold, kind="quiet", icon="check")
            self._take_away = button(self._face, _REMOVE, self._remove, kind="quiet", icon="trash-2")
            held.addLayout(row(fold, None, self._take_away))
        self._editor.show()
        return self._form

    @property
    def _opened(self) -> bool:
        return self._editor is not None and not self._editor.isHidden()

    def _show_open(self) -> None:
        view, record = self._case.view, self._seen.get(self.list.current() or "")
        if view is not None and record is not None:
            self.form.set_read_only(read_only=view.read_only)
            self._take_away.setVisible(not view.read_only)
            self.form.show_record(record, view.drafts.get(record.id))

    def _fold(self) -> None:
        self.settle()
        self._close()

    def _close(self) -> None:
        if self._editor is not None:
            self._editor.hide()

    def _remove(self) -> None:
        record = self._seen.get(self.list.current() or "")
        if record is not None:
            self._close()
            self._case.write(
                lambda workspace: recording.remove(workspace, record.id, _WHY),
                done=lambda _effects: self._case.context.messages.tell(_REMOVED, undo=self._case.undo),
            )


def _told(record: Record) -> Phrase:
    """An observation in one line: its text, what was measured if the text does not say it, its verdict."""
    text, value = record.text("text"), record.number("value_num")
    parts = [plain(" ".join(text.split()))]
    if value is not None and f"{value:g}" not in text:
        unit = UNIT.entries.get(record.text("unit"), plain(record.text("unit")))
        parts.append(Phrase(f"{value:g} {unit.ko}".strip(), f"{value:g} {unit.en}".strip()))
    if record.get("verdict"):
        parts.append(VERDICT.entries.get(record.text("verdict"), plain(record.text("verdict"))))
    return joined(" · ", parts)
