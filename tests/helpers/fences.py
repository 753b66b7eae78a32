"""What tests may not touch: the network beyond this machine, and the home of whoever runs them."""

from __future__ import annotations

import ipaddress
import os
import socket
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

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
