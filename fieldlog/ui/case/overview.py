"""개요: what the case is, in groups; the first ones open, the rest folded with a word of what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.ui.case.place import CasePlace
from fieldlog.ui.case.progress import next_way
from fieldlog.ui.case.record_form import RecordForm, shown_only
from fieldlog.ui.case.section import Section
from fieldlog.ui.case.tab import CaseTab
from fieldlog.ui.case.tags import CaseTags
from fieldlog.ui.face import GAP
from fieldlog.ui.widgets.parts import column, framed, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.domain.registry import Field
    from fieldlog.ui.case.view import CaseView

_CASE: Final = REGISTRY.kind("case")
_BASICS: Final = Phrase("기본", "Basics")
_PLACE: Final = Phrase("위치", "Place")
_RECEIPT: Final = Phrase("접수·기한", "Receipt and deadline")
_ABOUT: Final = Phrase("대상·관리", "Who and whose")
_OPENNESS: Final = Phrase("공개·보존", "Disclosure and retention")
_PRIORITY: Final = Phrase("우선순위 {score}점 = {parts}", "Priority {score} = {parts}")
GROUPS: Final[dict[str, tuple[Phrase, tuple[str, ...], bool]]] = {
    "basics": (_BASICS, ("title", "category_code", "severity", "urgency", "description"), False),
    "place": (_PLACE, ("location_waiver",), False),
    "receipt": (
        _RECEIPT,
        (
            "received_at",
            "due_at",
            "petition_type",
            "channel",
            "period_value",
            "period_unit",
            "reported_at",
            "external_no",
            "answered_at",
            "resolved_at",
            "original_due_at",
        ),
        False,
    ),
    "about": (
        _ABOUT,
        (
            "lead_dept_id",
            "owner_user_id",
            "manager_type",
            "manager_org",
            "lead_agency",
            "brm_task_id",
            "affected_people",
            "affected_basis",
            "vulnerable_flags",
            "problem_statement",
            "related_numbers",
        ),
        True,
    ),
    "openness": (
        _OPENNESS,
        ("disclosure", "retention", "nondisclosure_nos", "close_reason", "good_practice"),
        True,
    ),
}
"""Every group: its title, its fields in order, whether it is folded at first."""
_WIDE: Final = frozenset({"title", "category_code", "location_waiver", "affected_basis"})
_WRITTEN_BY_PROGRAM: Final = frozenset({"original_due_at"})


class Overview(CaseTab):
    """The groups of the case's own fields, with place and tags where they belong."""

    def furnish(self) -> Iterator[None]:
        """One group after another."""
        self._entries = entries_of(self.profile)
        self._forms: dict[str, RecordForm] = {}
        self._sections: dict[str, Section] = {}
        self.area, inside = self.begin_scrolled()
        memory = self.case.context.memory
        for key, (title, _names, folded) in GROUPS.items():
            section = Section(self.face, title, memory=memory, key=key, folded=folded, parent=self)
            section.opened.connect(lambda key=key: self._fill(key))
            self._sections[key] = section
            inside.addWidget(section)
        inside.addStretch(1)
        yield
        self.tags = CaseTags(self.case, self)
        self._score = words(self.face, plain(""), "small", wrap=True)
        self._score.setParent(self)
        yield
        self.place = CasePlace(self.case, self)
        for key, section in self._sections.items():
            yield
            if not section.folded:
                yield from self._filled(key)

    def show_view(self, view: CaseView) -> None:
        """Show the case's fields."""
        self.tags.show_view(view)
        self.place.show_view(view)
        unsaved = view.drafts.get(view.id, {})
        for key, section in self._sections.items():
            section.say_summary(_summary(view, key))
            if any(name in unsaved for name in GROUPS[key][1]):
                self._fill(key)
        for form in self._forms.values():
            self._show_in(form, view)
        parts = [f"{part.points:g} ({part.words.ko})" for part in view.priority.parts]
        parts_en = [f"{part.points:g} ({part.words.en})" for part in view.priority.parts]
        told = Phrase(
            _PRIORITY.fill(score=f"{view.priority.score:g}", parts=" + ".join(parts)).ko,
            _PRIORITY.fill(score=f"{view.priority.score:g}", parts=" + ".join(parts_en)).en,
        )
        self.face.say(self._score.setText, told)

    def settle(self) -> None:
        """Save what is being written in any group."""
        for form in self._forms.values():
            form.settle()
        self.place.settle()

    def focus_field(self, name: str) -> bool:
        """Unfold the group and put the cursor into the field."""
        if name in {"location", "place"}:
            self._sections["place"].set_folded(folded=False)
            self.place.entry.setFocus()
            self.area.ensureWidgetVisible(self.place.entry)
            return True
        for key, (_title, names, _folded) in GROUPS.items():
            if name in names:
                self._sections[key].set_folded(folded=False)
                self._fill(key)
                form = self._forms[key]
                form.focus_field(name)
                self.area.ensureWidgetVisible(form.form.rows[name])
                return True
        return False

    def _fill(self, key: str) -> None:
        """Make a group's fields the first time they are seen."""
        for _ in self._filled(key):
            pass

    def _filled(self, key: str) -> Iterator[None]:
        if key in self._forms:
            return
        form = RecordForm(
            self.case,
            _fields(key),
            entries=self._entries,
            columns=2,
            wide=_WIDE,
            parent=self._sections[key],
            at_once=False,
        )
        self._forms[key] = form
        yield from form.grow()
        parts = {"basics": (form, self.tags, self._score), "place": (self.place, form)}.get(key, (form,))
        self._sections[key].hold(framed(column(*parts, gap=GAP + 4), "clear"))
        if self.built and self.case.view is not None:
            self._show_in(form, self.case.view)

    def _show_in(self, form: RecordForm, view: CaseView) -> None:
        form.set_read_only(read_only=view.read_only)
        form.show_record(view.case, view.drafts.get(view.id))
        form.form.set_needed(_needed(view))


def entries_of(profile: AgencyProfile) -> dict[str, Mapping[str, Phrase]]:
    """What the agency's own fields may hold: categories under their headings, departments."""
    categories = {}
    for code, category in profile.categories.items():
        if category.active:
            group = profile.groups[category.group].label
            categories[code] = Phrase(
                f"{group.ko} · {category.label.ko}", f"{group.en} · {category.label.en}"
            )
    departments = {code: department.label for code, department in profile.departments.items()}
    return {"category_code": categories, "lead_dept_id": departments}


def _fields(key: str) -> list[Field]:
    fields = (_CASE.field(name) for name in GROUPS[key][1])
    return [shown_only(each) if each.name in _WRITTEN_BY_PROGRAM else each for each in fields]


def _needed(view: CaseView) -> frozenset[str]:
    """The fields that the next step waits for."""
    way = next_way(view)
    return frozenset(each.field for each in way.verdict.refusals) if way else frozenset()


def _summary(view: CaseView, key: str) -> Phrase:
    """The first few values of a group, for while it is folded."""
    entries = entries_of(view.profile)
    said: list[Phrase] = []
    for declared in _fields(key):
        value = view.case.get(declared.name)
        known = declared.vocabulary.entries if declared.vocabulary else entries.get(declared.name, {})
        if isinstance(value, list):
            said += [known.get(str(each), plain(str(each))) for each in value]
        elif value not in (None, ""):
            said.append(known.get(str(value), plain(str(value)[:40])))
    return Phrase(" · ".join(each.ko for each in said[:3]), " · ".join(each.en for each in said[:3]))
