"""An office brings its cases along in a file, looks for one and prints it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from helpers.clerk import ROOT

if TYPE_CHECKING:
    from helpers.clerk import Clerk

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "sample_cases_ko.json"
PRACTICE = ROOT / "resources" / "practice" / "cases.json"


@pytest.mark.parametrize("path", [PRACTICE, SAMPLE], ids=["practice", "sample"])
def test_every_case_of_a_file_is_imported_found_and_printed(clerk: Clerk, path: Path, tmp_path: Path) -> None:
    if not path.is_file():
        pytest.skip("the file ../shared/data/sample_cases_ko.json is not beside this checkout")
    raw = {case["case_no"]: case for case in json.loads(path.read_text("utf-8"))["cases"]}
    told = clerk.asks("import", path)
    assert told["refused"] == []
    assert {case["case_no"] for case in told["cases"]} == set(raw)
    for case in clerk.asks("case", "list", "--limit", 1000)["cases"]:
        assert (case["title"], case["stage"]) == (
            raw[case["case_no"]]["title"],
            raw[case["case_no"]]["stage"],
        )
    number, case = next(iter(raw.items()))
    word = case["title"].split()[0]
    assert number in {found["case_no"] for found in clerk.asks("case", "list", "--query", word)["cases"]}
    out = tmp_path / "r1.pdf"
    assert clerk.asks("report", number, "--template", "R1", "--out", out)["pages"] == 1
    with pypdfium2.PdfDocument(out) as paper:
        assert word in paper[0].get_textpage().get_text_bounded()
    again = clerk.types("--json", "import", path)
    assert (again.code, again.json["imported"], len(again.json["refused"])) == (1, 0, len(raw))
    assert clerk.asks("verify")["sound"]
