"""Choosing which cases are shown: a menu of conditions, saved filters, and a chip for each condition."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from fieldlog.domain.lifecycle_facts import OPEN
from fieldlog.domain.phrase import Phrase
from fieldlog.ui.pages.cases import filter_words
from fieldlog.ui.widgets.chip_bar import ChipBar
from fieldlog.ui.widgets.parts import button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.filter import CaseFilter
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.ui.face import Face

Saved = tuple["RecordId", str, "CaseFilter"]
_FILTER: Final = Phrase("필터", "Filter")
_SAVED: Final = Phrase("저장된 필터", "Saved filters")
_DUE: Final = Phrase("기한", "Deadline")
_SAVE: Final = Phrase("지금 필터 저장…", "Save this filter…")
_FORGET: Final = Phrase("필터 지우기", "Forget a filter")
_ALL: Final = Phrase("{group} 전체", "All of {group}")
_UNDERWAY: Final = Phrase("진행중 전체", "All under way")


class FilterBar(QWidget):
    """``changed`` brings the filter as the person has made it."""

    changed = Signal(object)
    save_asked = Signal()
    forget_asked = Signal(str)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._asked: CaseFilter | None = None
        self._profile: AgencyProfile | None = None
        self._official = ""
        self._saved: Sequence[Saved] = ()
        self.choose = button(
            face, _FILTER, lambda: self._open(self.choose, self.filter_menu()), icon="list-filter"
        )
        self.saved = button(face, _SAVED, lambda: self._open(self.saved, self.saved_menu()), icon="star")
        self.chips = ChipBar(face)
        self.chips.removed.connect(self._on_removed)
        self.chips.cleared.connect(self._on_cleared)
        self.hide()

    def know(self, profile: AgencyProfile, official: str) -> None:
        """Whose categories and departments there are, and who works here."""
        self._profile, self._official = profile, official

    def show_filter(self, asked: CaseFilter) -> None:
        """Show the conditions in force."""
        self._asked = asked
        if self._profile is not None:
            self.chips.show_filters(filter_words.chips(asked, self._profile))

    def show_saved(self, saved: Sequence[Saved]) -> None:
        """Which filters people have saved."""
        self._saved = saved

    def filter_menu(self) -> QMenu:
        """Every condition; those in force are ticked."""
        menu, asked, profile = QMenu(self.choose), self._asked, self._profile
        if asked is None or profile is None:
            return menu
        for name in ("stages", "categories", "severities", "urgencies"):
            self._fill_list(menu.addMenu(self._face.said(filter_words.LISTS[name])), name, asked, profile)
        due = menu.addMenu(self._face.said(_DUE))
        for code, phrase in filter_words.DUE.items():
            self._tick(
                due,
                phrase,
                filter_words.changed(asked, "due", None if asked.due == code else code),
                asked.due == code,
            )
        departments = menu.addMenu(self._face.said(filter_words.LISTS["departments"]))
        self._fill_list(departments, "departments", asked, profile)
        menu.addSeparator()
        for name, phrase in filter_words.FLAGS.items():
            on = bool(getattr(asked, name))
            self._tick(menu, phrase, filter_words.changed(asked, name, not on), on)
        return menu

    def saved_menu(self) -> QMenu:
        """Filters that come with the program, those people saved, and saving the one in force."""
        menu = QMenu(self.saved)
        for built_in in filter_words.built_in(self._official, OPEN[:-2]):
            menu.addAction(self._face.said(built_in.name)).triggered.connect(
                partial(self._emit, built_in.asked)
            )
        if self._saved:
            menu.addSeparator()
        for _record, name, asked in self._saved:
            menu.addAction(name).triggered.connect(partial(self._emit, asked))
        menu.addSeparator()
        menu.addAction(self._face.said(_SAVE)).triggered.connect(self._ask_saving)
        if self._saved:
            forget = menu.addMenu(self._face.said(_FORGET))
            for record, name, _asked in self._saved:
                forget.addAction(name).triggered.connect(partial(self._forget, record))
        return menu

    def _fill_list(self, menu: QMenu, name: str, asked: CaseFilter, profile: AgencyProfile) -> None:
        if name == "categories":
            self._fill_categories(menu, asked, profile)
            return
        if name == "stages":
            running = tuple(stage.value for stage in OPEN)
            self._tick(menu, _UNDERWAY, replace(asked, stages=running), asked.stages == running)
            menu.addSeparator()
        for code, phrase in filter_words.labels(name, profile).items():
            self._tick(menu, phrase, filter_words.toggled(asked, name, code), code in getattr(asked, name))

    def _fill_categories(self, menu: QMenu, asked: CaseFilter, profile: AgencyProfile) -> None:
        for group in profile.groups.values():
            under = menu.addMenu(self._face.said(group.label))
            whole = filter_words.toggled(asked, "categories", group.code)
            self._tick(under, _ALL.fill(group=group.label), whole, group.code in asked.categories)
            under.addSeparator()
            for category in profile.categories_of(group.code):
                one = filter_words.toggled(asked, "categories", category.code)
                self._tick(under, category.label, one, category.code in asked.categories)

    def _tick(self, menu: QMenu, phrase: Phrase, becomes: CaseFilter, on: bool) -> None:  # noqa: FBT001
        action = menu.addAction(self._face.said(phrase))
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(partial(self._emit, becomes))

    def _emit(self, asked: CaseFilter, *_checked: Any) -> None:
        self.changed.emit(asked)

    def _ask_saving(self) -> None:
        self.save_asked.emit()

    def _forget(self, record: RecordId, *_checked: Any) -> None:
        self.forget_asked.emit(record)

    def _on_removed(self, key: str) -> None:
        if self._asked is not None:
            self.changed.emit(filter_words.without(self._asked, key))

    def _on_cleared(self) -> None:
        if self._asked is not None:
            self.changed.emit(filter_words.emptied(self._asked))

    def _open(self, below: QWidget, menu: QMenu) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
