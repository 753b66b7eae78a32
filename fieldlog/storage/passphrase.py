"""From a passphrase to a key: Argon2id (RFC 9106), made as slow as this machine can bear."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.clock import monotonic
from fieldlog.domain.errors import BadInput, KeyMissing
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SALT_BYTES: Final = 16
KEY_BYTES: Final = 32
MAX_FILE_BYTES: Final = 4096


class PassphrasePolicy(Struct, frozen=True):
    """What a new passphrase must be; length in characters after NFC, so a Hangul syllable is one."""

    min_length: int = 8


class Argon2Cost(Struct, frozen=True):
    """How much work one guess is: memory in KiB, passes over it, lanes side by side."""

    memory_kib: int
    passes: int
    lanes: int

    def is_sane(self) -> bool:
        """Whether the figures are ones fieldlog would write: a tampered file must not eat the machine."""
        return (
            FLOOR.memory_kib <= self.memory_kib <= _MOST_MEMORY_KIB
            and FLOOR.passes <= self.passes <= _MOST_PASSES
            and FLOOR.lanes <= self.lanes <= _MOST_LANES
        )


FLOOR: Final = Argon2Cost(memory_kib=19 * 1024, passes=2, lanes=1)
"""The least that the OWASP password storage cheat sheet allows."""
TARGET_SECONDS: Final = 0.25
_LANES: Final = 4
_MEMORY_STEPS_KIB: Final = (256 * 1024, 128 * 1024, 64 * 1024, 32 * 1024)
_WISHED_PASSES: Final = 3
_MOST_MEMORY_KIB: Final = 1024 * 1024
_MOST_PASSES: Final = 64
_MOST_LANES: Final = 16
_PROBE: Final = Argon2Cost(memory_kib=64 * 1024, passes=2, lanes=_LANES)


def stretch(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    """The 32-byte key that a passphrase stands for; NFC, so that every keyboard means the same."""
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    return hash_secret_raw(
        secret=unicodedata.normalize("NFC", passphrase).encode(),
        salt=salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def seconds_for(cost: Argon2Cost) -> float:
    """How long one guess takes on this machine, the better of two tries."""
    return min(_once(cost) for _ in range(2))


def _once(cost: Argon2Cost) -> float:
    started = monotonic()
    stretch("calibration", bytes(SALT_BYTES), cost)
    return monotonic() - started


def calibrated(
    target_seconds: float = TARGET_SECONDS, measure: Callable[[Argon2Cost], float] = seconds_for
) -> Argon2Cost:
    """The cost that takes about ``target_seconds`` here, never below FLOOR.

    Memory comes first, since it is what makes guessing on graphics cards dear; passes fill up the rest.
    """
    second_per_kib = measure(_PROBE) / (_PROBE.memory_kib * _PROBE.passes)
    for memory in _MEMORY_STEPS_KIB:
        passes = round(target_seconds / (second_per_kib * memory))
        if passes >= _WISHED_PASSES:
            return Argon2Cost(memory, min(passes, _MOST_PASSES), _LANES)
    return FLOOR


def accepted(passphrase: str, policy: PassphrasePolicy) -> str:
    """A passphrase fit for a new lock.

    Raises:
        BadInput: It is empty or too short.
    """
    length = len(unicodedata.normalize("NFC", passphrase))
    what = Phrase("이 암호는 쓸 수 없습니다.", "This passphrase cannot be used.")
    how = Phrase(
        "{count}자 이상으로 정해 주십시오. 낱말 여러 개를 이어 쓰면 외우기 쉽습니다.",
        "Choose {count} characters or more. Several words in a row are easy to remember.",
    ).fill(count=policy.min_length)
    if not passphrase.strip():
        raise BadInput(what, Phrase("암호가 비어 있습니다.", "It is empty."), how)
    if length < policy.min_length:
        raise BadInput(
            what, Phrase("{length}자로 너무 짧습니다.", "It is too short: {length}.").fill(length=length), how
        )
    return passphrase


def from_file(path: Path) -> str:
    """The passphrase written in a file: UTF-8, without the line end that closes it.

    Raises:
        KeyMissing: The file cannot be read, or is not such a text.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _file_trouble(path, Phrase("파일을 읽을 수 없습니다.", "The file cannot be read.")) from error
    if len(raw) > MAX_FILE_BYTES:
        raise _file_trouble(
            path, Phrase("암호로 보기에는 너무 깁니다.", "It is too long to be a passphrase.")
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _file_trouble(path, Phrase("UTF-8 글자가 아닙니다.", "It is not UTF-8 text.")) from error
    return text.removesuffix("\n").removesuffix("\r")


def _file_trouble(path: Path, why: Phrase) -> KeyMissing:
    return KeyMissing(
        Phrase("암호 파일에서 암호를 얻지 못했습니다: {path}", "No passphrase from the file: {path}").fill(
            path=path
        ),
        why,
        Phrase(
            "FIELDLOG_PASSPHRASE_FILE 이 가리키는 파일을 확인해 주십시오.",
            "Check the file that FIELDLOG_PASSPHRASE_FILE names.",
        ),
    )
