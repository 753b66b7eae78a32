"""Faces are read as ReportLab reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from fieldlog.domain.errors import NotFound
from fieldlog.report.fonts import faces_in
from fieldlog.report.fonts.typefaces import Typeface

FONTS = Path(__file__).parents[3] / "resources" / "fonts"
TOLD = ("charToGlyph", "charWidths", "defaultWidth", "glyphPos", "bbox", "ascent", "flags", "name")
ALIKE_IN_PRETENDARD = 11


@pytest.mark.parametrize("name", ["NotoSansKR_400Regular", "Pretendard-Bold"])
def test_a_face_tells_the_same_of_every_character_as_reportlab_itself(name: str) -> None:
    """Of 1000 and of 2048 units to the em, and with glyphs that have no advance of their own."""
    path = FONTS / f"{name}.ttf"
    ours, theirs = Typeface(name, path).face, TTFontFace(str(path))
    for told in TOLD:
        assert _plain(getattr(ours, told)) == _plain(getattr(theirs, told)), told
    assert ours.hmetrics[:-ALIKE_IN_PRETENDARD] == theirs.hmetrics[:-ALIKE_IN_PRETENDARD]


def test_glyphs_without_an_advance_of_their_own_have_the_last_one_in_units_of_the_font() -> None:
    """ReportLab would give them the last one in thousandths."""
    face = Typeface("font", FONTS / "Pretendard-Bold.ttf").face
    advances = {advance for advance, _ in face.hmetrics[-ALIKE_IN_PRETENDARD - 1 :]}
    assert len(advances) == 1
    assert all(isinstance(advance, int) for advance in advances)


def test_a_subset_is_cut_as_reportlab_cuts_it() -> None:
    """Glyphs made of others bring those along."""
    path = FONTS / "Pretendard-Regular.ttf"
    wanted = [ord(character) for character in "가각힣Aé①漢"]
    assert Typeface("one", path).face.makeSubset(wanted) == TTFontFace(str(path)).makeSubset(wanted)


def test_a_font_without_all_of_unicode_is_refused(tmp_path: Path) -> None:
    """Every map of full Unicode is given a kind that does not exist."""
    path = tmp_path / "font.ttf"
    kind = b"\x00\x03\x00\x0a"
    path.write_bytes((FONTS / "Pretendard-Regular.ttf").read_bytes().replace(kind, b"\x00\x03\x00\x63", 1))
    with pytest.raises(TTFError, match="Unicode"):
        Typeface("font", path)


@pytest.mark.parametrize("kept", [0, 3, 700, 100_000])
def test_a_font_file_cut_short_is_told_as_an_incomplete_installation(tmp_path: Path, kept: int) -> None:
    """However much of it is left."""
    for path in FONTS.glob("*.ttf"):
        (tmp_path / path.name).write_bytes(path.read_bytes()[:kept])
    with pytest.raises(NotFound):
        faces_in(tmp_path)


def _plain(told: Any) -> Any:
    return list(told) if isinstance(told, tuple | list) else told
