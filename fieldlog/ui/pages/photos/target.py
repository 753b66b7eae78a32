"""Where new photographs go: a case that is there, or a new one recorded with a title and a category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QWidget

from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.ids import RecordId
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import browsing
from fieldlog.ui.case.photo_tools import PhaseSwitch
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.jobs import Latest, Read
from fieldlog.ui.widgets.case_finder import CaseFinder
from fieldlog.ui.widgets.editors import ChoiceBox
from fieldlog.ui.widgets.parts import button, column, framed, row, words
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fieldlog.domain.record import CaseRow
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext

_TITLE: Final = Phrase("사진 추가", "Add photos")
_HERE: Final = Phrase("있는 사안에 추가", "Add to a case")
_NEW: Final = Phrase("새 사안으로 기록", "Record a new case")
_CHOSEN: Final = Phrase("{number}  {title}", "{number}  {title}")
_NO_CASE: Final = Phrase("아직 고른 사안이 없습니다.", "No case is chosen yet.")
_NAME: Final = Phrase("제목", "Title")
_CATEGORY: Final = Phrase("분류", "Category")
_PHASE: Final = Phrase("단계", "Phase")
_ADD: Final = Phrase("추가", "Add")
_CANCEL: Final = Phrase("취소", "Cancel")
_FOUND_AT_ONCE: Final = 8
_SHORTEST: Final = 2
_LONGEST: Final = 100


class Target(Struct, frozen=True):
    """Where photographs go: a ``case``, or a new one of ``title`` and ``category``."""

    phase: str
    case: RecordId | None = None
    title: str = ""
    category: str = ""


class TargetWindow(QDialog):
    """Asks once; ``chosen`` brings the Target."""

    chosen = Signal(object)

    def __init__(
        self, context: PageContext[Workspace], case: tuple[str, Phrase] | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._face = context, context.face
        self._case = RecordId(case[0]) if case else None
        self._latest = Latest()
        face = context.face
        face.say(self.setWindowTitle, _TITLE)
        face.name(self, _TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        self.here, self.new = QRadioButton(), QRadioButton()
        self._ways = QButtonGroup(self)
        for way, phrase in ((self.here, _HERE), (self.new, _NEW)):
            face.say(way.setText, phrase)
            face.name(way, phrase)
            self._ways.addButton(way)
        self.shown = words(face, case[1] if case else _NO_CASE, "lead", wrap=True)
        self.finder = CaseFinder(face, self._find, shows_recent=case is None)
        self.finder.picked.connect(self._on_picked)
        self.title = Line(face, _NAME, longest=_LONGEST)
        self.category = self._categories()
        self.phase = PhaseSwitch(face)
        self._build()
        self.here.setChecked(True)
        self._on_way()
        self.finder.refresh()

    def _categories(self) -> ChoiceBox:
        box, profile = ChoiceBox(), self._context.lanes.workspace.profile
        self._face.name(box, _CATEGORY)
        self._face.name(box.view(), _CATEGORY)
        active = [code for code, category in profile.categories.items() if category.active]
        for code in dict.fromkeys((*profile.favourites, *active)):
            category = profile.category(code)
            if category is not None:
                box.addItem("", code)
                self._face.say(box.setItemText, category.label, box.count() - 1)
        return box

    def _build(self) -> None:
        face = self._face
        self._existing = framed(column(self.shown, self.finder, gap=GAP), "clear")
        fields = (words(face, _NAME, "label"), self.title, words(face, _CATEGORY, "label"), self.category)
        self._fresh = framed(column(*fields, gap=4), "clear")
        self.add = button(face, _ADD, self._take, kind="primary")
        foot = row(None, button(face, _CANCEL, self.reject), self.add)
        head = words(face, _TITLE, "title")
        ways = row(self.here, self.new, None, gap=GROUP_GAP)
        phase = row(words(face, _PHASE, "label"), self.phase, None, gap=GAP + 4)
        parts = (head, ways, self._existing, self._fresh, phase, None, foot)
        self.setLayout(column(*parts, gap=GROUP_GAP, margin=PAGE_MARGIN))
        self._ways.buttonClicked.connect(self._on_way)
        self.title.live_changed.connect(lambda _text: self._judge())
        self.title.entered.connect(self._take)

    def _find(self, typed: str, show: Callable[[Sequence[CaseRow]], None]) -> None:
        lanes, asked = self._context.lanes, CaseFilter(query=typed)
        read = Read(lanes, lambda w: browsing.list_cases(w, asked, limit=_FOUND_AT_ONCE), lane=lanes.reading)
        self._latest.start(read.done(lambda page: show(page.cases)), self)

    def _on_picked(self, case: CaseRow) -> None:
        self._case = case.id
        self._face.say(self.shown.setText, _CHOSEN.fill(number=case.case_no, title=case.title))
        self.finder.set_shows_recent(shows=False)
        self._judge()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_way(self) -> None:
        self._existing.setVisible(self.here.isChecked())
        self._fresh.setVisible(self.new.isChecked())
        if self.new.isChecked():
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self._judge()
        self.adjustSize()

    def _judge(self) -> None:
        titled = len(self.title.live_text().strip()) >= _SHORTEST
        self.add.setEnabled(titled if self.new.isChecked() else self._case is not None)

    def _take(self) -> None:
        self.title.settle()
        self._judge()
        if not self.add.isEnabled():
            return
        if self.new.isChecked():
            code = str(self.category.currentData())
            self.chosen.emit(Target(self.phase.phase, None, self.title.value().strip(), code))
        else:
            self.chosen.emit(Target(self.phase.phase, self._case))
        self.accept()


def named(number: str, title: str) -> Phrase:
    """A case as it is shown here."""
    return _CHOSEN.fill(number=plain(number), title=plain(title))
