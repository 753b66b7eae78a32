from __future__ import annotations

from datetime import UTC, date, datetime

from fieldlog.domain.shown_dates import shown_day, shown_moment


def test_a_date_is_shown_as_offices_write_it() -> None:
    assert shown_day(date(2026, 3, 9)).ko == "2026. 3. 9.(월)"
    assert shown_day(date(2026, 11, 22)).ko == "2026. 11. 22.(일)"
    assert shown_day(date(2026, 3, 9)).en == "Mon 9 Mar 2026"


def test_a_moment_is_shown_in_korean_time() -> None:
    moment = datetime(2026, 3, 8, 23, 5, tzinfo=UTC)
    assert shown_moment(moment).ko == "2026. 3. 9.(월) 08:05"
    assert shown_moment(moment).en == "Mon 9 Mar 2026, 08:05"
