"""Watches a window's event loop: how long it was away between two beats, and whose fault that was."""

from __future__ import annotations

import os
import resource
import statistics
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

BEAT_MS = 5
CROWDED = 0.25
"""Processors that other programs kept busy meanwhile, from which on a miss may be looked at again."""
SLOWEST = 2.0
"""A processor shared with others is taken to be at most this many times slower than one of one's own."""
_least = [float("inf")]


def slowness() -> float:
    """How many times longer a fixed piece of work takes this thread now than it took at best, from 1 to SLOWEST.

    Processor time is no fixed measure: beside a busy sibling core, or on a shared machine, the same work costs more.
    """
    times = []
    for _ in range(15):
        began = time.thread_time()
        sorted((number * 7919) % 1009 for number in range(6_000))
        times.append(time.thread_time() - began)
    _least[0] = min(_least[0], *times)
    return min(SLOWEST, statistics.median(times) / _least[0])


@dataclass(frozen=True)
class Gap:
    """Milliseconds between two beats; ``ready`` of them the thread could have run and the system ran others."""

    whole: float
    ready: float
    worked: float

    @property
    def away(self) -> float:
        """How long the window itself kept the loop waiting: working, or waiting for its own threads' locks."""
        return self.whole - self.ready


@dataclass(repr=False)
class Watched:
    """All gaps of one stretch, and how many processors other programs used meanwhile."""

    gaps: list[Gap] = field(default_factory=list, repr=False)
    others: float = 0.0
    slowness: float = 1.0

    @property
    def busiest(self) -> float:
        """The longest work between two beats in milliseconds, as it would be on a processor of one's own."""
        return max(gap.worked for gap in self.gaps) / self.slowness

    @property
    def worst(self) -> Gap:
        return max(self.gaps, key=lambda gap: gap.away)

    @property
    def crowded(self) -> bool:
        return self.others > CROWDED

    def __repr__(self) -> str:
        most = sorted(self.gaps, key=lambda gap: -gap.away)[:5]
        told = "; ".join(f"{g.away:.0f} ms away, {g.worked:.0f} of work, {g.whole:.0f} in all" for g in most)
        around = f"others kept {self.others:.1f} processors busy, work took {self.slowness:.1f} times as long"
        return f"{len(self.gaps)} beats, {around}; {told}"


class Heartbeat(QObject):
    """A timer on the window's thread that notes when it was called too late."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._told = self._schedule.exists()
        self._gaps: list[Gap] = []

    @contextmanager
    def watching(self) -> Iterator[Watched]:
        """Watch while the block runs; the last gap reaches to its end."""
        slow = slowness()
        watched, began, before = Watched(self._gaps), time.perf_counter(), _used()
        self._last = (began, *self._scheduled())
        self._timer.start()
        try:
            yield watched
        finally:
            self._beat()
            self._timer.stop()
            self._gaps = []
            busy, ours = (now - then for now, then in zip(_used(), before, strict=True))
            watched.others = max(0.0, busy - ours) / (time.perf_counter() - began)
            watched.slowness = max(slow, slowness())

    def _beat(self) -> None:
        now = (time.perf_counter(), *self._scheduled())
        whole, worked, ready = (1000 * (new - old) for new, old in zip(now, self._last, strict=True))
        self._gaps.append(Gap(whole, ready, worked))
        self._last = now

    def _scheduled(self) -> tuple[float, float]:
        """Seconds this thread ran, and seconds it was ready to run but another was run; zero where unknown."""
        if not self._told:
            return 0.0, 0.0
        ran, waited, _times = self._schedule.read_text().split()
        return int(ran) / 1e9, int(waited) / 1e9


def _used() -> tuple[float, float]:
    """Processor seconds of the whole machine, and of this program."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    ours = own.ru_utime + own.ru_stime
    stat = Path("/proc/stat")
    if not stat.exists():
        return ours, ours
    user, nice, system, _idle, _waiting, irq, soft = (
        int(n) for n in stat.read_text().split("\n", 1)[0].split()[1:8]
    )
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK"), ours
