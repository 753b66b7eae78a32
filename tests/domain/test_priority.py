from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import Bug
from fieldlog.domain.priority import PriorityWeights, priority


def test_the_score_is_the_sum_of_its_parts() -> None:
    scored = priority(severity=4, affected_people=640, repeats_90d=2, vulnerable=True)
    assert [part.points for part in scored.parts] == [16.0, 8.4, 4.0, 3.0]
    assert scored.score == 31.4


def test_each_part_says_what_gave_it() -> None:
    scored = priority(severity=3, affected_people=1200)
    assert [part.words.ko for part in scored.parts] == ["심각도 3 × 4", "영향 인원 1,200명 (log × 3)"]
    assert scored.parts[0].words.en == "severity 3 × 4"


def test_parts_that_give_nothing_are_not_shown() -> None:
    assert len(priority(severity=1).parts) == 1
    assert priority(severity=0).parts == ()


def test_an_agency_sets_its_own_weights() -> None:
    weights = PriorityWeights(severity=1, affected=0, repeat=0, vulnerable=10)
    assert priority(severity=5, affected_people=1000, vulnerable=True, weights=weights).score == 15


def test_a_negative_count_is_a_fault_of_the_program() -> None:
    with pytest.raises(Bug):
        priority(severity=3, affected_people=-1)


@given(st.integers(1, 5), st.integers(0, 10**7), st.integers(0, 100), st.booleans())
def test_more_people_more_repeats_and_more_danger_never_lower_it(
    severity, people, repeats, vulnerable
) -> None:
    scored = priority(severity=severity, affected_people=people, repeats_90d=repeats, vulnerable=vulnerable)
    assert scored.score == pytest.approx(sum(part.points for part in scored.parts), abs=0.01)
    more = priority(severity=severity, affected_people=people * 2, repeats_90d=repeats + 1, vulnerable=True)
    assert more.score > scored.score
