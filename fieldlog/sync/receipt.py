"""What a sync did, in amounts that a person can check and that are kept."""

from __future__ import annotations

from msgspec import Struct

from fieldlog.domain.ids import Digest, RecordId, StreamId  # noqa: TC001


class Amount(Struct, frozen=True):
    """Ops and photographs that went one way."""

    ops: int = 0
    photos: int = 0


class Receipt(Struct, frozen=True):
    """The end of a sync.

    ``same`` is true when both sides were seen to hold the same logs, and everybody who reaches as far
    has the same digest. ``photos_verified`` counts those whose bytes were read back there and had the right
    hash. ``written_again`` are ops that a copied or restored device handed in under a new name.
    ``forks`` are logs of other devices that lie in two versions; ``refused`` says why something stayed here.
    """

    office: str
    at: str
    sent: Amount
    received: Amount
    photos_verified: int
    photos_referenced: int
    photos_absent: tuple[Digest, ...]
    digest: str
    same: bool
    cases: tuple[RecordId, ...] = ()
    written_again: int = 0
    office_was_restored: bool = False
    forks: tuple[StreamId, ...] = ()
