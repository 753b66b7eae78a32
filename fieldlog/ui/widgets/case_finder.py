"""Finding a case by typing: a search field with the first few cases below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.domain.record import CaseRow
from fieldlog.ui.widgets.parts import column, words
from fieldlog.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from fieldlog.ui.face import Face

FindCases: TypeAlias = Callable[[str, Callable[[Sequence[CaseRow]], None]], None]
"""Begins to look for cases and calls back, on the window's thread, with the first few."""

_SEARCH: Final = Phrase("사안 찾기", "Find a case")
_HINT: Final = Phrase("번호, 제목, 위치, 초성", "Number, title, place")
_FOUND: Final = Phrase("찾은 사안", "Cases found")
_NONE: Final = Phrase("찾은 사안이 없습니다.", "No case was found.")
_LINE: Final = Phrase("{number}  {title}", "{number}  {title}")
_MOST_SHOWN: Final = 6
_ROLE: Final = int(Qt.ItemDataRole.UserRole)


class CaseFinder(QWidget):
    """``picked`` brings a CaseRow: by Enter, by a click; ↓ goes from the field into the list.

    ``shows_recent`` tells whether cases are listed before anything is typed.
    """

    picked = Signal(object)

    def __init__(self, face: Face, find: FindCases, *, shows_recent: bool = False) -> None:
        super().__init__()
        self._face, self._find = face, find
        self._typed, self._shown_for = "", ""
        self._shows_recent = shows_recent
        self._wants_first = False
        self.field = SearchField(face, _SEARCH, _HINT)
        self.field.searched.connect(self._look)
        self.field.entered.connect(self._on_enter)
        self.field.installEventFilter(self)
        self.found = QListWidget()
        self.found.setProperty("framed", True)
        self.found.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.found.setTabKeyNavigation(False)
        self.found.itemClicked.connect(self._pick)
        self.found.itemActivated.connect(self._pick)
        face.name(self.found, _FOUND)
        self._none = words(face, _NONE, "muted")
        self.setLayout(column(self.field, self.found, self._none, gap=4))
        self.setFocusProxy(self.field)
        self._show(())

    def set_shows_recent(self, *, shows: bool) -> None:
        """Whether cases are listed before anything is typed."""
        self._shows_recent = shows
        self.refresh()

    def refresh(self) -> None:
        """Look again: cases have come or gone."""
        self._look(self._typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """↓ goes into the list."""
        pressed = event.key() if isinstance(event, QKeyEvent) else None
        goes = event.type() is QEvent.Type.KeyPress and pressed == Qt.Key.Key_Down
        if watched is self.field and goes and self.found.count():
            self.found.setFocus(Qt.FocusReason.TabFocusReason)
            self.found.setCurrentRow(0)
            return True
        return False

    def _look(self, typed: str) -> None:
        self._typed = typed
        if not typed.strip() and not self._shows_recent:
            self._show(())
            return
        self._find(typed, lambda cases: self._show(cases) if typed == self._typed else None)

    def _show(self, cases: Sequence[CaseRow]) -> None:
        self._shown_for = self._typed
        self.found.clear()
        for case in cases:
            item = QListWidgetItem(self._face.said(_LINE.fill(number=case.case_no, title=case.title)))
            item.setData(_ROLE, case)
            item.setToolTip(item.text())
            self.found.addItem(item)
        line = self.found.sizeHintForRow(0) if cases else 0
        self.found.setFixedHeight(line * min(len(cases), _MOST_SHOWN) + 4)
        self.found.setVisible(bool(cases))
        self._none.setVisible(not cases and bool(self._typed.strip()))
        if self._wants_first and cases:
            self._pick(self.found.item(0))
        self._wants_first = False

    def _on_enter(self) -> None:
        """Enter takes the first case; while the search is still under way, as soon as it is here."""
        if not self._typed.strip():
            return
        if self._shown_for == self._typed and self.found.count():
            self._pick(self.found.item(0))
        else:
            self._wants_first = True

    def _pick(self, item: QListWidgetItem) -> None:
        case: CaseRow = item.data(_ROLE)
        self.field.clear_search()
        self.picked.emit(case)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as what is shown."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()
