"""``key.json`` in the store's folder: the store key, wrapped once for each way of opening it.

No secret stands in it in clear. ``check`` tells the right key from a wrong one (an HMAC under a key derived
from it); each wrap is AES-256-GCM, bound to the store's id, the way, and the cost figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct
from msgspec.structs import replace

from fieldlog.domain.errors import KeyMissing, StoreDamaged, StoreTooNew
from fieldlog.domain.ids import random_bytes
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.durable import disk_troubles, write_new, write_over
from fieldlog.storage.passphrase import SALT_BYTES, Argon2Cost

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "key.json"
FORMAT: Final = 1
KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16

Way = Literal["passphrase", "keyring", "practice"]


class Wrap(Struct, frozen=True, kw_only=True):
    """The store key, sealed for one way; ``salt`` and ``cost`` only for a passphrase."""

    way: Way
    nonce: bytes
    sealed: bytes
    salt: bytes = b""
    cost: Argon2Cost | None = None

    def is_sound(self) -> bool:
        """Whether the lengths and figures are ones fieldlog would write."""
        measured = self.cost is not None and len(self.salt) == SALT_BYTES and self.cost.is_sane()
        return (
            len(self.nonce) == _NONCE_BYTES
            and len(self.sealed) == KEY_BYTES + _TAG_BYTES
            and measured == (self.way == "passphrase")
        )

    def bound_to(self, store: str) -> bytes:
        """What the seal covers besides the key."""
        cost = self.cost or Argon2Cost(0, 0, 0)
        figures = f"{cost.memory_kib},{cost.passes},{cost.lanes},{self.salt.hex()}"
        return f"fieldlog key wrap {FORMAT}\n{self.way}\n{figures}\n{store}".encode()


class KeyFile(Struct, frozen=True):
    """What ``key.json`` says; bytes stand in it as base64."""

    fieldlog_key: int
    store: str
    check: bytes
    wraps: tuple[Wrap, ...] = ()

    def wraps_for(self, way: Way) -> tuple[Wrap, ...]:
        """The wraps that one way may open."""
        return tuple(wrap for wrap in self.wraps if wrap.way == way)

    def with_wrap(self, wrap: Wrap) -> KeyFile:
        """The same file with one wrap more."""
        return replace(self, wraps=(*self.wraps, wrap))

    def without(self, gone: tuple[Wrap, ...]) -> KeyFile:
        """The same file without some wraps."""
        return replace(self, wraps=tuple(wrap for wrap in self.wraps if wrap not in gone))


def wrapped(
    raw_key: bytes, secret: bytes, store: str, way: Way, *, salt: bytes = b"", cost: Argon2Cost | None = None
) -> Wrap:
    """Seal the store key under a 32-byte secret."""
    nonce = random_bytes(_NONCE_BYTES)
    bare = Wrap(way=way, nonce=nonce, sealed=b"", salt=salt, cost=cost)
    return replace(bare, sealed=AESGCM(secret).encrypt(nonce, raw_key, bare.bound_to(store)))


def unwrapped(wrap: Wrap, secret: bytes, store: str) -> bytes | None:
    """The store key, or None when the secret is not the one."""
    try:
        return AESGCM(secret).decrypt(wrap.nonce, wrap.sealed, wrap.bound_to(store))
    except InvalidTag:
        return None


def read(folder: Path) -> KeyFile:
    """Read ``key.json``.

    Raises:
        KeyMissing: There is none.
        StoreTooNew: A newer fieldlog wrote it.
        StoreDamaged: It is not what fieldlog writes.
        DiskTrouble: It cannot be read.
    """
    path = folder / NAME
    with disk_troubles(path):
        if folder.is_dir() and not path.exists():
            raise _no_file(path)
        raw = path.read_bytes()
    try:
        version = msgspec.json.decode(raw, type=_Version).fieldlog_key
        if version > FORMAT:
            raise _too_new()
        found = msgspec.json.decode(raw, type=KeyFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(path) from error
    if version < 1 or not all(wrap.is_sound() for wrap in found.wraps):
        raise _damaged(path)
    return found


def write_first(folder: Path, key_file: KeyFile) -> None:
    """Write ``key.json`` where there is none; AlreadyThere, and nothing touched, if there is."""
    write_new(folder / NAME, (_encoded(key_file),))


def rewrite(folder: Path, key_file: KeyFile) -> None:
    """Write ``key.json`` in place of the old one, whole or not at all."""
    write_over(folder / NAME, (_encoded(key_file),))


class _Version(Struct, frozen=True):
    fieldlog_key: int


def _encoded(key_file: KeyFile) -> bytes:
    return msgspec.json.format(msgspec.json.encode(key_file), indent=2) + b"\n"


def _no_file(path: Path) -> KeyMissing:
    return KeyMissing(
        Phrase("저장소의 열쇠 파일이 없습니다: {path}", "The store's key file is missing: {path}").fill(
            path=path
        ),
        Phrase(
            "이 파일이 없으면 기록과 사진을 열 수 없습니다.",
            "Without it neither records nor photos can be opened.",
        ),
        Phrase("백업에서 key.json 을 되살려 주십시오.", "Restore key.json from a backup."),
    )


def _too_new() -> StoreTooNew:
    return StoreTooNew(
        Phrase("저장소의 열쇠 파일을 읽을 수 없습니다.", "The store's key file cannot be read."),
        Phrase("더 새로운 fieldlog 가 쓴 파일입니다.", "A newer fieldlog wrote it."),
        Phrase("fieldlog 를 새 판으로 바꾼 뒤 열어 주십시오.", "Update fieldlog, then open it."),
    )


def _damaged(path: Path) -> StoreDamaged:
    return StoreDamaged(
        Phrase("저장소의 열쇠 파일이 손상되었습니다: {path}", "The store's key file is damaged: {path}").fill(
            path=path
        ),
        Phrase("fieldlog 가 쓴 모양이 아닙니다.", "It is not in the form fieldlog writes."),
        Phrase("백업에서 key.json 을 되살려 주십시오.", "Restore key.json from a backup."),
    )
