from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from helpers.makers import drafted
from helpers.stores import environment, practice_store

from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import StoreDamaged
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.registry import REGISTRY, SCHEMA
from fieldlog.services.browsing import list_cases
from fieldlog.services.opening import open_store
from fieldlog.storage import rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace

_COMMENT = REGISTRY.kind("comment").id
_CASE = REGISTRY.kind("case")
_DESCRIPTION = _CASE.field("description").id


@contextlib.contextmanager
def earlier_program(monkeypatch, schema: int = SCHEMA) -> Iterator[None]:
    """A program whose registry had no comments and no descriptions yet: it keeps such ops unread."""
    with monkeypatch.context() as earlier:
        earlier.delitem(REGISTRY._by_id, _COMMENT)
        earlier.delitem(REGISTRY._fields, _COMMENT)
        earlier.delitem(REGISTRY._fields[_CASE.id], _DESCRIPTION)
        earlier.setattr(rebuild, "SCHEMA", schema)
        yield


def write_unread(workspace: Workspace) -> RecordId:
    """A case with a description and a comment, as they arrive from somebody whose program knows them."""
    case = drafted(workspace, description="배수로가 막힘")
    values = {"case_id": case, "body": "맨홀도 봄"}
    workspace.store.save([Edit(record=workspace.mint.record_id(), kind="comment", values=values)], author="")
    return case


def found(workspace: Workspace, words: str) -> list[str]:
    return [case.id for case in list_cases(workspace, CaseFilter(query=words)).cases]


def is_read(workspace: Workspace, case) -> bool:
    """Whether comments are listed and found, and descriptions too: all of it or nothing."""
    known = {
        bool(workspace.store.sheet(case).of("comment")),
        found(workspace, "맨홀") == [case],
        found(workspace, "배수로") == [case],
    }
    assert len(known) == 1
    return known.pop()


@pytest.fixture
def older(tmp_path, monkeypatch) -> tuple[Path, str]:
    """A store into which an earlier program wrote what it did not know."""
    with earlier_program(monkeypatch):
        workspace = practice_store(tmp_path / "store")
        case = write_unread(workspace)
        workspace.close()
    return tmp_path / "store", case


def test_what_an_earlier_program_kept_unread_is_read_when_a_program_knows_it(older, monkeypatch) -> None:
    folder, case = older
    workspace = open_store(folder, environment())
    assert not is_read(workspace, case)
    assert not workspace.store.verify().sound
    ops = workspace.store.verify().ops
    workspace.close()
    monkeypatch.setattr(rebuild, "SCHEMA", SCHEMA + 1)
    told: list[tuple[int, int]] = []
    workspace = open_store(folder, environment(), progress=lambda *step: told.append(step))
    assert is_read(workspace, case)
    assert workspace.store.verify().sound
    assert workspace.store.find(case).text("description") == "배수로가 막힘"
    assert told[-1] == (ops, ops)
    workspace.close()


def test_due_times_are_counted_by_the_profile_also_while_catching_up(tmp_path, monkeypatch) -> None:
    workspace = practice_store(tmp_path / "store")
    case = drafted(workspace, received_at=workspace.now(), petition="OTHER")
    (before,) = list_cases(workspace, CaseFilter()).cases
    workspace.close()
    monkeypatch.setattr(rebuild, "SCHEMA", SCHEMA + 1)
    workspace = open_store(tmp_path / "store", environment())
    assert list_cases(workspace, CaseFilter()).cases == (before,)
    assert (before.id, before.due_at is None) == (case, False)
    workspace.close()


def test_a_store_is_caught_up_once(older, monkeypatch) -> None:
    folder, _ = older
    monkeypatch.setattr(rebuild, "SCHEMA", SCHEMA + 1)
    open_store(folder, environment()).close()
    told: list[tuple[int, int]] = []
    open_store(folder, environment(), progress=lambda *step: told.append(step)).close()
    assert not told


def test_a_store_without_a_note_is_of_the_first_schema(older, monkeypatch) -> None:
    folder, case = older
    workspace = open_store(folder, environment())
    with workspace.store.database.writing() as connection:
        connection.execute("DELETE FROM meta WHERE key = 'schema'")
    assert workspace.store.catch_up() == 0
    monkeypatch.setattr(rebuild, "SCHEMA", SCHEMA + 1)
    assert workspace.store.catch_up() > 0
    assert is_read(workspace, case)
    workspace.close()


def test_what_an_earlier_program_wrote_in_between_is_read_too(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(rebuild, "SCHEMA", SCHEMA + 1)
    practice_store(tmp_path / "store").close()
    with earlier_program(monkeypatch):
        workspace = open_store(tmp_path / "store", environment())
        case = write_unread(workspace)
        workspace.close()
    workspace = open_store(tmp_path / "store", environment())
    assert is_read(workspace, case)
    workspace.close()


def test_reading_only_never_rebuilds(older, monkeypatch) -> None:
    folder, case = older
    monkeypatch.setattr(rebuild, "SCHEMA", SCHEMA + 1)
    workspace = open_store(folder, environment(), read_only=True)
    assert not is_read(workspace, case)
    workspace.close()


def test_a_damaged_log_is_told_and_what_is_shown_stays(older, monkeypatch) -> None:
    folder, case = older
    workspace = open_store(folder, environment())
    with workspace.store.database.writing() as connection:
        connection.execute("UPDATE op SET hash = zeroblob(32) WHERE recv_no = 2")
    workspace.close()
    monkeypatch.setattr(rebuild, "SCHEMA", SCHEMA + 1)
    workspace = open_store(folder, environment())
    assert [type(notice) for notice in workspace.notices] == [StoreDamaged]
    assert workspace.store.find(case).text("title") == "적다 만 사안"
    assert not is_read(workspace, case)
    workspace.close()
