import os
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import AlreadyThere, DiskTrouble
from fieldlog.report.filing import attachment_path, file_name, file_report, safe
from fieldlog.report.rendering import Rendered

DAY = date(2026, 4, 13)
ALONE = Rendered(b"%PDF main", 1, None, 0, "", ())
WITH_REST = Rendered(b"%PDF main", 1, b"%PDF rest", 3, "", ())


def test_a_report_is_named_by_case_form_and_day() -> None:
    assert file_name(["FL-2026-0006"], "R2", DAY) == "FL-2026-0006_R2_20260413.pdf"
    assert file_name(["FL-2026-0006", "FL-2026-0007", "A"], "R4", DAY) == "FL-2026-0006_외2건_R4_20260413.pdf"
    assert file_name(["임시-a/b:c"], "R1", DAY) == "임시-a_b_c_R1_20260413.pdf"


@given(st.text(max_size=400))
def test_a_file_name_is_fit_for_every_system(text) -> None:
    name = safe(text)
    assert name
    assert not set(name) & set('\\/:*?"<>|')
    assert name.isprintable()
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= 160
    assert safe(name) == name


@pytest.mark.parametrize("word", ["CON", "nul", "Com1"])
def test_a_word_that_windows_keeps_for_itself_is_changed(word) -> None:
    assert safe(word) == f"_{word}"


def test_a_report_is_written_with_its_attachment_beside_it(tmp_path) -> None:
    path = tmp_path / "보고.pdf"
    assert file_report(WITH_REST, path) == (path, tmp_path / "보고_붙임.pdf")
    assert path.read_bytes() == b"%PDF main"
    assert attachment_path(path).read_bytes() == b"%PDF rest"


def test_a_file_that_is_there_is_never_replaced_unasked(tmp_path) -> None:
    path = tmp_path / "보고.pdf"
    path.write_bytes(b"mine")
    with pytest.raises(AlreadyThere):
        file_report(ALONE, path)
    assert path.read_bytes() == b"mine"
    assert file_report(ALONE, path, overwrite=True) == (path,)
    assert path.read_bytes() == b"%PDF main"


def test_an_attachment_that_is_there_keeps_both_from_being_written(tmp_path) -> None:
    path = tmp_path / "보고.pdf"
    attachment_path(path).write_bytes(b"mine")
    with pytest.raises(AlreadyThere):
        file_report(WITH_REST, path)
    assert not path.exists()
    assert attachment_path(path).read_bytes() == b"mine"


def test_a_folder_that_is_not_there_is_told_and_nothing_remains(tmp_path) -> None:
    with pytest.raises(DiskTrouble):
        file_report(ALONE, tmp_path / "없음" / "보고.pdf")
    assert list(tmp_path.iterdir()) == []


def test_when_the_main_file_fails_its_attachment_goes_too(tmp_path, monkeypatch) -> None:
    from fieldlog.report import filing

    real = filing.write_new

    def failing(path, pieces, **rest: int) -> None:
        if "붙임" not in path.name:
            raise AlreadyThere(*[filing.Phrase("", "")] * 3)
        real(path, pieces, **rest)

    monkeypatch.setattr(filing, "write_new", failing)
    with pytest.raises(AlreadyThere):
        file_report(WITH_REST, tmp_path / "보고.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists, not in modes")
def test_what_leaves_the_house_may_be_read_as_the_folder_lets(tmp_path) -> None:
    before = os.umask(0o022)
    try:
        (path,) = file_report(ALONE, tmp_path / "보고.pdf")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644
