"""The source files as the house tests read them: each parsed once, by its dotted name."""

from __future__ import annotations

import ast
import functools
import gc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "fieldlog"
_NOT_OURS = {".git", ".venv", ".venv-headless", "build", "dist", "__pycache__", ".hypothesis"}


@dataclass(frozen=True)
class Source:
    """One Python file."""

    name: str
    text: str
    tree: ast.Module

    @functools.cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree, walked through once for all rules."""
        return tuple(ast.walk(self.tree))

    def at(self, node: ast.AST) -> str:
        """Where a node stands, for the person who has to mend it."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call with its dotted name, as written."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield dotted(node.func), node

    def imports(self) -> Iterator[tuple[str, ast.stmt]]:
        """Every module or name that is imported when the program runs, inside functions too."""
        only_for_types = {
            id(inner)
            for node in self.nodes
            if isinstance(node, ast.If) and dotted(node.test).endswith("TYPE_CHECKING")
            for part in node.body
            for inner in ast.walk(part)
        }
        for node in self.nodes:
            if id(node) in only_for_types:
                continue
            if isinstance(node, ast.Import):
                for name in node.names:
                    yield name.name, node
            elif isinstance(node, ast.ImportFrom):
                for name in node.names:
                    yield f"{node.module}.{name.name}", node


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of an expression; what is no plain name begins with a dot."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def planted(text: str, name: str = "fieldlog.services.planted") -> Source:
    """A source of a test's own, to see that a rule bites."""
    return Source(name, text, ast.parse(text))


def _read(path: Path, base: Path) -> Source:
    parts = path.relative_to(base).with_suffix("").parts
    name = ".".join(part for part in parts if part != "__init__")
    text = path.read_text("utf-8")
    return Source(name, text, ast.parse(text, str(path)))


@functools.cache
def package() -> tuple[Source, ...]:
    """Every module of fieldlog."""
    return tuple(source for source in everything() if source.name.split(".")[0] == PACKAGE.name)


@functools.cache
def everything() -> tuple[Source, ...]:
    """Every Python file of the repository."""
    # Trees are millions of objects that live as long as the tests: the collector must not look at them each time.
    gc.collect()
    gc.disable()
    try:
        found = tuple(_read(path, ROOT) for path in sorted(files()) if path.suffix == ".py")
        for source in found:
            len(source.nodes)
    finally:
        gc.freeze()
        gc.enable()
    return found


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the repository and is no product of a tool."""

    def found(folder: Path) -> Iterator[Path]:
        for path in folder.iterdir():
            if path.name in _NOT_OURS or path.name.endswith(("_cache", ".egg-info")):
                continue
            if path.is_dir():
                yield from found(path)
            else:
                yield path

    return tuple(found(ROOT))


def complaints(rule: Callable[[Source], Iterable[str]], sources: Iterable[Source] | None = None) -> list[str]:
    """What a rule finds wrong in the package, or in the sources given."""
    return [line for source in sources or package() for line in rule(source)]
