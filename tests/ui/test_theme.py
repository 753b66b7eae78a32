from __future__ import annotations

from pathlib import Path

import pytest

from fieldlog.domain.errors import Bug
from fieldlog.ui.stylesheet import PICTURES, stylesheet
from fieldlog.ui.theme import THEME_KEYS, Theme, Tone, contrast, load_themes

FOLDER = Path(__file__).parents[2] / "resources" / "themes"
THEMES = load_themes(FOLDER)
GROUNDS = ("background", "raised", "sunken", "selection")

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.key)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == pytest.approx(1)


def test_there_are_three_themes_with_names_in_both_languages() -> None:
    assert [(theme.name.ko, theme.name.en) for theme in THEMES.values()] == [
        ("밝게", "Light"), ("어둡게", "Dark"), ("햇빛", "Sunlight"),
    ]  # fmt: skip


def test_sunlight_asks_for_seven_to_one_and_the_others_for_four_and_a_half() -> None:
    assert {key: THEMES[key].text_contrast for key in THEME_KEYS} == {"light": 4.5, "dark": 4.5, "sun": 7.0}


@each_theme
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable_on_every_ground(theme: Theme, ground: str) -> None:
    for ink in ("text", "muted"):
        assert contrast(getattr(theme.colours, ink), getattr(theme.colours, ground)) >= theme.text_contrast


@each_theme
def test_accent_is_readable_both_ways_round(theme: Theme) -> None:
    colours = theme.colours
    assert contrast(colours.on_accent, colours.accent) >= theme.text_contrast
    assert contrast(colours.on_accent, colours.accent_hover) >= theme.text_contrast
    for ground in ("background", "raised"):
        assert contrast(colours.accent, getattr(colours, ground)) >= theme.text_contrast


@each_theme
@pytest.mark.parametrize("tone", Tone, ids=lambda tone: tone.value)
def test_every_tone_is_readable_on_its_wash_and_on_the_page(theme: Theme, tone: Tone) -> None:
    shade = theme.tones[tone]
    for ground in (shade.wash, theme.colours.raised, theme.colours.background, theme.colours.selection):
        assert contrast(shade.ink, ground) >= theme.text_contrast


@each_theme
@pytest.mark.parametrize("ground", ["background", "raised"])
def test_lines_of_what_can_be_operated_and_the_focus_ring_keep_three_to_one(
    theme: Theme, ground: str
) -> None:
    for token in ("line", "focus"):
        assert contrast(getattr(theme.colours, token), getattr(theme.colours, ground)) >= 3


@each_theme
def test_sizes_are_from_the_one_scale(theme: Theme) -> None:
    sizes = {getattr(theme.sizes, name) for name in theme.sizes.__slots__}
    assert sizes <= {12, 13, 15, 18, 24}
    assert theme.focus_width >= 2


@each_theme
def test_the_stylesheet_leaves_nothing_unfilled(theme: Theme, tmp_path: Path) -> None:
    sheet = stylesheet(theme, target=32, pictures=tmp_path)
    assert "$" not in sheet
    assert all(sheet.count(f"{name}.svg") for name in PICTURES if name != "chevron-right")
    assert theme.colours.accent in sheet


def test_a_thumb_gets_higher_targets(tmp_path: Path) -> None:
    theme = THEMES["light"]
    assert "min-height: 48px" in stylesheet(theme, target=48, pictures=tmp_path)


def test_a_broken_theme_is_a_bug_that_names_the_file(tmp_path: Path) -> None:
    for key in THEME_KEYS:
        (tmp_path / f"{key}.json").write_text('{"key": "light"}', encoding="utf-8")
    with pytest.raises(Bug, match=r"light\.json"):
        load_themes(tmp_path)
