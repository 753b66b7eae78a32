from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from helpers.makers import drafted, part, picture, received
from helpers.stores import OFFICIAL, SteppingClock, environment, practice_store, reopened
from msgspec.structs import replace

from fieldlog.domain.clock import FixedClock
from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import (
    AlreadyThere,
    Bug,
    NotFound,
    StoreBusy,
    StoreDamaged,
    StoreMissing,
    StoreReadOnly,
)
from fieldlog.domain.ids import RecordId
from fieldlog.services import drafting, recording, verifying
from fieldlog.services.opening import make_store, open_or_read, open_store
from fieldlog.services.photographs import add_photos
from fieldlog.storage.store import DATABASE_NAME, Store

from .test_plaintext_scan import LONG_MARKS, PICTURE_MARKS, found_in_clear

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_there_is_no_store_where_none_was_made_and_none_is_made_twice(tmp_path) -> None:
    with pytest.raises(StoreMissing):
        open_store(tmp_path, environment())
    practice_store(tmp_path).close()
    with pytest.raises(AlreadyThere):
        practice_store(tmp_path)


def test_a_second_window_is_told_who_writes_and_may_read(workspace) -> None:
    case = drafted(workspace)
    with pytest.raises(StoreBusy) as caught:
        open_store(workspace.store.folder, environment())
    assert "번호" in caught.value.why.ko
    opened = open_or_read(workspace.store.folder, environment())
    assert opened.busy is not None
    reading = opened.workspace
    assert reading.store.find(case).text("title") == "적다 만 사안"
    recording.revise(workspace, case, {"title": "고친 제목"})
    assert reading.store.find(case).text("title") == "고친 제목"
    for write in (
        lambda: recording.revise(reading, case, {"title": "몰래 고친 제목"}),
        lambda: drafted(reading),
        lambda: reading.store.put_notes({"a": "b"}),
        reading.store.derive_again,
        reading.store.rebuild,
    ):
        with pytest.raises(StoreReadOnly):
            write()
    reading.close()


def test_a_store_nobody_has_open_can_be_read(workspace) -> None:
    case = drafted(workspace)
    folder = workspace.store.folder
    workspace.close()
    reading = open_store(folder, environment(), read_only=True)
    assert reading.store.find(case).text("title") == "적다 만 사안"
    assert reading.store.verify().sound
    reading.close()
    open_store(folder, environment()).close()


def test_when_the_writer_closes_the_next_window_may_write(workspace) -> None:
    folder = workspace.store.folder
    workspace.close()
    second = open_store(folder, environment())
    drafted(second)
    second.close()


def test_making_that_broke_off_is_finished_later(tmp_path, monkeypatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_begin", broken)
        with pytest.raises(KeyboardInterrupt):
            practice_store(tmp_path / "store")
    half = open_store(tmp_path / "store", environment())
    drafted(half)
    assert half.store.verify().sound
    half.close()


def test_a_key_without_a_database_is_used_by_the_next_attempt(tmp_path) -> None:
    practice_store(tmp_path / "store").close()
    key = (tmp_path / "store" / "key.json").read_bytes()
    for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm"):
        (tmp_path / "store" / name).unlink(missing_ok=True)
    again = practice_store(tmp_path / "store")
    assert (tmp_path / "store" / "key.json").read_bytes() == key
    drafted(again)
    again.close()


def test_a_save_that_changes_nothing_leaves_no_op(workspace) -> None:
    before = workspace.store.verify().ops
    assert workspace.store.save([], author="").op is None
    assert workspace.store.verify().ops == before


def test_a_change_that_is_refused_midway_keeps_nothing(workspace) -> None:
    case = drafted(workspace)
    before = workspace.store.verify()

    def decide(find) -> list[object]:
        find(case)
        find(RecordId("0199a3c0-0000-7000-8000-0000000000ff"))
        return []

    with pytest.raises(NotFound):
        workspace.store.change(decide, author="")
    assert workspace.store.verify() == before
    recording.revise(workspace, case, {"title": "고친 제목"})


def test_an_error_within_a_save_rolls_everything_back_and_the_next_save_works(workspace, monkeypatch) -> None:
    case = drafted(workspace)
    before = workspace.store.verify()
    with monkeypatch.context() as patch:
        patch.setattr(workspace.store._read_model, "refresh", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            recording.revise(workspace, case, {"title": "halb"})
        with pytest.raises(ZeroDivisionError):
            received(workspace)
    assert workspace.store.verify() == before
    assert workspace.store.find(received(workspace)).text("case_no") == "HB-2026-0001"
    assert workspace.store.verify().sound


def test_many_saves_are_kept_all_or_none(workspace) -> None:
    case = drafted(workspace)
    titles = [[Edit(record=case, kind="case", values={"title": f"제목 {n}"})] for n in range(5)]
    assert workspace.store.save_many(titles, author=OFFICIAL.id) == 5
    assert workspace.store.find(case).text("title") == "제목 4"

    def breaking() -> Iterator[list[Edit]]:
        yield [Edit(record=case, kind="case", values={"title": "반쪽"})]
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        workspace.store.save_many(breaking(), author=OFFICIAL.id)
    assert workspace.store.find(case).text("title") == "제목 4"
    assert workspace.store.verify().sound


def test_a_clock_set_back_does_not_disturb_the_order_of_saves(workspace, clock) -> None:
    case = drafted(workspace)
    clock.go(days=-400)
    recording.revise(workspace, case, {"title": "뒤의 제목"})
    assert workspace.store.find(case).text("title") == "뒤의 제목"
    hybrid = [row[0] for row in workspace.store.database.rows("SELECT hlc FROM op ORDER BY recv_no")]
    assert hybrid == sorted(set(hybrid))


def test_parts_keep_their_order_also_when_time_stands_still_and_the_store_was_closed_between(
    tmp_path,
) -> None:
    clock = FixedClock(SteppingClock().now())
    workspace = practice_store(tmp_path / "store", clock)
    case = drafted(workspace)
    texts = []
    for n in range(6):
        part(workspace, case, "comment", body=f"의견 {n}")
        texts.append(f"의견 {n}")
        workspace = reopened(workspace)
    assert [each.text("body") for each in workspace.store.sheet(case).of("comment")] == texts
    workspace.close()


def test_a_flipped_byte_in_the_log_is_found(workspace) -> None:
    case = drafted(workspace)
    body = workspace.store.database.row("SELECT body FROM op ORDER BY recv_no DESC")[0]
    with workspace.store.database.writing() as connection:
        hurt = bytes([*body[:-3], body[-3] ^ 1, *body[-2:]])
        connection.execute("UPDATE op SET body = ? WHERE body = ?", (hurt, body))
    with pytest.raises(StoreDamaged):
        workspace.store.verify()
    with pytest.raises(StoreDamaged):
        workspace.store.rebuild()
    assert workspace.store.find(case)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE record SET vals = x'80' WHERE kind = 1",
        "UPDATE case_list SET title = '다른 제목'",
        "DELETE FROM case_list",
        "UPDATE record SET digest = zeroblob(16) WHERE kind = 1",
        "DELETE FROM touched",
        "DELETE FROM photo_hash",
        "DELETE FROM search_record",
        "INSERT INTO ghost VALUES(x'00', '2', 1, x'00')",
    ],
)
def test_what_is_shown_but_does_not_follow_from_the_log_is_found_and_mended(workspace, harm) -> None:
    case = received(workspace)
    next(add_photos(workspace, case, [picture()]))
    before = workspace.store.verify()
    with workspace.store.database.writing() as connection:
        connection.execute(harm)
    found = verifying.verify(workspace)
    assert not found.sound
    assert "verify --rebuild" in verifying.trouble_of(found).how.ko
    assert verifying.verify(workspace, rebuild=True).sound
    assert workspace.store.verify() == before
    assert workspace.store.find(case).text("title") == "별빛로 포트홀"


def test_rebuilding_twice_changes_nothing(workspace) -> None:
    case = received(workspace)
    recording.remove(workspace, case, "중복")
    before = workspace.store.verify()
    steps: list[tuple[int, int]] = []
    for _ in range(2):
        assert workspace.store.rebuild(lambda done, total: steps.append((done, total))) == before.ops
        assert workspace.store.verify() == before
    assert steps[-1] == (before.ops, before.ops)


def test_verifying_leaves_nothing_behind(workspace) -> None:
    drafted(workspace)
    names = {path.name for path in workspace.store.folder.iterdir()}
    workspace.store.verify()
    assert {path.name for path in workspace.store.folder.iterdir()} == names


def test_connections_of_ended_threads_are_closed(workspace) -> None:
    case = drafted(workspace)

    def look() -> None:
        assert workspace.store.find(case)

    for _ in range(30):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert len(workspace.store.database._readers) <= 3


def test_readers_see_whole_saves_while_another_thread_writes(workspace) -> None:
    case = drafted(workspace)
    recording.revise(workspace, case, {"title": "제목 0", "description": "제목 0"})
    stop = threading.Event()
    torn: list[tuple[str, str]] = []

    def look() -> None:
        while not stop.is_set():
            found = workspace.store.find(case)
            if found.text("title") != found.text("description"):
                torn.append((found.text("title"), found.text("description")))

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(60):
        recording.revise(workspace, case, {"title": f"제목 {turn}", "description": f"제목 {turn}"})
    stop.set()
    reader.join()
    assert torn == []


def test_a_closed_store_says_so_instead_of_opening_again(workspace) -> None:
    workspace.close()
    with pytest.raises(Bug):
        workspace.store.reader()
    workspace.close()


def test_no_word_no_picture_and_no_key_is_readable_in_any_file_of_the_store(tmp_path) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("한빛시 도로과의 긴 암호", encoding="utf-8")
    around = environment()
    around = replace(around, passphrase_file=passphrase)
    workspace = make_store(tmp_path / "store", around, official=OFFICIAL)
    case = received(
        workspace, title="비밀스러운 포트홀", description="가나다라 비밀 내용 " * 300, tags=("비밀표",)
    )
    drafting.keep_draft(workspace, "case", {"title": "쓰다 만 비밀"})
    next(add_photos(workspace, case, [picture(7, lat=36.0)]))
    words = [
        "비밀",
        "포트홀",
        "가나다라",
        "한가람",
        "HB-2026-0001",
        "picture 7",
        "CREATE TABLE",
        "SQLite format",
    ]
    marks = [word.encode() for word in words] + ["비밀".encode("utf-16-le"), *LONG_MARKS]
    assert (tmp_path / "store" / f"{DATABASE_NAME}-wal").stat().st_size > 0
    assert found_in_clear(tmp_path / "store", marks) == []
    while_verifying: list[str] = []
    workspace.store.verify(lambda *_: while_verifying.extend(found_in_clear(tmp_path / "store", marks)))
    assert while_verifying == []
    workspace.close()
    assert found_in_clear(tmp_path / "store", marks) == []
    starts = [path.read_bytes()[:100] for path in (tmp_path / "store").rglob("*") if path.is_file()]
    assert not any(mark in start for start in starts for mark in PICTURE_MARKS)


def test_a_damaged_page_is_told_wherever_it_is_read(workspace) -> None:
    from fieldlog.domain.errors import StoreTrouble

    cases = [drafted(workspace, description="가나다라" * 2000) for _ in range(20)]
    folder = workspace.store.folder
    workspace.close()
    raw = bytearray((folder / DATABASE_NAME).read_bytes())
    for page in range(40 * 4096, len(raw), 4096):
        raw[page + 2000] ^= 1
    (folder / DATABASE_NAME).write_bytes(raw)
    troubles = 0
    try:
        hurt = open_store(folder, environment())
    except StoreTrouble:
        return
    for case in cases:
        try:
            hurt.store.sheet(case)
        except StoreTrouble:
            troubles += 1
    hurt.close()
    assert troubles
