from __future__ import annotations

import base64
import itertools
import json
import pickle
from typing import TYPE_CHECKING

import msgspec
import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldlog.domain.errors import (
    AlreadyThere,
    BadInput,
    Bug,
    DiskTrouble,
    KeyMissing,
    KeyWrong,
    NotAllowed,
    StoreDamaged,
    StoreTooNew,
)
from fieldlog.storage import passphrase as passphrases
from fieldlog.storage.key_file import NAME
from fieldlog.storage.keyring_door import no_keyring
from fieldlog.storage.keys import (
    PRACTICE_KEY_NAME,
    KeyWays,
    StoreKey,
    add_passphrase,
    change_passphrase,
    database_key_pragma,
    forget_keyring,
    make_key,
    remember_in_keyring,
    unlock,
    ways_that_open,
)
from fieldlog.storage.passphrase import FLOOR, Argon2Cost, PassphrasePolicy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORE = "01930000-0000-7000-8000-000000000001"
PASSPHRASE = "한빛시 도로과의 긴 암호"
OTHER = "전혀 다른 새 암호입니다"
KEY = StoreKey(bytes(range(32)))


class MemoryKeyring:
    """One person's keyring."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.locked = False

    def _look(self) -> None:
        if self.locked:
            raise no_keyring()

    def fetch(self, store_id: str) -> str | None:
        self._look()
        return self.held.get(store_id)

    def keep(self, store_id: str, secret: str) -> None:
        self._look()
        self.held[store_id] = secret

    def forget(self, store_id: str) -> None:
        self._look()
        self.held.pop(store_id, None)


def typed(text: str) -> KeyWays:
    return KeyWays(ask=lambda: text)


def made(folder: Path, ways: KeyWays) -> StoreKey:
    return make_key(folder, STORE, ways, cost=FLOOR)


def edited(folder: Path, edit: Callable[[dict[str, object]], None]) -> None:
    content = json.loads((folder / NAME).read_text())
    edit(content)
    (folder / NAME).write_text(json.dumps(content))


def test_a_store_made_with_a_passphrase_opens_with_it_alone(tmp_path) -> None:
    key = made(tmp_path, typed(PASSPHRASE))
    assert unlock(tmp_path, typed(PASSPHRASE)) == key
    assert ways_that_open(tmp_path) == {"passphrase"}
    with pytest.raises(KeyWrong):
        unlock(tmp_path, typed(PASSPHRASE + "!"))


def test_the_passphrase_may_lie_in_a_file_which_goes_before_asking(tmp_path) -> None:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    ways = KeyWays(passphrase_file=path, ask=lambda: pytest.fail("asked"))
    key = made(tmp_path / "store", ways)
    assert unlock(tmp_path / "store", ways) == key == unlock(tmp_path / "store", typed(PASSPHRASE))


def test_a_store_made_with_a_keyring_opens_unasked(tmp_path) -> None:
    ways = KeyWays(keyring=MemoryKeyring())
    key = made(tmp_path, ways)
    assert unlock(tmp_path, ways) == key
    assert ways_that_open(tmp_path) == {"keyring"}


def test_a_store_made_with_both_opens_with_either(tmp_path) -> None:
    keyring = MemoryKeyring()
    key = made(tmp_path, KeyWays(keyring=keyring, ask=lambda: PASSPHRASE))
    assert ways_that_open(tmp_path) == {"keyring", "passphrase"}
    assert unlock(tmp_path, KeyWays(keyring=keyring, ask=lambda: pytest.fail("asked"))) == key
    keyring.held.clear()
    assert unlock(tmp_path, KeyWays(keyring=keyring, ask=lambda: PASSPHRASE)) == key
    keyring.locked = True
    assert unlock(tmp_path, KeyWays(keyring=keyring, ask=lambda: PASSPHRASE)) == key


def test_a_locked_keyring_leaves_a_store_that_the_passphrase_opens(tmp_path) -> None:
    keyring = MemoryKeyring()
    keyring.locked = True
    made(tmp_path, KeyWays(keyring=keyring, ask=lambda: PASSPHRASE))
    assert ways_that_open(tmp_path) == {"passphrase"}


def test_with_neither_keyring_nor_passphrase_nothing_is_written(tmp_path) -> None:
    locked = MemoryKeyring()
    locked.locked = True
    for ways in (KeyWays(), KeyWays(keyring=locked)):
        with pytest.raises(KeyMissing) as caught:
            made(tmp_path / "store", ways)
        assert "FIELDLOG_PASSPHRASE_FILE" in caught.value.how.ko
    assert not (tmp_path / "store" / NAME).exists()


@pytest.mark.parametrize("passphrase", ["", "짧다"])
def test_a_store_is_not_made_with_an_empty_or_short_passphrase(tmp_path, passphrase) -> None:
    with pytest.raises(BadInput):
        made(tmp_path / "store", KeyWays(keyring=MemoryKeyring(), ask=lambda: passphrase))
    assert not (tmp_path / "store").exists()
    make_key(tmp_path / "store", STORE, typed("짧다"), policy=PassphrasePolicy(2), cost=FLOOR)


@pytest.mark.parametrize("ways", [KeyWays(), typed("")])
def test_a_store_that_cannot_be_asked_for_says_which_way_is_open(tmp_path, ways) -> None:
    made(tmp_path, KeyWays(keyring=MemoryKeyring(), ask=lambda: PASSPHRASE))
    with pytest.raises(KeyMissing) as caught:
        unlock(tmp_path, ways)
    assert "FIELDLOG_PASSPHRASE_FILE" in caught.value.how.en


def test_a_keyring_only_store_on_another_computer_says_where_its_key_is(tmp_path) -> None:
    made(tmp_path, KeyWays(keyring=MemoryKeyring()))
    stranger = MemoryKeyring()
    stranger.held[STORE] = base64.b64encode(bytes(32)).decode()
    for keyring in (None, MemoryKeyring(), stranger):
        with pytest.raises(KeyMissing, match="keyring"):
            unlock(tmp_path, KeyWays(keyring=keyring, ask=lambda: pytest.fail("asked")))


@pytest.mark.parametrize("junk", ["", "not base64 ☃", "c2hvcnQ="])
def test_junk_in_the_keyring_does_not_stop_the_passphrase(tmp_path, junk) -> None:
    keyring = MemoryKeyring()
    key = made(tmp_path, KeyWays(keyring=keyring, ask=lambda: PASSPHRASE))
    keyring.held[STORE] = junk
    assert unlock(tmp_path, KeyWays(keyring=keyring, ask=lambda: PASSPHRASE)) == key


def test_a_practice_store_opens_by_the_file_beside_it_and_asks_nobody(tmp_path) -> None:
    key = made(tmp_path, KeyWays(keyring=MemoryKeyring(), ask=lambda: pytest.fail("asked"), practice=True))
    assert ways_that_open(tmp_path) == {"practice"}
    assert unlock(tmp_path, KeyWays()) == key
    for raw in (None, b"", b"\xff\xfe", base64.b64encode(bytes(32))):
        (tmp_path / PRACTICE_KEY_NAME).unlink(missing_ok=True)
        if raw is not None:
            (tmp_path / PRACTICE_KEY_NAME).write_bytes(raw)
        with pytest.raises(KeyMissing, match=r"practice\.key"):
            unlock(tmp_path, KeyWays())


def test_the_key_of_a_store_is_never_made_twice(tmp_path) -> None:
    key = made(tmp_path, typed(PASSPHRASE))
    with pytest.raises(AlreadyThere):
        made(tmp_path, KeyWays(practice=True))
    assert unlock(tmp_path, typed(PASSPHRASE)) == key
    assert not (tmp_path / PRACTICE_KEY_NAME).exists()


def test_two_stores_have_two_keys_and_do_not_open_each_other(tmp_path) -> None:
    one = made(tmp_path / "one", typed(PASSPHRASE))
    two = make_key(tmp_path / "two", "another store", typed(PASSPHRASE), cost=FLOOR)
    assert one != two
    first = json.loads((tmp_path / "one" / NAME).read_text())
    edited(tmp_path / "two", lambda content: content.update(wraps=first["wraps"]))
    with pytest.raises(KeyWrong):
        unlock(tmp_path / "two", typed(PASSPHRASE))


def test_changing_the_passphrase_keeps_the_key_and_shuts_out_the_old_one(tmp_path) -> None:
    key = made(tmp_path, typed(PASSPHRASE))
    change_passphrase(tmp_path, typed(PASSPHRASE), OTHER, cost=FLOOR)
    assert unlock(tmp_path, typed(OTHER)) == key
    with pytest.raises(KeyWrong):
        unlock(tmp_path, typed(PASSPHRASE))
    assert len(json.loads((tmp_path / NAME).read_text())["wraps"]) == 1


def test_a_wrong_old_or_short_new_passphrase_changes_nothing(tmp_path) -> None:
    made(tmp_path, typed(PASSPHRASE))
    before = (tmp_path / NAME).read_bytes()
    with pytest.raises(KeyWrong):
        change_passphrase(tmp_path, typed(OTHER), OTHER, cost=FLOOR)
    with pytest.raises(BadInput):
        change_passphrase(tmp_path, typed(PASSPHRASE), "short", cost=FLOOR)
    assert (tmp_path / NAME).read_bytes() == before


def test_a_passphrase_is_added_to_a_store_that_had_only_the_keyring(tmp_path) -> None:
    ways = KeyWays(keyring=MemoryKeyring())
    key = made(tmp_path, ways)
    add_passphrase(tmp_path, ways, OTHER, cost=FLOOR)
    assert unlock(tmp_path, typed(OTHER)) == unlock(tmp_path, ways) == key
    with pytest.raises(AlreadyThere):
        add_passphrase(tmp_path, ways, PASSPHRASE, cost=FLOOR)


def test_a_second_persons_keyring_learns_the_key_and_the_first_still_opens(tmp_path) -> None:
    mine, yours = MemoryKeyring(), MemoryKeyring()
    key = made(tmp_path, KeyWays(keyring=mine, ask=lambda: PASSPHRASE))
    remember_in_keyring(tmp_path, KeyWays(keyring=yours, ask=lambda: PASSPHRASE))
    written = (tmp_path / NAME).read_bytes()
    remember_in_keyring(tmp_path, KeyWays(keyring=yours))
    assert (tmp_path / NAME).read_bytes() == written
    assert unlock(tmp_path, KeyWays(keyring=mine)) == unlock(tmp_path, KeyWays(keyring=yours)) == key
    forget_keyring(tmp_path, yours)
    assert yours.held == {}
    assert unlock(tmp_path, KeyWays(keyring=mine)) == key


def test_without_a_keyring_nothing_can_be_remembered_in_one(tmp_path) -> None:
    made(tmp_path, typed(PASSPHRASE))
    locked = MemoryKeyring()
    locked.locked = True
    for keyring in (None, locked):
        with pytest.raises(KeyMissing):
            remember_in_keyring(tmp_path, KeyWays(keyring=keyring, ask=lambda: PASSPHRASE))
    assert ways_that_open(tmp_path) == {"passphrase"}


def test_a_forgotten_keyring_does_not_open_even_if_its_secret_was_copied(tmp_path) -> None:
    keyring = MemoryKeyring()
    key = made(tmp_path, KeyWays(keyring=keyring, ask=lambda: PASSPHRASE))
    copied = dict(keyring.held)
    forget_keyring(tmp_path, keyring)
    keyring.held.update(copied)
    with pytest.raises(KeyMissing):
        unlock(tmp_path, KeyWays(keyring=keyring))
    assert unlock(tmp_path, typed(PASSPHRASE)) == key


def test_the_only_way_into_a_store_is_never_forgotten(tmp_path) -> None:
    keyring = MemoryKeyring()
    key = made(tmp_path, KeyWays(keyring=keyring))
    with pytest.raises(NotAllowed):
        forget_keyring(tmp_path, keyring)
    assert unlock(tmp_path, KeyWays(keyring=keyring)) == key


def test_no_secret_stands_in_the_key_file_in_clear(tmp_path) -> None:
    keyring = MemoryKeyring()
    key = made(tmp_path, KeyWays(keyring=keyring, ask=lambda: PASSPHRASE))
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    secrets = [key.raw, PASSPHRASE.encode(), base64.b64decode(keyring.held[STORE]), key.derive("database")]
    for secret in secrets:
        assert secret.hex() not in text
        assert base64.b64encode(secret).decode() not in text
        assert secret not in text.encode()


def test_a_missing_key_file_is_told_with_a_way_out(tmp_path) -> None:
    with pytest.raises(KeyMissing) as caught:
        unlock(tmp_path, typed(PASSPHRASE))
    assert NAME in caught.value.how.ko
    with pytest.raises(DiskTrouble):
        unlock(tmp_path / "no such folder", typed(PASSPHRASE))


def test_a_key_file_of_a_newer_fieldlog_is_refused_in_one_sentence(tmp_path) -> None:
    made(tmp_path, typed(PASSPHRASE))
    edited(tmp_path, lambda content: content.update(fieldlog_key=2, wraps=[{"way": "hardware token"}]))
    with pytest.raises(StoreTooNew):
        unlock(tmp_path, typed(PASSPHRASE))


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"\xff\xfe", b'{"fieldlog_key": "1"}', b"null", b'{"fieldlog_key": 0}']
)
def test_a_key_file_that_is_no_key_file_is_told_as_damaged(tmp_path, raw) -> None:
    (tmp_path / NAME).write_bytes(raw)
    with pytest.raises(StoreDamaged):
        unlock(tmp_path, typed(PASSPHRASE))


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": ""},
        {"sealed": "AAAA"},
        {"salt": ""},
        {"cost": None},
        {"cost": {"memory_kib": 1 << 40, "passes": 2, "lanes": 1}},
        {"cost": {"memory_kib": 19456, "passes": 1_000_000, "lanes": 1}},
        {"cost": {"memory_kib": 8, "passes": 1, "lanes": 1}},
        {"way": "keyring"},
        {"way": "post-it"},
    ],
)
def test_figures_that_fieldlog_would_not_write_are_told_as_damage_before_any_work(
    tmp_path, monkeypatch, change
) -> None:
    made(tmp_path, typed(PASSPHRASE))
    edited(tmp_path, lambda content: content["wraps"][0].update(change))
    monkeypatch.setattr(passphrases, "stretch", lambda *_: pytest.fail("worked on them"))
    with pytest.raises(StoreDamaged):
        unlock(tmp_path, typed(PASSPHRASE))


@pytest.mark.parametrize("change", [{"passes": 3}, {"lanes": 2}])
def test_a_changed_cost_or_store_id_breaks_the_seal(tmp_path, change) -> None:
    made(tmp_path, typed(PASSPHRASE))
    edited(tmp_path, lambda content: content["wraps"][0]["cost"].update(change))
    with pytest.raises(KeyWrong):
        unlock(tmp_path, typed(PASSPHRASE))
    edited(tmp_path, lambda content: content.update(store="another"))
    with pytest.raises(KeyWrong):
        unlock(tmp_path, typed(PASSPHRASE))


def test_a_changed_check_value_is_told_as_damage(tmp_path) -> None:
    made(tmp_path, typed(PASSPHRASE))
    edited(tmp_path, lambda content: content.update(check=base64.b64encode(bytes(32)).decode()))
    with pytest.raises(StoreDamaged):
        unlock(tmp_path, typed(PASSPHRASE))


def test_the_cost_is_measured_when_the_store_is_made_and_written_down(tmp_path) -> None:
    key = make_key(tmp_path, STORE, typed(PASSPHRASE))
    (wrap,) = json.loads((tmp_path / NAME).read_text())["wraps"]
    assert msgspec.convert(wrap["cost"], Argon2Cost).is_sane()
    assert unlock(tmp_path, typed(PASSPHRASE)) == key


def test_a_cost_that_could_never_be_read_back_is_our_own_mistake(tmp_path) -> None:
    with pytest.raises(Bug):
        make_key(tmp_path, STORE, typed(PASSPHRASE), cost=Argon2Cost(8, 1, 1))


def test_a_key_shows_nothing_of_itself() -> None:
    assert repr(KEY) == f"{KEY}" == "StoreKey(hidden)"
    assert KEY.raw.hex() not in repr(KeyWays())
    with pytest.raises(Bug):
        pickle.dumps(KEY)
    with pytest.raises(AttributeError):
        KEY.raw = b""


def test_the_keys_for_different_purposes_have_nothing_in_common() -> None:
    purposes = ("database", "vault wrap", "vault names", "key check")
    keys = [KEY.derive(purpose) for purpose in purposes]
    assert all(len(key) == 32 for key in keys)
    assert all(one != two for one, two in itertools.combinations([*keys, KEY.raw], 2))
    expected = HKDF(SHA256(), 32, salt=None, info=b"fieldlog 1 database").derive(KEY.raw)
    assert KEY.derive("database") == expected


def test_the_database_key_is_written_as_sqlcipher_takes_a_raw_one(tmp_path) -> None:
    import sqlcipher3

    text = database_key_pragma(KEY)
    assert len(text) == 67
    for _ in range(2):
        connection = sqlcipher3.connect(str(tmp_path / "a.db"))
        connection.execute(f'PRAGMA key = "{text}"')
        connection.execute("CREATE TABLE IF NOT EXISTS t (x)")
        connection.close()
    assert not (tmp_path / "a.db").read_bytes().startswith(b"SQLite")
