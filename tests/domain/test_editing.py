from __future__ import annotations

import pytest
from msgspec.structs import replace

from fieldlog.domain.editing import Edit, changes_for
from fieldlog.domain.errors import Bug
from fieldlog.domain.ids import RecordId, StreamId
from fieldlog.domain.merge import Head
from fieldlog.domain.op import Version
from fieldlog.domain.registry import DELETED_KEY, REGISTRY

CASE, PHOTO = REGISTRY.kind("case"), REGISTRY.kind("photo")
TITLE = CASE.field("title").id
FLAGS = CASE.field("vulnerable_flags").id
NEW, OLD = (Version(when, StreamId(b"a" * 16)) for when in (9, 5))
EDIT = Edit(record=RecordId("0199a3c0-0000-7000-8000-000000000001"), kind="case", values={})


def heads(*versions: Version) -> tuple[Head, ...]:
    return tuple(Head(version, 1) for version in versions)


def test_only_what_differs_becomes_a_change_that_names_what_it_replaces() -> None:
    edit = replace(EDIT, values={"title": "새 제목", "severity": "4"})
    (change,) = changes_for(
        edit, CASE, {TITLE: heads(NEW)}, {TITLE: "옛 제목", CASE.field("severity").id: "4"}
    )
    assert (change.key, change.bases, change.value) == (TITLE, (NEW,), "새 제목")


def test_an_empty_field_that_stays_empty_is_no_change() -> None:
    assert changes_for(replace(EDIT, values={"description": None}), CASE, {}, {}) == ()


def test_an_ordinary_edit_never_swallows_the_other_value_of_a_conflict() -> None:
    edit = replace(EDIT, values={"title": "새 제목"})
    (change,) = changes_for(edit, CASE, {TITLE: heads(NEW, OLD)}, {TITLE: "옛 제목"})
    assert change.bases == (NEW,)


def test_an_edit_replaces_what_the_person_saw_even_if_it_is_gone() -> None:
    edit = replace(EDIT, values={"title": "새 제목"}, seen={TITLE: OLD})
    (change,) = changes_for(edit, CASE, {TITLE: heads(NEW)}, {TITLE: "옛 제목"})
    assert change.bases == (OLD,)
    blind = replace(edit, seen={})
    assert changes_for(blind, CASE, {TITLE: heads(NEW)}, {TITLE: "옛 제목"})[0].bases == ()


def test_a_decision_replaces_all_values_and_needs_a_conflict_to_decide() -> None:
    edit = replace(EDIT, values={"title": "옛 제목"}, settles=frozenset({"title"}))
    (change,) = changes_for(edit, CASE, {TITLE: heads(NEW, OLD)}, {TITLE: "옛 제목"})
    assert change.bases == (NEW, OLD)
    assert changes_for(edit, CASE, {TITLE: heads(NEW)}, {TITLE: "옛 제목"}) == ()


def test_sets_change_element_by_element() -> None:
    shown = {f"{FLAGS}:CHILD": True, f"{FLAGS}:ELDER": False, "300:CHILD": True}
    edit = replace(EDIT, values={"vulnerable_flags": ["ELDER", "FOREIGN"]})
    changes = changes_for(edit, CASE, {f"{FLAGS}:CHILD": heads(NEW, OLD)}, shown)
    assert [(change.key, change.value) for change in changes] == [
        (f"{FLAGS}:CHILD", False),
        (f"{FLAGS}:ELDER", True),
        (f"{FLAGS}:FOREIGN", True),
    ]
    assert changes[0].bases == (NEW, OLD)
    cleared = replace(EDIT, values={"vulnerable_flags": None})
    assert [change.value for change in changes_for(cleared, CASE, {}, shown)] == [False]


def test_removing_and_restoring_replace_every_earlier_word_on_it() -> None:
    removal = replace(EDIT, deleted="중복")
    (change,) = changes_for(removal, CASE, {DELETED_KEY: heads(NEW, OLD)}, {})
    assert (change.key, change.bases, change.value) == (DELETED_KEY, (NEW, OLD), "중복")
    assert changes_for(removal, CASE, {}, {DELETED_KEY: "중복"}) == ()
    assert changes_for(replace(EDIT, deleted=""), CASE, {}, {DELETED_KEY: "중복"})[0].value is None
    assert changes_for(replace(EDIT, deleted=""), CASE, {}, {}) == ()


def test_what_is_derived_or_written_once_is_a_mistake_of_ours() -> None:
    with pytest.raises(Bug):
        changes_for(replace(EDIT, values={"due_at": "2026-12-01T18:00:00+09:00"}), CASE, {}, {})
    photo = replace(EDIT, kind="photo", values={"sha256": "0" * 64})
    number = PHOTO.field("sha256").id
    assert len(changes_for(photo, PHOTO, {}, {})) == 1
    assert changes_for(photo, PHOTO, {number: heads(NEW)}, {number: "0" * 64}) == ()
    with pytest.raises(Bug):
        changes_for(photo, PHOTO, {number: heads(NEW)}, {number: "1" * 64})
