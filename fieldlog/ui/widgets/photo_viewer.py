"""One photograph in full, its neighbours by arrow keys, its counterpart by a swipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import mark
from fieldlog.ui.widgets.parts import column, row, tool, words
from fieldlog.ui.widgets.swipe_view import SwipeView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from fieldlog.ui.face import Face
    from fieldlog.ui.widgets.photo_tile import PhotoTile
    from fieldlog.ui.widgets.pictures import Load

_NAME: Final = Phrase("사진 보기", "Photo viewer")
_PICTURE: Final = Phrase("사진: {caption}", "Photo: {caption}")
_PLACE: Final = Phrase("{at} / {count}", "{at} of {count}")
_PREVIOUS: Final = Phrase("이전 사진 (←)", "Previous photo (←)")
_NEXT: Final = Phrase("다음 사진 (→)", "Next photo (→)")
_CLOSER: Final = Phrase("크게 (+)", "Zoom in (+)")
_FARTHER: Final = Phrase("작게 (-)", "Zoom out (-)")
_WHOLE: Final = Phrase("전체 보기 (0)", "Whole picture (0)")
_COMPARE: Final = Phrase("전후 비교 (C)", "Compare before and after (C)")
_CLOSE: Final = Phrase("닫기 (Esc)", "Close (Esc)")
_MISSING: Final = Phrase("사진을 불러올 수 없습니다.", "This photo cannot be shown.")
_LOADING: Final = Phrase("불러오는 중…", "Loading…")
_STEP: Final = 1.25
_MOST: Final = 8.0


class PictureView(QWidget):
    """A picture fitted into its place; the wheel and + - zoom, the mouse draws it about."""

    zoomed = Signal(float)

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._image = QImage()
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)
        self._grasp: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        face.theme_changed.connect(self.update)

    def show_image(self, image: QImage | None) -> None:
        """Show a picture whole."""
        self._image = QImage() if image is None else image
        self.whole()

    def zoom(self, factor: float) -> None:
        """Come closer (above 1) or go farther."""
        self._zoom = min(_MOST, max(1.0, self._zoom * factor))
        if self._zoom == 1.0:
            self._centre = QPointF(0.5, 0.5)
        self.zoomed.emit(self._zoom)
        self.update()

    def whole(self) -> None:
        """Show all of it."""
        self._zoom, self._centre = 1.0, QPointF(0.5, 0.5)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw what is in view."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._face.colour("sunken"))
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(), self._image)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom."""
        self.zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold."""
        self._grasp = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw it about."""
        if self._grasp is None or self._zoom <= 1.0:
            return
        place, moved = self._place(), event.position() - self._grasp
        self._grasp = event.position()
        self._centre = QPointF(
            min(1.0, max(0.0, self._centre.x() - moved.x() / place.width())),
            min(1.0, max(0.0, self._centre.y() - moved.y() / place.height())),
        )
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """Let go."""
        self._grasp = None

    def _place(self) -> QRectF:
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        width, height = size.width() * self._zoom, size.height() * self._zoom
        return QRectF(
            self.width() / 2 - width * self._centre.x(),
            self.height() / 2 - height * self._centre.y(),
            width,
            height,
        )


class PhotoViewer(QDialog):
    """Shows photographs of one list; ``pairs`` gives each its counterpart, before to after."""

    walked = Signal(str)

    def __init__(self, face: Face, load: Load, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._load = face, load
        self._tiles: Sequence[PhotoTile] = ()
        self._pairs: Mapping[str, str] = {}
        self._at = 0
        self._pictures: dict[str, QImage | None] = {}
        face.say(self.setWindowTitle, _NAME)
        face.name(self, _NAME)
        mark(self, surface="background")
        self.resize(1080, 760)
        self.picture, self.swipe = PictureView(face), SwipeView(face)
        self._caption, self._place = words(face, plain(""), "lead"), words(face, plain(""), "muted")
        self._note = words(face, plain(""), "muted")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.picture)
        self._stack.addWidget(self.swipe)
        self._compare = tool(face, "columns-2", _COMPARE, self.compare)
        self._compare.setCheckable(True)
        head = row(
            self._caption,
            self._place,
            self._note,
            None,
            self._compare,
            tool(face, "zoom-out", _FARTHER, lambda: self.picture.zoom(1 / _STEP)),
            tool(face, "zoom-in", _CLOSER, lambda: self.picture.zoom(_STEP)),
            tool(face, "maximize", _WHOLE, self.picture.whole),
            tool(face, "x", _CLOSE, self.reject),
        )
        head.setContentsMargins(16, 8, 8, 0)
        middle = row(
            tool(face, "chevron-left", _PREVIOUS, lambda: self.walk(-1)),
            self._stack,
            tool(face, "chevron-right", _NEXT, lambda: self.walk(1)),
            margin=8,
        )
        middle.setStretch(1, 1)
        self.setLayout(column(head, middle, gap=0))

    def show_photos(
        self, tiles: Sequence[PhotoTile], key: str, pairs: Mapping[str, str] | None = None
    ) -> None:
        """Open at one photograph of a list."""
        self._tiles = tiles
        self._pairs = {**(pairs or {}), **{after: before for before, after in (pairs or {}).items()}}
        self._at = next((at for at, tile in enumerate(tiles) if tile.key == key), 0)
        self._show()
        self.show()
        self.picture.setFocus()

    def walk(self, by: int) -> None:
        """Go to a neighbour; the ends stay."""
        if 0 <= self._at + by < len(self._tiles):
            self._at += by
            self._show()
            self.walked.emit(self._tiles[self._at].key)

    def compare(self) -> None:
        """Between the single picture and the pair."""
        paired = self._stack.currentWidget() is self.picture and self._tiles[self._at].key in self._pairs
        self._stack.setCurrentWidget(self.swipe if paired else self.picture)
        self._compare.setChecked(paired)
        (self.swipe if paired else self.picture).setFocus()
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows walk, + - 0 zoom, C compares, Space and Esc close."""
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in steps:
            self.walk(steps[Qt.Key(key)])
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.picture.zoom(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.picture.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.picture.whole()
        elif key == Qt.Key.Key_C:
            self.compare()
        elif key == Qt.Key.Key_Space:
            self.accept()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        if not self._tiles:
            return
        tile = self._tiles[self._at]
        self._face.say(self._caption.setText, tile.caption)
        self._face.say(self._place.setText, _PLACE.fill(at=self._at + 1, count=len(self._tiles)))
        self._face.name(self.picture, _PICTURE.fill(caption=tile.caption))
        self._compare.setEnabled(tile.key in self._pairs)
        if tile.key not in self._pairs and self._stack.currentWidget() is self.swipe:
            self._stack.setCurrentWidget(self.picture)
            self._compare.setChecked(False)
        for key in filter(None, (tile.key, self._pairs.get(tile.key))):
            if key not in self._pictures:
                self._load(key, lambda image, key=key: self._take(key, image))  # type: ignore[misc]
        self._draw()

    def _take(self, key: str, image: QImage | None) -> None:
        self._pictures = {**dict(list(self._pictures.items())[-8:]), key: image}
        self._draw()

    def _draw(self) -> None:
        key = self._tiles[self._at].key
        known, image = key in self._pictures, self._pictures.get(key)
        self._face.say(self._note.setText, plain("") if image else _MISSING if known else _LOADING)
        if self._stack.currentWidget() is self.picture:
            self.picture.show_image(image)
            return
        other = self._pictures.get(self._pairs.get(key, "")) or QImage()
        mine = image or QImage()
        before_first = self._tiles[self._at].phase != "AFTER"
        self.swipe.show_pair(mine if before_first else other, other if before_first else mine)
