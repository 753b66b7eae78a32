"""The rail at the left: 빠른 기록, the pages, and the counts that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.icons import ICON_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.ui.face import Face

QUICK: Final = Phrase("빠른 기록", "Quick record")
QUICK_SHORT: Final = Phrase("기록", "Record")
_RAIL: Final = Phrase("화면 이동", "Pages")
_FOLD: Final = Phrase("이름 숨기기", "Hide labels")
_UNFOLD: Final = Phrase("이름 보이기", "Show labels")
_COUNTED: Final = Phrase("{title}, {count}건", "{title}, {count}")
WIDTH: Final = 60
_TALL: Final = 52
_FOLDED: Final = 40
_MOST: Final = 99


class Rail(QWidget):
    """One button per page; exactly one is chosen."""

    chosen = Signal(str)
    quick_asked = Signal()
    folded = Signal(bool)

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._buttons: dict[str, RailButton] = {}
        self._is_folded, self._fresh, self._shown = False, False, ""
        self._group = QButtonGroup(self)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        face.name(self, _RAIL)
        self.quick = RailButton(face, "plus", QUICK_SHORT)
        self.quick.setObjectName("quick")
        self.quick.setCheckable(False)
        face.name(self.quick, QUICK)
        face.keys.hint(face.say, self.quick.setToolTip, QUICK, "quick")
        face.show_icon(self.quick, "plus", "on_accent")
        self.quick.clicked.connect(self.quick_asked)
        self._fold = RailButton(face, "panel-left-close", _FOLD)
        self._fold.setCheckable(False)
        self._fold.set_folded(folded=True)
        face.say(self._fold.setToolTip, _FOLD)
        self._fold.clicked.connect(lambda: self.set_folded(folded=not self._is_folded))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(4, 8, 4, 8)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.quick)
        self._layout.addSpacing(8)

    def furnish(self, pages: Sequence[tuple[str, str, Phrase]], foot: frozenset[str]) -> None:
        """Put up a button per page: key, icon, title. Those in ``foot`` stand at the end."""
        for key, icon, title in pages:
            made = RailButton(self._face, icon, title)
            self._face.keys.hint(self._face.say, made.setToolTip, title, f"go.{key}")
            made.toggled.connect(lambda checked, key=key: self._on_toggled(key, checked=checked))
            made.clicked.connect(lambda _checked=False, key=key: self._on_clicked(key))
            self._group.addButton(made)
            self._buttons[key] = made
        for key, made in self._buttons.items():
            if key not in foot:
                self._layout.addWidget(made)
        self._layout.addStretch(1)
        for key, made in self._buttons.items():
            if key in foot:
                self._layout.addWidget(made)
        self._layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignHCenter)

    def choose(self, key: str) -> None:
        """Mark a page as the one shown."""
        if key in self._buttons:
            self._shown = key
            self._buttons[key].setChecked(True)

    def _on_toggled(self, key: str, *, checked: bool) -> None:
        """A screen reader turns a button over without clicking it."""
        if checked and key != self._shown:
            self._shown = key
            self._fresh = True
            self.chosen.emit(key)

    def _on_clicked(self, key: str) -> None:
        """The page that is shown already may be asked for again."""
        fresh, self._fresh = self._fresh, False
        if not fresh:
            self.chosen.emit(key)

    def set_count(self, key: str, count: int) -> None:
        """Show how many wait on a page; zero shows nothing."""
        if key in self._buttons:
            self._buttons[key].set_count(count)

    def set_folded(self, *, folded: bool) -> None:
        """Show icons only, or icons with labels."""
        self._is_folded = folded
        self.setFixedWidth(_FOLDED + 8 if folded else WIDTH)
        for made in (self.quick, *self._buttons.values()):
            made.set_folded(folded=folded)
        self._face.show_icon(self._fold, "panel-left-open" if folded else "panel-left-close", "muted")
        self._face.name(self._fold, _UNFOLD if folded else _FOLD)
        self._face.say(self._fold.setToolTip, _UNFOLD if folded else _FOLD)
        self.folded.emit(folded)


class RailButton(QToolButton):
    """An icon over its short label, with a count when something waits."""

    def __init__(self, face: Face, icon: str, title: Phrase) -> None:
        super().__init__()
        self._face, self._title, self._count = face, title, 0
        self._folded = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        face.say(self.setText, title)
        face.name(self, title)
        face.show_icon(self, icon, "muted")
        self.set_folded(folded=False)

    def set_folded(self, *, folded: bool) -> None:
        """Show the icon only."""
        self._folded = folded
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if folded else style.ToolButtonTextUnderIcon)
        side = _FOLDED if folded else _TALL
        self.setFixedSize(_FOLDED if folded else WIDTH - 8, max(side, self._face.target))

    def set_count(self, count: int) -> None:
        """Show how many wait; zero shows nothing."""
        self._count = count
        counted = _COUNTED.fill(title=self._title, count=count)
        self._face.name(self, counted if count else self._title)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the count at the icon's shoulder."""
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = str(self._count) if self._count <= _MOST else f"{_MOST}+"
        font = self.font()
        font.setPixelSize(11)
        font.setBold(True)
        painter.setFont(font)
        width = max(16.0, QFontMetricsF(font).horizontalAdvance(text) + 8)
        place = QRectF(min(self.width() / 2 + 4, self.width() - width - 1), 3, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._face.colour("danger.ink"))
        painter.drawRoundedRect(place, 8, 8)
        painter.setPen(self._face.colour("raised"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
