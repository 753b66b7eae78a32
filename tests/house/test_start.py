"""Starting fast: the heavy libraries wait until something needs them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from helpers.house import ROOT

HEAVY = {
    "reportlab",
    "geopy",
    "sqlite_utils",
    "numpy",
    "pyproj",
    "PIL",
    "pikepdf",
    "pypdfium2",
    "keyring",
    "argon2",
}
WINDOW = {"fieldlog.__main__", "fieldlog.bootstrap", "fieldlog.ui.application", "fieldlog.ui.window"}


def loaded_by(*modules: str) -> set[str]:
    """The top-level packages in memory after a fresh Python imported these modules."""
    code = f"import json, sys, {', '.join(modules)}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in json.loads(done.stdout)}


def test_starting_the_command_loads_nothing_heavy_and_no_window() -> None:
    assert loaded_by("fieldlog.__main__") & (HEAVY | {"PySide6"}) == set()


def test_starting_the_window_loads_nothing_heavy() -> None:
    assert loaded_by(*sorted(WINDOW)) & HEAVY == set()


@pytest.mark.parametrize("module", sorted(HEAVY & {"reportlab", "geopy", "sqlite_utils"}))
def test_a_heavy_module_that_is_loaded_would_be_noticed(module: str) -> None:
    assert module in loaded_by(module)
