"""Filing the report: off the window, whole or not at all, never over a file without asking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import QObject, QStandardPaths, Signal

from fieldlog.domain.errors import AlreadyThere, ReportRefused
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import reporting
from fieldlog.ui.jobs import Long

if TYPE_CHECKING:
    from fieldlog.domain.errors import Known
    from fieldlog.services.reporting import Filed, Rendered
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.jobs import Report
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.pages.reports.wish import Wish
    from fieldlog.ui.widgets.busy_bar import BusyBar

_MAKING: Final = Phrase("보고서를 만드는 중", "Making the report")
_PAGES: Final = Phrase("보고서를 그리는 중", "Drawing the report")
_REPLACE: Final = Phrase("덮어쓰기", "Replace")
_THERE: Final = Phrase(
    "같은 이름의 파일이 있습니다. 덮어쓰시겠습니까?", "A file of that name exists. Replace it?"
)
_THERE_WHY: Final = Phrase(
    "덮어쓰면 지금 내용은 없어집니다: {path}", "What it holds now will be lost: {path}"
)
_FOLDER: Final = "reports/folder"


class _Task(Struct):
    """One report on its way to a file; what has been made is not made again when the person is asked."""

    wish: Wish
    folder: Path
    name: str | None
    replace_missing: bool
    overwrite: bool = False
    rendered: Rendered | None = None


class Filing(QObject):
    """``filed`` brings the Filed and what was said of it; ``refused`` an error that the page explains."""

    filed = Signal(object, object)
    refused = Signal(object)

    def __init__(self, context: PageContext[Workspace], busy: BusyBar, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._busy = context, busy
        self.under_way = False

    @property
    def folder(self) -> Path:
        """Where reports go: the folder of last time, at first the person's documents."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(self._context.memory.text(_FOLDER) or documents or Path.home())

    def remember(self, folder: Path) -> None:
        """Let reports go to another folder from now on."""
        self._context.memory.put(_FOLDER, str(folder))

    def file(self, wish: Wish, path: Path | None = None, *, replace_missing: bool = False) -> None:
        """File a report: under ``path``, or under the proposed name in the remembered folder."""
        if self.under_way or not wish.cases:
            return
        if path is not None:
            self.remember(path.parent)
        name = None if path is None else path.name
        self._start(_Task(wish, self.folder, name, replace_missing))

    def _start(self, task: _Task) -> None:
        def work(workspace: Workspace, report: Report) -> Filed:
            wish = task.wish
            if task.rendered is None:
                task.rendered = reporting.make_report(
                    workspace,
                    wish.cases,
                    wish.template,
                    pdfa=wish.flavour,
                    photos=wish.photos,
                    replace_missing=task.replace_missing,
                    on_progress=lambda done, total: report(done, total, _PAGES),
                )
            task.name = task.name or reporting.proposed_name(workspace, wish.cases, wish.template)
            out = task.folder / task.name
            return reporting.file_report(
                workspace, wish.cases, task.rendered, wish.template, out, overwrite=task.overwrite
            )

        lanes = self._context.lanes
        long = Long(lanes, work, lane=lanes.pictures).progress(self._busy.show_step)
        long.done(lambda filed: self._on_filed(task, filed)).stopped(self._end)
        self.under_way = True
        self._busy.follow(long.failed(lambda error: self._on_failed(task, error)).start(self), _MAKING)

    def _end(self) -> None:
        self.under_way = False
        self._busy.finish()

    def _on_filed(self, task: _Task, filed: Filed) -> None:
        self._end()
        notices = task.rendered.notices if task.rendered else ()
        self.filed.emit(filed, notices)

    def _on_failed(self, task: _Task, error: Known) -> None:
        self._end()
        if isinstance(error, ReportRefused):
            self.refused.emit(error)
        elif isinstance(error, AlreadyThere) and not task.overwrite:
            path = plain(str(task.folder / (task.name or "")))
            if self._context.messages.ask(_THERE, _THERE_WHY.fill(path=path), yes=_REPLACE, harm=True):
                task.overwrite = True
                self._start(task)
        else:
            self._context.messages.show(error)
