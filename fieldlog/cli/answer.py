"""What a command answers: a document for programs, lines for people, and what else is to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from fieldlog.cli.width import in_columns, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fieldlog.domain.errors import Known
    from fieldlog.domain.phrase import Language, Phrase


class Table(Struct, frozen=True):
    """Rows under headings; a cell longer than its column's limit is shortened on the screen only."""

    headings: Sequence[Phrase]
    rows: Sequence[Sequence[Phrase]]
    limits: Mapping[int, int] = field(default_factory=dict)

    def lines(self, language: Language) -> list[str]:
        """The table as aligned lines."""
        said = [
            [cell.said(language).replace("\n", " ") for cell in row] for row in (self.headings, *self.rows)
        ]
        for row in said:
            for column, places in self.limits.items():
                row[column] = shortened(row[column], places)
        return in_columns(said)


class Facts(Struct, frozen=True):
    """Names with their values, one to a line; an indented continuation where a value has several lines."""

    rows: Sequence[tuple[Phrase, Phrase]]
    indent: str = ""

    def lines(self, language: Language) -> list[str]:
        """The facts as aligned lines."""
        split = [(name.said(language), *value.said(language).split("\n")) for name, value in self.rows]
        flat = [
            row
            for name, first, *more in split
            for row in ((name, first), *(("", continued) for continued in more))
        ]
        return [f"{self.indent}{line}" for line in in_columns(flat)]


class Answer(Struct, frozen=True, kw_only=True):
    """One answer.

    ``document`` may hold phrases, which are said in the language asked for. ``remarks`` go to stderr.
    ``refusal`` tells that the command was not done, or not as a whole, and makes the exit code 1.
    """

    document: Mapping[str, Any]
    shown: Sequence[Phrase | Table | Facts] = ()
    remarks: Sequence[Phrase | Known] = ()
    refusal: Known | None = None
    exit_code: int = 0


def told(error: Known, language: Language) -> dict[str, Any]:
    """An error as programs read it."""
    return {
        "kind": type(error).__name__,
        "what": error.what.said(language),
        "why": error.why.said(language),
        "how": error.how.said(language),
    }
