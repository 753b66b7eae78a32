"""What a tab of the open case is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from fieldlog.ui.case.open_case import OpenCase
    from fieldlog.ui.case.view import CaseView


class CaseTab(QWidget):
    """One tab: shows what it is handed, saves through the open case."""

    def __init__(self, case: OpenCase) -> None:
        super().__init__()
        self.case, self.face = case, case.face

    def show_view(self, view: CaseView) -> None:
        """Show the case as it was read."""

    def settle(self) -> None:
        """Save what is being written."""

    def focus_field(self, name: str) -> bool:  # noqa: ARG002
        """Put the cursor where a field or part is written; False if it is not here."""
        return False

    def escape(self) -> bool:
        """Close what is innermost; False if nothing was open."""
        return False
