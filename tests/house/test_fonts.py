from __future__ import annotations

import hashlib
import tomllib

import pytest
from fontTools.ttLib import TTFont
from helpers.house import ROOT

FONTS = ROOT / "resources" / "fonts"
SOURCES = tomllib.loads((FONTS / "SOURCES.toml").read_text("utf-8"))
HANGUL_SYLLABLES = range(0xAC00, 0xD7A4)


@pytest.mark.parametrize("entry", SOURCES["font"] + SOURCES["licence"], ids=lambda entry: entry["file"])
def test_a_font_file_is_the_one_its_package_holds(entry: dict[str, str | int]) -> None:
    content = (FONTS / str(entry["file"])).read_bytes()
    assert len(content) == entry["bytes"]
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", SOURCES["font"], ids=lambda entry: entry["file"])
def test_a_font_is_truetype_free_to_embed_and_has_every_hangul_syllable(entry: dict[str, str]) -> None:
    with TTFont(FONTS / entry["file"], lazy=True) as font:
        assert "glyf" in font, "ReportLab cannot embed PostScript outlines"
        assert font["OS/2"].fsType == 0
        assert not set(HANGUL_SYLLABLES) - font.getBestCmap().keys()
    assert entry["licence"] == "OFL-1.1"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / entry["licence_file"]).read_text("utf-8")


def test_no_font_lies_there_without_its_source() -> None:
    listed = {entry["file"] for entry in SOURCES["font"] + SOURCES["licence"]} | {"SOURCES.toml"}
    assert {path.name for path in FONTS.iterdir()} == listed


def test_paper_has_a_font_for_hanja() -> None:
    with TTFont(FONTS / "NotoSansKR_400Regular.ttf", lazy=True) as font:
        assert set(map(ord, "大韓民國市長殿")) <= font.getBestCmap().keys()
