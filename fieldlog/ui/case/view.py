"""What the case page shows of one case, read in one go away from the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from fieldlog.domain.clock import parse_moment
from fieldlog.domain.lifecycle import Stage
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.shown_dates import shown_moment
from fieldlog.services import browsing, drafting, moving, noticing, placing, settling
from fieldlog.services.noticing import Noticed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.deadline import Due
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.priority import Priority
    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.domain.record import CaseSheet, Record
    from fieldlog.domain.registry import Value
    from fieldlog.domain.traffic_light import Remaining
    from fieldlog.services.moving import Way
    from fieldlog.services.placing import WrittenPlace
    from fieldlog.services.settling import Contest
    from fieldlog.services.workspace import Workspace

DRAFT_PREFIX = "record/"
"""Before a record's id: the key under which unfinished typing in it is kept."""
_NO_CATEGORY = Phrase("분류 없음", "No category")


class CaseView(Struct, frozen=True, kw_only=True):
    """A case as it is shown. ``drafts`` is typing that was never saved, by record."""

    sheet: CaseSheet
    profile: AgencyProfile
    ways: tuple[Way, ...]
    due: Due | None
    remaining: Remaining | None
    share: float | None
    priority: Priority
    place: WrittenPlace | None
    locked: bool
    contests: tuple[Contest, ...] = ()
    noticed: Noticed = Noticed({}, None)
    drafts: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    @property
    def case(self) -> Record:
        """The case's own record."""
        return self.sheet.case

    @property
    def id(self) -> RecordId:
        """The case's id."""
        return self.sheet.case.id

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return Stage(self.case.text("stage") or "DRAFT")

    @property
    def closed(self) -> bool:
        """Whether it is closed: read-only until it is reopened."""
        return self.stage is Stage.CLOSED

    @property
    def read_only(self) -> bool:
        """Whether nothing of it may be changed now."""
        return self.locked or self.closed

    @property
    def category(self) -> Phrase:
        """What sort of problem it is."""
        code = self.case.text("category_code")
        known = self.profile.category(code)
        return known.label if known else plain(code) if code else _NO_CATEGORY

    @property
    def department(self) -> Phrase | None:
        """The lead department, or None."""
        code = self.case.text("lead_dept_id")
        known = self.profile.departments.get(code)
        return known.label if known else plain(code) if code else None

    @property
    def place_words(self) -> str:
        """Where it is, in words, as far as anybody wrote them."""
        location = self.sheet.location
        if location is None:
            return ""
        told = (location.text(name) for name in ("road_addr", "jibun_addr", "bjd_name"))
        named, hint = next((words for words in told if words), ""), location.text("place_hint")
        parts = (hint,) if named and hint.startswith(named) else (named, hint)
        return " · ".join(part for part in parts if part)


def read_case(workspace: Workspace, case: RecordId) -> CaseView:
    """Everything the case page shows.

    Raises:
        NotFound: There is no such case.
    """
    sheet = browsing.case_sheet(workspace, case)
    due = browsing.due_of_case(workspace, sheet.case)
    left = browsing.remaining_of_case(workspace, sheet.case)
    records = {sheet.case.id, *(part.id for parts in sheet.parts.values() for part in parts)}
    kept = {draft.form.removeprefix(DRAFT_PREFIX): draft.values for draft in drafting.drafts(workspace)}
    return CaseView(
        sheet=sheet,
        profile=workspace.profile,
        ways=() if workspace.read_only else moving.ways_on(workspace, case),
        due=due,
        remaining=left,
        share=_share(workspace, due, left),
        priority=browsing.priority_of_case(workspace, sheet.case),
        place=_place(sheet.location),
        locked=workspace.read_only,
        contests=settling.contests(workspace, case),
        noticed=noticing.notice(workspace, case),
        drafts={record: values for record, values in kept.items() if record in records},
    )


def _share(workspace: Workspace, due: Due | None, left: Remaining | None) -> float | None:
    """The part of the period that is still left, 0 to 1."""
    if due is None or left is None:
        return None
    whole = workspace.calendar.working_time(due.received_at, due.due_at)
    return min(1.0, left.left / whole) if whole else 0.0


def _place(location: Record | None) -> WrittenPlace | None:
    lat, lon = (location.number("lat"), location.number("lon")) if location else (None, None)
    return None if lat is None or lon is None else placing.written_place(lat, lon)


def when(text: str) -> Phrase:
    """A stored moment or date as offices write it; empty stays empty."""
    return shown_moment(parse_moment(text)) if text else plain("")
