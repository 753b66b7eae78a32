"""The report as it will be: built anew a moment after anything changes, main document and attachment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import reporting
from fieldlog.ui.face import GAP, GROUP_GAP, mark
from fieldlog.ui.jobs import Latest, Read
from fieldlog.ui.pages.reports.refusal import Refusal
from fieldlog.ui.pages.reports.wish import Wish
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.parts import column, framed, row, words
from fieldlog.ui.widgets.pdf_preview import PdfPreview

if TYPE_CHECKING:
    from fieldlog.domain.errors import Known
    from fieldlog.services.reporting import Rendered
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext

DEBOUNCE_MS: Final = 300
_NONE: Final = Phrase("사안을 고르면 보고서가 여기에 보입니다.", "Choose a case to see its report here.")
_HINT: Final = Phrase("사안 화면에서 바로 올 수도 있습니다", "An open case brings you here, too")
_MAIN: Final = Phrase("본문 {n}쪽", "Report · {n} p.")
_ATTACHED: Final = Phrase("붙임 {n}쪽", "Attachment · {n} p.")
_BUILDING: Final = Phrase("미리보기를 만드는 중…", "Building the preview…")


class _Try(Struct):
    """One building of a preview; it stops at its next page when nobody waits for it any more."""

    stale: bool = False

    def is_stale(self) -> bool:
        """Whether a newer one has begun."""
        return self.stale


class Proof(QWidget):
    """``built`` brings the Rendered whenever a new preview is shown, None when there is none."""

    built = Signal(object)

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__()
        self._context, self._face = context, context.face
        self._wish = Wish()
        self._try = _Try()
        self._latest = Latest()
        self.rendered: Rendered | None = None
        self.preview = PdfPreview(context.face, context.lanes)
        self.refusal = Refusal(context)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DEBOUNCE_MS)
        self._soon.timeout.connect(self._build)
        self._lay_out()

    @property
    def building(self) -> bool:
        """Whether what is shown is not yet what is wanted."""
        return not self._state.isHidden()

    def show_wish(self, wish: Wish) -> None:
        """Build the report a moment after the last of these."""
        self._wish = wish
        self._try.stale = True
        self._state.setVisible(bool(wish.cases))
        if not wish.cases:
            self._soon.stop()
            self._take(None)
            self._stack.setCurrentWidget(self._none)
        else:
            self._soon.start()

    def show_attachment(self, *, attached: bool) -> None:
        """Show the attachment, or the report itself."""
        made = self.rendered
        if made is None:
            return
        attached = attached and made.attachment is not None
        (self.attached if attached else self.main).setChecked(True)
        self.preview.show_pdf(made.attachment if attached and made.attachment is not None else made.pdf)

    def _lay_out(self) -> None:
        face = self._face
        self.main, self.attached = self._switch(), self._switch()
        self.main.clicked.connect(lambda: self.show_attachment(attached=False))
        self.attached.clicked.connect(lambda: self.show_attachment(attached=True))
        both = QButtonGroup(self)
        both.addButton(self.main)
        both.addButton(self.attached)
        self.main.setChecked(True)
        self._state = words(face, _BUILDING, "muted")
        self._state.hide()
        bar = row(self.main, self.attached, None, self._state)
        bar.setContentsMargins(GROUP_GAP, GAP, GROUP_GAP, GAP)
        self._bar = framed(bar, "raised")
        self._notices = words(face, plain(""), wrap=True)
        notices = row(self._notices)
        notices.setContentsMargins(GROUP_GAP, 4, GROUP_GAP, 4)
        self._notice_band = framed(notices, "clear")
        self._notice_band.setProperty("band", "warning")
        self._notice_band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._notice_band.hide()
        self._none = EmptyState(face, "file-text", _NONE, hint=_HINT)
        face.keys.hint(face.say, self._none.hint.setText, _HINT, "case.report")
        self._stack = QStackedWidget()
        for each in (self._none, self.preview, self.refusal):
            self._stack.addWidget(each)
        whole = column(self._bar, self._notice_band, self._stack, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._take(None)

    def _switch(self) -> QToolButton:
        made = QToolButton()
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        mark(made, toggle=True)
        return made

    def _build(self) -> None:
        wish, this = self._wish, _Try()
        self._try = this

        def build(workspace: Workspace) -> Rendered:
            return reporting.preview_report(
                workspace, wish.cases, wish.template, photos=wish.photos, is_cancelled=this.is_stale
            )

        lanes = self._context.lanes
        read = Read(lanes, build, lane=lanes.pictures)
        read.done(lambda rendered: self._land(this, rendered))
        self._latest.start(read.failed(partial(self._refuse, this)), self)

    def _land(self, this: _Try, rendered: Rendered) -> None:
        if this is not self._try or this.stale:
            return
        self._state.hide()
        self._take(rendered)
        self._stack.setCurrentWidget(self.preview)
        self.show_attachment(attached=self.attached.isChecked())

    def _refuse(self, this: _Try, error: Known) -> None:
        if this is not self._try or this.stale:
            return
        self._state.hide()
        self._take(None)
        self.refuse(error)

    def refuse(self, error: Known) -> None:
        """Say in the place of the preview why there is no report."""
        self.refusal.show_refusal(error, self._wish.cases)
        self._stack.setCurrentWidget(self.refusal)

    def show_preview(self) -> None:
        """Back from a refusal to the preview, where there is one."""
        if self.rendered is not None:
            self._stack.setCurrentWidget(self.preview)

    def _take(self, rendered: Rendered | None) -> None:
        self.rendered = rendered
        self._bar.setVisible(bool(self._wish.cases))
        pages, attached = (rendered.pages, rendered.attachment_pages) if rendered else (0, 0)
        self.main.setVisible(rendered is not None)
        self.attached.setVisible(attached > 0)
        if not attached:
            self.main.setChecked(True)
        for made, phrase, count in ((self.main, _MAIN, pages), (self.attached, _ATTACHED, attached)):
            self._face.say(made.setText, phrase.fill(n=count))
            self._face.name(made, phrase.fill(n=count))
        notices = rendered.notices if rendered else ()
        said = Phrase("\n".join(each.ko for each in notices), "\n".join(each.en for each in notices))
        self._face.say(self._notices.setText, said)
        self._notice_band.setVisible(bool(notices))
        self.built.emit(rendered)
