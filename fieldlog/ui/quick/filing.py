"""After the save: pictures go into the case beside the window, the save can be taken back, the case opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from fieldlog.domain.phrase import Phrase
from fieldlog.services import capturing
from fieldlog.ui.jobs import Long, Write

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId
    from fieldlog.services.capturing import Filed
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.jobs import Report, Run
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.quick.keeping import Saved

_FILING: Final = Phrase("사진을 넣습니다", "Adding photos")
_OPEN: Final = Phrase("사안 열기", "Open the case")


class Filing(QObject):
    """Never holds up recording: it works on the lane of pictures."""

    undone = Signal(object)
    opened = Signal()

    def __init__(self, context: PageContext[Workspace], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._runs: dict[RecordId, Run] = {}

    @property
    def busy(self) -> bool:
        """Whether pictures are still on their way."""
        return bool(self._runs)

    def take(self, saved: Saved) -> None:
        """File the pictures of a case just saved."""
        if not saved.blank.photos:
            return
        case = saved.captured.record.id

        def work(workspace: Workspace, report: Report) -> Filed:
            return capturing.file_photos(
                workspace, case, on_progress=lambda done, total: report(done, total, _FILING)
            )

        long = Long(self._context.lanes, work, lane=self._context.lanes.pictures)
        self._runs[case] = long.done(self._filed).stopped(partial(self._runs.pop, case, None)).start(self)

    def undo(self, saved: Saved) -> None:
        """Take the save back: the case goes, what was written comes again."""
        case = saved.captured.record.id
        if (run := self._runs.pop(case, None)) is not None:
            run.cancel()
        write = Write(self._context.lanes, lambda workspace: capturing.take_back(workspace, case))
        write.done(lambda _effects: self.undone.emit(saved)).start(self)

    def open(self, saved: Saved) -> None:
        """Open the case in the main window."""
        self.opened.emit()
        self._context.navigator.open_case(saved.captured.record.id)

    def _filed(self, filed: Filed) -> None:
        self._runs.pop(filed.case, None)
        refusal = capturing.refusal_of(filed.refused)
        if refusal is not None:
            self._context.messages.show(
                refusal, mend=(_OPEN, partial(self._context.navigator.open_case, filed.case))
            )
