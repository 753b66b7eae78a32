"""How one photograph of a grid is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fieldlog.ui.face import CORNER
from fieldlog.ui.widgets.pictures import phase_tone, phase_word

if TYPE_CHECKING:
    from fieldlog.domain.phrase import Phrase
    from fieldlog.ui.face import Face
    from fieldlog.ui.theme import Tone

THUMB: Final = 160
_PAD: Final = 6
_BAND: Final = 22
_CAPTION: Final = 22
_BADGE: Final = 24
TILE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
PICTURE_ROLE: Final = TILE_ROLE + 1


class Badge(Struct, frozen=True):
    """A small sign on a thumbnail: an icon and what it means."""

    icon: str
    meaning: Phrase
    tone: Tone


class PhotoTile(Struct, frozen=True):
    """One photograph of a grid."""

    key: str
    caption: Phrase
    phase: str
    badges: tuple[Badge, ...] = ()


class TileDelegate(QStyledItemDelegate):
    """Thumbnail, phase band, badges at the corner, caption below."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """All tiles are of one size."""
        return QSize(THUMB + 2 * _PAD, THUMB + _BAND + _CAPTION + 2 * _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the tile."""
        tile: PhotoTile | None = index.data(TILE_ROLE)
        if tile is None:
            return
        style: Any = option
        place: QRect = style.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._ground(painter, place, style)
        left = place.left() + (place.width() - THUMB) // 2
        frame = QRect(left, place.top() + _PAD, THUMB, THUMB + _BAND)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(frame), CORNER - 2, CORNER - 2)
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        self._picture(painter, QRect(frame.left(), frame.top(), THUMB, THUMB), index.data(PICTURE_ROLE))
        self._band(painter, QRect(frame.left(), frame.bottom() + 1 - _BAND, THUMB, _BAND), tile.phase)
        painter.setClipping(False)
        for place_in_row, badge in enumerate(tile.badges):
            self._badge(
                painter, frame.right() - 4 - (place_in_row + 1) * (_BADGE + 2), frame.top() + 6, badge
            )
        painter.setPen(self._face.colour("text"))
        caption = QRect(frame.left(), frame.bottom() + 1, THUMB, _CAPTION)
        said = self._face.said(tile.caption)
        text = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, THUMB)
        painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

    def _ground(self, painter: QPainter, place: QRect, style: Any) -> None:
        inside = QRectF(place).adjusted(1, 1, -1, -1)
        if style.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._face.colour("selection"))
            painter.drawRoundedRect(inside, CORNER, CORNER)
        if style.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._face.colour("focus"), self._face.theme.focus_width))
            painter.drawRoundedRect(inside.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)

    def _picture(self, painter: QPainter, place: QRect, picture: QPixmap | None) -> None:
        painter.fillRect(place, self._face.colour("sunken"))
        if picture is not None:
            painter.drawPixmap(place, picture)
            return
        icon = self._face.icon("image", "line")
        icon.paint(painter, place.adjusted(64, 64, -64, -64))

    def _band(self, painter: QPainter, place: QRect, phase: str) -> None:
        tone = phase_tone(phase).value
        painter.fillRect(place, self._face.colour(f"{tone}.wash"))
        painter.setPen(self._face.colour(f"{tone}.ink"))
        font = painter.font()
        font.setBold(True)
        font.setPixelSize(self._face.theme.sizes.small)
        painter.setFont(font)
        painter.drawText(
            place.adjusted(8, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, self._face.said(phase_word(phase))
        )
        font.setBold(False)
        painter.setFont(font)

    def _badge(self, painter: QPainter, left: int, top: int, badge: Badge) -> None:
        disc = QRect(left, top, _BADGE, _BADGE)
        painter.setPen(QPen(self._face.colour("hairline"), 1))
        painter.setBrush(self._face.colour(f"{badge.tone.value}.wash"))
        painter.drawEllipse(disc)
        icon = self._face.icon(badge.icon, f"{badge.tone.value}.ink")
        icon.paint(painter, disc.adjusted(5, 5, -5, -5))
