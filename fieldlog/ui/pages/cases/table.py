"""The list of cases as a table: what was searched is marked in titles, columns that do not fit step back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from fieldlog.domain.highlight import highlight
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.search_query import SearchQuery, parse_query
from fieldlog.ui.models.case_columns import COLUMNS, marks_of
from fieldlog.ui.widgets.mark_cells import MarkDelegate
from fieldlog.ui.widgets.marks import mark_width
from fieldlog.ui.widgets.parts import as_table
from fieldlog.ui.widgets.words import PAD, Cell, Stretch, WordDelegate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from fieldlog.ui.face import Face
    from fieldlog.ui.memory import Memory
    from fieldlog.ui.models.case_table import CaseTable

_NAME: Final = Phrase("사안 목록", "Cases")
_WIDTHS: Final = {
    "number": 126,
    "stage": 148,
    "category": 128,
    "severity": 104,
    "due": 148,
    "place": 168,
    "department": 96,
    "photos": 64,
    "changed": 168,
}
_BODY: Final = 13
"""The size of text for which the widths are meant, pixels."""
_ARROW: Final = 20
"""Room beside a heading for the arrow of the order."""
_TITLE_WIDTH: Final = 220
_KEPT_LONGEST: Final = (
    "number",
    "stage",
    "due",
    "severity",
    "category",
    "place",
    "photos",
    "department",
    "changed",
)
"""Where there is little room the last of these step back first."""
_AT: Final = {column.key: place for place, column in enumerate(COLUMNS)}
_SEVERITY_KEYS: Final = {Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3, Qt.Key.Key_4: 4, Qt.Key.Key_5: 5}


class CaseList(QTableView):
    """``opened`` comes with Enter or a double click, ``graded`` with the keys 1 to 5."""

    opened = Signal(int)
    reached = Signal(int)
    graded = Signal(int)

    def __init__(self, face: Face, memory: Memory, model: CaseTable[Any]) -> None:
        super().__init__()
        self._face, self._memory, self._cases = face, memory, model
        self.setModel(model)
        as_table(face, self, _NAME)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.title = TitleDelegate(face, self)
        marks = MarkDelegate(face, self)
        self.setItemDelegateForColumn(_AT["title"], self.title)
        for column, place in ((each, _AT[each.key]) for each in COLUMNS):
            if column.mark is not None:
                self.setItemDelegateForColumn(place, marks)
            elif column.key != "title":
                self.setItemDelegateForColumn(place, WordDelegate(face, self, right=column.right))
        self._fitting = False
        self._off = set(filter(None, memory.text("cases/columns/off").split(",")))
        self._set_up_heading()
        self.selectionModel().currentChanged.connect(lambda now, _before: self.reached.emit(now.row()))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        face.theme_changed.connect(self._dress)
        face.language_changed.connect(self._dress)

    def column_menu(self) -> QMenu:
        """Which columns are shown; the title always is."""
        menu = QMenu(self)
        for column in COLUMNS:
            if column.key != "title":
                action = menu.addAction(self._face.said(column.header))
                action.setCheckable(True)
                action.setChecked(column.key not in self._off)
                action.toggled.connect(lambda on, key=column.key: self.set_column(key, shown=on))
        return menu

    def set_column(self, key: str, *, shown: bool) -> None:
        """Show a column or not, from now on."""
        self._off = self._off - {key} if shown else self._off | {key}
        self._memory.put("cases/columns/off", ",".join(sorted(self._off)))
        self.fit()

    def show_sort(self, column: int, order: Qt.SortOrder) -> None:
        """Put the arrow where the list is sorted, without sorting again."""
        heading = self.horizontalHeader()
        heading.blockSignals(True)
        heading.setSortIndicator(column, order)
        heading.blockSignals(False)
        heading.viewport().update()

    def fit(self) -> None:
        """Show as many columns as there is room for, the title as wide as what is left."""
        heading = self.horizontalHeader()
        room = self.viewport().width() - _TITLE_WIDTH
        self._fitting = True
        for key in _KEPT_LONGEST:
            at = _AT[key]
            width = heading.sectionSize(at) or self._width(key)
            fits = key not in self._off and width <= room
            if fits:
                room -= width
            elif key not in self._off:
                room = 0
            if self.isColumnHidden(at) == fits:
                self.setColumnHidden(at, not fits)
                if fits:
                    heading.resizeSection(at, self._width(key))
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Room has changed."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.fit)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw what is visible column by column; rows whose lines come soon enough are not drawn empty first.

        The view would ask the model and the delegate half a dozen questions for every cell of every frame.
        """
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return
        last = last if last >= 0 else self._cases.rowCount() - 1
        self._cases.fill(first, last)
        top, height = self.rowViewportPosition(first), self.rowHeight(first)
        painter, dirty = QPainter(self.viewport()), event.rect()
        first, top = self._skipped(first, top, height, dirty.top())
        last = min(last, first + max(0, dirty.bottom() - top) // height)
        self._draw_grounds(painter, first, last, top, height)
        lines = self._cases.painted(first, last)
        tops = range(top, top + height * len(lines), height)
        for at in range(len(COLUMNS)):
            left, width = self.columnViewportPosition(at), self.columnWidth(at)
            if width and left <= dirty.right() and left + width > dirty.left():
                cells = [
                    Cell(y, line.words[at], line.marks[at])
                    for y, line in zip(tops, lines, strict=True)
                    if line is not None and line.words[at]
                ]
                delegate: Any = self.itemDelegateForColumn(at)
                delegate.draw(painter, Stretch(left, width, height), cells)
        painter.end()

    @staticmethod
    def _skipped(first: int, top: int, height: int, dirty: int) -> tuple[int, int]:
        """The first row to draw and where it begins, after those above what is to be drawn."""
        over = max(0, dirty - top) // height
        return first + over, top + over * height

    def _draw_grounds(self, painter: QPainter, first: int, last: int, top: int, height: int) -> None:
        chosen = self.selectionModel()
        if not chosen.hasSelection():
            return
        left, width = -self.horizontalHeader().offset(), self.horizontalHeader().length()
        ground = self._face.colour("selection")
        for row in range(first, last + 1):
            if chosen.isRowSelected(row, QModelIndex()):
                painter.fillRect(left, top + (row - first) * height, width, height, ground)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens; 1 to 5 grade what is chosen, without a modifier and only here."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif plain and event.key() in _SEVERITY_KEYS and self.selectionModel().hasSelection():
            self.graded.emit(_SEVERITY_KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The keys 1 to 5 are the list's own while it has the focus."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.key() in _SEVERITY_KEYS:
                event.accept()
                return True
        return super().event(event)

    def _set_up_heading(self) -> None:
        heading = self.horizontalHeader()
        heading.setStretchLastSection(False)
        heading.setMinimumSectionSize(48)
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heading.setSectionResizeMode(_AT["title"], QHeaderView.ResizeMode.Stretch)
        heading.setSectionsClickable(True)
        heading.setSortIndicatorShown(True)
        heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heading.customContextMenuRequested.connect(self._open_column_menu)
        heading.setSectionsMovable(True)
        for key in _WIDTHS:
            heading.resizeSection(_AT[key], self._width(key))
        for visual, key in enumerate(self._order()):
            heading.moveSection(heading.visualIndex(_AT[key]), visual)
        heading.sectionResized.connect(self._on_resized)
        heading.sectionMoved.connect(lambda *_: self._remember_order())
        self.setSortingEnabled(True)

    def _dress(self) -> None:
        """Words may be longer now, or larger."""
        self._fitting = True
        for key in _WIDTHS:
            self.horizontalHeader().resizeSection(_AT[key], self._width(key))
        self.fit()
        self.viewport().update()

    def _width(self, key: str) -> int:
        usual = _WIDTHS[key] * self._face.theme.sizes.body // _BODY
        return self._memory.number(f"cases/columns/width/{key}", max(usual, self._needed(key)))

    def _needed(self, key: str) -> int:
        """The width that a heading and all that is known to come below it need in the language of now."""
        heading = QFontMetrics(self._sized(self._face.theme.sizes.small, QFont.Weight.Medium))
        below = QFontMetrics(self._sized(self._face.theme.sizes.body, QFont.Weight.Normal))
        named = heading.horizontalAdvance(self._face.said(COLUMNS[_AT[key]].header)) + _ARROW
        marks = [mark_width(self._face, mark, below) for mark in marks_of(key)]
        return max([named, *marks]) + 2 * PAD + 2

    def _sized(self, pixels: int, weight: QFont.Weight) -> QFont:
        """The font a sheet gives the table, also before it wears one."""
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setWeight(weight)
        return font

    def _order(self) -> list[str]:
        kept = [key for key in self._memory.text("cases/columns/order").split(",") if key in _AT]
        first = ["number", "title", "stage", "due", "severity"]
        return kept if len(kept) == len(_AT) else [*first, *(key for key in _AT if key not in first)]

    def _on_resized(self, place: int, _before: int, now: int) -> None:
        key = COLUMNS[place].key
        if key in _WIDTHS and now > 0 and not self._fitting:
            self._memory.put(f"cases/columns/width/{key}", now)

    def _remember_order(self) -> None:
        heading = self.horizontalHeader()
        order = (COLUMNS[heading.logicalIndex(visual)].key for visual in range(len(COLUMNS)))
        self._memory.put("cases/columns/order", ",".join(order))

    def _open_column_menu(self, at: QPoint) -> None:
        menu = self.column_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.horizontalHeader().mapToGlobal(at))


class TitleDelegate(WordDelegate):
    """Draws a title and marks in it what was searched."""

    def __init__(self, face: Face, parent: QWidget) -> None:
        super().__init__(face, parent)
        self._query = SearchQuery()

    def seek(self, typed: str) -> None:
        """What to mark from now on."""
        self._query = parse_query(typed)

    def draw(self, painter: QPainter, stretch: Stretch, cells: Iterable[Cell]) -> None:
        """Draw as ever where nothing is searched."""
        if not self._query.words:
            super().draw(painter, stretch, cells)
            return
        for cell in cells:
            if found := highlight(cell.words, self._query):
                self._draw_found(painter, stretch, cell, found)
            else:
                super().draw(painter, stretch, [cell])

    def _draw_found(
        self, painter: QPainter, stretch: Stretch, cell: Cell, found: list[tuple[int, int]]
    ) -> None:
        whole = QRect(stretch.left, cell.top, stretch.width, stretch.height)
        place = whole.adjusted(PAD, 0, -PAD, 0)
        painter.save()
        painter.setClipRect(whole, Qt.ClipOperation.IntersectClip)
        painter.setPen(self._face.colour("text"))
        layout = self._laid_out(cell.words, found, painter.font(), place.width())
        layout.draw(
            painter, QPointF(place.left(), place.center().y() - layout.boundingRect().height() / 2 + 1)
        )
        painter.restore()

    def _laid_out(self, text: str, stretches: list[tuple[int, int]], font: Any, width: int) -> QTextLayout:
        found = QTextCharFormat()
        found.setBackground(self._face.colour("warning.wash"))
        found.setForeground(self._face.colour("text"))
        found.setFontUnderline(True)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        ranges = []
        for start, end in stretches:
            each = QTextLayout.FormatRange()
            each.start, each.length, each.format = start, end - start, found
            ranges.append(each)
        layout.setFormats(ranges)
        layout.beginLayout()
        layout.createLine().setLineWidth(width)
        layout.endLayout()
        return layout
