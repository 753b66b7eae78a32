"""What the composition root hands to the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fieldlog.domain.phrase import Language
    from fieldlog.services.opening import Environment


class Surround(Protocol):
    """Makes the surroundings of a store; ``new_passphrase`` has a typed one repeated."""

    def __call__(self, language: Language, *, new_passphrase: bool = False) -> Environment:
        """The surroundings, speaking that language."""
        ...


class OpenWindow(Protocol):
    """Opens the window on the store of a folder and answers the exit code when it is closed.

    Without a language the one that the person chose in the window is spoken.
    """

    def __call__(self, folder: Path, language: Language | None) -> int:
        """Open it."""
        ...


class DrawPictures(Protocol):
    """Renders every page and dialog of a store into PNG files and answers their paths."""

    def __call__(
        self, folder: Path, out: Path, *, language: Language, theme: str | None, scale: int
    ) -> Sequence[Path]:
        """Draw them; without a theme, in every theme."""
        ...


class Outside(Struct, frozen=True):
    """The surroundings of the command line; everything is made when it is first needed."""

    surround: Surround
    default_store: Callable[[], Path]
    open_window: OpenWindow
    draw_pictures: DrawPictures
    bug_log: Callable[[], Path]
    language: Language = "ko"
