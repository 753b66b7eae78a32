"""What a page is, what it is given, and how it asks the window for another page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from msgspec import Struct, field
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fieldlog.domain.clock import Clock
    from fieldlog.domain.phrase import Phrase
    from fieldlog.ui.bus import Bus
    from fieldlog.ui.command import Command
    from fieldlog.ui.face import Face
    from fieldlog.ui.jobs import Lanes
    from fieldlog.ui.memory import Memory
    from fieldlog.ui.messages import Messages

W = TypeVar("W")


class Navigator(Protocol):
    """How a page moves the person elsewhere; the window does it."""

    @property
    def case_id(self) -> str | None:
        """The case that is open, or None."""
        ...

    def go(self, page: str, **wanted: Any) -> None:
        """Show a page; ``wanted`` is handed to its ``arrive``."""
        ...

    def open_case(self, case_id: str, *, field: str | None = None) -> None:
        """Open a case beside the page, with the cursor in a field if one is named."""
        ...

    def close_case(self) -> None:
        """Close the open case."""
        ...

    def quick_record(self) -> None:
        """Open the small window for recording at once."""
        ...

    def make_next(self) -> bool:
        """Make one place of the window that nobody went to yet; False when all are there."""
        ...

    def set_count(self, page: str, count: int) -> None:
        """Show a count that matters on the rail; zero shows nothing."""
        ...


class PageContext(Struct, Generic[W], frozen=True):
    """Everything a page may reach."""

    face: Face
    lanes: Lanes[W]
    bus: Bus
    messages: Messages
    memory: Memory
    clock: Clock
    navigator: Navigator


class Page(QWidget):
    """A page of the window. What it does not override does nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def parts(self) -> Sequence[QWidget]:
        """What is dressed by itself when the theme changes: a page of many widgets names its pieces."""
        return (self,)

    def arrive(self, **wanted: Any) -> None:
        """The person came to this page, perhaps wanting something particular."""

    def settle(self) -> None:
        """Save what is being written; the composition has been committed."""

    def may_leave(self) -> bool:
        """Whether the window may close or show something else now, asking the person if need be."""
        return True

    def focus_search(self) -> bool:
        """Put the cursor into the page's search field; False if it has none."""
        return False

    def step(self, by: int) -> bool:  # noqa: ARG002
        """Go to the next (1) or previous (-1) item; False if the page has no such order."""
        return False

    def escape(self) -> bool:
        """Close what is innermost; False if nothing was open."""
        return False

    def commands(self) -> Sequence[Command]:
        """What this page adds to the palette and to F1 while it is shown; their keys work then."""
        return ()


class CasePage(Page):
    """The open case, beside its list or as a page of its own in a narrow window."""

    def show_case(self, case_id: str, *, field: str | None = None) -> None:
        """Show a case, with the cursor in a field if one is named."""


class PageSpec(Struct, Generic[W], frozen=True):
    """One place on the rail."""

    key: str
    icon: str
    title: Phrase
    make: Callable[[PageContext[W]], Page]


class Furnishing(Struct, Generic[W], frozen=True):
    """What the window is furnished with; bootstrap names the concrete pages.

    ``foot`` are the keys of pages that stand at the rail's foot (설정).
    """

    pages: tuple[PageSpec[W], ...]
    case: Callable[[PageContext[W]], CasePage] | None = None
    quick: Callable[[PageContext[W]], QWidget] | None = None
    foot: frozenset[str] = field(default_factory=lambda: frozenset({"settings"}))
