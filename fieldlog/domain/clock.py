"""The time of day, passed in wherever it is needed and read from the machine only here."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import Final, Protocol

from msgspec import Struct

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase

KST: Final = timezone(timedelta(hours=9), "KST")
"""Korea keeps one time zone without daylight saving: every stored time carries +09:00."""


class Clock(Protocol):
    """Tells what time it is."""

    def now(self) -> datetime:
        """The present moment, aware, in Korean time."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment by the machine."""
        return datetime.now(KST)


class FixedClock(Struct, frozen=True):
    """A clock that stands still: for tests and for ``FIELDLOG_NOW``."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment


def monotonic() -> float:
    """Seconds that never step back, for measuring how long something took."""
    return time.monotonic()


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 date or time; what names no zone is Korean time.

    Raises:
        BadInput: The text is no date or time.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=KST) if moment.tzinfo is None else moment.astimezone(KST)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            Phrase("날짜·시각을 읽을 수 없습니다: {text}", "Not a date or time: {text}").fill(text=text[:80]),
            Phrase("ISO 8601 형식이 아닙니다.", "It is not in ISO 8601 form."),
            Phrase("2026-03-09T09:00 처럼 적어 주십시오.", "Write it like 2026-03-09T09:00."),
        ) from error


def iso(moment: datetime) -> str:
    """A moment as stored in records: ISO 8601, Korean time, whole seconds.

    Milliseconds are kept out on purpose: two people cannot act on them and they widen every record.
    """
    return moment.astimezone(KST).isoformat(timespec="seconds")
