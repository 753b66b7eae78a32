"""The window usable over a store of 100,000 cases, against a bare PySide6 window; each in fresh processes.

    bench_startup.py [COUNT] [--store FOLDER]

Both write a word when a window is shown and its event loop has run dry; ours has then opened the store and
painted its first page. The processes take turns; the best and the median of each are compared, after one
start of each that only warms the caches.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import many_cases

COUNT = 100_000
ROUNDS = 9
REACH = 1.6
HEAVY = ("reportlab", "geopy", "sqlite_utils", "numpy", "PIL", "pikepdf", "pypdfium2", "pyproj", "keyring")

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("fieldlog"))
window.resize(1280, 800)
window.show()
application.processEvents()
QTimer.singleShot(0, lambda: (sys.stdout.write("usable\\n"), sys.stdout.flush(), application.quit()))
application.exec()
"""

# The program's own entry: when the cases are painted the window tells so and is closed.
OURS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTableView

def look():
    for view in QApplication.allWidgets():
        if isinstance(view, QTableView) and view.isVisible() and view.model() and view.model().rowCount():
            if view.model().index(0, 0).data():
                view.viewport().repaint()
                sys.stdout.write("usable\\n")
                sys.stdout.write(",".join(name for name in %r if name in sys.modules) + "\\n")
                sys.stdout.flush()
                QApplication.closeAllWindows()
                QApplication.quit()
                return
    QTimer.singleShot(5, look)

began = QApplication.exec
def run(*arguments):
    QTimer.singleShot(0, look)
    return began(*arguments)
QApplication.exec = run
from fieldlog.__main__ import main
sys.argv = ["fieldlog", "--store", %r, "open"]
sys.exit(main())
"""


def start(program: str, environment: dict[str, str]) -> tuple[float, str]:
    """Seconds from starting a process until it says that it is usable, and what else it said."""
    words = [sys.executable, "-c", program]
    began = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        seconds = time.perf_counter() - began
        rest = process.stdout.read()
    if first.strip() != "usable":
        message = f"it ended with {process.returncode} before it was usable"
        raise RuntimeError(message)
    return seconds, rest.strip()


def surroundings(platform: str, home: Path) -> dict[str, str]:
    """An environment with a home of its own, in which compiled modules are kept."""
    left = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept = {"QT_QPA_PLATFORM": platform, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    caches = {"PYTHONPYCACHEPREFIX": str(home / "compiled"), "PYTHONPATH": str(many_cases.ROOT)}
    return {**left, **kept, **caches}


def compare(platform: str, folder: Path, home: Path) -> None:
    """Start both, in turns."""
    environment = surroundings(platform, home)
    ours = OURS % (HEAVY, str(folder))
    start(BARE, environment)
    start(ours, environment)
    mine, theirs, loaded = [], [], ""
    for _ in range(ROUNDS):
        theirs.append(start(BARE, environment)[0])
        seconds, loaded = start(ours, environment)
        mine.append(seconds)
    told = {
        "name": f"window usable, {platform}",
        "ours": round(statistics.median(mine) * 1e3),
        "anchor": round(statistics.median(theirs) * 1e3),
        "ratio": round(statistics.median(mine) / statistics.median(theirs), 2),
        "best_ratio": round(min(mine) / min(theirs), 2),
        "unit": "ms",
        "reach": REACH,
        "heavy_modules_loaded": loaded,
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
