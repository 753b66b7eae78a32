from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from helpers.pictures import SHARED_PHOTOS, field_exif, jpeg, shared_photos

from fieldlog.cli import photos
from fieldlog.domain.errors import DiskTrouble
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from helpers.clerk import Clerk


def test_every_file_gets_an_answer_of_its_own(clerk: Clerk, case: str, tmp_path: Path) -> None:
    folder = tmp_path / "사진"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(jpeg(exif=field_exif()))
    (folder / "2.jpg").write_bytes(jpeg(exif=field_exif()))
    (folder / "3.jpg").write_bytes(b"no picture at all")
    (folder / "4.jpg").write_bytes(jpeg(width=800)[:9000])
    answered = clerk.asks("photo", "add", case, folder, tmp_path / "gone.jpg")["photos"]
    assert [photo["file"] for photo in answered] == ["1.jpg", "2.jpg", "3.jpg", "4.jpg", "gone.jpg"]
    assert [photo["status"] for photo in answered] == ["added", "duplicate", "refused", "refused", "refused"]
    assert set(answered[0]) >= {"file", "status", "reason", "sha256", "taken_at", "lat", "lon"}
    assert answered[0]["taken_at"] == "2026-03-09T10:12:00+09:00"
    assert answered[0]["reason"] is None
    assert all(photo["reason"] for photo in answered[1:])


def test_photographs_are_added_in_a_phase_and_on_a_visit(clerk: Clerk, case: str, picture: Path) -> None:
    visit = clerk.asks("visit", "add", case, "--purpose", "현장확인")
    clerk.asks("photo", "add", case, picture, "--phase", "후", "--visit", visit["id"])
    photo = clerk.asks("case", "show", case)["photos"][0]
    assert (photo["phase"], photo["visit_id"]) == ("AFTER", visit["id"])
    changed = clerk.asks("photo", "set", photo["id"], "caption=메운 자리", "pii_review=NONE")
    assert (changed["caption"], changed["pii_review"]) == ("메운 자리", "NONE")


def test_when_no_file_was_taken_the_exit_code_says_so_and_the_answers_still_stand(
    clerk: Clerk, case: str, tmp_path: Path
) -> None:
    told = clerk.types("--json", "photo", "add", case, tmp_path / "gone.jpg")
    assert told.code == 1
    assert told.json["photos"][0]["status"] == "refused"
    assert "gone.jpg" in told.err


def test_when_the_disk_fills_up_the_rest_is_refused_for_that_reason(
    clerk: Clerk, tmp_path: Path, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Iterator[object]:
        said = Phrase("디스크에 자리가 없습니다.", "The disk is full.")
        raise DiskTrouble(said, said, said)
        yield

    monkeypatch.setattr(photos, "add_photos", full)
    added = clerk.asks("case", "add", "--title", "구덩이", "--category", "ROAD_POTHOLE", "--photo", picture)
    assert added["photos"][0]["status"] == "refused"
    assert added["photos"][0]["reason"] == "디스크에 자리가 없습니다."


@pytest.mark.parametrize(
    "words", [("--phase", "LATER"), ("--visit", "x"), ("--visit", "01a20570-6e08-7000-b8f5-821e24ac4f73")]
)
def test_an_unknown_phase_or_visit_is_refused(
    clerk: Clerk, case: str, picture: Path, words: tuple[str, ...]
) -> None:
    assert clerk.types("photo", "add", case, picture, *words).code == 1
    assert clerk.asks("case", "show", case)["photos"] == []


def test_real_photographs_and_broken_ones_all_get_an_answer(clerk: Clerk, case: str) -> None:
    files = shared_photos()
    answered = clerk.asks("photo", "add", case, SHARED_PHOTOS)["photos"]
    assert len(answered) >= len([file for file in files if not file.name.startswith(".")])
    assert {photo["status"] for photo in answered} <= {"added", "duplicate", "refused"}
    assert all(photo["reason"] for photo in answered if photo["status"] == "refused")
    assert clerk.asks("verify")["sound"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_is_refused_without_waiting_for_what_will_never_come(
    clerk: Clerk, case: str, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "관.jpg")
    told = clerk.types("--json", "photo", "add", case, str(tmp_path / "관.jpg"))
    assert told.code == 1
    assert "장치" in told.json["photos"][0]["reason"]


def test_what_is_no_file_in_a_folder_is_refused_by_name(clerk: Clerk, case: str, tmp_path: Path) -> None:
    folder = tmp_path / "사진"
    (folder / "더").mkdir(parents=True)
    (folder / "1.jpg").write_bytes(jpeg())
    (folder / "더" / "2.jpg").write_bytes(jpeg(width=320))
    (folder / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
    (folder / ".hidden").write_bytes(b"")
    os.mkfifo(folder / "pipe.jpg")
    answered = clerk.asks("photo", "add", case, folder)["photos"]
    assert {photo["file"]: photo["status"] for photo in answered} == {
        "1.jpg": "added", "2.jpg": "added", "gone.jpg": "refused", "linked": "refused", "pipe.jpg": "refused",
    }  # fmt: skip
    assert all(photo["reason"] for photo in answered if photo["status"] == "refused")
