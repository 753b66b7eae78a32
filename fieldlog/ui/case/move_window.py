"""The small window of a move: what it brings with it, and the reason where one is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from fieldlog.domain.errors import Known
from fieldlog.domain.lifecycle import Stage
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.acceptance import accept
from fieldlog.services import browsing, moving
from fieldlog.ui.face import GROUP_GAP, PAGE_MARGIN, mark
from fieldlog.ui.jobs import Write
from fieldlog.ui.widgets.editors import FieldEditor, editor_for
from fieldlog.ui.widgets.parts import button, column, row, words
from fieldlog.ui.widgets.text_entry import Line, Lines

if TYPE_CHECKING:
    from fieldlog.domain.effects import Effects
    from fieldlog.domain.registry import Value
    from fieldlog.services.moving import Way
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.case.open_case import OpenCase

_TITLE: Final = Phrase("{stage:으로} 옮기기", "Move to {stage}")
_REOPEN: Final = Phrase("사안 재개", "Reopen the case")
_REASON: Final = Phrase("사유", "Reason")
_REASON_OPTIONAL: Final = Phrase("사유 (선택)", "Reason (optional)")
_BRINGS: Final = Phrase("옮기면", "Moving it")
_ITEM: Final = Phrase("· {said}", "· {said}")
_MOVE: Final = Phrase("옮기기", "Move")
_CANCEL: Final = Phrase("취소", "Cancel")
_SURVIVOR: Final = Phrase("남는 사안의 번호", "Number of the case that stays")
_MOVED: Final = Phrase("{stage:으로} 옮겼습니다.", "Moved to: {stage}.")
_LONGEST: Final = 1000
_ASKED_BY_STAGE: Final = {
    Stage.ON_HOLD: "hold_until",
    Stage.CLOSED: "close_reason",
    Stage.TRANSFERRED: "lead_agency",
}


class MoveWindow(QDialog):
    """Moves the case when the person says so; a refusal is said here and nothing is lost."""

    def __init__(self, case: OpenCase, way: Way, parent: QWidget) -> None:
        super().__init__(parent)
        self._case, self._way, face = case, way, case.face
        view = case.view
        reopening = view is not None and view.closed
        title = _REOPEN if reopening else _TITLE.fill(stage=way.move.end.label)
        face.say(self.setWindowTitle, title)
        face.name(self, title)
        self.setObjectName("move")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        needed = any(each.by_reason for each in way.verdict.refusals)
        self.reason = Lines(face, _REASON, longest=_LONGEST)
        self.reason.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 16)
        self.extra = self._extra_editor()
        self.survivor = Line(face, _SURVIVOR) if way.move.end is Stage.MERGED else None
        self.wrong = words(face, plain(""), wrap=True)
        mark(self.wrong, tone="danger")
        self.wrong.hide()
        self.go = button(face, _REOPEN if reopening else _MOVE, self._go, kind="primary")
        layout = column(words(face, title, "title"), gap=GROUP_GAP, margin=PAGE_MARGIN)
        asked = [words(face, each.phrase, wrap=True) for each in way.verdict.refusals]
        brought = [words(face, _ITEM.fill(said=each.value), "muted", wrap=True) for each in way.brings]
        for lines, heading in ((asked, None), (brought, _BRINGS)):
            if lines:
                above = [words(face, heading, "label")] if heading else []
                layout.addLayout(column(*above, *lines, gap=2))
        if self.extra is not None:
            layout.addLayout(column(words(face, self.extra.field.label, "label"), self.extra, gap=4))
        if self.survivor is not None:
            layout.addLayout(column(words(face, _SURVIVOR, "label"), self.survivor, gap=4))
        label = words(face, _REASON if needed else _REASON_OPTIONAL, "label")
        layout.addLayout(column(label, self.reason, gap=4))
        layout.addWidget(self.wrong)
        layout.addLayout(row(None, button(face, _CANCEL, self.reject), self.go))
        self.setLayout(layout)
        (self.extra or self.survivor or self.reason).setFocus()

    def _extra_editor(self) -> FieldEditor | None:
        name = _ASKED_BY_STAGE.get(self._way.move.end)
        return editor_for(self._case.face, REGISTRY.kind("case").field(name)) if name else None

    def _go(self) -> None:
        case_id = self._case.id
        if case_id is None:
            return
        end, reason = self._way.move.end.value, self.reason.value()
        try:
            more = self._given()
        except Known as error:
            self._on_refused(error)
            return
        survivor = self.survivor.value().strip() if self.survivor is not None else ""

        def move(workspace: Workspace) -> Effects:
            given = dict(more)
            if survivor:
                given["merged_into_id"] = browsing.find_case(workspace, survivor)
            return moving.move_case(workspace, case_id, end, reason, **given)

        self.go.setEnabled(False)
        Write(self._case.context.lanes, move).done(self._on_moved).failed(self._on_refused).start(self)

    def _given(self) -> dict[str, Value]:
        """What was written beside the reason, as it is stored."""
        if self.extra is None:
            return {}
        return {self.extra.field.name: accept(self.extra.field, self.extra.raw())}

    def _on_moved(self, _effects: Effects) -> None:
        self._case.context.messages.tell(_MOVED.fill(stage=self._way.move.end.label), undo=self._case.undo)
        self.accept()

    def _on_refused(self, error: Known) -> None:
        self.go.setEnabled(True)
        said = Phrase(f"{error.why.ko} {error.how.ko}", f"{error.why.en} {error.how.en}")
        self._case.face.say(self.wrong.setText, said)
        self.wrong.show()
        self.reason.setFocus()


def goes_at_once(way: Way) -> bool:
    """Whether a move needs no word from the person; it can be undone like any save."""
    return way.verdict.allowed and way.move.end not in _ASKED_BY_STAGE
