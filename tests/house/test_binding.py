"""What the pinned PySide6 must not do again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

REPAINTS = 500


class Painted(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Overridden, so that Qt calls Python and gets None back."""


def test_calling_python_from_qt_takes_nothing_from_none(qtbot) -> None:
    """PySide6 6.12.0 drops a reference to None at each such call; Python 3.11 then aborts after a few thousand."""
    widget = Painted()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    before = sys.getrefcount(None)
    for _ in range(REPAINTS):
        widget.repaint()
    assert abs(sys.getrefcount(None) - before) < REPAINTS / 5
