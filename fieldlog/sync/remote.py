"""The one way in which every route is spoken to: folder, server, bundle (sync specification 5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fieldlog.domain.ids import Digest, StreamId
    from fieldlog.domain.transfer import Stretch, Tip


class Welcome(Struct, frozen=True):
    """What an office answers first.

    ``incarnation`` changes when the office was restored or made anew: what it acknowledged before counts no more.
    ``now_ms`` is its clock, milliseconds since 1970, None where it has none. ``forks`` names the logs that have
    split there, each with the first place known to differ; their tips lie before it.
    """

    office: str
    incarnation: str
    tips: tuple[Tip, ...]
    now_ms: int | None = None
    forks: tuple[tuple[StreamId, int], ...] = ()


class Testimony(Struct, frozen=True):
    """A digest that somebody computed over the records of some logs, each up to the named op."""

    reach: tuple[tuple[StreamId, int, bytes], ...]
    digest: str


class Remote(Protocol):
    """An office as one route reaches it.

    Every method may raise ``Known`` errors: ``OfficeAway`` when it cannot be reached (try again later),
    ``OfficeRefuses`` when it answers no, ``Forked`` when the two sides hold different ops at one place of a log.
    What ``push`` and ``put_photo`` have answered is durable on the other side.
    """

    def hello(self, mine: Iterable[Tip]) -> Welcome:
        """Who the office is, and how far each log reaches there."""
        ...

    def push(self, stretch: Stretch) -> Tip:
        """Hand over ops; answers the end of the log there, read back. Known ops are passed over.

        OfficeRefuses where ops before them are missing there.
        """
        ...

    def pull(self, stream: StreamId, after: int) -> Iterator[Stretch]:
        """The ops of a log from ``after + 1`` on, in stretches of bounded size; it ends early before a gap."""
        ...

    def hash_at(self, stream: StreamId, seq: int) -> bytes | None:
        """The hash of one op there; None where the log does not reach so far."""
        ...

    def missing_photos(self, digests: Iterable[Digest]) -> list[Digest]:
        """Which of these photographs the office does not hold whole."""
        ...

    def put_photo(self, digest: Digest, size: int, read: PhotoSource) -> None:
        """Hand over a photograph; it returns once the other side has read it back and its hash matched."""
        ...

    def get_photo(self, digest: Digest) -> Iterator[bytes]:
        """The bytes of a photograph; whoever keeps them checks the hash. NotFound where it is not held."""
        ...

    def testify(self, mine: Testimony) -> tuple[Testimony, ...]:
        """Leave one's own digest, and hear those of others that reach exactly as far."""
        ...

    def close(self) -> None:
        """Let go of connections and handles."""
        ...


class PhotoSource(Protocol):
    """Reads a photograph from a byte on, so that a broken transfer goes on where it stopped."""

    def __call__(self, offset: int, /) -> Iterator[bytes]:
        """Pieces of the photograph from ``offset`` on."""
        ...
