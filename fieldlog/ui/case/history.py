"""이력: every save that touched the case, who made it and what it changed; and what people say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHeaderView, QTreeWidget, QTreeWidgetItem

from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.shown_dates import shown_moment
from fieldlog.services import recording
from fieldlog.ui.case.past import Past, Told, read_past
from fieldlog.ui.case.tab import CaseTab
from fieldlog.ui.face import GAP, GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.jobs import Latest, Read
from fieldlog.ui.widgets.parts import button, column, framed, row
from fieldlog.ui.widgets.text_entry import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.ui.case.view import CaseView

_NAME: Final = Phrase("이력", "History")
_WHEN: Final = Phrase("언제 · 누가", "When and who")
_WHAT: Final = Phrase("무엇이", "What")
_UNDO: Final = Phrase("이 저장 되돌리기", "Undo this save")
_COMMENT: Final = Phrase("의견", "Comment")
_HINT: Final = Phrase(
    "의견을 적습니다. 이름과 연락처는 적지 않습니다.", "Write a comment. No names or numbers."
)
_SAY: Final = Phrase("의견 남기기", "Add the comment")
_ONLY: Final = Phrase("의견만 보기", "Comments only")
_LINE: Final = Phrase("{at}  {who}", "{at}  {who}")
_CHANGE: Final = Phrase("{before} → {after}", "{before} → {after}")
_PAST: Final = int(Qt.ItemDataRole.UserRole)


class History(CaseTab):
    """The saves, newest first; each unfolds to its changes and can be undone."""

    def furnish(self) -> Iterator[None]:
        """The comment line above, the saves below."""
        yield
        self._past: tuple[Past, ...] = ()
        self._reading = Latest()
        self.entry = Lines(self.face, _COMMENT, longest=REGISTRY.kind("comment").field("body").bounds.longest)
        self.face.say(self.entry.setPlaceholderText, _HINT)
        self.entry.setFixedHeight(self.fontMetrics().lineSpacing() * 2 + 16)
        self.say = button(self.face, _SAY, self.comment, icon="message-square")
        self.only = QCheckBox()
        self.face.say(self.only.setText, _ONLY)
        self.face.name(self.only, _ONLY)
        self.only.toggled.connect(lambda _on: self._draw())
        self.tree = self._tree()
        self.undo = button(self.face, _UNDO, self._undo_chosen, icon="undo-2")
        self.undo.setEnabled(False)
        self._writing = framed(column(self.entry, gap=GAP), "clear")
        whole = column(
            self._writing, row(self.only, None, self.say), self.tree, row(self.undo, None), gap=GAP
        )
        whole.setContentsMargins(PAGE_MARGIN, GROUP_GAP, PAGE_MARGIN, GROUP_GAP)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.face.language_changed.connect(self._draw)

    def show_view(self, view: CaseView) -> None:
        """Read the history anew."""
        self._writing.setVisible(not view.read_only)
        self.say.setVisible(not view.read_only)
        case, lanes = view.id, self.case.context.lanes
        read = Read(lanes, lambda workspace: read_past(workspace, case), lane=lanes.reading)
        self._reading.start(read.done(self._show), self)

    def focus_field(self, name: str) -> bool:
        """The comment is written here."""
        if name != "comment":
            return False
        self.entry.setFocus()
        return True

    def comment(self) -> None:
        """Save what is written as a comment."""
        case, body = self.case.id, self.entry.value().strip()
        if case is None or not body:
            self.entry.setFocus()
            return
        self.entry.set_value("")
        self.case.write(lambda workspace: recording.add_part(workspace, case, "comment", {"body": body}))

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setProperty("framed", True)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tree.setTabKeyNavigation(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        tree.header().setStretchLastSection(True)
        self.face.name(tree, _NAME)
        tree.itemExpanded.connect(self._fill)
        tree.itemSelectionChanged.connect(self._on_chosen)
        return tree

    def _show(self, past: tuple[Past, ...]) -> None:
        self._past = past
        self._draw()

    def _draw(self) -> None:
        chosen, opened = self._chosen_op(), self._opened()
        self.tree.setHeaderLabels([self.face.said(_WHEN), self.face.said(_WHAT)])
        self.tree.clear()
        for each in self._past:
            if self.only.isChecked() and not each.is_comment:
                continue
            said = _LINE.fill(at=shown_moment(each.at), who=each.who)
            item = QTreeWidgetItem([self.face.said(said), self.face.said(each.summary)])
            item.setData(0, _PAST, each)
            item.setToolTip(1, self.face.said(each.summary))
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            self.tree.addTopLevelItem(item)
            if each.op == chosen:
                self.tree.setCurrentItem(item)
            if each.op in opened:
                item.setExpanded(True)
        self._on_chosen()

    def _fill(self, item: QTreeWidgetItem) -> None:
        past = item.data(0, _PAST)
        if item.childCount() or not isinstance(past, Past):
            return
        for change in past.changes:
            item.addChild(self._change(change))

    def _change(self, change: Told) -> QTreeWidgetItem:
        said = self.face.said(_CHANGE.fill(before=change.before, after=change.after))
        item = QTreeWidgetItem(
            [self.face.said(change.what), said if change.before.ko else self.face.said(change.after)]
        )
        item.setToolTip(1, item.text(1))
        return item

    def _chosen_op(self) -> tuple[bytes, int] | None:
        for item in self.tree.selectedItems():
            past = (item.parent() or item).data(0, _PAST)
            if isinstance(past, Past):
                return past.op
        return None

    def _opened(self) -> set[tuple[bytes, int]]:
        tops = (self.tree.topLevelItem(line) for line in range(self.tree.topLevelItemCount()))
        return {item.data(0, _PAST).op for item in tops if item is not None and item.isExpanded()}

    def _on_chosen(self) -> None:
        view = self.case.view
        self.undo.setEnabled(bool(self._chosen_op()) and view is not None and not view.read_only)

    def _undo_chosen(self) -> None:
        if (op := self._chosen_op()) is not None:
            self.case.undo_op(op)
