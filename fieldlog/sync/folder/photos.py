"""Photographs in an office folder: named by the SHA-256 of their bytes, resumable, read back whole."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING, Final

from fieldlog.domain.errors import NotFound, OfficeDamaged, OfficeRefuses, OfficeTrouble
from fieldlog.domain.phrase import Phrase
from fieldlog.sync.folder.names import blob_tries, part_file
from fieldlog.sync.folder.share import read_back_differs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fieldlog.domain.ids import Digest
    from fieldlog.sync.folder.share import Share
    from fieldlog.sync.remote import PhotoSource

_NOT_THERE: Final = (
    Phrase("사진이 사무실 폴더에 없습니다.", "The photograph is not in the office folder."),
    Phrase("아직 보내지지 않았습니다: {digest}", "It has not been handed over yet: {digest}"),
    Phrase("그 사진을 가진 기기가 동기화한 뒤 다시 해 주십시오.", "Try again once its device has synced."),
)
_CHANGED: Final = (
    Phrase("사무실 폴더의 사진이 손상되었습니다.", "A photograph in the office folder is damaged."),
    Phrase("내용이 이름과 다릅니다: {name}", "Its content is not what its name says: {name}"),
    Phrase(
        "그대로 두었습니다. 사진을 가진 기기가 다시 동기화하면 온전한 것이 놓입니다.",
        "It was left as it is; the next sync of a device that holds the photograph puts a whole one there.",
    ),
)
_OTHER_BYTES: Final = (
    Phrase("사진을 보내지 못했습니다.", "The photograph was not handed over."),
    Phrase(
        "보내려는 바이트가 그 사진의 것이 아닙니다: {digest}",
        "The bytes given are not that photograph's: {digest}",
    ),
    Phrase("점검(verify)을 하고 관리자에게 알려 주십시오.", "Run verify and tell the administrator."),
)


class Photos:
    """The photographs of one office folder. For one thread at a time."""

    def __init__(self, share: Share) -> None:
        self._share = share
        self._whole: dict[str, tuple[int, int]] = {}
        self._torn: dict[str, tuple[int, int]] = {}

    @property
    def strange(self) -> dict[str, Phrase]:
        """Files that are not the photograph their name says."""
        return {name: _CHANGED[1].fill(name=name) for name in self._torn}

    def missing(self, digests: Iterable[Digest]) -> list[Digest]:
        """Which are not there whole; every byte of those not read before is read."""
        self._share.check_presence()
        return [digest for digest in digests if self._whole_name(digest) is None]

    def get(self, digest: Digest) -> Iterator[bytes]:
        """The bytes of a photograph; after the last piece its hash has been checked.

        Raises:
            NotFound: It is not there.
            OfficeDamaged: It is not what its name says; asked again, another copy is tried.
        """
        name = next((name for name, measure in self._copies(digest) if self._torn.get(name) != measure), None)
        if name is None:
            what, why, how = _NOT_THERE
            raise NotFound(what, why.fill(digest=digest[:12]), how)
        found, measure = hashlib.sha256(), self._share.measure(name)
        for piece in self._share.pieces(name):
            found.update(piece)
            yield piece
        if not self._judged(name, measure, whole=found.hexdigest() == digest):
            what, why, how = _CHANGED
            raise OfficeDamaged(what, why.fill(name=name), how)

    def put(self, digest: Digest, size: int, read: PhotoSource) -> None:
        """Write a photograph on from where an earlier try stopped, name it, and read it back.

        Raises:
            OfficeRefuses: The source gives other bytes.
            OfficeDamaged: It reads back differently.
        """
        self._share.check_presence()
        part = part_file(digest, self._share.mark)
        if self._whole_name(digest) is None:
            if not self._filled(part, digest, size, read, from_start=False):
                self._share.remove(part)  # what an earlier try left was not sound: once more from the start
                if not self._filled(part, digest, size, read, from_start=True):
                    self._share.remove(part)
                    raise read_back_differs(part)
            self._name(part, digest)
        with contextlib.suppress(OfficeTrouble):
            self._share.remove(part)

    def _filled(self, part: str, digest: Digest, size: int, read: PhotoSource, *, from_start: bool) -> bool:
        """Complete a part; whether it now reads back as the photograph."""
        measure = self._share.measure(part)
        begun = measure[0] if measure else 0
        if begun > size:
            return False
        if begun < size or not measure:
            sent = hashlib.sha256()
            with self._share.appending(part) as append:
                for piece in read(begun):
                    sent.update(piece)
                    append(piece)
            if from_start and sent.hexdigest() != digest:
                self._share.remove(part)
                what, why, how = _OTHER_BYTES
                raise OfficeRefuses(what, why.fill(digest=digest[:12]), how)
        return self._hash_of(part) == digest

    def _name(self, part: str, digest: Digest) -> None:
        for name in blob_tries(digest):
            measure = self._share.measure(name)
            if measure is not None and self._is_whole(name, digest, measure):
                return  # another device was faster
            if measure is None and self._share.name_new(part, name):
                found = self._share.measure(name)
                if found is None or not self._is_whole(name, digest, found):
                    raise read_back_differs(name)
                return
        raise read_back_differs(part)

    def _copies(self, digest: Digest) -> Iterator[tuple[str, tuple[int, int]]]:
        for name in blob_tries(digest):
            measure = self._share.measure(name)
            if measure is None:
                return
            yield name, measure

    def _whole_name(self, digest: Digest) -> str | None:
        copies = self._copies(digest)
        return next((name for name, measure in copies if self._is_whole(name, digest, measure)), None)

    def _is_whole(self, name: str, digest: Digest, measure: tuple[int, int]) -> bool:
        if self._whole.get(name) == measure:
            return True
        if self._torn.get(name) == measure:
            return False
        return self._judged(name, measure, whole=self._hash_of(name) == digest)

    def _judged(self, name: str, measure: tuple[int, int] | None, *, whole: bool) -> bool:
        known, other = (self._whole, self._torn) if whole else (self._torn, self._whole)
        other.pop(name, None)
        if measure is not None:
            known[name] = measure
        return whole

    def _hash_of(self, name: str) -> str:
        found = hashlib.sha256()
        try:
            for piece in self._share.pieces(name):
                found.update(piece)
        except OfficeTrouble:
            self._share.check_presence()  # one unreadable file does not make the office unreachable
            return ""
        return found.hexdigest()
