"""The real program on a screen and a bus of its own, read by another process as a screen reader reads it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
PATIENCE = 60.0
"""Seconds for two buses and the program together, on a machine that has much else to do."""
INSTALL = "apt-get install xvfb dbus at-spi2-core gir1.2-atspi-2.0 python3-gi (python3 dev.py test does it)"


def missing() -> list[str]:
    """What this machine lacks for reading a window from outside."""
    lacking = [name for name in ("Xvfb", "dbus-run-session") if shutil.which(name) is None]
    if launcher() is None:
        lacking.append("at-spi-bus-launcher")
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    try:
        done = subprocess.run([SYSTEM_PYTHON, "-c", probe], capture_output=True, check=False, timeout=60)
    except OSError:
        return [*lacking, SYSTEM_PYTHON]
    return lacking if done.returncode == 0 else [*lacking, "gi with Atspi 2.0 for /usr/bin/python3"]


def launcher() -> str | None:
    """The program that starts the accessibility bus."""
    return next((path for path in LAUNCHERS if Path(path).exists()), None)


class Listener:
    """What a person hears and does without seeing the window."""

    def __init__(self, reader: subprocess.Popen[str]) -> None:
        self._reader = reader

    def ask(self, do: str, **told: Any) -> Any:
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.write(json.dumps({"do": do, **told}) + "\n")
        self._reader.stdin.flush()
        line = self._reader.stdout.readline()
        assert line, "the reader has ended"
        answer = json.loads(line)
        assert not (isinstance(answer, dict) and "error" in answer), answer
        return answer

    def tree(self) -> list[dict[str, Any]]:
        """Everything that shows, once it has stopped changing."""
        found: list[dict[str, Any]] = self.ask("tree")
        return found

    def press(self, name: str, **told: Any) -> None:
        assert self.ask("press", name=name, **told), f"{name} could not be pressed"

    def hears(self, name: str, **told: Any) -> dict[str, Any]:
        found: dict[str, Any] | None = self.ask("find", name=name, **told)
        assert found is not None, f"{name} is nowhere"
        return found


@contextlib.contextmanager
def screen(errors: Path) -> Iterator[str]:
    """An X server of our own; its name."""
    # Without -noreset the server begins anew, refusing whoever comes, each time its last client leaves.
    with errors.open("wb") as said:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-noreset", "-screen", "0", "1440x1000x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=said,
        )
    assert server.stdout is not None
    try:
        number = server.stdout.readline().decode().strip()
        assert number, errors.read_text()
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()


@contextlib.contextmanager
def listening(store: Path, folder: Path, language: str = "ko") -> Iterator[Listener]:
    """``fieldlog open`` on a store, and somebody who reads it through AT-SPI."""
    reader_path = Path(__file__).with_name("screen_reader.py")
    open_it = [sys.executable, "-m", "fieldlog", "--store", store, "--lang", language, "open"]
    wait_for_it = [SYSTEM_PYTHON, reader_path, "fieldlog", str(PATIENCE), launcher(), *open_it]
    with screen(folder / "screen") as display:
        around = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "FIELDLOG_NO_KEYRING": "1",
            "PYTHONPATH": str(CHECKOUT),
            "LANG": "C.UTF-8",
        }
        with (folder / "said").open("w") as said:
            reader = subprocess.Popen(
                ["dbus-run-session", "--", *map(str, wait_for_it)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                env=around,
                start_new_session=True,
            )
        assert reader.stdout is not None
        assert reader.stdin is not None
        try:
            there = reader.stdout.readline().strip()
            assert there == "true", f"{there}\n{(folder / 'said').read_text()}"
            yield Listener(reader)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(reader.pid, signal.SIGTERM)
            reader.wait(15)
            reader.stdin.close()
            reader.stdout.close()
