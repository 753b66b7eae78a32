"""Where in the text of a TOML file a value stands, so that an error can name the line."""

from __future__ import annotations

from typing import Final, TypeAlias

from fieldlog.domain.pattern import regex

Path: TypeAlias = "tuple[str | int, ...]"
"""The way to a value: names of tables and keys, numbers of array entries from 0."""

_STRINGS_AND_COMMENTS: Final = regex(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')
_NAME: Final = r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'"""
_KEY: Final = regex(rf"\s*((?:{_NAME})(?:\s*\.\s*(?:{_NAME}))*)\s*=")
_HEADER: Final = regex(rf"\s*(\[\[?)\s*((?:{_NAME})(?:\s*\.\s*(?:{_NAME}))*)\s*\]")
_PART: Final = regex(_NAME)
_LONG_QUOTES: Final = ('"""', "'''")


class LineIndex:
    """The lines of a text that is known to be TOML, found in one pass."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._table: Path = ()
        self._key: Path = ()
        self._depth = 0
        self._entry = 0
        self._tables_seen: dict[Path, int] = {}
        self._closing_quotes = ""
        for number, line in enumerate(text.splitlines(), 1):
            self._read(number, line)

    def line_of(self, path: Path) -> int:
        """The line, from 1, of the value at a path, or of the nearest table or key around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]]
        return 1

    def _read(self, number: int, line: str) -> None:
        if self._closing_quotes:
            if self._closing_quotes in line:
                self._closing_quotes = ""
            return
        if self._depth:
            self._read_entry(number, line)
        elif header := _HEADER.match(line):
            self._open_table(number, _names(header[2]), repeated=header[1] == "[[")
            return
        elif key := _KEY.match(line):
            self._key = self._table + _names(key[1])
            self._note(self._key, number)
            self._entry = 0
        bare = _STRINGS_AND_COMMENTS.sub("", self._without_long_text(line))
        self._depth = max(
            0, self._depth + sum(bare.count(c) for c in "[{") - sum(bare.count(c) for c in "]}")
        )

    def _open_table(self, number: int, names: Path, *, repeated: bool) -> None:
        self._table = names
        if repeated:
            entry = self._tables_seen.get(names, 0)
            self._tables_seen[names] = entry + 1
            self._note(names, number)
            self._table = (*names, entry)
        self._note(self._table, number)

    def _read_entry(self, number: int, line: str) -> None:
        if self._depth == 1 and line.strip()[:1] not in {"", "#", "]", "}"}:
            self._note((*self._key, self._entry), number)
            self._entry += 1

    def _without_long_text(self, line: str) -> str:
        for quotes in _LONG_QUOTES:
            if line.count(quotes) % 2:
                self._closing_quotes = quotes
                return line[: line.index(quotes)]
        return line

    def _note(self, path: Path, number: int) -> None:
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], number)


def _names(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
