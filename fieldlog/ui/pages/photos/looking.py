"""Looking at photographs in full: the viewer over the page, with the neighbours of the one looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from fieldlog.domain.ids import RecordId
from fieldlog.services import leafing
from fieldlog.ui.jobs import Latest, Read
from fieldlog.ui.pages.photos.album import tile_of
from fieldlog.ui.widgets.photo_viewer import PhotoViewer
from fieldlog.ui.widgets.pictures import picture_loader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from fieldlog.services.leafing import PhotoLine
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.pages.photos.album import Album

_REACH: Final = 100


class _Spread(Struct, frozen=True):
    """Photographs side by side, and the row of each one's counterpart."""

    lines: dict[int, PhotoLine]
    pairs: dict[str, str]


class Looking(QObject):
    """``walked`` names the row the person has gone on to."""

    walked = Signal(int)

    def __init__(self, context: PageContext[Workspace], album: Album, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._album, self._page = context, album, parent
        self._latest = Latest()
        self.viewer: PhotoViewer | None = None
        self._keys: list[str] = []
        self._load = picture_loader(context.lanes, _large, self)

    def open(self, row: int, *, compare: bool = False) -> None:
        """Open one photograph with its neighbours; ``compare`` beside its counterpart."""
        rows, lanes = self._album.rows_near(row, _REACH) or [row], self._context.lanes
        read = Read(lanes, lambda workspace: _spread(workspace, rows), lane=lanes.reading)
        self._latest.start(read.done(lambda spread: self._show(row, spread, compare=compare)), self)

    def _show(self, row: int, spread: _Spread, *, compare: bool) -> None:
        if row not in spread.lines:
            return
        if self.viewer is None:
            self.viewer = PhotoViewer(self._context.face, self._load, self._page)
            self.viewer.walked.connect(self._on_walked)
        tiles = [tile_of(str(each), line) for each, line in spread.lines.items()]
        self._keys = [tile.key for tile in tiles]
        self.viewer.show_photos(tiles, str(row), spread.pairs)
        if compare:
            self.viewer.compare()

    def _on_walked(self, key: str) -> None:
        self.walked.emit(int(key))
        ends = {self._keys[0], self._keys[-1]} if self._keys else set()
        if key in ends and self._album.rows_near(int(key), 1) != [int(key)]:
            self.open(int(key))


def _large(workspace: Workspace, key: str) -> bytes:
    return leafing.picture_in_row(workspace, int(key), "screen")


def _spread(workspace: Workspace, rows: Sequence[int]) -> _Spread:
    lines = leafing.photo_lines(workspace, rows)
    row_of = {line.photo.id: row for row, line in lines.items()}
    pairs: dict[str, str] = {}
    for row, line in lines.items():
        named = line.photo.text("pair_photo_id")
        if not named:
            continue
        other = row_of.get(RecordId(named))
        if other is None:
            other = next(iter(leafing.rows_of_photos(workspace, [RecordId(named)])), None)
        if other is not None:
            pairs[str(other)] = str(row)
    return _Spread(lines, pairs)
