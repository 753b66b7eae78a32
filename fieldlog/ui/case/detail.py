"""The open case: head, progress, and the tabs in the order in which a problem is solved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabBar, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import moving
from fieldlog.ui.case.actions import Actions
from fieldlog.ui.case.conflicts import Conflicts
from fieldlog.ui.case.header import CaseHeader
from fieldlog.ui.case.history import History
from fieldlog.ui.case.move_window import MoveWindow, goes_at_once
from fieldlog.ui.case.open_case import OpenCase
from fieldlog.ui.case.overview import Overview
from fieldlog.ui.case.photos import Photos
from fieldlog.ui.case.progress import Progress
from fieldlog.ui.case.solving import Causes, Effect, Partners
from fieldlog.ui.case.visits import Visits
from fieldlog.ui.command import Command
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.page import CasePage
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.parts import button, column, framed, row, rule, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QChildEvent
    from PySide6.QtGui import QHideEvent

    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.services.moving import Way
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.case.tab import CaseTab
    from fieldlog.ui.case.view import CaseView
    from fieldlog.ui.page import PageContext

_TABS: Final[tuple[tuple[str, Phrase, type[CaseTab]], ...]] = (
    ("overview", Phrase("개요", "Overview"), Overview),
    ("visits", Phrase("현장방문", "Visits"), Visits),
    ("photos", Phrase("사진", "Photos"), Photos),
    ("causes", Phrase("원인·대안", "Causes"), Causes),
    ("partners", Phrase("협업", "Partners"), Partners),
    ("actions", Phrase("조치", "Actions"), Actions),
    ("effect", Phrase("성과·사후", "Effect"), Effect),
    ("history", Phrase("이력", "History"), History),
)
_OWNERS: Final = {
    "visit": "visits",
    "observation": "visits",
    "photo": "photos",
    "pii_review": "photos",
    "cause": "causes",
    "alternative": "causes",
    "chosen_reason": "causes",
    "decision": "causes",
    "alert": "partners",
    "collab_request": "partners",
    "action": "actions",
    "outcome": "effect",
    "followup": "effect",
    "comment": "history",
}
"""Parts that a next step may ask for, and the tab where each is written."""
_NAME: Final = Phrase("사안 내용", "Parts of the case")
_CLOSED: Final = Phrase("종결된 사안입니다. 읽기만 할 수 있습니다.", "This case is closed and read-only.")
_LOCKED: Final = Phrase(
    "다른 창이 쓰고 있어 읽기만 할 수 있습니다.", "Another window is writing; here it is read-only."
)
_REOPEN: Final = Phrase("재개", "Reopen")
_GONE: Final = Phrase("이 사안은 더 이상 없습니다.", "This case is no longer here.")
_CLOSE: Final = Phrase("닫기", "Close")
_VISIT: Final = Phrase("새 방문", "New visit")
_MOVED: Final = Phrase("{stage:으로} 옮겼습니다.", "Moved to: {stage}.")


class CaseDetail(CasePage):
    """One case beside its list; made once and shown for every case that is opened."""

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__()
        self._context, self._face = context, context.face
        self.case = OpenCase(context, self)
        self.header, self.progress = CaseHeader(context.face), Progress(self.case)
        self.conflicts = Conflicts(self.case)
        self._tabs: dict[str, CaseTab] = {}
        self._profile: AgencyProfile | None = None
        self._wanted: str | None = None
        self._build()
        self.header.close_asked.connect(context.navigator.close_case)
        self.header.undo_asked.connect(self.case.undo)
        self.header.report_asked.connect(self._report)
        self.case.shown.connect(self._on_shown)
        self.case.gone.connect(lambda: self._whole.setCurrentWidget(self._gone))
        self.case.wanted.connect(self.focus_field)
        self.case.reason_asked.connect(self._move)

    # What the window asks

    def show_case(self, case_id: str, *, field: str | None = None) -> None:
        """Show a case, with the cursor in a field if one is named."""
        self._wanted = field
        if case_id != self.case.id:
            self._whole.setCurrentWidget(self._waiting)
        self.case.open(case_id)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Closing the case ends the look at it; a window that is made small does not."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.case.leave()

    def childEvent(self, event: QChildEvent) -> None:  # noqa: N802
        """Dress what opens over the case: the page itself wears nothing, only its parts do."""
        super().childEvent(event)
        if event.polished() and isinstance(opened := event.child(), QDialog):
            self._face.wardrobe.dress(opened)

    def settle(self) -> None:
        """Save what is being written in any tab."""
        for tab in self._tabs.values():
            if tab.built:
                tab.settle()

    def escape(self) -> bool:
        """Close what is innermost in the tab shown."""
        tab = self._tab()
        return tab is not None and tab.built and tab.escape()

    def commands(self) -> Sequence[Command]:
        """Undo, the report, the next step, and going through the tabs."""
        return (
            Command("undo", Phrase("되돌리기", "Undo"), self.case.undo, ("Ctrl+Z",), "undo-2"),
            Command(
                "case.report",
                Phrase("이 사안의 보고서", "Report on this case"),
                self._report,
                ("Ctrl+P",),
                "file-text",
            ),
            Command(
                "case.move",
                Phrase("다음 단계로 옮기기", "Move to the next stage"),
                self.progress.go_on,
                (),
                "check",
            ),
            Command("case.visit", _VISIT, self._add_visit, ("Ctrl+Shift+V",), "plus"),
            Command(
                "case.tab.next",
                Phrase("다음 탭", "Next tab"),
                lambda: self._turn(1),
                ("Ctrl+PgDown",),
                "chevron-right",
            ),
            Command(
                "case.tab.previous",
                Phrase("이전 탭", "Previous tab"),
                lambda: self._turn(-1),
                ("Ctrl+PgUp",),
                "chevron-left",
            ),
        )

    def focus_field(self, name: str) -> bool:
        """Take the person to a field or a part, whichever tab it is in."""
        first = _OWNERS.get(name, "overview")
        self.show_tab(first)
        tab = self._tab()
        if tab is None:
            return False
        fresh = not tab.built
        tab.finish()
        if fresh:  # what was made just now can take the cursor only once it is shown
            QTimer.singleShot(0, tab, lambda: tab.focus_field(name))
        return tab.focus_field(name)

    def show_tab(self, key: str) -> None:
        """Show a tab; it is made the first time."""
        self.bar.setCurrentIndex(next(at for at, each in enumerate(_TABS) if each[0] == key))

    # How it is built

    def _build(self) -> None:
        face = self._face
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        face.name(self.bar, _NAME)
        for _key, title, _make in _TABS:
            face.say(self.bar.setTabText, title, self.bar.addTab(""))
        self.bar.currentChanged.connect(self._on_tab)
        self._stack = QStackedWidget()
        self._notice = words(face, plain(""), wrap=True)
        self._reopen = button(face, _REOPEN, self._ask_reopening)
        notice = row(self._notice, self._reopen)
        notice.setContentsMargins(12, 4, 4, 4)
        notice.setStretch(0, 1)
        self._notice_band = framed(notice, "clear")
        self._notice_band.setProperty("band", "neutral")
        self._notice_band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top = column(self.header, self.progress, self.conflicts, self._notice_band, gap=GAP + 4)
        top.setContentsMargins(PAGE_MARGIN, GROUP_GAP, GROUP_GAP, GAP)
        tabs = row(self.bar)
        tabs.setContentsMargins(GROUP_GAP, 0, GAP, 0)
        tabs.setSpacing(0)
        head, bar = framed(top, "clear"), framed(column(tabs, rule(), gap=0), "clear")
        bar.setObjectName("caseTabs")
        shown = column(head, bar, self._stack, gap=0)
        shown.setStretch(2, 1)
        self._shown = framed(shown, "clear")
        self._waiting = QWidget()
        self._gone = EmptyState(
            face, "folder-open", _GONE, action=(_CLOSE, self._context.navigator.close_case)
        )
        self._whole = QStackedWidget()
        for each in (self._waiting, self._shown, self._gone):
            self._whole.addWidget(each)
        for part in (head, bar, self._gone):
            face.wardrobe.dress(part)
        self.setLayout(column(self._whole))

    # What it does

    def _on_shown(self, view: CaseView) -> None:
        if self._profile is not view.profile:
            self._forget_tabs()
            self._profile = view.profile
        self.header.show_view(view)
        self.progress.show_view(view)
        self.conflicts.show_view(view)
        self._notice_band.setVisible(view.read_only)
        self._face.say(self._notice.setText, _LOCKED if view.locked else _CLOSED)
        self._reopen.setVisible(view.closed and not view.locked)
        self._whole.setCurrentWidget(self._shown)
        for tab in self._tabs.values():
            tab.outdate()
        self._on_tab(self.bar.currentIndex())
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.focus_field(wanted)

    def _forget_tabs(self) -> None:
        for tab in self._tabs.values():
            self._stack.removeWidget(tab)
            tab.deleteLater()
        self._tabs.clear()

    def _on_tab(self, at: int) -> None:
        if self.case.view is None or self._profile is None:
            return
        key, _title, make = _TABS[at]
        if key not in self._tabs:
            self._tabs[key] = make(self.case, self._profile, self._stack)
            self._stack.addWidget(self._tabs[key])
        self._stack.setCurrentWidget(self._tabs[key])
        self._tabs[key].look()

    def _tab(self) -> CaseTab | None:
        return self._tabs.get(_TABS[self.bar.currentIndex()][0])

    def _add_visit(self) -> None:
        self.show_tab("visits")
        tab = self._tab()
        if isinstance(tab, Visits) and self.case.view is not None and not self.case.view.read_only:
            tab.finish()
            tab.add()

    def _turn(self, by: int) -> None:
        self.bar.setCurrentIndex((self.bar.currentIndex() + by) % len(_TABS))
        self.bar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _move(self, way: Way) -> None:
        case_id = self.case.id
        if case_id is None:
            return
        self.settle()
        if not goes_at_once(way):
            MoveWindow(self.case, way, self).open()
            return
        end = way.move.end
        self.case.write(
            lambda workspace: moving.move_case(workspace, case_id, end.value),
            done=lambda _effects: self._context.messages.tell(
                _MOVED.fill(stage=end.label), undo=self.case.undo
            ),
        )

    def _ask_reopening(self) -> None:
        self.progress.go_on()

    def _report(self) -> None:
        if self.case.id is not None:
            self._context.navigator.go("reports", cases=[self.case.id])
