"""The store key: made once, kept only wrapped, and asked for when a store is opened.

A store may be opened by the keyring of the person logged in, by a passphrase, or, a practice store, by the
file beside it. An old copy of ``key.json`` keeps opening the ways it was written with.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING, Final, Literal, NoReturn

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

from fieldlog.domain.errors import AlreadyThere, Bug, KeyMissing, KeyWrong, NotAllowed, StoreDamaged
from fieldlog.domain.ids import random_bytes
from fieldlog.domain.phrase import Phrase
from fieldlog.storage import key_file
from fieldlog.storage.durable import disk_troubles, make_folders, write_over
from fieldlog.storage.key_file import KEY_BYTES, KeyFile, Way, Wrap, unwrapped, wrapped
from fieldlog.storage.keyring_door import KeyringDoor, no_keyring
from fieldlog.storage.passphrase import (
    SALT_BYTES,
    Argon2Cost,
    PassphrasePolicy,
    accepted,
    calibrated,
    from_file,
    stretch,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PRACTICE_KEY_NAME: Final = "practice.key"

Purpose = Literal["database", "vault wrap", "vault names", "key check"]


class StoreKey(Struct, frozen=True):
    """The one secret of a store: 32 bytes, never shown, never used but through ``derive``."""

    raw: bytes

    def __repr__(self) -> str:
        return "StoreKey(hidden)"

    def __reduce__(self) -> NoReturn:
        raise Bug("a store key leaves the process only wrapped")

    def derive(self, purpose: Purpose) -> bytes:
        """A 32-byte key for one purpose (HKDF-SHA256, RFC 5869): none tells anything about another."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"fieldlog 1 {purpose}".encode()).derive(self.raw)


def database_key_pragma(key: StoreKey) -> str:
    """The value for SQLCipher's ``PRAGMA key``: a raw key as ``x'...'``, to be put between double quotes."""
    return f"x'{key.derive('database').hex()}'"


class KeyWays(Struct, frozen=True):
    """What is at hand for opening a store; ``ask`` is called once, and only when nothing else opens it."""

    keyring: KeyringDoor | None = None
    passphrase_file: Path | None = None
    ask: Callable[[], str] | None = None
    practice: bool = False

    def passphrase(self) -> str | None:
        """The passphrase from the file or, without one, from the person; None when there is no such way."""
        if self.passphrase_file is not None:
            return from_file(self.passphrase_file)
        return None if self.ask is None else self.ask()


def make_key(
    folder: Path,
    store_id: str,
    ways: KeyWays,
    *,
    policy: PassphrasePolicy | None = None,
    cost: Argon2Cost | None = None,
) -> StoreKey:
    """Make the key of a new store and write its key file; every way at hand will open it.

    ``cost`` is measured on this machine unless it is given.

    Raises:
        KeyMissing: Neither keyring nor passphrase is at hand; nothing was written.
        BadInput: The passphrase is empty or too short.
        AlreadyThere: The folder has a key file.
        DiskTrouble: It could not be written.
    """
    _refuse_second(folder)
    key = StoreKey(random_bytes(KEY_BYTES))
    passphrase = None if ways.practice else ways.passphrase()
    wraps: list[Wrap] = []
    if passphrase is not None:
        wraps.append(
            _passphrase_wrap(key, store_id, accepted(passphrase, policy or PassphrasePolicy()), cost)
        )
    if ways.keyring is not None and not ways.practice:
        wraps.extend(_keyring_wrap(key, store_id, ways.keyring))
    if not wraps and not ways.practice:
        raise _no_way_to_lock()
    make_folders(folder)
    if ways.practice:
        wraps.append(_practice_wrap(key, store_id, folder))
    key_file.write_first(
        folder, KeyFile(key_file.FORMAT, store_id, _check_value(key, store_id), tuple(wraps))
    )
    return key


def unlock(folder: Path, ways: KeyWays) -> StoreKey:
    """The key of a store: by the file beside a practice store, else the keyring, else the passphrase.

    Raises:
        KeyMissing: No key file, or none of the ways that open it is at hand.
        KeyWrong: The passphrase is not the one, or the keyring holds another secret.
        StoreTooNew, StoreDamaged, DiskTrouble: The key file is newer, damaged or unreadable.
    """
    found = key_file.read(folder)
    key = _by_practice_file(folder, found) or _by_keyring(found, ways.keyring) or _by_passphrase(found, ways)
    if key is None:
        raise _no_way_to_open(found)
    if not hmac.compare_digest(found.check, _check_value(key, found.store)):
        raise StoreDamaged(
            Phrase("저장소의 열쇠 파일이 손상되었습니다.", "The store's key file is damaged."),
            Phrase("열쇠가 그 확인 값과 맞지 않습니다.", "The key does not fit its check value."),
            Phrase("백업에서 key.json 을 되살려 주십시오.", "Restore key.json from a backup."),
        )
    return key


def ways_that_open(folder: Path) -> frozenset[Way]:
    """The ways written in the key file; errors as ``unlock``."""
    return frozenset(wrap.way for wrap in key_file.read(folder).wraps)


def add_passphrase(
    folder: Path,
    ways: KeyWays,
    passphrase: str,
    *,
    policy: PassphrasePolicy | None = None,
    cost: Argon2Cost | None = None,
) -> None:
    """Let a passphrase open a store that has none yet.

    Raises:
        AlreadyThere: It has one: ``change_passphrase`` changes it.
        BadInput: The passphrase is empty or too short.
        KeyMissing, KeyWrong, StoreTooNew, StoreDamaged, DiskTrouble: As ``unlock``.
    """
    if "passphrase" in ways_that_open(folder):
        raise AlreadyThere(
            Phrase("이 저장소에는 이미 암호가 있습니다.", "This store already has a passphrase."),
            Phrase("암호는 하나만 둡니다.", "There is one passphrase only."),
            Phrase("암호를 바꾸어 주십시오.", "Change the passphrase instead."),
        )
    change_passphrase(folder, ways, passphrase, policy=policy, cost=cost)


def change_passphrase(
    folder: Path,
    ways: KeyWays,
    passphrase: str,
    *,
    policy: PassphrasePolicy | None = None,
    cost: Argon2Cost | None = None,
) -> None:
    """Open the store by ``ways`` and let ``passphrase`` open it from now on, in place of an earlier one.

    Raises:
        BadInput: The new passphrase is empty or too short.
        KeyMissing, KeyWrong, StoreTooNew, StoreDamaged, DiskTrouble: As ``unlock``.
    """
    fresh = accepted(passphrase, policy or PassphrasePolicy())
    key = unlock(folder, ways)
    found = key_file.read(folder)
    wrap = _passphrase_wrap(key, found.store, fresh, cost)
    key_file.rewrite(folder, found.without(found.wraps_for("passphrase")).with_wrap(wrap))


def remember_in_keyring(folder: Path, ways: KeyWays) -> None:
    """Open the store by ``ways`` and let the keyring of the person logged in open it from now on.

    Raises:
        KeyMissing: There is no keyring, or as ``unlock``.
        KeyWrong, StoreTooNew, StoreDamaged, DiskTrouble: As ``unlock``.
    """
    key = unlock(folder, ways)
    found = key_file.read(folder)
    if _by_keyring(found, ways.keyring) is not None:
        return
    wraps = () if ways.keyring is None else _keyring_wrap(key, found.store, ways.keyring)
    if not wraps:
        raise no_keyring()
    key_file.rewrite(folder, found.with_wrap(wraps[0]))


def forget_keyring(folder: Path, keyring: KeyringDoor) -> None:
    """Let the keyring of the person logged in no longer open the store.

    Raises:
        NotAllowed: Nothing but a keyring would be left to open the store.
        KeyMissing: The keyring is locked, or there is no key file.
        StoreTooNew, StoreDamaged, DiskTrouble: As ``unlock``.
    """
    found = key_file.read(folder)
    if not found.wraps_for("passphrase"):
        raise NotAllowed(
            Phrase("키링에서 열쇠를 지우지 않았습니다.", "The key was not removed from the keyring."),
            Phrase(
                "암호가 없어 저장소를 다시 열 수 없게 됩니다.",
                "Without a passphrase nothing could open the store.",
            ),
            Phrase("먼저 암호를 정해 주십시오.", "Set a passphrase first."),
        )
    secret = _decoded(keyring.fetch(found.store))
    mine = tuple(w for w in found.wraps_for("keyring") if secret and unwrapped(w, secret, found.store))
    key_file.rewrite(folder, found.without(mine))
    keyring.forget(found.store)


def _check_value(key: StoreKey, store_id: str) -> bytes:
    return hmac.digest(key.derive("key check"), store_id.encode(), hashlib.sha256)


def _passphrase_wrap(key: StoreKey, store_id: str, passphrase: str, cost: Argon2Cost | None) -> Wrap:
    salt = random_bytes(SALT_BYTES)
    cost = cost or calibrated()
    if not cost.is_sane():
        raise Bug("a cost outside the figures that a key file may hold")
    return wrapped(key.raw, stretch(passphrase, salt, cost), store_id, "passphrase", salt=salt, cost=cost)


def _keyring_wrap(key: StoreKey, store_id: str, keyring: KeyringDoor) -> tuple[Wrap, ...]:
    """One wrap, or none when the keyring does not take the secret."""
    secret = random_bytes(KEY_BYTES)
    try:
        keyring.keep(store_id, base64.b64encode(secret).decode())
    except KeyMissing:
        return ()
    return (wrapped(key.raw, secret, store_id, "keyring"),)


def _practice_wrap(key: StoreKey, store_id: str, folder: Path) -> Wrap:
    secret = random_bytes(KEY_BYTES)
    write_over(folder / PRACTICE_KEY_NAME, (base64.b64encode(secret) + b"\n",))
    return wrapped(key.raw, secret, store_id, "practice")


def _by_practice_file(folder: Path, found: KeyFile) -> StoreKey | None:
    wraps = found.wraps_for("practice")
    path = folder / PRACTICE_KEY_NAME
    with disk_troubles(path):
        if not wraps or not path.exists():
            return None
        text = path.read_text(encoding="ascii", errors="replace").strip()
    return _first_opened(found, wraps, _decoded(text))


def _by_keyring(found: KeyFile, keyring: KeyringDoor | None) -> StoreKey | None:
    wraps = found.wraps_for("keyring")
    if keyring is None or not wraps:
        return None
    try:
        secret = _decoded(keyring.fetch(found.store))
    except KeyMissing:
        return None
    return _first_opened(found, wraps, secret)


def _by_passphrase(found: KeyFile, ways: KeyWays) -> StoreKey | None:
    wraps = found.wraps_for("passphrase")
    passphrase = ways.passphrase() if wraps else None
    if not passphrase:
        return None
    for wrap in wraps:
        if wrap.cost is not None:
            key = _first_opened(found, (wrap,), stretch(passphrase, wrap.salt, wrap.cost))
            if key is not None:
                return key
    raise KeyWrong(
        Phrase("저장소를 열지 못했습니다.", "The store could not be opened."),
        Phrase("암호가 맞지 않습니다.", "The passphrase is not the right one."),
        Phrase(
            "한/영 상태와 대소문자를 확인하고 다시 입력해 주십시오.",
            "Check the keyboard and letter case; try again.",
        ),
    )


def _first_opened(found: KeyFile, wraps: tuple[Wrap, ...], secret: bytes | None) -> StoreKey | None:
    for wrap in wraps if secret else ():
        raw = unwrapped(wrap, secret or b"", found.store)
        if raw is not None:
            return StoreKey(raw)
    return None


def _decoded(text: str | None) -> bytes | None:
    try:
        secret = base64.b64decode(text or "", validate=True)
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == KEY_BYTES else None


def _refuse_second(folder: Path) -> None:
    path = folder / key_file.NAME
    with disk_troubles(path):
        if path.exists():
            raise AlreadyThere(
                Phrase("이미 저장소가 있는 폴더입니다: {path}", "There is already a store in {path}").fill(
                    path=folder
                ),
                Phrase(
                    "열쇠를 새로 만들면 있던 기록을 열 수 없게 됩니다.",
                    "A new key would lock away its records.",
                ),
                Phrase(
                    "그 저장소를 열거나 다른 폴더를 골라 주십시오.",
                    "Open that store, or choose another folder.",
                ),
            )


def _no_way_to_lock() -> KeyMissing:
    return KeyMissing(
        Phrase("저장소를 만들지 않았습니다.", "The store was not made."),
        Phrase(
            "열쇠를 둘 키링도 암호도 없어, 기록이 암호화되지 않은 채 남게 됩니다.",
            "There is neither a keyring nor a passphrase, and records are never written unencrypted.",
        ),
        Phrase(
            "암호를 적은 파일을 FIELDLOG_PASSPHRASE_FILE 로 알려 주거나, 창에서 암호를 정해 주십시오.",
            "Name a file holding a passphrase in FIELDLOG_PASSPHRASE_FILE, or set one in the window.",
        ),
    )


def _no_way_to_open(found: KeyFile) -> KeyMissing | KeyWrong:
    what = Phrase("저장소를 열지 못했습니다.", "The store could not be opened.")
    if found.wraps_for("practice"):
        why = Phrase(
            "practice.key 파일이 없거나 맞지 않습니다.", "practice.key is missing or is not the right one."
        )
        return KeyMissing(what, why, Phrase("연습 저장소를 초기화해 주십시오.", "Reset the practice store."))
    if found.wraps_for("passphrase"):
        why = Phrase(
            "키링에 열쇠가 없고 암호도 받지 못했습니다.",
            "No key in the keyring, and no passphrase was given.",
        )
        how = Phrase(
            "암호를 입력하거나, 암호를 적은 파일을 FIELDLOG_PASSPHRASE_FILE 로 알려 주십시오.",
            "Enter the passphrase, or name a file holding it in FIELDLOG_PASSPHRASE_FILE.",
        )
        return KeyMissing(what, why, how)
    why = Phrase("열쇠를 둔 키링이 없거나 잠겨 있습니다.", "The keyring with its key is missing or locked.")
    how = Phrase(
        "저장소를 만든 컴퓨터에 같은 사용자로 로그인하고, 키링의 잠금을 풀어 주십시오.",
        "Log in as the same person on the computer that made it, and unlock the keyring.",
    )
    return KeyMissing(what, why, how)
