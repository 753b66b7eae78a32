"""The chosen photograph at the side: the picture, what is written of it, what it tells, where it belongs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.services import leafing
from fieldlog.ui.case.open_case import OpenCase
from fieldlog.ui.case.record_form import RecordForm
from fieldlog.ui.face import GAP, GROUP_GAP
from fieldlog.ui.jobs import Latest, Read
from fieldlog.ui.pages.photos.facts import PhotoFacts
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.parts import button, column, framed, row, rule, scrolled, words
from fieldlog.ui.widgets.pictures import decoded, phase_word

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.record import Record
    from fieldlog.services.leafing import CaseName, PhotoSheet
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.case.view import CaseView
    from fieldlog.ui.face import Face
    from fieldlog.ui.page import PageContext

WIDTH: Final = 320
_TWO: Final = 2
_PHASES: Final = ("BEFORE", "DURING", "AFTER", "EVIDENCE")
_PHASE: Final = Phrase("단계 바꾸기", "Change the phase")
_TO_PHASE: Final = Phrase("단계를 {phase:으로} 바꾸기", "Change the phase to {phase}")
_PHOTO: Final = REGISTRY.kind("photo")
_FIELDS: Final = ("caption", "phase", "taken_at", "pii_review")
_NONE: Final = Phrase("사진을 고르면 여기에 보입니다.", "Choose a photo to see it here.")
_MANY: Final = Phrase("{n}장 선택", "{n} selected")
_PICTURE: Final = Phrase("사진 크게 보기: {caption}", "Open the photo: {caption}")
_VIEW: Final = Phrase("크게 보기", "Open")
_COMPARE: Final = Phrase("전후 비교", "Compare")
_PAIR: Final = Phrase("전후 짝짓기", "Pair before and after")
_UNPAIR: Final = Phrase("짝 풀기", "Unpair")
_EXPORT: Final = Phrase("내보내기…", "Export…")
_ELSEWHERE: Final = Phrase("같은 사진이 있는 사안", "Cases with the same picture")
_COUNTERPART: Final = Phrase("대응사진: {phase} {caption}", "Counterpart: {phase} {caption}")
_OPEN: Final = Phrase("사안 열기: {number} {title}", "Open case {number} {title}")
_NAME: Final = Phrase("{number}  {title}", "{number}  {title}")
_READ_ONLY: Final = Phrase("읽기만 할 수 있는 사진입니다.", "This photo is read-only.")
_REVIEWED: Final = Phrase("개인정보 없음으로 표시", "Mark: no personal data")


class PhotoDetails(QWidget):
    """Asks the page for whatever concerns more than the writing; the form saves itself."""

    view_asked = Signal()
    compare_asked = Signal()
    pair_asked = Signal()
    unpair_asked = Signal()
    export_asked = Signal()
    review_asked = Signal()
    phase_asked = Signal(str)
    case_asked = Signal(str)

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__()
        self._context, self._face = context, context.face
        self.sheet: PhotoSheet | None = None
        self._asked: RecordId | None = None
        self._reading, self._picturing = Latest(), Latest()
        self.case = OpenCase(context, self)
        self.case.shown.connect(self._on_case)
        self.form = RecordForm(self.case, [_PHOTO.field(name) for name in _FIELDS])
        self.facts = PhotoFacts(context.face)
        self._build()

    def show_photo(self, photo: Record) -> None:
        """Show one photograph."""
        if photo.id != self._asked:
            self.settle()
            self._asked = photo.id
            self.picture.show_image(None)
        if photo.case_id is not None:
            self.case.open(photo.case_id)
        self._stack.setCurrentWidget(self._one)

    def show_count(self, count: int) -> None:
        """Show that none or several are chosen."""
        self.settle()
        self._asked, self.sheet = None, None
        self._face.say(self._chosen.setText, _MANY.fill(n=f"{count:,}"))
        self.pair.setVisible(count == _TWO)
        writable = not self._context.lanes.workspace.read_only
        self._changes.setVisible(writable)
        self._stack.setCurrentWidget(self._many if count else self._empty)

    def settle(self) -> None:
        """Save what is being written."""
        if self._asked is not None:
            self.form.settle()

    # How it is built

    def _build(self) -> None:
        face = self._face
        self.picture = _Picture(face)
        self.picture.clicked.connect(self.view_asked)
        self.compare = button(face, _COMPARE, self.compare_asked.emit, icon="columns-2")
        self.unpair = button(face, _UNPAIR, self.unpair_asked.emit, kind="quiet")
        self.export = button(face, _EXPORT, self.export_asked.emit, icon="download")
        tools = QWidget()
        flow = Flow(tools, gap=4)
        view = button(face, _VIEW, self.view_asked.emit, icon="maximize")
        for each in (view, self.compare, self.export):
            flow.addWidget(each)
        self._counterpart = words(face, plain(""), "small", wrap=True)
        self._pair_row = QWidget()
        self._pair_row.setLayout(row(self._counterpart, self.unpair))
        self._locked = words(face, _READ_ONLY, "muted", wrap=True)
        self._cases = QVBoxLayout()
        self._cases.setSpacing(0)
        top = (self.picture, self._cases, tools, self._pair_row, self._locked)
        inside = column(*top, self.form, rule(), self.facts, None, gap=GAP + 4)
        inside.setContentsMargins(GROUP_GAP, GROUP_GAP, GROUP_GAP, GROUP_GAP)
        self._one = scrolled(framed(inside, "clear"))
        self._empty = EmptyState(face, "image", _NONE)
        self._many = self._build_many()
        self._stack = QStackedWidget()
        for shown in (self._empty, self._one, self._many):
            self._stack.addWidget(shown)
        self.setLayout(column(self._stack))

    def _build_many(self) -> QWidget:
        face = self._face
        self._chosen = words(face, plain(""), "lead")
        self.pair = button(face, _PAIR, self.pair_asked.emit, icon="columns-2")
        self.review = button(face, _REVIEWED, self.review_asked.emit, icon="shield-check")
        self.phases = {
            code: button(face, phase_word(code), partial(self.phase_asked.emit, code)) for code in _PHASES
        }
        for code, made in self.phases.items():
            face.name(made, _TO_PHASE.fill(phase=phase_word(code)))
        changes = column(
            self.pair, self.review, words(face, _PHASE, "label"), row(*self.phases.values(), None, gap=4)
        )
        self._changes = framed(changes, "clear")
        export = button(face, _EXPORT, self.export_asked.emit, icon="download")
        many = column(self._chosen, self._changes, export, None, gap=GAP + 4)
        many.setContentsMargins(GROUP_GAP, GROUP_GAP, GROUP_GAP, GROUP_GAP)
        return framed(many, "clear")

    # What comes back

    def _on_case(self, view: CaseView) -> None:
        photo = next((each for each in view.sheet.of("photo") if each.id == self._asked), None)
        if photo is None:
            return
        self.form.set_read_only(read_only=view.read_only)
        self._locked.setVisible(view.read_only)
        self.form.show_record(photo, view.drafts.get(photo.id))
        lanes, asked = self._context.lanes, photo.id
        read = Read(lanes, lambda workspace: leafing.photo_sheet(workspace, asked), lane=lanes.reading)
        self._reading.start(read.done(lambda sheet: self._on_sheet(sheet, view)), self)

    def _on_sheet(self, sheet: PhotoSheet, view: CaseView) -> None:
        if sheet.photo.id != self._asked:
            return
        new = self.sheet is None or self.sheet.photo.id != sheet.photo.id
        self.sheet = sheet
        caption = sheet.photo.text("caption") or sheet.photo.text("original_name")
        self._face.name(self.picture, _PICTURE.fill(caption=caption))
        self.facts.show_sheet(sheet)
        other = sheet.counterpart
        self.compare.setVisible(other is not None)
        self._pair_row.setVisible(other is not None)
        self.unpair.setVisible(not view.read_only)
        if other is not None:
            said = other.text("caption") or other.text("original_name")
            told = _COUNTERPART.fill(phase=phase_word(other.text("phase")), caption=said)
            self._face.say(self._counterpart.setText, told)
        self._show_cases(sheet)
        if new:
            self._fetch(sheet.photo.id)

    def _show_cases(self, sheet: PhotoSheet) -> None:
        while (item := self._cases.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._cases.addWidget(self._link(sheet.case))
        if sheet.elsewhere:
            self._cases.addWidget(words(self._face, _ELSEWHERE, "label"))
        for other in sheet.elsewhere:
            self._cases.addWidget(self._link(other))

    def _link(self, name: CaseName) -> QWidget:
        said = _NAME.fill(number=name.number, title=name.title)
        made = button(self._face, said, partial(self.case_asked.emit, name.id), kind="link")
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._face.name(made, _OPEN.fill(number=name.number, title=name.title))
        self._face.say(made.setToolTip, said)
        return made

    def _fetch(self, photo: RecordId) -> None:
        lanes = self._context.lanes
        wide = round(WIDTH * self.devicePixelRatioF())

        def fetch(workspace: Workspace) -> QImage | None:
            image = decoded(leafing.picture_of(workspace, photo, "screen"))
            return (
                None
                if image is None
                else image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
            )

        read = Read(lanes, fetch, lane=lanes.pictures).done(self.picture.show_image)
        self._picturing.start(read.failed(lambda _error: self.picture.show_image(None)), self)


class _Picture(QAbstractButton):
    """The picture as wide as its place, as high as it follows from that; pressing it opens it.

    Its height is asked of it and never set: a size set while a layout is at work makes Qt crash.
    """

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        face.theme_changed.connect(self.update)

    def show_image(self, image: QImage | None) -> None:
        """Show it, or an empty frame while it is not here."""
        self.image = QImage() if image is None else image
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As in a pane of the usual width."""
        return QSize(WIDTH, self.heightForWidth(WIDTH))

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """The wider, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """In the picture's own proportions; three to four while there is none."""
        if self.image.isNull():
            return width * 3 // 4
        return max(1, width * self.image.height() // self.image.width())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw it whole."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.image.isNull():
            painter.fillRect(self.rect(), self._face.colour("sunken"))
        else:
            painter.drawImage(self.rect(), self.image)
        painter.end()
