import pytest
from helpers.dossiers import case, dossier, photo
from helpers.papers import letters, paper

from fieldlog.report import compose_r4, words
from fieldlog.report.dossier import Phase
from fieldlog.report.layout.ink import Page, Picture, Text
from fieldlog.report.leaves import lay_out

PAPER = paper()


def _pages(photos, arrangement) -> tuple[Page, ...]:
    made = dossier(case(photos=tuple(photos)))
    return lay_out(made, "R4", PAPER, photos=arrangement, replaced=()).main


def _pictures(page) -> list[Picture]:
    return [ink for ink in page.inks if isinstance(ink, Picture)]


@pytest.mark.parametrize(("arrangement", "on_each"), [("1", 1), ("2", 2), ("4", 4), ("6", 6)])
def test_every_page_holds_as_many_photos_as_were_asked_for(arrangement, on_each) -> None:
    pages = _pages((photo(n) for n in range(12)), arrangement)
    counts = [len(_pictures(page)) for page in pages]
    assert counts == [on_each] * (12 // on_each)


@pytest.mark.parametrize("arrangement", compose_r4.ARRANGEMENTS)
def test_photos_never_overlap_nor_leave_the_page(arrangement) -> None:
    style = PAPER.style
    for page in _pages((photo(n) for n in range(13)), arrangement):
        boxes = [(ink.x, ink.y, ink.x + ink.width, ink.y + ink.height) for ink in _pictures(page)]
        for left, top, right, bottom in boxes:
            assert style.left <= left < right <= style.left + style.text_width
            assert style.top <= top < bottom <= style.top + style.text_height
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_two_photos_share_the_first_page_with_the_heading() -> None:
    first, _ = _pages((photo(n) for n in range(4)), "2")
    heights = {round(ink.height) for ink in _pictures(first)}
    assert len(heights) == 1
    assert heights.pop() > 180


def test_before_stands_left_of_after() -> None:
    before, after = photo(0, phase=Phase.BEFORE), photo(1, phase=Phase.AFTER)
    after = photo(1, phase=Phase.AFTER, pair=before.digest)
    (page,) = _pages((after, before), "pairs")
    left, right = sorted(_pictures(page), key=lambda ink: ink.x)
    assert left.figure.digest == before.digest
    assert right.figure.digest == after.digest


def test_a_photo_without_counterpart_says_so() -> None:
    (page,) = _pages((photo(0),), "pairs")
    assert words.NO_PAIR.replace(" ", "") in letters([page])


def test_a_caption_of_sixty_characters_is_shown_whole_and_a_longer_one_goes_on_visibly() -> None:
    sixty = "가" * 60
    shown = letters(_pages((photo(0, caption=sixty),), "4"))
    assert sixty in shown
    assert "계속" not in shown
    longer = "나" * 60 + "다" * 100
    told = letters(_pages((photo(0, caption=longer),), "4"))
    assert "나" * 60 + "…(계속)" in told
    assert f"사진1설명(이어서):{'다' * 100}" in told


def test_a_place_too_long_for_its_cell_goes_on_after_the_photos() -> None:
    place = "한빛시가온구한빛대로" * 30
    told = letters(_pages((photo(0, place=place),), "6"))
    head, rest = told.split("사진설명(이어서)")
    shown = place[: next(n for n in range(len(place), 0, -1) if place[:n] in head)]
    assert shown
    assert place[len(shown) :] in rest


def test_an_unknown_time_is_said_to_be_unknown() -> None:
    assert words.UNKNOWN_TIME.replace(" ", "") in letters(_pages((photo(0, taken_at=None),), "2"))


def test_the_time_tells_where_it_comes_from_and_the_direction_is_named() -> None:
    told = letters(_pages((photo(1),), "2"))
    assert "2026.3.9.(월)10:41(사진정보)" in told
    assert "북동(40°)" in told


def test_every_photo_carries_words_for_those_who_cannot_see_it() -> None:
    (page,) = _pages((photo(0),), "2")
    assert _pictures(page)[0].figure.alt == "사진 1: [조치 전] 포트홀 근경 1, 줄자 표시"


def test_a_case_without_photos_says_so() -> None:
    (page,) = _pages((), "2")
    assert words.NO_PHOTOS.replace(" ", "") in letters([page])
    assert not [ink for ink in page.inks if isinstance(ink, Text) and ink.text == "끝."]


def test_captions_side_by_side_stand_line_by_line_at_one_height() -> None:
    (page,) = _pages((photo(0, caption="짧음"), photo(1, caption="긴 설명 " * 8)), "4")
    heights = [ink.y for ink in page.inks if isinstance(ink, Text) and ink.text == "촬영일시"]
    assert len(heights) == 2
    assert len(set(heights)) == 1
