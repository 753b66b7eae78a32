from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.stores import environment, practice_store
from msgspec.structs import replace

from fieldlog.domain.errors import BadInput, KeyMissing, KeyWrong, NotAllowed
from fieldlog.services import locking
from fieldlog.services.opening import make_store, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from fieldlog.services.opening import Environment

OLD, NEW = "지금의 암호입니다", "새로 정한 암호입니다"


class Drawer:
    """A keyring that lies in memory."""

    secrets: dict[str, str]

    def __init__(self) -> None:
        self.secrets = {}

    def fetch(self, store_id: str) -> str | None:
        return self.secrets.get(store_id)

    def keep(self, store_id: str, secret: str) -> None:
        self.secrets[store_id] = secret

    def forget(self, store_id: str) -> None:
        self.secrets.pop(store_id, None)


@pytest.fixture
def around() -> Environment:
    return environment()


@pytest.fixture
def folder(tmp_path, around) -> Path:
    make_store(tmp_path / "store", locking.replace_ask(around, OLD)).close()
    return tmp_path / "store"


@pytest.fixture
def drawer(monkeypatch) -> Drawer:
    made = Drawer()
    for module in ("locking", "opening"):
        monkeypatch.setattr(f"fieldlog.services.{module}.OsKeyring", lambda: made)
    return made


def opens(folder, around, passphrase) -> bool:
    try:
        open_store(folder, locking.replace_ask(around, passphrase)).close()
    except (KeyWrong, KeyMissing):
        return False
    return True


def test_a_store_tells_how_it_is_locked(folder, around, tmp_path) -> None:
    locks = locking.locks_of(folder, around)
    assert (locks.passphrase, locks.keyring, locks.practice) == (True, False, False)
    assert locking.asks_for_passphrase(folder)
    practice_store(tmp_path / "practice").close()
    assert locking.locks_of(tmp_path / "practice", around).practice


def test_a_passphrase_is_changed_by_whoever_knows_the_old_one(folder, around) -> None:
    with pytest.raises(KeyWrong):
        locking.set_passphrase(folder, around, now="다른 암호입니다", fresh=NEW)
    assert opens(folder, around, OLD)
    locking.set_passphrase(folder, around, now=OLD, fresh=NEW)
    assert opens(folder, around, NEW)
    assert not opens(folder, around, OLD)


def test_the_keyring_does_not_stand_in_for_the_old_passphrase(folder, around, drawer) -> None:
    around = replace(around, use_keyring=True)
    locking.remember_key(folder, around, now=OLD)
    assert opens(folder, around, None)
    with pytest.raises(KeyWrong):
        locking.set_passphrase(folder, around, now="앞사람 암호", fresh=NEW)


def test_the_key_is_remembered_and_forgotten(folder, around, drawer) -> None:
    around = replace(around, use_keyring=True)
    assert locking.has_keyring(around)
    locking.remember_key(folder, around, now=OLD)
    assert locking.locks_of(folder, around).keyring
    locking.forget_key(folder)
    assert not locking.locks_of(folder, around).keyring
    assert not opens(folder, around, None)


def test_a_store_with_a_keyring_only_is_given_a_passphrase_and_may_then_be_carried(
    tmp_path, around, drawer
) -> None:
    around, folder = replace(around, use_keyring=True), tmp_path / "store"
    make_store(folder, around).close()
    with pytest.raises(NotAllowed):
        locking.forget_key(folder)
    locking.set_passphrase(folder, around, now="", fresh=NEW)
    drawer.secrets.clear()
    assert opens(folder, around, NEW)


def test_without_a_keyring_none_is_at_hand(around) -> None:
    assert not locking.has_keyring(around)


@pytest.mark.parametrize(("first", "again"), [(NEW, OLD), ("짧음", "짧음"), ("        ", "        ")])
def test_a_new_passphrase_must_be_long_and_twice_the_same(first, again) -> None:
    with pytest.raises(BadInput):
        locking.check_passphrase(first, again)
    assert locking.check_passphrase(NEW, NEW) == NEW
