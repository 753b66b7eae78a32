from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from helpers.house import Source, complaints, everything, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

ATTICS = {"utils", "util", "misc", "common", "base", "helpers", "manager"}
EMPTY_ENDINGS = ("Manager", "Helper", "Handler")
UNFINISHED = re.compile(r"#.*\b(TO[D]O|FIX[M]E|XX[X])\b|NotImplemented[E]rror")
RIMS = {"fieldlog.ui.jobs", "fieldlog.ui.application", "fieldlog.cli", "fieldlog.cli.main"}
"""Where an error that nobody foresaw is caught, told and logged: nowhere else."""
BROAD = {"Exception", "BaseException"}


def attic(source: Source) -> Iterator[str]:
    if ATTICS & set(source.name.split(".")):
        yield f"{source.name}: a name that says nothing"


def empty_class_names(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and node.name.endswith(EMPTY_ENDINGS):
            yield f"{source.at(node)} {node.name}"


def unfinished(source: Source) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if UNFINISHED.search(line):
            yield f"{source.name}:{number} {line.strip()}"


def _kinds(caught: ast.expr | None) -> set[str]:
    if caught is None:
        return BROAD
    return {ast.unparse(part) for part in (caught.elts if isinstance(caught, ast.Tuple) else [caught])}


def broad_excepts(source: Source) -> Iterator[str]:
    """Clearing up and raising again is no catching."""
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and _kinds(node.type) & BROAD:
            last = node.body[-1]
            if not (isinstance(last, ast.Raise) and last.exc is None) and source.name not in RIMS:
                yield f"{source.at(node)} except {', '.join(_kinds(node.type))}"
    for name, call in source.calls():
        if name.endswith("suppress") and {ast.unparse(part) for part in call.args} & BROAD:
            yield f"{source.at(call)} suppress(Exception)"


def test_no_module_is_an_attic() -> None:
    assert complaints(attic) == []


def test_no_class_is_named_for_nothing() -> None:
    assert complaints(empty_class_names) == []


def test_nothing_is_left_unfinished() -> None:
    assert complaints(unfinished, everything()) == []


def test_only_the_rims_catch_what_nobody_foresaw() -> None:
    assert complaints(broad_excepts) == []


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    x()\nexcept Exception:\n    pass\n",
        "try:\n    x()\nexcept (ValueError, Exception) as e:\n    print(e)\n",
        "try:\n    x()\nexcept:\n    pass\n",
        "with contextlib.suppress(Exception):\n    x()\n",
    ],
)
def test_a_broad_except_below_the_rims_is_noticed(text: str) -> None:
    assert complaints(broad_excepts, [planted(text)])


def test_clearing_up_and_raising_again_is_allowed() -> None:
    text = "try:\n    x()\nexcept BaseException:\n    clear()\n    raise\n"
    assert complaints(broad_excepts, [planted(text)]) == []


def test_attics_and_empty_names_are_noticed() -> None:
    assert complaints(attic, [planted("", "fieldlog.domain.utils")])
    assert complaints(empty_class_names, [planted("class PhotoManager: ...")])
    assert complaints(unfinished, [planted("raise NotImplemented" + "Error")])
