"""현장방문: when somebody went, what was checked, what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from fieldlog.domain.clock import iso
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.vocabularies import OBSERVATION_KIND
from fieldlog.services import recording
from fieldlog.services.checking import doubt_of_visit
from fieldlog.ui.case.checklist import Checklist
from fieldlog.ui.case.observations import Observations
from fieldlog.ui.case.part_list import PartList
from fieldlog.ui.case.record_form import RecordForm
from fieldlog.ui.case.section import Section
from fieldlog.ui.case.tab import CaseTab
from fieldlog.ui.case.wording import joined, worded
from fieldlog.ui.face import mark
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.parts import button, framed, row, tool, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.record import Record
    from fieldlog.services.recording import Recorded
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.case.view import CaseView

_VISIT: Final = REGISTRY.kind("visit")
_MAIN: Final = (
    "visit_kind",
    "result",
    "planned_at",
    "participants",
    "started_at",
    "ended_at",
    "purpose",
    "companions",
    "summary",
)
_TRIP: Final = (
    "transport",
    "weather",
    "temp_c",
    "trip_ref",
    "report_mode",
    "oral_reason",
    "safety_ack",
)
_LIST: Final = Phrase("방문 목록", "Visits")
_ADD: Final = Phrase("방문 더하기", "Add a visit")
_START: Final = Phrase("지금 시작", "Start now")
_END: Final = Phrase("지금 마침", "End now")
_REMOVE: Final = Phrase("이 방문 빼기", "Remove this visit")
_REMOVED: Final = Phrase("방문을 뺐습니다.", "The visit was removed.")
_WHY: Final = "방문 뺌"
_NONE: Final = Phrase("아직 현장방문이 없습니다.", "There are no visits yet.")
_NONE_HINT: Final = Phrase(
    "계획한 방문도, 다녀온 방문도 여기에 적습니다.", "Planned and finished visits are kept here."
)
_NUMBERED: Final = Phrase("{n}차", "Visit {n}")
_PLANNED: Final = Phrase("예정 {at}", "planned {at}")
_LOOSE: Final = Phrase("방문 없이 적은 관찰 {n}건", "{n} observations without a visit")
_WHAT: Final = Phrase("방문 내용", "The visit")
_JOURNEY: Final = Phrase("출장·날씨", "Trip and weather")
_CHECKS: Final = Phrase("점검표", "Checklist")
_SEEN: Final = Phrase("관찰·조사결과", "Observations")
LOOSE: Final = "loose"
"""Stands in the list for observations that belong to no visit."""


class Visits(CaseTab):
    """The visits in their order, one of them open for writing."""

    def furnish(self) -> Iterator[None]:
        """The list first, then one section after another."""
        self._asked = 0
        self.area, inside = self.begin_scrolled()
        self.add_button = button(self.face, _ADD, self.add, kind="primary", icon="plus")
        self.start = button(self.face, _START, lambda: self._stamp("started_at"), icon="footprints")
        self.end = button(self.face, _END, lambda: self._stamp("ended_at"), icon="check")
        self.remove = tool(self.face, "trash-2", _REMOVE, self._remove, colour="muted")
        self._buttons = framed(row(self.start, self.end, self.remove), "clear")
        self._adding = framed(row(self.add_button, None, self._buttons), "clear")
        self.doubt = words(self.face, plain(""), "small", wrap=True)
        mark(self.doubt, tone="warning")
        self.doubt.hide()
        self.list = PartList(self.face, _LIST, most=4)
        self.list.reached.connect(lambda _key: self._show_chosen())
        self._none = EmptyState(self.face, "footprints", _NONE, hint=_NONE_HINT)
        for part in (self._adding, self.list, self.doubt):
            inside.addWidget(part)
        self._sections = {
            "visit": self._section(_WHAT, "visit"),
            "trip": self._section(_JOURNEY, "trip", folded=True),
            "checks": self._section(_CHECKS, "checks"),
            "seen": self._section(_SEEN, "seen"),
        }
        for part in (*self._sections.values(), self._none):
            inside.addWidget(part)
        inside.addStretch(1)
        yield
        kinds = {code: kind.label for code, kind in self.profile.visit_kinds.items()}
        self.form = self._form("visit", _MAIN, {"visit_kind": kinds})
        yield from self.form.grow()
        self.trip = self._form("trip", _TRIP, {})
        yield from self.trip.grow()
        self.checklist = Checklist(self.case, self.profile, self._sections["checks"])
        self._sections["checks"].hold(self.checklist)
        yield
        self.observations = Observations(self.case, self._sections["seen"])
        self._sections["seen"].hold(self.observations)
        for kind in OBSERVATION_KIND.entries:
            yield
            self.observations.furnish(kind)

    def show_view(self, view: CaseView) -> None:
        """Show the visits; the one being written in stays open."""
        visits = view.sheet.of("visit")
        loose = [each for each in view.sheet.of("observation") if not each.get("visit_id")]
        shown: dict[str, Phrase] = {visit.id: self._line(visit) for visit in visits}
        if loose:
            shown[LOOSE] = _LOOSE.fill(n=len(loose))
        self.list.show_parts(shown)
        if self.list.current() is None and shown:
            self.list.go_to(visits[-1].id if visits else LOOSE)
        self.list.setVisible(bool(shown))
        self._none.setVisible(not shown)
        self._adding.setVisible(not view.read_only)
        self._show_chosen()

    def settle(self) -> None:
        """Save what is being written."""
        for form in (self.form, self.trip):
            form.settle()
        self.checklist.settle()
        self.observations.settle()

    def focus_field(self, name: str) -> bool:
        """A visit is asked for: plan one, or finish the open one."""
        if name not in {"visit", "observation"}:
            return False
        if not self.list.count():
            self.add_button.setFocus()
        elif not self.form.focus_field("ended_at"):
            self.list.setFocus()
        return True

    def add(self) -> None:
        """Add a visit with what is known and open it."""
        case = self.case.id
        if case is not None:
            self.case.write(
                lambda workspace: recording.add_part(workspace, case, "visit", {}), done=self._on_added
            )

    def _on_added(self, added: Recorded) -> None:
        def open_it() -> None:
            self.list.go_to(added.record.id)
            self.form.focus_field("planned_at")

        self.case.when_shown(open_it)

    def _section(self, title: Phrase, key: str, *, folded: bool = False) -> Section:
        memory = self.case.context.memory
        return Section(self.face, title, memory=memory, key=key, folded=folded, parent=self)

    def _form(
        self, key: str, names: Sequence[str], entries: Mapping[str, Mapping[str, Phrase]]
    ) -> RecordForm:
        section = self._sections[key]
        fields = [_VISIT.field(name) for name in names]
        wide = frozenset({"purpose"})
        made = RecordForm(
            self.case, fields, entries=entries, columns=2, wide=wide, parent=section, at_once=False
        )
        section.hold(made)
        return made

    def _line(self, visit: Record) -> Phrase:
        def said(name: str) -> Phrase:
            return worded(visit.declared.field(name), visit.get(name), self.profile)

        planned = visit.get("planned_at") and not visit.get("started_at")
        at = said("started_at") if visit.get("started_at") else _PLANNED.fill(at=said("planned_at"))
        parts = [_NUMBERED.fill(n=visit.text("visit_no")), said("visit_kind")]
        if planned or visit.get("started_at"):
            parts.append(at)
        if visit.get("result"):
            parts.append(said("result"))
        return joined(" · ", parts)

    def _current(self) -> Record | None:
        view, key = self.case.view, self.list.current()
        if view is None:
            return None
        return next((each for each in view.sheet.of("visit") if each.id == key), None)

    def _show_chosen(self) -> None:
        view, visit, key = self.case.view, self._current(), self.list.current()
        if view is None or not self.built:
            return
        for name, section in self._sections.items():
            section.setVisible(visit is not None or (name == "seen" and key == LOOSE))
        self._buttons.setVisible(visit is not None and not view.read_only)
        doubt = doubt_of_visit(visit.values) if visit is not None else None
        self.doubt.setVisible(doubt is not None)
        if doubt is not None:
            self.face.say(self.doubt.setText, doubt)
        if visit is not None:
            self.start.setVisible(not visit.get("started_at"))
            self.end.setVisible(bool(visit.get("started_at")) and not visit.get("ended_at"))
            for form in (self.form, self.trip):
                form.set_read_only(read_only=view.read_only)
                form.show_record(visit, view.drafts.get(visit.id))
        self._asked += 1
        asked = self._asked
        QTimer.singleShot(0, self, lambda: self._show_checks(asked))

    def _show_checks(self, asked: int) -> None:
        """What was checked and seen, after the window has had its turn."""
        view, visit = self.case.view, self._current()
        if asked != self._asked or view is None:
            return
        loose = self.list.current() == LOOSE
        self._sections["checks"].setVisible(visit is not None and self.checklist.show_visit(view, visit))
        self.observations.show_visit(view, visit, loose=loose)

    def _stamp(self, name: str) -> None:
        visit = self._current()
        if visit is None:
            return

        def stamp(workspace: Workspace) -> Effects:
            return recording.revise(workspace, visit.id, {name: iso(workspace.now())}, seen=visit.seen)

        self.case.write(stamp)

    def _remove(self) -> None:
        visit = self._current()
        if visit is not None:
            self.case.write(
                lambda workspace: recording.remove(workspace, visit.id, _WHY),
                done=lambda _effects: self.case.context.messages.tell(_REMOVED, undo=self.case.undo),
            )
