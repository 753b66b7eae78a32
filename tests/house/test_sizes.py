from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from helpers.house import Source, complaints, everything, package, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE_LINES = 450
FUNCTION_LINES = 45
LONGER_FILES: dict[str, str] = {}
"""A file that may be longer, with its reason."""


def long_file(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > FILE_LINES and source.name not in LONGER_FILES:
        yield f"{source.name} has {lines} lines"


def long_functions(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{source.at(node)} {node.name} has {lines} lines"


def test_no_file_is_longer_than_450_lines() -> None:
    assert complaints(long_file, everything()) == []


def test_no_function_is_longer_than_45_lines() -> None:
    tools = [source for source in everything() if source.name == "dev"]
    assert complaints(long_functions, [*package(), *tools]) == []


def test_a_long_file_and_a_long_function_are_noticed() -> None:
    body = "\n".join(f"    line_{number} = {number}" for number in range(FUNCTION_LINES))
    assert complaints(long_functions, [planted(f"def long():\n{body}\n")])
    assert complaints(long_file, [planted("x = 1\n" * (FILE_LINES + 1))])


def test_every_exempted_file_still_exists_and_still_needs_it() -> None:
    lines = {source.name: source.text.count("\n") for source in everything()}
    assert [name for name in LONGER_FILES if lines.get(name, 0) <= FILE_LINES] == []
