"""What a tab of the open case is: built piece by piece, so that the window answers in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from fieldlog.ui.face import GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.widgets.parts import column, framed, scrolled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QScrollArea, QVBoxLayout

    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.ui.case.open_case import OpenCase
    from fieldlog.ui.case.view import CaseView


class CaseTab(QWidget):
    """One tab: shows what it is handed, saves through the open case.

    Nothing of it is drawn before it is whole and shows the case. A piece is put into its place before what is in it is made: Qt styles a widget anew each time something
    around it gets another parent.
    """

    def __init__(self, case: OpenCase, profile: AgencyProfile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.case, self.face, self.profile = case, case.face, profile
        self._stale = True
        self._area: QScrollArea | None = None
        self.setUpdatesEnabled(False)
        self._pieces: Iterator[None] | None = iter(self.furnish())
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._grow)

    def furnish(self) -> Iterator[None]:
        """Build the tab; every ``yield`` lets the window breathe."""
        yield from ()

    def show_view(self, view: CaseView) -> None:
        """Show the case as it was read; called when the tab is built and looked at."""

    def settle(self) -> None:
        """Save what is being written; called when the tab is built."""

    def focus_field(self, name: str) -> bool:  # noqa: ARG002
        """Put the cursor where a field or part is written; False if it is not here."""
        return False

    def escape(self) -> bool:
        """Close what is innermost; False if nothing was open."""
        return False

    def begin_scrolled(self) -> tuple[QScrollArea, QVBoxLayout]:
        """A scrolled column in its place, to be filled."""
        inside = column(gap=GROUP_GAP)
        inside.setContentsMargins(PAGE_MARGIN, GROUP_GAP, PAGE_MARGIN, PAGE_MARGIN)
        self._area = area = scrolled(framed(inside, "clear"))
        self.setLayout(column(area))
        return area, inside

    # What the case page calls

    @property
    def built(self) -> bool:
        """Whether every piece is in its place."""
        return self._pieces is None

    def look(self) -> None:
        """The person looks at this tab: show what is current."""
        if not self.built:
            self._next.start()
        elif self._stale and (view := self.case.view) is not None:
            self._stale = False
            self.show_view(view)
            self.setUpdatesEnabled(True)

    def outdate(self) -> None:
        """What is shown is no longer current."""
        self._stale = True

    def finish(self) -> None:
        """Build what is missing at once: the person is taken to something in it."""
        while not self.built:
            self._next_piece()
        self.look()

    def _grow(self) -> None:
        if not self.built:
            self._next_piece()
        self.look()

    def _next_piece(self) -> None:
        if self._pieces is not None:
            try:
                next(self._pieces)
            except StopIteration:
                self._pieces = None
            self._dress()

    def _dress(self) -> None:
        """Each piece of a long tab is dressed by itself: none holds the window up when the theme changes."""
        parts: list[QWidget] = [self]
        inside = self._area.widget() if self._area is not None else None
        if self._area is not None and inside is not None:
            pieces = inside.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            parts = [self._area.verticalScrollBar(), *pieces]
        for part in parts:
            self.face.wardrobe.dress(part)
