"""사안: the list of cases, searched and filtered, with the open case beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget

from fieldlog.domain.effects import Effects
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import browsing, recording
from fieldlog.services.browsing import CaseWindow
from fieldlog.ui.command import Command
from fieldlog.ui.face import GAP, PAGE_MARGIN
from fieldlog.ui.jobs import Read, Write
from fieldlog.ui.models.case_table import CaseTable
from fieldlog.ui.page import Page
from fieldlog.ui.pages.cases.filter_bar import FilterBar
from fieldlog.ui.pages.cases.name_window import NameWindow
from fieldlog.ui.pages.cases.table import CaseList
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.parts import button, column, page_header, row, tool, words
from fieldlog.ui.widgets.search_field import SearchField
from fieldlog.ui.window import NARROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.pages.cases.filter_bar import Saved

TITLE: Final = Phrase("사안", "Cases")
_SEARCH: Final = Phrase("사안 찾기", "Find cases")
_HINT: Final = Phrase("제목, 번호, 장소, 초성", "Title, number, place, initials")
_REPORT: Final = Phrase("보고서 만들기", "Make a report")
_NEW: Final = Phrase("새 사안", "New case")
_COLUMNS: Final = Phrase("열 고르기", "Choose columns")
_COUNT: Final = Phrase("{n}건", "{n} cases")
_AT_LEAST: Final = Phrase("{n}건 이상, 세는 중", "{n} cases or more, counting")
_CHOSEN: Final = Phrase("{count} · {chosen}건 선택", "{count} · {chosen} selected")
_NONE_YET: Final = Phrase("아직 사안이 없습니다.", "There are no cases yet.")
_NONE_YET_HINT: Final = Phrase("현장에서 본 것을 바로 기록합니다.", "Record what you see on site.")
_QUICK: Final = Phrase("빠른 기록", "Quick record")
_NONE_FOUND: Final = Phrase("조건에 맞는 사안이 없습니다.", "No case fits.")
_SHOW_ALL: Final = Phrase("모든 사안 보기", "Show all cases")
_GRADED: Final = Phrase("{n}건의 심각도를 바꾸었습니다.", "Severity changed in {n} cases.")
_SAVED: Final = Phrase("필터를 저장했습니다: {name}", "Filter saved: {name}")
_SETTLE_MS: Final = 120


class CasesPage(Page):
    """Search, filter, sort, choose; what is chosen opens beside."""

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__()
        self._context, self._face = context, context.face
        self._asked = CaseFilter()
        self._total: tuple[int, bool] = (0, False)
        self.model: CaseTable[Workspace] = CaseTable(
            context.face, context.lanes, context.bus, CaseWindow, self
        )
        self.list = CaseList(context.face, context.memory, self.model)
        self.search = SearchField(context.face, _SEARCH, _HINT)
        context.face.keys.hint(context.face.say, self.search.setPlaceholderText, _HINT, "find")
        self.filters = FilterBar(context.face)
        self.filters.setParent(self)
        self._build()
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(_SETTLE_MS)
        self._opening.timeout.connect(self._open_reached)
        self._connect()

    # What the window asks

    def arrive(self, **wanted: Any) -> None:
        """Show the list; ``asked`` is a filter, ``query`` a text to search for."""
        workspace = self._context.lanes.workspace
        self.filters.know(workspace.profile, workspace.official.name)
        self._read_saved()
        asked = wanted.get("asked")
        if isinstance(asked, CaseFilter):
            self.show_filter(asked)
        elif "query" in wanted:
            self.show_filter(CaseFilter(query=str(wanted["query"])))
        elif self.model.asked is None:
            self.show_filter(self._asked)

    def focus_search(self) -> bool:
        """Ctrl+F, F3."""
        self.search.begin()
        return True

    def step(self, by: int) -> bool:
        """The next or previous case of the list."""
        if not self.model.rowCount():
            return False
        here = self.list.currentIndex()
        wanted = here.row() + by if here.isValid() else 0
        if not 0 <= wanted < self.model.rowCount():
            return True
        self.list.selectRow(wanted)
        self.list.scrollTo(self.model.index(wanted, 0))
        self._open(wanted)
        return True

    def commands(self) -> Sequence[Command]:
        """A new case, a report on what is chosen."""
        return (
            Command("cases.new", _NEW, self._context.navigator.quick_record, ("Ctrl+N",), "plus"),
            Command("cases.report", _REPORT, self.report, ("Ctrl+Shift+P",), "file-text"),
            Command(
                "cases.list",
                Phrase("목록으로 가기", "Go to the list"),
                self._enter_list,
                ("Ctrl+L",),
                "folder-open",
            ),
        )

    # What the person does

    def show_filter(self, asked: CaseFilter) -> None:
        """Show other cases."""
        self._asked = asked
        self.search.set_value(asked.query)
        self.list.title.seek(asked.query)
        self.filters.show_filter(asked)
        self.model.show_filter(asked)
        self.list.show_sort(*self.model.shown_sort())

    def chosen(self) -> list[RecordId]:
        """The cases chosen in the list, in its order."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [case for row in rows if (case := self.model.case_at(row)) is not None]

    def report(self) -> None:
        """Go to the reports with what is chosen."""
        if cases := self.chosen():
            self._context.navigator.go("reports", cases=cases)

    def grade(self, severity: int) -> None:
        """Give every chosen case this severity, each as a save of its own."""
        cases = self.chosen()
        if not cases or self._context.lanes.workspace.read_only:
            return

        def verb(workspace: Workspace) -> Effects:
            effects = Effects()
            for case in cases:
                effects |= recording.revise(workspace, case, {"severity": str(severity)})
            return effects

        write = Write(self._context.lanes, verb)
        write.done(lambda _effects: self._context.messages.tell(_GRADED.fill(n=len(cases)))).start(self)

    # How it is built

    def _build(self) -> None:
        face = self._face
        self._report = button(face, _REPORT, self.report, icon="file-text")
        self._report.setEnabled(False)
        new = button(face, _NEW, self._context.navigator.quick_record, kind="primary", icon="plus")
        columns = tool(face, "columns-2", _COLUMNS, self._choose_columns, colour="muted")
        self._columns = columns
        self._count = words(face, plain(""), "muted")
        above = column(
            row(self.search, self.filters.choose, self.filters.saved, columns, gap=GAP),
            self.filters.chips,
            self._count,
            gap=GAP,
        )
        above.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        self._none_yet = EmptyState(
            face,
            "folder-open",
            _NONE_YET,
            hint=_NONE_YET_HINT,
            action=(_QUICK, self._context.navigator.quick_record),
        )
        self._none_found = EmptyState(
            face, "search", _NONE_FOUND, action=(_SHOW_ALL, lambda: self.show_filter(CaseFilter()))
        )
        self._stack = QStackedWidget()
        for each in (self.list, self._none_yet, self._none_found):
            self._stack.addWidget(each)
        whole = column(page_header(face, TITLE, self._report, new), above, self._stack, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.search.searched.connect(lambda typed: self.show_filter(replace(self._asked, query=typed)))
        self.filters.changed.connect(self.show_filter)
        self.filters.save_asked.connect(self._ask_name)
        self.filters.forget_asked.connect(self._forget)
        self.model.counted.connect(self._on_counted)
        self.model.asked_changed.connect(self._on_sorted)
        self.list.reached.connect(lambda _row: self._opening.start())
        self.list.opened.connect(lambda row: self._open(row, field="title"))
        self.list.graded.connect(self.grade)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._say_count())
        self._context.bus.effects_happened.connect(self._on_effects)

    # What comes back

    def _on_counted(self, count: int, whole: bool) -> None:  # noqa: FBT001
        self._total = (count, whole)
        filtered = self._asked.as_tree().keys() - {"sort", "descending"}
        empty = self._none_found if filtered else self._none_yet
        self._stack.setCurrentWidget(self.list if count or not whole else empty)
        self._say_count()

    def _say_count(self) -> None:
        count, whole = self._total
        chosen = len(self.list.selectionModel().selectedRows())
        said = (_COUNT if whole else _AT_LEAST).fill(n=f"{count:,}")
        self._face.say(self._count.setText, _CHOSEN.fill(count=said, chosen=chosen) if chosen > 1 else said)
        self._report.setEnabled(chosen > 0)

    def _on_sorted(self, asked: CaseFilter) -> None:
        self._asked = asked
        self.filters.show_filter(asked)

    def _on_effects(self, effects: Effects | None, _initiator: object) -> None:
        if effects is not None and "saved_filter" in effects.kinds:
            self._read_saved()

    # Opening

    def _open_reached(self) -> None:
        """The list has come to rest on a case: open it beside, where there is a beside."""
        here = self.list.currentIndex()
        if here.isValid() and self.isVisible() and self.window().width() >= NARROW:
            self._open(here.row())

    def _open(self, row_at: int, *, field: str | None = None) -> None:
        self._opening.stop()
        case = self.model.case_at(row_at)
        if case is not None:
            self._context.navigator.open_case(case, field=field)

    def _enter_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.list.currentIndex().isValid() and self.model.rowCount():
            self.list.selectRow(0)

    # Saved filters

    def _read_saved(self) -> None:
        read: Read[Workspace, Sequence[Saved]] = Read(
            self._context.lanes, browsing.saved_filters, lane=self._context.lanes.reading
        )
        read.done(self.filters.show_saved).start(self)

    def _ask_name(self) -> None:
        NameWindow(self._face, self._save_filter, self).open()

    def _save_filter(self, name: str) -> None:
        asked = self._asked
        write = Write(self._context.lanes, lambda workspace: browsing.save_filter(workspace, name, asked))
        write.done(lambda _saved: self._context.messages.tell(_SAVED.fill(name=name))).start(self)

    def _forget(self, record: RecordId) -> None:
        self._write(lambda workspace: browsing.forget_filter(workspace, record))

    def _write(self, verb: Any) -> None:
        Write(self._context.lanes, verb).start(self)

    def _choose_columns(self) -> None:
        menu = self.list.column_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._columns.mapToGlobal(self._columns.rect().bottomLeft()))
