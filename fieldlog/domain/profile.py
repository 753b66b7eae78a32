"""What an agency decides for itself: its name, categories, periods, visits, paper words and defaults.

A profile is read from a file by :mod:`fieldlog.domain.profile_reading` and never changes afterwards.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from fieldlog.domain.calendar import Calendar, Holiday, HolidayTable, WorkSpan, make_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.lifecycle_facts import Role
    from fieldlog.domain.period import Period
    from fieldlog.domain.phrase import Phrase
    from fieldlog.domain.priority import PriorityWeights


class FollowupRule(Struct, frozen=True):
    """When to look again: so many days later, or on the next such day of a year (month, day)."""

    days: int | None = None
    month_day: tuple[int, int] | None = None

    def after(self, day: date) -> date:
        """The date of the follow-up to something finished on that day."""
        if self.month_day is None:
            return day + timedelta(days=self.days or 0)
        this_year = date(day.year, *self.month_day)
        return this_year if this_year > day else date(day.year + 1, *self.month_day)


class Department(Struct, frozen=True):
    """A department of the agency."""

    code: str
    label: Phrase
    phone: str = ""


class CategoryGroup(Struct, frozen=True):
    """A heading under which categories are shown."""

    code: str
    label: Phrase


class Category(Struct, frozen=True, kw_only=True):
    """One sort of problem with its defaults.

    ``radius_m`` is how far a likely duplicate may lie in metres; 0 means the same neighbourhood.
    ``blur`` is a code of the vocabulary ``blur_m``, ``visit_kind`` names a visit of the profile.
    """

    code: str
    group: str
    label: Phrase
    severity: int
    urgency: str
    radius_m: int
    followups: tuple[FollowupRule, ...]
    blur: str
    visit_kind: str
    department: str | None
    disclosure: str
    period: Period | None = None
    active: bool = True


class ChecklistItem(Struct, frozen=True):
    """One thing to look at during a visit; with a unit it asks for a measurement."""

    id: str
    text: Phrase
    unit: str = ""


class VisitKind(Struct, frozen=True):
    """One kind of visit and its checklist."""

    code: str
    label: Phrase
    checklist: tuple[ChecklistItem, ...]
    partners: tuple[str, ...] = ()


class Criterion(Struct, frozen=True):
    """One criterion of comparing alternatives; the weights of a profile add up to 100."""

    code: str
    label: Phrase
    weight: int


class Numbering(Struct, frozen=True):
    """How case numbers look; ``assign`` is ``on_receipt`` or ``at_sync``."""

    prefix: str
    width: int
    assign: str


class PaperMargins(Struct, frozen=True):
    """Distances from the paper's edge to the text, in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


class PaperWords(Struct, frozen=True, kw_only=True):
    """What the agency prints on its reports."""

    header: Phrase
    footer: Phrase
    margins: PaperMargins
    approval_boxes: tuple[Phrase, ...]


class AgencyProfile(Struct, frozen=True, kw_only=True):
    """Everything an agency may decide, checked and complete."""

    name: str
    version: str
    valid_from: date
    agency: Phrase
    fictional: bool
    solo_mode: bool
    roles: frozenset[Role]
    numbering: Numbering
    working_hours: tuple[WorkSpan, ...]
    extra_holidays: tuple[Holiday, ...]
    not_observed: tuple[date, ...]
    petition_periods: Mapping[str, Period]
    internal_targets: Mapping[str, Period]
    priority: PriorityWeights
    disclosure: str
    retention: str
    paper: PaperWords
    criteria: tuple[Criterion, ...]
    departments: Mapping[str, Department]
    visit_kinds: Mapping[str, VisitKind]
    groups: Mapping[str, CategoryGroup]
    categories: Mapping[str, Category]
    favourites: tuple[str, ...]
    words: Mapping[str, Phrase]

    def category(self, code: str) -> Category | None:
        """The category of that code, or None when the profile has none."""
        return self.categories.get(code)

    def categories_of(self, group: str) -> tuple[Category, ...]:
        """The categories in use under a heading, in the order of the file."""
        return tuple(one for one in self.categories.values() if one.group == group and one.active)

    def period_for(self, petition_type: str | None, category_code: str) -> Period | None:
        """The period a new petition is given; None for an internal case or where the law sets it."""
        if petition_type is None:
            return None
        category = self.categories.get(category_code)
        if category is not None and category.period is not None:
            return category.period
        return self.petition_periods.get(petition_type)

    def target_for(self, urgency: str) -> Period | None:
        """The agency's own target for a case without a legal period."""
        return self.internal_targets.get(urgency)

    def followup_dates(self, category_code: str, finished: date) -> tuple[date, ...]:
        """When a case of that category, finished on that day, is looked at again; earliest first."""
        category = self.categories.get(category_code)
        rules = () if category is None else category.followups
        return tuple(sorted({rule.after(finished) for rule in rules}))

    def calendar(self, table: HolidayTable) -> Calendar:
        """The working time of this agency: public holidays, its own days off, its hours."""
        kept = make_calendar(table, self.working_hours).without_holidays(self.not_observed)
        return kept.with_holidays(self.extra_holidays)
