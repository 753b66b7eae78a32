"""The tags of a case: chips that can be taken away, and a line to write another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.services import recording
from fieldlog.ui.widgets.chip_bar import Chip
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.parts import column, words
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId
    from fieldlog.ui.case.open_case import OpenCase
    from fieldlog.ui.case.view import CaseView

_TAGS: Final = Phrase("태그", "Tags")
_ADD: Final = Phrase("태그 더하기", "Add a tag")
_REMOVE: Final = Phrase("{name} 태그 빼기", "Remove tag {name}")
_HINT: Final = Phrase("쓰고 Enter", "Write, then Enter")
_TAKEN_AWAY: Final = "태그 뺌"
_WIDTH: Final = 140


class CaseTags(QWidget):
    """Each tag is a record of its own, so two people may add tags at the same time."""

    def __init__(self, case: OpenCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case, self._face = case, case.face
        self._chips: dict[RecordId, Chip] = {}
        self.entry = Line(case.face, _ADD, longest=REGISTRY.kind("tag").field("name").bounds.longest)
        case.face.say(self.entry.setPlaceholderText, _HINT)
        self.entry.setFixedWidth(_WIDTH)
        self.entry.entered.connect(self.add)
        self._box = QWidget()
        self._flow = Flow(self._box)
        self._flow.addWidget(self.entry)
        self.setLayout(column(words(case.face, _TAGS, "label"), self._box, gap=4))

    def show_view(self, view: CaseView) -> None:
        """Show the tags the case has."""
        shown = {tag.id: tag.text("name") for tag in view.sheet.of("tag")}
        if list(shown) != list(self._chips):
            self._draw(shown)
        for chip in self._chips.values():
            chip.setEnabled(not view.read_only)
        self.entry.setVisible(not view.read_only)

    def add(self) -> None:
        """Save what is written as a tag; one that is there already is not added twice."""
        case, name = self._case.id, self.entry.value().strip().replace(" ", "_")
        if case is None or not name:
            return
        self.entry.set_value("")
        view = self._case.view
        if view is None or name in {tag.text("name") for tag in view.sheet.of("tag")}:
            return
        self._case.write(lambda workspace: recording.add_part(workspace, case, "tag", {"name": name}))

    def _draw(self, shown: dict[RecordId, str]) -> None:
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.entry)
        self._chips = {}
        for record, name in shown.items():
            chip = Chip(self._face, plain(name), _REMOVE, parent=self._box)
            chip.removed.connect(lambda record=record: self._remove(record))
            self._flow.addWidget(chip)
            chip.show()
            self._chips[record] = chip
        self._flow.addWidget(self.entry)
        self._flow.invalidate()
        self._flow.activate()
        self._box.updateGeometry()

    def _remove(self, record: RecordId) -> None:
        self._case.write(lambda workspace: recording.remove(workspace, record, _TAKEN_AWAY))
