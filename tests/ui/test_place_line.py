from __future__ import annotations

import pytest

from fieldlog.ui.quick.place_line import PlaceLine

ABROAD, AT_HOME = (43.7696, 11.2558), (36.62, 127.43)


@pytest.fixture
def line(qtbot, face, lanes) -> PlaceLine:
    made = PlaceLine(face, lanes)
    qtbot.addWidget(made)
    return made


def test_a_position_outside_korea_from_a_photo_is_doubted(line) -> None:
    line.know_photo_place(ABROAD)
    first, doubt = line.status.text().split("\n")
    assert "43.76960, 11.25580" in first
    assert "우리나라 범위" in doubt
    assert line.status.property("tone") == "warning"
    line.know_photo_place(AT_HOME)
    assert (line.status.property("tone"), "\n" in line.status.text()) == ("good", False)


def test_a_position_outside_korea_that_is_typed_is_doubted_and_taken_all_the_same(qtbot, line) -> None:
    line.set_text("43.7696, 11.2558")
    qtbot.waitUntil(lambda: line.agreed() is not None)
    assert "우리나라 범위" in line.status.text()
    assert line.status.property("tone") == "warning"


def test_the_doubt_stays_when_words_are_added_to_the_photos_position(qtbot, line) -> None:
    line.know_photo_place(ABROAD)
    line.set_text("두오모 앞")
    qtbot.waitUntil(lambda: "장소 설명" in line.status.text())
    assert "우리나라 범위" in line.status.text()
    line.know_photo_place(None)
    assert "우리나라 범위" not in line.status.text()
