"""A form over one record whose fields save themselves: each save names what the person had seen."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import Merge
from fieldlog.domain.shown_dates import shown_moment
from fieldlog.services import browsing, drafting, recording
from fieldlog.ui.case.view import DRAFT_PREFIX
from fieldlog.ui.case.wording import worded
from fieldlog.ui.jobs import Read, Write
from fieldlog.ui.widgets.editors import ChoiceEditor, DateEditor, FlagEditor, SetEditor, TextEditor
from fieldlog.ui.widgets.field_form import FieldForm
from fieldlog.ui.widgets.parts import column
from fieldlog.ui.widgets.text_entry import Line, Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fieldlog.domain.effects import Effects
    from fieldlog.domain.errors import Known
    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.domain.record import Record
    from fieldlog.domain.registry import Field, Value
    from fieldlog.services.noticing import Notice
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.case.open_case import OpenCase, Sight
    from fieldlog.ui.widgets.field_form import FieldRow

_NOTHING = plain("")
_AT_A_TURN = 3
_SOMEBODY = Phrase("이름 없음", "unnamed")
_BY = Phrase("{who} · {at}", "{who} · {at}")
_CHANGED = Phrase("{who} · {at}\n전: {before}", "{who} · {at}\nBefore: {before}")
_RESTORED = Phrase(
    "저장되지 않았던 입력을 되살려 저장했습니다.",
    "Typing that had not been saved was brought back and saved.",
)


class _Kept(Struct, frozen=True):
    effects: Effects


class RecordForm(QWidget):
    """Shows a record's fields, saves each when it is settled, keeps drafts, never takes the caret away."""

    def __init__(
        self,
        case: OpenCase,
        fields: Iterable[Field],
        *,
        entries: Mapping[str, Mapping[str, Phrase]] | None = None,
        columns: int = 1,
        wide: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
        at_once: bool = True,
    ) -> None:
        super().__init__(parent)
        self._case = case
        self._sight: Sight | None = None
        self._read_only = False
        self.form = FieldForm(case.face, (), entries=entries, columns=columns, wide=wide, parent=self)
        self.form.edited.connect(self._on_edited)
        self.form.drafted.connect(self._on_drafted)
        self.form.known.connect(self._on_known)
        self._undo_key = UndoKey(self)
        self.setLayout(column(self.form))
        self._coming = iter(tuple(fields))
        if at_once:
            for _ in self.grow():
                pass

    def grow(self) -> Iterator[None]:
        """Make the fields, a few at a turn."""
        while few := tuple(itertools.islice(self._coming, _AT_A_TURN)):
            for field in few:
                made = self.form.add(field)
                made.editor.refused.connect(lambda error, name=field.name: self._on_refused(name, error))
                for entry in (*made.findChildren(Line), *made.findChildren(Lines)):
                    entry.installEventFilter(self._undo_key)
            yield

    @property
    def record(self) -> RecordId | None:
        """The record shown."""
        return self._sight.record if self._sight else None

    def show_record(self, record: Record, draft: Mapping[str, Value] | None = None) -> None:
        """Show a record as it was read; what is being written in is left alone."""
        sight = self._case.sight_of(record, draft or {})
        if sight is not self._sight:
            self._begin(sight, record)
        elif not sight.pending:
            for name, made in self.form.rows.items():
                if not _is_written_in(made):
                    _look_again(sight, record, name)
            self.form.show_values(record.values)
            self._show_beginnings()
        self._show_news(record)

    def _show_news(self, record: Record) -> None:
        view = self._case.view
        if view is not None:
            told = {
                name: _told(notice, record.declared.field(name), view.profile)
                for name, notice in self._case.news_of(record.id).items()
                if record.declared.has(name)
            }
            self.form.show_news(told)

    def _on_known(self, name: str) -> None:
        if self._sight is not None:
            self._case.know(self._sight.record, name)

    def set_read_only(self, *, read_only: bool) -> None:
        """Whether fields may only be read."""
        if read_only == self._read_only:
            return
        self._read_only = read_only
        for made in self.form.rows.values():
            set_editable(made, editable=not read_only)

    def settle(self) -> None:
        """Save what is being written."""
        if self._sight is not None and not self._read_only:
            self.form.settle()

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field; False if it is not here."""
        return self.form.focus_field(name)

    def _begin(self, sight: Sight, record: Record) -> None:
        self.settle()
        self._sight = sight
        for name, made in self.form.rows.items():
            if made.state.text():
                made.editor.refused.emit(None)
                self._case.face.say(made.state.setText, _NOTHING)
            made.editor.show_value(record.values.get(name))
        self._show_beginnings()
        self._restore(sight, record)

    def _show_beginnings(self) -> None:
        """A long line that nobody writes in shows how it begins."""
        for entry in self.findChildren(Line):
            if not entry.hasFocus():
                entry.setCursorPosition(0)

    def _restore(self, sight: Sight, record: Record) -> None:
        """Bring back what was typed and never saved: it is put in its field and saved like any typing."""
        mine = {name: raw for name, raw in sight.unsaved.items() if name in self.form.rows}
        if not mine or self._read_only:
            return
        changed = {name: raw for name, raw in mine.items() if raw != record.values.get(name)}
        for name in mine.keys() - changed.keys():
            del sight.unsaved[name]
        for name, raw in changed.items():
            editor = self.form.rows[name].editor
            editor.put(raw)
            editor.settle()
        if changed:
            self._case.context.messages.tell(_RESTORED)

    def _on_edited(self, name: str, value: Value) -> None:
        sight = self._sight
        if sight is None:
            return
        had_draft = sight.unsaved.pop(name, None) is not None
        sight.pending += 1
        rest = dict(sight.unsaved)

        def save(workspace: Workspace) -> _Kept:
            kept = _save(workspace, sight, name, value)
            if had_draft:
                _keep_rest(workspace, sight.record, rest)
            return kept

        write = Write(self._case.context.lanes, save)
        write.done(lambda _kept: self._on_saved(sight, name))
        write.failed(lambda error: self._on_failed(sight, name, value, error)).start(self)

    def _on_saved(self, sight: Sight, name: str) -> None:
        sight.pending -= 1
        if sight is self._sight:
            self.form.show_saved(name)
            if not sight.pending:
                self._case.reload()

    def _on_failed(self, sight: Sight, name: str, value: Value, error: Known) -> None:
        sight.pending -= 1
        if sight is self._sight:
            self.form.show_failed(name, error)
        else:
            self._case.context.messages.show(error)
        self._keep(sight, name, value)

    def _on_refused(self, name: str, error: Known | None) -> None:
        if error is not None and self._sight is not None:
            self._keep(self._sight, name, self.form.rows[name].editor.raw())

    def _on_drafted(self, name: str, raw: Value) -> None:
        if self._sight is not None:
            self._keep(self._sight, name, raw)

    def _keep(self, sight: Sight, name: str, raw: Value) -> None:
        sight.unsaved[name] = raw
        held = dict(sight.unsaved)
        lanes, key = self._case.context.lanes, DRAFT_PREFIX + sight.record
        Read(lanes, lambda workspace: drafting.keep_draft(workspace, key, held)).start(self)


def _told(notice: Notice, declared: Field, profile: AgencyProfile) -> Phrase:
    who = plain(notice.author) if notice.author else _SOMEBODY
    if declared.merge is Merge.ADD_WINS:  # its history is of single elements
        return _BY.fill(who=who, at=shown_moment(notice.at))
    before = worded(declared, notice.before, profile)
    return _CHANGED.fill(who=who, at=shown_moment(notice.at), before=before)


def _look_again(sight: Sight, record: Record, name: str) -> None:
    """The person sees the value that was just read."""
    number = record.declared.field(name).id
    seen = {key: version for key, version in sight.seen.items() if key != number}
    sight.seen = {**seen, number: record.seen[number]} if number in record.seen else seen


def _save(workspace: Workspace, sight: Sight, name: str, value: Value) -> _Kept:
    effects = recording.revise(workspace, sight.record, {name: value}, seen=sight.seen)
    now = browsing.read_record(workspace, sight.record)
    number = now.declared.field(name).id
    if number in now.seen:
        sight.seen = {**sight.seen, number: now.seen[number]}
    return _Kept(effects)


def _keep_rest(workspace: Workspace, record: RecordId, rest: dict[str, Value]) -> None:
    if rest:
        drafting.keep_draft(workspace, DRAFT_PREFIX + record, rest)
    else:
        drafting.drop_draft(workspace, DRAFT_PREFIX + record)


def _is_written_in(made: FieldRow) -> bool:
    proxy = made.editor.focusProxy()
    return proxy is not None and proxy.hasFocus() and bool(made.state.text())


def shown_only(declared: Field) -> Field:
    """The same field to be read and not written."""
    return replace(declared, derived=True)


def set_editable(made: FieldRow, *, editable: bool) -> None:
    """Let a field be written in or only be read; its text can be selected either way."""
    editor = made.editor
    for line in editor.findChildren(QLineEdit):
        line.setReadOnly(not editable)
    for lines in editor.findChildren(QPlainTextEdit):
        lines.setReadOnly(not editable)
    if isinstance(editor, (ChoiceEditor, FlagEditor, SetEditor)):
        editor.setEnabled(editable)
    elif isinstance(editor, (DateEditor, TextEditor)):
        for button in editor.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not isinstance(button, (QLineEdit, QPlainTextEdit)):
                button.setVisible(editable)


class UndoKey(QObject):
    """Leaves Ctrl+Z to the window where an entry has nothing of its own to take back."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Decide whose Ctrl+Z it is before the entry claims it."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Undo) or not isinstance(watched, Line | Lines):
            return False
        if watched.is_unsettled():
            return False
        event.ignore()
        return True
