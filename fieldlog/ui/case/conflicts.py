"""Fields with more than one value: a chip each, and a window with the values side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.shown_dates import shown_moment
from fieldlog.services import settling
from fieldlog.ui.case.wording import worded
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.parts import button, column, framed, row, words

if TYPE_CHECKING:
    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.domain.registry import Value
    from fieldlog.services.settling import Contender, Contest
    from fieldlog.ui.case.open_case import OpenCase
    from fieldlog.ui.case.view import CaseView

_CHIP: Final = Phrase("값이 여럿: {field}", "Several values: {field}")
_TITLE: Final = Phrase("{field:을} 고릅니다", "Choose: {field}")
_WHY: Final = Phrase(
    "여러 사람이 서로 모르고 고쳤습니다. 하나를 고르면 나머지는 이력에 남습니다.",
    "It was changed by several people at once. Choose one; the others stay in the history.",
)
_BY: Final = Phrase("{who} · {at}", "{who} · {at}")
_SOMEBODY: Final = Phrase("이름 없음", "unnamed")
_TAKE: Final = Phrase("이 값으로", "Use this value")
_LATER: Final = Phrase("나중에", "Later")
_SETTLED: Final = Phrase("{field:을} 정했습니다.", "{field} was settled.")


class Conflicts(QWidget):
    """A chip for every contested field; nothing where there are none."""

    def __init__(self, case: OpenCase) -> None:
        super().__init__()
        self._case = case
        self._flow = Flow(self, gap=4)
        self.hide()

    def show_view(self, view: CaseView) -> None:
        """Show what is contested."""
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for contest in view.contests:
            label = REGISTRY.kind(contest.kind).field(contest.field).label
            chip = button(
                self._case.face, _CHIP.fill(field=label), partial(self._open, contest), icon="triangle-alert"
            )
            chip.setEnabled(not view.read_only)
            self._flow.addWidget(chip)
        self.setVisible(bool(view.contests))
        self.updateGeometry()

    def _open(self, contest: Contest) -> None:
        view = self._case.view
        if view is not None:
            ContestWindow(self._case, contest, view.profile, self).open()


class ContestWindow(QDialog):
    """The values side by side, each with who wrote it and when."""

    def __init__(self, case: OpenCase, contest: Contest, profile: AgencyProfile, parent: QWidget) -> None:
        super().__init__(parent)
        self._case, self._contest, face = case, contest, case.face
        declared = REGISTRY.kind(contest.kind).field(contest.field)
        self._label = declared.label
        title = _TITLE.fill(field=declared.label)
        face.say(self.setWindowTitle, title)
        face.name(self, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self.choices = [button(face, _TAKE, partial(self._take, each.value)) for each in contest.contenders]
        sides = row(gap=GAP)
        for each, choice in zip(contest.contenders, self.choices, strict=True):
            said = worded(declared, each.value, profile)
            face.name(choice, Phrase(f"{_TAKE.ko}: {said.ko}", f"{_TAKE.en}: {said.en}"))
            value = words(face, said, "lead", wrap=True)
            by = words(face, _by(each), "small", wrap=True)
            sides.addWidget(framed(column(value, by, None, choice, margin=12), "card"), 1)
        self.setLayout(
            column(
                words(face, title, "title"),
                words(face, _WHY, "muted", wrap=True),
                sides,
                row(None, button(face, _LATER, self.reject)),
                gap=GROUP_GAP,
                margin=PAGE_MARGIN,
            )
        )

    def _take(self, value: Value) -> None:
        contest, messages = self._contest, self._case.context.messages
        said = _SETTLED.fill(field=self._label)
        self._case.write(
            lambda workspace: settling.settle_contest(workspace, contest, value),
            done=lambda _effects: messages.tell(said, undo=self._case.undo),
        )
        self.accept()


def _by(contender: Contender) -> Phrase:
    who = plain(contender.author) if contender.author else _SOMEBODY
    return _BY.fill(who=who, at=shown_moment(contender.at))
