"""보고서: choose cases and a template at the left, see the paper at the right, file it with one press."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QSizePolicy, QSplitter

from fieldlog.domain.errors import NotFound
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.ids import RecordId
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.shown_dates import shown_moment
from fieldlog.services import browsing, reporting
from fieldlog.ui.command import Command
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.jobs import Errand, Latest, Read
from fieldlog.ui.page import Page
from fieldlog.ui.pages.reports.chosen import Chosen, ChosenCases
from fieldlog.ui.pages.reports.filing import Filing
from fieldlog.ui.pages.reports.options import ReportOptions
from fieldlog.ui.pages.reports.proof import Proof
from fieldlog.ui.pages.reports.wish import Wish
from fieldlog.ui.widgets.busy_bar import BusyBar
from fieldlog.ui.widgets.parts import button, column, framed, page_header, row, rule, scrolled, tool, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.record import CaseRow
    from fieldlog.services.reporting import Filed, FiledReport
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext

TITLE: Final = Phrase("보고서", "Reports")
_FILE: Final = Phrase("내보내기", "Export")
_FILE_AS: Final = Phrase("다른 이름으로…", "Save as…")
_WHERE: Final = Phrase("저장할 곳: {folder}", "Goes to: {folder}")
_FOLDER: Final = Phrase("폴더 바꾸기", "Change the folder")
_DONE: Final = Phrase("내보냈습니다: {name}", "Exported: {name}")
_DONE_WITH: Final = Phrase(
    "내보냈습니다: {name} (붙임 {attached})", "Exported: {name} (attachment {attached})"
)
_OPEN: Final = Phrase("열기", "Open")
_OPEN_FOLDER: Final = Phrase("폴더 열기", "Open the folder")
_CLOSE: Final = Phrase("알림 닫기", "Close this notice")
_EARLIER: Final = Phrase("이미 내보낸 보고서", "Reports exported before")
_EARLIER_LINE: Final = Phrase(
    "{template} · {at} · {pages}쪽\n{name}", "{template} · {at} · {pages} p.\n{name}"
)
_EARLIER_SHOWN: Final = 4
_FOUND_AT_ONCE: Final = 8
_WIDTH: Final = 360


class ReportsPage(Page):
    """Choosing at the left, the paper at the right; nothing is written before the person files it."""

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__()
        self._context, self._face = context, context.face
        self._finding, self._naming, self._earlier_reading = Latest(), Latest(), Latest()
        self._warm = False
        self._last: Filed | None = None
        self.chosen = ChosenCases(context.face, self._find)
        self.options = ReportOptions(context.face)
        memory = context.memory
        self.options.choose(
            memory.text("reports/template"),
            memory.text("reports/photos", "2"),
            memory.text("reports/flavour"),
        )
        self.proof = Proof(context)
        self.busy = BusyBar(context.face)
        self.filing = Filing(context, self.busy, self)
        self._build()
        self._connect()

    # What the window asks

    def arrive(self, **wanted: Any) -> None:
        """Show the page; ``cases`` are the ids of those to report on, ``template`` how."""
        self._warm_up()
        if "template" in wanted:
            self.options.choose(str(wanted["template"]), self.options.photos, self.options.flavour)
        if "cases" in wanted:
            self.show_cases([RecordId(str(case)) for case in wanted["cases"]])
        else:
            self.show_cases(self.chosen.cases)
            self.chosen.finder.refresh()
        self._say_where()

    def focus_search(self) -> bool:
        """Ctrl+F, F3."""
        self.chosen.finder.field.begin()
        return True

    def escape(self) -> bool:
        """Close the notice of what was exported."""
        if self._notice.isHidden():
            return False
        self._notice.hide()
        return True

    def commands(self) -> Sequence[Command]:
        """Export, export elsewhere, look at the attachment."""
        return (
            Command("reports.file", _FILE, self.file, ("Ctrl+Return", "Ctrl+Enter"), "download"),
            Command("reports.file.as", _FILE_AS, self.file_as, ("Ctrl+Shift+S",), "save"),
        )

    # How it is built

    def _build(self) -> None:
        face = self._face
        self._file = button(face, _FILE, self.file, kind="primary", icon="download")
        self._file_as = button(face, _FILE_AS, self.file_as)
        header = page_header(face, TITLE)
        self._where = words(face, plain(""), "small", wrap=True)
        folder = tool(face, "folder-open", _FOLDER, self.ask_folder, colour="muted")
        where = row(self._where, folder, gap=4)
        where.setStretch(0, 1)
        self._earlier = QListWidget()
        self._earlier.setProperty("framed", True)
        self._earlier.setWordWrap(True)
        self._earlier.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._earlier.setTabKeyNavigation(False)
        face.name(self._earlier, _EARLIER)
        self._earlier_box = framed(column(words(face, _EARLIER, "label"), self._earlier, gap=4), "clear")
        self._earlier_box.hide()
        choosing = column(self.chosen, rule(), self.options, None, gap=GROUP_GAP)
        choosing.addWidget(self._earlier_box)
        choosing.setContentsMargins(PAGE_MARGIN, 0, GROUP_GAP, GROUP_GAP)
        foot = column(self._build_notice(), self.busy, row(self._file, self._file_as, None), where, gap=GAP)
        foot.setContentsMargins(PAGE_MARGIN, GAP, GROUP_GAP, GROUP_GAP)
        left = column(header, scrolled(framed(choosing, "clear")), rule(), foot, gap=0)
        left.setStretch(1, 1)
        side = framed(left, "clear")
        side.setMinimumWidth(_WIDTH - 60)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(side)
        self._splitter.addWidget(self.proof)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_WIDTH, 10_000])
        self.setLayout(column(self._splitter))
        self._judge()

    def _build_notice(self) -> Any:
        face = self._face
        self._told = words(face, plain(""), wrap=True)
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        close = tool(face, "x", _CLOSE, self._hide_notice, colour="muted")
        self.open_file = button(face, _OPEN, self._open_file)
        self.open_folder = button(face, _OPEN_FOLDER, self._open_folder, kind="quiet")
        head = row(self._told, close, gap=4)
        head.setStretch(0, 1)
        inside = column(head, row(self.open_file, self.open_folder, None, gap=4), gap=4)
        inside.setContentsMargins(12, GAP, 4, GAP)
        self._notice = framed(inside, "clear")
        self._notice.setProperty("band", "good")
        self._notice.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._notice.hide()
        return self._notice

    def _connect(self) -> None:
        self.chosen.changed.connect(self._on_wish)
        self.options.changed.connect(self._on_wish)
        self.filing.filed.connect(self._on_filed)
        self.filing.refused.connect(self.proof.refuse)
        self.proof.refusal.back_asked.connect(self.proof.show_preview)
        self.proof.refusal.replace_asked.connect(self._file_replacing)
        self._context.bus.effects_happened.connect(self._on_effects)
        self._face.language_changed.connect(self._read_earlier)

    # What is chosen

    @property
    def wish(self) -> Wish:
        """What the person wants now."""
        return Wish(self.chosen.cases, self.options.template, self.options.photos, self.options.flavour)

    def show_cases(self, cases: Sequence[RecordId]) -> None:
        """Report on these cases, in this order; those that are gone are left out."""
        lanes, asked = self._context.lanes, tuple(dict.fromkeys(cases))
        read = Read(lanes, lambda workspace: _named(workspace, asked), lane=lanes.reading)
        self._naming.start(read.done(self.chosen.show_cases), self)

    def _find(self, typed: str, show: Callable[[Sequence[CaseRow]], None]) -> None:
        lanes, asked = self._context.lanes, CaseFilter(query=typed)
        read = Read(lanes, lambda w: browsing.list_cases(w, asked, limit=_FOUND_AT_ONCE), lane=lanes.reading)
        self._finding.start(read.done(lambda page: show(page.cases)), self)

    def _on_wish(self) -> None:
        memory, wish = self._context.memory, self.wish
        for key in ("template", "photos", "flavour"):
            memory.put(f"reports/{key}", str(getattr(wish, key)))
        self._judge()
        self._notice.hide()
        self.proof.show_wish(wish)
        self._read_earlier()

    def _judge(self) -> None:
        for each in (self._file, self._file_as):
            each.setEnabled(bool(self.chosen.cases))

    def _on_effects(self, effects: Effects | None, _initiator: object) -> None:
        mine = set(self.chosen.cases)
        if effects is None or not mine & effects.cases:
            return
        self._read_earlier()
        if effects.kinds - {"report"}:
            self.show_cases(self.chosen.cases)
            self.proof.show_wish(self.wish)

    def _warm_up(self) -> None:
        if not self._warm:
            self._warm = True
            lanes = self._context.lanes
            workspace = lanes.workspace
            Errand(lanes, lambda: reporting.warm_up(workspace), lane=lanes.pictures).start(
                self, background=True
            )

    # Filing

    def file(self) -> None:
        """Export to the remembered folder under the proposed name."""
        self.filing.file(self.wish)

    def _file_replacing(self) -> None:
        self.proof.show_preview()
        self.filing.file(self.wish, replace_missing=True)

    def file_as(self) -> None:
        """Ask for folder and name, and export."""
        wish = self.wish
        if not wish.cases:
            return
        lanes = self._context.lanes

        def name(workspace: Workspace) -> str:
            return reporting.proposed_name(workspace, wish.cases, wish.template)

        Read(lanes, name, lane=lanes.reading).done(lambda proposed: self._ask_path(wish, proposed)).start(
            self
        )

    def _ask_path(self, wish: Wish, proposed: str) -> None:
        asking = QFileDialog(self, self._face.said(_FILE), str(self.filing.folder))
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setOption(QFileDialog.Option.DontConfirmOverwrite)
        asking.setDefaultSuffix("pdf")
        asking.setNameFilter("PDF (*.pdf)")
        asking.selectFile(proposed)
        asking.fileSelected.connect(lambda chosen: self.file_at(wish, Path(chosen)))
        asking.finished.connect(asking.deleteLater)
        asking.open()

    def file_at(self, wish: Wish, path: Path) -> None:
        """Export under this name."""
        self.filing.file(wish, path)
        self._say_where()

    def ask_folder(self) -> None:
        """Choose where reports go from now on."""
        asking = QFileDialog(self, self._face.said(_FOLDER), str(self.filing.folder))
        asking.setFileMode(QFileDialog.FileMode.Directory)
        asking.fileSelected.connect(self._on_folder)
        asking.finished.connect(asking.deleteLater)
        asking.open()

    def _on_folder(self, chosen: str) -> None:
        self.filing.remember(Path(chosen))
        self._say_where()

    def _say_where(self) -> None:
        folder = self.filing.folder
        home = Path.home()
        shown = f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
        self._face.say(self._where.setText, _WHERE.fill(folder=plain(shown)))
        self._face.say(self._where.setToolTip, plain(str(folder)))

    def _on_filed(self, filed: Filed, _notices: Sequence[Phrase]) -> None:
        self._last = filed
        told = (
            _DONE_WITH.fill(name=plain(filed.path.name), attached=plain(filed.attachment.name))
            if filed.attachment
            else _DONE.fill(name=plain(filed.path.name))
        )
        self._face.say(self._told.setText, told)
        self._face.name(self._notice, told)
        self._notice.show()
        self._read_earlier()

    def _hide_notice(self) -> None:
        self._notice.hide()

    def _open_file(self) -> None:
        if self._last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last.path)))

    def _open_folder(self) -> None:
        if self._last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last.path.parent)))

    # What was filed before

    def _read_earlier(self) -> None:
        lanes, cases = self._context.lanes, self.chosen.cases
        read = Read(lanes, lambda workspace: _filed_before(workspace, cases), lane=lanes.reading)
        self._earlier_reading.start(read.done(self._show_earlier), self)

    def _show_earlier(self, reports: Sequence[FiledReport]) -> None:
        self._earlier.clear()
        line = 2 * self.fontMetrics().lineSpacing() + 2 * GAP
        names: Mapping[str, Phrase] = {str(key): name for key, name in reporting.TEMPLATE_NAMES.items()}
        for report in reports:
            said = self._face.said(
                _EARLIER_LINE.fill(
                    template=names.get(report.template, plain(report.template)),
                    at=shown_moment(report.filed_at),
                    pages=report.pages,
                    name=plain(report.file_name),
                )
            )
            item = QListWidgetItem(said)
            item.setToolTip(said)
            item.setSizeHint(QSize(0, line))
            self._earlier.addItem(item)
        self._earlier.setFixedHeight(line * min(len(reports), _EARLIER_SHOWN) + 4)
        self._earlier_box.setVisible(bool(reports))


def _named(workspace: Workspace, cases: Sequence[RecordId]) -> list[Chosen]:
    found = []
    for case in cases:
        try:
            record = browsing.read_record(workspace, case)
        except NotFound:
            continue
        if record.kind == "case" and not record.deleted:
            found.append(Chosen(record.id, record.text("case_no"), record.text("title")))
    return found


def _filed_before(workspace: Workspace, cases: Sequence[RecordId]) -> tuple[FiledReport, ...]:
    try:
        return reporting.filed_reports(workspace, cases)
    except NotFound:
        return ()
