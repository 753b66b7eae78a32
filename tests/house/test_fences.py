from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from helpers.fences import NetworkTouched, is_this_machine

ELSEWHERE = "192.0.2.1"  # RFC 5737: an address that belongs to nobody


def test_a_test_cannot_reach_another_machine() -> None:
    with pytest.raises(NetworkTouched), socket.socket() as line:
        line.connect((ELSEWHERE, 80))
    with pytest.raises(NetworkTouched):
        socket.create_connection((ELSEWHERE, 80), timeout=1)


def test_a_test_cannot_ask_for_the_address_of_another_machine() -> None:
    with pytest.raises(NetworkTouched):
        socket.getaddrinfo("example.org", 80)


def test_a_test_cannot_send_to_another_machine_without_connecting() -> None:
    with pytest.raises(NetworkTouched), socket.socket(type=socket.SOCK_DGRAM) as line:
        line.sendto(b"", (ELSEWHERE, 53))


def test_a_server_that_the_test_started_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), (b"localhost", True),
     ("", True), (None, True), ("10.0.0.1", False), ("fe80::1%eth0", False), ("example.org", False)],
)  # fmt: skip
def test_only_loopback_is_this_machine(host: str | bytes | None, *, here: bool) -> None:
    assert is_this_machine(host) is here


def test_each_test_has_an_empty_home_of_its_own() -> None:
    assert list(Path.home().iterdir()) == []
    assert "homes" in Path.home().parts
    assert os.environ["XDG_DATA_HOME"].startswith(str(Path.home()))


def test_no_setting_of_the_person_reaches_a_test() -> None:
    assert not [name for name in os.environ if name.startswith("FIELDLOG_")]


def test_no_test_reaches_the_keyring_of_the_person() -> None:
    import keyring
    import keyring.errors

    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.get_password("fieldlog", "anyone")
