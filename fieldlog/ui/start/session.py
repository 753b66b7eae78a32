"""One run of the window: which store is open, what stands before it, and how everything ends in order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from fieldlog.domain.errors import KeyMissing, KeyWrong, Known, StoreBusy
from fieldlog.domain.phrase import Phrase
from fieldlog.services import capture_drafts, locking, opening
from fieldlog.services.workspace import Official
from fieldlog.ui.bus import Bus
from fieldlog.ui.jobs import Errand, Lanes, Long, Read, Step, stopped_by_hand
from fieldlog.ui.messages import Messages
from fieldlog.ui.tidying import Tidying

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from fieldlog.domain.ids import RecordId
    from fieldlog.services.capturing import Filed
    from fieldlog.services.offering import Offer
    from fieldlog.services.opening import Environment
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.face import Face
    from fieldlog.ui.jobs import Report, Run
    from fieldlog.ui.memory import Memory
    from fieldlog.ui.start.doorway import Doorway
    from fieldlog.ui.start.new_store import NewStore
    from fieldlog.ui.window import MainWindow

_PATIENCE_MS: Final = 400
_OPENING: Final = Phrase("저장소를 엽니다", "Opening the store")
_UPGRADING: Final = Phrase("저장소를 새 판에 맞춥니다", "Bringing the store up to date")
_MAKING: Final = Phrase("저장소를 만듭니다", "Making the store")
_PRACTICE: Final = Phrase("연습 저장소를 만듭니다", "Making the practice store")
_FILING: Final = Phrase("사진을 넣습니다", "Adding photos")
_READ_ONLY: Final = Phrase("읽기 전용으로 열기", "Open read-only")
_AGAIN: Final = Phrase("다시 시도", "Try again")
_QUIT: Final = Phrase("끝내기", "Quit")
_BACK: Final = Phrase("처음으로", "Back to the beginning")


class Session(QObject):
    """Opens a store, furnishes a window for it, goes over to another, ends."""

    def __init__(
        self, application: QApplication, face: Face, memory: Memory, around: Environment, folder: Path
    ) -> None:
        super().__init__()
        self._application, self.face, self.memory = application, face, memory
        self._around, self._home, self._folder = around, folder, folder
        self.bus = Bus()
        self.lanes: Lanes[Workspace] = Lanes(self.bus)
        self.messages = Messages(face)
        self._tidying = Tidying(lambda: self.lanes.busy, self)
        self.window: MainWindow[Workspace] | None = None
        self.workspace: Workspace | None = None
        self._doorway: Doorway | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_PATIENCE_MS)
        self._waiting.timeout.connect(self._show_waiting)
        self._awaited = _OPENING

    # What the pages may ask (Premises)

    @property
    def folder(self) -> Path:
        """The folder of the open store."""
        return self._folder

    @property
    def around(self) -> Environment:
        """The clock, the resources and the ways to a key."""
        return self._around

    @property
    def away(self) -> bool:
        """Whether the practice store was entered from another store."""
        return self._folder != self._home

    def enter_practice(self) -> None:
        """Go over to the practice store beside this one."""
        if self._leave():
            self._close_store()
            self._practise()

    def return_home(self) -> None:
        """Go back to the store the program was started with."""
        if self._leave():
            self._close_store()
            self._folder = self._home
            self.begin()

    def renew_practice(self) -> None:
        """Begin the open practice store anew."""
        from fieldlog.services import rehearsing  # noqa: PLC0415

        workspace = self.workspace
        if workspace is None or not self._leave():
            return
        self._long(
            _PRACTICE,
            lambda report: rehearsing.renew_practice(workspace, self._around, on_progress=report),
            failed=self._not_renewed,
        )

    # Before the window

    def begin(self) -> None:
        """Open the store of the folder or, where there is none, welcome the person."""
        if opening.holds_store(self._folder):
            self.open()
        else:
            self._welcome()

    def open(self, *, passphrase: str | None = None, read_only: bool = False) -> None:
        """Open the store away from the window."""
        around = locking.replace_ask(self._around, passphrase)

        def work() -> Workspace:
            return opening.open_store(
                self._folder, around, read_only=read_only, progress=self._reporter(_UPGRADING)
            )

        Errand(self.lanes, work).done(self._opened).failed(
            partial(self._not_opened, read_only=read_only)
        ).start(self)
        if passphrase is None:
            self._wait(_OPENING)

    def _opened(self, workspace: Workspace) -> None:
        self._waiting.stop()
        self.workspace = workspace
        self.lanes.open(workspace)
        self.lanes.failed = self.messages.show
        self._furnish(workspace)

    def _not_opened(self, error: Known, *, read_only: bool) -> None:
        self._waiting.stop()
        from fieldlog.ui.start.steps import PassphraseStep  # noqa: PLC0415

        step = self._doorway.step if self._doorway else None
        if isinstance(error, KeyWrong) and isinstance(step, PassphraseStep):
            step.tell(error)
        elif isinstance(error, KeyMissing | KeyWrong) and self._takes_passphrase():
            asked = PassphraseStep(self.face)
            asked.entered.connect(lambda typed: self.open(passphrase=typed, read_only=read_only))
            asked.left.connect(self._application.quit)
            self._at_door().show_step(asked)
        else:
            self._trouble(error)

    def _takes_passphrase(self) -> bool:
        """Whether a passphrase would help; one that comes from a file is not asked for."""
        try:
            return self._around.passphrase_file is None and locking.asks_for_passphrase(self._folder)
        except Known:
            return False

    def _trouble(self, error: Known) -> None:
        from fieldlog.ui.start.steps import TroubleStep  # noqa: PLC0415

        ways: list[tuple[Phrase, Callable[[], object]]] = [(_AGAIN, self.begin)]
        if isinstance(error, StoreBusy):
            ways.insert(0, (_READ_ONLY, partial(self.open, read_only=True)))
        if self.away:
            ways.append((_BACK, self._go_back))
        self._at_door().show_step(TroubleStep(self.face, error, [*ways, (_QUIT, self._application.quit)]))

    def _go_back(self) -> None:
        self._folder = self._home
        self.begin()

    # The first start

    def _welcome(self) -> None:
        from fieldlog.services.rehearsing import practice_folder  # noqa: PLC0415
        from fieldlog.ui.start.steps import WelcomeStep  # noqa: PLC0415

        practised = opening.holds_store(practice_folder(self._home))
        welcome = WelcomeStep(self.face, practised=practised)
        welcome.start_asked.connect(self._prepare)
        welcome.practice_asked.connect(self._practise)
        self._at_door().show_step(welcome)

    def _prepare(self) -> None:
        from fieldlog.services import offering  # noqa: PLC0415

        def work() -> tuple[tuple[Offer, ...], bool]:
            offers = offering.offered_profiles(self._around)
            has_way = self._around.passphrase_file is not None or locking.has_keyring(self._around)
            return offers, not has_way

        def show(found: tuple[tuple[Offer, ...], bool]) -> None:
            from fieldlog.ui.start.new_store import NewStoreStep  # noqa: PLC0415

            offers, needs_passphrase = found
            step = NewStoreStep(self.face, offers, needs_passphrase=needs_passphrase)
            step.left.connect(self._welcome)
            step.file_chosen.connect(lambda path: self._add_offer(step, offers, path))
            step.decided.connect(lambda decided: self._make(step, decided))
            self._at_door().show_step(step)

        Errand(self.lanes, work).done(show).failed(self._trouble).start(self)

    def _add_offer(self, step: QObject, offers: tuple[Offer, ...], path: str) -> None:
        from fieldlog.services import offering  # noqa: PLC0415
        from fieldlog.ui.start.new_store import NewStoreStep  # noqa: PLC0415

        if isinstance(step, NewStoreStep):
            Errand(self.lanes, lambda: offering.offer_of(self._around, path)).done(
                lambda offer: step.show_offers([*offers, offer])
            ).failed(step.tell).start(step)

    def _make(self, step: QObject, decided: NewStore) -> None:
        from fieldlog.ui.start.new_store import NewStoreStep  # noqa: PLC0415

        around = locking.replace_ask(self._around, decided.passphrase or None)
        official = Official("", decided.name, decided.rank, decided.department)

        def work() -> Workspace:
            return opening.make_store(self._folder, around, profile=decided.profile, official=official)

        errand = Errand(self.lanes, work).done(self._opened)
        if isinstance(step, NewStoreStep):
            errand.failed(step.tell)
        errand.start(self)

    def _practise(self) -> None:
        from fieldlog.services import rehearsing  # noqa: PLC0415

        self._folder = rehearsing.practice_folder(self._home)
        around = locking.replace_ask(self._around, None)
        self._long(
            _PRACTICE,
            lambda report: rehearsing.enter_practice(self._folder, around, on_progress=report),
            failed=self._not_practised,
        )

    def _not_practised(self, error: Known) -> None:
        if isinstance(error, StoreBusy):
            self._trouble(error)
            return
        self._go_back()
        self.messages.show(error)

    def _not_renewed(self, error: Known) -> None:
        self._close_store()
        self.begin()
        self.messages.show(error)

    def _long(
        self,
        doing: Phrase,
        work: Callable[[Callable[[int, int], None]], Workspace],
        *,
        failed: Callable[[Known], object],
    ) -> None:
        """Long work before the window: shown with its progress, stopped by Cancel."""
        from fieldlog.ui.start.steps import WaitStep  # noqa: PLC0415

        runs: list[Run] = []

        def report(done: int, total: int) -> None:
            if runs and runs[0].cancelled:
                raise stopped_by_hand()
            self._reporter(doing)(done, total)

        def stopped() -> None:
            failed(stopped_by_hand())

        step = WaitStep(self.face, doing, may_cancel=True)
        self._at_door().show_step(step)
        errand = Errand(self.lanes, lambda: work(report)).done(self._opened).failed(failed).stopped(stopped)
        runs.append(errand.start(self))
        step.cancelled.connect(runs[0].cancel)

    # The window

    def _furnish(self, workspace: Workspace) -> None:
        from fieldlog.ui.furnishing import case_finder, fetch_ahead, furnish  # noqa: PLC0415
        from fieldlog.ui.resting import Resting  # noqa: PLC0415
        from fieldlog.ui.window import MainWindow  # noqa: PLC0415

        self.window = MainWindow(
            furnish(self, workspace.resources),
            face=self.face,
            lanes=self.lanes,
            bus=self.bus,
            messages=self.messages,
            memory=self.memory,
            clock=self._around.clock,
        )
        self.window.show_store(
            workspace.profile.agency, practice=workspace.is_practice, read_only=workspace.read_only
        )
        self.window.add_finder(case_finder(self.window.context))
        self.window.start()
        self.window.show()
        if self._doorway is not None:
            self._doorway.hide()
            self._doorway.deleteLater()
            self._doorway = None
        for notice in workspace.notices:
            self.messages.show(notice)
        Read(self.lanes, capture_drafts.pending_cases, lane=self.lanes.reading).done(self._file_all).start(
            self
        )
        fetch_ahead(self.window)
        Resting(self.lanes, self.bus, self.window)
        self._tidying.begin()

    def _file_all(self, cases: tuple[RecordId, ...]) -> None:
        for case in cases:
            self._file(case)

    def _file(self, case: RecordId) -> None:
        """File the pictures of a case that the last run did not come to file."""
        from fieldlog.services import capturing  # noqa: PLC0415

        def work(workspace: Workspace, report: Report) -> Filed:
            return capturing.file_photos(
                workspace, case, on_progress=lambda done, total: report(done, total, _FILING)
            )

        def filed(found: Filed) -> None:
            if refusal := capturing.refusal_of(found.refused):
                self.messages.show(refusal)

        Long(self.lanes, work, lane=self.lanes.pictures).done(filed).start(self, background=True)

    def _leave(self) -> bool:
        """Close the window but not the program; False where a page keeps the person."""
        if self.window is None:
            return True
        from fieldlog.ui.start.steps import WaitStep  # noqa: PLC0415

        window = self.window
        self._at_door().show_step(WaitStep(self.face, _OPENING))
        if not window.close():
            self._at_door().hide()
            return False
        self._tidying.end()
        window.deleteLater()
        self.window = None
        self.lanes.close()
        self.bus = Bus()
        self.lanes = Lanes(self.bus)
        return True

    def _close_store(self) -> None:
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None

    # Common

    def _at_door(self) -> Doorway:
        if self._doorway is None:
            from fieldlog.ui.start.doorway import Doorway  # noqa: PLC0415

            self._doorway = Doorway(self.face)
            self.messages.attach(self._doorway)
        return self._doorway

    def _wait(self, doing: Phrase) -> None:
        """Say what is being done if it takes longer than a moment."""
        self._awaited = doing
        self._waiting.start()

    def _show_waiting(self) -> None:
        from fieldlog.ui.start.steps import WaitStep  # noqa: PLC0415

        self._at_door().show_step(WaitStep(self.face, self._awaited))

    def _reporter(self, doing: Phrase) -> Callable[[int, int], None]:
        def report(done: int, total: int) -> None:
            self.lanes.bring_home(lambda: self._show_step(Step(done, total, doing)))

        return report

    def _show_step(self, step: Step) -> None:
        from fieldlog.ui.start.steps import WaitStep  # noqa: PLC0415

        if self.workspace is not None and self.window is not None:
            return
        self._waiting.stop()
        shown = self._doorway.step if self._doorway else None
        if not isinstance(shown, WaitStep):
            shown = WaitStep(self.face, step.doing)
            self._at_door().show_step(shown)
        shown.show_step(step)

    def end(self) -> None:
        """Finish every save, close the store, keep what the window remembers."""
        self._waiting.stop()
        self._tidying.end()
        self.lanes.close()
        self._close_store()
        self.memory.keep()
