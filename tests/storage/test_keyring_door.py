from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from fieldlog.domain.errors import KeyMissing
from fieldlog.storage.keyring_door import OsKeyring

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Memory(KeyringBackend):
    """A real backend in keyring's terms, which lives in memory."""

    priority: ClassVar[float] = 5
    trouble: Exception | None = None
    forgetful = False

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        if self.trouble is not None:
            raise self.trouble
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        if not self.forgetful:
            self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError
        del self.held[service, username]


class _InClear(_Memory):
    priority: ClassVar[float] = 0.5


@pytest.fixture
def backend() -> Iterator[_Memory]:
    before = keyring.get_keyring()
    memory = _Memory()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def test_a_secret_is_kept_for_each_store_under_the_name_of_the_program(backend) -> None:
    door = OsKeyring()
    assert door.fetch("store-1") is None
    door.keep("store-1", "secret")
    assert door.fetch("store-1") == "secret"
    assert door.fetch("store-2") is None
    assert backend.held == {("fieldlog", "store-1"): "secret"}


def test_forgetting_a_secret_twice_is_no_error(backend) -> None:
    door = OsKeyring()
    door.keep("store-1", "secret")
    door.forget("store-1")
    door.forget("store-1")
    assert backend.held == {}


@pytest.mark.parametrize("trouble", [KeyringLocked(), OSError(5, "bus"), RuntimeError("no session bus")])
def test_a_locked_keyring_or_a_broken_bus_is_told_plainly(backend, trouble) -> None:
    backend.trouble = trouble
    for ask in (OsKeyring().fetch, OsKeyring().forget, lambda store: OsKeyring().keep(store, "s")):
        with pytest.raises(KeyMissing):
            ask("store-1")


def test_a_keyring_that_drops_what_it_is_given_is_not_trusted(backend) -> None:
    backend.forgetful = True
    with pytest.raises(KeyMissing):
        OsKeyring().keep("store-1", "secret")


@pytest.mark.parametrize("stand_in", [fail.Keyring, null.Keyring, _InClear])
def test_a_stand_in_that_fails_forgets_or_writes_in_clear_counts_as_no_keyring(backend, stand_in) -> None:
    keyring.set_keyring(stand_in())
    for ask in (OsKeyring().fetch, lambda store: OsKeyring().keep(store, "s")):
        with pytest.raises(KeyMissing):
            ask("store-1")


def test_neither_keyring_nor_argon2_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys; from fieldlog.storage import keys, keyring_door; keyring_door.OsKeyring();"
        "sys.exit(bool({'keyring', 'argon2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0
