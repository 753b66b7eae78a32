"""The office folder as a ``Remote``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldlog.sync.folder import pushing, said
from fieldlog.sync.folder.names import writer_mark
from fieldlog.sync.folder.office import read_office
from fieldlog.sync.folder.photos import Photos
from fieldlog.sync.folder.share import share_at
from fieldlog.sync.folder.shelf import Shelf, Strange
from fieldlog.sync.remote import Welcome

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from fieldlog.domain.ids import Digest, StreamId
    from fieldlog.domain.phrase import Phrase
    from fieldlog.domain.transfer import Stretch, Tip
    from fieldlog.sync.folder.office import OfficeFile
    from fieldlog.sync.folder.share import ShareDisk
    from fieldlog.sync.folder.shelf import Seen, View
    from fieldlog.sync.remote import PhotoSource, Testimony


class FolderRemote:
    """An office in a folder that several devices reach. For one thread at a time.

    ``device`` names this device incarnation among the writers; ``own`` are the logs that only it writes.
    ``seen`` remembers, by path, which segments were read and held: a caller that keeps it spares reading them
    again. ``rest`` waits so many seconds.

    Raises:
        OfficeAway: The folder cannot be reached.
        OfficeRefuses: No office lives there, or it needs a newer fieldlog.
        OfficeDamaged: Its ``fieldlog.json`` cannot be read.
    """

    def __init__(
        self,
        path: Path,
        *,
        device: str,
        own: Collection[StreamId] = (),
        seen: dict[str, Seen] | None = None,
        disk: ShareDisk | None = None,
        rest: Callable[[float], None] | None = None,
    ) -> None:
        self._share = share_at(path, mark=writer_mark(device), disk=disk, rest=rest)
        self.office: OfficeFile = read_office(self._share)
        self._own = frozenset(own)
        self._shelf = Shelf(self._share, seen)
        self._photos = Photos(self._share)
        self._said: dict[str, Phrase] = {}

    def hello(self, mine: Iterable[Tip]) -> Welcome:
        """Who the office is, and how far each log reaches there; the folder needs no introduction of ``mine``."""
        del mine
        self._share.check_presence()
        self.office = read_office(self._share)
        return self._welcome(self._shelf.look_around())

    def examine(self) -> Welcome:
        """As ``hello``, having read every byte of every segment: what does not hold shortens its log."""
        self._share.check_presence()
        return self._welcome(self._shelf.examine())

    def push(self, stretch: Stretch) -> Tip:
        """Publish ops; answers the end of the log there, read back. Known ops are passed over.

        Raises:
            Forked: The folder holds other ops at these places.
            OfficeRefuses: There is a gap before them, or one is too large.
        """
        return pushing.push(self._shelf, stretch)

    def pull(self, stream: StreamId, after: int) -> Iterator[Stretch]:
        """The ops of a log from ``after + 1`` on, one segment at a time; it ends before a gap.

        Raises:
            Forked: The log splits; everything before that place was handed out.
        """
        return self._shelf.stretches(stream, after)

    def hash_at(self, stream: StreamId, seq: int) -> bytes | None:
        """The hash of one op there; None where the log does not reach so far."""
        return self._shelf.hash_at(self._shelf.look(stream), seq)

    def missing_photos(self, digests: Iterable[Digest]) -> list[Digest]:
        """Which of these photographs are not there whole; what this object has not read yet is read."""
        return self._photos.missing(digests)

    def put_photo(self, digest: Digest, size: int, read: PhotoSource) -> None:
        """Write a photograph, going on where an earlier try stopped, and read it back."""
        self._photos.put(digest, size, read)

    def get_photo(self, digest: Digest) -> Iterator[bytes]:
        """The bytes of a photograph.

        Raises:
            NotFound: It is not there.
            OfficeDamaged: What lies there under its name is something else.
        """
        return self._photos.get(digest)

    def testify(self, mine: Testimony) -> tuple[Testimony, ...]:
        """Leave one's own digest, and hear those of others that reach exactly as far."""
        return said.testify(self._share, mine, self._said)

    def tidy(self) -> int:
        """Put the small segments of one's own logs together; how many old pieces were removed.

        Pieces are removed by the call after the one that put them together, and only after both were read.
        """
        self._share.check_presence()
        return sum(pushing.tidy(self._shelf, stream) for stream in sorted(self._own))

    @property
    def strange(self) -> tuple[Strange, ...]:
        """What lies there and is not believed, as far as this object has looked."""
        found = {**self._shelf.strange, **self._photos.strange, **self._said}
        return tuple(Strange(path, reason) for path, reason in sorted(found.items()))

    def close(self) -> None:
        """Nothing is held open between calls."""

    def _welcome(self, views: list[View]) -> Welcome:
        tips = tuple(view.tip for view in views if view.tip is not None)
        forks = tuple((view.stream, view.fork) for view in views if view.fork is not None)
        return Welcome(self.office.office, self.office.incarnation, tips, forks=forks)
