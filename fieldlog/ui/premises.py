"""What lies behind the window: the store's folder, its surroundings, and going over to another store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from fieldlog.services.opening import Environment


class Premises(Protocol):
    """Handed to the few pages that look behind the window; the session keeps it."""

    @property
    def folder(self) -> Path:
        """The folder of the open store."""
        ...

    @property
    def around(self) -> Environment:
        """The clock, the resources and the ways to a key."""
        ...

    @property
    def away(self) -> bool:
        """Whether the practice store was entered from another store, to which one can return."""
        ...

    def enter_practice(self) -> None:
        """Go over to the practice store beside this one."""
        ...

    def return_home(self) -> None:
        """Go back to the store the program was started with."""
        ...

    def renew_practice(self) -> None:
        """Begin the open practice store anew."""
        ...
