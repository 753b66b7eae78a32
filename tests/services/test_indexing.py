from __future__ import annotations

from helpers.makers import received
from helpers.stores import practice_store

from fieldlog.domain.filter import CaseFilter
from fieldlog.services import browsing
from fieldlog.services.indexing import index_saved


def waiting(workspace) -> int:
    return workspace.store.database.row("SELECT count(*) FROM search_waiting")[0]


def found(workspace, words) -> list[str]:
    return [case.title for case in browsing.list_cases(workspace, CaseFilter(query=words)).cases]


def test_what_was_saved_goes_into_the_index_and_is_found_before_and_after(workspace) -> None:
    received(workspace, "별빛로 포트홀")
    assert waiting(workspace) > 0
    assert found(workspace, "포트홀") == ["별빛로 포트홀"]
    assert index_saved(workspace) > 0
    assert waiting(workspace) == 0
    assert found(workspace, "포트홀") == ["별빛로 포트홀"]


def test_where_nothing_waits_nothing_is_written(workspace) -> None:
    received(workspace, "온샘동 가로등 꺼짐")
    index_saved(workspace)
    before = workspace.store.database.reader().execute("PRAGMA data_version").fetchone()
    assert index_saved(workspace) == 0
    assert workspace.store.database.reader().execute("PRAGMA data_version").fetchone() == before


def test_a_store_that_is_only_read_is_left_as_it_is(tmp_path) -> None:
    made = practice_store(tmp_path / "read")
    received(made, "한빛천 둔치 침수")
    made.store.read_only = True
    assert index_saved(made) == 0
    made.store.read_only = False
    made.close()
