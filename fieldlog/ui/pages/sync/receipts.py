"""The receipts: the one that is looked at in full, and a list of all that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services.receipt_words import amount, dated, remarks, summed_up, when
from fieldlog.ui.face import GAP, GROUP_GAP, mark
from fieldlog.ui.widgets.parts import column, framed, row, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.services.syncing import Receipt
    from fieldlog.ui.face import Face

_TITLE: Final = Phrase("동기화 결과", "Receipt")
_SENT: Final = Phrase("보냄", "Sent")
_RECEIVED: Final = Phrase("받음", "Received")
_DIGEST: Final = Phrase("확인값", "Digest")
_EARLIER: Final = Phrase("지난 동기화", "Past syncs")
_SHOWN: Final = 6
_ICON: Final = 24


class Receipts(QWidget):
    """Choosing a line of the list shows that receipt above; the newest is shown first."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._receipts: tuple[Receipt, ...] = ()
        self._picture = QLabel()
        self._picture.setFixedSize(QSize(_ICON, _ICON))
        self.summary = words(face, plain(""), "lead", wrap=True)
        self.when = words(face, plain(""), "muted")
        self.sent, self.received = words(face, plain(""), wrap=True), words(face, plain(""), wrap=True)
        self.digest = words(face, plain(""), "small", wrap=True)
        self.digest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remarks = QVBoxLayout()
        self.remarks.setSpacing(GAP)
        self.card = self._build_card()
        self.list = QListWidget()
        self.list.setProperty("framed", True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTabKeyNavigation(False)
        face.name(self.list, _EARLIER)
        self.list.currentRowChanged.connect(self._on_row)
        self._earlier = framed(column(words(face, _EARLIER, "label"), self.list, gap=4), "clear")
        self.setLayout(column(words(face, _TITLE, "title"), self.card, self._earlier, gap=GROUP_GAP))
        face.language_changed.connect(self._fill)
        face.theme_changed.connect(self._draw)

    @property
    def shown(self) -> Receipt | None:
        """The receipt in full."""
        at = self.list.currentRow()
        return self._receipts[at] if 0 <= at < len(self._receipts) else None

    def show_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Show what was kept, newest first; nothing is shown before the first sync."""
        self.setVisible(bool(receipts))
        if self._receipts != tuple(receipts):
            self._receipts = tuple(receipts)
            self._fill()
            self.list.setCurrentRow(0)

    def _build_card(self) -> QWidget:
        face = self._face
        facts = QGridLayout()
        facts.setHorizontalSpacing(GROUP_GAP)
        facts.setVerticalSpacing(4)
        facts.setColumnStretch(1, 1)
        for at, (label, fact) in enumerate(
            ((_SENT, self.sent), (_RECEIVED, self.received), (_DIGEST, self.digest))
        ):
            facts.addWidget(words(face, label, "label"), at, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(fact, at, 1)
        text = column(column(self.summary, self.when, gap=2), facts, self.remarks, gap=GAP + 4)
        inside = row(column(self._picture, None, gap=0), gap=12, margin=GROUP_GAP)
        inside.addLayout(text, 1)
        return framed(inside, "card")

    def _fill(self) -> None:
        """Write the lines anew, in the language of now."""
        chosen = max(0, self.list.currentRow())
        height = self._face.target
        self.list.blockSignals(True)
        self.list.clear()
        for receipt in self._receipts:
            item = QListWidgetItem(self._face.said(dated(receipt)))
            item.setSizeHint(QSize(0, height))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setFixedHeight(height * min(len(self._receipts), _SHOWN) + 4)
        self._earlier.setVisible(len(self._receipts) > 1)
        self.list.setCurrentRow(min(chosen, len(self._receipts) - 1))

    def _on_row(self, _row: int) -> None:
        if (receipt := self.shown) is None:
            return
        say = self._face.say
        say(self.summary.setText, summed_up(receipt))
        say(self.when.setText, when(receipt))
        say(self.sent.setText, amount(receipt.sent.ops, receipt.sent.photos))
        say(self.received.setText, amount(receipt.received.ops, receipt.received.photos))
        say(self.digest.setText, plain(receipt.digest[:16]))
        self._face.name(self.card, summed_up(receipt))
        self._show_remarks(receipt)
        self._draw()

    def _show_remarks(self, receipt: Receipt) -> None:
        while (item := self.remarks.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for sentence in remarks(receipt):
            told = words(self._face, sentence, wrap=True)
            mark(told, tone="warning")
            self.remarks.addWidget(told)

    def _draw(self) -> None:
        receipt = self.shown
        proved = receipt is not None and receipt.same and not remarks(receipt)
        icon, colour = ("circle-check", "good.ink") if proved else ("triangle-alert", "warning.ink")
        self._picture.setPixmap(self._face.pixmap(icon, colour, _ICON, self.devicePixelRatioF()))
