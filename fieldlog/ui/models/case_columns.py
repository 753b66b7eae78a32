"""The columns of the case table: their headers, what stands in their cells, what they are sorted by."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.vocabularies import SEVERITY, STAGE
from fieldlog.domain.shown_dates import shown_day, shown_moment
from fieldlog.ui.widgets.marks import Mark, due_mark, severity_mark, stage_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.domain.filter import SortKey
    from fieldlog.services.browsing import CaseLine

_NOTHING: Final = plain("")
_PHOTOS_HELD: Final = Phrase("사진 {n}장", "{n} photos")
_NO_PHOTOS: Final = Phrase("사진 없음", "no photos")
_EMPTY: Final = Phrase("{column} 없음", "no {column}")


def _label(field: str) -> Phrase:
    return REGISTRY.kind("case").field(field).label


class Column(Struct, frozen=True):
    """One column: ``words`` are for a person, ``raw`` is the value itself, ``mark`` is drawn instead of words."""

    key: str
    header: Phrase
    words: Callable[[CaseLine], Phrase]
    raw: Callable[[CaseLine], Any]
    mark: Callable[[CaseLine], Mark | None] | None = None
    sort: SortKey | None = None
    right: bool = False

    def spoken(self, line: CaseLine) -> Phrase:
        """What a screen reader says of a cell; an empty one says what is missing."""
        words = self.words(line)
        if self.key == "photos":
            return _PHOTOS_HELD.fill(n=line.case.photos) if line.case.photos else _NO_PHOTOS
        return words if words.ko else _EMPTY.fill(column=self.header)


_severity = cache(severity_mark)
_stage = cache(stage_mark)


def marks_of(key: str) -> tuple[Mark, ...]:
    """All marks that a column of a fixed vocabulary may show; none for any other column."""
    if key == "severity":
        return tuple(_severity(int(code)) for code in SEVERITY.entries)
    return tuple(_stage(code) for code in STAGE.entries) if key == "stage" else ()


def _due(line: CaseLine) -> Mark | None:
    return due_mark(line.remaining) if line.remaining else None


def _due_words(line: CaseLine) -> Phrase:
    if line.remaining:
        return line.remaining.words
    until = line.case.due_at
    return shown_day(datetime.fromisoformat(until).date()) if until else _NOTHING


COLUMNS: Final = (
    Column(
        "number",
        _label("case_no"),
        lambda line: plain(line.case.case_no),
        lambda line: line.case.case_no,
        sort="case_no",
    ),
    Column("title", _label("title"), lambda line: plain(line.case.title), lambda line: line.case.title),
    Column(
        "stage",
        _label("stage"),
        lambda line: _stage(line.case.stage).word,
        lambda line: line.case.stage,
        mark=lambda line: _stage(line.case.stage),
    ),
    Column(
        "category",
        _label("category_code"),
        lambda line: line.category,
        lambda line: line.case.category_code,
    ),
    Column(
        "severity",
        _label("severity"),
        lambda line: _severity(line.case.severity).word,
        lambda line: line.case.severity,
        mark=lambda line: _severity(line.case.severity),
        sort="severity",
    ),
    Column("due", _label("due_at"), _due_words, lambda line: line.case.due_at, mark=_due, sort="due_at"),
    Column(
        "place",
        Phrase("장소", "Place"),
        lambda line: plain(line.case.place or ""),
        lambda line: line.case.place,
    ),
    Column(
        "department",
        _label("lead_dept_id"),
        lambda line: line.department,
        lambda line: line.case.lead_dept_id,
    ),
    Column(
        "photos",
        Phrase("사진", "Photos"),
        lambda line: plain(f"{line.case.photos:,}" if line.case.photos else ""),
        lambda line: line.case.photos,
        right=True,
    ),
    Column(
        "changed",
        Phrase("고친 때", "Changed"),
        lambda line: shown_moment(line.case.changed_at),
        lambda line: line.case.changed_at,
        sort="updated",
    ),
)
