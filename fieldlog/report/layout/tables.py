"""Setting tables row by row; a row taller than half a page goes on where the page ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from fieldlog.report.layout.bands import Band
from fieldlog.report.layout.ink import Ink, Rule, Tint
from fieldlog.report.layout.setting import aligned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.report.blocks import Cell, Table
    from fieldlog.report.layout.lines import Line, Setter
    from fieldlog.report.layout.setting import Paper

CUT_MARK: Final = " …(계속)"


class Rest(Struct, frozen=True):
    """What a cell could not hold: which cell by row and column, and the text that is left."""

    row: int
    column: int
    text: str


class _SetCell(Struct, frozen=True):
    x: float
    width: float
    setter: Setter
    lines: tuple[Line, ...]
    cell: Cell


class _Row(Struct, frozen=True):
    cells: tuple[_SetCell, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class TableSetter:
    """Sets tables into a stretch of the paper from ``left`` on, ``width`` wide."""

    paper: Paper
    left: float
    width: float
    type_name: str = "cell"
    line_cap: int | None = None
    """The most lines a cell may take; what is beyond is handed back as Rest."""
    row_caps: Mapping[int, int] = field(default_factory=dict)
    """Rows with a limit of their own."""
    row_lines: Mapping[int, int] = field(default_factory=dict)
    """Rows that are at least so many lines tall."""
    framed: bool = True
    """Whether the first and the last line are heavier."""

    def line_counts(self, table: Table) -> tuple[int, ...]:
        """How many lines tall each row is."""
        return tuple(row.lines for row in self._rows(table)[0])

    def bands(self, table: Table) -> tuple[list[Band], list[Rest]]:
        """The table's bands from top to bottom, and what its cells could not hold."""
        rows, rests = self._rows(table)
        head = tuple(self._whole(row, first=number == 0) for number, row in enumerate(rows[: table.head]))
        made = [replace(band, keep=True) for band in head]
        for number, row in enumerate(rows[table.head :], start=table.head):
            made.extend(self._row_bands(row, head, first=number == 0))
        if made:
            made[0] = replace(made[0], before=self.paper.style.before["table"])
            made[-1] = self._closed(made[-1])
        return made, rests

    def _rows(self, table: Table) -> tuple[list[_Row], list[Rest]]:
        rows: list[_Row] = []
        rests: list[Rest] = []
        for number, cells in enumerate(table.rows):
            made, left_over = self._set_row(table.widths, cells, self.row_caps.get(number, self.line_cap))
            rests.extend(Rest(number, column, text) for column, text in left_over)
            lines = max(self.row_lines.get(number, 0), *(len(cell.lines) for cell in made))
            rows.append(_Row(made, lines))
        return rows, rests

    def _set_row(
        self, widths: tuple[float, ...], cells: tuple[Cell, ...], cap: int | None
    ) -> tuple[tuple[_SetCell, ...], list[tuple[int, str]]]:
        unit = self.width / sum(widths)
        padding = self.paper.style.table["padding_x"]
        made, left_over = [], []
        x, at = self.left, 0
        for column, cell in enumerate(cells):
            width = sum(widths[at : at + cell.columns]) * unit
            at += cell.columns
            setter = self.paper.setter(self.type_name, strong=cell.label)
            lines, rest = capped(setter, cell.text, width - 2 * padding, cap)
            if rest:
                left_over.append((column, rest))
            made.append(_SetCell(x, width, setter, lines, cell))
            x += width
        return tuple(made), left_over

    def _padding(self) -> float:
        return self.paper.style.table["padding_y"]

    def _row_bands(self, row: _Row, head: tuple[Band, ...], *, first: bool) -> list[Band]:
        if row.lines <= self.paper.style.table["tallest_whole_row"]:
            return [replace(self._whole(row, first=first), seam=(self._line(0),), repeat=head)]
        padding, leading = self._padding(), row.cells[0].setter.type.leading
        made = []
        for number in range(row.lines):
            top = padding if number == 0 else 0.0
            bottom = padding if number == row.lines - 1 else 0.0
            height = top + leading + bottom
            inks = self._grounds(row, height) + self._line_inks(row, number, top)
            inks += (self._line(0),) if number == 0 else ()
            made.append(Band(height, inks, seam=(self._line(0),), repeat=head))
        return made

    def _whole(self, row: _Row, *, first: bool) -> Band:
        """A row in one piece, its values centred on its height."""
        padding, leading = self._padding(), row.cells[0].setter.type.leading
        height = row.lines * leading + 2 * padding
        inks = (*self._grounds(row, height), self._line(0, heavy=first))
        for cell in row.cells:
            top = (height - len(cell.lines) * leading) / 2
            for number in range(len(cell.lines)):
                inks += (self._cell_line(cell, number, top + number * leading),)
        return Band(height, inks)

    def _line_inks(self, row: _Row, number: int, top: float) -> tuple[Ink, ...]:
        return tuple(self._cell_line(cell, number, top) for cell in row.cells if number < len(cell.lines))

    def _cell_line(self, cell: _SetCell, number: int, y: float) -> Ink:
        padding = self.paper.style.table["padding_x"]
        align = "center" if cell.cell.label else cell.cell.align
        width = cell.width - 2 * padding
        text = aligned(cell.setter, cell.lines[number], cell.x + padding, width, align)
        return replace(text, y=text.y + y, word_gap=0.0)

    def _grounds(self, row: _Row, height: float) -> tuple[Ink, ...]:
        """Grey under labels and the lines between columns; the outer sides stay open, as is usual."""
        weight = self.paper.style.table["rule"]
        tints = tuple(Tint(cell.x, 0, cell.width, height, "label") for cell in row.cells if cell.cell.label)
        sides = tuple(Rule(cell.x, 0, cell.x, height, weight) for cell in row.cells[1:])
        return (*tints, *sides)

    def _line(self, y: float, *, heavy: bool = False) -> Rule:
        weights = self.paper.style.table
        return Rule(
            self.left, y, self.left + self.width, y, weights["frame" if heavy and self.framed else "rule"]
        )

    def _closed(self, band: Band) -> Band:
        return replace(band, inks=(*band.inks, self._line(band.height, heavy=True)))


def capped(setter: Setter, text: str, width: float, cap: int | None) -> tuple[tuple[Line, ...], str]:
    """At most ``cap`` lines of a text, the last one marked as continued, and what is left of the text."""
    lines = setter.lines(text, width)
    if cap is None or len(lines) <= cap:
        return lines, ""
    kept = lines[: cap - 1]
    start = kept[-1].end if kept else 0
    room = width - setter.wide(CUT_MARK)
    last = setter.lines(text[start:].replace("\n", " "), room)[0]
    shown = last.text + CUT_MARK
    end = start + last.end
    return (*kept, replace(last, text=shown, end=end, width=setter.wide(shown), last=True)), text[
        end:
    ].strip()
