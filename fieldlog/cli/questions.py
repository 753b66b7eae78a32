"""The commands that need no store: when an answer is due, and where a place is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fieldlog.cli.answer import Answer, Facts, Table
from fieldlog.domain.clock import iso, parse_moment
from fieldlog.domain.deadline import Count, shown_due
from fieldlog.domain.deadline import due as counted_due
from fieldlog.domain.errors import StoreTrouble
from fieldlog.domain.period import parse_period
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.shown_dates import shown_day, shown_moment
from fieldlog.services import placing
from fieldlog.services.opening import DEFAULT_PROFILE, holds_store, load_holidays, offered_profile

if TYPE_CHECKING:
    from fieldlog.cli.desk import Desk
    from fieldlog.domain.calendar import Calendar
    from fieldlog.domain.deadline import Due
    from fieldlog.domain.errors import Known
    from fieldlog.services.placing import Reading

_COUNTS: Final = {
    Count.WORK_HOURS: Phrase("근무시간", "working hours"),
    Count.WORK_DAYS: Phrase("근무일", "working days"),
    Count.CALENDAR: Phrase("달력", "calendar days"),
}
_NUMBER: Final = Phrase("{n}", "{n}")
_HOURS: Final = Phrase("{n}시간", "{n} h")
_FALLBACK: Final = Phrase(
    "저장소를 열지 못해 기본 기관설정({name})으로 셉니다.",
    "The store could not be opened; counted by the profile {name}.",
)


def due(desk: Desk) -> Answer:
    """When an answer is due, by the agency's calendar: named, the store's, or the one that comes along."""
    period = parse_period(desk.words.period)
    received = parse_moment(desk.words.received)
    name, calendar, remarks = _calendar(desk)
    found = counted_due(received, period, calendar)
    document: dict[str, Any] = {
        "received_at": iso(received),
        "period": period.written(),
        "due_at": iso(found.due_at),
        "ends_at": iso(found.ends_at),
        "unit": found.unit.value,
        "profile": name,
        "warnings": list(found.warnings),
    }
    shown: list[Phrase | Table | Facts] = [
        Facts(
            [
                (Phrase("접수일시", "Received"), shown_moment(received)),
                (Phrase("처리기간", "Period"), period.shown()),
                (Phrase("처리기한", "Due"), shown_due(found)),
                (Phrase("세는 법", "Counted in"), _COUNTS[found.unit]),
                (Phrase("기관설정", "Profile"), plain(name)),
            ]
        )
    ]
    if desk.words.explain:
        document.update(_explained(found))
        shown.extend(_tables(found))
    return Answer(document=document, shown=shown, remarks=[*remarks, *found.warnings])


def _calendar(desk: Desk) -> tuple[str, Calendar, list[Phrase | Known]]:
    remarks: list[Phrase | Known] = []
    around = desk.surroundings()
    named: str | None = desk.words.profile
    if named is None and holds_store(desk.folder):
        try:
            with desk.reading() as workspace:
                return workspace.profile.name, workspace.calendar, remarks
        except StoreTrouble as trouble:
            remarks.extend((trouble, _FALLBACK.fill(name=DEFAULT_PROFILE)))
    profile = offered_profile(around, named or DEFAULT_PROFILE)
    return profile.name, profile.calendar(load_holidays(around)), remarks


def _explained(found: Due) -> dict[str, Any]:
    return {
        "slots": [
            {"day": slot.day.isoformat(), "number": slot.number, "hours": slot.hours} for slot in found.slots
        ],
        "skipped": [{"day": skipped.day.isoformat(), "why": skipped.why} for skipped in found.skipped],
    }


def _tables(found: Due) -> list[Phrase | Table]:
    lines = [
        (
            slot.day,
            _NUMBER.fill(n=slot.number),
            plain("") if slot.hours is None else _HOURS.fill(n=f"{slot.hours:g}"),
        )
        for slot in found.slots
    ] + [(skipped.day, plain("-"), skipped.why) for skipped in found.skipped]
    lines.sort(key=lambda line: line[0])
    headings = (Phrase("순번", "No."), Phrase("날짜", "Date"), Phrase("비고", "Remark"))
    return [plain(""), Table(headings, [(number, shown_day(day), remark) for day, number, remark in lines])]


def place(desk: Desk) -> Answer:
    """Every place a text may mean, best first; a doubtful one is asked, never turned."""
    readings = placing.read_places(" ".join(desk.words.text))
    rows, remarks = [], []
    for reading in readings:
        if reading.note is not None and reading.note not in remarks:
            remarks.append(reading.note)
        if reading.coordinate is not None:
            written = placing.written_place(reading.lat, reading.lon)
            rows.append(
                (
                    plain(written.decimal),
                    written.dms,
                    plain(written.national_point or "-"),
                    plain(f"{reading.accuracy_m:g} m"),
                )
            )
    headings = (
        Phrase("위도, 경도", "Latitude, longitude"),
        Phrase("도분초", "Degrees"),
        Phrase("국가지점번호", "National point"),
        Phrase("정확도", "Accuracy"),
    )
    return Answer(
        document={"readings": [_reading(reading) for reading in readings]},
        shown=[Table(headings, rows)] if rows else [],
        remarks=remarks,
    )


def _reading(reading: Reading) -> dict[str, Any]:
    written = placing.written_place(reading.lat, reading.lon) if reading.coordinate else None
    return {
        **reading.as_answer(),
        "safe": reading.is_safe,
        "note": reading.note,
        "national_point_no": written.national_point if written else None,
    }
