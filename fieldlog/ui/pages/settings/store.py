"""저장소: where it lies, whether it is whole, how it is backed up, and the practice store beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.shown_dates import shown_day
from fieldlog.services import verifying
from fieldlog.ui.face import mark
from fieldlog.ui.jobs import Errand, Long, T, W
from fieldlog.ui.pages.settings.part import Part
from fieldlog.ui.widgets.busy_bar import BusyBar
from fieldlog.ui.widgets.error_band import ErrorBand
from fieldlog.ui.widgets.parts import button, column, framed, row, words

if TYPE_CHECKING:
    from fieldlog.domain.errors import Known
    from fieldlog.services.verifying import Verified
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.jobs import Report
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.premises import Premises

_TITLE: Final = Phrase("저장소", "Store")
_FOLDER: Final = Phrase("폴더", "Folder")
_SHOW: Final = Phrase("폴더 열기", "Open the folder")
_CHECK: Final = Phrase("점검", "Check")
_CHECK_NOW: Final = Phrase("지금 점검", "Check now")
_CHECK_HINT: Final = Phrase(
    "원본 기록에서 모든 화면 자료를 다시 만들어 견주고, 사진을 한 장씩 끝까지 읽습니다.",
    "Rebuilds everything shown from the log and compares, and reads every photograph to its end.",
)
_CHECKING: Final = Phrase("저장소를 점검합니다", "Checking the store")
_SOUND: Final = Phrase(
    "이상 없습니다. 기록 {ops}건, 사진 {photos}장이 저장된 그대로입니다.",
    "All is well: {ops} saves and {photos} photographs are as they were written.",
)
_BACKUP: Final = Phrase("백업", "Backup")
_BACKUP_HOW: Final = Phrase(
    "창을 닫고 이 폴더를 통째로 복사하면 백업입니다. 복사본도 암호화되어 있어 같은 암호나 키링으로만 열립니다.",
    "Close the window and copy the whole folder. The copy is encrypted too and opens with the same passphrase or keyring only.",
)
_BACKUP_KEYRING: Final = Phrase(
    "다른 컴퓨터에서 열려면 먼저 암호를 정해 두어야 합니다.",
    "To open it on another computer, set a passphrase first.",
)
_HOLIDAYS: Final = Phrase("휴일 자료", "Holiday data")
_COVERAGE: Final = Phrase("{version}판 · {first}부터 {last}까지", "Version {version}: {first} to {last}")
_PRACTICE: Final = Phrase("연습", "Practice")
_ENTER: Final = Phrase("연습 저장소로 가기", "Go to the practice store")
_RENEW: Final = Phrase("처음 상태로 되돌리기…", "Start the practice anew…")
_RETURN: Final = Phrase("내 저장소로 돌아가기", "Return to my store")
_RENEW_ASK: Final = Phrase("연습 저장소를 처음 상태로 되돌립니까?", "Start the practice store anew?")
_RENEW_WHY: Final = Phrase(
    "연습하며 기록한 것이 모두 없어집니다. 실제 기록에는 손대지 않습니다.",
    "Everything recorded while practising goes. Real records are not touched.",
)
_RENEW_YES: Final = Phrase("되돌리기", "Start anew")


class Inspection(Long[W, T]):
    """Long work that only looks: nobody needs to hear of it."""

    def _land(self, result: T, initiator: object) -> None:
        Errand._land(self, result, initiator)  # noqa: SLF001


class StorePart(Part):
    """Verification tells its result in words."""

    def __init__(self, context: PageContext[Workspace], premises: Premises) -> None:
        super().__init__(context.face, _TITLE)
        self._context, self._premises = context, premises
        face = context.face
        self.folder = words(face, plain(""), wrap=True)
        self.folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.check = button(face, _CHECK_NOW, self.verify, icon="shield-check")
        self.result = words(face, plain(""), wrap=True)
        self.result.hide()
        self.busy, self.told = BusyBar(face), ErrorBand(face)
        self.holidays = words(face, plain(""), wrap=True)
        self.enter = button(face, _ENTER, premises.enter_practice, icon="graduation-cap")
        self.renew = button(face, _RENEW, self._renew, icon="rotate-ccw")
        self.back = button(face, _RETURN, premises.return_home, icon="arrow-left")
        show = button(face, _SHOW, self._show_folder, kind="link")
        self.add(_FOLDER, framed(column(self.folder, show, gap=0), "clear"), told=True)
        self.add(
            _CHECK,
            framed(column(row(self.check, None), self.busy, self.result, self.told, gap=8), "clear"),
            hint=_CHECK_HINT,
        )
        self.add(
            _BACKUP,
            framed(
                column(
                    words(face, _BACKUP_HOW, wrap=True),
                    words(face, _BACKUP_KEYRING, "muted", wrap=True),
                    gap=4,
                ),
                "clear",
            ),
            told=True,
        )
        self.add(_HOLIDAYS, self.holidays, told=True)
        self.add(_PRACTICE, self.enter, self.renew, self.back)

    def show_now(self) -> None:
        """Show where the store lies."""
        workspace = self._context.lanes.workspace
        self.face.say(self.folder.setText, plain(str(self._premises.folder)))
        table = workspace.holidays
        coverage = _COVERAGE.fill(
            version=plain(table.version),
            first=shown_day(table.covers_from),
            last=shown_day(table.covers_until),
        )
        self.face.say(self.holidays.setText, coverage)
        self.enter.setVisible(not workspace.is_practice)
        self.renew.setVisible(workspace.is_practice and not workspace.read_only)
        self.back.setVisible(self._premises.away)

    def verify(self) -> None:
        """Check the store; the window stays usable and Cancel stops it."""
        self.told.clear()
        self.result.hide()

        def work(workspace: Workspace, report: Report) -> Verified:
            return verifying.verify(workspace, on_progress=lambda done, total: report(done, total, _CHECKING))

        job = Inspection(self._context.lanes, work, lane=self._context.lanes.network)
        job.progress(self.busy.show_step).done(self._verified).failed(self._failed).stopped(self._ended)
        self.check.setEnabled(False)
        self.busy.follow(job.start(self), _CHECKING)

    def _verified(self, found: Verified) -> None:
        self._ended()
        trouble = verifying.trouble_of(found)
        if trouble is not None:
            self.told.tell(trouble)
            return
        self.face.say(self.result.setText, _SOUND.fill(ops=found.ops, photos=found.photos))
        mark(self.result, tone="good")
        self.result.show()

    def _failed(self, error: Known) -> None:
        self._ended()
        self.told.tell(error)

    def _ended(self) -> None:
        self.busy.finish()
        self.check.setEnabled(True)

    def _renew(self) -> None:
        if self._context.messages.ask(_RENEW_ASK, _RENEW_WHY, yes=_RENEW_YES, harm=True):
            self._premises.renew_practice()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._premises.folder)))
