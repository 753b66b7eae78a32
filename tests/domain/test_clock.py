from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.clock import KST, FixedClock, SystemClock, iso, monotonic, parse_moment
from fieldlog.domain.errors import BadInput


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(KST)))  # noqa: DTZ001
def test_what_is_written_reads_back_to_the_second(moment) -> None:
    assert parse_moment(iso(moment)) == moment.replace(microsecond=0)
    assert iso(moment).endswith("+09:00")


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_refused(text) -> None:
    try:
        moment = parse_moment(text)
    except BadInput as refusal:
        assert refusal.how.ko  # noqa: PT017
    else:
        assert moment.utcoffset() == timedelta(hours=9)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-03-09T00:00Z", "2026-03-09T09:00:00+09:00"),
        ("2026-03-09 09:00", "2026-03-09T09:00:00+09:00"),
        ("  2026-03-09  ", "2026-03-09T00:00:00+09:00"),
        ("2026-03-08T19:00-05:00", "2026-03-09T09:00:00+09:00"),
    ],
)
def test_moments_of_any_zone_become_korean_time(text, written) -> None:
    assert iso(parse_moment(text)) == written


def test_moments_at_the_edge_of_the_calendar_are_refused() -> None:
    for text in ("9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00"):
        with pytest.raises(BadInput):
            parse_moment(text)


def test_clocks_are_aware() -> None:
    assert SystemClock().now().utcoffset() == timedelta(hours=9)
    assert FixedClock(datetime(2026, 1, 1, tzinfo=UTC)).now().year == 2026
    assert monotonic() <= monotonic()
