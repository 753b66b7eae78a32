"""What offices confirmed: remembered for one incarnation, forgotten with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.stores import practice_store, reopened

from fieldlog.domain.ids import Digest, StreamId
from fieldlog.domain.transfer import LogName, Tip
from fieldlog.storage.dock import Dock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.services.workspace import Workspace

LOG = StreamId(b"log of somebody.")
PHOTO = Digest("ab" * 32)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = practice_store(tmp_path / "store")
    yield made
    made.close()


def tip(seq: int) -> Tip:
    return Tip(LogName(LOG, "ROAD"), seq, bytes([seq]) * 32)


def test_the_latest_word_of_an_office_counts(workspace) -> None:
    dock = Dock(workspace.store)
    dock.note_acknowledged("office", "first", tip(3))
    dock.note_acknowledged("office", "first", tip(7))
    assert dock.acknowledged("office", "first") == {LOG: (7, bytes([7]) * 32)}


def test_what_an_earlier_incarnation_confirmed_counts_no_more(workspace) -> None:
    dock = Dock(workspace.store)
    dock.note_acknowledged("office", "first", tip(3))
    dock.note_photos_there("office", "first", [PHOTO])
    assert dock.acknowledged("office", "second") == {}
    assert dock.photos_there("office", "second") == frozenset()


def test_offices_are_kept_apart_and_forgotten_apart(workspace) -> None:
    dock = Dock(workspace.store)
    for office in ("one", "two"):
        dock.note_acknowledged(office, "first", tip(2))
        dock.note_photos_there(office, "first", [PHOTO])
    dock.forget_office("one")
    assert (dock.acknowledged("one", "first"), dock.photos_there("one", "first")) == ({}, frozenset())
    assert dock.acknowledged("two", "first").keys() == {LOG}
    assert dock.photos_there("two", "first") == {PHOTO}


def test_what_was_confirmed_outlives_the_program(workspace) -> None:
    Dock(workspace.store).note_photos_there("office", "first", [PHOTO, PHOTO])
    again = reopened(workspace)
    try:
        assert Dock(again.store).photos_there("office", "first") == {PHOTO}
    finally:
        again.close()
