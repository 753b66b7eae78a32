"""Handing pictures out: without any metadata, whole or not at all, never over a file without asking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldlog.domain.effects import Effects
from fieldlog.domain.errors import AlreadyThere
from fieldlog.domain.phrase import Phrase
from fieldlog.services import tending
from fieldlog.ui.jobs import Long, Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.errors import Known
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import Record
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.jobs import Report
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.widgets.busy_bar import BusyBar

_EXPORT: Final = Phrase("사진 내보내기", "Export photos")
_DOING: Final = Phrase("사진을 내보내는 중: {name}", "Exporting: {name}")
_DONE: Final = Phrase(
    "사진 {n}장을 정보 없이 내보냈습니다: {folder}", "{n} photos exported without metadata: {folder}"
)
_UNREVIEWED: Final = Phrase(
    "개인정보를 확인하지 않은 사진이 {n}장 있습니다. 내보내시겠습니까?",
    "{n} of the photos have not been reviewed for personal data. Export them?",
)
_UNREVIEWED_WHY: Final = Phrase(
    "얼굴, 차량번호, 연락처가 찍혀 있으면 먼저 가려야 합니다.",
    "Faces, number plates and phone numbers must be covered first.",
)
_EXPORT_ANYWAY: Final = Phrase("내보내기", "Export")
_THERE: Final = Phrase(
    "같은 이름의 파일이 {n}개 있습니다. 덮어쓰시겠습니까?", "{n} files of the same name exist. Replace them?"
)
_THERE_WHY: Final = Phrase(
    "덮어쓰면 그 파일의 지금 내용은 없어집니다: {names}", "What they hold now will be lost: {names}"
)
_REPLACE: Final = Phrase("덮어쓰기", "Replace")
_REMEMBERED: Final = "photos/export"
_NAMED: Final = 3


class _Round(Struct):
    """One round of exporting: which file each photograph goes to, what was written, what was there."""

    files: dict[RecordId, Path]
    written: list[Path] = field(default_factory=list)
    there: dict[RecordId, Path] = field(default_factory=dict)
    effects: Effects = field(default_factory=Effects)


class Exporting(QObject):
    """Asks for the place, asks before anything is replaced, and tells where the pictures are."""

    def __init__(self, context: PageContext[Workspace], busy: BusyBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._busy, self._page = context, busy, parent

    def ask(self, photos: Sequence[Record]) -> None:
        """Begin: one picture to a file, several into a folder."""
        unseen = sum(1 for photo in photos if photo.text("pii_review") in {"", "NOT_REVIEWED"})
        if not photos or (unseen and not self._agreed(unseen)):
            return
        ids = [photo.id for photo in photos]
        lanes = self._context.lanes
        read = Read(
            lanes, lambda w: {each: tending.picture_name(w, each) for each in ids}, lane=lanes.reading
        )
        read.done(self._ask_place).start(self)

    def _agreed(self, unseen: int) -> bool:
        return self._context.messages.ask(
            _UNREVIEWED.fill(n=unseen), _UNREVIEWED_WHY, yes=_EXPORT_ANYWAY, harm=True
        )

    def _ask_place(self, names: dict[RecordId, str]) -> None:
        folder = self._context.memory.text(_REMEMBERED)
        asking = QFileDialog(self._page, self._context.face.said(_EXPORT), folder)
        asking.setOption(QFileDialog.Option.DontConfirmOverwrite)
        if len(names) == 1:
            asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            asking.selectFile(next(iter(names.values())))
        else:
            asking.setFileMode(QFileDialog.FileMode.Directory)
        asking.fileSelected.connect(lambda chosen: self.write(_places(names, Path(chosen))))
        asking.finished.connect(asking.deleteLater)
        asking.open()

    def write(self, files: dict[RecordId, Path], *, overwrite: bool = False) -> None:
        """Write every picture to its file; those that are there already are asked about afterwards."""
        round_ = _Round(files)

        def hand_out(workspace: Workspace, report: Report) -> _Round:
            for photo, path in files.items():
                report(len(round_.written) + len(round_.there), len(files), _DOING.fill(name=path.name))
                try:
                    round_.written.append(
                        tending.hand_out_picture(workspace, photo, path, overwrite=overwrite)
                    )
                except AlreadyThere:
                    round_.there[photo] = path
            return round_

        lanes = self._context.lanes
        task = Long(lanes, hand_out, lane=lanes.pictures).progress(self._busy.show_step)
        task.done(self._on_done).stopped(self._busy.finish).failed(self._on_failed)
        self._busy.follow(task.start(self), _EXPORT)
        self._context.memory.put(_REMEMBERED, str(next(iter(files.values())).parent))

    def _on_failed(self, error: Known) -> None:
        self._busy.finish()
        self._context.messages.show(error)

    def _on_done(self, round_: _Round) -> None:
        self._busy.finish()
        if round_.written:
            folder = round_.written[0].parent
            self._context.messages.tell(_DONE.fill(n=len(round_.written), folder=str(folder)))
        if round_.there and self._may_replace(list(round_.there.values())):
            self.write(round_.there, overwrite=True)

    def _may_replace(self, there: list[Path]) -> bool:
        names = ", ".join(path.name for path in there[:_NAMED])
        return self._context.messages.ask(
            _THERE.fill(n=len(there)), _THERE_WHY.fill(names=names), yes=_REPLACE, harm=True
        )


def _places(names: dict[RecordId, str], chosen: Path) -> dict[RecordId, Path]:
    """The file of each picture; two of one name are told apart by a number."""
    if len(names) == 1:
        path = (
            chosen if chosen.suffix.lower() in {".jpg", ".jpeg"} else chosen.with_name(f"{chosen.name}.jpg")
        )
        return dict.fromkeys(names, path)
    taken: set[str] = set()
    files: dict[RecordId, Path] = {}
    for photo, name in names.items():
        free, number = name, 2
        while free in taken:
            free, number = f"{name.removesuffix('.jpg')}_{number}.jpg", number + 1
        taken.add(free)
        files[photo] = chosen / free
    return files
