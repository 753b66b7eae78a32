"""The list of a million cases in the window's own table: first paint, random jump, a live edit, memory.

    bench_list.py [COUNT] [--store FOLDER]

Builds the store (or takes one that ``many_cases.py`` built), shows it in the program's own table 1,200 pixels wide
through its model and lanes, and prints one JSON document a line. Memory is measured in a process of
its own against the same process over an empty store.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
import many_cases

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 1_000_000
JUMPS = 200
EDITS = 40
QUERY = "가로등"


def say(name: str, ours: float, anchor: float, unit: str = "ms", **more: Any) -> None:
    """One figure; the anchor is what is to be reached."""
    told = {
        "name": name,
        "ours": round(ours, 3),
        "anchor": anchor,
        "ratio": round(ours / anchor, 3),
        "unit": unit,
    }
    sys.stdout.write(json.dumps({**told, **more}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def resident_mb() -> float:
    """What this process holds in memory, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _watched(table: Any) -> Any:
    """The table, telling which line it painted last at its top: what is painted already is not painted again."""

    class Watched(table):  # type: ignore[misc]
        top: Any = None

        def paintEvent(self, event: Any) -> None:  # noqa: N802
            super().paintEvent(event)
            self.top = self.model().line_at(max(0, self.rowAt(0)))

    return Watched


class Shown:
    """The case table in a view over one store."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtCore import QTimer

        from fieldlog.services.browsing import CaseWindow
        from fieldlog.services.opening import open_store
        from fieldlog.ui.application import make_application, make_face
        from fieldlog.ui.bus import Bus
        from fieldlog.ui.jobs import Lanes
        from fieldlog.ui.memory import Memory
        from fieldlog.ui.models.case_table import CaseTable
        from fieldlog.ui.pages.cases.table import CaseList

        self.application = make_application(["bench"])
        self.face = make_face(self.application, many_cases.ROOT / "resources")
        self.bus = Bus()
        self.lanes: Any = Lanes(self.bus)
        self.alarm = QTimer()
        self.alarm.start(250)
        self.workspace = open_store(folder, many_cases.environment())
        self.lanes.open(self.workspace)
        self.model: Any = CaseTable(self.face, self.lanes, self.bus, CaseWindow)
        self._kept = tempfile.TemporaryDirectory()
        memory = Memory(Path(self._kept.name) / "window.ini")
        self.view: Any = _watched(CaseList)(self.face, memory, self.model)
        self.view.resize(1200, 800)
        self.view.show()
        self.until(self.view.isVisible)

    def until(self, there: Callable[[], bool], seconds: float = 120) -> None:
        """Let the event loop run, asleep between events as in the program, until something is there."""
        from PySide6.QtCore import QEventLoop

        ends = time.perf_counter() + seconds
        flags = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        while not there():
            self.application.processEvents(flags)
            if time.perf_counter() > ends:
                raise TimeoutError

    def painted(self) -> bool:
        """Whether every row in the viewport has its line; it is painted then."""
        first, last = self.view.rowAt(0), self.view.rowAt(self.view.viewport().height() - 1)
        last = last if last >= 0 else self.model.rowCount() - 1
        return first >= 0 and all(self.model.line_at(at) is not None for at in range(first, last + 1))

    def show(self, asked: Any) -> float:
        """Show a filter; the milliseconds until the first rows are painted."""
        before = self.model.line_at(0)
        began = time.perf_counter()
        self.model.show_filter(asked)
        self.until(lambda: self.model.line_at(0) is not before and self.painted())
        if self.view.top is not self.model.line_at(0):
            self.view.viewport().repaint()
        return (time.perf_counter() - began) * 1e3

    def settle(self) -> float:
        """Wait until the whole order is known; milliseconds."""
        began = time.perf_counter()
        self.until(lambda: self.model._whole and not self.model._arranging)
        return (time.perf_counter() - began) * 1e3

    def jump(self, position: int) -> float:
        """Scroll somewhere; the milliseconds until it is painted there."""
        began = time.perf_counter()
        self.view.scrollTo(self.model.index(position, 0), self.view.ScrollHint.PositionAtTop)
        self.view.viewport().repaint()
        if not self.painted():
            self.until(self.painted)
            self.view.viewport().repaint()
        return (time.perf_counter() - began) * 1e3

    def close(self) -> None:
        """End every thread and close the store."""
        self.lanes.close()
        self.workspace.close()
        self._kept.cleanup()


def spread(times: list[float]) -> tuple[float, float]:
    """The median and the 95th of a hundred."""
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def jumps(shown: Shown, name: str) -> None:
    """Jump about the list."""
    draw = random.Random(7)
    times = [shown.jump(draw.randrange(shown.model.rowCount())) for _ in range(JUMPS)]
    middle, most = spread(times)
    say(name, most, 40, p50=round(middle, 2), rows=shown.model.rowCount())


def edits(shown: Shown) -> None:
    """Edit cases far down the list and wait until each has moved to the top."""
    from fieldlog.services import recording

    draw, times = random.Random(8), []
    for number in range(EDITS):
        position = draw.randrange(shown.model.rowCount() // 2, shown.model.rowCount())
        shown.jump(position)
        if shown.model.line_at(position).case.stage == "CLOSED":
            continue
        case = shown.model.case_at(position)
        effects = recording.revise(shown.workspace, case, {"title": f"고친 제목 {number}"})
        began = time.perf_counter()
        shown.bus.effects_happened.emit(effects, None)
        shown.until(lambda case=case: shown.model.case_at(0) == case)
        times.append((time.perf_counter() - began) * 1e3)
    middle, most = spread(times)
    say("an edited case moves to the top, p95", most, 200, p50=round(middle, 2))


def longest_block(shown: Shown) -> float:
    """The longest time the event loop stood still while the whole order was gathered, ms."""
    from PySide6.QtCore import QTimer

    last, longest = time.perf_counter(), 0.0

    def beat() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        longest, last = max(longest, now - last), now

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(0)
    shown.settle()
    timer.stop()
    return longest * 1e3


def measure(folder: Path) -> None:
    """Everything but memory."""
    from fieldlog.domain.filter import CaseFilter

    shown = Shown(folder)
    try:
        first = shown.show(CaseFilter())
        blocked = longest_block(shown)
        say("list, first paint", first, 80)
        say("list, longest block while the whole order comes in", blocked, 50)
        warm = [shown.show(CaseFilter(sort=sort)) for sort in ("due_at", "severity", "case_no", "updated")]
        say("list, first paint in another order, worst of four", max(warm), 80)
        say("list, the whole order", shown.settle(), 1000, rows=shown.model.rowCount())
        jumps(shown, "list, random jump, p95")
        edits(shown)
        say("list of one stage, first paint", shown.show(CaseFilter(stages=("TRIAGED",))), 80)
        shown.settle()
        jumps(shown, "list of one stage, random jump, p95")
        say("searched list, first paint", shown.show(CaseFilter(query=QUERY)), 300)
        shown.settle()
        jumps(shown, "searched list, random jump, p95")
    finally:
        shown.close()


def hold(folder: Path) -> None:
    """Show a store, look about, and print what the process holds."""
    from fieldlog.domain.filter import CaseFilter

    shown = Shown(folder)
    try:
        if shown.model.asked is None:
            shown.model.show_filter(CaseFilter())
        shown.until(lambda: shown.model._window is not None)
        shown.settle()
        draw = random.Random(9)
        for _ in range(JUMPS if shown.model.rowCount() else 0):
            shown.jump(draw.randrange(shown.model.rowCount()))
        sys.stdout.write(f"{resident_mb()}\n")
    finally:
        shown.close()


def held(folder: Path) -> float:
    """What a process of its own holds over a store, MB."""
    words = [sys.executable, __file__, "--hold", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Build, measure, and leave nothing behind."""
    words = sys.argv[1:]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if words[:1] == ["--hold"]:
        hold(Path(words[1]))
        return
    count = next((int(word) for word in words if word.isdigit()), COUNT)
    with tempfile.TemporaryDirectory() as made:
        folder, empty = Path(made) / "many", Path(made) / "empty"
        if "--store" in words:
            folder = Path(words[words.index("--store") + 1])
        else:
            seconds = many_cases.fill(folder, count)
            say(
                "cases built a second",
                count / seconds,
                5000,
                "1/s",
                seconds=round(seconds, 1),
                cases=count,
                at_least=True,
            )
        many_cases.fill(empty, 0)
        measure(folder)
        say("list, memory over an empty store", held(folder) - held(empty), 120, "MB")


if __name__ == "__main__":
    main()
