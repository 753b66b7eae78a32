from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.offices import Office, office, text_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldlog.domain.errors import ReportRefused
from fieldlog.domain.phrase import plain
from fieldlog.services import recording, reporting
from fieldlog.ui.page import Page, PageSpec
from fieldlog.ui.pages.reports import SPEC
from fieldlog.ui.pages.reports import page as page_module
from fieldlog.ui.pages.reports.proof import DEBOUNCE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EMPTY = PageSpec("empty", "image", plain("-"), lambda _context: Page())


@pytest.fixture
def desk(qtbot, face, tmp_path) -> Iterator[Office]:
    with office(qtbot, face, tmp_path, SPEC, EMPTY) as made:
        made.window.resize(1280, 800)
        (tmp_path / "out").mkdir()
        made.page.filing.remember(tmp_path / "out")
        made.settle()
        yield made


def prove(desk: Office) -> None:
    """Wait until the preview shows what is wanted now."""
    desk.settle()
    desk.qtbot.waitUntil(lambda: not desk.page.proof.building, timeout=20_000)
    desk.settle()


def report_on(desk: Office, *cases: str, template: str = "R1") -> None:
    desk.window.go("reports", cases=list(cases), template=template)
    desk.settle()
    prove(desk)


def out(desk: Office) -> list[Path]:
    return sorted((desk.folder / "out").iterdir())


def read(data: bytes | Path) -> str:
    return text_of(data if isinstance(data, bytes) else data.read_bytes())


def test_without_a_case_the_page_offers_recent_ones_and_nothing_to_export(desk) -> None:
    assert desk.page.chosen.finder.found.count() == 2
    assert not desk.page._file.isEnabled()
    assert desk.page.proof.rendered is None


def test_a_case_found_by_typing_is_added_by_enter_and_its_report_shown(desk) -> None:
    field = desk.page.chosen.finder.field
    field.setText("보안등")
    desk.qtbot.wait(200)
    desk.settle()
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    prove(desk)
    assert desk.page.chosen.cases == (desk.lights,)
    assert "한빛천 보안등 꺼짐" in read(desk.page.proof.rendered.pdf)
    assert desk.page.proof.preview.page_count == 1


def test_enter_waits_for_the_search_that_is_under_way(desk) -> None:
    field = desk.page.chosen.finder.field
    field.setText("보안등")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    prove(desk)
    assert desk.page.chosen.cases == (desk.lights,)


def test_cases_brought_from_elsewhere_are_shown_once_each_and_those_that_are_gone_left_out(desk) -> None:
    recording.remove(desk.workspace, desk.lights, "중복")
    report_on(desk, desk.pothole, desk.lights, desk.pothole, "0199a3c0-0000-7000-8000-00000000ffff")
    assert desk.page.chosen.cases == (desk.pothole,)


def test_cases_are_moved_and_taken_away_by_keys(desk) -> None:
    report_on(desk, desk.pothole, desk.lights, template="R4")
    chosen = desk.page.chosen
    chosen.list.setFocus()
    chosen.list.setCurrentRow(0)
    desk.qtbot.keyClick(chosen.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    prove(desk)
    assert chosen.cases == (desk.lights, desk.pothole)
    text = read(desk.page.proof.rendered.pdf)
    assert text.index("한빛천 보안등") < text.index("별빛로 포트홀")
    desk.qtbot.keyClick(chosen.list, Qt.Key.Key_Delete)
    prove(desk)
    assert chosen.cases == (desk.lights,)
    desk.qtbot.keyClick(chosen.list, Qt.Key.Key_Delete)
    prove(desk)
    assert desk.page.proof.rendered is None


def test_another_template_or_arrangement_is_another_report(desk) -> None:
    report_on(desk, desk.pothole)
    assert not desk.page.options.arranged["1"].isVisible()
    desk.page.options.templates["R4"].click()
    prove(desk)
    assert desk.page.options.arranged["1"].isVisible()
    assert "사진대지" in read(desk.page.proof.rendered.pdf).replace(" ", "")
    pages = desk.page.proof.rendered.pages
    desk.page.options.arranged["1"].click()
    prove(desk)
    assert desk.page.proof.rendered.pages > pages
    assert desk.memory.text("reports/photos") == "1"


def test_many_changes_within_a_moment_build_one_preview(desk, monkeypatch) -> None:
    built: list[str] = []
    preview = reporting.preview_report
    monkeypatch.setattr(
        reporting,
        "preview_report",
        lambda *given, **named: built.append(given[2]) or preview(*given, **named),
    )
    report_on(desk, desk.pothole)
    built.clear()
    for code in ("R2", "R4", "R1", "R2"):
        desk.page.options.templates[code].click()
        desk.qtbot.wait(DEBOUNCE_MS // 6)
    prove(desk)
    assert built == ["R2"]


def test_the_preview_follows_what_is_saved_of_its_cases(desk) -> None:
    report_on(desk, desk.pothole)
    first = desk.page.proof.rendered
    effects = recording.revise(desk.workspace, desk.pothole, {"title": "달빛로 포트홀"})
    desk.bus.effects_happened.emit(effects, None)
    prove(desk)
    assert "달빛로" in read(desk.page.proof.rendered.pdf)
    assert "달빛로" in desk.page.chosen.list.item(0).text()
    second = desk.page.proof.rendered
    assert second is not first
    other = recording.revise(desk.workspace, desk.lights, {"title": "다른 사안"})
    desk.bus.effects_happened.emit(other, None)
    prove(desk)
    assert desk.page.proof.rendered is second


def test_what_does_not_fit_is_an_attachment_shown_beside_the_report(desk) -> None:
    recording.revise(desk.workspace, desk.pothole, {"description": "긴 내용을 적습니다. " * 400})
    report_on(desk, desk.pothole)
    proof = desk.page.proof
    assert (proof.main.text(), proof.rendered.pages) == ("본문 1쪽", 1)
    assert proof.attached.isVisible()
    proof.attached.click()
    desk.settle()
    assert proof.preview.page_count == proof.rendered.attachment_pages
    proof.main.click()
    desk.settle()
    assert proof.preview.page_count == 1


def test_one_press_files_the_report_under_its_proposed_name_and_tells_where(desk) -> None:
    report_on(desk, desk.pothole)
    desk.page._file.click()
    desk.settle()
    number = desk.workspace.store.find(desk.pothole).text("case_no")
    (path,) = out(desk)
    assert path.name == f"{number}_R1_20261123.pdf"
    assert "별빛로 포트홀" in read(path)
    assert path.name in desk.page._told.text()
    assert desk.page._notice.isVisible()
    assert path.name in desk.page._earlier.item(0).text()
    assert not desk.page.proof.building
    assert desk.page.escape()
    assert not desk.page._notice.isVisible()


def test_a_file_of_that_name_is_never_replaced_without_asking(desk, monkeypatch) -> None:
    report_on(desk, desk.pothole)
    desk.page.file()
    desk.settle()
    (path,) = out(desk)
    path.write_bytes(b"mine")
    made: list[int] = []
    make = reporting.make_report
    monkeypatch.setattr(
        reporting, "make_report", lambda *given, **named: made.append(1) or make(*given, **named)
    )
    monkeypatch.setattr(desk.messages, "ask", lambda *_given, **_named: False)
    desk.page.file()
    desk.settle()
    assert path.read_bytes() == b"mine"
    monkeypatch.setattr(desk.messages, "ask", lambda *_given, **_named: True)
    desk.page.file()
    desk.settle()
    assert path.read_bytes().startswith(b"%PDF")
    assert len(made) == 2, "what was made is not made again for the answer"


def test_another_name_can_be_given_and_its_folder_is_remembered(desk) -> None:
    report_on(desk, desk.pothole)
    (desk.folder / "다른 곳").mkdir()
    desk.page.file_as()
    desk.settle()
    asking = desk.page.findChild(QFileDialog)
    asking.fileSelected.emit(str(desk.folder / "다른 곳" / "내 보고.pdf"))
    asking.reject()
    desk.settle()
    assert (desk.folder / "다른 곳" / "내 보고.pdf").exists()
    assert desk.page.filing.folder == desk.folder / "다른 곳"
    desk.page._on_folder(str(desk.folder / "out"))
    assert str(desk.folder / "out") in desk.page._where.text()


def test_a_character_in_no_font_refuses_the_report_and_leads_into_its_field(desk, monkeypatch) -> None:
    recording.revise(desk.workspace, desk.pothole, {"description": "글자 \U00013000 하나"})
    report_on(desk, desk.pothole)
    assert desk.page.proof._notice_band.isVisible()
    desk.page.file()
    desk.settle()
    refusal = desk.page.proof.refusal
    assert refusal.isVisible()
    assert out(desk) == []
    (link,) = refusal.links()
    gone: list[tuple[str, str | None]] = []
    monkeypatch.setattr(desk.window, "open_case", lambda case, *, field=None: gone.append((case, field)))
    link.click()
    assert gone == [(desk.pothole, "description")]
    refusal.replace.click()
    desk.settle()
    assert "〓" in read(out(desk)[0])
    assert desk.page.proof.preview.isVisible()


def test_a_report_that_cannot_be_made_says_so_in_the_place_of_the_preview(desk, monkeypatch) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise ReportRefused(plain("무엇"), plain("왜"), plain("어떻게"))

    monkeypatch.setattr(reporting, "preview_report", refuse)
    report_on(desk, desk.pothole)
    refusal = desk.page.proof.refusal
    assert refusal.isVisible()
    assert refusal._why.text() == "왜"
    assert not refusal.replace.isVisible()


def test_a_report_under_way_can_be_stopped_and_leaves_no_file(desk, monkeypatch) -> None:
    report_on(desk, desk.pothole, template="R4")
    make = reporting.make_report

    def slowly(*given: object, **named: object) -> object:
        desk.page.busy._run.cancel()
        return make(*given, **named)

    monkeypatch.setattr(reporting, "make_report", slowly)
    desk.page.file()
    desk.settle()
    assert out(desk) == []
    assert not desk.page.filing.under_way


def test_the_archive_format_reaches_the_file(desk) -> None:
    report_on(desk, desk.pothole)
    desk.page.options.flavours["1b"].click()
    prove(desk)
    desk.page.file()
    desk.settle()
    assert b"<pdfaid:part>1</pdfaid:part>" in out(desk)[0].read_bytes()


def test_files_are_opened_only_by_the_persons_press(desk, monkeypatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(page_module.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    report_on(desk, desk.pothole)
    desk.page.file()
    desk.settle()
    assert opened == []
    desk.page.open_file.click()
    desk.page.open_folder.click()
    assert opened == [str(out(desk)[0]), str(desk.folder / "out")]


def test_ctrl_p_in_an_open_case_brings_its_report(desk) -> None:
    desk.window.go("empty")
    desk.window.open_case(desk.pothole)
    desk.settle()
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    prove(desk)
    assert desk.page.chosen.cases == (desk.pothole,)


def test_the_page_speaks_english_and_names_every_control(desk) -> None:
    report_on(desk, desk.pothole, desk.lights, template="R4")
    desk.face.speak("en")
    desk.settle()
    assert desk.page._file.text() == "Export"
    assert desk.page.options.templates["R1"].text() == "Field report (one page)"
    nameless = [
        widget
        for widget in desk.page.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
        and widget.focusProxy() is None
    ]
    assert nameless == []


def test_in_a_store_that_is_only_read_a_report_can_still_be_filed(desk) -> None:
    desk.workspace.store.read_only = True
    report_on(desk, desk.pothole)
    desk.page.file()
    desk.settle()
    assert len(out(desk)) == 1
    desk.workspace.store.read_only = False


def test_the_empty_page_names_the_keys_that_bring_a_case_here(desk) -> None:
    desk.window.open_case(desk.pothole)
    desk.settle()
    assert "(Ctrl+P)" in desk.page.proof._none.hint.text()
    keys = desk.face.keys
    report = next(each.command for each in keys.known if each.command.key == "case.report")
    keys.choose(report, "F7")
    assert "(F7)" in desk.page.proof._none.hint.text()
    keys.restore(report)
