"""The pictures chosen for a case: a large button, the thumbnails, what is wrong with one, and the way to remove it."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import CORNER, GAP
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.parts import button, column, framed, heighten, row, tool, words
from fieldlog.ui.widgets.photo_grid import dropped_files
from fieldlog.ui.widgets.pictures import decoded, png_of

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPaintEvent

    from fieldlog.domain.errors import Known
    from fieldlog.services.capturing import Chosen, Glance
    from fieldlog.ui.face import Face

_ADD: Final = Phrase("사진 추가", "Add photos")
_MORE: Final = Phrase("더 추가", "Add more")
_HINT: Final = Phrase("끌어 놓거나 붙여 넣어도 됩니다", "Or drop or paste them here")
_CHOOSE: Final = Phrase("사진 고르기", "Choose photos")
_FILTER: Final = Phrase(
    "사진 (*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff);;모든 파일 (*)",
    "Photos (*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff);;All files (*)",
)
_NEWEST: Final = Phrase("새 사진 {n}장 · {folder}", "{n} new photos · {folder}")
_REMOVE: Final = Phrase("{name} 빼기", "Remove {name}")
_PHOTO: Final = Phrase("사진 {name}", "Photo {name}")
_REFUSED: Final = Phrase("{name}: {why}", "{name}: {why}")
_SIDE: Final = 92
_BIG: Final = 72
SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".tif", ".tiff"})


class Tile(QWidget):
    """One picture; a refused one says why beside its sign."""

    removed = Signal()

    def __init__(self, face: Face, chosen: Chosen) -> None:
        super().__init__()
        self._face, self.chosen = face, chosen
        self.glance: Glance | None = None
        self.trouble: Known | None = None
        self._picture: QPixmap | None = None
        self.setFixedSize(_SIDE, _SIDE)
        face.name(self, _PHOTO.fill(name=plain(chosen.name)))
        self.remove = tool(face, "x", _REMOVE.fill(name=plain(chosen.name)), self.removed.emit)
        self.remove.setParent(self)
        self.remove.setFixedSize(28, 28)
        self.remove.move(_SIDE - 30, 2)
        face.theme_changed.connect(self._dress)
        self._dress()

    def show_glance(self, glance: Glance) -> None:
        """Show its thumbnail."""
        self.glance = glance
        image = decoded(glance.thumbnail)
        if image is None:
            return
        side = min(image.width(), image.height())
        cut = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
        ratio = self.devicePixelRatioF()
        shown = QPixmap.fromImage(
            cut.scaled(QSize(_SIDE, _SIDE) * ratio, mode=Qt.TransformationMode.SmoothTransformation)
        )
        shown.setDevicePixelRatio(ratio)
        self._picture = shown
        self.update()

    def show_trouble(self, error: Known) -> None:
        """Say why it cannot be kept."""
        self.trouble = error
        said = _REFUSED.fill(name=plain(self.chosen.name), why=error.why)
        self._face.name(self, said, hint=said)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw it, or the sign of what is wrong."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), CORNER, CORNER)
        painter.setClipPath(outline)
        wrong = self.trouble is not None
        painter.fillRect(self.rect(), self._face.colour("danger.wash" if wrong else "sunken"))
        if self._picture is not None:
            painter.drawPixmap(self.rect(), self._picture)
        else:
            icon = self._face.icon("triangle-alert" if wrong else "image", "danger.ink" if wrong else "line")
            icon.paint(painter, QRect(_SIDE // 2 - 12, _SIDE // 2 - 12, 24, 24))
        painter.end()

    def _dress(self) -> None:
        c = self._face.theme.colours
        self.remove.setStyleSheet(
            f"QToolButton {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: 14px;"
            " min-width: 0; min-height: 0; padding: 0; }"
            f"QToolButton:hover {{ background: {c.sunken}; }}"
        )


class PhotoStrip(QWidget):
    """Takes pictures by button, drop and paste, and shows them; what becomes of them is the window's."""

    added = Signal(list)
    pasted = Signal(bytes)
    removed = Signal(str)
    newest_asked = Signal()

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.tiles: dict[str, Tile] = {}
        self.folder = ""
        self.setAcceptDrops(True)
        self.add = button(face, _ADD, self.choose, icon="image-plus")
        self.add.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._hint = words(face, _HINT, "small")
        face.keys.hint(face.say, self._hint.setText, _HINT, "quick.paste")
        self.newest = button(face, _NEWEST, self.newest_asked.emit, kind="quiet", icon="images")
        self.newest.hide()
        self._flow = Flow(gap=GAP)
        self._shown = framed(self._flow, "clear")
        self._shown.hide()
        self._wrong = words(face, plain(""), "small", wrap=True)
        self._wrong.setProperty("tone", "danger")
        self._wrong.hide()
        hint = row(None, self._hint, None)
        self._layout = column(self._shown, self._wrong, self.add, hint, row(None, self.newest, None), gap=GAP)
        self.setLayout(self._layout)
        self.setFocusProxy(self.add)
        face.theme_changed.connect(self._arrange)
        self._arrange()

    def show_chosen(self, chosen: list[Chosen]) -> list[Chosen]:
        """Show these pictures; the answer names those that were not shown before."""
        keys = {each.key for each in chosen}
        for key in [key for key in self.tiles if key not in keys]:
            tile = self.tiles.pop(key)
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        fresh = [each for each in chosen if each.key not in self.tiles]
        for each in fresh:
            tile = Tile(self._face, each)
            tile.removed.connect(partial(self.removed.emit, each.key))
            self.tiles[each.key] = tile
            self._flow.addWidget(tile)
        self._shown.setVisible(bool(chosen))
        self._hint.setVisible(not chosen)
        self._face.say(self.add.setText, _MORE if chosen else _ADD)
        self._arrange()
        self._say_wrong()
        return fresh

    def show_glance(self, key: str, glance: Glance) -> None:
        """Show what a picture is."""
        if key in self.tiles:
            self.tiles[key].show_glance(glance)

    def show_trouble(self, key: str, error: Known) -> None:
        """Say what is wrong with a picture; it stays until it is removed."""
        if key in self.tiles:
            self.tiles[key].show_trouble(error)
            self._say_wrong()

    def show_newest(self, count: int, folder: str) -> None:
        """Offer pictures that came into the watched folder; none hides the offer."""
        self.newest.setVisible(bool(count))
        offered = _NEWEST.fill(n=count, folder=plain(folder))
        self._face.say(self.newest.setText, offered)
        self._face.name(self.newest, offered)

    def choose(self) -> None:
        """Ask for files."""
        said = self._face.said
        found, _ = QFileDialog.getOpenFileNames(self, said(_CHOOSE), self.folder, said(_FILTER))
        if found:
            self.added.emit([Path(each) for each in found])

    def paste(self) -> bool:
        """Take files or a picture from the clipboard; False if it holds neither."""
        held = QGuiApplication.clipboard().mimeData()
        if files := dropped_files(held):
            self.added.emit(files)
            return True
        if held.hasImage() and not (image := QGuiApplication.clipboard().image()).isNull():
            self.pasted.emit(png_of(image))
            return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files are welcome."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take the files."""
        if files := dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self.added.emit(files)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A dashed outline while it is empty: a place to drop on."""
        super().paintEvent(event)
        if self.tiles:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._face.colour("line"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        painter.end()

    def _arrange(self) -> None:
        """A wide place to drop on and a large button while it is empty, a small one below the pictures."""
        margin = 0 if self.tiles else GAP + 4
        self._layout.setContentsMargins(margin, margin, margin, margin)
        heighten(self.add, self._face.target if self.tiles else _BIG)
        self.update()

    def _say_wrong(self) -> None:
        wrong = [tile for tile in self.tiles.values() if tile.trouble is not None]
        lines = [_REFUSED.fill(name=plain(t.chosen.name), why=t.trouble.why) for t in wrong if t.trouble]
        self._face.say(
            self._wrong.setText,
            Phrase("\n".join(line.ko for line in lines), "\n".join(line.en for line in lines)),
        )
        self._wrong.setVisible(bool(lines))


def newest_in(folder: Path, since: float, most: int = 20) -> list[Path]:
    """The pictures that came into a folder since a moment (seconds, as files carry it), oldest first."""
    found: list[tuple[float, str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122
                if suffix in SUFFIXES and entry.is_file() and (at := entry.stat().st_mtime) > since:
                    found.append((at, entry.path))
    except OSError:
        return []
    return [Path(path) for _, path in sorted(found)[-most:]]
