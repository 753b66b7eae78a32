"""The window's type: Pretendard, with Noto Sans KR for Hanja and signs it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFont, QFontDatabase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FAMILIES: Final = ("Pretendard", "Noto Sans KR")
_SCREEN_WEIGHTS: Final = ("Regular", "Medium", "SemiBold", "Bold")


def load_fonts(folder: Path) -> tuple[str, ...]:
    """Register the window's fonts and answer the families found; a missing font is no error."""
    found: dict[str, None] = {}
    for path in _screen_files(folder):
        for family in QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path))):
            found.setdefault(family)
    return tuple(found)


def body_font(size: int) -> QFont:
    """The font of running text at ``size`` device-independent pixels; digits keep one width."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _screen_files(folder: Path) -> Iterable[Path]:
    fonts = sorted(folder.rglob("*.ttf")) if folder.is_dir() else []
    weights = tuple(f"Pretendard-{weight}" for weight in _SCREEN_WEIGHTS)
    return [path for path in fonts if path.stem in weights or path.stem.endswith("400Regular")]
