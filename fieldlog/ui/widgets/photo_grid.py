"""Photographs as square thumbnails with their phase, badges and caption."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.widgets.photo_tile import PICTURE_ROLE, THUMB, TILE_ROLE, PhotoTile, TileDelegate
from fieldlog.ui.widgets.pictures import phase_word, png_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from fieldlog.ui.face import Face
    from fieldlog.ui.widgets.pictures import Load

_GRID: Final = Phrase("사진 목록", "Photos")
_KEPT: Final = 600


class PhotoGrid(QListView):
    """Space, Enter or a double click opens; files may be dropped, pictures pasted."""

    opened = Signal(str)
    chosen = Signal(list)
    dropped = Signal(list)
    pasted = Signal(bytes)

    def __init__(self, face: Face, load: Load, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._tiles = _Tiles(face, load, self)
        self.setModel(self._tiles)
        self.setItemDelegate(TileDelegate(face, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setSpacing(4)
        self.setAcceptDrops(True)
        self.setTabKeyNavigation(False)
        face.name(self, _GRID)
        face.language_changed.connect(self._tiles.say_again)
        face.theme_changed.connect(self.viewport().update)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(TILE_ROLE).key))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.selected()))

    def show_photos(self, tiles: Sequence[PhotoTile]) -> None:
        """Show these photographs; what was chosen stays chosen if it is still here."""
        chosen, current = set(self.selected()), self.current()
        self._tiles.show(tiles)
        selection = self.selectionModel()
        for line, tile in enumerate(tiles) if chosen or current else ():
            index = self._tiles.index(line)
            if tile.key == current:
                selection.setCurrentIndex(index, selection.SelectionFlag.NoUpdate)
            if tile.key in chosen:
                selection.select(index, selection.SelectionFlag.Select)

    def selected(self) -> list[str]:
        """The keys of the photographs chosen, in their order."""
        lines = sorted(index.row() for index in self.selectedIndexes())
        return [self._tiles.tiles[line].key for line in lines]

    def current(self) -> str | None:
        """The photograph the keyboard is on."""
        index = self.currentIndex()
        return self._tiles.tiles[index.row()].key if index.isValid() else None

    def forget(self, key: str) -> None:
        """Fetch this thumbnail again: it was made or changed."""
        self._tiles.forget(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space or Enter opens, Ctrl+V pastes."""
        current = self.current()
        if current is not None and event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(current)
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
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Anywhere on the grid."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Hand the files on."""
        if files := dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(files)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay out again when the width has settled."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.doItemsLayout)


class _Tiles(QAbstractListModel):
    def __init__(self, face: Face, load: Load, parent: QWidget) -> None:
        super().__init__(parent)
        self._face, self._load, self._parent = face, load, parent
        self.tiles: list[PhotoTile] = []
        self._pictures: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._asked: set[str] = set()
        self._lines: dict[str, int] = {}

    def show(self, tiles: Sequence[PhotoTile]) -> None:
        self.beginResetModel()
        self.tiles = list(tiles)
        self._lines = {tile.key: line for line, tile in enumerate(self.tiles)}
        self.endResetModel()

    def say_again(self) -> None:
        if self.tiles:
            self.dataChanged.emit(self.index(0), self.index(len(self.tiles) - 1))

    def forget(self, key: str) -> None:
        self._pictures.pop(key, None)
        self._changed(key)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self.tiles)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        tile = self.tiles[index.row()]
        if role == TILE_ROLE:
            return tile
        if role == PICTURE_ROLE:
            return self._picture(tile.key)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._face.said(tile.caption)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            parts = (phase_word(tile.phase), tile.caption, *(badge.meaning for badge in tile.badges))
            return ", ".join(said for part in parts if (said := self._face.said(part)))
        return None

    def _picture(self, key: str) -> QPixmap | None:
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        if key not in self._asked:
            self._asked.add(key)
            self._load(key, lambda image: self._take(key, image))
        return None

    def _take(self, key: str, image: QImage | None) -> None:
        self._asked.discard(key)
        self._pictures[key] = None if image is None else _square(image, self._parent.devicePixelRatioF())
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self._changed(key)

    def _changed(self, key: str) -> None:
        if (line := self._lines.get(key)) is not None and line < len(self.tiles):
            self.dataChanged.emit(self.index(line), self.index(line), [PICTURE_ROLE])


def dropped_files(held: QMimeData) -> list[Path]:
    """The local files and folders in what was dropped or pasted."""
    return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]


def _square(image: QImage, ratio: float) -> QPixmap:
    """The middle of a picture, as large as the tile is on a screen of that pixel ratio: nothing scales in painting."""
    side = min(image.width(), image.height())
    left, top = (image.width() - side) // 2, (image.height() - side) // 2
    cut = image.copy(left, top, side, side)
    wanted = round(THUMB * ratio)
    if side > wanted:
        cut = cut.scaled(QSize(wanted, wanted), mode=Qt.TransformationMode.SmoothTransformation)
    return QPixmap.fromImage(cut)
