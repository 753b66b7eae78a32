from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from helpers.stores import MONDAY, SteppingClock, practice_store

from fieldlog.domain.errors import StoreDamaged
from fieldlog.domain.filter import CaseFilter
from fieldlog.services import browsing, recording
from fieldlog.services.recording import CaseDraft
from fieldlog.storage.op_bytes import wall_ms_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.services.workspace import Workspace


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(step=timedelta(0))


@pytest.fixture
def workspace(tmp_path, clock) -> Iterator[Workspace]:
    made = practice_store(tmp_path / "store", clock)
    yield made
    made.close()


def recorded(workspace, title: str) -> str:
    return recording.record_case(workspace, CaseDraft(title=title, category="ROAD_POTHOLE")).record.id


def listed(workspace) -> list:
    return list(browsing.list_cases(workspace, CaseFilter(sort="updated", descending=True)).cases)


def test_a_clock_that_was_once_ahead_dates_no_later_save(workspace, clock) -> None:
    early = recorded(workspace, "먼저")
    clock.moment = MONDAY + timedelta(days=8)
    ahead = recorded(workspace, "앞선 시계")
    clock.moment = MONDAY + timedelta(hours=1)
    recording.revise(workspace, early, {"title": "나중에 고침"})
    record = browsing.read_record(workspace, early)
    assert (record.created_at, record.changed_at) == (MONDAY, MONDAY + timedelta(hours=1))
    assert browsing.read_record(workspace, ahead).changed_at == MONDAY + timedelta(days=8)
    # The order is that of the saves all the same.
    assert [(row.id, row.changed_at) for row in listed(workspace)] == [
        (early, MONDAY + timedelta(hours=1)),
        (ahead, MONDAY + timedelta(days=8)),
    ]


def test_a_part_that_was_added_dates_its_case_by_the_clock_on_the_wall(workspace, clock) -> None:
    clock.moment = MONDAY + timedelta(days=8)
    case = recorded(workspace, "앞선 시계")
    clock.moment = MONDAY + timedelta(hours=2)
    part = recording.add_part(workspace, case, "comment", {"body": "확인함"}).record
    assert part.changed_at == MONDAY + timedelta(hours=2)
    sheet = browsing.case_sheet(workspace, case)
    assert sheet.of("comment")[0].changed_at == MONDAY + timedelta(hours=2)
    assert listed(workspace)[0].changed_at == MONDAY + timedelta(hours=2)


def test_many_saves_in_one_moment_keep_that_moment(workspace) -> None:
    for number in range(5):
        recorded(workspace, f"같은 때 {number}")
    assert {row.changed_at for row in listed(workspace)} == {MONDAY}


@pytest.mark.parametrize(
    "body", [b"", b"\xc1", msgspec.msgpack.encode([1, 2]), msgspec.msgpack.encode([1, 2, "x"])]
)
def test_bytes_that_are_no_op_have_no_time(body: bytes) -> None:
    with pytest.raises(StoreDamaged):
        wall_ms_of(body)
