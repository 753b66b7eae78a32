from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from helpers.photographed import new_case, photograph
from helpers.stores import practice_store
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldlog.domain.errors import NotAllowed, NotFound
from fieldlog.domain.photo_filter import PhotoFilter
from fieldlog.services import leafing, recording, tending, undoing
from fieldlog.storage import photo_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = practice_store(tmp_path / "store")
    yield made
    made.close()


def shown(workspace: Workspace, **asked: object) -> list[str]:
    rows = leafing.gather_photos(workspace, PhotoFilter(**asked))  # type: ignore[arg-type]
    lines = leafing.photo_lines(workspace, list(rows))
    return [lines[row].photo.id for row in rows]


def test_photographs_of_all_cases_are_listed_newest_first(workspace) -> None:
    first = photograph(workspace, new_case(workspace, "첫째 사안"), ("BEFORE", "AFTER"))
    second = photograph(workspace, new_case(workspace, "둘째 사안"), ("DURING",))
    assert shown(workspace) == [*second, *reversed(first)]


def test_each_condition_leaves_out_what_does_not_lack_it(workspace) -> None:
    placed, bare = photograph(workspace, new_case(workspace, "별빛로 포트홀"), ("BEFORE", "AFTER"))
    recording.revise(workspace, placed, {"caption": "파인 구멍"})
    tending.review_photos(workspace, [bare], "NONE")
    assert shown(workspace, phases=("AFTER",)) == [bare]
    assert shown(workspace, without_caption=True) == [bare]
    assert shown(workspace, without_place=True) == [bare]
    assert shown(workspace, unreviewed=True) == [placed]
    assert shown(workspace, unreviewed=True, phases=("AFTER",)) == []
    assert leafing.count_photos(workspace) == (2, 1, 1, 1)


@pytest.mark.parametrize("query", ["파인 구멍", "ㅍㅇ", "0000", "vkdls"])
def test_a_photograph_is_found_by_its_own_words(workspace, query) -> None:
    hole, _other = photograph(workspace, new_case(workspace, "도로 점검"), ("BEFORE", "AFTER"))
    recording.revise(workspace, hole, {"caption": "파인 구멍"})
    assert shown(workspace, query=query) == [hole]


def test_a_photograph_is_found_by_the_title_and_number_of_its_case(workspace) -> None:
    case = new_case(workspace, "한빛천 보안등 꺼짐")
    lights = photograph(workspace, case, ("BEFORE", "AFTER"))
    photograph(workspace, new_case(workspace, "별빛로 포트홀"), ("BEFORE",))
    number = workspace.store.find(case).text("case_no")
    assert shown(workspace, query="보안등") == shown(workspace, query=number) == lights[::-1]
    assert shown(workspace, query="보안등 포트홀") == []


def test_a_removed_photograph_and_those_of_a_removed_case_are_not_listed(workspace) -> None:
    case = new_case(workspace, "별빛로 포트홀")
    one, other = photograph(workspace, case, ("BEFORE", "AFTER"))
    recording.remove(workspace, one, "흔들림")
    assert shown(workspace) == [other]
    recording.restore(workspace, one)
    recording.remove(workspace, case, "중복")
    assert shown(workspace) == []
    assert leafing.count_photos(workspace).all == 0
    undoing.undo_last(workspace)
    assert shown(workspace) == [other, one]


def test_rows_are_found_by_ids_and_what_is_not_listed_is_left_out(workspace) -> None:
    one, other = photograph(workspace, new_case(workspace, "별빛로 포트홀"), ("BEFORE", "AFTER"))
    recording.remove(workspace, other, "흔들림")
    (row,) = leafing.rows_of_photos(workspace, [one, other])
    assert leafing.photo_lines(workspace, [row, row + 1_000])[row].photo.id == one


def test_gathering_stops_when_it_is_told_to(workspace) -> None:
    photograph(workspace, new_case(workspace, "별빛로 포트홀"), ("BEFORE",))
    reader = workspace.store.reader()
    assert not len(photo_list.gather_photos(reader, PhotoFilter(), lambda: True))


def take_turn(workspace: Workspace, turn: str, one: RecordId, other: RecordId) -> None:
    if turn == "caption":
        recording.revise(workspace, one, {"caption": f"구멍 {workspace.mint.record_id()[-4:]}"})
    elif turn == "phase":
        tending.set_phase(workspace, [other], "AFTER")
    elif turn == "review":
        tending.review_photos(workspace, [one], "CONSENT")
    elif turn == "pair":
        tending.pair_photos(workspace, [one, other])
    elif turn == "unpair":
        tending.unpair_photo(workspace, one)
    elif turn == "remove" and not workspace.store.find(other).deleted:
        recording.remove(workspace, other, "흔들림")
        recording.restore(workspace, other)
    elif turn == "undo":
        undoing.undo_last(workspace)


@settings(max_examples=12)
@given(
    turns=st.lists(
        st.sampled_from(["caption", "phase", "review", "pair", "part", "remove", "undo"]), max_size=8
    )
)
def test_whatever_is_done_the_list_is_what_a_rebuild_from_the_log_gives(tmp_path_factory, turns) -> None:
    workspace = practice_store(tmp_path_factory.mktemp("store") / "store")
    try:
        one, other = photograph(workspace, new_case(workspace, "별빛로 포트홀"), ("BEFORE", "AFTER"))
        for number, turn in enumerate(turns):
            _turn(workspace, turn, number, one, other)
        before = shown(workspace)
        assert workspace.store.verify().sound
        workspace.store.rebuild()
        assert shown(workspace) == before
    finally:
        workspace.close()


def _turn(workspace: Workspace, turn: str, number: int, one: RecordId, other: RecordId) -> None:
    """Do one thing; what the rules refuse at the moment is left undone."""
    verbs = {
        "caption": lambda: recording.revise(workspace, one, {"caption": f"구멍 {number}"}),
        "phase": lambda: tending.set_phase(workspace, [other], "AFTER"),
        "review": lambda: tending.review_photos(workspace, [one], "CONSENT"),
        "pair": lambda: tending.pair_photos(workspace, [one, other]),
        "part": lambda: tending.unpair_photo(workspace, one),
        "remove": lambda: recording.remove(workspace, other, "흔들림"),
        "undo": lambda: undoing.undo_last(workspace),
    }
    with contextlib.suppress(NotAllowed, NotFound):
        verbs[turn]()
