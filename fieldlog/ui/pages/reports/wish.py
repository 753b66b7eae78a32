"""What report the person wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId
    from fieldlog.services.reporting import Arrangement, Flavour, Template


class Wish(Struct, frozen=True):
    """Cases in their order, the template, how photos are arranged, and the archive format."""

    cases: tuple[RecordId, ...] = ()
    template: Template = "R1"
    photos: Arrangement = "2"
    flavour: Flavour = "2b"
