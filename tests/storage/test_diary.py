from __future__ import annotations

from helpers.makers import moved, part, received
from helpers.stores import environment, practice_store

from fieldlog.services import recording
from fieldlog.services.opening import open_store
from fieldlog.storage import migrations
from fieldlog.storage.diary import visits_until

TODAY, TOMORROW = "2026-11-23T00:00:00+09:00", "2026-11-24T00:00:00+09:00"


def times(workspace, limit: int = 10) -> list[str]:
    return [at[5:16] for _, _, at in visits_until(workspace.store.reader(), TODAY, TOMORROW, limit)]


def visit(workspace, case, **when: str) -> str:
    return part(workspace, case, "visit", **when)


def test_the_visits_of_the_day_come_by_their_time_and_what_was_left_over_after_them(workspace) -> None:
    case = received(workspace)
    for at in ("2026-11-23T14:00", "2026-11-23T09:00", "2026-11-20T10:00", "2026-11-24T09:00"):
        visit(workspace, case, planned_at=at)
    visit(workspace, case)
    assert times(workspace) == ["11-23T09:00", "11-23T14:00", "11-20T10:00"]
    assert times(workspace, limit=1) == ["11-23T09:00"]
    assert workspace.store.verify().sound


def test_a_visit_under_way_stands_at_its_start_and_one_that_ended_no_more(workspace) -> None:
    case = received(workspace)
    under_way = visit(workspace, case, planned_at="2026-11-23T14:00", started_at="2026-11-23T13:50")
    assert times(workspace) == ["11-23T13:50"]
    recording.revise(workspace, under_way, {"ended_at": "2026-11-23T14:30"})
    assert times(workspace) == []
    recording.revise(workspace, under_way, {"ended_at": ""})
    assert times(workspace) == ["11-23T13:50"]
    recording.remove(workspace, under_way, "잘못 적음")
    assert times(workspace) == []
    recording.restore(workspace, under_way)
    assert times(workspace) == ["11-23T13:50"]
    assert workspace.store.verify().sound


def test_visits_of_cases_that_are_over_or_removed_are_not_in_the_day(workspace) -> None:
    over, gone = received(workspace), received(workspace)
    for case in (over, gone):
        visit(workspace, case, planned_at="2026-11-23T14:00")
    moved(workspace, over, "WITHDRAWN", reason="민원인이 취하함")
    recording.remove(workspace, gone, "잘못 적음")
    assert times(workspace) == []


def test_a_store_that_had_no_diary_is_given_one_from_its_records(tmp_path) -> None:
    workspace = practice_store(tmp_path / "store")
    case = received(workspace)
    visit(workspace, case, planned_at="2026-11-23T14:00")
    visit(workspace, case, started_at="2026-11-22T10:00", ended_at="2026-11-22T10:30")
    with workspace.store.database.writing() as connection:
        connection.execute("DROP TABLE diary")
        connection.execute("PRAGMA user_version = 2")
    workspace.close()
    again = open_store(tmp_path / "store", environment())
    assert migrations.version_of(again.store.reader()) == migrations.LATEST
    assert times(again) == ["11-23T14:00"]
    assert again.store.verify().sound
    again.store.rebuild()
    assert times(again) == ["11-23T14:00"]
    again.close()
