"""How paper looks: sizes, spaces and inks, read from ``resources/paper``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from fieldlog.domain.errors import Bug, NotFound
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.report.dossier import Margins

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

POINTS_PER_MM: Final = 72 / 25.4
STYLE_FILE: Final = "office.toml"


@dataclass(frozen=True, slots=True)
class Type:
    """A size of type and the height of its lines, in points."""

    size: float
    leading: float

    def scaled(self, factor: float) -> Type:
        """The same, larger or smaller."""
        return Type(self.size * factor, self.leading * factor)


@dataclass(frozen=True, slots=True)
class Style:
    """Everything measured about a page, in points; ``ink`` holds colours as ``#rrggbb``."""

    width: float
    height: float
    header: float
    footer: float
    presets: Mapping[str, Margins]
    margins: Margins
    type: Mapping[str, Type]
    before: Mapping[str, float]
    indent: Mapping[str, float]
    table: Mapping[str, float]
    approval: Mapping[str, float]
    register: Mapping[str, float]
    plates: Mapping[str, float]
    one_page: Mapping[str, Any]
    ink: Mapping[str, str]
    alike: Mapping[str, str]

    @property
    def left(self) -> float:
        """Where the text begins, from the left edge."""
        return self.margins.left * POINTS_PER_MM

    @property
    def text_width(self) -> float:
        """How wide the text is."""
        return self.width - (self.margins.left + self.margins.right) * POINTS_PER_MM

    @property
    def top(self) -> float:
        """Where the text begins, from the upper edge."""
        return self.margins.top * POINTS_PER_MM + self.header

    @property
    def text_height(self) -> float:
        """How much height one page offers to text."""
        return self.height - self.top - self.margins.bottom * POINTS_PER_MM - self.footer

    def with_margins(self, margins: Margins | None) -> Style:
        """The same style inside other margins."""
        return self if margins is None else replace(self, margins=margins)

    def scaled(self, factor: float, leading: float = 1.0) -> Style:
        """The same page with smaller or larger type and spaces; the title keeps its size."""
        types = {name: kind.scaled(factor) for name, kind in self.type.items()}
        types = {name: Type(kind.size, kind.leading * leading) for name, kind in types.items()}
        return replace(
            self,
            type=types | {"title": self.type["title"]},
            before={name: space * factor for name, space in self.before.items()},
            table={**self.table, "padding_y": self.table["padding_y"] * factor},
        )


def read_style(folder: Path) -> Style:
    """The style kept in a folder of the program's own resources.

    Raises:
        NotFound: The file is not there: the installation is incomplete.
    """
    try:
        raw = tomllib.loads((folder / STYLE_FILE).read_text(encoding="utf-8"))
    except OSError as error:
        raise NotFound(
            Phrase("보고서 모양 파일이 없습니다.", "The file that styles reports is missing."),
            plain(STYLE_FILE),
            Phrase("프로그램을 다시 설치해 주십시오.", "Please install the program again."),
        ) from error
    try:
        return _style(raw)
    except KeyError as error:
        raise Bug(f"{STYLE_FILE} lacks {error}") from error


def _style(raw: dict[str, Any]) -> Style:
    page = raw["page"]
    presets = {name: Margins(**values) for name, values in raw["margins"].items()}
    return Style(
        width=page["width_mm"] * POINTS_PER_MM,
        height=page["height_mm"] * POINTS_PER_MM,
        header=page["header_mm"] * POINTS_PER_MM,
        footer=page["footer_mm"] * POINTS_PER_MM,
        presets=presets,
        margins=presets["everyday"],
        type={name: Type(size, size * factor) for name, (size, factor) in raw["type"].items()},
        before=raw["space_before"],
        indent=raw["indent"],
        table=raw["table"],
        approval={name.removesuffix("_mm"): mm * POINTS_PER_MM for name, mm in raw["approval"].items()},
        register={name.removesuffix("_mm"): mm * POINTS_PER_MM for name, mm in raw["register"].items()},
        plates=raw["plates"],
        one_page=raw["one_page"],
        ink=raw["ink"],
        alike=raw["alike"],
    )
