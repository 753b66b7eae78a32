"""One sync: compare the ends of all logs, send, receive, carry photographs, and prove that both sides are the same.

The order matters. Nothing is sent before this device knows that it is the only one to write its log; what is
acknowledged was read back; photographs go after the records that name them (sync specification 5.2, 5.4, 5.8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import iso
from fieldlog.domain.errors import Forked, NotFound, OfficeDamaged
from fieldlog.domain.ids import StreamId
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.transfer import Tip
from fieldlog.sync.forks import common_prefix
from fieldlog.sync.receipt import Amount, Receipt
from fieldlog.sync.remote import Testimony

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fieldlog.domain.clock import Clock
    from fieldlog.domain.ids import Digest, RecordId
    from fieldlog.storage.dock import Dock, Landed
    from fieldlog.storage.vault import Vault
    from fieldlog.sync.remote import Remote, Welcome

    Progress = Callable[[int, int, Phrase], None]

_CASE: Final = REGISTRY.kind("case").id
SENDING: Final = Phrase("기록을 보냅니다", "Sending records")
RECEIVING: Final = Phrase("기록을 받습니다", "Receiving records")
PHOTOS_OUT: Final = Phrase("사진을 보냅니다", "Sending photographs")
PHOTOS_IN: Final = Phrase("사진을 받습니다", "Receiving photographs")
PROVING: Final = Phrase("같은지 확인합니다", "Proving that both sides are the same")


def _silently(_done: int, _total: int, _doing: Phrase) -> None:
    return


class Session:
    """One sync of one store with one office. ``landed`` hears of every stretch that came in."""

    def __init__(
        self,
        dock: Dock,
        vault: Vault,
        remote: Remote,
        clock: Clock,
        *,
        progress: Progress | None = None,
        landed: Callable[[Landed], object] = lambda _landed: None,
    ) -> None:
        self._dock, self._vault, self._remote, self._clock = dock, vault, remote, clock
        self._progress, self._landed = progress or _silently, landed
        self._sent = self._received = self._photos_out = self._photos_in = self._again = 0
        self._forks: list[StreamId] = []
        self._cases: dict[RecordId, None] = {}

    def run(self) -> Receipt:
        """Do all of it.

        Raises:
            OfficeAway, OfficeRefuses, OfficeDamaged: What was done until then stays done; a later sync goes on.
            DiskTrouble, StoreReadOnly: As named.
        """
        welcome = self._remote.hello(self._dock.tips())
        restored = self._was_restored(welcome)
        self._heal(welcome)
        self._send(welcome)
        self._receive(welcome)
        photos = self._dock.photos()
        there, absent = self._carry_photos(welcome, photos)
        same, digest = self._prove()
        return Receipt(
            office=welcome.office,
            at=iso(self._clock.now()),
            sent=Amount(self._sent, self._photos_out),
            received=Amount(self._received, self._photos_in),
            photos_verified=len(there.intersection(photos)),
            photos_referenced=len(photos),
            photos_absent=absent,
            digest=digest,
            same=same,
            cases=tuple(self._cases),
            written_again=self._again,
            office_was_restored=restored,
            forks=tuple(self._forks),
        )

    # -- before anything is sent ------------------------------------------------------------------------

    def _was_restored(self, welcome: Welcome) -> bool:
        """Whether the office holds less than it once confirmed; then nothing it confirmed counts any more."""
        theirs = {tip.log.stream: tip for tip in welcome.tips}
        for stream, (seq, digest) in self._dock.acknowledged(welcome.office, welcome.incarnation).items():
            tip = theirs.get(stream)
            kept = tip is not None and (
                tip.hash == digest if tip.seq == seq else self._remote.hash_at(stream, seq) == digest
            )
            if not kept:
                self._dock.forget_office(welcome.office)
                return True
        return False

    def _heal(self, welcome: Welcome) -> None:
        """If the office knows of ops in this device's log that this device did not write, it is a copy: go on anew."""
        own = self._dock.own
        for stream, seq in welcome.forks:
            if stream == own and self._dock.hash_at(own, seq) is not None:
                self._again += self._dock.begin_again(seq - 1)
                return
        mine = next((tip for tip in self._dock.tips() if tip.log.stream == own), None)
        theirs = next((tip for tip in welcome.tips if tip.log.stream == own), None)
        if theirs is None:
            return
        reach = 0 if mine is None else mine.seq
        if theirs.seq <= reach and self._dock.hash_at(own, theirs.seq) == theirs.hash:
            return
        kept = common_prefix(self._dock.hash_at, self._remote.hash_at, own, min(reach, theirs.seq))
        self._again += self._dock.begin_again(kept)

    # -- records -----------------------------------------------------------------------------------------

    def _send(self, welcome: Welcome) -> None:
        theirs = {tip.log.stream: tip for tip in welcome.tips}
        waiting = [tip for tip in self._dock.tips() if tip.seq > _reach(theirs, tip.log.stream)]
        total = sum(tip.seq - _reach(theirs, tip.log.stream) for tip in waiting)
        for tip in sorted(waiting, key=lambda each: each.log.stream != self._dock.own):
            try:
                self._send_log(welcome, tip.log.stream, _reach(theirs, tip.log.stream), total)
            except Forked as fork:
                if fork.stream != self._dock.own:
                    self._note_fork(fork)
                    continue
                self._again += self._dock.begin_again(fork.seq - 1)  # a twin published in the same moment
                self._send_log(welcome, self._dock.own, 0, total)

    def _send_log(self, welcome: Welcome, stream: StreamId, after: int, total: int) -> None:
        while (stretch := self._dock.stretch_after(stream, after)) is not None:
            self._progress(self._sent, total, SENDING)
            there = self._remote.push(stretch)
            kept = self._kept(stream, stretch.last, there)
            self._dock.note_acknowledged(welcome.office, welcome.incarnation, kept)
            self._sent += len(stretch.bodies)
            after = stretch.last

    def _kept(self, stream: StreamId, last: int, there: Tip) -> Tip:
        """What the office is known to hold now; it may hold more of another device's log than this one does."""
        mine = self._dock.hash_at(stream, last)
        theirs = there.hash if there.seq == last else self._remote.hash_at(stream, last)
        if there.seq < last or mine is None or mine != theirs:
            raise _not_kept(there)
        return Tip(there.log, last, mine)

    def _receive(self, welcome: Welcome) -> None:
        mine = {tip.log.stream: tip for tip in self._dock.tips()}
        coming = [tip for tip in welcome.tips if tip.seq > _reach(mine, tip.log.stream)]
        total = sum(tip.seq - _reach(mine, tip.log.stream) for tip in coming)
        for tip in coming:
            try:
                self._receive_log(welcome, tip, _reach(mine, tip.log.stream), total)
            except Forked as fork:
                self._note_fork(fork)

    def _receive_log(self, welcome: Welcome, tip: Tip, after: int, total: int) -> None:
        for stretch in self._remote.pull(tip.log.stream, after):
            self._progress(self._received, total, RECEIVING)
            landed = self._dock.take(stretch)
            self._received += landed.ops
            for touched in landed.touched:
                case = touched.record if touched.kind == _CASE else touched.case_id
                if case is not None:
                    self._cases[case] = None
            self._landed(landed)
        if self._dock.hash_at(tip.log.stream, tip.seq) == tip.hash:  # the log may have broken off on the way
            self._dock.note_acknowledged(welcome.office, welcome.incarnation, tip)

    def _note_fork(self, fork: Forked) -> None:
        stream = StreamId(fork.stream)
        if stream not in self._forks:
            self._forks.append(stream)

    # -- photographs -------------------------------------------------------------------------------------

    def _carry_photos(
        self, welcome: Welcome, named: list[Digest]
    ) -> tuple[frozenset[Digest], tuple[Digest, ...]]:
        """Send and fetch photographs; answers those proved to lie there, and those that neither side holds."""
        proved = set(self._dock.photos_there(welcome.office, welcome.incarnation))
        unproved = [digest for digest in named if digest not in proved]
        missing = set(self._remote.missing_photos(unproved))
        proved.update(self._proved(welcome, [digest for digest in unproved if digest not in missing]))
        absent = []
        to_send = [digest for digest in unproved if digest in missing]
        for done, digest in enumerate(to_send):
            self._progress(done, len(to_send), PHOTOS_OUT)
            if not self._vault.has(digest):
                absent.append(digest)
                continue
            self._remote.put_photo(digest, self._vault.size(digest), self._source(digest))
            proved.update(self._proved(welcome, [digest]))
            self._photos_out += 1
        wanted = [digest for digest in named if digest in proved and not self._vault.has(digest)]
        for done, digest in enumerate(wanted):
            self._progress(done, len(wanted), PHOTOS_IN)
            self._fetch(digest)
        return frozenset(proved), tuple(absent)

    def _proved(self, welcome: Welcome, digests: list[Digest]) -> list[Digest]:
        self._dock.note_photos_there(welcome.office, welcome.incarnation, digests)
        return digests

    def _source(self, digest: Digest) -> Callable[[int], Iterator[bytes]]:
        def read(offset: int) -> Iterator[bytes]:
            passed = 0
            for piece in self._vault.stream(digest):
                if passed + len(piece) > offset:
                    yield piece[max(0, offset - passed) :]
                passed += len(piece)

        return read

    def _fetch(self, digest: Digest) -> None:
        kept = self._vault.put(self._remote.get_photo(digest))
        if kept.digest != digest:
            raise _wrong_photo(digest)
        self._photos_in += 1

    # -- proof -------------------------------------------------------------------------------------------

    def _prove(self) -> tuple[bool, str]:
        """Whether the other side holds the same logs and all who hold them come to the same digest; and the digest."""
        self._progress(0, 1, PROVING)
        mine, digest = self._dock.tips(), self._dock.digest()
        theirs = self._remote.hello(mine).tips
        if _ends(mine) != _ends(theirs):
            return False, digest
        own = Testimony(tuple(sorted(_ends(mine))), digest)
        return all(other.digest == digest for other in self._remote.testify(own)), digest


def _reach(tips: dict[StreamId, Tip], stream: StreamId) -> int:
    tip = tips.get(stream)
    return 0 if tip is None else tip.seq


def _ends(tips: tuple[Tip, ...]) -> set[tuple[StreamId, int, bytes]]:
    return {(tip.log.stream, tip.seq, tip.hash) for tip in tips}


def _not_kept(tip: Tip) -> OfficeDamaged:
    return OfficeDamaged(
        Phrase("보낸 기록이 사무실에 그대로 남지 않았습니다.", "The office did not keep what was sent."),
        Phrase(
            "기기 {device}의 {seq}번째까지만 같습니다.",
            "It agrees only up to entry {seq} of device {device}.",
        ).fill(device=tip.log.device or tip.log.stream.hex()[:8], seq=tip.seq),
        Phrase(
            "이 컴퓨터의 기록은 그대로입니다. 다시 동기화하고, 되풀이되면 관리자에게 알려 주십시오.",
            "Nothing here was changed. Sync again; if it happens again tell the administrator.",
        ),
    )


def _wrong_photo(digest: Digest) -> NotFound:
    return NotFound(
        Phrase("사진 한 장을 받지 못했습니다.", "A photograph was not received."),
        Phrase(
            "사무실에 있는 파일이 기록된 사진과 다릅니다({digest}).",
            "The file in the office is not the one that was recorded ({digest}).",
        ).fill(digest=digest[:12]),
        Phrase(
            "그 사진을 찍은 컴퓨터에서 다시 동기화해 주십시오.",
            "Sync again from the computer that took the photograph.",
        ),
    )
