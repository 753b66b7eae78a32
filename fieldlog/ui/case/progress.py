"""Where in its cycle the case is, what the next step asks for, and the way on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from fieldlog.domain.lifecycle import Stage
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.parts import button, row, tool, words

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from fieldlog.domain.lifecycle import Refusal
    from fieldlog.services.moving import Way
    from fieldlog.ui.case.open_case import OpenCase
    from fieldlog.ui.case.view import CaseView
    from fieldlog.ui.face import Face

CYCLE: Final = (
    Stage.DRAFT,
    Stage.RECEIVED,
    Stage.TRIAGED,
    Stage.INVESTIGATING,
    Stage.ANALYZING,
    Stage.DECIDED,
    Stage.IN_ACTION,
    Stage.VERIFYING,
    Stage.NOTIFIED,
    Stage.FOLLOW_UP,
    Stage.CLOSED,
)
GIVEN_ON_THE_WAY: Final = frozenset({"stage_reason", "hold_until", "merged_into_id"})
"""Fields that the window of a move asks for itself."""
_AT: Final = Phrase("{count}단계 중 {at}단계: {stage}", "Step {at} of {count}: {stage}")
_ASIDE: Final = Phrase("순서 밖의 상태: {stage}", "Beside the cycle: {stage}")
_NEXT: Final = Phrase("다음 단계: {stage}", "Next: {stage}")
_END: Final = Phrase("마지막 상태입니다.", "This is a final stage.")
_LOCKED: Final = Phrase("읽기 전용으로 열려 있습니다.", "It is open for reading only.")
_TO: Final = Phrase("{stage:으로}", "To {stage}")
_BACK: Final = Phrase("{stage:으로} 되돌리기", "Back to {stage}")
_MORE: Final = Phrase("다른 상태로 옮기기", "Move to another stage")
_WITH_REASON: Final = Phrase("{stage} (사유 필요)", "{stage} (needs a reason)")
_HEIGHT, _GAP = 4, 3


class CycleLine(QWidget):
    """Eleven thin pieces; those behind and the present one are filled."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face, self._stage = face, Stage.DRAFT
        self.setFixedHeight(_HEIGHT + 4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        face.theme_changed.connect(self.update)

    def show_stage(self, stage: Stage, held_from: str) -> None:
        """Show a stage; a case on hold shows where it was."""
        self._stage = Stage(held_from) if stage not in CYCLE and held_from in CYCLE else stage
        if stage in CYCLE:
            words = _AT.fill(count=len(CYCLE), at=CYCLE.index(stage) + 1, stage=stage.label)
        else:
            words = _ASIDE.fill(stage=stage.label)
        self._face.name(self, words)
        self._face.say(self.setToolTip, words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Thin and as wide as there is room."""
        return QSize(240, _HEIGHT + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the pieces."""
        at = CYCLE.index(self._stage) if self._stage in CYCLE else -1
        wide = (self.width() - _GAP * (len(CYCLE) - 1)) / len(CYCLE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(len(CYCLE)):
            painter.setBrush(self._face.colour("accent" if number <= at else "hairline"))
            painter.drawRoundedRect(QRectF(number * (wide + _GAP), 2, wide, _HEIGHT), 2, 2)
        painter.end()


class Progress(QWidget):
    """The cycle line, the next step with what it asks, and every other way in a menu."""

    def __init__(self, case: OpenCase) -> None:
        super().__init__()
        self._case, self._face = case, case.face
        self._ways: tuple[Way, ...] = ()
        self._first: Way | None = None
        self._line = CycleLine(self._face)
        self._next = words(self._face, plain(""), "label")
        self.on = button(self._face, _MORE, self.go_on)
        self.more = tool(self._face, "ellipsis", _MORE, self._open_menu)
        self._asks = QWidget()
        self._asked = Flow(self._asks, gap=4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._line)
        layout.addLayout(row(self._next, None, self.on, self.more, gap=4))
        layout.addWidget(self._asks)

    def show_view(self, view: CaseView) -> None:
        """Show where the case is and what comes next."""
        self._ways = view.ways
        self._line.show_stage(view.stage, view.case.text("held_from"))
        self._show_asks(view)
        first = self._first = next_way(view)
        self._next.setVisible(not view.closed)
        self.on.setVisible(first is not None and not view.closed)
        self.more.setVisible(len(view.ways) > (first is not None) and not view.closed)
        if first is None:
            self._face.say(self._next.setText, _LOCKED if view.locked else _END)
            return
        end = first.move.end
        self._face.say(self._next.setText, _NEXT.fill(stage=end.label))
        word = (_BACK if view.stage is Stage.ON_HOLD else _TO).fill(stage=end.label)
        self._face.say(self.on.setText, word)
        self._face.name(self.on, word)
        self.on.setEnabled(can_be_tried(first))

    def menu(self) -> QMenu:
        """Every way the case could go; what cannot be gone says why."""
        menu = QMenu(self)
        for way in self._ways:
            end = way.move.end.label
            blocked = not can_be_tried(way)
            label = _WITH_REASON.fill(stage=end) if not way.verdict.allowed and not blocked else end
            action = menu.addAction(self._face.said(label))
            action.setEnabled(not blocked)
            if way.verdict.refusals:
                action.setToolTip("\n".join(self._face.said(each.phrase) for each in way.verdict.refusals))
            action.triggered.connect(partial(self._try, way))
        menu.setToolTipsVisible(True)
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def go_on(self) -> None:
        """Go the nearest way, asking for a reason where one is needed."""
        if self._first is not None and can_be_tried(self._first):
            self._try(self._first)

    def _try(self, way: Way, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self._case.reason_asked.emit(way)

    def _show_asks(self, view: CaseView) -> None:
        while (item := self._asked.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        first = next_way(view)
        refusals = first.verdict.refusals if first is not None and not view.closed else ()
        for refusal in refusals:
            link = button(
                self._face, first_sentence(refusal.phrase), partial(self._take, refusal), kind="link"
            )
            self._face.name(link, first_sentence(refusal.phrase), refusal.phrase)
            self._asked.addWidget(link)
        self._asks.setVisible(bool(refusals))
        self._asks.updateGeometry()

    def _take(self, refusal: Refusal) -> None:
        if refusal.field in GIVEN_ON_THE_WAY and self._first is not None:
            self._try(self._first)
        else:
            self._case.go(refusal.field)


def next_way(view: CaseView) -> Way | None:
    """The way that leads on in the cycle: the nearest stage ahead, from hold the stage before it."""
    at = CYCLE.index(view.stage) if view.stage in CYCLE else 0
    ahead = [way for way in view.ways if way.move.end in CYCLE[at + 1 :]]
    back = [way for way in ahead if way.move.end == view.case.text("held_from")]
    if view.closed:
        return view.ways[0] if view.ways else None
    return min(back or ahead, key=lambda way: CYCLE.index(way.move.end), default=None)


def first_sentence(phrase: Phrase) -> Phrase:
    """What is missing, without the advice that follows."""
    return Phrase(*(f"{said.split('. ')[0].rstrip('.')}." for said in (phrase.ko, phrase.en)))


def can_be_tried(way: Way) -> bool:
    """Whether nothing stands against a way that could not be given while it is gone: a reason, a date."""
    return all(each.by_reason or each.field in GIVEN_ON_THE_WAY for each in way.verdict.refusals)
