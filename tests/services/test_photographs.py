from __future__ import annotations

import contextlib
import os
import random
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from helpers.failing_disk import NEVER, FailingDisk
from helpers.makers import drafted, jpeg, part, picture, received
from helpers.stores import SHARED, reopened

from fieldlog.domain.errors import BadInput, DiskTrouble, NotFound
from fieldlog.domain.ids import RecordId
from fieldlog.services import photographs, recording, verifying
from fieldlog.services.photographs import PhotoAnswer, PhotoSource, add_photos, files_of

if TYPE_CHECKING:
    from fieldlog.domain.effects import Effects


def added(workspace, case, *sources: PhotoSource, **how: Any) -> list[PhotoAnswer]:
    return list(add_photos(workspace, case, sources, **how))


def source(data: bytes, name: str = "그림.jpg") -> PhotoSource:
    return PhotoSource(name=name, data=data)


def test_a_picture_is_added_with_what_it_says_of_itself(workspace) -> None:
    case = drafted(workspace)
    (answer,) = added(workspace, case, picture(1, lat=36.0))
    photo = workspace.store.find(answer.record)
    assert answer.status == "added"
    assert photo.text("taken_at") == answer.taken_at == "2026-11-20T09:00:00+09:00"
    assert (photo.text("taken_at_source"), photo.text("geo_source")) == ("EXIF", "EXIF")
    assert (photo.get("lat"), photo.get("width"), photo.text("mime")) == (36.0, 64, "image/jpeg")
    assert photographs.original_photo(workspace, answer.sha256) == jpeg(1, lat=36.0)


def test_the_first_picture_with_a_position_gives_the_case_its_place_and_no_later_one(workspace) -> None:
    case = drafted(workspace)
    answers = added(workspace, case, picture(0), picture(1, lat=36.0), picture(2, lat=37.0))
    assert workspace.store.sheet(case).location.get("lat") == 36.0
    assert ["위치를 이 사진" in "".join(note.ko for note in answer.notes) for answer in answers] == [
        False,
        True,
        False,
    ]
    placed = received(workspace)
    added(workspace, placed, picture(3, lat=33.0))
    assert workspace.store.sheet(placed).location.get("lat") == 36.48


def test_the_same_bytes_twice_are_a_duplicate_in_one_case_and_mentioned_in_another(workspace) -> None:
    case, other = drafted(workspace), received(workspace)
    first, second = added(workspace, case, picture(), PhotoSource(name="다른 이름.jpg", data=jpeg()))
    assert (first.status, second.status) == ("added", "duplicate")
    assert second.reason.ko == "이 사안에 이미 있는 사진입니다."
    (elsewhere,) = added(workspace, other, picture())
    assert elsewhere.status == "added"
    assert workspace.store.find(case).text("case_no") in "".join(note.ko for note in elsewhere.notes)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "0"),
        (b"not a picture at all", ""),
        (jpeg()[:200], ""),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xff\xd8\xff", ""),
    ],
    ids=["empty", "text", "cut", "pdf", "header only"],
)
def test_what_is_no_whole_picture_is_refused_in_korean(workspace, data, said) -> None:
    case = drafted(workspace)
    (answer,) = added(workspace, case, source(data))
    assert answer.status == "refused"
    assert any("가" <= letter <= "힣" for letter in answer.reason.ko)
    assert said in answer.reason.ko or said == "0"
    assert workspace.store.sheet(case).of("photo") == ()


def test_a_decompression_bomb_is_refused_before_it_unpacks(workspace) -> None:
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(100)))
        + chunk(b"IEND", b"")
    )
    (answer,) = added(workspace, drafted(workspace), source(bomb, "bomb.png"))
    assert answer.status == "refused"


def test_a_folder_goes_on_past_bad_files_and_answers_each_in_order(workspace, tmp_path) -> None:
    folder = tmp_path / "현장 사진"
    folder.mkdir()
    for n in range(60):
        data = (jpeg(n), b"", jpeg(n)[:300], b"words")[n % 4 if n % 5 == 0 else 0]
        (folder / f"{n:03d}.jpg").write_bytes(data)
    (folder / ".hidden").write_bytes(b"")
    case = drafted(workspace)
    answers = list(add_photos(workspace, case, files_of([folder])))
    assert [answer.file for answer in answers] == [f"{n:03d}.jpg" for n in range(60)]
    assert sum(answer.status == "refused" for answer in answers) == 9
    assert len(workspace.store.sheet(case).of("photo")) == 51
    assert verifying.verify(workspace).sound


def test_files_that_vanish_are_folders_or_never_end_are_refused_and_the_rest_goes_on(
    workspace, tmp_path
) -> None:
    good, folder, pipe = tmp_path / "good.jpg", tmp_path / "folder.jpg", tmp_path / "pipe.jpg"
    good.write_bytes(jpeg())
    folder.mkdir()
    os.mkfifo(pipe)
    loop = tmp_path / "loop.jpg"
    loop.symlink_to(loop)
    paths = [tmp_path / "gone.jpg", folder, pipe, loop, good]
    answers = added(workspace, drafted(workspace), *map(PhotoSource.from_path, paths))
    assert [answer.status for answer in answers] == ["refused"] * 4 + ["added"]
    assert all(answer.trouble is not None for answer in answers[:4])


def test_a_file_that_vanishes_between_looking_and_reading_is_refused(workspace, tmp_path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.jpg").write_bytes(jpeg(n))
    sources = files_of([tmp_path / f"{n}.jpg" for n in range(3)])
    (tmp_path / "1.jpg").unlink()
    assert [answer.status for answer in added(workspace, drafted(workspace), *sources)] == [
        "added",
        "refused",
        "added",
    ]


def test_a_name_that_is_no_text_and_one_that_is_very_long_are_taken(workspace, tmp_path) -> None:
    odd = tmp_path / os.fsdecode(b"\xc7\xd1\xb1\xdb.jpg")
    odd.write_bytes(jpeg(1))
    long = PhotoSource(name="가" * 300 + ".jpg", data=jpeg(2))
    answers = added(workspace, drafted(workspace), PhotoSource.from_path(odd), long)
    assert [answer.status for answer in answers] == ["added", "added"]
    answers[0].file.encode()
    assert workspace.store.find(answers[1].record).text("original_name").endswith(".jpg")


def test_a_file_without_a_time_of_its_own_takes_that_of_the_file_and_says_so(workspace, tmp_path) -> None:
    import io

    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "PNG")
    for name, when in (
        ("past.png", datetime(2026, 11, 1, tzinfo=UTC)),
        ("future.png", datetime(2031, 1, 1, tzinfo=UTC)),
    ):
        (tmp_path / name).write_bytes(made.getvalue())
        os.utime(tmp_path / name, (when.timestamp(), when.timestamp()))
    (past,) = added(workspace, drafted(workspace), PhotoSource.from_path(tmp_path / "past.png"))
    (future,) = added(workspace, received(workspace), PhotoSource.from_path(tmp_path / "future.png"))
    assert past.taken_at == "2026-11-01T09:00:00+09:00"
    assert workspace.store.find(past.record).text("taken_at_source") == "FILE"
    assert future.taken_at is None
    assert workspace.store.find(future.record).get("taken_at_source") is None


def test_cancelling_keeps_what_was_answered_and_starts_nothing_new(workspace) -> None:
    case = drafted(workspace)
    stop = threading.Event()
    answers = []
    for answer in add_photos(workspace, case, map(picture, range(40)), is_cancelled=stop.is_set, threads=1):
        answers.append(answer)
        if len(answers) == 5:
            stop.set()
    assert 5 <= len(answers) <= 8
    assert len(workspace.store.sheet(case).of("photo")) == len(answers)


def test_leaving_the_answers_half_way_leaves_no_thread_and_no_harm(workspace) -> None:
    case = drafted(workspace)
    answers = add_photos(workspace, case, map(picture, range(20)))
    next(answers)
    answers.close()
    assert len(workspace.store.sheet(case).of("photo")) == 1
    assert verifying.verify(workspace).sound


def test_unknown_cases_phases_and_fields_are_refused_before_any_byte_is_kept(workspace) -> None:
    case = drafted(workspace)
    with pytest.raises(NotFound):
        added(workspace, RecordId("0199a3c0-0000-7000-8000-0000000000ff"), picture())
    with pytest.raises(BadInput):
        added(workspace, case, picture(), phase="LATER")
    with pytest.raises(BadInput):
        added(workspace, case, picture(), visit="no visit")
    assert workspace.store.vault.all_digests() == frozenset()


def test_pictures_belong_to_the_visit_they_were_taken_on(workspace) -> None:
    case = drafted(workspace)
    visit = part(workspace, case, "visit")
    (answer,) = added(workspace, case, picture(), visit=visit, phase="AFTER")
    photo = workspace.store.find(answer.record)
    assert (photo.text("visit_id"), photo.text("phase")) == (visit, "AFTER")
    assert (answer.taken_at, answer.taken_at_source) == ("2026-11-20T09:00:00+09:00", "EXIF")


@pytest.mark.parametrize(
    ("started", "ended", "doubted"),
    [
        ("2026-11-20T09:00", "2026-11-20T09:30", False),
        ("2026-11-20T09:30", "2026-11-20T10:00", False),
        ("2026-11-20T09:31", "2026-11-20T10:00", True),
        ("2026-11-20T08:00", "2026-11-20T08:30", False),
        ("2026-11-20T08:00", "2026-11-20T08:29", True),
        (None, None, False),
    ],
)
def test_a_picture_taken_half_an_hour_off_its_visit_is_doubted(workspace, started, ended, doubted) -> None:
    case = drafted(workspace)
    visit = part(workspace, case, "visit", started_at=started, ended_at=ended)
    (answer,) = added(workspace, case, picture(), visit=visit)
    assert any("방문 시간과" in note.ko for note in answer.notes) is doubted


@pytest.mark.parametrize("act", range(0, 40, 3))
def test_a_disk_that_fails_at_any_act_leaves_the_store_whole(workspace, act) -> None:
    case = drafted(workspace)
    workspace.store.vault._disk = FailingDisk(act, for_good=True)
    answered: list[PhotoAnswer] = []
    with contextlib.suppress(DiskTrouble):
        answered.extend(add_photos(workspace, case, map(picture, range(8)), threads=1))
    workspace.store.vault._disk = FailingDisk(NEVER)
    kept = {answer.sha256 for answer in answered if answer.status == "added"}
    assert {photo.text("sha256") for photo in workspace.store.sheet(case).of("photo")} >= kept
    assert verifying.verify(workspace).sound
    statuses = [answer.status for answer in add_photos(workspace, case, map(picture, range(8)))]
    assert statuses.count("added") + statuses.count("duplicate") == 8


def test_bytes_reach_the_vault_before_the_record_that_names_them(workspace, monkeypatch) -> None:
    seen = []
    keep = type(workspace).keep

    def watching(self, edits, **how: Any) -> Effects:
        digests = [edit.values["sha256"] for edit in edits if edit.kind == "photo"]
        seen.extend(map(self.store.vault.check, digests))
        return keep(self, edits, **how)

    monkeypatch.setattr(type(workspace), "keep", watching)
    added(workspace, drafted(workspace), picture(1), picture(2))
    assert len(seen) == 2


def test_renditions_are_made_and_made_again_where_they_are_lost(workspace) -> None:
    (answer,) = added(workspace, drafted(workspace), picture(1, size=(800, 600)))
    first = photographs.photo_bytes(workspace, answer.sha256, "thumb")
    assert workspace.store.vault.drop_renditions() == 3
    assert photographs.photo_bytes(workspace, answer.sha256, "thumb") == first
    assert b"Exif\0\0" not in photographs.export_photo(workspace, answer.sha256)


def test_a_picture_the_case_has_already_is_not_developed_again_unless_a_rendition_lacks(
    workspace, monkeypatch
) -> None:
    case, developed = drafted(workspace), []
    make_all = photographs.make_all
    monkeypatch.setattr(photographs, "make_all", lambda *given: developed.append(1) or make_all(*given))
    (first,) = added(workspace, case, picture())
    assert [each.status for each in added(workspace, case, picture(), picture())] == ["duplicate"] * 2
    assert len(developed) == 1
    workspace.store.vault.drop_renditions()
    assert [each.status for each in added(workspace, case, picture())] == ["duplicate"]
    assert len(developed) == 2
    assert workspace.store.vault.get_rendition(first.sha256, "paper") is not None


def test_a_damaged_or_lost_original_is_told_and_mended_by_adding_it_again(workspace) -> None:
    case = drafted(workspace)
    lost, hurt = added(workspace, case, picture(1), picture(2))
    files = {
        workspace.store.vault._place(workspace.store.vault._originals, "original", each.sha256)[0]: each
        for each in (lost, hurt)
    }
    (gone, *_), (broken, *_) = (
        [path for path, each in files.items() if each is lost],
        [path for path, each in files.items() if each is hurt],
    )
    gone.unlink()
    raw = bytearray(broken.read_bytes())
    raw[-10] ^= 1
    broken.write_bytes(raw)
    found = verifying.verify(workspace)
    assert (found.missing, found.damaged, found.sound) == ((lost.sha256,), (hurt.sha256,), False)
    assert "1장" in verifying.trouble_of(found).why.ko
    assert [answer.status for answer in added(workspace, case, picture(1), picture(2))] == [
        "duplicate",
        "duplicate",
    ]
    assert verifying.verify(workspace).sound


def test_pictures_stay_through_reopening_and_removal(workspace) -> None:
    case = drafted(workspace)
    (answer,) = added(workspace, case, picture())
    recording.remove(workspace, answer.record, "잘못 넣음")
    again = reopened(workspace)
    assert photographs.original_photo(again, answer.sha256) == jpeg()
    assert verifying.verify(again).photos == 1
    again.close()


def test_pictures_hurt_at_random_are_added_or_refused_but_never_crash(workspace) -> None:
    chance = random.Random(20261122)
    case = drafted(workspace)
    sources = []
    for turn in range(150):
        raw = bytearray(jpeg(turn % 7, size=(40, 30), lat=36.0))
        for _ in range(chance.randint(1, 12)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        sources.append(
            source(bytes(raw[: chance.randint(20, len(raw))] if turn % 3 == 0 else raw), f"{turn}.jpg")
        )
    answers = added(workspace, case, *sources)
    assert len(answers) == 150
    assert {answer.status for answer in answers} >= {"added", "refused"}
    assert verifying.verify(workspace).sound


@pytest.mark.skipif(not (SHARED / "photos").is_dir(), reason="the sample photographs are not here")
def test_every_sample_photograph_gets_an_answer_and_the_store_stays_whole(workspace) -> None:
    case = drafted(workspace)
    sources = files_of([SHARED / "photos"])
    answers = added(workspace, case, *sources)
    assert len(answers) == len(sources)
    for answer in answers:
        assert answer.status in {"added", "duplicate", "refused"}
        if answer.status == "refused":
            assert any("가" <= letter <= "힣" for letter in answer.reason.ko)
            assert answer.trouble.how.ko
    assert sum(answer.status == "added" for answer in answers) > 30
    assert verifying.verify(workspace).sound


def test_a_closed_store_of_another_window_takes_no_pictures(workspace, tmp_path) -> None:
    from helpers.stores import environment

    from fieldlog.domain.errors import StoreReadOnly
    from fieldlog.services.opening import open_store

    case = drafted(workspace)
    reading = open_store(workspace.store.folder, environment(), read_only=True)
    with pytest.raises(StoreReadOnly):
        added(reading, case, picture())
    reading.close()
