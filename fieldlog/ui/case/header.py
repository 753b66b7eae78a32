"""The head of the case page: which case, where it stands, how long is left, how grave, where, who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.shown_dates import shown_moment
from fieldlog.ui.case.view import when
from fieldlog.ui.face import GAP
from fieldlog.ui.widgets.due_line import DueLine
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.marks import MarkLabel, severity_mark, stage_mark
from fieldlog.ui.widgets.parts import column, row, tool, words

if TYPE_CHECKING:
    from fieldlog.ui.case.view import CaseView
    from fieldlog.ui.face import Face

_CLOSE: Final = Phrase("사안 닫기 (Esc)", "Close the case (Esc)")
_REPORT: Final = Phrase("보고서 만들기", "Make a report")
_UNDO: Final = Phrase("마지막 저장 되돌리기", "Undo the last save")
_ANSWERED: Final = Phrase("{at} 답변", "Answered {at}")
_NO_PLACE: Final = Phrase("위치 없음", "No place yet")
_NO_LEAD: Final = Phrase("담당 없음", "Nobody in charge yet")
_TITLE: Final = Phrase("제목: {title}", "Title: {title}")
_PLACE_ICON: Final = 16


class CaseHeader(QWidget):
    """Asks to be closed, to undo, and for a report; everything else is shown only."""

    close_asked = Signal()
    undo_asked = Signal()
    report_asked = Signal()

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._number = words(face, plain(""), "muted")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title = words(face, plain(""), "title", wrap=True)
        self._stage = MarkLabel(face, stage_mark("DRAFT"))
        self._severity = MarkLabel(face, severity_mark(3))
        self._due = DueLine(face)
        self._pin = QLabel()
        self._place = _line(face)
        self._lead = _line(face)
        self.undo = tool(face, "undo-2", _UNDO, self.undo_asked.emit, colour="muted")
        face.keys.hint(face.say, self.undo.setToolTip, _UNDO, "undo")
        marks = QWidget()
        flow = Flow(marks, gap=GAP)
        for mark in (self._stage, self._severity, self._due):
            flow.addWidget(mark)
        top = row(
            self._number,
            None,
            self.undo,
            tool(face, "file-text", _REPORT, self.report_asked.emit, colour="muted"),
            tool(face, "x", _CLOSE, self.close_asked.emit, colour="muted"),
            gap=4,
        )
        where = row(self._pin, self._place, gap=4)
        where.setStretch(1, 1)
        self.setLayout(column(top, self._title, marks, where, self._lead, gap=6))
        face.theme_changed.connect(self._draw_pin)
        self._has_place = False
        self._draw_pin()

    def show_view(self, view: CaseView) -> None:
        """Show a case."""
        case = view.case
        self._face.say(self._number.setText, _joined(plain(case.text("case_no")), view.category))
        self._face.say(self._title.setText, plain(case.text("title")))
        self._face.name(self._title, _TITLE.fill(title=case.text("title")))
        self._stage.show_mark(stage_mark(view.stage.value))
        self._severity.show_mark(severity_mark(int(case.text("severity") or 0)))
        self._show_due(view)
        self._has_place = view.place is not None
        spot = view.place_words or (view.place.decimal if view.place else "")
        self._face.say(self._place.setText, plain(spot) if spot else _NO_PLACE)
        self._face.say(self._place.setToolTip, plain(spot) if spot else _NO_PLACE)
        parts = [part for part in (view.department, plain(case.text("owner_user_id"))) if part and part.ko]
        self._face.say(self._lead.setText, _joined(*parts) if parts else _NO_LEAD)
        self.undo.setEnabled(not view.locked)
        self._draw_pin()

    def _show_due(self, view: CaseView) -> None:
        answered = view.case.text("answered_at")
        if answered:
            self._due.show_done(_ANSWERED.fill(at=when(answered)))
        elif view.due is not None and view.remaining is not None:
            self._due.show_due(shown_moment(view.due.due_at), view.remaining, view.share)
        else:
            self._due.clear()
        self._due.updateGeometry()

    def _draw_pin(self) -> None:
        name = "map-pin" if self._has_place else "map-pin-off"
        self._pin.setPixmap(self._face.pixmap(name, "muted", _PLACE_ICON, self.devicePixelRatioF()))


def _line(face: Face) -> QLabel:
    label = words(face, plain(""), "muted")
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _joined(*parts: Phrase) -> Phrase:
    return Phrase(" · ".join(part.ko for part in parts), " · ".join(part.en for part in parts))
