from __future__ import annotations

from pathlib import Path

import pytest
from helpers.makers import jpeg
from helpers.stores import reopened

from fieldlog.domain.errors import BadInput, DiskTrouble, NotAllowed, PhotoRefused
from fieldlog.services import browsing, capture_drafts, capturing, drafting, recording
from fieldlog.services.capturing import Chosen
from fieldlog.services.recording import CaseDraft

POTHOLE = CaseDraft(title="별빛로 포트홀", category="ROAD_POTHOLE")


@pytest.fixture
def files(tmp_path) -> list[Chosen]:
    for seed in (1, 2):
        (tmp_path / f"{seed}.jpg").write_bytes(jpeg(seed, lat=36.5))
    return [Chosen.from_path(tmp_path / f"{seed}.jpg") for seed in (1, 2)]


def photos(workspace, case) -> int:
    return len(browsing.case_sheet(workspace, case).of("photo"))


def test_a_case_is_saved_before_its_pictures_and_they_follow(workspace, files) -> None:
    captured = capturing.capture(workspace, POTHOLE, files)
    assert photos(workspace, captured.record.id) == 0
    assert capture_drafts.pending_cases(workspace) == (captured.record.id,)
    told = []
    filed = capturing.file_photos(workspace, captured.record.id, on_progress=lambda *step: told.append(step))
    assert [answer.status for answer in filed.answers] == ["added", "added"]
    assert told == [(1, 2), (2, 2)]
    assert photos(workspace, captured.record.id) == 2
    assert capture_drafts.pending_cases(workspace) == ()


def test_filing_that_was_interrupted_goes_on_after_a_restart_and_adds_nothing_twice(workspace, files) -> None:
    captured = capturing.capture(workspace, POTHOLE, files)
    answered = []
    filed = capturing.file_photos(
        workspace,
        captured.record.id,
        on_progress=lambda done, _all: answered.append(done),
        is_cancelled=lambda: bool(answered) or photos(workspace, captured.record.id) > 0,
    )
    again = reopened(workspace)
    if len(filed.answers) < 2:
        assert capture_drafts.pending_cases(again) == (captured.record.id,)
    capturing.file_photos(again, captured.record.id)
    assert photos(again, captured.record.id) == 2
    again.close()


def test_a_pasted_picture_outlives_a_restart_and_is_let_go_when_it_is_filed(workspace) -> None:
    held = capturing.hold_picture(workspace, "붙임.png", jpeg(7))
    again = reopened(workspace)
    captured = capturing.capture(again, POTHOLE, [held])
    capturing.file_photos(again, captured.record.id)
    assert photos(again, captured.record.id) == 1
    assert drafting.drafts(again) == ()
    again.close()


def test_a_pasted_picture_taken_away_is_forgotten(workspace) -> None:
    held = capturing.hold_picture(workspace, "붙임.png", jpeg(7))
    capturing.drop_held(workspace, [held])
    assert drafting.drafts(workspace) == ()
    with pytest.raises(DiskTrouble):
        capturing.glance(workspace, held)


def test_a_picture_is_looked_at_without_being_kept(workspace, files) -> None:
    seen = capturing.glance(workspace, files[0])
    assert seen.thumbnail.startswith(b"\xff\xd8")
    assert (seen.lat, seen.lon) == (36.5, 127.0)
    assert seen.taken_at.startswith("2026-11-20T09:00:00")


def test_a_file_that_is_no_picture_is_refused_at_once(workspace, tmp_path) -> None:
    (tmp_path / "글.jpg").write_text("글", encoding="utf-8")
    with pytest.raises(PhotoRefused):
        capturing.glance(workspace, Chosen.from_path(tmp_path / "글.jpg"))


def test_a_picture_that_is_gone_is_answered_and_the_others_are_filed(workspace, files) -> None:
    lost = Chosen.from_path(Path("없는 사진.jpg"))
    captured = capturing.capture(workspace, POTHOLE, [lost, *files])
    filed = capturing.file_photos(workspace, captured.record.id)
    assert [answer.file for answer in filed.refused] == ["없는 사진.jpg"]
    assert photos(workspace, captured.record.id) == 2
    told = capturing.refusal_of(filed.refused)
    assert "없는 사진.jpg" in told.why.ko
    assert capturing.refusal_of(()) is None


def test_what_cannot_be_saved_keeps_its_draft(workspace, files) -> None:
    drafting.keep_draft(workspace, capture_drafts.FORM, {"title": "가"})
    with pytest.raises(BadInput):
        capturing.capture(workspace, CaseDraft(title="가", category="없는 분류"), files)
    assert drafting.draft_of(workspace, capture_drafts.FORM) is not None
    assert capture_drafts.pending_cases(workspace) == ()


def test_a_capture_is_taken_back_with_its_pictures(workspace, files) -> None:
    captured = capturing.capture(workspace, POTHOLE, files)
    capturing.file_photos(workspace, captured.record.id)
    capturing.take_back(workspace, captured.record.id)
    assert browsing.read_record(workspace, captured.record.id).deleted
    with pytest.raises(NotAllowed):
        capturing.take_back(workspace, captured.record.id)


def test_pictures_of_a_case_that_is_gone_are_noted_no_longer(workspace, files) -> None:
    captured = capturing.capture(workspace, POTHOLE, files)
    recording.remove(workspace, captured.record.id, "잘못 적음")
    assert capturing.file_photos(workspace, captured.record.id).answers == ()
    assert drafting.drafts(workspace) == ()


@pytest.mark.parametrize("value", [None, "x", [], [1, None, {}, {"name": "a"}]])
def test_a_draft_that_names_no_picture_holds_none(value) -> None:
    assert capturing.chosen_in(value) == ()


def test_a_chosen_picture_is_read_back_from_its_draft(files) -> None:
    assert capturing.chosen_in([each.as_value() for each in files]) == tuple(files)
    held = Chosen("a.png", held="quick picture 1")
    assert capturing.chosen_in([held.as_value()]) == (held,)


def test_its_own_drafts_are_told_from_typing(workspace, files) -> None:
    capturing.hold_picture(workspace, "a.png", jpeg(1))
    capturing.capture(workspace, POTHOLE, files)
    drafting.keep_draft(workspace, capture_drafts.FORM, {"title": "가"})
    own = [capture_drafts.is_own_draft(draft) for draft in drafting.drafts(workspace)]
    assert sorted(own) == [False, True, True]
