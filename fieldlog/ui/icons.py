"""Lucide icons, coloured for the theme when they are loaded and drawn sharp at every scale."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from fieldlog.domain.errors import Bug

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QRect

ICON_SIZE: Final = 20
STROKE: Final = "1.75"


class Icons:
    """Reads icons by name from one folder and keeps each colour of each icon once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._icon = functools.cache(self._make)

    def icon(self, name: str, colour: str, *, on: str | None = None, off: str | None = None) -> QIcon:
        """An icon in ``colour``; ``on`` colours it while checked, ``off`` while disabled."""
        return self._icon(name, colour, on or colour, off or colour)

    def pixmap(self, name: str, colour: str, size: int = ICON_SIZE, ratio: float = 1.0) -> QPixmap:
        """The icon drawn at ``size`` device-independent pixels for a screen of that pixel ratio."""
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.renderer(name, colour).render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap

    def renderer(self, name: str, colour: str) -> QSvgRenderer:
        """What draws the icon, for widgets that paint themselves."""
        return QSvgRenderer(QByteArray(self.svg(name, colour)))

    def svg(self, name: str, colour: str) -> bytes:
        """The icon's picture with its line in ``colour``."""
        try:
            source = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        except OSError as error:
            raise Bug(f"no icon called {name}") from error
        coloured = source.replace("currentColor", colour)
        return coloured.replace('stroke-width="2"', f'stroke-width="{STROKE}"').encode()

    def _make(self, name: str, colour: str, on: str, off: str) -> QIcon:
        return QIcon(_Engine(self.svg(name, colour), self.svg(name, on), self.svg(name, off)))


class _Engine(QIconEngine):
    """Draws the picture afresh for each size, so nothing blurs at 125 or 200 %; room to spare stays at the right."""

    def __init__(self, normal: bytes, on: bytes, off: bytes) -> None:
        super().__init__()
        self._pictures = (normal, on, off)
        self._drawn: dict[tuple[int, int, int], QPixmap] = {}

    def clone(self) -> QIconEngine:
        return _Engine(*self._pictures)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        self._renderer(mode, state).render(painter, QRectF(rect.x(), rect.y(), side, side))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(  # noqa: N802
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # ``size`` is in device-independent pixels here (seen with Qt 6.11), unlike in QIcon.pixmap's own sum.
        key = (round(size.width() * scale), round(size.height() * scale), self._index(mode, state))
        if key not in self._drawn:
            pixmap = QPixmap(key[0], key[1])
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self._renderer(mode, state).render(painter, QRectF(0, 0, min(key[:2]), min(key[:2])))
            painter.end()
            pixmap.setDevicePixelRatio(scale)
            self._drawn[key] = pixmap
        return self._drawn[key]

    def _index(self, mode: QIcon.Mode, state: QIcon.State) -> int:
        if mode is QIcon.Mode.Disabled:
            return 2
        return 1 if state is QIcon.State.On else 0

    def _renderer(self, mode: QIcon.Mode, state: QIcon.State) -> QSvgRenderer:
        return QSvgRenderer(QByteArray(self._pictures[self._index(mode, state)]))
