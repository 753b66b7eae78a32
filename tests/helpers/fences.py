"""What tests may not touch: the network beyond this machine, and the home of whoever runs them."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pytest

_HOME_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}

_WRITES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate")
_MAKE = os.O_WRONLY | os.O_RDWR | os.O_CREAT
REAL_HOME = Path.home()
"""Of whoever runs the tests, looked up before any test hides it."""


class NetworkTouched(AssertionError):
    """A test reached for another machine. Not an OSError, so that no code under test swallows it."""


def is_this_machine(host: str | bytes | None) -> bool:
    """True for loopback addresses and the name of the loopback."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(name).split("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_elsewhere(host: Any) -> None:
    if not is_this_machine(host):
        message = f"a test reached for {host}; start a server on 127.0.0.1 instead"
        raise NetworkTouched(message)


def close_the_network(patch: pytest.MonkeyPatch) -> None:
    """Let sockets reach only this machine: loopback and Unix sockets."""

    def fenced(name: str) -> Any:
        real = getattr(socket.socket, name)

        def call(self: socket.socket, *args: Any) -> Any:
            address = args[-1]
            if self.family in {socket.AF_INET, socket.AF_INET6} and isinstance(address, tuple):
                _refuse_elsewhere(address[0])
            return real(self, *args)

        return call

    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, fenced(name))
    look_up = socket.getaddrinfo

    def fenced_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_elsewhere(host)
        return look_up(host, *args, **kwargs)

    patch.setattr(socket, "getaddrinfo", fenced_look_up)


def scrub_environment(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Hide the person's own home, language, keyring and fieldlog settings."""
    for name in list(os.environ):
        if name.startswith(("FIELDLOG_", "LC_")) or name == "LANGUAGE":
            patch.delenv(name)
    for name, below in _HOME_VARIABLES.items():
        patch.setenv(name, str(home / below))
    patch.setenv("LANG", "C.UTF-8")
    patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    # No bus of the desktop: whoever needs one starts one.
    patch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    patch.delenv("AT_SPI_BUS_ADDRESS", raising=False)


def folders_of_the_person(home: Path = REAL_HOME, settings: Mapping[str, str] = os.environ) -> list[Path]:
    """Where fieldlog would keep things of the person who runs the tests."""
    found = [home / below / "fieldlog" for below in _HOME_VARIABLES.values() if below]
    found += [Path(settings[name]) / "fieldlog" for name in _HOME_VARIABLES if settings.get(name)]
    found += [home / "Library" / each / "fieldlog" for each in ("Application Support", "Logs", "Preferences")]
    return found


class HomeWatch:
    """Notes what this process writes below some folders, and programs it starts with a home that was not hidden."""

    def __init__(self, folders: Iterable[Path], home: Path = REAL_HOME) -> None:
        self._folders = tuple(str(folder) + os.sep for folder in folders)
        self._home = str(home)
        self._written: list[str] = []
        self._on = False
        sys.addaudithook(self._heard)

    @contextmanager
    def watching(self) -> Iterator[list[str]]:
        """Watch while the context lasts; the list fills as things happen."""
        self._written, self._on = [], True
        try:
            yield self._written
        finally:
            self._on = False

    def _heard(self, event: str, told: tuple[Any, ...]) -> None:
        if not self._on:
            return
        if event == "open":
            path, _mode, flags = told
            if flags & _MAKE:
                self._look(event, path)
        elif event in _WRITES:
            for path in told[:2]:
                self._look(event, path)
        elif event == "sqlite3.connect":
            self._look(event, told[0])
        elif event == "subprocess.Popen":
            settings = os.environ if told[3] is None else told[3]
            if settings.get("HOME") == self._home:
                self._written.append(f"{told[1]} was started with the home of the person")

    def _look(self, event: str, path: Any) -> None:
        if isinstance(path, (str, bytes, os.PathLike)):
            full = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - resolves no link and opens nothing
            if (full + os.sep).startswith(self._folders):
                self._written.append(f"{event} {full}")
