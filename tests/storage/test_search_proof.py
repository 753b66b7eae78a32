from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.makers import part, received
from helpers.stores import practice_store

from fieldlog.services import recording
from fieldlog.storage.search import MOST_WAITING, absorb_waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.services.workspace import Workspace


@pytest.fixture
def workspace(tmp_path) -> Iterator[Workspace]:
    made = practice_store(tmp_path / "store")
    for number in range(MOST_WAITING):
        case = received(made, f"별빛로 {number}번 포트홀")
    part(made, case, "comment", body="하자보수 요청")
    with made.store.database.writing() as connection:
        absorb_waiting(connection)
    yield made
    made.close()


def differing(workspace) -> list[str]:
    return workspace.store.verify().differing


def test_an_index_in_use_is_sound_whatever_waits(workspace) -> None:
    assert differing(workspace) == []
    case = received(workspace, "한빛천 둔치 침수")
    recording.revise(workspace, case, {"title": "한빛천 둔치 범람"})
    recording.remove(workspace, received(workspace, "지울 사안"), "잘못 적음")
    assert differing(workspace) == []
    with workspace.store.database.writing() as connection:
        absorb_waiting(connection)
    assert differing(workspace) == []


HARM = {
    "a document the index lost": "DELETE FROM search_index WHERE rowid = (SELECT max(document) FROM search_record)",
    "a document it should not have": "INSERT INTO search_index(rowid, tokens) VALUES(99, ' 침수 ')",
    "another text under a document": (
        "INSERT OR REPLACE INTO search_index(rowid, tokens) SELECT max(document), ' 침수 ' FROM search_record"
    ),
    "a token it does not look for": "DELETE FROM search_vocabulary WHERE token = '하자'",
    "a record it forgot": "DELETE FROM search_record WHERE record_row = (SELECT max(record_row) FROM search_record)",
    "a text of another time": "UPDATE search_record SET fingerprint = fingerprint + 1 WHERE fingerprint < 0",
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_whatever_a_search_would_miss_is_told_and_mended(workspace, harm) -> None:
    with workspace.store.database.writing() as connection:
        connection.execute(harm)
    assert differing(workspace) == ["search"]
    workspace.store.rebuild()
    assert differing(workspace) == []
