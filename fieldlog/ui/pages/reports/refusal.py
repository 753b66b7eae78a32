"""Why there is no report: what, why, how, and each field at fault as a link that leads into it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import proofreading
from fieldlog.ui.face import GAP, PAGE_MARGIN
from fieldlog.ui.jobs import Latest, Read
from fieldlog.ui.widgets.parts import button, column, framed, row, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.errors import Known
    from fieldlog.domain.ids import RecordId
    from fieldlog.services.proofreading import Unprintable
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext

_REPLACE: Final = Phrase("〓로 바꾸어 내보내기", "Print 〓 in their place")
_BACK: Final = Phrase("미리보기로", "Back to the preview")
_NAME: Final = Phrase("보고서를 만들지 못한 이유", "Why there is no report")
_NARROWEST, _WIDEST = 420, 560
_MOST_LINKS: Final = 12
_FIELDS_OF_CASE: Final = "case"


class Refusal(QWidget):
    """``replace_asked`` when the person has 〓 printed for what cannot be, ``back_asked`` to see the preview."""

    replace_asked = Signal()
    back_asked = Signal()

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__()
        self._context, self._face = context, context.face
        self._latest = Latest()
        face = context.face
        self._what = words(face, plain(""), "title", wrap=True)
        self._why = words(face, plain(""), "muted", wrap=True)
        self._how = words(face, plain(""), wrap=True)
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        self.replace = button(face, _REPLACE, self.replace_asked.emit, kind="primary")
        self.back = button(face, _BACK, self.back_asked.emit)
        inside = column(
            self._what, self._why, self._links, self._how, row(self.replace, self.back, None), gap=GAP + 4
        )
        inside.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
        card = framed(inside, "card")
        card.setMinimumWidth(_NARROWEST)
        card.setMaximumWidth(_WIDEST)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        face.name(card, _NAME)
        whole = column(card, None, margin=PAGE_MARGIN)
        whole.setAlignment(card, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(row(None, framed(whole, "clear"), None, gap=0))
        layout = self.layout()
        if layout is not None:
            layout.setStretch(1, 1)  # type: ignore[attr-defined]

    def show_refusal(self, error: Known, cases: Sequence[RecordId]) -> None:
        """Show an error; what cannot be printed is looked up in the cases."""
        self._face.say(self._what.setText, error.what)
        self._face.say(self._why.setText, error.why)
        self._face.say(self._how.setText, error.how)
        self._show_links(())
        lanes, asked = self._context.lanes, tuple(cases)
        read = Read(lanes, lambda w: proofreading.unprintable(w, asked), lane=lanes.reading)
        self._latest.start(read.done(self._show_links).failed(lambda _error: None), self)

    def links(self) -> list[QWidget]:
        """The links shown."""
        found = (self._links.itemAt(at) for at in range(self._links.count()))
        return [widget for item in found if item is not None and (widget := item.widget()) is not None]

    def _show_links(self, found: Sequence[Unprintable]) -> None:
        while (item := self._links.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for each in found[:_MOST_LINKS]:
            made = button(self._face, each.told, partial(self._go, each), kind="link")
            self._links.addWidget(made)
        self.replace.setVisible(bool(found))
        self._why.setVisible(not found)

    def _go(self, each: Unprintable) -> None:
        field = each.field if each.kind == _FIELDS_OF_CASE else each.kind
        self._context.navigator.open_case(each.case, field=field)
