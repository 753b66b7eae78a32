from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from fieldlog.domain.errors import Bug
from fieldlog.ui.icons import Icons

FOLDER = Path(__file__).parents[2] / "resources" / "icons"
UI = Path(__file__).parents[2] / "fieldlog" / "ui"


def test_icons_say_where_they_come_from() -> None:
    source = tomllib.loads((FOLDER / "SOURCE.toml").read_text(encoding="utf-8"))
    assert source["licence"] == "ISC"
    assert re.fullmatch(r"[0-9a-f]{64}", source["sha256"])
    assert "ISC License" in (FOLDER / source["licence_file"]).read_text(encoding="utf-8")
    for picture in FOLDER.glob("*.svg"):
        assert f"v{source['version']} - ISC" in picture.read_text(encoding="utf-8")


def test_an_icon_takes_the_colour_and_stroke_of_the_program() -> None:
    drawn = Icons(FOLDER).svg("camera", "#123456").decode()
    assert 'stroke="#123456"' in drawn
    assert 'stroke-width="1.75"' in drawn
    assert "currentColor" not in drawn


def test_an_icon_is_sharp_at_twice_the_size(qapp) -> None:
    pixmap = Icons(FOLDER).icon("camera", "#000000").pixmap(QSize(20, 20), 2.0)
    assert pixmap.size() == QSize(40, 40)
    assert pixmap.devicePixelRatio() == 2.0


def test_a_disabled_icon_has_its_own_colour(qapp) -> None:
    icon = Icons(FOLDER).icon("minus", "#ff0000", off="#00ff00")
    normal = icon.pixmap(QSize(20, 20)).toImage().pixelColor(10, 10)
    disabled = icon.pixmap(QSize(20, 20), QIcon.Mode.Disabled).toImage().pixelColor(10, 10)
    assert (normal.red() > 200, normal.green() > 200) == (True, False)
    assert (disabled.red() > 200, disabled.green() > 200) == (False, True)


def test_an_unknown_icon_is_a_bug() -> None:
    with pytest.raises(Bug, match="no icon called unicorn"):
        Icons(FOLDER).svg("unicorn", "#000000")
