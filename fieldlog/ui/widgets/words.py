"""The words of a table's cell, drawn as sparingly as a list of any length needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QFontMetrics, QPainter

    from fieldlog.ui.face import Face

SELECTED: Final = QStyle.StateFlag.State_Selected.value
PAD: Final = 8

_REMEMBERED: Final = 2_048
_LAST_SYLLABLE: Final = "\ud7a3"
"""Up to here no character is wider than a line is high: short words need no measuring."""


class Stretch(NamedTuple):
    """The part of a column that is drawn: where it begins, how wide it is, how high each cell."""

    left: int
    width: int
    height: int

    @classmethod
    def of(cls, place: QRect) -> Self:
        """The stretch that one cell takes."""
        return cls(place.left(), place.width(), place.height())


class Cell(NamedTuple):
    """What stands in a cell, its words never empty, and where its row begins."""

    top: int
    words: str
    mark: object = None


class WordDelegate(QStyledItemDelegate):
    """Draws a cell's one line of words over the row's ground, elided where there is no room.

    The style of the program would look up its rules for every cell of every frame; a plain table needs none.
    Views that draw many rows at once hand over whole columns.
    """

    def __init__(self, face: Face, parent: QWidget | None = None, *, right: bool = False) -> None:
        super().__init__(parent)
        self._face, self._right = face, right
        self._elided: dict[tuple[str, int], str] = {}
        self._ink, self._chosen = QColor(), QColor()
        face.theme_changed.connect(self._dress)
        self._dress()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the ground where the row is chosen, then the words."""
        style: Any = option
        place: QRect = style.rect
        if style.state.value & SELECTED:
            painter.fillRect(place, self._chosen)
        if words := index.data():
            self.draw(painter, Stretch.of(place), [Cell(place.top(), words)])

    def draw(self, painter: QPainter, stretch: Stretch, cells: Iterable[Cell]) -> None:
        """Draw what stands in some cells of one column, without their ground."""
        metrics = painter.fontMetrics()
        height, room, left = metrics.height(), stretch.width - 2 * PAD, stretch.left + PAD
        below = (stretch.height - height) // 2 + metrics.ascent()
        painter.setPen(self._ink)
        for top, words, _ in cells:
            shown = words
            if len(words) * height > room or max(words) > _LAST_SYLLABLE:
                shown = self._fitted(words, room, metrics)
            at = left + room - metrics.horizontalAdvance(shown) if self._right else left
            painter.drawText(QPointF(at, top + below), shown)

    def _fitted(self, words: str, room: int, metrics: QFontMetrics) -> str:
        known = self._elided.get((words, room))
        if known is None:
            if len(self._elided) >= _REMEMBERED:
                self._elided.clear()
            line = " ".join(words.split())
            known = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            self._elided[words, room] = known
        return known

    def _dress(self) -> None:
        """Colours and the size of text may be others now."""
        self._elided.clear()
        self._ink, self._chosen = self._face.colour("text"), self._face.colour("selection")
