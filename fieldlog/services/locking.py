"""Locking: what opens the store, a passphrase set or changed, the key remembered in the keyring or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.domain.errors import BadInput, KeyMissing
from fieldlog.domain.phrase import Phrase
from fieldlog.storage import keys
from fieldlog.storage.keyring_door import OsKeyring
from fieldlog.storage.passphrase import PassphrasePolicy, accepted

if TYPE_CHECKING:
    from pathlib import Path

    from fieldlog.services.opening import Environment

_PROBE = "keyring at hand"


class Locks(Struct, frozen=True, kw_only=True):
    """How a store is locked; ``keyring_at_hand`` tells whether this computer has a keyring at all."""

    passphrase: bool
    keyring: bool
    practice: bool
    keyring_at_hand: bool


def locks_of(folder: Path, around: Environment) -> Locks:
    """How the store in a folder is locked.

    Raises:
        KeyMissing, StoreTooNew, StoreDamaged, DiskTrouble: The key file.
    """
    ways = keys.ways_that_open(folder)
    return Locks(
        passphrase="passphrase" in ways,
        keyring="keyring" in ways,
        practice="practice" in ways,
        keyring_at_hand=has_keyring(around),
    )


def asks_for_passphrase(folder: Path) -> bool:
    """Whether a passphrase opens the store in a folder.

    Raises:
        KeyMissing, StoreTooNew, StoreDamaged, DiskTrouble: The key file.
    """
    return "passphrase" in keys.ways_that_open(folder)


def has_keyring(around: Environment) -> bool:
    """Whether this computer has a keyring that keeps secrets in earnest, and it is unlocked."""
    if not around.use_keyring:
        return False
    try:
        OsKeyring().fetch(_PROBE)
    except KeyMissing:
        return False
    return True


def check_passphrase(passphrase: str, again: str) -> str:
    """A new passphrase as it was typed twice.

    Raises:
        BadInput: The two differ, or it is too short.
    """
    if passphrase != again:
        raise BadInput(
            Phrase("암호를 정하지 않았습니다.", "The passphrase was not set."),
            Phrase("두 번 적은 암호가 서로 다릅니다.", "The two passphrases differ."),
            Phrase("두 칸에 같은 암호를 적어 주십시오.", "Write the same passphrase in both fields."),
        )
    return accepted(passphrase, PassphrasePolicy())


def set_passphrase(folder: Path, around: Environment, *, now: str, fresh: str) -> None:
    """Let a new passphrase open the store, in place of the one of ``now`` if there is one.

    Where there is one it is asked for even if the keyring would do: the chair may have changed hands.

    Raises:
        BadInput: The new passphrase is empty or too short.
        KeyWrong: The passphrase of now is not the right one.
        KeyMissing, DiskTrouble: As named.
    """
    keys.change_passphrase(folder, _ways(folder, around, now), fresh)


def remember_key(folder: Path, around: Environment, *, now: str) -> None:
    """Let the keyring open the store for whoever is logged in on this computer.

    Raises:
        KeyMissing: There is no keyring.
        KeyWrong: The passphrase is not the right one.
    """
    keys.remember_in_keyring(folder, replace_ask(around, now).key_ways(practice=False))


def forget_key(folder: Path) -> None:
    """Let the keyring no longer open the store.

    Raises:
        NotAllowed: Without a passphrase nothing would open it.
        KeyMissing: The keyring is locked.
    """
    keys.forget_keyring(folder, OsKeyring())


def replace_ask(around: Environment, passphrase: str | None) -> Environment:
    """Surroundings in which the passphrase has been typed already; None where it has not."""
    return replace(around, ask_passphrase=None if passphrase is None else lambda: passphrase)


def _ways(folder: Path, around: Environment, now: str) -> keys.KeyWays:
    ways = replace_ask(around, now).key_ways(practice=False)
    return replace(ways, keyring=None) if asks_for_passphrase(folder) else ways
