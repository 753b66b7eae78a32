"""Where a store meets others: its log goes out in stretches, theirs come in, and what they confirmed is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from fieldlog.storage import peers, stretches
from fieldlog.storage.arriving import take
from fieldlog.storage.digest import store_digest
from fieldlog.storage.rebirth import begin_again
from fieldlog.storage.records import all_photo_hashes
from fieldlog.storage.saved import Touched, touched_by
from fieldlog.storage.streams import code_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldlog.domain.ids import Digest, StreamId
    from fieldlog.domain.transfer import Stretch, Tip
    from fieldlog.storage.store import Store


class Landed(Struct, frozen=True):
    """What a stretch brought: how many ops were new, and the records they touched."""

    ops: int
    touched: tuple[Touched, ...] = ()


class Dock:
    """The sides of an open store that a sync works on; every change is one durable transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def own(self) -> StreamId:
        """The log this device writes now."""
        return self._store.own_stream

    def tips(self) -> tuple[Tip, ...]:
        """How far every log reaches here."""
        return stretches.tips(self._store.reader())

    def hash_at(self, stream: StreamId, seq: int) -> bytes | None:
        """The hash of one op; None where the log does not reach so far."""
        return stretches.hash_at(self._store.reader(), stream, seq)

    def stretch_after(self, stream: StreamId, after: int) -> Stretch | None:
        """The next ops of a log; None at its end."""
        return stretches.stretch_after(self._store.reader(), stream, after)

    def digest(self) -> str:
        """One digest over every record."""
        return store_digest(self._store.reader())

    def take(self, stretch: Stretch) -> Landed:
        """Take in ops of another log.

        Raises:
            Forked, OfficeDamaged, StoreDamaged: Nothing of the stretch was taken.
            DiskTrouble: As named.
        """
        with self._store.database.writing() as connection:
            taken = take(connection, self._store.read_model, stretch)
        return Landed(taken.ops, touched_by(taken.done) if taken.done else ())

    def begin_again(self, kept: int) -> int:
        """Go on in a new log after a fork behind op ``kept``; answers how many ops were written again."""
        new = self._store.mint.stream_id()
        code = code_of(new)
        with self._store.database.writing() as connection:
            again = begin_again(connection, self._store.read_model, self.own, kept, new=new, device=code)
            self._store.note_own_log(connection, new, code)
        return again

    # -- what offices confirmed ------------------------------------------------------------------------

    def acknowledged(self, office: str, incarnation: str) -> dict[StreamId, tuple[int, bytes]]:
        """How far each log was acknowledged by this incarnation of an office."""
        return peers.acknowledged(self._store.reader(), office, incarnation)

    def note_acknowledged(self, office: str, incarnation: str, tip: Tip) -> None:
        """Remember that an office holds a log up to here."""
        with self._store.database.writing() as connection:
            peers.note_acknowledged(connection, office, incarnation, tip)

    def forget_office(self, office: str) -> None:
        """Forget what an office confirmed."""
        with self._store.database.writing() as connection:
            peers.forget_office(connection, office)

    # -- photographs -----------------------------------------------------------------------------------

    def photos(self) -> list[Digest]:
        """The photographs that records name."""
        return all_photo_hashes(self._store.reader())

    def photos_there(self, office: str, incarnation: str) -> frozenset[Digest]:
        """The photographs that were read back at this office."""
        return peers.photos_there(self._store.reader(), office, incarnation)

    def note_photos_there(self, office: str, incarnation: str, digests: Iterable[Digest]) -> None:
        """Remember that these were read back there."""
        with self._store.database.writing() as connection:
            peers.note_photos_there(connection, office, incarnation, digests)
