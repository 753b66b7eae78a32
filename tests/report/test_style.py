import pytest
from helpers.dossiers import RESOURCES

from fieldlog.domain.errors import Bug, NotFound
from fieldlog.report.dossier import Margins
from fieldlog.report.style import read_style

STYLE = read_style(RESOURCES / "paper")


def test_paper_is_a4() -> None:
    assert (round(STYLE.width), round(STYLE.height)) == (595, 842)


def test_margins_move_the_text() -> None:
    wide = STYLE.with_margins(Margins(40, 40, 40, 40))
    assert wide.left > STYLE.left
    assert wide.text_width < STYLE.text_width
    assert wide.text_height < STYLE.text_height
    assert STYLE.with_margins(None) is STYLE


def test_scaling_leaves_page_and_title_as_they_are() -> None:
    small = STYLE.scaled(0.8, 0.9)
    assert (small.width, small.type["title"]) == (STYLE.width, STYLE.type["title"])
    assert small.type["circle"].size == pytest.approx(STYLE.type["circle"].size * 0.8)
    assert small.type["circle"].leading == pytest.approx(STYLE.type["circle"].leading * 0.72)


def test_the_formal_margins_are_those_of_the_rule() -> None:
    assert STYLE.presets["formal"] == Margins(30.0, 15.0, 20.0, 15.0)


def test_a_style_that_is_not_there_is_told(tmp_path) -> None:
    with pytest.raises(NotFound):
        read_style(tmp_path)


def test_a_style_that_lacks_a_part_is_a_bug(tmp_path) -> None:
    (tmp_path / "office.toml").write_text("version = 1\n")
    with pytest.raises(Bug):
        read_style(tmp_path)
