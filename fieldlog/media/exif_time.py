"""When a photograph was taken, by the times its EXIF holds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from msgspec import Struct

from fieldlog.domain.clock import KST, iso
from fieldlog.domain.phrase import Phrase
from fieldlog.media.tags import Ratio, Tag, Tags

ORIGINAL: Final = (0x9003, 0x9011)
DIGITISED: Final = (0x9004, 0x9012)
CHANGED: Final = (0x0132, 0x9010)
_GPS_TIME: Final = 7
_GPS_DATE: Final = 29
_FIRST_YEAR: Final = 1990
"""No camera wrote EXIF before: an earlier year is a clock that was never set."""
_DRIFT: Final = timedelta(minutes=30)
_LAST_YEAR: Final = 9998
"""The last whose every moment can be told in Korean time."""
_MOST_AHEAD: Final = timedelta(days=1)
_MOMENT: Final = re.compile(
    r"\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?", re.ASCII
)
_DATE: Final = re.compile(r"\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})\s*$", re.ASCII)
_OFFSET: Final = re.compile(r"\s*([+-])(\d{2}):?(\d{2})\s*$", re.ASCII)

_IMPOSSIBLE: Final = Phrase(
    "촬영 시각이 있을 수 없는 값이라 쓰지 않았습니다: {text}",
    "The time taken is impossible and was not used: {text}",
)
_IMPOSSIBLE_GPS: Final = Phrase(
    "GPS 시각이 있을 수 없는 값이라 쓰지 않았습니다.", "The GPS time is impossible and was not used."
)
_FROM_GPS: Final = Phrase(
    "사진기 시각이 없어 GPS 시각을 썼습니다.", "There is no camera time; the GPS time was used."
)
_DRIFTED: Final = Phrase(
    "사진기 시각과 GPS 시각이 {gap} 다릅니다.", "The camera clock and the GPS time differ by {gap}."
)


class Taken(Struct, frozen=True):
    """The time found, with what was passed over and what deserves a look."""

    at: str | None
    absences: tuple[Phrase, ...] = ()
    remarks: tuple[Phrase, ...] = ()


def read_taken(tags: Tags, latest: datetime | None) -> Taken:
    """The first usable of original, digitised, changed, GPS time; Korean time where no zone is told."""
    absences: list[Phrase] = []
    limit = latest + _MOST_AHEAD if latest is not None else None
    moment, zoned = None, False
    for (tag, offset_tag), directory in ((ORIGINAL, tags.exif), (DIGITISED, tags.exif), (CHANGED, tags.main)):
        zone = _zone(tags.exif.get(offset_tag))
        moment, zoned = _camera_moment(directory.get(tag), zone, limit, absences), zone is not None
        if moment is not None:
            break
    satellite = _gps_moment(tags, limit, absences)
    if moment is None:
        remarks = (_FROM_GPS,) if satellite else ()
        return Taken(iso(satellite) if satellite else None, tuple(absences), remarks)
    return Taken(iso(moment), tuple(absences), _cross_check(moment, satellite, zoned=zoned))


def _text(value: Tag | None) -> str:
    if not isinstance(value, bytes):
        return ""
    return value.split(b"\x00", 1)[0].decode("ascii", "replace").strip()


def _camera_moment(
    value: Tag | None, zone: timezone | None, limit: datetime | None, absences: list[Phrase]
) -> datetime | None:
    text = _text(value)
    if not text.strip(" :-/"):
        return None
    match = _MOMENT.match(text)
    moment = None
    if match is not None:
        moment = _moment([int(part or 0) for part in match.groups()], zone or KST)
    if moment is None or not _believable(moment, limit):
        shown = "".join(each if each.isprintable() else "?" for each in text[:24])
        absences.append(_IMPOSSIBLE.fill(text=shown))
        return None
    return moment


def _moment(parts: list[int], zone: timezone) -> datetime | None:
    year, month, day, hour, minute, second = parts
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _believable(moment: datetime, limit: datetime | None) -> bool:
    return _FIRST_YEAR <= moment.year <= _LAST_YEAR and (limit is None or moment <= limit)


def _zone(value: Tag | None) -> timezone | None:
    match = _OFFSET.match(_text(value))
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if offset > timedelta(hours=14) or int(minutes) >= 60:  # noqa: PLR2004 - no zone is further, no hour longer
        return None
    return timezone(-offset if sign == "-" else offset)


def _gps_moment(tags: Tags, limit: datetime | None, absences: list[Phrase]) -> datetime | None:
    date, time = _text(tags.gps.get(_GPS_DATE)), tags.gps.get(_GPS_TIME)
    match = _DATE.match(date)
    if not date.strip(" :-/0") or not isinstance(time, tuple):
        return None
    clock = [part.value for part in time[:3] if isinstance(part, Ratio)]
    hours = [int(part) for part in clock if part is not None and 0 <= part < 60]  # noqa: PLR2004
    if match is None or len(hours) != len(("hour", "minute", "second")):
        absences.append(_IMPOSSIBLE_GPS)
        return None
    moment = _moment([int(part) for part in match.groups()] + hours, UTC)
    if moment is None or not _believable(moment, limit):
        absences.append(_IMPOSSIBLE_GPS)
        return None
    return moment


def _cross_check(moment: datetime, satellite: datetime | None, *, zoned: bool) -> tuple[Phrase, ...]:
    """A remark when two clocks disagree; unzoned camera time is Korean, so a picture from abroad shows up."""
    if satellite is None or abs(moment - satellite) <= _DRIFT:
        return ()
    minutes = round(abs(moment - satellite).total_seconds() / 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    korean = " ".join(f"{n}{unit}" for n, unit in ((days, "일"), (hours, "시간"), (minutes, "분")) if n)
    english = " ".join(f"{n} {unit}" for n, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if n)
    remark = _DRIFTED.fill(gap=Phrase(korean, english))
    hint = Phrase(
        " 시간대가 적혀 있지 않아 한국 시각으로 보았습니다.", " No zone is told; Korean time was assumed."
    )
    return (remark if zoned else Phrase(remark.ko + hint.ko, remark.en + hint.en),)
