"""Taking typed values out of one table of a profile, collecting everything that is wrong."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec import Struct, field

from fieldlog.domain.errors import BadInput
from fieldlog.domain.period import Period, parse_period
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from fieldlog.domain.profile_lines import Path

_T = TypeVar("_T")
_D = TypeVar("_D")

_KIND_WORDS: Final[dict[type, Phrase]] = {
    str: Phrase("글", "text"),
    int: Phrase("정수", "a whole number"),
    float: Phrase("숫자", "a number"),
    bool: Phrase("true 또는 false", "true or false"),
    date: Phrase("날짜(2026-11-01)", "a date (2026-11-01)"),
    list: Phrase("목록 [ … ]", "a list [ … ]"),
    dict: Phrase("표 [ ] 또는 { }", "a table [ ] or { }"),
}
_MISSING: Final = Phrase("'{key}' 값이 없습니다.", "'{key}' is missing.")
_ADD: Final = Phrase("'{key}' 값을 적어 주십시오. 종류: {kind}", "Add '{key}': {kind}.")
_WRONG_KIND: Final = Phrase("'{key}' 값의 종류가 다릅니다: {value}", "'{key}' is of the wrong kind: {value}")
_USE_KIND: Final = Phrase("이 종류로 적어 주십시오: {kind}", "Write {kind}.")
_OUT_OF_RANGE: Final = Phrase("'{key}' 값이 범위를 벗어났습니다: {value}", "'{key}' is out of range: {value}")
_KEEP_WITHIN: Final = Phrase("{least}에서 {most} 사이로 적어 주십시오.", "Write {least} to {most}.")
_NO_SUCH: Final = Phrase("'{key}'에 없는 값입니다: {value}", "'{key}' has no such value: {value}")
_CHOOSE: Final = Phrase("다음 가운데 고르십시오: {codes}", "Choose one of: {codes}")
_UNKNOWN_KEY: Final = Phrase("'{key}' 항목은 없습니다.", "There is no '{key}' here.")
_MEANT: Final = Phrase(
    "혹시 '{guess}'입니까? 이름을 고쳐 주십시오.", "Did you mean '{guess}'? Please correct the name."
)
_REMOVE: Final = Phrase(
    "이 항목을 지워 주십시오. 쓸 수 있는 이름: {names}", "Remove it. Names that can be used: {names}"
)
_EMPTY: Final = Phrase("'{key}' 값이 비어 있습니다.", "'{key}' is empty.")
_FILL_IN: Final = Phrase("내용을 적어 주십시오.", "Please fill it in.")


class Finding(Struct, frozen=True):
    """One thing that is wrong: where, what, and how to mend it."""

    path: Path
    what: Phrase
    how: Phrase


class Findings(Struct):
    """Everything wrong that was found in one reading, and every table that was looked into."""

    found: list[Finding] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def add(self, path: Path, what: Phrase, how: Phrase) -> None:
        """Note something that is wrong."""
        self.found.append(Finding(path, what, how))

    def add_unknown_keys(self) -> None:
        """Note every key that nobody asked for; one that was meant is then no longer called missing."""
        for table in self.tables:
            table.note_unknown_keys()

    def withdraw(self, finding: Finding) -> None:
        """Take a finding back that turned out to be the shadow of another."""
        self.found.remove(finding)


class Table:
    """One table being read. Each question has a fallback, so that reading goes on after a finding.

    Without values it stands for a table that is missing: that was told, so nothing in it is told again.
    """

    def __init__(self, values: dict[str, Any] | None, path: Path, findings: Findings) -> None:
        self.path = path
        self._missing_itself = values is None
        self._values = values or {}
        self._findings = findings
        self._asked: dict[str, None] = {}
        self._missing: dict[str, Finding] = {}
        findings.tables.append(self)

    def wrong(self, key: str | None, what: Phrase, how: Phrase) -> None:
        """Note that the value of a key, or the table itself, is wrong."""
        if not self._missing_itself:
            self._findings.add(self.path if key is None else (*self.path, key), what, how)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self._values

    def text(self, key: str, fallback: str | None = None) -> str:
        """Text that is not empty; required when there is no fallback."""
        found = self._take(key, str, "", fallback)
        if not found.strip() and (key in self._values or fallback is None) and self._is(key, str):
            self.wrong(key, _EMPTY.fill(key=key), _FILL_IN)
        return found.strip()

    def whole(self, key: str, least: int, most: int, fallback: int | None = None) -> int:
        """A whole number within bounds, ends included."""
        return self._within(key, self._take(key, int, least, fallback), least, most)

    def number(self, key: str, least: float, most: float, fallback: float | None = None) -> float:
        """A number within bounds, ends included."""
        if isinstance(self._values.get(key), int) and not isinstance(self._values[key], bool):
            self._values[key] = float(self._values[key])
        return self._within(key, self._take(key, float, least, fallback), least, most)

    def flag(self, key: str, *, fallback: bool) -> bool:
        """True or false."""
        return self._take(key, bool, fallback, fallback)

    def day(self, key: str) -> date:
        """A date."""
        return self._take(key, date, date.min, None)

    def choice(self, key: str, codes: Collection[str], fallback: str | None = None) -> str:
        """One of the codes; the nearest one is proposed when it is none of them."""
        found = self._take(key, str, next(iter(codes), ""), fallback)
        if key in self._values and self._is(key, str) and found not in codes:
            self.wrong(key, _NO_SUCH.fill(key=key, value=found), proposal(found, codes))
        return found

    def period(self, key: str) -> Period | None:
        """A period such as ``7d``, or None when the key is not written."""
        if key not in self._values:
            self._asked[key] = None
            return None
        try:
            return parse_period(self._take(key, str, "7d", None))
        except BadInput as error:
            self.wrong(key, error.what, error.how)
            return None

    def entries(self, key: str, kind: type[_T], *, required: bool = False) -> tuple[_T, ...]:
        """A list whose entries are all of one kind."""
        values = self._take(key, list, [], None if required else [])
        kept = []
        for number, value in enumerate(values):
            if _is_of(value, kind):
                kept.append(value)
            else:
                words = _KIND_WORDS[kind]
                what = _WRONG_KIND.fill(key=f"{key}[{number + 1}]", value=_brief(value))
                self._findings.add((*self.path, key, number), what, _USE_KIND.fill(kind=words))
        return tuple(kept)

    def table(self, key: str, *, required: bool = True) -> Table:
        """The table under a key; an empty one when it is not written and not required."""
        found = self._take(key, dict, None, None if required else {})
        return Table(found, (*self.path, key), self._findings)

    def tables(self, key: str) -> tuple[Table, ...]:
        """The list of tables under a key; empty when it is not written."""
        found = self._take(key, list, [], [])
        made = []
        for number, entry in enumerate(found):
            path = (*self.path, key, number)
            if isinstance(entry, dict):
                made.append(Table(entry, path, self._findings))
            else:
                what = _WRONG_KIND.fill(key=f"{key}[{number + 1}]", value=_brief(entry))
                self._findings.add(path, what, _USE_KIND.fill(kind=_KIND_WORDS[dict]))
        return tuple(made)

    def named_tables(self) -> Iterator[tuple[str, Table]]:
        """Every table in this one under the name an agency gave it."""
        for name in self._values:
            yield name, self.table(name)

    def written_keys(self) -> tuple[str, ...]:
        """The keys that are written here."""
        return tuple(self._values)

    def phrase(self) -> Phrase:
        """The keys ``ko`` and ``en``."""
        return Phrase(self.text("ko"), self.text("en"))

    def note_unknown_keys(self) -> None:
        """Note the keys that nobody asked for, each with the name that was probably meant."""
        for key in self._values:
            if key in self._asked:
                continue
            close = _closest(key, self._asked)
            if close and close[0] in self._missing:
                self._findings.withdraw(self._missing.pop(close[0]))
            names = ", ".join(self._asked) or "-"
            how = _MEANT.fill(guess=close[0]) if close else _REMOVE.fill(names=names)
            self.wrong(key, _UNKNOWN_KEY.fill(key=key), how)

    def _take(self, key: str, kind: type[_T], placeholder: _D, fallback: _T | None) -> _T | _D:
        self._asked[key] = None
        if key not in self._values:
            if fallback is not None:
                return fallback
            if not self._missing_itself:
                self.wrong(None, _MISSING.fill(key=key), _ADD.fill(key=key, kind=_KIND_WORDS[kind]))
                self._missing[key] = self._findings.found[-1]
            return placeholder
        value = self._values[key]
        if isinstance(value, kind) and _is_of(value, kind):
            return value
        what = _WRONG_KIND.fill(key=key, value=_brief(value))
        self.wrong(key, what, _USE_KIND.fill(kind=_KIND_WORDS[kind]))
        return placeholder

    def _is(self, key: str, kind: type) -> bool:
        return _is_of(self._values.get(key), kind)

    def _within(self, key: str, found: _T, least: Any, most: Any) -> _T:
        value: Any = found
        if key in self._values and not least <= value <= most:
            how = _KEEP_WITHIN.fill(least=f"{least:g}", most=f"{most:g}")
            self.wrong(key, _OUT_OF_RANGE.fill(key=key, value=value), how)
        return found


def proposal(found: str, codes: Collection[str]) -> Phrase:
    """The way out of a code that is none: the nearest one, or all of them."""
    close = _closest(found, codes)
    if close:
        return _MEANT.fill(guess=close[0])
    return _CHOOSE.fill(codes=", ".join(codes))


def _closest(found: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415

    return get_close_matches(found, list(known), n=1)


def _is_of(value: Any, kind: type) -> bool:
    """Whether a TOML value is of a kind: true is no number, and a time of day is no date."""
    return type(value) is kind


def _brief(value: Any) -> str:
    text = str(value)
    longest = 40
    return text if len(text) <= longest else text[:longest] + "…"
