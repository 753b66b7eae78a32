"""A command: one thing the person can have done, wherever it is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.domain.phrase import Phrase


class Command(Struct, frozen=True):
    """Something the person can have done: listed in the palette and under F1, run by its keys.

    ``keys`` are in Qt's portable spelling, ``"Ctrl+K"``; a second spelling serves where the Hangul layout
    swallows the first.
    """

    key: str
    title: Phrase
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    icon: str | None = None
