"""The checklist of a kind of visit: each answer is an observation of its own, tied to its item."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.acceptance import accept
from fieldlog.domain.registry.vocabularies import UNIT, VERDICT
from fieldlog.services import recording
from fieldlog.ui.face import GAP, mark
from fieldlog.ui.widgets.parts import column, row, words
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from fieldlog.domain.profile import AgencyProfile, ChecklistItem
    from fieldlog.domain.record import Record
    from fieldlog.domain.registry import Value
    from fieldlog.ui.case.open_case import OpenCase
    from fieldlog.ui.case.view import CaseView
    from fieldlog.ui.face import Face

_OBSERVATION: Final = REGISTRY.kind("observation")
_BETWEEN: Final = ": "
_ANSWER: Final = Phrase("{item} 답", "Answer: {item}")
_VERDICT: Final = Phrase("{item}: {verdict}", "{item}: {verdict}")


class Checklist(QWidget):
    """One line per item: an answer in words or a measured value, and pass, fail or not applicable."""

    def __init__(self, case: OpenCase, profile: AgencyProfile, parent: QWidget) -> None:
        super().__init__(parent)
        self._case, self._profile = case, profile
        self._lines: dict[str, CheckLine] = {}
        self._kind: str | None = None
        self._visit = ""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP + 4)

    def show_visit(self, view: CaseView, visit: Record) -> bool:
        """Show the items of the visit's kind with their answers; False if the kind has none."""
        kind = self._profile.visit_kinds.get(visit.text("visit_kind"))
        items = kind.checklist if kind else ()
        if visit.id != self._visit:
            self.settle()
            self._visit = visit.id
        if visit.text("visit_kind") != self._kind:
            self._kind = visit.text("visit_kind")
            self._draw(items)
        answers = {
            each.text("checklist_item"): each
            for each in view.sheet.of("observation")
            if each.text("visit_id") == visit.id and each.get("checklist_item")
        }
        for item in items:
            self._lines[item.id].show_answer(answers.get(item.id), read_only=view.read_only)
        return bool(items)

    def settle(self) -> None:
        """Save what is being written."""
        for line in self._lines.values():
            line.entry.settle()

    def _draw(self, items: tuple[ChecklistItem, ...]) -> None:
        for line in self._lines.values():
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = {}
        for item in items:
            line = CheckLine(self._case.face, item, self)
            line.answered.connect(partial(self._save, item))
            self._lines[item.id] = line
            self._layout.addWidget(line)

    def _save(self, item: ChecklistItem, values: dict[str, Value]) -> None:
        case, visit, line = self._case.id, self._visit, self._lines.get(item.id)
        answer = line.answer if line else None
        if case is None:
            return
        if answer is not None:
            self._case.write(
                lambda workspace: recording.revise(workspace, answer.id, values, seen=answer.seen)
            )
            return
        measured: dict[str, Value] = (
            {"unit": item.unit, "metric_code": item.text.ko[:60]} if item.unit else {}
        )
        whole: dict[str, Value] = {
            "visit_id": visit,
            "checklist_item": item.id,
            "kind": "MEASUREMENT" if item.unit else "FACT",
            "text": _asked(item),
            **measured,
            **values,
        }
        self._case.write(lambda workspace: recording.add_part(workspace, case, "observation", whole))


class CheckLine(QWidget):
    """One item; ``answered`` brings the fields of its observation that were just answered."""

    answered = Signal(object)

    def __init__(self, face: Face, item: ChecklistItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._face, self.item = face, item
        self.answer: Record | None = None
        self.entry = Line(face, _ANSWER.fill(item=item.text))
        self.entry.settled.connect(self._on_written)
        self.verdicts: dict[str, QToolButton] = {}
        for code, label in VERDICT.entries.items():
            made = QToolButton()
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            mark(made, toggle=True)
            face.say(made.setText, label)
            face.name(made, _VERDICT.fill(item=item.text, verdict=label))
            made.clicked.connect(partial(self._on_verdict, code))
            self.verdicts[code] = made
        unit = words(face, UNIT.entries.get(item.unit, plain("")), "muted")
        question = words(face, item.text, wrap=True)
        question.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = row(self.entry, unit, *self.verdicts.values(), gap=4)
        line.setStretch(0, 1)
        self.setLayout(column(question, line, gap=4))
        unit.setVisible(bool(item.unit))

    def show_answer(self, answer: Record | None, *, read_only: bool) -> None:
        """Show what was answered; while the entry is written in, it is left alone."""
        self.answer = answer
        if not (self.entry.hasFocus() and self.entry.is_unsettled()):
            self.entry.set_value(self._written(answer))
        self.entry.setReadOnly(read_only)
        verdict = answer.text("verdict") if answer else ""
        for code, made in self.verdicts.items():
            made.setChecked(code == verdict)
            made.setEnabled(not read_only)

    def _written(self, answer: Record | None) -> str:
        if answer is None:
            return ""
        if self.item.unit:
            value = answer.number("value_num")
            return "" if value is None else f"{value:g}"
        text, asked = answer.text("text"), _asked(self.item)
        if text == asked:
            return ""
        return text.removeprefix(asked + _BETWEEN)

    def _on_written(self, text: str) -> None:
        if self.item.unit:
            try:
                value = accept(_OBSERVATION.field("value_num"), text)
            except BadInput as error:
                mark(self.entry, wrong=True)
                self._face.say(self.entry.setToolTip, error.why)
                return
            mark(self.entry, wrong=False)
            shown = f"{_asked(self.item)} {text.strip()} {self._face.said(UNIT.entries[self.item.unit])}"
            self.answered.emit(
                {"value_num": value, "text": shown if value is not None else _asked(self.item)}
            )
        else:
            said = text.strip()
            self.answered.emit(
                {"text": f"{_asked(self.item)}{_BETWEEN}{said}" if said else _asked(self.item)}
            )

    def _on_verdict(self, code: str) -> None:
        on = self.verdicts[code].isChecked()
        self.answered.emit({"verdict": code if on else None})


def _asked(item: ChecklistItem) -> str:
    """The item as it stands before its answer in a record: in Korean, as the reports are."""
    return item.text.ko.rstrip("? ")
