"""사진: the photographs of the case, added in any way, with phase, caption and counterpart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QStackedWidget

from fieldlog.domain.ids import Digest
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import dossiers, photographs, recording
from fieldlog.ui.case.part_list import PartList
from fieldlog.ui.case.photo_adding import PhotoAdding, counted
from fieldlog.ui.case.photo_details import PhotoDetails
from fieldlog.ui.case.photo_tools import PhaseSwitch
from fieldlog.ui.case.tab import CaseTab
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.theme import Tone
from fieldlog.ui.widgets.busy_bar import BusyBar
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.parts import button, column, framed, row, tool, words
from fieldlog.ui.widgets.photo_grid import PhotoGrid, dropped_files
from fieldlog.ui.widgets.photo_tile import Badge, PhotoTile
from fieldlog.ui.widgets.photo_viewer import PhotoViewer
from fieldlog.ui.widgets.pictures import picture_loader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import Record
    from fieldlog.services.photographs import Size
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.case.photo_adding import Basket
    from fieldlog.ui.case.view import CaseView

_ADD: Final = Phrase("사진 추가", "Add photos")
_FOLDER: Final = Phrase("폴더째 추가", "Add a folder")
_PASTE: Final = Phrase("붙여넣기 (Ctrl+V)", "Paste (Ctrl+V)")
_KINDS: Final = Phrase(
    "사진 (*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff);;모든 파일 (*)",
    "Pictures (*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff);;All files (*)",
)
_NONE: Final = Phrase("아직 사진이 없습니다.", "There are no photos yet.")
_NONE_HINT: Final = Phrase(
    "파일이나 폴더를 끌어다 놓아도 됩니다.", "You may also drop files or a folder here."
)
_ANSWERS: Final = Phrase("파일별 결과", "What became of each file")
_CLOSE: Final = Phrase("결과 닫기", "Close the answers")
_HERE: Final = Badge("map-pin", Phrase("위치 있음", "Has a place"), Tone.INFO)
_UNSEEN: Final = Badge("shield-alert", Phrase("개인정보 미확인", "Personal data unreviewed"), Tone.WARNING)
_REMOVED: Final = Phrase(
    "사진 {n}장을 뺐습니다. 원본은 남아 있습니다.", "{n} photos removed; the originals are kept."
)
_PAIRED: Final = Phrase("전후 사진으로 짝지었습니다.", "Paired as before and after.")
_WHY: Final = "사진 뺌"


class Photos(CaseTab):
    """The grid with its tools, and below it what is said of the chosen."""

    def furnish(self) -> Iterator[None]:
        """The grid first, the form of a chosen photograph after it."""
        self._photos: dict[str, Record] = {}
        self._tiles: list[PhotoTile] = []
        self._pairs: dict[str, str] = {}
        self._shown_case: RecordId | None = None
        lanes = self.case.context.lanes
        self.grid = PhotoGrid(
            self.face, picture_loader(lanes, lambda w, key: self._fetch(w, key, "thumb"), self)
        )
        self._load_large = picture_loader(lanes, lambda w, key: self._fetch(w, key, "screen"), self)
        self._viewer: PhotoViewer | None = None
        self.phase = PhaseSwitch(self.face)
        self.busy = BusyBar(self.face)
        self.adding = PhotoAdding(self.case, self.busy, self)
        self._build()
        yield
        self.details = PhotoDetails(self.case, self.profile, self)
        self._below.addWidget(self.details)
        self._connect()

    def show_view(self, view: CaseView) -> None:
        """Show the photographs; what was chosen stays chosen."""
        if view.id != self._shown_case:
            self._shown_case = view.id
            self.phase.suggest(view.stage)
            self._answers_box.hide()
        photos = dossiers.photos_in_order(view.sheet)
        self._photos = {photo.id: photo for photo in photos}
        self._pairs = {
            photo.text("pair_photo_id"): photo.id
            for photo in photos
            if photo.text("pair_photo_id") in self._photos
        }
        tiles = [_tile(photo) for photo in photos]
        if tiles != self._tiles:
            self._tiles = tiles
            self.grid.show_photos(tiles)
        self._stack.setCurrentWidget(self.grid if tiles else self._none)
        self._tools.setVisible(not view.read_only)
        self.setAcceptDrops(not view.read_only)
        self.grid.setAcceptDrops(not view.read_only)
        self._show_chosen()

    def settle(self) -> None:
        """Save what is being written."""
        self.details.settle()

    def focus_field(self, name: str) -> bool:
        """A photograph is asked for, or a look at the personal data in them."""
        if name == "photo":
            self.add_button.setFocus()
        elif name == "pii_review" and self._photos:
            unseen = (
                key for key, photo in self._photos.items() if photo.text("pii_review") in {"", "NOT_REVIEWED"}
            )
            self.choose(next(unseen, next(iter(self._photos))))
            self.details.form.focus_field("pii_review")
        return True

    def choose(self, key: str) -> None:
        """Choose one photograph in the grid."""
        line = next((at for at, tile in enumerate(self._tiles) if tile.key == key), None)
        if line is not None:
            self.grid.setCurrentIndex(self.grid.model().index(line, 0))

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add files and folders with the phase that is pressed."""
        view = self.case.view
        if view is not None and not view.read_only and paths:
            self.adding.add_files(paths, self.phase.phase)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files are welcome anywhere on the tab."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Add what was dropped."""
        if files := dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self.add_files(files)

    # How it is built

    def _build(self) -> None:
        face = self.face
        self.add_button = button(face, _ADD, self._ask_files, kind="primary", icon="image-plus")
        tools = row(
            self.add_button,
            tool(face, "folder-open", _FOLDER, self._ask_folder),
            tool(face, "clipboard-paste", _PASTE, self.grid.paste),
            None,
            self.phase,
        )
        self._tools = framed(tools, "clear")
        self._counted = words(face, plain(""), "label")
        self._answers = PartList(face, _ANSWERS, most=4)
        close = tool(face, "x", _CLOSE, self._close_answers, colour="muted")
        self._answers_box = framed(column(row(self._counted, None, close), self._answers, gap=4), "clear")
        self._answers_box.hide()
        self._none = EmptyState(face, "images", _NONE, hint=_NONE_HINT)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._none)
        above = column(self._tools, self.busy, self._answers_box, gap=GAP)
        above.setContentsMargins(PAGE_MARGIN, GROUP_GAP, PAGE_MARGIN, GAP)
        self._below = below = column()
        below.setContentsMargins(PAGE_MARGIN, GAP, PAGE_MARGIN, GROUP_GAP)
        whole = column(above, self._stack, below, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.grid.opened.connect(self._open)
        self.grid.chosen.connect(lambda _keys: self._show_chosen())
        self.grid.dropped.connect(self.add_files)
        self.grid.pasted.connect(lambda data: self.adding.add_pasted(data, self.phase.phase))
        self.adding.answered.connect(self._on_answered)
        self.details.view_asked.connect(lambda: self._open(self.grid.current() or ""))
        self.details.compare_asked.connect(self._compare)
        self.details.pair_asked.connect(self._pair)
        self.details.unpair_asked.connect(self._unpair)
        self.details.remove_asked.connect(self._remove)

    # Adding

    def _ask_files(self) -> None:
        asking = self._dialog(QFileDialog.FileMode.ExistingFiles)
        asking.setNameFilters(self.face.said(_KINDS).split(";;"))
        asking.open()

    def _ask_folder(self) -> None:
        self._dialog(QFileDialog.FileMode.Directory).open()

    def _dialog(self, mode: QFileDialog.FileMode) -> QFileDialog:
        asking = QFileDialog(self, self.face.said(_ADD), self.case.context.memory.text("photos/folder"))
        asking.setFileMode(mode)
        asking.filesSelected.connect(self._on_files)
        asking.finished.connect(asking.deleteLater)
        return asking

    def _on_files(self, names: list[str]) -> None:
        paths = [Path(name) for name in names]
        if paths:
            self.case.context.memory.put("photos/folder", str(paths[0].parent))
        self.add_files(paths)

    def _on_answered(self, basket: Basket) -> None:
        self.face.say(self._counted.setText, counted(basket.answers))
        self._answers.show_parts(basket.remarks)
        self._answers_box.setVisible(bool(basket.remarks))
        if basket.answers and not basket.remarks:
            self.case.context.messages.tell(counted(basket.answers))
        self.case.reload()

    def _close_answers(self) -> None:
        self._answers_box.hide()

    # Looking

    def _fetch(self, workspace: Workspace, key: str, size: Size) -> bytes:
        return photographs.photo_bytes(workspace, Digest(self._photos[key].text("sha256")), size)

    def _open(self, key: str) -> None:
        if key not in self._photos:
            return
        if self._viewer is None:
            self._viewer = PhotoViewer(self.face, self._load_large, self)
            self._viewer.walked.connect(self.choose)
        self._viewer.show_photos(self._tiles, key, self._pairs)

    def _compare(self) -> None:
        key = self.grid.current()
        if key is not None:
            self._open(key)
            if self._viewer is not None:
                self._viewer.compare()

    # The chosen

    def _chosen(self) -> list[Record]:
        return [self._photos[key] for key in self.grid.selected() if key in self._photos]

    def _counterpart(self, photo: Record) -> Record | None:
        both = {**self._pairs, **{after: before for before, after in self._pairs.items()}}
        return self._photos.get(both.get(photo.id, ""))

    def _show_chosen(self) -> None:
        view, chosen = self.case.view, self._chosen()
        if view is not None:
            counterpart = self._counterpart(chosen[0]) if len(chosen) == 1 else None
            self.details.show_chosen(view, chosen, counterpart)

    def _pair(self) -> None:
        chosen = self._chosen()
        before, after = sorted(chosen, key=lambda photo: photo.text("phase") == "AFTER")
        self.case.write(
            lambda workspace: recording.revise(workspace, after.id, {"pair_photo_id": before.id}),
            done=lambda _effects: self.case.context.messages.tell(_PAIRED, undo=self.case.undo),
        )

    def _unpair(self) -> None:
        chosen = self._chosen()
        counterpart = self._counterpart(chosen[0]) if chosen else None
        if counterpart is not None:
            later = chosen[0] if self._pairs.get(counterpart.id) == chosen[0].id else counterpart
            self.case.write(lambda workspace: recording.revise(workspace, later.id, {"pair_photo_id": None}))

    def _remove(self) -> None:
        chosen = [photo.id for photo in self._chosen()]
        undo = self.case.undo if len(chosen) == 1 else None

        def remove(workspace: Workspace) -> Effects:
            effects = recording.remove(workspace, chosen[0], _WHY)
            for each in chosen[1:]:
                effects |= recording.remove(workspace, each, _WHY)
            return effects

        if chosen:
            self.case.write(
                remove,
                done=lambda _effects: self.case.context.messages.tell(
                    _REMOVED.fill(n=len(chosen)), undo=undo
                ),
            )


def _tile(photo: Record) -> PhotoTile:
    badges = (
        *((_HERE,) if photo.get("lat") is not None else ()),
        *((_UNSEEN,) if photo.text("pii_review") in {"", "NOT_REVIEWED"} else ()),
    )
    caption = photo.text("caption") or photo.text("original_name")
    return PhotoTile(photo.id, plain(caption), photo.text("phase"), badges)
