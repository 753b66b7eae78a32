"""What other steps of solving have recorded: causes, alternatives, partners, effects — shown, not edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY
from fieldlog.ui.case.tab import CaseTab
from fieldlog.ui.case.wording import worded
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.parts import column, framed, scrolled, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.domain.record import Record
    from fieldlog.ui.case.view import CaseView

_READ_ONLY: Final = Phrase(
    "여기서는 읽기만 합니다. 다른 곳에서 기록했거나 가져온 내용입니다.",
    "Shown here to be read only: it was recorded elsewhere or imported.",
)
_NONE: Final = Phrase("아직 기록이 없습니다.", "Nothing is recorded yet.")
_NOT_HERE: Final = Phrase("가져온 기록이 있으면 여기에 보입니다.", "What is imported is shown here.")
_COUNTED: Final = Phrase("{kind} {n}건", "{kind}: {n}")
_LINKS: Final = frozenset({"case_id"})


class ReadOnlyParts(CaseTab):
    """All parts of some kinds, each with the fields that hold something."""

    kinds: tuple[str, ...] = ()
    icon = "list-checks"

    def furnish(self) -> Iterator[None]:
        """Nothing to build before there is something to show."""
        self._shown: tuple[Record, ...] | None = None
        self._place = column()
        self.setLayout(self._place)
        yield

    def show_view(self, view: CaseView) -> None:
        """Draw the parts again when any of them has changed."""
        records = tuple(part for kind in self.kinds for part in view.sheet.of(kind))
        if records == self._shown:
            return
        self._shown = records
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._place.addWidget(
            self._drawn(view) if records else EmptyState(self.face, self.icon, _NONE, hint=_NOT_HERE)
        )

    def focus_field(self, name: str) -> bool:
        """There is nothing to write here; the tab itself takes the person."""
        return name in self.kinds

    def _drawn(self, view: CaseView) -> QWidget:
        inside = column(words(self.face, _READ_ONLY, "muted", wrap=True), gap=GROUP_GAP)
        inside.setContentsMargins(PAGE_MARGIN, GROUP_GAP, PAGE_MARGIN, PAGE_MARGIN)
        for kind in self.kinds:
            parts = view.sheet.of(kind)
            if parts:
                title = _COUNTED.fill(kind=REGISTRY.kind(kind).label, n=len(parts))
                group = column(words(self.face, title, "lead"), gap=GAP)
                for part in parts:
                    group.addWidget(self._card(part))
                inside.addLayout(group)
        inside.addStretch(1)
        return scrolled(framed(inside, "clear"))

    def _card(self, part: Record) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(GROUP_GAP)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for declared in part.declared.fields:
            value = part.get(declared.name)
            if declared.name in _LINKS or value in (None, "", []) or declared.type.name in {"LINK", "LINKS"}:
                continue
            line = grid.rowCount()
            label = words(self.face, declared.label, "label")
            text = words(self.face, worded(declared, value, self.profile), wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, line, 1)
        return framed(grid, "card")


class Causes(ReadOnlyParts):
    """원인·대안."""

    kinds = ("cause", "alternative", "decision")


class Partners(ReadOnlyParts):
    """협업."""

    kinds = ("collab_request",)
    icon = "users"


class Effect(ReadOnlyParts):
    """성과·사후."""

    kinds = ("outcome", "followup")
    icon = "chart-column"
