"""The parts of a case in a short list, one of which is written in below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSizePolicy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.phrase import Phrase
    from fieldlog.ui.face import Face

_ID: Final = int(Qt.ItemDataRole.UserRole)


class PartList(QListWidget):
    """As high as its lines, up to a few; ``reached`` names the part the keyboard is on."""

    reached = Signal(str)

    def __init__(self, face: Face, name: Phrase, *, most: int = 6) -> None:
        super().__init__()
        self._face, self._most = face, most
        self.setProperty("framed", True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        face.name(self, name)
        self._phrases: dict[str, Phrase] = {}
        face.language_changed.connect(self._say_again)
        face.theme_changed.connect(self.updateGeometry)
        self.currentItemChanged.connect(self._on_current)

    def show_parts(self, parts: Mapping[str, Phrase]) -> None:
        """Show these, in this order; the one that was current stays current if it is still here."""
        if list(parts) == list(self._phrases):
            self._phrases = dict(parts)
            self._say_again()
            return
        kept = self.current()
        self.blockSignals(True)
        self.clear()
        self._phrases = dict(parts)
        for key, phrase in parts.items():
            item = QListWidgetItem(self._face.said(phrase))
            item.setData(_ID, key)
            item.setToolTip(self._face.said(phrase))
            self.addItem(item)
            if key == kept:
                self.setCurrentItem(item)
        self.blockSignals(False)
        self.updateGeometry()
        if kept is not None and kept not in parts:
            self.reached.emit("")

    def current(self) -> str | None:
        """The part the keyboard is on."""
        item = self.currentItem()
        return str(item.data(_ID)) if item is not None else None

    def go_to(self, key: str) -> None:
        """Make a part the current one."""
        for line in range(self.count()):
            if self.item(line).data(_ID) == key:
                self.setCurrentRow(line)
                return

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as the lines shown."""
        line = self.sizeHintForRow(0) if self.count() else self._face.target
        return QSize(200, min(self.count(), self._most) * line + 4)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The height is not given up, the width is."""
        return QSize(80, self.sizeHint().height())

    def _on_current(self, now: QListWidgetItem | None) -> None:
        if now is not None:
            self.reached.emit(str(now.data(_ID)))

    def _say_again(self) -> None:
        for line in range(self.count()):
            item = self.item(line)
            said = self._face.said(self._phrases[str(item.data(_ID))])
            if item.text() != said:
                item.setText(said)
                item.setToolTip(said)
