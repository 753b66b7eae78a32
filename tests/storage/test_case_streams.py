from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from fieldlog.storage.case_streams import AllOf, AnyOf, CaseStream, Except, Fetched, Listed, Without

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = st.frozensets(st.integers(1, 400), max_size=300)
TOP = 1000


def fetched(rows: frozenset[int]) -> Fetched:
    falling = sorted(rows, reverse=True)

    def fetch(ceiling: int, count: int) -> tuple[Sequence[int], bool]:
        below = [row for row in falling if row <= ceiling]
        return below[:count], len(below) <= count

    return Fetched(fetch)


def listed(rows: frozenset[int]) -> Listed:
    return Listed(sorted(rows, reverse=True))


def every(stream: CaseStream) -> set[int]:
    rows = list(stream.falling(TOP))
    assert rows == sorted(set(rows), reverse=True)
    return set(rows)


@given(ROWS, ROWS, ROWS)
def test_streams_combine_as_sets_do(one: frozenset[int], two: frozenset[int], three: frozenset[int]) -> None:
    assert every(AllOf([fetched(one), listed(two), fetched(three)])) == one & two & three
    assert every(AnyOf([fetched(one), listed(two)])) == one | two
    assert every(Without(fetched(one), fetched(two))) == one - two
    assert every(Except(fetched(one), two)) == one - two
    assert every(Without(AnyOf([fetched(one), listed(two)]), AllOf([fetched(one), fetched(three)]))) == (
        (one | two) - (one & three)
    )


@given(ROWS, ROWS, st.integers(0, 400), st.integers(1, 30))
def test_the_newest_rows_are_the_first_of_all_below_a_ceiling(
    one: frozenset[int], two: frozenset[int], ceiling: int, count: int
) -> None:
    kept = sorted((row for row in one - two if row <= ceiling), reverse=True)[:count]
    assert Except(fetched(one), two).newest(ceiling, count) == kept
    assert Without(fetched(one), fetched(two)).newest(ceiling, count) == kept


def test_a_rare_partner_makes_a_common_stream_skip_instead_of_reading_on() -> None:
    asked = []

    def fetch(ceiling: int, count: int) -> tuple[Sequence[int], bool]:
        asked.append(count)
        return range(ceiling, max(0, ceiling - count), -1), ceiling <= count

    common = Fetched(fetch)
    rare = Listed([900_000, 500_000, 7])
    assert list(AllOf([common, rare]).falling(1_000_000)) == [900_000, 500_000, 7]
    assert sum(asked) < 5_000
