"""사진: the photographs of all cases, newest first, with what is said of the chosen beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QSplitter, QStackedWidget

from fieldlog.domain.photo_filter import PhotoFilter
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import browsing, leafing, tending
from fieldlog.ui.command import Command
from fieldlog.ui.face import GAP, PAGE_MARGIN
from fieldlog.ui.jobs import Latest, Read, Write
from fieldlog.ui.page import Page
from fieldlog.ui.pages.photos.adding import Adding, answered_lines, counted
from fieldlog.ui.pages.photos.album import Album
from fieldlog.ui.pages.photos.details import WIDTH, PhotoDetails
from fieldlog.ui.pages.photos.exporting import Exporting
from fieldlog.ui.pages.photos.filters import PhotoFilters
from fieldlog.ui.pages.photos.looking import Looking
from fieldlog.ui.pages.photos.target import TargetWindow, named
from fieldlog.ui.pages.photos.wall import PhotoWall
from fieldlog.ui.widgets.busy_bar import BusyBar
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.parts import button, column, framed, page_header, row, tool, words
from fieldlog.ui.widgets.photo_grid import dropped_files
from fieldlog.ui.widgets.pictures import phase_word
from fieldlog.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
    from PySide6.QtWidgets import QVBoxLayout

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import Record
    from fieldlog.services.leafing import PhotoCounts, PhotoLine
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.pages.photos.adding import Basket
    from fieldlog.ui.pages.photos.target import Target

TITLE: Final = Phrase("사진", "Photos")
_SEARCH: Final = Phrase("사진 찾기", "Find photos")
_HINT: Final = Phrase("설명, 파일명, 사안 제목·번호", "Caption, file name, case")
_ADD: Final = Phrase("사진 추가", "Add photos")
_FOLDER: Final = Phrase("폴더째 추가", "Add a folder")
_PASTE: Final = Phrase("붙여넣기 (Ctrl+V)", "Paste (Ctrl+V)")
_OPEN_CASE: Final = Phrase("사안 열기", "Open the case")
_EXPORT: Final = Phrase("사진 내보내기", "Export photos")
_COUNT: Final = Phrase("{n}장", "{n} photos")
_CHOSEN: Final = Phrase("{n}장 · {chosen}장 선택", "{n} photos · {chosen} selected")
_KINDS: Final = Phrase(
    "사진 (*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff);;모든 파일 (*)",
    "Pictures (*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff);;All files (*)",
)
_NONE_YET: Final = Phrase("아직 사진이 없습니다.", "There are no photos yet.")
_NONE_YET_HINT: Final = Phrase(
    "사진이나 폴더를 이 화면에 끌어다 놓아도 됩니다.", "You may also drop photos or a folder here."
)
_NONE_FOUND: Final = Phrase("조건에 맞는 사진이 없습니다.", "No photo fits.")
_SHOW_ALL: Final = Phrase("모두 보기", "Show all")
_ANSWERS: Final = Phrase("파일별 결과", "What became of each file")
_CLOSE: Final = Phrase("결과 닫기", "Close the answers")
_PAIRED: Final = Phrase("전후 사진으로 짝지었습니다.", "Paired as before and after.")
_REVIEWED: Final = Phrase(
    "사진 {n}장을 개인정보 없음으로 표시했습니다.", "{n} photos marked as without personal data."
)
_PHASED: Final = Phrase("사진 {n}장의 단계를 {phase:으로} 바꾸었습니다.", "{n} photos are now: {phase}.")
_BESIDE_FROM: Final = 900
_ANSWERS_SHOWN: Final = 5


class PhotosPage(Page):
    """The wall of photographs under its search and filters; the details at the side where there is room."""

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__()
        self._context, self._face = context, context.face
        self.album = Album(context, self)
        self.wall = PhotoWall(context.face, self.album)
        self.search = SearchField(context.face, _SEARCH, _HINT)
        self.filters = PhotoFilters(context.face, self)
        self.details = PhotoDetails(context)
        self.busy = BusyBar(context.face)
        self.adding = Adding(context, self.busy, self)
        self.exporting = Exporting(context, self.busy, self)
        self.looking = Looking(context, self.album, self)
        self._counting, self._targeting = Latest(), Latest()
        self._shown = 0
        self._answered: Basket | None = None
        self._build()
        self._connect()

    # What the window asks

    def arrive(self, **wanted: Any) -> None:
        """Show the photographs; ``asked`` is a filter, ``query`` a text to search for."""
        locked = self._context.lanes.workspace.read_only
        self._adders.setVisible(not locked)
        self.setAcceptDrops(not locked)
        self.wall.setAcceptDrops(not locked)
        asked = wanted.get("asked")
        if isinstance(asked, PhotoFilter):
            self.show_filter(asked)
        elif "query" in wanted:
            self.show_filter(PhotoFilter(query=str(wanted["query"])))
        else:
            self.album.refresh()
        self._count()

    def settle(self) -> None:
        """Save what is being written of a photograph."""
        self.details.settle()

    def focus_search(self) -> bool:
        """Ctrl+F, F3."""
        self.search.begin()
        return True

    def step(self, by: int) -> bool:
        """The next or previous photograph."""
        return self.wall.step(by)

    def escape(self) -> bool:
        """Close the answers, then let go of what is chosen."""
        if not self._answers_box.isHidden():
            self._answers_box.hide()
            return True
        if self.wall.rows():
            self.wall.clearSelection()
            return True
        return False

    def commands(self) -> Sequence[Command]:
        """Adding, the case of the chosen, handing out."""
        return (
            Command("photos.add", _ADD, self.ask_files, ("Ctrl+O",), "image-plus"),
            Command("photos.folder", _FOLDER, self.ask_folder, ("Ctrl+Shift+O",), "folder-open"),
            Command("photos.case", _OPEN_CASE, self.open_case, ("Ctrl+Return",), "arrow-left"),
            Command("photos.export", _EXPORT, self.export, ("Ctrl+E",), "download"),
        )

    # How it is built

    def _build(self) -> None:
        face = self._face
        above = self._build_above()
        self._none_yet = EmptyState(
            face, "images", _NONE_YET, hint=_NONE_YET_HINT, action=(_ADD, self.ask_files)
        )
        self._none_found = EmptyState(
            face, "search", _NONE_FOUND, action=(_SHOW_ALL, lambda: self.show_filter(PhotoFilter()))
        )
        self._stack = QStackedWidget()
        for each in (self.wall, self._none_yet, self._none_found):
            self._stack.addWidget(each)
        left = column(page_header(face, TITLE, self._adders), above, self._stack, gap=0)
        left.setStretch(2, 1)
        self._beside = framed(column(self.details), "raised")
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(framed(left, "clear"))
        self._splitter.addWidget(self._beside)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([10_000, WIDTH])
        self._beside.setMinimumWidth(WIDTH - 40)
        self.setLayout(column(self._splitter))

    def _build_above(self) -> QVBoxLayout:
        face = self._face
        paste = tool(face, "clipboard-paste", _PASTE, self.wall.paste)
        folder = tool(face, "folder-open", _FOLDER, self.ask_folder)
        add = button(face, _ADD, self.ask_files, kind="primary", icon="image-plus")
        self._adders = framed(row(paste, folder, add), "clear")
        self._counted = words(face, plain(""), "muted")
        self._result = words(face, plain(""), "label")
        self._answers = QListWidget()
        self._answers.setProperty("framed", True)
        self._answers.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        face.name(self._answers, _ANSWERS)
        self._to_case = button(face, _OPEN_CASE, self._open_answered, kind="link")
        close = tool(face, "x", _CLOSE, self._hide_answers, colour="muted")
        head = row(self._result, self._to_case, None, close)
        self._answers_box = framed(column(head, self._answers, gap=4), "clear")
        self._answers_box.hide()
        searching = row(self.search, self.filters.choose, None)
        searching.setStretch(0, 1)
        self.search.setMaximumWidth(420)
        above = column(searching, self.filters.chips, self.busy, self._answers_box, self._counted, gap=GAP)
        above.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        return above

    def _hide_answers(self) -> None:
        self._answers_box.hide()

    def _connect(self) -> None:
        self.search.searched.connect(lambda typed: self.show_filter(replace(self.album.asked, query=typed)))
        self.filters.changed.connect(self.show_filter)
        self.album.counted.connect(self._on_counted)
        self.album.lines_came.connect(self._show_chosen)
        self.wall.chosen.connect(self._show_chosen)
        self.wall.opened.connect(self.looking.open)
        self.wall.case_asked.connect(lambda _row: self.open_case())
        self.wall.dropped.connect(self.add_files)
        self.wall.pasted.connect(self._add_pasted)
        self.looking.walked.connect(self.wall.choose)
        self.adding.answered.connect(self._on_answered)
        self.adding.came.connect(self.album.refresh)
        self.details.view_asked.connect(self._view)
        self.details.compare_asked.connect(self._compare)
        self.details.pair_asked.connect(self._pair)
        self.details.unpair_asked.connect(self._unpair)
        self.details.review_asked.connect(self._review)
        self.details.phase_asked.connect(self._set_phase)
        self.details.export_asked.connect(self.export)
        self.details.case_asked.connect(self._context.navigator.open_case)
        self._context.bus.effects_happened.connect(self._on_effects)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room the wall has it."""
        super().resizeEvent(event)
        self._beside.setVisible(self.width() >= _BESIDE_FROM)

    # What is shown

    def show_filter(self, asked: PhotoFilter) -> None:
        """Show other photographs."""
        self.search.set_value(asked.query)
        self.filters.show_filter(asked)
        self.album.show_filter(asked)

    def _count(self) -> None:
        lanes = self._context.lanes
        read = Read(lanes, leafing.count_photos, lane=lanes.reading).done(self._on_counts)
        self._counting.start(read, self)

    def _on_counts(self, counts: PhotoCounts) -> None:
        self.filters.show_counts(counts)

    def _on_effects(self, effects: Effects | None, _initiator: object) -> None:
        if effects is not None and effects.kinds & {"photo", "case"}:
            self.album.refresh(effects)
            self._count()

    def _on_counted(self, count: int) -> None:
        self._shown = count
        asked = self.album.asked
        empty = self._none_yet if asked == PhotoFilter() else self._none_found
        self._stack.setCurrentWidget(self.wall if count else empty)
        self._show_chosen()

    def _show_chosen(self) -> None:
        rows = self.wall.rows()
        total = f"{self._shown:,}"
        said = _COUNT.fill(n=total) if len(rows) < 2 else _CHOSEN.fill(n=total, chosen=f"{len(rows):,}")  # noqa: PLR2004
        self._face.say(self._counted.setText, said)
        photo = self.album.photo(rows[0]) if len(rows) == 1 else None
        if photo is not None:
            self.details.show_photo(photo)
        elif len(rows) != 1:
            self.details.show_count(len(rows))

    # Adding

    def add_files(self, paths: Sequence[Path]) -> None:
        """Ask where files and folders go, and add them."""
        if paths and not self._context.lanes.workspace.read_only:
            self._ask_target(lambda target: self.adding.add_files(paths, target))

    def _add_pasted(self, data: bytes) -> None:
        if not self._context.lanes.workspace.read_only:
            self._ask_target(lambda target: self.adding.add_pasted(data, target))

    def _ask_target(self, take: Callable[[Target], object]) -> None:
        """Offer the open case, or the one whose photograph is chosen."""
        chosen = self.details.sheet.case.id if self.details.sheet is not None else None
        offered = self._context.navigator.case_id or chosen

        def ask(case: tuple[str, Phrase] | None) -> None:
            window = TargetWindow(self._context, case, self)
            window.chosen.connect(take)
            window.open()

        def look(workspace: Workspace) -> tuple[str, Phrase] | None:
            if offered is None:
                return None
            case = browsing.read_record(workspace, browsing.find_case(workspace, offered))
            return case.id, named(case.text("case_no"), case.text("title"))

        lanes = self._context.lanes
        self._targeting.start(Read(lanes, look, lane=lanes.reading).done(ask), self)

    def ask_files(self) -> None:
        """Choose files to add."""
        asking = self._dialog(QFileDialog.FileMode.ExistingFiles)
        asking.setNameFilters(self._face.said(_KINDS).split(";;"))
        asking.open()

    def ask_folder(self) -> None:
        """Choose a folder to add."""
        self._dialog(QFileDialog.FileMode.Directory).open()

    def _dialog(self, mode: QFileDialog.FileMode) -> QFileDialog:
        asking = QFileDialog(self, self._face.said(_ADD), self._context.memory.text("photos/folder"))
        asking.setFileMode(mode)
        asking.filesSelected.connect(self._on_files)
        asking.finished.connect(asking.deleteLater)
        return asking

    def _on_files(self, names: list[str]) -> None:
        paths = [Path(name) for name in names]
        if paths:
            self._context.memory.put("photos/folder", str(paths[0].parent))
        self.add_files(paths)

    def _on_answered(self, basket: Basket) -> None:
        self._answered = basket
        self._face.say(self._result.setText, counted(basket.answers))
        self._answers.clear()
        for line in answered_lines(basket):
            said = self._face.said(line)
            self._answers.addItem(said)
            self._answers.item(self._answers.count() - 1).setToolTip(said)
        line_height = self._answers.sizeHintForRow(0) if self._answers.count() else 0
        self._answers.setFixedHeight(line_height * min(self._answers.count(), _ANSWERS_SHOWN) + 4)
        self._to_case.setVisible(basket.case is not None)
        self._answers_box.setVisible(bool(basket.answers))
        self.album.refresh()
        self._count()

    def _open_answered(self) -> None:
        if self._answered is not None and self._answered.case is not None:
            self._context.navigator.open_case(self._answered.case)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files are welcome anywhere on the page."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Add what was dropped."""
        if files := dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self.add_files(files)

    # The chosen

    def open_case(self) -> None:
        """Open the case of the chosen photograph beside the page."""
        row_ = self.wall.row()
        photo = self.album.photo(row_) if row_ is not None else None
        if photo is not None and photo.case_id is not None:
            self._context.navigator.open_case(photo.case_id)

    def export(self) -> None:
        """Hand out the chosen."""
        self._with_chosen(self.exporting.ask)

    def _with_chosen(self, act: Callable[[list[Record]], object]) -> None:
        """Read the chosen, those never looked at included, and do something with them."""
        rows, lanes = self.wall.rows(), self._context.lanes

        def take(lines: dict[int, PhotoLine]) -> None:
            act([lines[each].photo for each in rows if each in lines])

        if rows:
            Read(lanes, lambda w: leafing.photo_lines(w, rows), lane=lanes.reading).done(take).start(self)

    def _view(self) -> None:
        if (row_ := self.wall.row()) is not None:
            self.looking.open(row_)

    def _compare(self) -> None:
        if (row_ := self.wall.row()) is not None:
            self.looking.open(row_, compare=True)

    def _pair(self) -> None:
        self._with_chosen(lambda photos: self._write_pair([photo.id for photo in photos]))

    def _write_pair(self, photos: list[RecordId]) -> None:
        write = Write(self._context.lanes, lambda workspace: tending.pair_photos(workspace, photos))
        write.done(lambda _effects: self._context.messages.tell(_PAIRED)).start(self)

    def _unpair(self) -> None:
        sheet = self.details.sheet
        if sheet is not None:
            photo = sheet.photo.id
            Write(self._context.lanes, lambda workspace: tending.unpair_photo(workspace, photo)).start(self)

    def _review(self) -> None:
        self._change(lambda workspace, ids: tending.review_photos(workspace, ids, "NONE"), _REVIEWED)

    def _set_phase(self, phase: str) -> None:
        self._change(lambda workspace, ids: tending.set_phase(workspace, ids, phase), _PHASED, phase)

    def _change(
        self, verb: Callable[[Workspace, list[RecordId]], Effects], told: Phrase, phase: str = ""
    ) -> None:
        def write(photos: list[Record]) -> None:
            ids = [photo.id for photo in photos]
            said = told.fill(n=len(ids), phase=phase_word(phase))
            task = Write(self._context.lanes, lambda workspace: verb(workspace, ids))
            task.done(lambda _effects: self._context.messages.tell(said)).start(self)

        self._with_chosen(write)
