"""A device that turns out to be a copy goes on in a log of its own: nothing is dropped, nothing comes twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.makers import part, received
from helpers.stores import practice_store, reopened

from fieldlog.services import recording
from fieldlog.services.browsing import case_history
from fieldlog.services.undoing import undo_last
from fieldlog.storage.dock import Dock
from fieldlog.storage.op_bytes import op_from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.services.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = practice_store(tmp_path / "store")
    yield made
    made.close()


def ops_of(workspace: Workspace, log: bytes) -> list[object]:
    dock = Dock(workspace.store)
    found = dock.stretch_after(log, 0)
    return [op_from_bytes(body, log) for body in found.bodies] if found else []


def shown(workspace: Workspace, case: str) -> tuple[object, ...]:
    sheet = workspace.store.sheet(case)
    return dict(sheet.case.values), [dict(record.values) for record in sheet.of("comment")]


def test_what_came_after_the_split_is_written_again_with_the_same_words_author_and_times(workspace) -> None:
    case = received(workspace)
    recording.revise(workspace, case, {"title": "나눠지기 앞의 제목"})
    dock = Dock(workspace.store)
    old, kept = dock.own, dock.tips()[0].seq
    recording.revise(workspace, case, {"title": "나눠진 뒤의 제목", "severity": "5"})
    part(workspace, case, "comment", body="나눠진 뒤의 의견")
    recording.revise(workspace, case, {"title": "마지막 제목"})
    before, suffix = shown(workspace, case), ops_of(workspace, old)[kept:]
    assert dock.begin_again(kept) == 3
    assert dock.own != old
    assert shown(workspace, case) == before
    again = ops_of(workspace, dock.own)
    assert [(op.hlc, op.wall_ms, op.author, op.kind) for op in again] == [
        (op.hlc, op.wall_ms, op.author, op.kind) for op in suffix
    ]
    assert len(ops_of(workspace, old)) == kept
    assert workspace.store.find(case).in_conflict == ()
    assert workspace.store.verify().sound


def test_nothing_after_the_split_needs_no_second_writing(workspace) -> None:
    case = received(workspace)
    dock = Dock(workspace.store)
    old, before = dock.own, shown(workspace, case)
    assert dock.begin_again(dock.tips()[0].seq) == 0
    assert dock.own != old
    assert shown(workspace, case) == before
    recording.revise(workspace, case, {"title": "새 기록의 제목"})
    assert [tip.seq for tip in dock.tips() if tip.log.stream == dock.own] == [1]


def test_everything_can_be_written_again(workspace) -> None:
    case = received(workspace)
    recording.revise(workspace, case, {"title": "제목"})
    dock = Dock(workspace.store)
    count, before = dock.tips()[0].seq, shown(workspace, case)
    assert dock.begin_again(0) == count
    assert [tip.seq for tip in dock.tips()] == [count]
    assert shown(workspace, case) == before
    assert workspace.store.verify().sound


def test_the_new_log_is_the_one_written_after_closing_and_opening(workspace) -> None:
    case = received(workspace)
    Dock(workspace.store).begin_again(1)
    own = workspace.store.own_stream
    again = reopened(workspace)
    try:
        assert again.store.own_stream == own
        recording.revise(again, case, {"title": "다시 연 뒤의 제목"})
        assert again.store.verify().sound
    finally:
        again.close()


def test_history_and_undo_go_on_over_the_split(workspace) -> None:
    case = received(workspace, "처음 제목")
    recording.revise(workspace, case, {"title": "둘째 제목"})
    lines = len(case_history(workspace, case))
    Dock(workspace.store).begin_again(1)
    assert len(case_history(workspace, case)) == lines
    recording.revise(workspace, case, {"title": "셋째 제목"})
    undo_last(workspace)
    assert workspace.store.find(case).text("title") == "둘째 제목"


def test_a_split_that_breaks_off_half_way_changes_nothing(workspace, monkeypatch) -> None:
    case = received(workspace)
    recording.revise(workspace, case, {"title": "둘째 제목"})
    dock = Dock(workspace.store)
    before = dock.own, dock.tips(), dock.digest()

    def fails(*_words: object, **_named: object) -> None:
        raise MemoryError

    monkeypatch.setattr("fieldlog.storage.rebirth.append", fails)
    with pytest.raises(MemoryError):
        dock.begin_again(1)
    monkeypatch.undo()
    assert (dock.own, dock.tips(), dock.digest()) == before
    recording.revise(workspace, case, {"title": "셋째 제목"})
    assert workspace.store.verify().sound
