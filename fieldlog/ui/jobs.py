"""Run work off the window's thread and bring its result home: the only file that speaks of threads."""

from __future__ import annotations

import contextlib
import heapq
import itertools
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from fieldlog.domain.clock import monotonic
from fieldlog.domain.errors import Bug, Cancelled, Known
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.ui.bus import Bus

W = TypeVar("W")
T = TypeVar("T")

REPORT_EVERY: Final = 0.05
"""Seconds between two progress reports that reach the window."""


class Step(Struct, frozen=True):
    """How far long work is: ``done`` of ``total`` and what it is doing now."""

    done: int
    total: int
    doing: Phrase


Report = Callable[[int, int, Phrase], None]
"""What long work calls between two pieces: done, total, what it does. Raises Cancelled if it was stopped."""


class Run:
    """One job under way; the person may cancel it."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._watchers: list[Callable[[], object]] = []

    def cancel(self) -> None:
        """Ask it to stop; if it has not begun it never does, and nothing lands any more."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def when_over(self, tell: Callable[[], object]) -> None:
        """Call ``tell`` on the window's thread when it is over in whichever way, a bug included."""
        self._watchers.append(tell)

    def end(self) -> None:
        """Tell those who watch, once, that it is over."""
        watchers, self._watchers = self._watchers, []
        for tell in watchers:
            tell()


class _Queued(Struct, order=True):
    rank: int
    number: int
    """No two are alike: the comparison never comes to the work itself."""
    work: Callable[[], None]
    must_run: bool


class Lane:
    """A queue with its own workers; what the hand asked for goes before what runs in the background."""

    def __init__(self, name: str, workers: int) -> None:
        self._name, self._workers = name, workers
        self._queue: list[_Queued] = []
        self._numbers = itertools.count()
        self._wake = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._closing = False

    def submit(self, work: Callable[[], None], *, background: bool = False, must_run: bool = False) -> None:
        """Queue work; ``must_run`` work is done even when the program is closing."""
        with self._wake:
            if self._closing:
                raise Bug(f"work for the closed lane {self._name}")
            heapq.heappush(self._queue, _Queued(int(background), next(self._numbers), work, must_run))
            if len(self._threads) < self._workers:
                thread = threading.Thread(target=self._serve, name=f"{self._name}-{len(self._threads)}")
                self._threads.append(thread)
                thread.start()
            self._wake.notify()

    def close(self) -> None:
        """Finish what runs and what must run, drop the rest, and end the workers."""
        with self._wake:
            self._closing = True
            self._queue = [queued for queued in self._queue if queued.must_run]
            heapq.heapify(self._queue)
            self._wake.notify_all()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    @property
    def waiting(self) -> int:
        """How many jobs have not begun."""
        with self._wake:
            return len(self._queue)

    def _serve(self) -> None:
        while True:
            with self._wake:
                while not self._queue and not self._closing:
                    self._wake.wait()
                if not self._queue:
                    return
                queued = heapq.heappop(self._queue)
            queued.work()


class _Home(QObject):
    """Carries results back to the thread it was made in."""

    landed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.landed.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def _run(self, landing: Callable[[], None]) -> None:
        landing()


class Lanes(Generic[W]):
    """Where work runs: ``store`` one after another, ``network`` and ``pictures`` several at once.

    ``paper`` has one worker because PDFium, which draws previews, must not be entered twice at once. The network never holds the store lane, so recording goes on while a sync waits for an answer.
    """

    def __init__(self, bus: Bus, *, network: int = 4, pictures: int = 2) -> None:
        self.bus = bus
        self.store = Lane("store", 1)
        self.reading = Lane("reading", 2)
        self.network = Lane("network", network)
        self.pictures = Lane("pictures", pictures)
        self.paper = Lane("paper", 1)
        self.failed: Callable[[Known], object] = lambda _error: None
        self._home = _Home()
        self._workspace: W | None = None
        self._running: set[Run] = set()
        self._closed = False
        self.begun = 0
        """How many jobs were ever started: while it stands still nobody asks for anything."""

    def open(self, workspace: W) -> None:
        """From now on jobs are given this workspace."""
        self._workspace = workspace

    @property
    def workspace(self) -> W:
        """The open workspace."""
        if self._workspace is None:
            raise Bug("no workspace is open")
        return self._workspace

    @property
    def busy(self) -> bool:
        """Whether any job has not landed yet."""
        return bool(self._running)

    @property
    def closed(self) -> bool:
        """Whether the workers were ended: nothing can be started any more."""
        return self._closed

    def close(self) -> None:
        """Stop long work at its next step, finish every write, and end all workers."""
        self._closed = True
        for run in list(self._running):
            run.cancel()
        for lane in (self.pictures, self.paper, self.network, self.reading, self.store):
            lane.close()
        self._running.clear()

    def bring_home(self, landing: Callable[[], None]) -> None:
        """Call ``landing`` on the window's thread."""
        self._home.landed.emit(landing)

    def started(self, run: Run) -> None:
        """Remember a job until it lands."""
        self.begun += 1
        self._running.add(run)

    def landed(self, run: Run) -> None:
        """Forget a job that has landed."""
        self._running.discard(run)


class Errand(Generic[W, T]):
    """Work that needs no workspace: opening one, drawing a page of a PDF."""

    must_run = False

    def __init__(self, lanes: Lanes[W], verb: Callable[[], T], *, lane: Lane | None = None) -> None:
        self._lanes, self._verb = lanes, verb
        self._lane = lane or lanes.store
        self._run = Run()
        self._done: Callable[[T], object] = lambda _result: None
        self._failed: Callable[[Known], object] | None = None
        self._stopped: Callable[[], object] = lambda: None

    def done(self, take: Callable[[T], object]) -> Self:
        """Call ``take`` with the result, on the window's thread."""
        self._done = take
        return self

    def failed(self, show: Callable[[Known], object]) -> Self:
        """Call ``show`` with a Known error instead of showing it as a message; bugs reach the excepthook."""
        self._failed = show
        return self

    def stopped(self, tell: Callable[[], object]) -> Self:
        """Call ``tell`` when the person's cancelling has taken effect."""
        self._stopped = tell
        return self

    def start(self, initiator: object = None, *, background: bool = False) -> Run:
        """Queue it. Nothing lands on an ``initiator`` widget that is gone by then."""
        self._lanes.started(self._run)
        self._lane.submit(lambda: self._work(initiator), background=background, must_run=self.must_run)
        return self._run

    def _call(self) -> T:
        return self._verb()

    def _work(self, initiator: object) -> None:
        if self._run.cancelled and not self.must_run:
            self._lanes.bring_home(lambda: self._land_stopped(initiator))
            return
        try:
            result = self._call()
        except Cancelled:
            self._lanes.bring_home(lambda: self._land_stopped(initiator))
        except Exception as error:  # noqa: BLE001
            wrong = error
            self._lanes.bring_home(lambda: self._land_wrong(wrong, initiator))
        else:
            self._lanes.bring_home(lambda: self._land(result, initiator))

    def _land(self, result: T, initiator: object) -> None:
        with self._landing():
            if _is_there(initiator) and not self._run.cancelled:
                self._done(result)

    def _land_wrong(self, error: Exception, initiator: object) -> None:
        with self._landing():
            if not isinstance(error, Known):
                raise error
            if self._failed is None:
                self._lanes.failed(error)
            elif _is_there(initiator):
                self._failed(error)

    def _land_stopped(self, initiator: object) -> None:
        with self._landing():
            if _is_there(initiator):
                self._stopped()

    @contextlib.contextmanager
    def _landing(self) -> Iterator[None]:
        """It is over when those who asked have been told, also where that went wrong."""
        self._lanes.landed(self._run)
        try:
            yield
        finally:
            self._run.end()


class Read(Errand[W, T]):
    """A verb that only looks. Its result reaches ``done``."""

    def __init__(self, lanes: Lanes[W], verb: Callable[[W], T], *, lane: Lane | None = None) -> None:
        super().__init__(lanes, lambda: verb(lanes.workspace), lane=lane)


class Note(Read[W, T]):
    """A verb that keeps what only this device knows: done also while the program closes, told to nobody."""

    must_run = True


class Write(Read[W, T]):
    """A verb that alters the store: what it touched reaches the bus, also if its form is gone by then.

    The verb answers Effects, or a value that carries them as ``effects``.
    """

    must_run = True

    def _land(self, result: T, initiator: object) -> None:
        self._lanes.bus.effects_happened.emit(getattr(result, "effects", result), initiator)
        super()._land(result, initiator)


class Long(Write[W, T]):
    """A verb in many pieces that says how far it is and can be cancelled between two of them."""

    must_run = False

    def __init__(self, lanes: Lanes[W], verb: Callable[[W, Report], T], *, lane: Lane | None = None) -> None:
        super().__init__(lanes, lambda workspace: verb(workspace, self._report), lane=lane)
        self._progress: Callable[[Step], object] = lambda _step: None
        self._reported = 0.0

    def progress(self, show: Callable[[Step], object]) -> Self:
        """Call ``show`` with each Step, on the window's thread, some times a second."""
        self._progress = show
        return self

    def _report(self, done: int, total: int, doing: Phrase) -> None:
        if self._run.cancelled:
            raise stopped_by_hand()
        now = monotonic()
        if now - self._reported >= REPORT_EVERY or done >= total:
            self._reported = now
            self._lanes.bring_home(lambda: self._show(Step(done, total, doing)))

    def _show(self, step: Step) -> None:
        if not self._run.cancelled:
            self._progress(step)


class Latest:
    """Keeps only the newest of a row of jobs: a search as it is typed, pictures of the row looked at."""

    def __init__(self) -> None:
        self._run: Run | None = None

    def start(self, job: Errand[W, T], initiator: object = None) -> Run:
        """Start a job and let nothing of the one before land any more."""
        if self._run is not None:
            self._run.cancel()
        self._run = job.start(initiator)
        return self._run


def stopped_by_hand() -> Cancelled:
    """The error that ends work a person cancelled."""
    return Cancelled(
        Phrase("작업을 멈추었습니다.", "The work was stopped."),
        Phrase("취소를 누르셨습니다.", "You pressed Cancel."),
        Phrase("필요하면 다시 시작하십시오.", "Start it again if you need it."),
    )


def _is_there(initiator: object) -> bool:
    return not isinstance(initiator, QObject) or isValid(initiator)
