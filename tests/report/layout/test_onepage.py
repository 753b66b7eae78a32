from dataclasses import replace

import pytest
from helpers.dossiers import AGENCY, case, dossier, empty_case, huge_case, photo, sentences
from helpers.papers import letters, paper
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldlog.domain.errors import ReportRefused
from fieldlog.report import words
from fieldlog.report.dossier import Action, Agency, Margins, Observation, ObservationKind, Place
from fieldlog.report.layout.setting import Paper
from fieldlog.report.leaves import Leaves, lay_out

PAPER = paper()
TEXT = st.text(alphabet="가나다라마바사 abc.,()123「」\n", max_size=3_000)
SHORT = st.text(alphabet="가나다라 abc()123", max_size=200)


def _leaves(made, *, style=PAPER) -> Leaves:
    return lay_out(made, "R1", style, photos="2", replaced=())


def _in_two_parts(text: str, first: str, second: str) -> bool:
    """Whether a text stands in the first, or begins in the first and goes on in the second."""
    whole = "".join(text.split())
    return any(whole[:cut] in first and whole[cut:] in second for cut in range(len(whole), -1, -1))


@pytest.mark.parametrize("made", [empty_case(), case(), case(photos=()), huge_case()])
def test_a_field_report_is_exactly_one_page(made) -> None:
    assert len(_leaves(dossier(made)).main) == 1


def test_a_usual_case_stands_whole_on_its_page() -> None:
    assert _leaves(dossier()).attached == ()


def test_every_case_has_its_own_page() -> None:
    assert len(_leaves(dossier(case(), huge_case(), empty_case())).main) == 3


def test_a_text_too_long_goes_on_in_the_attachment_and_says_where() -> None:
    made = case(description=sentences(300))
    leaves = _leaves(dossier(made))
    first, second = letters(leaves.main), letters(leaves.attached)
    assert words.CONTINUED.format(page=1).replace(" ", "") in first
    assert _in_two_parts(made.description, first, second)
    assert "문제개요(이어서)" in second


def test_the_mark_names_the_page_on_which_the_section_goes_on() -> None:
    leaves = _leaves(dossier(huge_case()))
    for number, page in enumerate(leaves.attached, start=1):
        if "조치사항및계획(이어서)" in letters([page]):
            assert words.CONTINUED.format(page=number).replace(" ", "") in letters(leaves.main)


def test_short_sections_stand_whole_beside_a_long_one() -> None:
    leaves = _leaves(dossier(case(description=sentences(300))))
    assert "절삭후재포장(L=12m)" in letters(leaves.main)


def test_photos_that_do_not_fit_are_counted_and_attached() -> None:
    leaves = _leaves(dossier(case(photos=tuple(photo(n) for n in range(9)))))
    assert words.CONTINUED_PHOTOS.format(count=7, page=1).replace(" ", "") in letters(leaves.main)
    assert "붙임사진대지1부.끝." in letters(leaves.main)
    assert all(f"사진{n}" in letters(leaves.attached) for n in range(3, 10))


def test_a_title_too_long_is_told_in_full_in_the_attachment() -> None:
    made = case(title="가나다라 " * 40)
    leaves = _leaves(dossier(made))
    assert "…(계속)" in letters(leaves.main)
    assert made.title.replace(" ", "") in letters(leaves.attached)


def test_a_place_too_long_goes_on_in_the_attachment() -> None:
    made = case(place=Place(address="한빛시 가온구 " * 40))
    leaves = _leaves(dossier(made))
    assert "위치(이어서)" in letters(leaves.attached)


def test_facts_and_opinions_stand_under_different_headings() -> None:
    page = letters(_leaves(dossier()).main)
    assert (
        page.index("현장확인결과")
        < page.index("빗물이고여")
        < page.index("조사자의견")
        < page.index("상온아스콘응급복구후")
    )


def test_the_page_ends_with_the_end_mark() -> None:
    assert letters(_leaves(dossier()).main).endswith("끝.")
    assert letters(_leaves(dossier(huge_case())).main).endswith("붙임1.현장보고이어서1부.2.사진대지1부.끝.")


def test_a_usual_case_is_set_no_smaller_than_readable() -> None:
    sizes = [ink.size for page in _leaves(dossier()).main for ink in page.inks if hasattr(ink, "size")]
    assert min(sizes) > 8.0


def test_margins_that_leave_no_room_are_refused_with_a_way_out() -> None:
    narrow = Paper(PAPER.style.with_margins(Margins(130, 130, 20, 20)), PAPER.measure)
    with pytest.raises(ReportRefused) as refused:
        _leaves(dossier(huge_case()), style=narrow)
    assert "여백" in refused.value.why.ko


@given(
    description=TEXT,
    problem=SHORT,
    title=SHORT.filter(str.strip),
    seen=st.lists(SHORT.filter(str.strip), max_size=12),
    done=st.lists(SHORT.filter(str.strip), max_size=8),
    photos=st.integers(0, 5),
    approval=st.lists(SHORT, max_size=6),
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_it_is_one_page_and_nothing_is_lost(
    *, description, problem, title, seen, done, photos, approval
) -> None:
    kinds = list(ObservationKind)
    made = case(
        description=description,
        problem=problem,
        title=title,
        observations=tuple(Observation(n, kinds[n % 4], text) for n, text in enumerate(seen)),
        actions=tuple(Action(text) for text in done),
        photos=tuple(photo(n) for n in range(photos)),
    )
    agency = replace(AGENCY, approval=tuple(approval))
    leaves = _leaves(dossier(made, agency=agency))
    assert len(leaves.main) == 1
    first, second = letters(leaves.main), letters(leaves.attached)
    for text in (*description.split("\n"), *problem.split("\n"), *seen, *done):
        assert _in_two_parts(text, first, second)


def test_formal_margins_hold_the_page_too() -> None:
    formal = Paper(PAPER.style.with_margins(PAPER.style.presets["formal"]), PAPER.measure)
    assert len(_leaves(dossier(huge_case()), style=formal).main) == 1


def test_an_agency_without_approval_box_gives_the_room_to_the_case() -> None:
    assert "결재" not in letters(_leaves(dossier(agency=Agency("한빛시"))).main)
