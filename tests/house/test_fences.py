from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.fences import HomeWatch, NetworkTouched, folders_of_the_person, is_this_machine

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


@pytest.fixture
def watch(tmp_path: Path) -> HomeWatch:
    return HomeWatch([tmp_path / "kept"], tmp_path / "home")


@pytest.mark.parametrize(
    "write",
    [
        lambda place: (place / "log.txt").write_text("bug"),
        lambda place: (place / "new").mkdir(),
        lambda place: (place / "log.txt").open("ab").close(),
        lambda place: (place.parent / "beside").rename(place / "beside"),
        lambda place: (place / "there").unlink(),
    ],
    ids=["written", "made", "appended", "moved", "removed"],
)
def test_whatever_is_written_in_the_folders_of_the_person_is_named(tmp_path, watch, write) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "there").touch()
    (tmp_path / "beside").touch()
    with watch.watching() as written:
        write(tmp_path / "kept")
    assert written
    assert all(str(tmp_path / "kept") in line for line in written)


def test_what_is_read_there_or_written_elsewhere_is_no_matter(tmp_path, watch) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "there").touch()
    with watch.watching() as written:
        (tmp_path / "kept" / "there").read_bytes()
        (tmp_path / "kept-not").mkdir()
        (tmp_path / "elsewhere").write_text("something")
    assert written == []


def test_a_program_started_with_the_home_of_the_person_is_named(tmp_path, watch) -> None:
    with watch.watching() as written:
        for home in ("elsewhere", "home"):
            settings = {**os.environ, "HOME": str(tmp_path / home)}
            subprocess.run([sys.executable, "-c", ""], check=True, env=settings)
    assert len(written) == 1


def test_what_is_watched_is_where_the_program_keeps_things(tmp_path) -> None:
    """Also where the person's own settings, which no test sees, lead elsewhere."""
    folders = folders_of_the_person(tmp_path, {"XDG_STATE_HOME": str(tmp_path / "elsewhere")})
    wanted = (".local/state/fieldlog", ".local/share/fieldlog", ".config/fieldlog", "elsewhere/fieldlog")
    assert {tmp_path / below for below in wanted} <= set(folders)
