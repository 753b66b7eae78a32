"""The case table as Qt's views read it: any number of cases, of which only those looked at are held."""

from __future__ import annotations

import contextlib
from array import array
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from fieldlog.ui.jobs import Latest, Read
from fieldlog.ui.models.case_columns import COLUMNS
from fieldlog.ui.widgets.mark_cells import MARK_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import QObject

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.errors import Known
    from fieldlog.domain.filter import CaseFilter
    from fieldlog.domain.ids import RecordId
    from fieldlog.services.browsing import CaseLine, CaseWindow
    from fieldlog.ui.bus import Bus
    from fieldlog.ui.face import Face
    from fieldlog.ui.jobs import Lanes
    from fieldlog.ui.widgets.marks import Mark

W = TypeVar("W")
T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex
_Move = tuple[int, int | None, int | None]

RAW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The value of a cell as it is stored."""
CASE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2
"""The id of the case that a row shows."""

# Views ask for a dozen roles per cell and frame; comparing plain numbers is what keeps scrolling smooth.
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_TO_THE_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ANSWERED: Final = frozenset({_DISPLAY, _TOOL_TIP, _ALIGNMENT, _ACCESSIBLE, MARK_ROLE, RAW_ROLE, CASE_ROLE})

PAGE: Final = 64
_LINES_HELD: Final = 4_096
_PAGES_AT_ONCE: Final = 6
_READ_AROUND: Final = 2
_PAINT_FIRST: Final = 0.04
"""Seconds: the first rows are painted before the whole order is gathered beside them: the two would share the processor."""
_PATIENCE: Final = 0.02
"""Seconds the window waits for lines it is about to paint: painting empty rows first would take longer."""
_FOLLOWED_AT_ONCE: Final = 32
_NOWHERE: Final = QModelIndex()


class ShownLine(NamedTuple):
    """One row in the language of now: for every column its words and the mark drawn instead of them, if any."""

    words: tuple[str, ...]
    marks: tuple[Mark | None, ...]


class CaseTable(QAbstractTableModel, Generic[W]):
    """A filtered, sorted list of cases; it loads what is looked at and follows what is saved.

    ``counted`` tells how many cases there are and whether that is all; ``asked_changed`` that the order was
    changed by a click on a header.
    """

    counted = Signal(int, bool)
    asked_changed = Signal(object)

    def __init__(
        self,
        face: Face,
        lanes: Lanes[W],
        bus: Bus,
        look: Callable[[W, CaseFilter], CaseWindow],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._face, self._lanes, self._look = face, lanes, look
        self._asked: CaseFilter | None = None
        self._window: CaseWindow | None = None
        self._order: array[int] = array("q")
        self._lines: dict[int, CaseLine] = {}
        self._shown: dict[int, ShownLine] = {}
        self._wanted: dict[int, None] = {}
        self._loading = self._arranging = self._whole = False
        self._changed: set[RecordId] = set()
        self._newest = Latest()
        self._turn = 0
        face.language_changed.connect(self._speak)
        bus.effects_happened.connect(self._on_effects)

    # What the page asks for

    @property
    def asked(self) -> CaseFilter | None:
        """The filter that is shown or on its way."""
        return self._asked

    def show_filter(self, asked: CaseFilter) -> None:
        """Show other cases or another order; what is shown stays until the first of them are here."""
        self._turn += 1
        self._asked, turn = asked, self._turn

        def begin(workspace: W) -> tuple[CaseWindow, tuple[CaseLine, ...]]:
            window = self._look(workspace, asked)
            return window, window.begin(PAGE)

        job = Read(self._lanes, begin, lane=self._lanes.reading)
        self._newest.start(job.done(lambda begun: self._show_first(turn, *begun)), self)

    def _read(self, verb: Callable[[], T], take: Callable[[T], object], *, background: bool = False) -> None:
        job = Read(self._lanes, lambda _workspace: verb(), lane=self._lanes.reading)
        job.done(take).failed(self._give_up).start(self, background=background)

    def _give_up(self, error: Known) -> None:
        self._loading = self._arranging = False
        self._lanes.failed(error)

    def refresh(self) -> None:
        """Look at the store again: the day has changed, or another program has written."""
        if self._asked is not None:
            self.show_filter(self._asked)

    def case_at(self, position: int) -> RecordId | None:
        """The case in a row, or None while it is being read."""
        line = self.line_at(position)
        return line.case.id if line else None

    def line_at(self, position: int) -> CaseLine | None:
        """The line in a row, or None while it is being read."""
        return self._lines.get(self._order[position]) if 0 <= position < len(self._order) else None

    def find(self, case: RecordId, take: Callable[[int | None], object]) -> None:
        """Call ``take`` with the position of a case, None where the list does not hold it."""
        window = self._window
        if window is None:
            take(None)
            return
        self._read(
            lambda: window.rows_of([case]), lambda rows: take(self._position(rows[0]) if rows else None)
        )

    def shown_sort(self) -> tuple[int, Qt.SortOrder]:
        """The column and direction the list is sorted by, for the header's arrow; column -1 for none shown."""
        asked = self._asked
        down = asked is None or asked.descending
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        keys = [column.sort for column in COLUMNS]
        return (keys.index(asked.sort) if asked and asked.sort in keys else -1), order

    # What views ask for

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802
        """How many cases are known so far."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """What a cell shows; nothing while its line is being read."""
        if role not in _ANSWERED:
            return None
        at = index.column()
        if role == _ALIGNMENT:
            return _TO_THE_RIGHT if COLUMNS[at].right else None
        position = index.row()
        row = self._order[position]
        line = self._lines.get(row)
        if line is None:
            self._want(position)
            return None
        if role in (_DISPLAY, _TOOL_TIP):
            return self._shown_of(row, line).words[at] or None
        if role == MARK_ROLE:
            return self._shown_of(row, line).marks[at]
        return self._of_role(line, at, role)

    def _of_role(self, line: CaseLine, at: int, role: int) -> Any:
        column = COLUMNS[at]
        if role == RAW_ROLE:
            return column.raw(line)
        return line.case.id if role == CASE_ROLE else self._face.said(column.spoken(line))

    def painted(self, first: int, last: int) -> list[ShownLine | None]:
        """What rows show in all their cells, for painting; None while a line is being read."""
        found: list[ShownLine | None] = []
        for position in range(first, last + 1):
            row = self._order[position]
            line = self._lines.get(row)
            if line is None:
                self._want(position)
            found.append(self._shown_of(row, line) if line else None)
        return found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """The header of a column in the language of now."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == _ALIGNMENT and COLUMNS[section].right:
            return _TO_THE_RIGHT
        return self._face.said(COLUMNS[section].header) if role in (_DISPLAY, _ACCESSIBLE) else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; one that the list cannot be sorted by is passed over."""
        key = COLUMNS[column].sort if 0 <= column < len(COLUMNS) else None
        descending = order is Qt.SortOrder.DescendingOrder
        if (
            self._asked is None
            or key is None
            or (self._asked.sort, self._asked.descending) == (key, descending)
        ):
            return
        self.show_filter(replace(self._asked, sort=key, descending=descending))
        self.asked_changed.emit(self._asked)

    # Reading what is looked at

    def _want(self, position: int) -> None:
        self._wanted.pop(position // PAGE, None)
        self._wanted[position // PAGE] = None
        if not self._loading:
            self._loading = True
            QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        window, pages = self._window, list(self._wanted)[-_PAGES_AT_ONCE:]
        self._wanted.clear()
        places = (self._order[page * PAGE : (page + 1) * PAGE] for page in pages)
        rows = [row for place in places for row in place if row not in self._lines]
        if window is None or not rows:
            self._loading = False
            return
        turn = self._turn
        stretches = [(page * PAGE, (page + 1) * PAGE - 1) for page in pages]
        self._read(lambda: window.lines(rows), lambda lines: self._show_lines(turn, stretches, lines))

    def fill(self, first: int, last: int) -> None:
        """Read the lines of rows about to be painted and wait a moment for them; later ones are shown when they come."""
        window, turn = self._window, self._turn
        if (
            window is None
            or self._loading
            or all(row in self._lines for row in self._order[first : last + 1])
        ):
            return
        first, last = max(0, first - _READ_AROUND), last + _READ_AROUND
        rows = [row for row in self._order[first : last + 1] if row not in self._lines]
        arrived: SimpleQueue[Mapping[int, CaseLine]] = SimpleQueue()
        taken = False

        def read() -> Mapping[int, CaseLine]:
            lines = window.lines(rows)
            arrived.put(lines)
            return lines

        def land(lines: Mapping[int, CaseLine]) -> None:
            if not taken:
                self._show_lines(turn, [(first, last)], lines)

        self._loading = True
        self._read(read, land)
        with contextlib.suppress(Empty):
            self._hold(arrived.get(timeout=_PATIENCE))
            self._loading, taken = False, True

    def _show_lines(
        self, turn: int, stretches: Sequence[tuple[int, int]], lines: Mapping[int, CaseLine]
    ) -> None:
        self._loading = False
        if turn == self._turn:
            self._hold(lines)
            for first, last in stretches:
                self._redraw(first, min(last, len(self._order) - 1))
        if self._wanted:
            self._loading = True
            self._load()

    def _hold(self, lines: Mapping[int, CaseLine]) -> None:
        for row in lines:
            self._lines.pop(row, None)
            self._shown.pop(row, None)
        self._lines.update(lines)
        while len(self._lines) > _LINES_HELD:
            oldest = next(iter(self._lines))
            del self._lines[oldest]
            self._shown.pop(oldest, None)

    def _shown_of(self, row: int, line: CaseLine) -> ShownLine:
        shown = self._shown.get(row)
        if shown is None:
            said = self._face.said
            shown = self._shown[row] = ShownLine(
                tuple([said(column.words(line)) for column in COLUMNS]),
                tuple([column.mark(line) if column.mark else None for column in COLUMNS]),
            )
        return shown

    def _redraw(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def _speak(self) -> None:
        self._shown.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._redraw(0, len(self._order) - 1)

    # The whole order, and what moves in it

    def _show_first(self, turn: int, window: CaseWindow, lines: Sequence[CaseLine]) -> None:
        if turn != self._turn:
            return
        self.beginResetModel()
        self._window = window
        self._order = array("q", (line.case.row for line in lines))
        self._lines = {line.case.row: line for line in lines}
        self._shown.clear()
        self._wanted.clear()
        self._whole = len(lines) < PAGE
        self.endResetModel()
        self.counted.emit(len(self._order), self._whole)
        self._arranging = self._loading = False
        if self._whole:
            self._follow()
        else:
            self._gather()

    def _gather(self) -> None:
        window, turn = self._window, self._turn
        if window is None:
            return

        def gather() -> array[int]:
            Event().wait(_PAINT_FIRST)
            return window.gather(lambda: self._turn != turn)

        self._arranging = True
        self._read(
            gather,
            lambda order: self._arrange(turn, order),
            background=True,
        )

    def _arrange(self, turn: int, order: array[int]) -> None:
        if turn != self._turn:
            return
        known = len(self._order)
        if known > len(order):
            self.beginRemoveRows(_NOWHERE, len(order), known - 1)
            del self._order[len(order) :]
            self.endRemoveRows()
        elif known < len(order):
            self.beginInsertRows(_NOWHERE, known, len(order) - 1)
            self._order.extend(order[known:])
            self.endInsertRows()
        if self._order != order:
            self._permute(order)
        self._whole, self._arranging = True, False
        self.counted.emit(len(order), True)
        self._follow()

    def _permute(self, order: array[int]) -> None:
        """Put the rows into another order; what is selected stays selected."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        rows = {index.row(): self._order[index.row()] for index in held}
        self._order = order
        now = {before: self._position(row) for before, row in rows.items()}
        self.changePersistentIndexList(held, [self._moved(index, now[index.row()]) for index in held])
        self.layoutChanged.emit()

    def _moved(self, index: _Index, position: int | None) -> QModelIndex:
        return QModelIndex() if position is None else self.index(position, index.column())

    def _position(self, row: int) -> int | None:
        try:
            return self._order.index(row)
        except ValueError:
            return None

    def _on_effects(self, effects: Effects, _initiator: object) -> None:
        if self._asked is not None and effects.cases:
            self._changed |= effects.cases
            self._follow()

    def _follow(self) -> None:
        window, turn, cases = self._window, self._turn, frozenset(self._changed)
        if window is None or self._arranging or not cases:
            return
        self._changed.clear()
        if len(cases) > _FOLLOWED_AT_ONCE:
            self._lines.clear()
            self._gather()
            return
        self._arranging, order = True, self._order

        def follow() -> tuple[Sequence[_Move], Mapping[int, CaseLine]]:
            rows = window.rows_of(cases)
            return window.moves(order, rows), window.lines(rows)

        self._read(follow, lambda found: self._show_moves(turn, *found))

    def _show_moves(self, turn: int, moves: Sequence[_Move], lines: Mapping[int, CaseLine]) -> None:
        if turn != self._turn:
            return
        self._arranging = False
        self._hold(lines)
        for row, before, after in moves:
            self._move(row, before, after)
        for row in lines:
            position = self._position(row)
            if position is not None:
                self._redraw(position, position)
        self.counted.emit(len(self._order), self._whole)
        self._follow()

    def _move(self, row: int, before: int | None, after: int | None) -> None:
        if before is None and after is not None:
            self.beginInsertRows(_NOWHERE, after, after)
            self._order.insert(after, row)
            self.endInsertRows()
        elif before is not None and after is None:
            self.beginRemoveRows(_NOWHERE, before, before)
            del self._order[before]
            self.endRemoveRows()
        elif before is not None and after is not None and before != after:
            self.beginMoveRows(_NOWHERE, before, before, _NOWHERE, after + (after > before))
            del self._order[before]
            self._order.insert(after, row)
            self.endMoveRows()
