"""The form a photo has on the disk: a sealed header and sealed chunks.

::

    "flv1" | nonce 12 | seal( file key 32 | SHA-256 32 | length 8 ) + tag 16
    chunk 0 + tag 16 | chunk 1 + tag 16 | ... | last chunk + tag 16

AES-256-GCM throughout. Every file has a random key of its own, so the chunks are numbered from 0 in the nonce
(the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): seven zero bytes, the index in four,
and one byte that says whether it is the last. A chunk that is changed, moved, dropped or added does not open.
The header is bound to the file's name: a file put in another's place does not open either.
"""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from fieldlog.domain.errors import StoreDamaged
from fieldlog.domain.ids import Digest, random_bytes
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK_BYTES: Final = 1 << 20
MAGIC: Final = b"flv1"
_TAG_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32
_INSIDE: Final = struct.Struct(">32s32sQ")
HEADER_BYTES: Final = len(MAGIC) + _NONCE_BYTES + _INSIDE.size + _TAG_BYTES


def damaged(why: Phrase) -> StoreDamaged:
    """The error for a photo whose bytes are not what they were."""
    return StoreDamaged(
        Phrase("보관된 사진이 손상되었습니다.", "A photo in the store is damaged."),
        why,
        Phrase(
            "백업이나 다른 기기의 사본에서 되살려 주십시오.",
            "Bring it back from a backup or from another device.",
        ),
    )


_HEADER_WRONG: Final = Phrase("파일의 머리 부분이 열리지 않습니다.", "The head of the file does not open.")
_CHUNK_WRONG: Final = Phrase("사진의 일부가 열리지 않습니다.", "A part of the photo does not open.")
_CONTENT_WRONG: Final = Phrase(
    "내용이 기록된 해시와 다릅니다.", "The content does not have the recorded hash."
)


class Header(Struct, frozen=True):
    """What the sealed head of a file says: its key, and the SHA-256 and length of the plain bytes."""

    key: bytes
    digest: Digest
    size: int

    def __repr__(self) -> str:
        return f"Header({self.digest}, {self.size} bytes)"


class Sealing:
    """One file on its way into the vault: first all its chunks, then its header."""

    def __init__(self) -> None:
        self._key = random_bytes(_KEY_BYTES)
        self._hash = hashlib.sha256()
        self.size = 0

    def chunks(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The sealed chunks of the plain ``pieces``, holding no more than two chunks in memory."""
        cipher = AESGCM(self._key)
        waiting: bytes | memoryview | None = None
        index = 0
        for chunk in _even(pieces):
            if waiting is not None:
                yield cipher.encrypt(_chunk_nonce(index, last=False), waiting, None)
                index += 1
            self._hash.update(chunk)
            self.size += len(chunk)
            waiting = chunk
        yield cipher.encrypt(_chunk_nonce(index, last=True), b"" if waiting is None else waiting, None)

    @property
    def digest(self) -> Digest:
        """SHA-256 of the plain bytes seen so far."""
        return Digest(self._hash.hexdigest())

    def header(self, wrap_key: bytes, name: bytes) -> bytes:
        """The header, to stand before the chunks in the file called ``name``; HEADER_BYTES long."""
        nonce = random_bytes(_NONCE_BYTES)
        inside = _INSIDE.pack(self._key, self._hash.digest(), self.size)
        return MAGIC + nonce + AESGCM(wrap_key).encrypt(nonce, inside, MAGIC + name)


def read_header(file: BinaryIO, wrap_key: bytes, name: bytes) -> Header:
    """Open the head of the file called ``name``.

    Raises:
        StoreDamaged: It is cut, changed, from another file, or not of this form.
    """
    raw = file.read(HEADER_BYTES)
    start = len(MAGIC) + _NONCE_BYTES
    if len(raw) != HEADER_BYTES or not raw.startswith(MAGIC):
        raise damaged(_HEADER_WRONG)
    try:
        inside = AESGCM(wrap_key).decrypt(raw[len(MAGIC) : start], raw[start:], MAGIC + name)
    except InvalidTag as error:
        raise damaged(_HEADER_WRONG) from error
    key, digest, size = _INSIDE.unpack(inside)
    return Header(key, Digest(digest.hex()), size)


def plain_chunks(file: BinaryIO, header: Header) -> Iterator[bytes]:
    """The plain bytes after the header, chunk by chunk; only when all have come are they proved whole.

    Raises:
        StoreDamaged: A chunk does not open, or the whole is not what the header says.
    """
    cipher = AESGCM(header.key)
    found = hashlib.sha256()
    count = max(1, -(-header.size // CHUNK_BYTES))
    for index in range(count):
        sealed = file.read(CHUNK_BYTES + _TAG_BYTES)
        try:
            chunk = cipher.decrypt(_chunk_nonce(index, last=index == count - 1), sealed, None)
        except InvalidTag as error:
            raise damaged(_CHUNK_WRONG) from error
        found.update(chunk)
        yield chunk
    if file.read(1) or found.hexdigest() != header.digest:
        raise damaged(_CONTENT_WRONG)


def _chunk_nonce(index: int, *, last: bool) -> bytes:
    return struct.pack(">7xIB", index, last)


def _even(pieces: Iterable[bytes]) -> Iterator[bytes | memoryview]:
    """The same bytes, cut into chunks of CHUNK_BYTES, the last shorter; whole chunks are not copied."""
    gathered = bytearray()
    for piece in pieces:
        view = memoryview(bytes(piece))  # which copies only what its owner could still change
        while view:
            taken, view = view[: CHUNK_BYTES - len(gathered)], view[CHUNK_BYTES - len(gathered) :]
            if len(taken) == CHUNK_BYTES:
                yield taken
                continue
            gathered += taken
            if len(gathered) == CHUNK_BYTES:
                yield bytes(gathered)
                gathered.clear()
    if gathered:
        yield bytes(gathered)
