"""Long work: how far it is, what it is doing, how much is left, and Cancel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from fieldlog.domain.clock import monotonic
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import GAP
from fieldlog.ui.widgets.parts import button, row, words

if TYPE_CHECKING:
    from fieldlog.ui.face import Face
    from fieldlog.ui.jobs import Run, Step

CANCEL: Final = Phrase("취소", "Cancel")
STOPPING: Final = Phrase("멈추는 중…", "Stopping…")
_PROGRESS: Final = Phrase("진행 상황", "Progress")
_COUNT: Final = Phrase("{done} / {total}", "{done} of {total}")
_LEFT_SECONDS: Final = Phrase(
    "{done} / {total} · 약 {left}초 남음", "{done} of {total} · about {left} s left"
)
_LEFT_MINUTES: Final = Phrase(
    "{done} / {total} · 약 {left}분 남음", "{done} of {total} · about {left} min left"
)
_SHOW_AFTER_MS: Final = 200
_TELL_EVERY_MS: Final = 200
"""Every step shown lays the page out and paints it anew."""
_GUESS_AFTER: Final = 2.0
_MINUTE: Final = 90


class BusyBar(QWidget):
    """Appears when work takes longer than a moment and goes when it is over."""

    cancelled = Signal()

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._run: Run | None = None
        self._began = 0.0
        self._doing = words(face, plain(""))
        self._count = words(face, plain(""), "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        face.name(self._bar, _PROGRESS)
        self.cancel = button(face, CANCEL, self._on_cancel)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_SHOW_AFTER_MS)
        self._late.timeout.connect(self.show)
        self._step: Step | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(_TELL_EVERY_MS)
        self._next.timeout.connect(self._show_latest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP // 2)
        layout.addLayout(row(self._doing, None, self._count, self.cancel))
        layout.addWidget(self._bar)
        self.hide()

    def follow(self, run: Run, doing: Phrase) -> None:
        """Begin to show a job; Cancel stops it. When it ends, with a bug too, the bar goes."""
        run.when_over(partial(self._over, run))
        self._run, self._began, self._step = run, monotonic(), None
        self._face.say(self._doing.setText, doing)
        self._face.say(self._count.setText, plain(""))
        self._bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self._face.say(self.cancel.setText, CANCEL)
        self._late.start()

    def show_step(self, step: Step) -> None:
        """Show how far it is: connect it to ``Long.progress``. Steps that come too fast are shown some later."""
        self._step = step
        if not self._next.isActive() or step.done >= step.total:
            self._show_latest()

    def _show_latest(self) -> None:
        step, self._step = self._step, None
        if step is None or self._run is None:
            return
        self._next.start()
        self._bar.setRange(0, max(step.total, 1))
        self._bar.setValue(step.done)
        self._face.say(self._doing.setText, step.doing)
        self._face.say(self._count.setText, _remaining(step, monotonic() - self._began))

    def _over(self, run: Run) -> None:
        if isValid(self) and self._run is run:
            self.finish()

    def finish(self) -> None:
        """The work is over, whichever way."""
        self._run, self._step = None, None
        self._late.stop()
        self._next.stop()
        self.hide()

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._face.say(self.cancel.setText, STOPPING)
        if self._run is not None:
            self._run.cancel()
        self.cancelled.emit()


def _remaining(step: Step, spent: float) -> Phrase:
    if step.done <= 0 or spent < _GUESS_AFTER or step.done >= step.total:
        return _COUNT.fill(done=step.done, total=step.total)
    left = spent / step.done * (step.total - step.done)
    if left < _MINUTE:
        return _LEFT_SECONDS.fill(done=step.done, total=step.total, left=max(1, round(left)))
    return _LEFT_MINUTES.fill(done=step.done, total=step.total, left=round(left / 60))
