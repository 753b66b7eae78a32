"""The office that was joined: where it is, what waits to go there, and what stands in conflict."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services.receipt_words import NOT_SAME, SAME, amount, when
from fieldlog.ui.face import GAP, GROUP_GAP, mark
from fieldlog.ui.widgets.parts import button, column, framed, row, words

if TYPE_CHECKING:
    from fieldlog.domain.record import Record
    from fieldlog.services.syncing import JoinedOffice, Receipt, Standing
    from fieldlog.ui.face import Face

_FOLDER: Final = Phrase("사무실 폴더", "Office folder")
_LAST: Final = Phrase("마지막 동기화", "Last sync")
_LAST_WAS: Final = Phrase("{when} · {same}", "{when} · {same}")
_NEVER: Final = Phrase("아직 없습니다.", "Not yet.")
_TO_SEND: Final = Phrase("보낼 것", "To be sent")
_ALL_THERE: Final = Phrase(
    "없습니다. 모두 사무실에서 확인되었습니다.", "Nothing: the office has confirmed it all."
)
_CONFLICTS: Final = Phrase("충돌", "Conflicts")
_NO_CONFLICTS: Final = Phrase("없습니다.", "None.")
_STANDING: Final = Phrase("값이 맞서는 기록 {n}건", "Records whose values stand against one another: {n}")
_OPEN_LIST: Final = Phrase("충돌 있는 사안 보기", "Show the cases in conflict")
_CASE: Final = Phrase("{number}  {title}", "{number}  {title}")
_LABEL_WIDTH: Final = 120


class Joined(QWidget):
    """Facts about the office, read from this computer: the office need not be reachable.

    ``name`` is placed by the page, beside its big action.
    """

    list_asked = Signal()
    case_asked = Signal(str)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.name = words(face, plain(""), "title")
        self.path, self.last = words(face, plain(""), wrap=True), words(face, plain(""), wrap=True)
        self.to_send, self.conflicts = words(face, plain(""), wrap=True), words(face, plain(""), wrap=True)
        self.path.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.open_list = button(face, _OPEN_LIST, self.list_asked.emit, kind="link")
        self._cases = QVBoxLayout()
        self._cases.setSpacing(0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GROUP_GAP)
        self._grid.setVerticalSpacing(GAP + 4)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        contested = framed(column(self.conflicts, self._cases, row(self.open_list, None), gap=0), "clear")
        for label, fact in (
            (_FOLDER, self.path),
            (_LAST, self.last),
            (_TO_SEND, self.to_send),
            (_CONFLICTS, contested),
        ):
            self._add(label, fact)
        self.setLayout(column(self._grid, gap=0))

    def show_standing(self, office: JoinedOffice, standing: Standing) -> None:
        """Show everything that is known."""
        face = self._face
        face.say(self.name.setText, plain(office.name))
        face.say(self.path.setText, plain(office.target))
        self._show_last(standing.receipts[0] if standing.receipts else None)
        waiting = standing.waiting
        waits = bool(waiting.ops or waiting.photos)
        face.say(self.to_send.setText, amount(waiting.ops, waiting.photos) if waits else _ALL_THERE)
        mark(self.to_send, tone="info" if waits else "")
        self._show_conflicts(standing)

    def _show_last(self, receipt: Receipt | None) -> None:
        if receipt is None:
            self._face.say(self.last.setText, _NEVER)
            return
        same = SAME if receipt.same else NOT_SAME
        self._face.say(self.last.setText, _LAST_WAS.fill(when=when(receipt), same=same))

    def _show_conflicts(self, standing: Standing) -> None:
        count = standing.conflicts
        self._face.say(self.conflicts.setText, _STANDING.fill(n=count) if count else _NO_CONFLICTS)
        mark(self.conflicts, tone="warning" if count else "")
        self.open_list.setVisible(bool(count))
        while (item := self._cases.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for case in standing.contested if count else ():
            self._cases.addWidget(self._case(case), 0, Qt.AlignmentFlag.AlignLeft)

    def _case(self, case: Record) -> QWidget:
        said = _CASE.fill(number=plain(case.text("case_no")), title=plain(case.text("title")))
        return button(self._face, said, partial(self.case_asked.emit, case.id), kind="link")

    def _add(self, label: Phrase, fact: QWidget) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(words(self._face, label, "label"), at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(fact, at, 1)
