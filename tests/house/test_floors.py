from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.house import PACKAGE, ROOT, Source, complaints, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

LINT_IMPORTS = Path(sys.executable).with_name(
    "lint-imports.exe" if sys.platform == "win32" else "lint-imports"
)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
FLOORS = [part.strip() for layer in CONTRACTS[0]["layers"] for part in layer.split("|")]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [LINT_IMPORTS, "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


WITH_THE_DOMAIN = {"msgspec"}
"""What values are made of: build_spec/decisions/0006."""


def beyond_the_standard_library(source: Source) -> Iterator[str]:
    if not f"{source.name}.".startswith("fieldlog.domain."):
        return
    for name, node in source.imports():
        top = name.split(".")[0]
        if top not in sys.stdlib_module_names | WITH_THE_DOMAIN and not name.startswith("fieldlog.domain"):
            yield f"{source.at(node)} imports {name}"


def test_every_contract_between_the_floors_holds() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_the_domain_knows_the_standard_library_and_structs_only() -> None:
    assert complaints(beyond_the_standard_library) == []
    assert complaints(beyond_the_standard_library, [planted("import numpy", "fieldlog.domain.case")])


def test_every_folder_of_the_package_has_its_floor() -> None:
    """The contract is exhaustive, so this only keeps the drawing in CONTRIBUTING.md whole."""
    drawing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [floor for floor in FLOORS if floor not in drawing] == []
    assert {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()} <= set(FLOORS)


LAWFUL = {
    "storage/database.py": "import sqlcipher3, sqlite_utils, sqlite3",
    "report/pdf.py": "import reportlab, pikepdf",
    "report/fonts.py": "import reportlab",
    "ui/pages/__init__.py": "",
    "ui/pages/cases.py": "import PySide6",
}


@pytest.fixture
def bare_house(tmp_path: Path) -> Path:
    """Every floor with next to nothing on it: one planted line is all that can break a wall."""
    rooms = [
        f"{floor}.py" if floor in {"__main__", "bootstrap"} else f"{floor}/__init__.py" for floor in FLOORS
    ]
    for room in ["__init__.py", *rooms, *LAWFUL]:
        plant(tmp_path, room, LAWFUL.get(room, ""))
    return tmp_path


def plant(house: Path, room: str, text: str) -> None:
    path = house / "fieldlog" / room
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_bare_house_breaks_no_contract(bare_house: Path) -> None:
    result = lint(bare_house)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("room", "text", "said"),
    [
        ("domain/planted.py", "from fieldlog import storage", "Floors BROKEN"),
        ("media/planted.py", "from fieldlog import geo", "Floors BROKEN"),
        ("services/planted.py", "from PySide6 import QtCore", "Qt lives only in ui BROKEN"),
        ("services/planted.py", "import sqlcipher3", "The database library is spoken only in storage BROKEN"),
        (
            "exchange/planted.py",
            "import reportlab",
            "Only report.pdf and report.fonts know the PDF library BROKEN",
        ),
        ("cli/planted.py", "from fieldlog import storage", "never to the floors below BROKEN"),
        ("ui/pages/photos.py", "from fieldlog.ui.pages import cases", "Pages do not know one another BROKEN"),
        ("analysis/__init__.py", "", "fieldlog.analysis"),
    ],
)
def test_a_wall_that_is_broken_is_noticed(room: str, text: str, said: str, bare_house: Path) -> None:
    plant(bare_house, room, text)
    result = lint(bare_house)
    assert result.returncode == 1
    assert said in result.stdout
