"""Photographs side by side, as many as there are: laid out by arithmetic, so that none is counted off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import PAGE_MARGIN, mark
from fieldlog.ui.widgets.photo_grid import dropped_files
from fieldlog.ui.widgets.photo_tile import PICTURE_ROLE, TILE_ROLE, TileDelegate
from fieldlog.ui.widgets.pictures import png_of

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragMoveEvent,
        QDropEvent,
        QImage,
        QKeyEvent,
        QPaintEvent,
        QResizeEvent,
    )

    from fieldlog.ui.face import Face
    from fieldlog.ui.pages.photos.album import Album

_NAME: Final = Phrase("사진 목록", "Photos")
_SIDE: Final = PAGE_MARGIN - 6
_GAPS: Final = (0, 16)
_RIGHT: Final = 8
_DRAWN_KEPT: Final = 160
_LINE_GAP: Final = 4
_Action = QAbstractItemView.CursorAction


class PhotoWall(QListView):
    """Space or a double click opens, Enter asks for the case; files may be dropped, pictures pasted.

    Qt lays its own list out item by item, a second for a hundred thousand; here every tile is of one size, so
    that its place follows from its position.
    """

    opened = Signal(int)
    case_asked = Signal(int)
    chosen = Signal()
    dropped = Signal(list)
    pasted = Signal(bytes)

    def __init__(self, face: Face, album: Album) -> None:
        super().__init__()
        self._face, self._album = face, album
        self._tile = QSize(1, 1)
        self._kept: dict[int, tuple[Any, QPixmap]] = {}
        self.setModel(album)
        self.setItemDelegate(TileDelegate(face, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAcceptDrops(True)
        self.setTabKeyNavigation(False)
        mark(self, surface="background")
        self._measure()
        face.name(self, _NAME)
        face.theme_changed.connect(self._measure)
        self.doubleClicked.connect(lambda index: self.opened.emit(album.row_at(index.row())))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        album.modelAboutToBeReset.connect(self._hold)
        album.modelReset.connect(self._resume)
        self._held: tuple[set[int], int | None, int | None] = (set(), None, None)

    # What is chosen

    def rows(self) -> list[int]:
        """The rows of the photographs chosen, in their order."""
        return [self._album.row_at(at) for at in self._positions()]

    def _positions(self) -> list[int]:
        spans = self.selectionModel().selection()
        return sorted(at for span in _spans(spans) for at in range(span.top(), span.bottom() + 1))

    def row(self) -> int | None:
        """The photograph the keyboard is on."""
        index = self.currentIndex()
        return self._album.row_at(index.row()) if index.isValid() else None

    def choose(self, row: int) -> bool:
        """Choose one photograph and bring it into view; False if it is not shown."""
        position = self._album.position_of(row)
        if position is None:
            return False
        self.setCurrentIndex(self._album.index(position))
        self.scrollTo(self.currentIndex())
        return True

    def step(self, by: int) -> bool:
        """Go to a neighbour; the ends stay."""
        at = self.currentIndex().row() + by if self.currentIndex().isValid() else 0
        if 0 <= at < self._album.rowCount():
            self.setCurrentIndex(self._album.index(at))
        return self._album.rowCount() > 0

    def _hold(self) -> None:
        """Before the order changes: remember what was chosen, and what stood at the top."""
        top = self._first()
        self._held = (
            set(self.rows()),
            self.row(),
            self._album.row_at(top) if self.verticalOffset() and top < self._album.rowCount() else None,
        )

    def _resume(self) -> None:
        chosen, current, top = self._held
        selection = QItemSelection()
        for at in range(self._album.rowCount()) if chosen else ():
            if self._album.row_at(at) in chosen:
                selection.append(QItemSelectionRange(self._album.index(at)))
        model = self.selectionModel()
        position = self._album.position_of(current) if current is not None else None
        if position is not None:
            model.setCurrentIndex(self._album.index(position), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.updateGeometries()
        before = self._album.position_of(top) if top is not None else None
        if before is not None:
            self.verticalScrollBar().setValue(self._place(before).top() + self.verticalOffset())
        self.chosen.emit()
        self.viewport().update()

    # Where everything lies

    def _measure(self) -> None:
        self._tile = self.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex())
        self.updateGeometries()
        self.viewport().update()

    def _columns(self) -> int:
        return self._columns_in(self.viewport().width())

    def _columns_in(self, width: int) -> int:
        return max(1, (width - _SIDE - _RIGHT) // self._tile.width())

    def _pitch(self) -> int:
        """From one tile to the next in a line: what room is left goes between them, within reason."""
        columns = self._columns()
        left = self.viewport().width() - _SIDE - _RIGHT - columns * self._tile.width()
        least, most = _GAPS
        return self._tile.width() + min(most, max(least, left // max(1, columns - 1)))

    def _line_height(self) -> int:
        return self._tile.height() + _LINE_GAP

    def _place(self, position: int) -> QRect:
        line, at = divmod(position, self._columns())
        corner = QPoint(_SIDE + at * self._pitch(), line * self._line_height() - self.verticalOffset())
        return QRect(corner, self._tile)

    def _first(self) -> int:
        return self.verticalOffset() // self._line_height() * self._columns()

    def _in_view(self) -> range:
        foot = (self.verticalOffset() + self.viewport().height()) // self._line_height() + 1
        return range(self._first(), min(self._album.rowCount(), foot * self._columns()))

    def doItemsLayout(self) -> None:  # noqa: N802
        """Nothing is laid out one by one."""
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:  # noqa: N802
        """Set the scroll bar for as many lines as there are."""
        lines = -(-self._album.rowCount() // self._columns())
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, lines * self._line_height() - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._line_height() // 4)

    def verticalOffset(self) -> int:  # noqa: N802
        """How far it is scrolled down, pixels."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:  # noqa: N802
        """It is never scrolled sideways."""
        return 0

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:  # noqa: N802
        """Where a photograph is drawn."""
        return self._place(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        """The photograph at a point."""
        at = (point.x() - _SIDE) // self._pitch()
        line = (point.y() + self.verticalOffset()) // self._line_height()
        position = line * self._columns() + at
        inside = 0 <= at < self._columns() and 0 <= position < self._album.rowCount()
        return self._album.index(position) if inside else QModelIndex()

    def isIndexHidden(self, _index: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: N802
        """None is."""
        return False

    def scrollTo(  # noqa: N802
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a photograph into view."""
        place, bar = self.visualRect(index), self.verticalScrollBar()
        if hint is QAbstractItemView.ScrollHint.PositionAtTop or place.top() < 0:
            bar.setValue(bar.value() + place.top())
        elif place.bottom() > self.viewport().height():
            bar.setValue(bar.value() + place.bottom() - self.viewport().height())

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802
        """Draw what has come into view."""
        self.viewport().update()

    # Keys, mouse, selection

    def moveCursor(self, action: _Action, _modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802
        """Where a key leads: the arrows by tile and line, Page keys by screen, Home and End to the ends."""
        count, columns = self._album.rowCount(), self._columns()
        if not count:
            return QModelIndex()
        here = self.currentIndex().row() if self.currentIndex().isValid() else 0
        page = max(1, self.viewport().height() // self._line_height()) * columns
        steps = {
            _Action.MoveLeft: -1,
            _Action.MoveRight: 1,
            _Action.MovePrevious: -1,
            _Action.MoveNext: 1,
            _Action.MoveUp: -columns,
            _Action.MoveDown: columns,
            _Action.MovePageUp: -page,
            _Action.MovePageDown: page,
            _Action.MoveHome: -count,
            _Action.MoveEnd: count,
        }
        return self._album.index(min(count - 1, max(0, here + steps[action])))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:  # noqa: N802
        """Choose what a rubber band or a click with Shift covers."""
        first, last = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
        if rect.width() <= 1 and rect.height() <= 1:
            spans = QItemSelection(first, first) if first.isValid() else QItemSelection()
        elif first.isValid() and last.isValid():
            low, high = sorted((first.row(), last.row()))
            spans = QItemSelection(self._album.index(low), self._album.index(high))
        else:
            spans = self._covered(rect.normalized())
        self.selectionModel().select(spans, command)

    def _covered(self, rect: QRect) -> QItemSelection:
        spans = QItemSelection()
        for at in self._in_view():
            if self._place(at).intersects(rect):
                spans.append(QItemSelectionRange(self._album.index(at)))
        return spans

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """Where the chosen are drawn, as far as they are in view."""
        seen, region = self._in_view(), QRegion()
        for span in _spans(selection):
            for at in range(max(seen.start, span.top()), min(seen.stop, span.bottom() + 1)):
                region += QRegion(self._place(at))
        return region

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space opens, Enter asks for the case, Ctrl+V pastes."""
        row = self.row()
        if row is not None and event.key() == Qt.Key.Key_Space:
            self.opened.emit(row)
        elif row is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.case_asked.emit(row)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Take files or a picture from the clipboard."""
        held = QGuiApplication.clipboard().mimeData()
        if files := dropped_files(held):
            self.dropped.emit(files)
        elif held.hasImage():
            image: QImage = QGuiApplication.clipboard().image()
            if not image.isNull():
                self.pasted.emit(png_of(image))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files are welcome."""
        _welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Anywhere on the wall."""
        _welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Hand the files on."""
        files: list[Path] = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    # Drawing

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Other columns: what stood at the top stays there."""
        columns = self._columns_in(event.oldSize().width())
        first = self.verticalOffset() // self._line_height() * columns
        self.updateGeometries()
        if columns != self._columns() and self.verticalOffset():
            self.verticalScrollBar().setValue(first // self._columns() * self._line_height())
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Put the tiles in view where they belong."""
        self._album.ratio = self.devicePixelRatioF()
        seen = self._in_view()
        self._album.look(seen)
        current = self.currentIndex().row() if self.hasFocus() else -1
        selection, touched = self.selectionModel(), event.rect()
        painter = QPainter(self.viewport())
        for at in seen:
            place = self._place(at)
            if place.intersects(touched):
                index = self._album.index(at)
                drawn = self._drawn(index, chosen=selection.isSelected(index), focused=at == current)
                painter.drawPixmap(place.topLeft(), drawn)
        painter.end()

    def _drawn(self, index: QModelIndex, *, chosen: bool, focused: bool) -> QPixmap:
        """A tile as it looks now, drawn once and kept."""
        # While pictures come in, a call into Qt may have to wait for the threads that decode them: a tile
        # takes twenty calls, putting it back takes one.
        picture: QPixmap | None = index.data(PICTURE_ROLE)
        key = picture.cacheKey() if picture is not None else 0
        face = self._face
        looks = (
            index.data(TILE_ROLE),
            key,
            chosen,
            focused,
            face.theme.key,
            face.language,
            self._album.ratio,
        )
        row = self._album.row_at(index.row())
        kept = self._kept.get(row)
        if kept is not None and kept[0] == looks:
            return kept[1]
        drawn = QPixmap(self._tile * self._album.ratio)
        drawn.setDevicePixelRatio(self._album.ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        option: Any = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = QRect(QPoint(0, 0), self._tile)
        state = QStyle.StateFlag.State_Enabled
        state |= QStyle.StateFlag.State_Selected if chosen else QStyle.StateFlag.State_None
        state |= QStyle.StateFlag.State_HasFocus if focused else QStyle.StateFlag.State_None
        option.state = state
        painter = QPainter(drawn)
        painter.setFont(self.font())
        self.itemDelegate().paint(painter, option, index)
        painter.end()
        self._kept.pop(row, None)
        self._kept[row] = (looks, drawn)
        while len(self._kept) > _DRAWN_KEPT:
            self._kept.pop(next(iter(self._kept)))
        return drawn


def _welcome(event: QDragEnterEvent | QDragMoveEvent) -> None:
    if dropped_files(event.mimeData()):
        event.acceptProposedAction()


def _spans(selection: Any) -> list[QItemSelectionRange]:
    """The ranges of a selection, which Qt's Python types do not tell as iterable."""
    return list(selection)
