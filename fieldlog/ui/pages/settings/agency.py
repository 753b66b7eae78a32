"""기관설정: which profile is in force, another one chosen, everything wrong with it named line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.shown_dates import shown_day
from fieldlog.services import offering, opening
from fieldlog.ui.jobs import Errand, Write
from fieldlog.ui.pages.settings.part import Part
from fieldlog.ui.widgets.busy_bar import BusyBar
from fieldlog.ui.widgets.error_band import ErrorBand
from fieldlog.ui.widgets.parts import button, column, framed, words

if TYPE_CHECKING:
    from fieldlog.domain.errors import Known
    from fieldlog.domain.profile_reading import ProfileFault
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.premises import Premises

_TITLE: Final = Phrase("기관설정", "Agency profile")
_NOW: Final = Phrase("쓰는 중", "In force")
_NAMED: Final = Phrase("{agency} · {name} {version} · {day}부터", "{agency} · {name} {version} · from {day}")
_CONTENT: Final = Phrase(
    "분류 {categories}개 · 부서 {departments}개 · 방문유형 {visits}개",
    "{categories} categories · {departments} departments · {visits} kinds of visit",
)
_OTHER: Final = Phrase("다른 기관설정", "Another profile")
_RESTORE: Final = Phrase("제공된 설정 {name}", "As shipped: {name}")
_FILE: Final = Phrase("파일에서 고르기…", "Choose a file…")
_FILE_TITLE: Final = Phrase("기관설정 파일 고르기", "Choose an agency profile")
_FILTER: Final = Phrase("기관설정 (*.toml)", "Agency profile (*.toml)")
_HINT: Final = Phrase(
    "잘못된 파일은 쓰지 않습니다. 지금 설정이 그대로 남습니다.",
    "A faulty file is never used; the profile in force stays.",
)
_APPLYING: Final = Phrase("기한과 우선순위를 다시 셉니다", "Counting due times and priorities anew")
_APPLIED: Final = Phrase("기관설정을 바꾸었습니다: {agency}", "The profile is now: {agency}")
_FAULT: Final = Phrase("{file} {line}행  {what}", "{file}, line {line}: {what}")


class Agency(Part):
    """The last good profile stays in force whatever happens to a file."""

    changed = Signal()

    def __init__(self, context: PageContext[Workspace], premises: Premises) -> None:
        super().__init__(context.face, _TITLE)
        self._context, self._premises = context, premises
        face = context.face
        self.now = words(face, plain(""), wrap=True)
        self.content = words(face, plain(""), "small", wrap=True)
        self.choose = button(face, _FILE, self.choose_file, icon="folder-open")
        shipped = _RESTORE.fill(name=opening.DEFAULT_PROFILE)
        self.restore = button(face, shipped, lambda: self.apply(opening.DEFAULT_PROFILE), kind="quiet")
        self.told, self.busy = ErrorBand(face), BusyBar(face)
        self._faults = QVBoxLayout()
        self._faults.setSpacing(8)
        self.add(_NOW, framed(column(self.now, self.content, gap=2), "clear"), told=True)
        self.add(_OTHER, self.choose, self.restore, hint=_HINT)
        self.span(framed(column(self.busy, self.told, self._faults, gap=8), "clear"))

    def show_now(self) -> None:
        """Show the profile in force."""
        workspace = self._context.lanes.workspace
        profile = workspace.profile
        named = _NAMED.fill(
            agency=profile.agency,
            name=plain(profile.name),
            version=plain(profile.version),
            day=shown_day(profile.valid_from),
        )
        self.face.say(self.now.setText, named)
        active = sum(each.active for each in profile.categories.values())
        content = _CONTENT.fill(
            categories=active, departments=len(profile.departments), visits=len(profile.visit_kinds)
        )
        self.face.say(self.content.setText, content)
        for each in (self.choose, self.restore):
            each.setEnabled(not workspace.read_only)

    def choose_file(self) -> None:
        """Ask for a file and use it if it is sound."""
        said = self.face.said
        path, _ = QFileDialog.getOpenFileName(self, said(_FILE_TITLE), "", said(_FILTER))
        if path:
            self.apply(path)

    def apply(self, key: str) -> None:
        """Use a profile of a name or a file from now on."""
        self._clear()
        around = self._premises.around

        def work(workspace: Workspace) -> None:
            opening.choose_profile(workspace, around, key)

        def failed(error: Known) -> None:
            self.busy.finish()
            self.told.tell(error)
            Errand(self._context.lanes, lambda: offering.faults_of(around, key)).done(self.show_faults).start(
                self
            )

        run = Write(self._context.lanes, work).done(lambda _none: self._applied()).failed(failed).start(self)
        self.busy.follow(run, _APPLYING)
        self.busy.cancel.hide()

    def show_faults(self, faults: tuple[ProfileFault, ...]) -> None:
        """Name everything wrong with the file, by its lines."""
        for fault in faults[1:]:
            what = _FAULT.fill(file=plain(fault.file_name), line=fault.line, what=fault.what)
            self._faults.addWidget(
                framed(
                    column(
                        words(self.face, what, wrap=True),
                        words(self.face, fault.how, "muted", wrap=True),
                        gap=2,
                    ),
                    "clear",
                )
            )

    def _applied(self) -> None:
        self.busy.finish()
        self.show_now()
        self.changed.emit()
        self._context.messages.tell(_APPLIED.fill(agency=self._context.lanes.workspace.profile.agency))

    def _clear(self) -> None:
        self.told.clear()
        while (item := self._faults.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
