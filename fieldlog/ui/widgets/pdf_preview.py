"""A PDF as it will be printed, drawn page by page away from the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListWidget, QScrollArea, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import GAP, GROUP_GAP, mark
from fieldlog.ui.jobs import Errand
from fieldlog.ui.widgets.parts import column, framed, row, tool, words

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from fieldlog.ui.face import Face
    from fieldlog.ui.jobs import Lanes

_NAME: Final = Phrase("문서 미리보기", "Document preview")
_PAGES: Final = Phrase("쪽 목록", "Pages")
_PAGE: Final = Phrase("{page}쪽", "Page {page}")
_PLACE: Final = Phrase("{page} / {count}쪽", "Page {page} of {count}")
_CLOSER: Final = Phrase("크게", "Zoom in")
_FARTHER: Final = Phrase("작게", "Zoom out")
_FIT: Final = Phrase("폭에 맞춤", "Fit to width")
_POINT: Final = 96 / 72
_STEPS: Final = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_LIST_WIDTH: Final = 96


class Sheets(Struct, frozen=True):
    """The pages of a document by their size in PDF points."""

    data: bytes
    sizes: tuple[tuple[float, float], ...]


def read_sheets(data: bytes) -> Sheets:
    """Open a PDF and measure its pages."""
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(data)
    try:
        return Sheets(data, tuple(document.get_page_size(at) for at in range(len(document))))
    finally:
        document.close()


def draw_sheet(sheets: Sheets, at: int, scale: float) -> QImage:
    """Draw one page at ``scale`` pixels per point."""
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(sheets.data)
    try:
        bitmap: Any = document[at].render(scale=scale, prefer_bgrx=True)
        image = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
        )
        return image.copy()
    finally:
        document.close()


class PdfPreview(QWidget):
    """Pages below one another, a list of them at the left, zoom above."""

    def __init__(self, face: Face, lanes: Lanes[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._lanes = face, lanes
        self._sheets: Sheets | None = None
        self._number = 0
        self._zoom: float | None = None
        self._leaves: list[_Leaf] = []
        self._place = words(face, plain(""), "muted")
        self.list = QListWidget()
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.currentRowChanged.connect(self.go_to)
        face.name(self.list, _PAGES)
        self._column = QVBoxLayout()
        self._column.setSpacing(GROUP_GAP)
        self._column.setContentsMargins(GROUP_GAP, GROUP_GAP, GROUP_GAP, GROUP_GAP)
        paper = framed(self._column, "clear")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(paper)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        face.name(self.area, _NAME)
        self.area.verticalScrollBar().valueChanged.connect(self._on_scroll)
        bar = row(
            self._place,
            None,
            tool(face, "zoom-out", _FARTHER, lambda: self._step(-1)),
            tool(face, "zoom-in", _CLOSER, lambda: self._step(1)),
            tool(face, "maximize", _FIT, self.fit),
        )
        bar.setContentsMargins(GROUP_GAP, 4, GAP, 4)
        body = row(self.list, self.area, gap=0)
        body.setStretch(1, 1)
        self.setLayout(column(framed(bar, "raised"), body, gap=0))
        mark(self, surface="background")
        self._lay = QTimer(self)
        self._lay.setSingleShot(True)
        self._lay.timeout.connect(self._lay_out)
        face.language_changed.connect(self._name_pages)
        face.language_changed.connect(self._on_scroll)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._leaves)

    def show_pdf(self, data: bytes) -> None:
        """Show a document; the place in it is kept when it is the same document made anew."""
        self._number += 1
        number = self._number
        Errand(self._lanes, lambda: read_sheets(data), lane=self._lanes.paper).done(
            lambda sheets: self._take(sheets) if number == self._number else None
        ).start(self)

    def clear(self) -> None:
        """Show nothing."""
        self._number += 1
        self._take(Sheets(b"", ()))

    def fit(self) -> None:
        """As wide as there is room."""
        self._zoom = None
        self._lay_out()

    def go_to(self, page: int) -> None:
        """Show a page, counted from 0."""
        if 0 <= page < len(self._leaves):
            self.area.verticalScrollBar().setValue(self._tops()[page] - GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A fitted page grows with its place."""
        super().resizeEvent(event)
        self._lay.start(60)

    def _take(self, sheets: Sheets) -> None:
        at = self.area.verticalScrollBar().value()
        self._sheets = sheets
        while len(self._leaves) > len(sheets.sizes):
            self._leaves.pop().deleteLater()
        while len(self._leaves) < len(sheets.sizes):
            leaf = _Leaf(self._face)
            self._column.addWidget(leaf, 0, Qt.AlignmentFlag.AlignHCenter)
            self._leaves.append(leaf)
        for leaf in self._leaves:
            leaf.is_drawn = False
        self._name_pages()
        self._lay_out()
        QTimer.singleShot(0, self, lambda: self.area.verticalScrollBar().setValue(at))

    def _name_pages(self) -> None:
        current = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([self._face.said(_PAGE.fill(page=at + 1)) for at in range(len(self._leaves))])
        self.list.setCurrentRow(max(0, min(current, len(self._leaves) - 1)))
        self.list.blockSignals(False)
        for at, leaf in enumerate(self._leaves, start=1):
            self._face.name(leaf, _PAGE.fill(page=at))

    def _step(self, by: int) -> None:
        now = self._scale()
        steps = [step for step in _STEPS if (step > now * 1.01 if by > 0 else step < now * 0.99)]
        if steps:
            self._zoom = steps[0] if by > 0 else steps[-1]
            self._lay_out()

    def _scale(self) -> float:
        if self._zoom is not None or self._sheets is None or not self._sheets.sizes:
            return self._zoom or 1.0
        widest = max(width for width, _ in self._sheets.sizes) * _POINT
        return max(0.3, (self.area.viewport().width() - 2 * GROUP_GAP) / widest)

    def _lay_out(self) -> None:
        if self._sheets is None:
            return
        scale = self._scale() * _POINT
        for leaf, (width, height) in zip(self._leaves, self._sheets.sizes, strict=True):
            leaf.set_size(QSize(round(width * scale), round(height * scale)))
        QTimer.singleShot(0, self, self._on_scroll)

    def _tops(self) -> list[int]:
        """Where each page begins; asked of the sizes, for the layout follows only later."""
        tops, at = [], GROUP_GAP
        for leaf in self._leaves:
            tops.append(at)
            at += leaf.height() + GROUP_GAP
        return tops

    def _on_scroll(self) -> None:
        top = self.area.verticalScrollBar().value()
        foot = top + self.area.viewport().height()
        tops = self._tops()
        seen = [
            at for at, leaf in enumerate(self._leaves) if tops[at] < foot and tops[at] + leaf.height() > top
        ]
        if not seen:
            self._face.say(self._place.setText, plain(""))
            return
        self._face.say(self._place.setText, _PLACE.fill(page=seen[0] + 1, count=len(self._leaves)))
        for at in range(max(0, seen[0] - 1), min(len(self._leaves), seen[-1] + 2)):
            if not self._leaves[at].is_drawn:
                self._draw(at)

    def _draw(self, at: int) -> None:
        sheets, leaf, ratio = self._sheets, self._leaves[at], self.devicePixelRatioF()
        if sheets is None or leaf.width() <= 0:
            return
        leaf.is_drawn = True
        number, scale = self._number, leaf.width() / sheets.sizes[at][0] * ratio

        def show(image: QImage) -> None:
            if number == self._number and at < len(self._leaves):
                image.setDevicePixelRatio(ratio)
                self._leaves[at].show_image(image)

        Errand(self._lanes, lambda: draw_sheet(sheets, at, scale), lane=self._lanes.paper).done(show).start(
            self
        )


class _Leaf(QWidget):
    """One page: white until it is drawn, the old drawing until the new one is ready."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._image = QImage()
        self.is_drawn = False

    def set_size(self, size: QSize) -> None:
        if size != self.size():
            self.setFixedSize(size)
            self.is_drawn = False

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._image.isNull():
            painter.drawImage(self.rect(), self._image)
        painter.setPen(self._face.colour("hairline"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
