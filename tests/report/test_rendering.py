import hashlib
import io
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from helpers.dossiers import AGENCY, RESOURCES, case, dossier, empty_case, huge_case, jpeg, photo, sentences
from pikepdf import pdfa

from fieldlog.domain.errors import Cancelled, NotFound, PhotoRefused, ReportRefused
from fieldlog.domain.phrase import plain
from fieldlog.report.dossier import Agency, Margins, Place
from fieldlog.report.rendering import Options, Rendered, render, warm_up


def _made(made=None, template="R1", **options: object) -> Rendered:
    return render(made or dossier(), template, resources=RESOURCES, options=Options(**options))


def _text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _dense(pdf: bytes) -> str:
    return "".join(_text(pdf).split())


def _pages(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


@pytest.mark.parametrize("made", [empty_case(), case(), huge_case()], ids=["empty", "usual", "huge"])
def test_the_field_report_is_one_a4_page(made) -> None:
    done = _made(dossier(made))
    assert (done.pages, _pages(done.pdf)) == (1, 1)
    with pypdfium2.PdfDocument(done.pdf) as document:
        assert [round(side) for side in document[0].get_size()] == [595, 842]


def test_what_does_not_fit_is_in_the_attachment_and_nothing_is_lost() -> None:
    made = huge_case()
    done = _made(dossier(made))
    both = _dense(done.pdf) + _dense(done.attachment)
    assert _pages(done.attachment) == done.attachment_pages
    for number in range(1, 200):
        assert f"제{number}문장은" in both
    for number in range(1, 41):
        assert f"관찰{number}번의" in both
    for number in range(1, 61):
        assert f"사진{number}" in both
    assert "▶계속:붙임1쪽" in _dense(done.pdf)


def test_korean_text_can_be_copied_out_of_every_report() -> None:
    for template in ("R1", "R2", "R4"):
        done = _made(dossier(case(place=Place(address="한빛시 산복도로 12"))), template)
        assert "산복도로" in _text(done.pdf)
        assert "한빛대로 남측 차로 포트홀" in _text(done.pdf) or template == "R2"


def test_copied_text_keeps_the_order_of_reading() -> None:
    told = _dense(_made(template="R2").pdf)
    order = [
        "출장복명서",
        "1.일정별수행내용",
        "2.조사결과",
        "3.의견및조치계획",
        "위와같이복명합니다",
        "붙임.사진대지",
    ]
    places = [told.replace("출장복명서", "출장복명서").index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("template", ["R1", "R2", "R4"])
@pytest.mark.parametrize("flavour", ["2b", "1b"])
def test_every_file_conforms_to_the_archive_format_it_names(template, flavour) -> None:
    done = _made(dossier(case(), practice=True), template, pdfa=flavour)
    assert pdfa.validate_written(io.BytesIO(done.pdf), flavour).passed


def test_the_attachment_conforms_too() -> None:
    assert pdfa.validate_written(io.BytesIO(_made(dossier(huge_case())).attachment), "2b").passed


@pytest.mark.parametrize("template", ["R1", "R2", "R4"])
def test_the_same_dossier_gives_the_same_bytes(template) -> None:
    one, other = _made(template=template), _made(template=template)
    assert one == other
    assert one.sha256 == hashlib.sha256(one.pdf).hexdigest()


def test_two_processes_give_the_same_bytes() -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from helpers.dossiers import *\n"
        "from fieldlog.report.rendering import render\n"
        "print(render(dossier(), 'R2', resources=RESOURCES).sha256)"
    )
    paths = [str(RESOURCES.parent / "tests"), str(RESOURCES.parent)]
    done = subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == _made(template="R2").sha256


def test_another_text_gives_other_bytes() -> None:
    assert _made().sha256 != _made(dossier(case(title="다른 제목"))).sha256


def test_every_font_is_embedded_as_a_subset() -> None:
    with pikepdf.open(io.BytesIO(_made(template="R2").pdf)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert fonts
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)
        assert all("+" in str(font.BaseFont) for font in fonts)


def test_a_character_only_the_fallback_font_has_is_drawn_with_it() -> None:
    from fieldlog.report.fonts import faces_in

    faces = faces_in(RESOURCES / "fonts")
    noto, pretendard = (
        set(faces.load(n).face.charToGlyph) for n in ("NotoSansKR_400Regular", "Pretendard-Regular")
    )
    rare = next(chr(code) for code in sorted(pretendard - noto) if code > 0x2000 and chr(code).isprintable())
    done = _made(dossier(case(description=f"가{rare}나")))
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        names = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
    assert any("Pretendard" in name for name in names)
    assert rare in _text(done.pdf)


def test_the_file_says_what_it_is() -> None:
    made = dossier()
    with pikepdf.open(io.BytesIO(_made(made).pdf)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "현장보고 FL-2026-0006 한빛대로 남측 차로 포트홀"
        assert str(pdf.docinfo["/Author"]) == "한빛시 도로과"
        assert str(pdf.docinfo["/Subject"]) == "현장보고, 2026. 4. 13."
        assert "FL-2026-0006" in str(pdf.docinfo["/Keywords"])
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260309084000+09'00"
        assert str(pdf.docinfo["/ModDate"]) == "D:20260311084000+09'00"
        assert str(pdf.Root.Lang) == "ko-KR"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        metadata = pdf.Root.Metadata.read_bytes().decode()
    assert "2026-03-11T08:40:00+09:00</xmp:MetadataDate>" in metadata


def test_the_outline_leads_to_cases_and_headings() -> None:
    with pypdfium2.PdfDocument(_made(template="R2").pdf) as document:
        outline = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert outline[0] == (0, "출장복명서")
    assert (0, "1. 일정별 수행내용") in outline
    assert (0, "붙임. 사진대지") in outline


def test_photographs_are_passed_on_byte_for_byte_but_for_their_metadata() -> None:
    picture = jpeg(400, 300, 3)
    exif = b"Exif\0\0" + b"GPS 37.1234"
    tagged = picture[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + picture[2:]
    done = _made(dossier(case(photos=(photo(3, load=lambda: tagged),))), "R4")
    assert b"GPS 37.1234" not in done.pdf
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert image.read_raw_bytes() == picture


def test_a_photo_used_twice_is_held_once() -> None:
    one = photo(0)
    done = _made(dossier(case(photos=(one, one))), "R4")
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        assert sum(isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image" for o in pdf.objects) == 1


def test_a_photo_that_cannot_be_read_leaves_a_frame_that_says_so_and_a_notice() -> None:
    def refused() -> bytes:
        raise PhotoRefused(plain("바이트가 바뀌었습니다."), plain(""), plain(""))

    for load in (refused, lambda: b"no picture"):
        done = _made(dossier(case(photos=(photo(0, load=load), photo(1)))), "R4")
        assert "사진을 읽을 수 없음" in _text(done.pdf)
        assert len(done.notices) == 1
        assert "사진 1" in done.notices[0].ko


def test_photos_are_asked_for_only_when_they_are_drawn() -> None:
    asked = []
    photos = tuple(photo(n, load=lambda n=n: asked.append(n) or jpeg(40, 30, n)) for n in range(6))
    made = dossier(case(photos=photos))
    assert asked == []
    _made(made, "R4")
    assert asked == list(range(6))


def test_practice_paper_says_so_across_every_page_and_real_paper_never() -> None:
    done = _made(dossier(case(), practice=True), "R2")
    with pypdfium2.PdfDocument(done.pdf) as document:
        for page in document:
            assert "연습" in page.get_textpage().get_text_range()
    assert "연습" not in _text(_made(template="R2").pdf)


def test_a_character_that_no_font_has_is_refused_unless_it_may_be_replaced() -> None:
    made = dossier(case(description="위험 🚧 구간"))
    with pytest.raises(ReportRefused):
        _made(made)
    done = _made(made, replace_missing=True)
    assert "위험 〓 구간" in _text(done.pdf)
    assert "바꾸어 찍은 글자 목록" in _text(done.pdf)
    assert "U+1F6A7" in _text(done.attachment)
    assert "🚧" in done.notices[0].ko


def test_replaced_characters_are_listed_at_the_end_of_the_other_reports() -> None:
    made = dossier(case(description="위험 🚧 구간", title="가 🚧"))
    for template in ("R2", "R4"):
        assert "U+1F6A7" in _text(_made(made, template, replace_missing=True).pdf)


def test_the_agency_decides_about_margins_approval_and_running_words() -> None:
    agency = Agency(
        "가온구",
        approval=("주 무", "구 청 장"),
        header="가온구 안전과",
        footer="바닥글",
        margins=Margins(30, 15, 25, 15),
    )
    told = _text(_made(dossier(agency=agency)).pdf)
    assert all(word in told for word in ("가온구 안전과", "바닥글", "구 청 장"))
    assert "결" not in _text(_made(dossier(empty_case(), agency=AGENCY), approval=False).pdf)


def test_progress_counts_every_page_of_both_files_and_ends_at_the_last() -> None:
    seen: list[tuple[int, int]] = []
    done = _made(dossier(huge_case()), progress=lambda at, of: seen.append((at, of)))
    total = done.pages + done.attachment_pages
    assert seen[-1] == (total, total)
    assert [at for at, _ in seen] == sorted(at for at, _ in seen)


def test_a_report_can_be_stopped_between_pages_and_made_again() -> None:
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        _made(template="R2", cancelled=lambda: next(asked))
    assert _made(template="R2").pages > 1


def test_a_preview_needs_no_seal() -> None:
    done = _made(pdfa=None)
    assert _pages(done.pdf) == 1
    assert not pdfa.validate_written(io.BytesIO(done.pdf), "2b").passed


def test_an_unknown_report_and_an_empty_dossier_are_refused_in_words() -> None:
    with pytest.raises(NotFound):
        _made(template="R99")
    with pytest.raises(ReportRefused):
        _made(replace(dossier(), cases=()))


def test_missing_fonts_are_told_by_name(tmp_path) -> None:
    (tmp_path / "paper").symlink_to(RESOURCES / "paper")
    with pytest.raises(NotFound) as refused:
        render(dossier(), "R1", resources=tmp_path)
    assert "NotoSansKR_400Regular.ttf" in refused.value.why.ko


def test_several_threads_may_print_at_once() -> None:
    wanted = _made().sha256
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(_made().sha256)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 4


def test_importing_reports_loads_no_pdf_library() -> None:
    code = (
        "import sys, fieldlog.report.rendering, fieldlog.report.filing\n"
        "print([n for n in ('reportlab', 'pikepdf', 'PIL', 'numpy') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=RESOURCES.parent
    )
    assert done.stdout.strip() == "[]"


def test_warming_up_reads_fonts_and_libraries() -> None:
    warm_up(RESOURCES)
    assert "pikepdf.pdfa" in sys.modules


def test_the_whole_of_a_long_case_is_in_the_trip_report() -> None:
    made = case(description=sentences(150), photos=tuple(photo(n) for n in range(3)))
    told = _dense(_made(dossier(made), "R2").pdf)
    assert all(f"제{number}문장은" in told for number in range(1, 151))


def test_the_moment_of_change_is_in_the_file_so_that_a_changed_case_differs() -> None:
    later = replace(dossier(), changed_at=dossier().changed_at + timedelta(seconds=1))
    assert _made(later).sha256 != _made().sha256


def test_a_photo_sheet_is_not_kept_back_by_words_that_it_does_not_print() -> None:
    made = dossier(case(description="웅덩이 😀 깊음"))
    with pytest.raises(ReportRefused):
        _made(made, "R1")
    assert _made(made, "R4").notices == ()
