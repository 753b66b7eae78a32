"""A postponed module runs when it is touched, and not before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fieldlog.report.pdf.postponing import postpone

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[3]
SEALED = """
import sys
from helpers.dossiers import RESOURCES, dossier
from fieldlog.report.rendering import render
made = render(dossier(), "R2", resources=RESOURCES)
module = sys.modules["fontTools.ttLib.tables.otTables"]
print(type(module).__name__)
print(module.LigatureSubst.__name__, type(module).__name__)
"""


def test_a_postponed_module_runs_when_something_in_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "__init__.py").write_text("")
    (tmp_path / "shelf" / "book.py").write_text("import shelf.trace\nWORDS = 3\n")
    (tmp_path / "shelf" / "trace.py").write_text("")
    for name in ("shelf", "shelf.book", "shelf.trace"):
        monkeypatch.setitem(sys.modules, name, sys)
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    postpone("shelf.book", "shelf.no_such_book")
    from shelf import book  # type: ignore[import-not-found]

    assert "shelf.trace" not in sys.modules
    assert book.WORDS == 3
    assert "shelf.trace" in sys.modules
    assert "shelf.no_such_book" not in sys.modules


def test_a_module_that_is_there_stays_as_it_is() -> None:
    there = sys.modules["subprocess"]
    postpone("subprocess")
    assert sys.modules["subprocess"] is there


def test_a_report_is_sealed_without_the_reader_of_opentype_tables() -> None:
    """It is there, not yet run, and runs when it is touched."""
    told = subprocess.run(
        [sys.executable, "-c", SEALED],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests")))},
    )
    assert told.stdout.split() == ["_LazyModule", "LigatureSubst", "module"]
