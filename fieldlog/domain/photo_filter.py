"""A filter of the photographs of all cases as a value."""

from __future__ import annotations

from msgspec import Struct


class PhotoFilter(Struct, frozen=True, kw_only=True):
    """Which photographs are shown; empty means all. Several phases mean any of them.

    ``query`` is looked for in a photograph's own words and in those of its case.
    """

    query: str = ""
    phases: tuple[str, ...] = ()
    without_caption: bool = False
    without_place: bool = False
    unreviewed: bool = False
