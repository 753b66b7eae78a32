from __future__ import annotations

import pytest
from helpers.makers import drafted
from helpers.stores import environment, practice_store

from fieldlog.domain.errors import NotAllowed
from fieldlog.domain.filter import CaseFilter
from fieldlog.services import browsing, locking, rehearsing
from fieldlog.services.opening import holds_store, make_store


class Stopped(Exception):
    """Somebody pressed Cancel."""


def stop(done: int, _all: int) -> None:
    if done >= 2:
        raise Stopped


def count(workspace) -> int:
    return browsing.count_cases(workspace, CaseFilter())


def test_practice_is_made_once_and_then_opened(tmp_path) -> None:
    folder = rehearsing.practice_folder(tmp_path / "store")
    first = rehearsing.enter_practice(folder, environment(), most=2)
    drafted(first)
    first.close()
    again = rehearsing.enter_practice(folder, environment(), most=2)
    assert count(again) == 3
    again.close()


def test_practice_that_was_stopped_leaves_nothing(tmp_path) -> None:
    folder = tmp_path / "practice"
    with pytest.raises(Stopped):
        rehearsing.enter_practice(folder, environment(), on_progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_practice_begins_anew_at_the_same_place(tmp_path) -> None:
    workspace = rehearsing.enter_practice(tmp_path / "practice", environment(), most=2)
    drafted(workspace)
    fresh = rehearsing.renew_practice(workspace, environment(), most=2)
    assert count(fresh) == 2
    assert fresh.store.folder == tmp_path / "practice"
    fresh.close()


def test_beginning_anew_that_was_stopped_keeps_the_practice_of_before(tmp_path) -> None:
    workspace = rehearsing.enter_practice(tmp_path / "practice", environment(), most=2)
    drafted(workspace)
    with pytest.raises(Stopped):
        rehearsing.renew_practice(workspace, environment(), on_progress=stop)
    assert count(workspace) == 3
    workspace.close()
    assert [path.name for path in tmp_path.iterdir()] == ["practice"]


def test_real_records_are_never_thrown_away(tmp_path) -> None:
    around = locking.replace_ask(environment(), "긴 암호입니다 정말로")
    workspace = make_store(tmp_path / "store", around)
    with pytest.raises(NotAllowed):
        rehearsing.renew_practice(workspace, around)
    workspace.close()
    assert holds_store(tmp_path / "store")


def test_a_copy_to_draw_from_leaves_the_practice_store_alone(tmp_path) -> None:
    store = practice_store(tmp_path / "store")
    drafted(store, "하나뿐인 사안")
    store.close()
    copy = rehearsing.copied_practice(tmp_path / "store", tmp_path / "copy", environment())
    assert count(copy) == 1
    drafted(copy)
    copy.close()
    again = rehearsing.copied_practice(tmp_path / "store", tmp_path / "second", environment())
    assert count(again) == 1
    again.close()
