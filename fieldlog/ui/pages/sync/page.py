"""동기화: join or make an office, bring the records together, and see what went and what came."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QSizePolicy, QStackedWidget, QWidget
from shiboken6 import isValid

from fieldlog.domain.errors import OfficeAway
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.phrase import Phrase
from fieldlog.services import syncing
from fieldlog.services.receipt_words import summed_up
from fieldlog.services.syncing import Standing
from fieldlog.ui.command import Command
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.jobs import Errand, Latest, Long, Note, Read, T, W
from fieldlog.ui.page import Page
from fieldlog.ui.pages.sync.choices import CREATE, JOIN, Choices
from fieldlog.ui.pages.sync.joined import Joined
from fieldlog.ui.pages.sync.receipts import Receipts
from fieldlog.ui.widgets.busy_bar import BusyBar
from fieldlog.ui.widgets.error_band import ErrorBand
from fieldlog.ui.widgets.parts import (
    button,
    column,
    framed,
    heighten,
    page_header,
    row,
    rule,
    scrolled,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.errors import Known
    from fieldlog.services.syncing import JoinedOffice, Synced
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.jobs import Report, Run, Step
    from fieldlog.ui.page import PageContext

TITLE: Final = Phrase("동기화", "Sync")
_NOW: Final = Phrase("지금 동기화", "Sync now")
_BEGINNING: Final = Phrase("사무실 폴더를 엽니다", "Opening the office folder")
_LOOKING: Final = Phrase("폴더를 확인합니다", "Looking at the folder")
_STOPPED: Final = Phrase(
    "멈추었습니다. 그때까지 주고받은 것은 그대로 남고, 다음 동기화가 이어서 합니다.",
    "Stopped. What had gone and come stays, and the next sync goes on from there.",
)
_MEANWHILE: Final = Phrase("동기화하는 동안에도 기록할 수 있습니다.", "You can go on recording meanwhile.")
_DONE: Final = Phrase("동기화했습니다: {summed}", "Synced: {summed}")
_READ_ONLY: Final = Phrase(
    "다른 창이 이 저장소를 쓰고 있어 여기서는 동기화할 수 없습니다.",
    "Another window is writing in this store: it cannot sync from here.",
)
_AGAIN: Final = Phrase("다시 시도", "Try again")
_ELSEWHERE: Final = Phrase("다른 경로에서 열기…", "Open it by another path…")
_FOLDER: Final = "sync/folder"
_WIDEST: Final = 760
_TALL: Final = 44
_SETTLE_MS: Final = 300


class Syncing(Long[W, T]):
    """A sync: what it brings is told to the bus stretch by stretch while it runs."""

    def tell(self, effects: Effects) -> None:
        """From the thread that works: something landed, also if it is stopped afterwards."""
        self._lanes.bring_home(lambda: self._lanes.bus.effects_happened.emit(effects, self))

    def _land(self, result: T, initiator: object) -> None:
        Errand._land(self, result, initiator)  # noqa: SLF001


class SyncPage(Page):
    """Either two ways into an office, or the office with its big action, what waits, and the receipts."""

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__()
        self._context, self._face = context, context.face
        self._reading = Latest()
        self._run: Run | None = None
        self._phase: Phrase | None = None
        self._held: QWidget | None = None
        self.standing = Standing(None)
        face = context.face
        self.choices, self.joined, self.receipts = Choices(face), Joined(face), Receipts(face)
        self.busy, self.told = BusyBar(face), ErrorBand(face)
        self.now = button(face, _NOW, self.sync, kind="primary", icon="refresh-cw")
        self.stopped = words(face, _STOPPED, wrap=True)
        self.meanwhile = words(face, _MEANWHILE, "small")
        self.again = button(face, _AGAIN, self.sync)
        self.elsewhere = button(face, _ELSEWHERE, self.ask_elsewhere, kind="link")
        self._read_only = words(face, _READ_ONLY, wrap=True)
        self._read_only.setProperty("tone", "warning")
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLE_MS)
        self._soon.timeout.connect(self.refresh)
        context.bus.effects_happened.connect(self._on_effects)

    # What the window asks

    def arrive(self, **_wanted: Any) -> None:
        """Look again."""
        self._read_only.setVisible(self._context.lanes.workspace.read_only)
        self._allow()
        self.refresh()

    def commands(self) -> Sequence[Command]:
        """Sync at once."""
        return (Command("sync.now", _NOW, self.sync, ("Ctrl+Shift+S",), "refresh-cw"),)

    def refresh(self) -> None:
        """Read how things stand; what is shown stays until it has come."""
        lanes = self._context.lanes
        if lanes.closed:
            return
        self._reading.start(Read(lanes, syncing.standing, lane=lanes.reading).done(self.show_standing), self)

    def show_standing(self, standing: Standing) -> None:
        """Show the office, what waits and the receipts, or the ways into an office."""
        came_in = self.standing.office is None and standing.office is not None
        self.standing = standing
        office, workspace = standing.office, self._context.lanes.workspace
        self._context.navigator.set_count("sync", standing.conflicts)
        self._head.setVisible(office is not None)
        self._stack.setCurrentIndex(0 if office is None else 1)
        if office is None:
            self.choices.show_now(
                agency=workspace.profile.agency.ko,
                practice=workspace.is_practice,
                may_join=self._may_begin,
            )
        else:
            self.joined.show_standing(office, standing)
            self.receipts.show_receipts(standing.receipts)
        self._allow()
        if came_in and self.isVisible():
            self.now.setFocus()

    # Into an office

    def ask_join(self) -> None:
        """Choose the folder of an office."""
        self._choose(JOIN, self.join_folder)

    def ask_create(self) -> None:
        """Choose an empty folder that becomes the office."""
        self._choose(CREATE, self.create_in)

    def ask_elsewhere(self) -> None:
        """Choose where the office is reached now: a drive may have another letter."""
        self._choose(_ELSEWHERE, self.sync_at)

    def join_folder(self, folder: str) -> None:
        """Join the office of a folder."""
        self._enter(lambda workspace: syncing.join_office(workspace, folder))

    def create_in(self, folder: str) -> None:
        """Make a folder an office, under the name that was written."""
        name = self.choices.name.value().strip()
        self._enter(lambda workspace: syncing.create_office(workspace, folder, name=name))

    def _choose(self, title: Phrase, use: Callable[[str], object]) -> None:
        asking = QFileDialog(self, self._face.said(title), self._context.memory.text(_FOLDER))
        asking.setFileMode(QFileDialog.FileMode.Directory)
        asking.setOption(QFileDialog.Option.ShowDirsOnly)
        asking.filesSelected.connect(partial(self._on_chosen, use))
        asking.finished.connect(asking.deleteLater)
        asking.open()

    def _on_chosen(self, use: Callable[[str], object], names: list[str]) -> None:
        if names:
            self._context.memory.put(_FOLDER, names[0])
            use(names[0])

    def _enter(self, verb: Callable[[Workspace], JoinedOffice]) -> None:
        if not self._may_begin:
            return
        lanes = self._context.lanes
        self._clear()
        job = Note(lanes, verb, lane=lanes.network).failed(self._on_failed)
        self.follow(job.start(self), _LOOKING)

    # A sync

    def sync(self) -> None:
        """Bring this store and its office together; the window stays free."""
        if self.standing.office is None:
            self.choices.join.setFocus()
            return
        self._begin(None)

    def sync_at(self, folder: str) -> None:
        """Meet the same office by another path."""
        self._begin(folder)

    def _begin(self, target: str | None) -> None:
        if not self._may_begin:
            return
        self._clear()

        def work(workspace: Workspace, report: Report) -> Synced:
            return syncing.sync(workspace, target, on_progress=report, on_landed=job.tell)

        lanes = self._context.lanes
        job: Syncing[Workspace, Synced] = Syncing(lanes, work, lane=lanes.network)
        job.progress(self._on_step).done(self._on_synced).failed(self._on_failed).stopped(self._on_stopped)
        self.follow(job.start(self), _BEGINNING)

    def _on_step(self, step: Step) -> None:
        if self._run is not None and step.doing != self._phase:  # each phase has its own amounts and time
            self._phase = step.doing
            self.busy.follow(self._run, step.doing)
        self.busy.show_step(step)

    def _on_synced(self, synced: Synced) -> None:
        if not self.isVisible():
            self._context.messages.tell(_DONE.fill(summed=summed_up(synced.receipt)))

    def _on_stopped(self) -> None:
        self.stopped.show()
        self._make_room()

    def _on_failed(self, error: Known) -> None:
        self.told.tell(error)
        joined = self.standing.office is not None
        self.again.setVisible(joined)
        self.elsewhere.setVisible(joined and isinstance(error, OfficeAway))
        self._make_room()
        if not self.isVisible():
            self._context.messages.show(error)

    def follow(self, run: Run, doing: Phrase) -> None:
        """Show work that was begun, until it is over; nothing else is begun meanwhile."""
        self._run, self._phase = run, doing
        run.when_over(self._on_over)  # before the bar goes, and the focus with it
        self.busy.follow(run, doing)
        self.meanwhile.setVisible(self.standing.office is not None)
        self._make_room()
        presses = (self.now, self.choices.join, self.choices.make)
        self._held = next((each for each in presses if each.hasFocus()), None)
        if self._held is not None:  # not to the next link, which a second Enter would follow
            self.setFocus()
        self._allow()

    def _on_over(self) -> None:
        """It ended, whichever way: also stopped too late to stop anything, and with the window gone."""
        self._run = None
        if not isValid(self):
            return
        here = QApplication.focusWidget()
        self.meanwhile.hide()
        self._make_room()
        self._allow()
        if self._held is not None and here in {None, self, self.busy.cancel}:
            self._held.setFocus()
        self.refresh()

    # How it is built

    @property
    def _may_begin(self) -> bool:
        return self._run is None and not self._context.lanes.workspace.read_only

    def _allow(self) -> None:
        self.now.setEnabled(self._may_begin)
        self.again.setEnabled(self._may_begin)
        self.choices.allow(may=self._may_begin)

    def _clear(self) -> None:
        self.told.clear()
        for each in (self.stopped, self.again, self.elsewhere):
            each.hide()
        self._make_room()

    def _make_room(self) -> None:
        told = self.told.error is not None or not self.stopped.isHidden()
        self._under_way.setVisible(told or self._run is not None)

    def _on_effects(self, _effects: object, _initiator: object) -> None:
        if self.isVisible() and self._run is None:
            self._soon.start()

    def _open_list(self) -> None:
        self._context.navigator.go("cases", asked=CaseFilter(in_conflict=True))

    def _build(self) -> None:
        face = self._face
        heighten(self.now, _TALL)
        face.keys.hint(face.say, self.now.setToolTip, _NOW, "sync.now")
        self.choices.join_asked.connect(self.ask_join)
        self.choices.create_asked.connect(self.ask_create)
        self.joined.list_asked.connect(self._open_list)
        self.joined.case_asked.connect(self._context.navigator.open_case)
        office = framed(column(self.joined, rule(), self.receipts, None, gap=PAGE_MARGIN), "clear")
        self._stack = QStackedWidget()
        for side in (framed(column(self.choices, None), "clear"), office):
            self._stack.addWidget(side)
        self._under_way = framed(
            column(self.busy, self.meanwhile, self.stopped, self.told, row(self.again, self.elsewhere, None)),
            "clear",
        )
        self._head = framed(row(self.joined.name, None, self.now), "clear")
        for hidden in (self._head, self.meanwhile):
            hidden.hide()
        self._clear()
        parts = (self._read_only, self._head, self._under_way, self._stack, None)
        inside = framed(column(*parts, gap=GROUP_GAP), "clear")
        inside.setMaximumWidth(_WIDEST)
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        body = row(inside, None)
        body.setStretch(0, 100)
        body.setContentsMargins(PAGE_MARGIN, GAP, PAGE_MARGIN, PAGE_MARGIN)
        header = page_header(face, TITLE)
        area: QWidget = scrolled(framed(body, "clear"))
        layout = column(header, area, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
