"""조치: what is to be done, by whom, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import KST
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY
from fieldlog.services import recording
from fieldlog.ui.case.part_list import PartList
from fieldlog.ui.case.record_form import RecordForm
from fieldlog.ui.case.tab import CaseTab
from fieldlog.ui.case.wording import heading
from fieldlog.ui.face import GROUP_GAP
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.parts import button, column, framed, row
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.record import Record
    from fieldlog.services.recording import Recorded
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.case.view import CaseView

_ACTION: Final = REGISTRY.kind("action")
_FIELDS: Final = (
    "title",
    "status",
    "due_on",
    "owner_user_id",
    "owner_org_id",
    "permanence",
    "done_on",
    "blocked_reason",
    "cost_planned",
    "cost_actual",
    "mandatory",
)
_LIST: Final = Phrase("조치 목록", "Actions")
_ADD: Final = Phrase("조치 더하기", "Add an action")
_HINT: Final = Phrase("할 일을 쓰고 Enter", "Write what is to be done, then Enter")
_DONE: Final = Phrase("오늘 완료", "Done today")
_REMOVE: Final = Phrase("이 조치 빼기", "Remove this action")
_REMOVED: Final = Phrase("조치를 뺐습니다.", "The action was removed.")
_WHY: Final = "조치 뺌"
_NONE: Final = Phrase("아직 조치가 없습니다.", "There are no actions yet.")
_NONE_HINT: Final = Phrase(
    "위에 할 일을 적으면 담당과 기한을 이어서 정합니다.", "Write one above; then set who and when."
)
_OVER: Final = frozenset({"DONE", "CANCELLED"})


class Actions(CaseTab):
    """The actions in their order, one of them open for writing."""

    def furnish(self) -> Iterator[None]:
        """The list, then the form."""
        self.area, inside = self.begin_scrolled()
        self.entry = Line(self.face, _ADD, longest=_ACTION.field("title").bounds.longest)
        self.face.say(self.entry.setPlaceholderText, _HINT)
        self.entry.entered.connect(self.add)
        self.add_button = button(self.face, _ADD, self.add, icon="plus")
        self._adding = framed(row(self.entry, self.add_button), "clear")
        self.list = PartList(self.face, _LIST)
        self.list.reached.connect(lambda _key: self._show_chosen())
        self._none = EmptyState(self.face, "list-checks", _NONE, hint=_NONE_HINT)
        held = column(gap=GROUP_GAP)
        self._chosen = framed(held, "clear")
        for part in (self._adding, self.list, self._chosen, self._none):
            inside.addWidget(part)
        inside.addStretch(1)
        yield
        fields = [_ACTION.field(name) for name in _FIELDS]
        wide = frozenset({"title", "blocked_reason"})
        self.form = RecordForm(self.case, fields, columns=2, wide=wide, parent=self._chosen, at_once=False)
        held.addWidget(self.form)
        yield from self.form.grow()
        self.done = button(self.face, _DONE, self._finish, icon="check")
        self.remove = button(self.face, _REMOVE, self._remove, kind="quiet", icon="trash-2")
        held.addLayout(row(self.done, self.remove, None))

    def show_view(self, view: CaseView) -> None:
        """Show the actions; the one being written in stays open."""
        actions = view.sheet.of("action")
        self.list.show_parts({each.id: heading(each, self.profile, *_LINE) for each in actions})
        if self.list.current() is None and actions:
            self.list.go_to(
                next((each.id for each in actions if each.text("status") not in _OVER), actions[0].id)
            )
        self.list.setVisible(bool(actions))
        self._none.setVisible(not actions)
        self._adding.setVisible(not view.read_only)
        self._show_chosen()

    def settle(self) -> None:
        """Save what is being written."""
        if not self._chosen.isHidden():
            self.form.settle()

    def focus_field(self, name: str) -> bool:
        """An action is asked for: write one, or finish the open one."""
        if name != "action":
            return False
        (self.list if self.list.count() else self.entry).setFocus()
        return True

    def add(self) -> None:
        """Save what is written as an action and open it."""
        case, title = self.case.id, self.entry.value().strip()
        if case is None or not title:
            self.entry.setFocus()
            return
        self.entry.set_value("")
        self.case.write(
            lambda workspace: recording.add_part(workspace, case, "action", {"title": title}),
            done=self._on_added,
        )

    def _on_added(self, added: Recorded) -> None:
        self.case.when_shown(lambda: self._open(added.record.id))

    def _open(self, action: str) -> None:
        self.list.go_to(action)
        self.form.focus_field("due_on")

    def _current(self) -> Record | None:
        view, key = self.case.view, self.list.current()
        if view is None:
            return None
        return next((each for each in view.sheet.of("action") if each.id == key), None)

    def _show_chosen(self) -> None:
        view, action = self.case.view, self._current()
        self._chosen.setVisible(action is not None)
        if view is None or action is None:
            return
        self.form.set_read_only(read_only=view.read_only)
        self.form.show_record(action, view.drafts.get(action.id))
        self.done.setVisible(not view.read_only and action.text("status") not in _OVER)
        self.remove.setVisible(not view.read_only)

    def _finish(self) -> None:
        action = self._current()
        if action is None:
            return

        def finish(workspace: Workspace) -> Effects:
            today = workspace.now().astimezone(KST).date().isoformat()
            return recording.revise(
                workspace, action.id, {"status": "DONE", "done_on": today}, seen=action.seen
            )

        self.case.write(finish)

    def _remove(self) -> None:
        action = self._current()
        if action is not None:
            self.case.write(
                lambda workspace: recording.remove(workspace, action.id, _WHY),
                done=lambda _effects: self.case.context.messages.tell(_REMOVED, undo=self.case.undo),
            )


_LINE: Final = ("status", "title", "due_on", "owner_user_id", "owner_org_id")
