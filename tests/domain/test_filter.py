from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import BadInput
from fieldlog.domain.filter import DUE_CHOICES, SORT_KEYS, CaseFilter

codes = st.lists(st.sampled_from(["DRAFT", "CLOSED", "ROAD", "한가람"]), max_size=3).map(tuple)
filters = st.builds(
    CaseFilter, query=st.text(), stages=codes, categories=codes, departments=codes, owners=codes,
    severities=st.lists(st.sampled_from("12345"), max_size=2).map(tuple), due=st.sampled_from([None, *DUE_CHOICES]),
    petitions_only=st.booleans(), received_from=st.none() | st.just("2026-01-01"), sort=st.sampled_from(SORT_KEYS),
    descending=st.booleans(),
)  # fmt: skip


@given(filters)
def test_a_filter_is_kept_and_read_back(asked) -> None:
    assert CaseFilter.from_tree(asked.as_tree()) == asked


def test_a_filter_that_asks_for_everything_keeps_nothing() -> None:
    assert CaseFilter().as_tree() == {}


def test_conditions_of_a_newer_version_are_passed_over() -> None:
    assert CaseFilter.from_tree({"stages": ["DRAFT"], "mood": "good"}) == CaseFilter(stages=("DRAFT",))


@pytest.mark.parametrize(
    "tree",
    [
        {"sort": "mood"},
        {"due": "someday"},
        {"stages": "DRAFT"},
        {"query": 5},
        {"severities": ["high"]},
        {"severities": ["²"]},
        {"descending": "yes"},
        {"received_from": 2026},
        {"query": None},
        {"sort": ["due_at"]},
    ],
)
def test_a_condition_that_cannot_be_asked_is_refused(tree) -> None:
    with pytest.raises(BadInput):
        CaseFilter.from_tree(tree)
