from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.photographed import new_case, photograph
from helpers.pictures import field_exif, jpeg
from PIL import Image

from fieldlog.domain.errors import AlreadyThere, BadInput, NotAllowed, NotFound
from fieldlog.services import leafing, proofreading, recording, reporting, tending
from fieldlog.services.photographs import PhotoSource, add_photos

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId


@pytest.fixture
def case(workspace) -> RecordId:
    return new_case(workspace, "별빛로 포트홀")


@pytest.fixture
def photos(workspace, case) -> list[RecordId]:
    return photograph(workspace, case, ("BEFORE", "AFTER"))


def test_a_pair_is_known_from_either_side(workspace, photos) -> None:
    before, after = photos
    tending.pair_photos(workspace, [after, before])
    for one, other in ((before, after), (after, before)):
        found = leafing.photo_sheet(workspace, one).counterpart
        assert found is not None
        assert found.id == other


def test_a_new_pair_undoes_the_earlier_ones_of_both(workspace, case, photos) -> None:
    before, after = photos
    tending.pair_photos(workspace, [before, after])
    (later,) = photograph(workspace, case, ("AFTER",))
    tending.pair_photos(workspace, [before, later])
    assert leafing.photo_sheet(workspace, after).counterpart is None
    tending.unpair_photo(workspace, before)
    assert leafing.photo_sheet(workspace, later).counterpart is None


def test_only_one_before_and_one_after_of_one_case_are_paired(workspace, photos) -> None:
    other = photograph(workspace, new_case(workspace, "다른 사안"), ("DURING", "AFTER"))
    for wrong in ([photos[0]], [photos[0], photos[0]], [photos[0], other[0]], [photos[0], other[1]], []):
        with pytest.raises(NotAllowed):
            tending.pair_photos(workspace, wrong)


def test_many_photographs_are_reviewed_and_phased_in_one_save(workspace, photos) -> None:
    effects = tending.review_photos(workspace, photos, "NONE")
    assert effects.records == set(photos)
    tending.set_phase(workspace, photos, "EVIDENCE")
    assert {workspace.store.find(each).text("phase") for each in photos} == {"EVIDENCE"}
    with pytest.raises(BadInput):
        tending.review_photos(workspace, photos, "MAYBE")


def test_a_picture_is_handed_out_whole_without_metadata_under_a_telling_name(
    workspace, case, tmp_path
) -> None:
    (answer,) = add_photos(workspace, case, [PhotoSource("구멍.jpg", data=jpeg(640, 480, exif=field_exif()))])
    name = tending.picture_name(workspace, answer.record)
    assert name == f"{workspace.store.find(case).text('case_no')}_전_01.jpg"
    out = tending.hand_out_picture(workspace, answer.record, tmp_path / name)
    with Image.open(out) as picture:
        assert picture.size == (640, 480)
        assert not picture.getexif()


def test_a_file_that_is_there_stays_as_it_is_until_it_may_be_replaced(workspace, photos, tmp_path) -> None:
    there = tmp_path / "사진.jpg"
    there.write_bytes(b"mine")
    with pytest.raises(AlreadyThere):
        tending.hand_out_picture(workspace, photos[0], there)
    assert there.read_bytes() == b"mine"
    tending.hand_out_picture(workspace, photos[0], there, overwrite=True)
    assert there.read_bytes().startswith(b"\xff\xd8")


def test_a_sheet_names_other_cases_with_the_same_picture(workspace, case) -> None:
    other, data = new_case(workspace, "다른 사안"), jpeg(200, 150)
    (one,) = add_photos(workspace, case, [PhotoSource("a.jpg", data=data)])
    (two,) = add_photos(workspace, other, [PhotoSource("b.jpg", data=data)])
    assert [name.id for name in leafing.photo_sheet(workspace, one.record).elsewhere] == [other]
    recording.remove(workspace, two.record, "잘못 넣음")
    assert leafing.photo_sheet(workspace, one.record).elsewhere == ()
    with pytest.raises(NotFound):
        leafing.photo_sheet(workspace, two.record)


def test_a_picture_is_read_by_its_row_and_a_row_that_is_gone_is_told(workspace, photos) -> None:
    (row,) = leafing.rows_of_photos(workspace, photos[:1])
    assert leafing.picture_in_row(workspace, row, "thumb") == leafing.picture_of(
        workspace, photos[0], "thumb"
    )
    with pytest.raises(NotFound):
        leafing.picture_in_row(workspace, row + 1_000, "thumb")


def test_what_cannot_be_printed_is_named_by_its_field(workspace, case, photos) -> None:
    assert proofreading.unprintable(workspace, [case]) == ()
    recording.revise(workspace, case, {"description": "글자 \U00013000 하나"})
    recording.revise(workspace, photos[0], {"caption": "\U00013001"})
    found = proofreading.unprintable(workspace, [case])
    assert [(each.kind, each.field) for each in found] == [("case", "description"), ("photo", "caption")]
    assert "U+13000" in found[0].told.en


def test_reports_filed_before_are_told_newest_first_and_once(workspace, case, tmp_path) -> None:
    other = new_case(workspace, "다른 사안")
    for name, cases in (("a.pdf", [case]), ("b.pdf", [case, other])):
        rendered = reporting.make_report(workspace, cases, "R4")
        reporting.file_report(workspace, cases, rendered, "R4", tmp_path / name)
    told = reporting.filed_reports(workspace, [case, other])
    assert [(each.file_name, len(each.case_numbers)) for each in told] == [("b.pdf", 2), ("a.pdf", 1)]
    assert told[0].pages >= 2


def test_a_time_that_a_person_wrote_is_the_persons(workspace, photos) -> None:
    assert workspace.store.find(photos[0]).text("taken_at_source") == "EXIF"
    recording.revise(workspace, photos[0], {"taken_at": "2026-03-09 11:00"})
    assert workspace.store.find(photos[0]).text("taken_at_source") == "USER"
    recording.revise(workspace, photos[0], {"taken_at": ""})
    assert workspace.store.find(photos[0]).get("taken_at_source") is None
    recording.revise(workspace, photos[0], {"taken_at": "2026-03-09 11:00", "taken_at_source": "APP"})
    assert workspace.store.find(photos[0]).text("taken_at_source") == "APP"
