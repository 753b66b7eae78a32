"""The operating system's keyring, where there is one that keeps secrets in earnest."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, Protocol

from fieldlog.domain.errors import KeyMissing
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keyring.backend import KeyringBackend

SERVICE: Final = "fieldlog"
_RECOMMENDED: Final = 1  # keyring's own scale: below it are stand-ins that fail, forget, or write in clear


class KeyringDoor(Protocol):
    """Keeps one secret text per store. Every method raises KeyMissing when the keyring is locked or absent."""

    def fetch(self, store_id: str) -> str | None:
        """The secret of a store, or None."""
        ...

    def keep(self, store_id: str, secret: str) -> None:
        """Keep the secret of a store."""
        ...

    def forget(self, store_id: str) -> None:
        """Remove the secret of a store; nothing happens when there is none."""
        ...


class OsKeyring:
    """The keyring of the person who is logged in; the library is loaded when first asked."""

    def fetch(self, store_id: str) -> str | None:
        """The secret of a store, or None."""
        with _told_plainly():
            return _backend().get_password(SERVICE, store_id)

    def keep(self, store_id: str, secret: str) -> None:
        """Keep the secret of a store, and read it back: some keyrings drop what they are given."""
        with _told_plainly():
            backend = _backend()
            backend.set_password(SERVICE, store_id, secret)
            if backend.get_password(SERVICE, store_id) != secret:
                raise no_keyring()

    def forget(self, store_id: str) -> None:
        """Remove the secret of a store; nothing happens when there is none."""
        with _told_plainly():
            backend = _backend()
            if backend.get_password(SERVICE, store_id) is not None:
                backend.delete_password(SERVICE, store_id)


def _backend() -> KeyringBackend:
    import keyring  # noqa: PLC0415

    backend = keyring.get_keyring()
    if backend.priority < _RECOMMENDED:
        raise no_keyring()
    return backend


@contextlib.contextmanager
def _told_plainly() -> Iterator[None]:
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        yield
    except (KeyringError, OSError, RuntimeError) as error:  # backends let their bus's errors through
        raise no_keyring() from error


def no_keyring() -> KeyMissing:
    """The error for a keyring that is locked or not there."""
    return KeyMissing(
        Phrase("키링을 쓸 수 없습니다.", "The keyring cannot be used."),
        Phrase("이 컴퓨터에 키링이 없거나 잠겨 있습니다.", "This computer has no keyring, or it is locked."),
        Phrase(
            "키링의 잠금을 풀고 다시 하거나, 암호를 써 주십시오.",
            "Unlock the keyring and try again, or use a passphrase.",
        ),
    )
