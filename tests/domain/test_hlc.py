from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.hlc import TRUSTED_AHEAD, absorb, is_by_the_wall, milliseconds, moment_of, tick

moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
stamps = st.integers(0, (1 << 62) - 1)


@given(st.lists(moments, min_size=1, max_size=50))
def test_time_never_steps_back_on_one_device_whatever_its_clock_does(clock) -> None:
    last, seen = 0, []
    for now in clock:
        last = tick(last, now)
        seen.append(last)
        assert moment_of(last) >= now - timedelta(milliseconds=1)
    assert seen == sorted(set(seen))


@given(moments, st.integers(1, 100_000))
def test_a_clock_that_stands_still_still_counts(now, saves) -> None:
    first = tick(0, now)
    assert tick(first + saves - 1, now) in {first + saves, first + saves + 1}


@given(stamps, moments)
def test_a_counter_of_nothing_says_that_the_wall_clock_was_written(last, now) -> None:
    following = tick(last, now)
    assert is_by_the_wall(following) == (following == milliseconds(now) << 16)


@given(stamps, stamps, moments)
def test_a_remote_time_is_taken_over_unless_it_lies_implausibly_far_ahead(last, remote, now) -> None:
    after = absorb(last, remote, now)
    assert after in {last, remote}
    assert after >= last
    if moment_of(remote) > now + TRUSTED_AHEAD + timedelta(seconds=1):
        assert after == last


@given(stamps)
def test_every_time_a_log_can_hold_can_be_shown(stamp) -> None:
    assert moment_of(stamp).tzinfo is not None
