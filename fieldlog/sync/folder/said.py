"""What devices say about digests, one small file each: ``FLW1 | sha256 | msgpack[[reach, digest], …]``.

Only its device writes a file, and replaces it whole; it holds the device's latest word on each set of logs.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import msgspec

from fieldlog.domain.phrase import Phrase
from fieldlog.sync.folder.names import SAID, is_litter, is_part, is_said_file, said_file
from fieldlog.sync.remote import Testimony

if TYPE_CHECKING:
    from fieldlog.sync.folder.share import Share

MAGIC: Final = b"FLW1"
"""1 (2026-11-23): first."""
LARGEST: Final = 4 << 20
KEPT: Final = 16
"""A device's latest words on so many sets of logs."""
_HEAD: Final = len(MAGIC) + 32
_UNREADABLE: Final = Phrase("읽을 수 없는 증언입니다.", "A testimony that cannot be read.")


class _Word(msgspec.Struct, array_like=True, frozen=True):
    reach: list[tuple[bytes, int, bytes]]
    digest: str


def testify(share: Share, mine: Testimony, strange: dict[str, Phrase]) -> tuple[Testimony, ...]:
    """Leave one's own digest; answer those of other devices that reach exactly as far."""
    share.check_presence()
    own = said_file(share.mark)
    earlier = _words(share.read(f"{SAID}/{own}", LARGEST)) or []
    streams = {stream for stream, _, _ in mine.reach}
    others = [word for word in earlier if {stream for stream, _, _ in word.reach} != streams]
    words = [_Word(sorted((bytes(s), seq, tip) for s, seq, tip in mine.reach), mine.digest), *others][:KEPT]
    if words != earlier:
        content = msgspec.msgpack.encode(words)
        share.replace(f"{SAID}/{own}", MAGIC + hashlib.sha256(content).digest() + content)
    heard: list[Testimony] = []
    for name in share.names(SAID):
        if name == own or is_part(name) or is_litter(name):
            continue
        found = _words(share.read(f"{SAID}/{name}", LARGEST)) if is_said_file(name) else None
        if found is None:
            strange[f"{SAID}/{name}"] = _UNREADABLE
        equal = (word for word in found or [] if sorted(word.reach) == words[0].reach)
        heard.extend(Testimony(mine.reach, word.digest) for word in equal)
    return tuple(heard)


def _words(data: bytes | None) -> list[_Word] | None:
    if data is None or data[: len(MAGIC)] != MAGIC or len(data) > LARGEST:
        return None
    content = data[_HEAD:]
    if hashlib.sha256(content).digest() != data[len(MAGIC) : _HEAD]:
        return None
    try:
        return msgspec.msgpack.decode(content, type=list[_Word])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
