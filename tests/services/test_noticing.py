from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from helpers.makers import part, received

from fieldlog.services import recording
from fieldlog.services.noticing import look, notice
from fieldlog.services.opening import introduce
from fieldlog.services.workspace import Official

if TYPE_CHECKING:
    from collections.abc import Iterator

COLLEAGUE = Official("0199a3c0-0000-7000-8000-00000000000b", "이새봄", "주무관", "ROAD")


@contextmanager
def colleague(workspace) -> Iterator[None]:
    """Somebody else works in the store for a while."""
    me = workspace.official
    introduce(workspace, COLLEAGUE)
    yield
    introduce(workspace, me)


def looked(workspace, case: str) -> None:
    newest = notice(workspace, case).newest
    if newest is not None:
        look(workspace, case, newest)


def test_at_the_first_look_there_is_nothing_to_notice(workspace) -> None:
    with colleague(workspace):
        case = received(workspace)
        recording.revise(workspace, case, {"title": "고친 제목"})
    assert notice(workspace, case).fields == {}


def test_a_change_by_somebody_else_is_told_with_who_and_before_until_it_was_looked_at(workspace) -> None:
    case = received(workspace)
    action = part(workspace, case, "action", title="덧씌우기")
    looked(workspace, case)
    assert notice(workspace, case).newest is None
    before = workspace.store.find(case).text("title")
    with colleague(workspace):
        recording.revise(workspace, case, {"title": "고친 제목"})
        recording.revise(workspace, action, {"title": "새로 포장"})
    found = notice(workspace, case)
    assert {place: (each.author, each.before) for place, each in found.fields.items()} == {
        (case, "title"): ("이새봄", before),
        (action, "title"): ("이새봄", "덧씌우기"),
    }
    looked(workspace, case)
    assert notice(workspace, case).fields == {}


def test_ones_own_changes_are_no_news(workspace) -> None:
    case = received(workspace)
    looked(workspace, case)
    recording.revise(workspace, case, {"title": "내가 고침"})
    found = notice(workspace, case)
    assert found.fields == {}
    assert found.newest is not None


def test_looking_is_noted_on_this_device_and_saves_nothing(workspace) -> None:
    case = received(workspace)
    ops = workspace.store.database.row("SELECT count(*) FROM op")
    looked(workspace, case)
    assert workspace.store.database.row("SELECT count(*) FROM op") == ops
