"""What things are called in an office folder: short, lower-case ASCII, the same on every file system.

::

    fieldlog.json                                        the office itself, written once
    log/<scope>/<stream>/<first>-<last>-<tip>[-NN].seg   ops, in immutable segments
    blob/<ab>/<sha256>[-NN]                              photographs
    blob/parts/<sha256>-<writer>.part                    photographs on their way
    said/<writer>.said                                   digests that somebody computed

Under the folder no path is longer than LONGEST_BELOW characters, so Windows' 260 leave 140 for the folder itself.
``-NN`` is a second try under a name that a damaged file has taken.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING, Final, Self

from msgspec import Struct

from fieldlog.domain.ids import Digest, StreamId
from fieldlog.domain.pattern import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICE_FILE: Final = "fieldlog.json"
LOGS: Final = "log"
BLOBS: Final = "blob"
BLOB_PARTS: Final = "blob/parts"
SAID: Final = "said"
LONGEST_BELOW: Final = 119

_OURS: Final = frozenset({OFFICE_FILE, LOGS, "blob", SAID, "snap"})
_OUR_START: Final = "fieldlog-shared.sqlite"
_LITTER: Final = frozenset(
    {
        "thumbs.db", "desktop.ini", "ehthumbs.db", ".ds_store", ".localized", ".apdisk", "@eadir", "@tmp", "#recycle",
        "#snapshot", "~snapshot", ".snapshot", "$recycle.bin", "recycler", "system volume information", "lost+found",
        ".trashes", ".fseventsd", ".spotlight-v100", ".temporaryitems", ".documentrevisions-v100", ".stfolder",
        ".directory", ".zfs",
    }
)  # fmt: skip
"""What systems and storage boxes leave in every folder by themselves."""
_LITTER_STARTS: Final = ("._", ".trash-", ".nfs", ".smbdelete", ".fuse_hidden", "~$")

_PLACE_WIDTH: Final = 12
_TIP_WIDTH: Final = 8
_HIGHEST: Final = 10**_PLACE_WIDTH - 1
_SEGMENT: Final = regex(r"([0-9]{12})-([0-9]{12})-([0-9a-f]{8})(?:-([0-9]{2}))?\.seg")
_STREAM: Final = regex(r"[0-9a-f]{32}")
_SCOPE: Final = regex(r"[a-z0-9-]{1,16}-[0-9a-f]{16}")
_SAID: Final = regex(r"[0-9a-f]{16}\.said")
_UNSAFE: Final = regex(r"[^a-z0-9]+")
LAST_TRY: Final = 99


class SegmentName(Struct, frozen=True, order=True):
    """The name of one segment: its first and last op, the start of the last op's hash, which try."""

    first: int
    last: int
    tip: str
    attempt: int = 1

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The name a file has, None when it is no segment's; systems that shout names are understood."""
        found = _SEGMENT.fullmatch(text.lower())
        if found is None:
            return None
        first, last, tip, attempt = found.groups()
        name = cls(int(first), int(last), tip, int(attempt or 1))
        return name if 1 <= name.first <= name.last and (attempt is None or name.attempt > 1) else None

    @classmethod
    def of(cls, first: int, last: int, tip_hash: bytes) -> Self:
        """The name for the ops from ``first`` to ``last``."""
        return cls(first, last, tip_hash.hex()[:_TIP_WIDTH])

    @property
    def text(self) -> str:
        """The name as a file has it."""
        tail = f"-{self.attempt:02}" if self.attempt > 1 else ""
        return f"{self.first:0{_PLACE_WIDTH}}-{self.last:0{_PLACE_WIDTH}}-{self.tip}{tail}.seg"

    def names(self, tip_hash: bytes) -> bool:
        """Whether this name is for a segment that ends with that hash."""
        return tip_hash.hex()[:_TIP_WIDTH] == self.tip

    def tries(self) -> Iterator[str]:
        """This name, and what to take instead when a damaged file has it."""
        for attempt in range(1, LAST_TRY + 1):
            yield SegmentName(self.first, self.last, self.tip, attempt).text


def fits(seq: int) -> bool:
    """Whether a place in a log can be written in a name."""
    return seq <= _HIGHEST


def scope_folder(scope: str) -> str:
    """The folder of a scope: something to recognise it by, and a hash that tells it from all others."""
    composed = unicodedata.normalize("NFC", scope)
    readable = _UNSAFE.sub("-", composed.lower())[:16].strip("-") or "scope"
    return f"{readable}-{hashlib.sha256(composed.encode()).hexdigest()[:16]}"


def is_scope_folder(text: str) -> bool:
    """Whether a folder under ``log`` may be a scope's."""
    return _SCOPE.fullmatch(text.lower()) is not None


def stream_folder(stream: StreamId) -> str:
    """The folder of a log."""
    return stream.hex()


def stream_of(text: str) -> StreamId | None:
    """The log whose folder that is, None when it is no log's."""
    return StreamId(bytes.fromhex(text)) if _STREAM.fullmatch(text.lower()) else None


def writer_mark(device: str) -> str:
    """A device in names: 16 hex digits."""
    return hashlib.sha256(device.encode()).hexdigest()[:16]


def said_file(mark: str) -> str:
    """Where a device keeps what it says about digests."""
    return f"{mark}.said"


def is_said_file(text: str) -> bool:
    """Whether a file under ``said`` is a device's."""
    return _SAID.fullmatch(text.lower()) is not None


def blob_tries(digest: Digest) -> Iterator[str]:
    """Where a photograph may lie, under the office folder."""
    for attempt in range(1, LAST_TRY + 1):
        yield f"{BLOBS}/{digest[:2]}/{digest}" + (f"-{attempt:02}" if attempt > 1 else "")


def part_file(digest: Digest, mark: str) -> str:
    """Where a device keeps what it has written of a photograph so far."""
    return f"{BLOB_PARTS}/{digest}-{mark}.part"


def is_litter(text: str) -> bool:
    """Whether a name is of the kind systems leave behind by themselves."""
    lower = text.lower()
    return lower in _LITTER or lower.startswith(_LITTER_STARTS)


def is_part(text: str) -> bool:
    """Whether a file is still being written, or was when its writer was cut off."""
    return text.lower().endswith(".part")


def belongs(text: str) -> bool:
    """Whether something directly in an office folder belongs there."""
    return text in _OURS or text.startswith(_OUR_START) or is_litter(text) or is_part(text)
