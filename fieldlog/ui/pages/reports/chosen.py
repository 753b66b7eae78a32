"""The cases a report is about, in its order: found by typing, moved, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.widgets.case_finder import CaseFinder
from fieldlog.ui.widgets.parts import column, row, tool, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import CaseRow
    from fieldlog.ui.face import Face
    from fieldlog.ui.widgets.case_finder import FindCases

_CASES: Final = Phrase("사안", "Cases")
_COUNTED: Final = Phrase("사안 {n}건", "Cases: {n}")
_LIST: Final = Phrase("보고서에 넣을 사안", "Cases of the report")
_LINE: Final = Phrase("{number}  {title}", "{number}  {title}")
_UP: Final = Phrase("위로 (Alt+↑)", "Move up (Alt+↑)")
_DOWN: Final = Phrase("아래로 (Alt+↓)", "Move down (Alt+↓)")
_REMOVE: Final = Phrase("목록에서 빼기 (Delete)", "Take off the list (Delete)")
_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_MOST_SHOWN: Final = 6


class Chosen(Struct, frozen=True):
    """One case of the report."""

    id: RecordId
    number: str
    title: str


class ChosenCases(QWidget):
    """``changed`` comes whenever the cases or their order are others."""

    changed = Signal()

    def __init__(self, face: Face, find: FindCases) -> None:
        super().__init__()
        self._face = face
        self.finder = CaseFinder(face, find, shows_recent=True)
        self.finder.picked.connect(self._on_picked)
        self.list = _List()
        face.name(self.list, _LIST)
        self.list.removal_asked.connect(self.remove_current)
        self.list.move_asked.connect(self.move_current)
        self.list.model().rowsMoved.connect(lambda *_: self._tell())
        self.list.currentRowChanged.connect(lambda _row: self._judge())
        self._counted = words(face, _CASES, "label")
        self._up = tool(face, "chevron-up", _UP, lambda: self.move_current(-1))
        self._down = tool(face, "chevron-down", _DOWN, lambda: self.move_current(1))
        self._off = tool(face, "x", _REMOVE, self.remove_current)
        head = row(self._counted, None, self._up, self._down, self._off, gap=0)
        self.setLayout(column(head, self.list, self.finder, gap=4))
        self._judge()

    @property
    def cases(self) -> tuple[RecordId, ...]:
        """The cases in their order."""
        return tuple(each.id for each in self._held())

    def show_cases(self, cases: Iterable[Chosen]) -> None:
        """Show these cases instead; says ``changed`` if they are others."""
        before = self.cases
        kept = self.list.currentRow()
        self.list.clear()
        for case in cases:
            self._add(case)
        self.list.setCurrentRow(min(max(0, kept), self.list.count() - 1))
        self._judge()
        if self.cases != before:
            self.changed.emit()

    def remove_current(self) -> None:
        """Take the case the keyboard is on off the list."""
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self._tell()

    def move_current(self, by: int) -> None:
        """Move the case the keyboard is on up (-1) or down (1)."""
        at = self.list.currentRow()
        if at >= 0 and 0 <= at + by < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + by, item)
            self.list.setCurrentRow(at + by)
            self._tell()

    def _held(self) -> Sequence[Chosen]:
        return [self.list.item(at).data(_ROLE) for at in range(self.list.count())]

    def _on_picked(self, case: CaseRow) -> None:
        if case.id not in self.cases:
            self._add(Chosen(case.id, case.case_no, case.title))
            self.list.setCurrentRow(self.list.count() - 1)
            self._tell()

    def _add(self, case: Chosen) -> None:
        item = QListWidgetItem(self._face.said(_LINE.fill(number=case.number, title=case.title)))
        item.setData(_ROLE, case)
        item.setToolTip(item.text())
        self.list.addItem(item)

    def _tell(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        count, at = self.list.count(), self.list.currentRow()
        self._up.setEnabled(at > 0)
        self._down.setEnabled(0 <= at < count - 1)
        self._off.setEnabled(at >= 0)
        for each in (self._up, self._down):
            each.setVisible(count > 1)
        self._off.setVisible(count > 0)
        self.list.setVisible(count > 0)
        self._face.say(self._counted.setText, _COUNTED.fill(n=count) if count else _CASES)
        line = self.list.sizeHintForRow(0) if count else 0
        self.list.setFixedHeight(line * min(count, _MOST_SHOWN) + 4)
        self.finder.set_shows_recent(shows=not count)


class _List(QListWidget):
    """Lines that can be dragged into another order, moved with Alt and an arrow, taken away with Delete."""

    removal_asked = Signal()
    move_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("framed", True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete takes away, Alt with an arrow moves."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removal_asked.emit()
        elif alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_asked.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
