"""The window usable over a store of 100,000 cases, against a bare PySide6 window; each in fresh processes.

    bench_startup.py [COUNT] [--store FOLDER]

The anchor is a QMainWindow with a table of thirty lines, shown and painted, imports included. Ours is the
program's own entry: it tells when its window was first painted, and when the store is open, the day was read
and its first lines are painted. The processes take turns; the best and the median of each are compared, after
one start of each that only warms the caches.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
import many_cases

COUNT = 100_000
ROUNDS = 5
REACH = 1.6
HEAVY = ("reportlab", "geopy", "sqlite_utils", "numpy", "PIL", "pikepdf", "pypdfium2", "pyproj", "keyring")

BARE = """
import sys
from PySide6.QtCore import QAbstractTableModel, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

class Lines(QAbstractTableModel):
    def rowCount(self, parent=None):
        return 30
    def columnCount(self, parent=None):
        return 6
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return f"fieldlog {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None

def usable():
    sys.stdout.write("painted\\nusable\\n\\n")
    sys.stdout.flush()
    application.quit()

class Table(QTableView):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, usable)

application = QApplication(sys.argv)
window, table, lines = QMainWindow(), Table(), Lines()
table.setModel(lines)
window.setCentralWidget(table)
window.resize(1280, 800)
window.show()
application.exec()
"""

# The program's own entry. Two moments are told: the window's first painting, and the first lines painted.
OURS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

told = set()
def tell(word):
    if word not in told:
        told.add(word)
        sys.stdout.write(word + "\\n")
        sys.stdout.flush()

def usable(page):
    if not any(section.lines for section in page.sections.values()):
        return
    page.window().repaint()
    tell("painted")
    tell("usable")
    tell(",".join(name for name in %r if name in sys.modules))
    QApplication.closeAllWindows()
    QApplication.quit()

def watch():
    from fieldlog.ui.pages.today import TodayPage
    from fieldlog.ui.window import MainWindow
    shown, painted = TodayPage.show_survey, QMainWindow.paintEvent
    def show_survey(self, survey):
        shown(self, survey)
        QTimer.singleShot(0, lambda: usable(self))
    def paint(self, event):
        painted(self, event)
        QTimer.singleShot(0, lambda: tell("painted"))
    TodayPage.show_survey, MainWindow.paintEvent = show_survey, paint

def run(application):
    watch()
    return began()
"""

START = """
began = None
import fieldlog.bootstrap
ordinary = fieldlog.bootstrap.import_module
def imported(name):
    global began
    module = ordinary(name)
    if name == "fieldlog.ui.start":
        exec(WATCHING, globals())
        began, QApplication.exec = QApplication.exec, run
    return module
fieldlog.bootstrap.import_module = imported
import sys
from fieldlog.__main__ import main
sys.argv = ["fieldlog", "--store", %r, "open"]
sys.exit(main())
"""


class Start(NamedTuple):
    """One start: seconds until painted and until usable, seconds of processor, and what else was said."""

    painted: float
    usable: float
    processor: float
    rest: str


def start(program: str, environment: dict[str, str]) -> Start:
    """Start a process and wait until it says that it is usable."""
    words = [sys.executable, "-c", program]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        moments: list[float] = []
        for word in ("painted", "usable"):
            if process.stdout.readline().strip() != word:
                message = f"it ended with {process.wait()} before it was {word}"
                raise RuntimeError(message)
            moments.append(time.perf_counter() - began)
        rest = process.stdout.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Start(moments[0], moments[1], processor, rest.strip())


def surroundings(platform: str, home: Path) -> dict[str, str]:
    """An environment with a home of its own, in which compiled modules are kept."""
    left = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept = {"QT_QPA_PLATFORM": platform, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    caches = {"PYTHONPYCACHEPREFIX": str(home / "compiled"), "PYTHONPATH": str(many_cases.ROOT)}
    return {**left, **kept, **caches}


def compare(platform: str, folder: Path, home: Path) -> None:
    """Start both, in turns."""
    environment = surroundings(platform, home)
    ours = f"WATCHING = {OURS % (HEAVY,)!r}\n{START % str(folder)}"
    start(BARE, environment)
    start(ours, environment)
    mine, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(start(BARE, environment))
        mine.append(start(ours, environment))
    for name, moments, reach in (
        ("window painted", [each.painted for each in mine], None),
        ("window usable, first lines shown", [each.usable for each in mine], REACH),
    ):
        tell(f"{name}, {platform}", moments, [each.usable for each in theirs], reach)
    tell(
        f"processor, {platform}", [each.processor for each in mine], [each.processor for each in theirs], None
    )
    sys.stdout.write(f"heavy modules loaded: {mine[-1].rest or 'none'}\n")


def tell(name: str, mine: list[float], theirs: list[float], reach: float | None) -> None:
    """One line: the medians and their ratio, and the ratio of the best of each."""
    ratio = round(statistics.median(mine) / statistics.median(theirs), 2)
    told = {
        "name": name,
        "ours": round(statistics.median(mine) * 1e3),
        "anchor": round(statistics.median(theirs) * 1e3),
        **({"times": ratio, "reach": ""} if reach is None else {"ratio": ratio, "reach": reach}),
        "best": round(min(mine) * 1e3),
        "best_anchor": round(min(theirs) * 1e3),
        "best_ratio": round(min(mine) / min(theirs), 2),
        "unit": "ms",
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Without a screen and, where Xvfb is installed, on one."""
    words = sys.argv[1:]
    count = next((int(word) for word in words if word.isdigit()), COUNT)
    with tempfile.TemporaryDirectory() as made:
        folder, home = Path(made) / "store", Path(made) / "home"
        home.mkdir()
        if "--store" in words:
            folder = Path(words[words.index("--store") + 1])
        else:
            many_cases.fill(folder, count)
        compare("offscreen", folder, home)
        screen = shutil.which("Xvfb")
        if screen:
            reader, writer = os.pipe()
            command = [screen, "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
            server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
            try:
                os.close(writer)
                with os.fdopen(reader) as told:
                    os.environ["DISPLAY"] = f":{told.readline().strip()}"
                compare("xcb", folder, home)
            finally:
                server.terminate()
                server.wait()


if __name__ == "__main__":
    main()
