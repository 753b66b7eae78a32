"""Severity, stage and deadline drawn in the cells of a table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap

from fieldlog.ui.widgets.marks import Mark, mark_width, paint_mark
from fieldlog.ui.widgets.words import PAD, SELECTED, Cell, Stretch, WordDelegate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from fieldlog.ui.face import Face

MARK_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 40
"""The role under which a model hands a Mark to MarkDelegate; the display role is its word, for screen readers."""

_PICTURES_HELD: Final = 512


class MarkDelegate(WordDelegate):
    """Draws the Mark a model hands over under MARK_ROLE, over the row's own ground; the words where there is none."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(face, parent)
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        face.theme_changed.connect(self._forget_pictures)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the ground of the row, then the mark."""
        mark = index.data(MARK_ROLE)
        if not isinstance(mark, Mark):
            super().paint(painter, option, index)
            return
        style: Any = option
        place: QRect = style.rect
        if style.state.value & SELECTED:
            painter.fillRect(place, self._chosen)
        self.draw(painter, Stretch.of(place), [Cell(place.top(), "", mark)])

    def draw(self, painter: QPainter, stretch: Stretch, cells: Iterable[Cell]) -> None:
        """Draw the marks of some cells of one column, and the words where there is no mark."""
        without = []
        size = (stretch.width - 2 * PAD, stretch.height, painter.device().devicePixelRatio())
        for cell in cells:
            if isinstance(cell.mark, Mark):
                painter.drawPixmap(stretch.left + PAD, cell.top, self._picture(painter, cell.mark, *size))
            else:
                without.append(cell)
        if without:
            super().draw(painter, stretch, without)

    def _picture(self, painter: QPainter, mark: Mark, width: int, height: int, ratio: float) -> QPixmap:
        """A mark as it was drawn before: a list shows the same few again and again."""
        asked = (mark, width, height, ratio, self._face.language)
        picture = self._pictures.get(asked)
        if picture is None:
            if len(self._pictures) >= _PICTURES_HELD:
                self._pictures.clear()
            picture = self._pictures[asked] = QPixmap(
                max(1, math.ceil(width * ratio)), math.ceil(height * ratio)
            )
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(picture)
            inner.setFont(painter.font())
            paint_mark(inner, QRect(0, 0, width, height), self._face, mark)
            inner.end()
        return picture

    def _forget_pictures(self) -> None:
        self._pictures.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """As wide as the mark."""
        mark, place = index.data(MARK_ROLE), option
        size = super().sizeHint(option, index)
        if isinstance(mark, Mark):
            metrics: QFontMetrics = place.fontMetrics
            size.setWidth(mark_width(self._face, mark, metrics) + 2 * PAD)
        return size
