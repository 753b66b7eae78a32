"""The photographs of the page: all of them by position, of which only those looked at are held."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from fieldlog.domain.ids import Digest
from fieldlog.domain.photo_filter import PhotoFilter
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import leafing, photographs
from fieldlog.ui.jobs import Latest, Read
from fieldlog.ui.theme import Tone
from fieldlog.ui.widgets.photo_tile import PICTURE_ROLE, THUMB, TILE_ROLE, Badge, PhotoTile
from fieldlog.ui.widgets.pictures import decoded, phase_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import Record
    from fieldlog.services.leafing import PhotoLine
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.jobs import Run
    from fieldlog.ui.page import PageContext

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = frozenset({int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole)})
_LINES_HELD: Final = 2_048
_BYTES_HELD: Final = 48 << 20
_LOOK_MS: Final = 20
_BYTES_PER_PIXEL: Final = 4
_NO_PLACE: Final = Badge("map-pin-off", Phrase("위치 없음", "No place"), Tone.NEUTRAL)
_NO_CAPTION: Final = Badge("pencil", Phrase("설명 없음", "No caption"), Tone.INFO)
_UNREVIEWED: Final = Badge(
    "shield-alert", Phrase("개인정보 확인 전", "Personal data not reviewed"), Tone.WARNING
)
_LOADING: Final = PhotoTile("", plain(""), "")


def tile_of(key: str, line: PhotoLine) -> PhotoTile:
    """A photograph as it is drawn: its caption, or its file's name, and what it lacks."""
    photo = line.photo
    caption = photo.text("caption")
    badges = (
        *(() if photo.get("lat") is not None else (_NO_PLACE,)),
        *(() if caption else (_NO_CAPTION,)),
        *((_UNREVIEWED,) if photo.text("pii_review") in {"", "NOT_REVIEWED"} else ()),
    )
    return PhotoTile(key, plain(caption or photo.text("original_name")), photo.text("phase"), badges)


class Album(QAbstractListModel):
    """``counted`` tells how many photographs the filter shows, ``lines_came`` that some can be told now."""

    counted = Signal(int)
    lines_came = Signal()

    def __init__(self, context: PageContext[Workspace], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._face, self._lanes = context.face, context.lanes
        self.asked = PhotoFilter()
        self.ratio = 1.0
        self._order: array[int] = array("q")
        self._lines: OrderedDict[int, PhotoLine] = OrderedDict()
        self._tiles: dict[int, PhotoTile] = {}
        self._stale: set[int] = set()
        self._pictures: OrderedDict[int, QPixmap | None] = OrderedDict()
        self._runs: dict[int, Run] = {}
        self._seen = range(0)
        self._gathering, self._loading = Latest(), Latest()
        self._look_soon = QTimer(self)
        self._look_soon.setSingleShot(True)
        self._look_soon.setInterval(_LOOK_MS)
        self._look_soon.timeout.connect(self._load)
        context.face.language_changed.connect(self._say_again)

    # What the page asks for

    def show_filter(self, asked: PhotoFilter) -> None:
        """Show other photographs; what is shown stays until they are known."""
        self.asked = asked
        read = Read(self._lanes, lambda w: leafing.gather_photos(w, asked), lane=self._lanes.reading)
        self._gathering.start(read.done(self._take_order), self)

    def refresh(self, effects: Effects | None = None) -> None:
        """Look at the store again; with ``effects`` only when they touch photographs or their cases."""
        if effects is None or effects.kinds & {"photo", "case"}:
            self._stale.update(self._lines)
            self.show_filter(self.asked)

    def look(self, seen: range) -> None:
        """These positions are in view: have them and their neighbours ready, and nothing else."""
        if seen != self._seen:
            self._seen = seen
            self._look_soon.start()

    def row_at(self, position: int) -> int:
        """The row of the photograph at a position."""
        return self._order[position]

    def position_of(self, row: int) -> int | None:
        """Where a photograph stands; None if the filter does not show it."""
        try:
            return self._order.index(row)
        except ValueError:
            return None

    def line(self, row: int) -> PhotoLine | None:
        """What is told of a photograph, if it has been read."""
        return self._lines.get(row)

    def photo(self, row: int) -> Record | None:
        """The photograph in a row, if it has been read."""
        line = self._lines.get(row)
        return line.photo if line else None

    def rows_near(self, row: int, reach: int) -> list[int]:
        """The rows around one, it included, at most ``reach`` on either side."""
        at = self.position_of(row)
        return [] if at is None else list(self._order[max(0, at - reach) : at + reach + 1])

    # What the view asks for

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802
        """How many photographs there are."""
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """What is drawn or spoken; empty while it is being read."""
        row = self._order[index.row()]
        if role == TILE_ROLE:
            return self._tiles.get(row, _LOADING)
        if role == PICTURE_ROLE:
            return self._pictures.get(row)
        line = self._lines.get(row)
        if line is None:
            return None
        if role == _DISPLAY:
            return self._face.said(self._tiles[row].caption)
        return self._spoken(self._tiles[row], line) if role in _SPOKEN else None

    def _spoken(self, tile: PhotoTile, line: PhotoLine) -> str:
        parts = (
            phase_word(tile.phase),
            tile.caption,
            plain(line.case_no),
            *(badge.meaning for badge in tile.badges),
        )
        return ", ".join(said for part in parts if (said := self._face.said(part)))

    # Reading

    def _take_order(self, order: array[int]) -> None:
        if order != self._order:
            self.beginResetModel()
            self._order = order
            self.endResetModel()
        self._load()
        self.counted.emit(len(order))

    def _load(self) -> None:
        """Read what is in view and a screen on either side; stop fetching what has gone out of sight."""
        near = self._near()
        wanted = [row for row in near if row not in self._lines or row in self._stale]
        for row in [row for row in self._runs if row not in near]:
            self._runs.pop(row).cancel()
        if wanted:
            read = Read(self._lanes, lambda w: leafing.photo_lines(w, wanted), lane=self._lanes.reading)
            self._loading.start(read.done(lambda lines: self._take_lines(wanted, lines)), self)
        self._fetch_pictures()

    def _near(self) -> dict[int, None]:
        """The rows in view first, then those a screen before and after."""
        seen = range(min(self._seen.start, len(self._order)), min(self._seen.stop, len(self._order)))
        reach = len(seen)
        after = range(seen.stop, min(len(self._order), seen.stop + reach))
        before = range(max(0, seen.start - reach), seen.start)
        return dict.fromkeys(self._order[at] for part in (seen, after, before) for at in part)

    def _take_lines(self, wanted: Sequence[int], lines: Mapping[int, PhotoLine]) -> None:
        self._stale.difference_update(wanted)
        self.learn(lines)
        self._say_again()
        self._fetch_pictures()
        self.lines_came.emit()

    def learn(self, lines: Mapping[int, PhotoLine]) -> None:
        """Keep what was read of photographs, and of older ones only so many."""
        for row, line in lines.items():
            self._lines[row] = line
            self._lines.move_to_end(row)
            self._tiles[row] = tile_of(str(row), line)
        while len(self._lines) > _LINES_HELD:
            gone, _line = self._lines.popitem(last=False)
            del self._tiles[gone]
            self._stale.discard(gone)

    def _fetch_pictures(self) -> None:
        for row in self._near():
            line = self._lines.get(row)
            if row in self._pictures:
                self._pictures.move_to_end(row)
            elif line is not None and row not in self._runs:
                self._fetch(row, Digest(line.photo.text("sha256")))

    def _fetch(self, row: int, digest: Digest) -> None:
        side = round(THUMB * self.ratio)

        def fetch(workspace: Workspace) -> QImage | None:
            return _square(decoded(photographs.photo_bytes(workspace, digest, "thumb")), side)

        read = Read(self._lanes, fetch, lane=self._lanes.pictures)
        read.done(lambda image: self._take_picture(row, image))
        read.failed(lambda _error: self._take_picture(row, None))
        self._runs[row] = read.start(self, background=True)

    def _take_picture(self, row: int, image: QImage | None) -> None:
        self._runs.pop(row, None)
        self._pictures[row] = None if image is None else QPixmap.fromImage(image)
        side = round(THUMB * self.ratio)
        while len(self._pictures) * side * side * _BYTES_PER_PIXEL > _BYTES_HELD:
            self._pictures.popitem(last=False)
        for position in self._seen:
            if position < len(self._order) and self._order[position] == row:
                self.dataChanged.emit(self.index(position), self.index(position), [PICTURE_ROLE])

    def _say_again(self) -> None:
        if self._order and self._seen:
            last = min(self._seen.stop, len(self._order)) - 1
            if last >= self._seen.start:
                self.dataChanged.emit(self.index(self._seen.start), self.index(last))


def record_ids(lines: Mapping[int, PhotoLine], rows: Sequence[int]) -> list[RecordId]:
    """The ids of photographs by their rows, in the order of the rows."""
    return [lines[row].photo.id for row in rows if row in lines]


def _square(image: QImage | None, side: int) -> QImage | None:
    if image is None:
        return None
    short = min(image.width(), image.height())
    cut = image.copy((image.width() - short) // 2, (image.height() - short) // 2, short, short)
    return cut.scaled(QSize(side, side), mode=Qt.TransformationMode.SmoothTransformation)
