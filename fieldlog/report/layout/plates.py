"""Setting photos with their captions: one, two, four or six to a page, or before beside after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct

from fieldlog.report import words
from fieldlog.report.blocks import Cell, Item, Level, Plate, PlateSheet, Table
from fieldlog.report.layout.bands import Band, height_of
from fieldlog.report.layout.ink import Ink, Picture, Tint, frame, lowered
from fieldlog.report.layout.setting import one_line
from fieldlog.report.layout.tables import TableSetter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fieldlog.report.layout.bands import PageFlow
    from fieldlog.report.layout.setting import Paper

_WIDE_LABELS: Final = (22.0, 63.0)
_NARROW_LABELS: Final = (18.0, 64.0)
_SMALLEST_PICTURE: Final = 40.0

Captioner: TypeAlias = "Callable[[Plate, str], tuple[Table, dict[tuple[int, int], str]]]"
"""Makes a caption's table, and tells which fact stands in which cell."""


class SetPlate(Struct, frozen=True):
    """A caption ready under its picture, and what of it must be told elsewhere."""

    plate: Plate
    caption: tuple[Band, ...]
    rests: tuple[Item, ...]

    @property
    def caption_height(self) -> float:
        """How tall the caption is, in points."""
        return height_of(self.caption)


def place_sheet(sheet: PlateSheet, paper: Paper, flow: PageFlow) -> tuple[Item, ...]:
    """Put the photos on pages; gives back as items what the captions could not hold."""
    gap = paper.style.plates["gap"]
    full = (flow.height - gap * (sheet.rows_per_page - 1)) / sheet.rows_per_page
    least = full * paper.style.plates["smallest_row_share"]
    rests: list[Item] = []
    on_page = 0
    height = full
    for row in sheet.rows:
        if on_page == 0:
            height, on_page = _row_height(flow, sheet.rows_per_page, gap, least, full)
        bands, left_over = row_bands(row, sheet.columns, height, paper)
        rests.extend(left_over)
        flow.place(bands)
        on_page -= 1
    return tuple(rests)


def _row_height(flow: PageFlow, rows: int, gap: float, least: float, full: float) -> tuple[float, int]:
    """How tall rows may be on the present page, and how many fit; a new page where too few would."""
    started = flow.room < flow.height
    room = flow.room - gap if started else flow.room
    for count in range(rows, 0, -1):
        height = (room - gap * (count - 1)) / count
        if height >= least and (count == rows or height <= full * 1.15):
            return height, count
        if height >= least:
            return full, count
    flow.turn()
    return (flow.room - gap * (rows - 1)) / rows, rows


def row_bands(
    row: tuple[Plate, ...], columns: int, height: float, paper: Paper
) -> tuple[tuple[Band, ...], tuple[Item, ...]]:
    """One row of photos, ``height`` tall with its captions."""
    placed = _captions(row, columns, paper, _wide_table if columns == 1 else _narrow_table)
    caption = max(plate.caption_height for plate in placed)
    return _row(placed, columns, max(height - caption, _SMALLEST_PICTURE), paper)


def strip_bands(
    row: tuple[Plate, ...], columns: int, picture_height: float, paper: Paper
) -> tuple[tuple[Band, ...], tuple[Item, ...]]:
    """One row of photos of a given height, with short captions under them."""
    return _row(_captions(row, columns, paper, _short_table), columns, picture_height, paper)


def _captions(row: tuple[Plate, ...], columns: int, paper: Paper, captioner: Captioner) -> list[SetPlate]:
    """The captions of one row of photos; lines that tell the same stand at the same height."""
    width, gap = _widths(columns, paper)
    lefts = [paper.left + number * (width + gap) for number in range(len(row))]
    tallest: dict[int, int] = {}
    for plate in row:
        if plate.figure is not None:
            table, _ = captioner(plate, _cut_caption(plate, paper)[0])
            for number, lines in enumerate(_setter(paper.left, width, paper, {}).line_counts(table)):
                tallest[number] = max(lines, tallest.get(number, 0))
    return [
        set_plate(plate, _setter(left, width, paper, tallest), captioner)
        for plate, left in zip(row, lefts, strict=True)
    ]


def _setter(left: float, width: float, paper: Paper, row_lines: Mapping[int, int]) -> TableSetter:
    sizes = paper.style.plates
    return TableSetter(
        paper,
        left,
        width,
        type_name="plate",
        line_cap=int(sizes["fact_lines"]),
        row_caps={0: int(sizes["caption_lines"])},
        row_lines=row_lines,
        framed=False,
    )


def _widths(columns: int, paper: Paper) -> tuple[float, float]:
    gap = paper.style.plates["gap"] if columns > 1 else 0.0
    return (paper.width - gap * (columns - 1)) / columns, gap


def _row(
    placed: list[SetPlate], columns: int, picture_height: float, paper: Paper
) -> tuple[tuple[Band, ...], tuple[Item, ...]]:
    """Pictures of one height, captions sharing their top line, as a single band."""
    width, gap = _widths(columns, paper)
    height = picture_height + max(plate.caption_height for plate in placed)
    inks: list[Ink] = []
    for number, plate in enumerate(placed):
        left = paper.left + number * (width + gap)
        inks.extend(
            picture_inks(plate.plate, left, width, picture_height if plate.caption else height, paper)
        )
        inks.extend(_caption_inks(plate, picture_height))
        inks.extend(frame(left, 0, width, height, paper.style.table["rule"]))
    band = Band(height, tuple(inks), before=paper.style.plates["gap"])
    return (band,), tuple(rest for plate in placed for rest in plate.rests)


def _caption_inks(plate: SetPlate, top: float) -> list[Ink]:
    inks: list[Ink] = []
    for band in plate.caption:
        inks.extend(lowered(band.inks, top))
        top += band.reach
    return inks


def set_plate(plate: Plate, setter: TableSetter, captioner: Captioner) -> SetPlate:
    """A caption as a small table: tag and title, then the labelled facts."""
    if plate.figure is None:
        return SetPlate(plate, (), ())
    shown, rest = _cut_caption(plate, setter.paper)
    told = [_rest_item(plate, words.CAPTION, rest)] if rest else []
    table, owners = captioner(plate, shown)
    bands, rests = setter.bands(table)
    told += [_rest_item(plate, owners.get((each.row, each.column), ""), each.text) for each in rests]
    return SetPlate(plate, tuple(Band(band.height, band.inks) for band in bands), tuple(told))


def _cut_caption(plate: Plate, paper: Paper) -> tuple[str, str]:
    """The caption as shown, and what of it is told after the photos."""
    title, longest = plate.title, int(paper.style.plates["caption_characters"])
    phase_end = title.find("] ") + 2
    if len(title) - phase_end <= longest:
        return title, ""
    end = phase_end + longest
    return title[:end].rstrip() + words.CONTINUED_CAPTION, title[end:].strip()


def _rest_item(plate: Plate, what: str, text: str) -> Item:
    return Item(Level.CIRCLE, words.REST_OF_CAPTION.format(tag=plate.tag, what=what, text=text))


def _wide_table(plate: Plate, title: str) -> tuple[Table, dict[tuple[int, int], str]]:
    """Two facts side by side; the longest, the place, has its row to itself."""
    label, value = _WIDE_LABELS
    rows: list[tuple[Cell, ...]] = [(Cell(plate.tag, label=True), Cell(title, columns=3))]
    owners = {(0, 0): "", (0, 1): words.CAPTION}
    short = [fact for fact in plate.facts if fact[0] != words.PLACE]
    for first, second in zip(short[::2], (*short[1::2], ("", "")), strict=False):
        owners[len(rows), 1] = first[0]
        if second[0]:
            owners[len(rows), 3] = second[0]
            rows.append(
                (Cell(first[0], label=True), Cell(first[1]), Cell(second[0], label=True), Cell(second[1]))
            )
        else:
            rows.append((Cell(first[0], label=True), Cell(first[1], columns=3)))
    for name, text in plate.facts:
        if name == words.PLACE:
            owners[len(rows), 1] = name
            rows.append((Cell(name, label=True), Cell(text, columns=3)))
    return Table((label, value, label, value), tuple(rows)), owners


def _narrow_table(plate: Plate, title: str) -> tuple[Table, dict[tuple[int, int], str]]:
    """One fact under the other."""
    pairs = ((plate.tag, title), *plate.facts)
    owners = {(row, 1): words.CAPTION if row == 0 else name for row, (name, _) in enumerate(pairs)}
    return Table(_NARROW_LABELS, tuple((Cell(name, label=True), Cell(text)) for name, text in pairs)), owners


def _short_table(plate: Plate, title: str) -> tuple[Table, dict[tuple[int, int], str]]:
    """All facts in one cell."""
    facts = ", ".join(text for _, text in plate.facts if text != words.NOT_GIVEN)
    rows = ((Cell(plate.tag, label=True), Cell(title)), (Cell(words.TAKEN_SHORT, label=True), Cell(facts)))
    return Table(_NARROW_LABELS, rows), {(0, 1): words.CAPTION, (1, 1): words.TAKEN_SHORT}


def picture_inks(plate: Plate, left: float, width: float, height: float, paper: Paper) -> list[Ink]:
    """The picture in its rectangle, or the plain word that there is none."""
    if plate.figure is None:
        setter = paper.setter("plate")
        word = one_line(setter, words.NO_PAIR, left, width, "center")
        middle = lowered((word,), (height - setter.type.leading) / 2)
        return [Tint(left, 0, width, height, "missing"), *middle]
    inset = paper.style.plates["picture_padding"]
    return [Picture(left + inset, inset, width - 2 * inset, height - 2 * inset, plate.figure)]
