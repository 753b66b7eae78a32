from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.clerk import Clerk


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as paper:
        return "\n".join(page.get_textpage().get_text_bounded() for page in paper)


def test_a_report_is_filed_and_answered_with_its_pages_and_hash(
    clerk: Clerk, case: str, tmp_path: Path
) -> None:
    out = tmp_path / "보고.pdf"
    told = clerk.asks("report", case, "--template", "r1", "--out", out)
    assert (told["path"], told["pages"], told["attachment"]) == (str(out), 1, None)
    assert len(told["sha256"]) == 64
    assert "별빛로 포트홀" in text_of(out)
    assert clerk.asks("case", "show", case)["reports"][0]["sha256"] == told["sha256"]


def test_a_file_that_is_there_is_replaced_only_when_asked(clerk: Clerk, case: str, tmp_path: Path) -> None:
    out = tmp_path / "보고.pdf"
    out.write_bytes(b"mine")
    told = clerk.types("--json", "report", case, "--template", "R1", "--out", out)
    assert (told.code, told.error["kind"]) == (1, "AlreadyThere")
    assert out.read_bytes() == b"mine"
    clerk.asks("report", case, "--template", "R1", "--out", out, "--overwrite")
    assert out.read_bytes().startswith(b"%PDF")


def test_in_a_folder_a_report_gets_the_name_that_offices_expect(
    clerk: Clerk, case: str, tmp_path: Path
) -> None:
    told = clerk.asks("report", case, case, "--template", "R2", "--out", tmp_path, "--pdfa", "1b")
    assert told["path"] == str(tmp_path / f"{case}_R2_20261123.pdf")
    assert len(told["cases"]) == 1


def test_a_name_that_ends_like_a_folder_is_never_taken_for_a_file(
    clerk: Clerk, case: str, tmp_path: Path
) -> None:
    told = clerk.types("--json", "report", case, "--template", "R1", "--out", f"{tmp_path / 'gone'}/")
    assert (told.code, told.error["kind"]) == (1, "DiskTrouble")
    assert list(tmp_path.glob("gone*")) == []


def test_a_photo_sheet_holds_as_many_to_a_page_as_asked(
    clerk: Clerk, case: str, picture: Path, tmp_path: Path
) -> None:
    for n in range(3):
        other = tmp_path / f"{n}.jpg"
        other.write_bytes(picture.read_bytes() + bytes(n))
        clerk.asks("photo", "add", case, other)
    pages = [
        clerk.asks("report", case, "--template", "R4", "--out", tmp_path / f"{n}.pdf", "--per-page", n)[
            "pages"
        ]
        for n in ("1", "6")
    ]
    assert pages == [3, 1]


@pytest.mark.parametrize("words", [("HB-2026-0999", "--template", "R1"), ("{case}", "--template", "R9")])
def test_a_report_that_cannot_be_made_leaves_no_file(
    clerk: Clerk, case: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    told = clerk.types(
        "--json", "report", *(word.format(case=case) for word in words), "--out", tmp_path / "x.pdf"
    )
    assert (told.code, told.error["kind"]) == (1, "NotFound")
    assert not (tmp_path / "x.pdf").exists()
