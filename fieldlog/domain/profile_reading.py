"""Reading an agency profile (TOML), with every fault named by file, line, what and how to mend it."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from fieldlog.domain.errors import ProfileBroken
from fieldlog.domain.lifecycle_facts import Role
from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.profile import AgencyProfile, Category, CategoryGroup, FollowupRule
from fieldlog.domain.profile_lines import LineIndex
from fieldlog.domain.profile_sections import (
    read_category_code,
    read_criteria,
    read_departments,
    read_extra_holidays,
    read_internal_targets,
    read_known,
    read_name,
    read_numbering,
    read_paper,
    read_petition_periods,
    read_priority,
    read_visit_kinds,
    read_words,
    read_working_hours,
)
from fieldlog.domain.profile_table import Finding, Findings, Table, proposal
from fieldlog.domain.profile_tree import tables_of
from fieldlog.domain.registry.vocabularies import BLUR, DISCLOSURE, RETENTION, SEVERITY, URGENCY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT: Final = 1
_NAME: Final = regex(r"[a-z][a-z0-9_-]{1,39}")
_AFTER_DAYS: Final = regex(r"([1-9][0-9]{0,3})d")
_MONTH_DAY: Final = regex(r"([0-9]{2})-([0-9]{2})")
_TOML_PLACE: Final = regex(r"\s*\((?:at line (\d+), column \d+|at end of document)\)")
_COMMON_YEAR: Final = 2023
_MOST_FAVOURITES: Final = 8
_LONGEST: Final = 1_000_000
_WHAT: Final = Phrase(
    "기관설정에 문제가 있습니다: {file} {line}행", "The agency profile is broken: {file}, line {line}"
)
_FURTHER: Final = Phrase("이 밖에 {n}곳이 더 있습니다.", "Further faults: {n}.")
_NO_TOML: Final = Phrase("TOML 문법에 맞지 않는 줄입니다: {line}", "It is not valid TOML ({why}): {line}")
_MEND_TOML: Final = Phrase(
    "따옴표와 괄호의 짝, 등호를 확인해 주십시오.", "Check quotes, brackets and equal signs."
)
_TOO_LONG: Final = Phrase("파일이 너무 큽니다.", "The file is too large.")
_SHORTEN: Final = Phrase("기관설정 파일이 맞는지 확인해 주십시오.", "Check that it is an agency profile.")
_NEWER: Final = Phrase(
    "형식 {found:은} 이 프로그램이 읽는 {known}보다 새롭습니다.",
    "Its format {found} is newer than the {known} that this program reads.",
)
_UPDATE: Final = Phrase(
    "프로그램을 새 판으로 바꾸거나, 이 판에 맞는 파일을 받아 주십시오.",
    "Update the program, or ask for a file for this version.",
)
_BAD_NAME: Final = Phrase("쓸 수 없는 이름입니다: {name}", "Not a usable name: {name}")
_NAME_LIKE: Final = Phrase(
    "영문 소문자로 적어 주십시오. 예: hanbit", "Use small Latin letters, such as hanbit."
)
_BAD_FOLLOWUP: Final = Phrase(
    "사후점검 시기를 읽을 수 없습니다: {text}", "Not a time for a follow-up: {text}"
)
_FOLLOWUP_LIKE: Final = Phrase(
    "90d(90일 뒤) 또는 06-01(다음 6월 1일)처럼 적어 주십시오.",
    "Write it like 90d or 06-01 (the next 1 June).",
)
_FAVOURITES: Final = Phrase("빠른 기록에는 {most}개까지 담습니다.", "Quick capture holds {most} at most.")
_FEWER: Final = Phrase("{most}개 이하로 줄여 주십시오.", "Keep {most} or fewer.")
_NO_CATEGORY: Final = Phrase("없는 분류입니다: {code}", "No such category: {code}")
_TWICE: Final = Phrase("{value:이} 두 번 적혀 있습니다.", "{value} is written twice.")
_KEEP_ONE: Final = Phrase("하나만 남겨 주십시오.", "Keep one of them.")
_NO_CATEGORIES: Final = Phrase("분류가 하나도 없습니다.", "There is no category.")
_ADD_CATEGORY: Final = Phrase("[categories]에 분류를 적어 주십시오.", "Add one under [categories].")


class ProfileFault(Struct, frozen=True):
    """One fault of a profile, for a list in the settings page."""

    file_name: str
    line: int
    what: Phrase
    how: Phrase


class ProfileInUse(Struct, frozen=True):
    """The profile to work with, the text to keep for the next start, and what was wrong with the offered one."""

    profile: AgencyProfile
    text: str
    trouble: ProfileBroken | None = None


def read_profile(
    text: str, file_name: str, tables: Callable[[str], dict[str, Any]] = tables_of
) -> AgencyProfile:
    """Read a profile of format 1.

    ``tables`` finds the tables in the text: anew, or where they were kept.

    Raises:
        ProfileBroken: Something is wrong; it tells file, line, what and how to mend it, and how many
            faults there are besides. :func:`profile_faults` lists all of them.
    """
    profile, faults = _read(text, file_name, tables)
    if profile is None:
        raise _broken(faults)
    return profile


def profile_faults(text: str, file_name: str) -> tuple[ProfileFault, ...]:
    """Everything that is wrong with a profile, in the order of its lines; nothing when it is sound."""
    return _read(text, file_name, tables_of)[1]


def profile_in_use(
    offered: str,
    file_name: str,
    last_good: str | None,
    tables: Callable[[str], dict[str, Any]] = tables_of,
) -> ProfileInUse:
    """The offered profile when it is sound, otherwise the last good one together with the trouble.

    Whoever calls this stores ``ProfileInUse.text`` after each success and hands it back as ``last_good``
    at the next start: a file broken in the meantime then never stops the program.

    Raises:
        ProfileBroken: The offered profile is broken and there is no good one to fall back on.
    """
    try:
        return ProfileInUse(read_profile(offered, file_name, tables), offered)
    except ProfileBroken as trouble:
        if last_good is None:
            raise
        return ProfileInUse(read_profile(last_good, file_name, tables), last_good, trouble)


def _broken(faults: tuple[ProfileFault, ...]) -> ProfileBroken:
    first, further = faults[0], len(faults) - 1
    why = first.what
    if further:
        more = _FURTHER.fill(n=further)
        why = Phrase(f"{why.ko} {more.ko}", f"{why.en} {more.en}")
    return ProfileBroken(_WHAT.fill(file=first.file_name, line=first.line), why, first.how)


def _read(
    text: str, file_name: str, tables: Callable[[str], dict[str, Any]]
) -> tuple[AgencyProfile | None, tuple[ProfileFault, ...]]:
    if len(text) > _LONGEST:
        return None, (ProfileFault(file_name, 1, _TOO_LONG, _SHORTEN),)
    try:
        values = tables(text)
    except ValueError as error:
        return None, (_toml_fault(str(error), text, file_name),)
    except RecursionError:
        return None, (
            ProfileFault(file_name, 1, _NO_TOML.fill(why="nested too deeply", line="[[[…"), _MEND_TOML),
        )
    findings = Findings()
    profile = _profile(values, findings)
    if not findings.found:
        return profile, ()
    index = LineIndex(text)
    faults = [_fault(finding, index, file_name) for finding in findings.found]
    return None, tuple(sorted(faults, key=lambda fault: fault.line))


def _fault(finding: Finding, index: LineIndex, file_name: str) -> ProfileFault:
    return ProfileFault(file_name, index.line_of(finding.path), finding.what, finding.how)


def _toml_fault(message: str, text: str, file_name: str) -> ProfileFault:
    place = _TOML_PLACE.search(message)
    lines = text.splitlines() or [""]
    number = min(int(place[1]), len(lines)) if place is not None and place[1] else len(lines)
    what = _NO_TOML.fill(why=_TOML_PLACE.sub("", message), line=lines[number - 1].strip())
    return ProfileFault(file_name, number, what, _MEND_TOML)


def _profile(values: dict[str, Any], findings: Findings) -> AgencyProfile | None:
    top = Table(values, (), findings)
    found = top.whole("format", 1, 9999)
    if found > FORMAT:
        top.wrong("format", _NEWER.fill(found=found, known=FORMAT), _UPDATE)
        return None
    name, valid_from = _name(top), top.day("valid_from")
    agency, records, days_off = (
        top.table("agency"),
        top.table("records"),
        top.table("holidays", required=False),
    )
    departments = read_departments(top.table("departments"))
    visit_kinds = read_visit_kinds(top.table("visits"))
    disclosure = records.choice("disclosure", tuple(DISCLOSURE.entries))
    desk = _CategoryDesk(top.table("groups"), departments, visit_kinds, disclosure)
    categories = desk.read(top.table("categories"))
    profile = AgencyProfile(
        name=name,
        version=top.text("version"),
        valid_from=valid_from,
        agency=agency.phrase(),
        fictional=agency.flag("fictional", fallback=False),
        solo_mode=agency.flag("solo_mode", fallback=True),
        roles=_roles(agency),
        numbering=read_numbering(top.table("numbering")),
        working_hours=read_working_hours(top.table("working_hours")),
        extra_holidays=read_extra_holidays(days_off, valid_from),
        not_observed=days_off.entries("not_observed", date),
        petition_periods=read_petition_periods(top.table("petition_periods")),
        internal_targets=read_internal_targets(top.table("internal_targets")),
        priority=read_priority(top.table("priority", required=False)),
        disclosure=disclosure,
        retention=records.choice("retention", tuple(RETENTION.entries)),
        paper=read_paper(top.table("report")),
        criteria=read_criteria(top.table("criteria")),
        departments=departments,
        visit_kinds=visit_kinds,
        groups=MappingProxyType(desk.groups),
        categories=categories,
        favourites=_favourites(top.table("quick_capture"), categories),
        words=read_words(top.table("words", required=False)),
    )
    findings.add_unknown_keys()
    return profile


def _name(top: Table) -> str:
    name = top.text("name")
    if name and not _NAME.fullmatch(name):
        top.wrong("name", _BAD_NAME.fill(name=name), _NAME_LIKE)
    return name


def _roles(agency: Table) -> frozenset[Role]:
    written = agency.entries("roles", str)
    for code in written:
        if code not in Role.__members__:
            agency.wrong("roles", _BAD_NAME.fill(name=code), proposal(code, Role.__members__))
    return frozenset(Role(code) for code in written if code in Role.__members__)


def _favourites(table: Table, categories: Mapping[str, Category]) -> tuple[str, ...]:
    codes = table.entries("favourites", str, required=True)
    if len(codes) > _MOST_FAVOURITES:
        most = {"most": _MOST_FAVOURITES}
        table.wrong("favourites", _FAVOURITES.fill(**most), _FEWER.fill(**most))
    for number, code in enumerate(codes):
        if code not in categories:
            table.wrong("favourites", _NO_CATEGORY.fill(code=code), proposal(code, categories))
        if code in codes[:number]:
            table.wrong("favourites", _TWICE.fill(value=code), _KEEP_ONE)
    return codes


class _CategoryDesk:
    """Reads categories; what one leaves open is taken from its group."""

    def __init__(
        self, groups: Table, departments: Mapping[str, object], visits: Mapping[str, object], disclosure: str
    ) -> None:
        self._departments = departments
        self._visits = visits
        self._disclosure = disclosure
        self.groups: dict[str, CategoryGroup] = {}
        self._defaults: dict[str, Category] = {}
        for code, table in groups.named_tables():
            read_name(table, code)
            self.groups[code] = CategoryGroup(code, table.phrase())
            self._defaults[code] = self._one(code, code, self.groups[code].label, table, None)

    def read(self, table: Table) -> Mapping[str, Category]:
        """Every category by code, in the order of the file."""
        categories = {}
        for code, entry in table.named_tables():
            read_category_code(entry, code)
            group = read_known(entry, "group", self.groups)
            categories[code] = self._one(code, group, entry.phrase(), entry, self._usual(group))
        if not categories:
            table.wrong(None, _NO_CATEGORIES, _ADD_CATEGORY)
        return MappingProxyType(categories)

    def _usual(self, group: str) -> Category | None:
        """The group's defaults; any group's where it does not exist, so that one fault is told once."""
        return self._defaults.get(group) or next(iter(self._defaults.values()), None)

    def _one(self, code: str, group: str, label: Phrase, table: Table, usual: Category | None) -> Category:
        severities = {level: int(level) for level in SEVERITY.entries}
        department = read_known(
            table, "department", self._departments, (usual.department if usual else None) or ""
        )
        followups = _followups(table)
        return Category(
            code=code,
            group=group,
            label=label,
            severity=table.whole(
                "severity",
                min(severities.values()),
                max(severities.values()),
                usual.severity if usual else None,
            ),
            urgency=table.choice("urgency", tuple(URGENCY.entries), usual.urgency if usual else None),
            radius_m=table.whole("radius_m", 0, 20_000, usual.radius_m if usual else None),
            followups=usual.followups if followups is None and usual else followups or (),
            blur=table.choice("blur", tuple(BLUR.entries), usual.blur if usual else "0"),
            visit_kind=read_known(table, "visit", self._visits, usual.visit_kind if usual else None),
            department=department or None,
            disclosure=table.choice(
                "disclosure", tuple(DISCLOSURE.entries), usual.disclosure if usual else self._disclosure
            ),
            period=table.period("period") or (usual.period if usual else None),
            active=table.flag("active", fallback=True),
        )


def _followups(table: Table) -> tuple[FollowupRule, ...] | None:
    written = table.entries("followups", str)
    if not table.has("followups"):
        return None
    rules = []
    for text in written:
        rule = _followup(text)
        if rule is None:
            table.wrong("followups", _BAD_FOLLOWUP.fill(text=text), _FOLLOWUP_LIKE)
        else:
            rules.append(rule)
    return tuple(rules)


def _followup(text: str) -> FollowupRule | None:
    if after := _AFTER_DAYS.fullmatch(text):
        return FollowupRule(days=int(after[1]))
    if not (yearly := _MONTH_DAY.fullmatch(text)):
        return None
    month, day = int(yearly[1]), int(yearly[2])
    try:
        date(_COMMON_YEAR, month, day)
    except ValueError:
        return None
    return FollowupRule(month_day=(month, day))
