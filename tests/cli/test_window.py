from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from fieldlog import bootstrap
from fieldlog.bootstrap import outside

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.clerk import Clerk


def test_pictures_are_asked_for_with_theme_and_scale(clerk: Clerk, tmp_path: Path) -> None:
    asked: dict[str, Any] = {}

    def draw(folder: Path, out: Path, **more: Any) -> list[Path]:
        asked.update(more, folder=folder, out=out)
        return [out / "오늘.png"]

    around = structs.replace(outside(clerk.environ), draw_pictures=draw)
    told = clerk.types(
        "--json", "pictures", "--out", tmp_path, "--theme", "sun", "--scale", "2", around=around
    )
    assert told.json == {"pictures": [str(tmp_path / "오늘.png")]}
    assert asked == {"folder": clerk.folder, "out": tmp_path, "language": "ko", "theme": "sun", "scale": 2}
    assert "1장" in clerk.types("pictures", "--out", tmp_path, around=around).out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there is a screen named by a variable")
def test_without_a_screen_the_window_is_refused_with_a_way_out(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: object())
    told = clerk.types("--json", "open")
    assert (told.code, told.error["kind"]) == (1, "NotAllowed")
    assert "--help" in told.error["how"]


def test_without_qt_the_window_is_refused(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)
    for words in (("open",), ("pictures", "--out", tmp_path)):
        assert clerk.types("--json", *words).error["kind"] == "NotFound"
