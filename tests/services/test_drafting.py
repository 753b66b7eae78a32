from __future__ import annotations

import pytest
from helpers.stores import environment, reopened

from fieldlog.domain.errors import StoreReadOnly
from fieldlog.services import drafting
from fieldlog.services.opening import open_store


def test_a_draft_is_kept_replaced_and_found_after_reopening(workspace) -> None:
    drafting.keep_draft(workspace, "case", {"title": "쓰다", "tags": ["하나"], "severity": None})
    drafting.keep_draft(workspace, "case", {"title": "쓰다 만 글", "tags": ["하나"], "severity": None})
    again = reopened(workspace)
    draft = drafting.draft_of(again, "case")
    assert draft.values == {"title": "쓰다 만 글", "tags": ["하나"], "severity": None}
    assert draft.at.endswith("+09:00")
    again.close()


def test_the_newest_draft_comes_first_and_a_saved_one_is_forgotten(workspace) -> None:
    for form in ("case", "visit", "comment"):
        drafting.keep_draft(workspace, form, {"text": form})
    assert [draft.form for draft in drafting.drafts(workspace)] == ["comment", "visit", "case"]
    drafting.drop_draft(workspace, "visit")
    drafting.drop_draft(workspace, "never kept")
    assert drafting.draft_of(workspace, "visit") is None
    assert len(drafting.drafts(workspace)) == 2


@pytest.mark.parametrize("text", ["", "반쪽 \ud83d", "\x00", "가" * 100_000, "🙂", "\u1112\u1161"])
def test_whatever_stands_in_a_field_can_be_kept(workspace, text) -> None:
    drafting.keep_draft(workspace, "case", {"description": text, "words": [text], "tree": {"a": text}})
    kept = drafting.draft_of(workspace, "case").values
    assert kept["description"] == text.replace("\ud83d", "\ufffd")


def test_a_draft_is_no_record_and_leaves_the_log_alone(workspace) -> None:
    before = workspace.store.verify()
    drafting.keep_draft(workspace, "case", {"title": "쓰다 만 글"})
    assert workspace.store.verify() == before


def test_who_only_reads_keeps_no_draft(workspace) -> None:
    reading = open_store(workspace.store.folder, environment(), read_only=True)
    with pytest.raises(StoreReadOnly):
        drafting.keep_draft(reading, "case", {})
    reading.close()
