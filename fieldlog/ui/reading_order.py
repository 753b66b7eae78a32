"""The order in which Tab goes through a form whose parts come and go: as the eye reads, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAME_ROW: Final = 12
"""Middles that differ by no more pixels stand in one row."""


def tab_stops(areas: Sequence[QWidget]) -> list[QWidget]:
    """What Tab stops at in each area, one area after the other.

    Qt goes by the order of making, so a part that is made late, such as the tile of a photograph just
    added, would come after everything else wherever it stands.
    """
    return [stop for area in areas for stop in _stops_of(area)]


def step(areas: Sequence[QWidget], focused: QWidget | None, *, forward: bool) -> bool:
    """Move the focus to the next stop, or to the one before; False where there is none to go to."""
    stops = tab_stops(areas)
    if not stops:
        return False
    way = 1 if forward else -1
    if focused in stops:
        target = stops[(stops.index(focused) + way) % len(stops)]
    else:
        target = stops[0 if forward else -1]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def _stops_of(area: QWidget) -> list[QWidget]:
    placed = [
        (widget.mapTo(area, QPoint(0, 0)), widget)
        for widget in area.findChildren(QWidget)
        if widget.isVisibleTo(area)
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    middles = sorted(
        ((corner.y() + widget.height() // 2, corner.x(), widget) for corner, widget in placed),
        key=lambda stop: stop[:2],
    )
    rows: list[list[tuple[int, int, QWidget]]] = []
    for stop in middles:
        if rows and stop[0] - rows[-1][0][0] <= _SAME_ROW:
            rows[-1].append(stop)
        else:
            rows.append([stop])
    return [widget for found in rows for _, _, widget in sorted(found, key=lambda stop: stop[1])]
