"""담당자: who works here; written into every save and on every report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from fieldlog.domain.phrase import Phrase
from fieldlog.services import opening
from fieldlog.ui.jobs import Write
from fieldlog.ui.pages.settings.part import Part
from fieldlog.ui.widgets.editors import ChoiceBox
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext

_TITLE: Final = Phrase("담당자", "Official")
_NAME: Final = Phrase("이름", "Name")
_RANK: Final = Phrase("직급", "Rank")
_DEPARTMENT: Final = Phrase("부서", "Department")
_HINT: Final = Phrase("기록과 보고서에 이 이름이 적힙니다.", "This name is written on records and reports.")
_NONE: Final = Phrase("선택 안 함", "None")
_WIDTH: Final = 280


class Person(Part):
    """Every field saves itself."""

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__(context.face, _TITLE)
        self._context = context
        self.name, self.rank = (
            Line(context.face, _NAME, longest=40),
            Line(context.face, _RANK, longest=40),
        )
        self.department = ChoiceBox()
        context.face.name(self.department, _DEPARTMENT)
        context.face.name(self.department.view(), _DEPARTMENT)
        for entry in (self.name, self.rank, self.department):
            entry.setMaximumWidth(_WIDTH)
        self.name.settled.connect(self._save)
        self.rank.settled.connect(self._save)
        self.department.activated.connect(self._save)
        self.add(_NAME, self.name, hint=_HINT)
        self.add(_RANK, self.rank)
        self.add(_DEPARTMENT, self.department)

    def show_now(self) -> None:
        """Show who works here, and the departments of the agency."""
        workspace = self._context.lanes.workspace
        official = workspace.official
        self.name.set_value(official.name)
        self.rank.set_value(official.rank)
        self.department.clear()
        self.department.addItem("", "")
        self.face.say(self.department.setItemText, _NONE, 0)
        for department in workspace.profile.departments.values():
            self.department.addItem("", department.code)
            self.face.say(self.department.setItemText, department.label, self.department.count() - 1)
        self.department.setCurrentIndex(max(0, self.department.findData(official.department)))
        for entry in (self.name, self.rank, self.department):
            entry.setEnabled(not workspace.read_only)

    def settle(self) -> None:
        """Save what is being written."""
        self.name.settle()
        self.rank.settle()

    def _save(self) -> None:
        official = replace(
            self._context.lanes.workspace.official,
            name=self.name.value().strip(),
            rank=self.rank.value().strip(),
            department=self.department.currentData() or "",
        )
        if official != self._context.lanes.workspace.official:
            Write(self._context.lanes, lambda w: opening.introduce(w, official)).start(self)
