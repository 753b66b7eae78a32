"""Reading the dated holiday data in ``resources/holidays``."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from fieldlog.domain.calendar import CountingRules, Holiday, HolidayKind, HolidayTable
from fieldlog.domain.errors import ProfileBroken
from fieldlog.domain.phrase import Phrase, plain

FORMAT: Final = 1
_WHAT: Final = Phrase(
    "휴일 자료를 읽을 수 없습니다: {file} {line}행", "Cannot read the holiday data: {file}, line {line}"
)
_MEND: Final = Phrase(
    "{file} {line}행을 고치거나, 프로그램에 들어 있는 파일로 되돌려 주십시오.",
    "Mend {file}, line {line}, or put back the file that came with the program.",
)
_NEWER: Final = Phrase(
    "이 프로그램보다 새로운 형식({found})입니다. 읽을 수 있는 형식은 {known}입니다.",
    "Its format {found} is newer than the {known} that this program reads.",
)
_NO_JSON: Final = Phrase("JSON 문법에 맞지 않습니다.", "It is not JSON: {why}")
_MISSING: Final = Phrase("'{key}' 값이 없습니다.", "'{key}' is missing.")
_NOT_A: Final = Phrase(
    "'{key}' 값 {value:을} 읽을 수 없습니다.", "Cannot read {value}, the value of '{key}'."
)
_TWICE: Final = Phrase("{value:이} 두 번 적혀 있습니다.", "{value} is written twice.")
_TURNED: Final = Phrase("자료의 첫날이 마지막 날보다 늦습니다.", "The data ends before it begins.")


class _Broken(Exception):
    def __init__(self, why: Phrase, near: str = "") -> None:
        super().__init__(why.en)
        self.why = why
        self.near = near


def read_holidays(text: str, file_name: str) -> HolidayTable:
    """Read holiday data: JSON of format 1, one entry per day off.

    Raises:
        ProfileBroken: The text is no such data; names the file, the line, what is wrong and how to mend it.
    """
    try:
        return _table(json.loads(text))
    except json.JSONDecodeError as error:
        raise _report(file_name, error.lineno, _NO_JSON.fill(why=error.msg)) from error
    except RecursionError as error:
        raise _report(file_name, 1, _NO_JSON.fill(why="nested too deeply")) from error
    except _Broken as error:
        raise _report(file_name, _line_of(text, error.near), error.why) from error


def _report(file_name: str, line: int, why: Phrase) -> ProfileBroken:
    place = {"file": file_name, "line": line}
    return ProfileBroken(_WHAT.fill(**place), why, _MEND.fill(**place))


def _line_of(text: str, near: str) -> int:
    found = text.find(f'"{near}"') if near else -1
    return 1 if found < 0 else text.count("\n", 0, found) + 1


def _table(data: Any) -> HolidayTable:
    found = _of(data, "format", int)
    if found > FORMAT:
        raise _Broken(_NEWER.fill(found=found, known=FORMAT), "format")
    first, last = _day(data, "covers_from"), _day(data, "covers_until")
    if last < first:
        raise _Broken(_TURNED, "covers_until")
    holidays = tuple(_holiday(entry) for entry in _of(data, "holidays", list))
    seen: set[date] = set()
    for holiday in holidays:
        if holiday.day in seen:
            raise _Broken(_TWICE.fill(value=holiday.day.isoformat()), holiday.day.isoformat())
        seen.add(holiday.day)
    return HolidayTable(
        version=_of(data, "version", str),
        covers_from=first,
        covers_until=last,
        rules=_rules(_of(data, "counting", dict)),
        holidays=holidays,
    )


def _rules(data: dict[str, Any]) -> CountingRules:
    numbers = {key: _of(data, key, int) for key in ("hours_per_day", "hours_up_to_days", "immediate_hours")}
    for key, number in numbers.items():
        if number < 1:
            raise _Broken(_NOT_A.fill(key=key, value=number), key)
    rest = _of(data, "rest_weekdays", list)
    if len(set(rest)) > 6 or any(day not in range(1, 8) for day in rest):  # noqa: PLR2004 - days of a week
        raise _Broken(_NOT_A.fill(key="rest_weekdays", value=rest), "rest_weekdays")
    return CountingRules(
        **numbers,
        rest_weekdays=frozenset(rest),
        source=_of(data, "source", str),
        as_of=_day(data, "as_of"),
    )


def _holiday(entry: Any) -> Holiday:
    day = _day(entry, "date")
    near = day.isoformat()
    kind = _of(entry, "kind", str, near)
    if kind not in HolidayKind.__members__:
        raise _Broken(_NOT_A.fill(key="kind", value=kind), near)
    name = _of(entry, "name", str, near)
    note = entry.get("note")
    return Holiday(
        day=day,
        name=Phrase(name, str(entry.get("name_en", name))),
        kind=HolidayKind(kind),
        source=_of(entry, "source", str, near),
        added_at=_day(entry, "added_at", near),
        confirmed=entry.get("confirmed", True) is True,
        note=None if note is None else Phrase(str(note), str(entry.get("note_en", note))),
    )


def _of(data: Any, key: str, kind: type, near: str = "") -> Any:
    if not isinstance(data, dict) or key not in data:
        raise _Broken(_MISSING.fill(key=plain(key)), near)
    value = data[key]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _Broken(_NOT_A.fill(key=key, value=value), near or key)
    return value


def _day(data: Any, key: str, near: str = "") -> date:
    text = _of(data, key, str, near)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _Broken(_NOT_A.fill(key=key, value=text), text) from error
