"""Fields one below the other, each saving itself and saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import GAP, GROUP_GAP, mark
from fieldlog.ui.widgets.editors import FieldEditor, FlagEditor, editor_for
from fieldlog.ui.widgets.news_dot import NewsDot
from fieldlog.ui.widgets.parts import row, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fieldlog.domain.errors import Known
    from fieldlog.domain.registry.field import Field, Value
    from fieldlog.ui.face import Face

TYPING: Final = Phrase("입력 중", "Typing")
SAVED: Final = Phrase("저장됨", "Saved")
NOT_SAVED: Final = Phrase("저장 안 됨", "Not saved")
_NEEDED: Final = Phrase("필수", "Required")
_NONE: Final = plain("")
_FADE_MS: Final = 3_000
_DRAFT_MS: Final = 1_000


class FieldRow(QWidget):
    """Label, save mark, editor, and below them what is wrong."""

    drafted = Signal(str, object)
    edited = Signal(str, object)
    known = Signal(str)
    """The person has been at this field while it showed what somebody else changed."""

    def __init__(
        self, face: Face, field: Field, *, entries: Mapping[str, Phrase] | None = None, needed: bool = False
    ) -> None:
        super().__init__()
        self._face, self.field = face, field
        self.editor: FieldEditor = editor_for(face, field, entries)
        self.state: QLabel = words(face, _NONE, "small")
        self._wrong = words(face, _NONE, "small", wrap=True)
        mark(self._wrong, tone="danger")
        self._wrong.hide()
        label = words(face, field.label, "label")
        label.setBuddy(self.editor)
        self.needed = words(face, _NEEDED, "small")
        mark(self.needed, tone="warning")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.news = NewsDot(face)
        layout.addLayout(row(label, self.news, self.needed, None, self.state))
        layout.addWidget(self.editor)
        layout.addWidget(self._wrong)
        label.setVisible(not isinstance(self.editor, FlagEditor))
        self.needed.setVisible(needed)
        self._fade = _timer(self, _FADE_MS, lambda: self._say(_NONE))
        self._draft = _timer(self, _DRAFT_MS, self._tell_draft)
        self.editor.touched.connect(self._on_touched)
        self.editor.settled.connect(self._on_settled)
        self.editor.refused.connect(self._on_refused)

    def show_saved(self) -> None:
        """The store has it on the disk."""
        self._say(SAVED, "good")
        self._fade.start()

    def show_failed(self, error: Known) -> None:
        """It could not be saved: say why, keep what was written."""
        self._say(NOT_SAVED, "danger")
        self._show_wrong(error)

    def show_news(self, told: Phrase | None) -> None:
        """Show who changed it since the person last looked, or that nobody did."""
        if told is None and self.news.isHidden():
            return
        entry = self.editor.focusProxy() or self.editor
        if self.news.isHidden():
            entry.installEventFilter(self)
        elif told is None:
            entry.removeEventFilter(self)
        self.news.show_news(told)
        self._face.say(entry.setAccessibleDescription, _NONE if told is None else told)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Who has been at the field has seen it."""
        if event.type() is QEvent.Type.FocusOut and not self.news.isHidden():
            self.show_news(None)
            self.known.emit(self.field.name)
        return super().eventFilter(watched, event)

    def set_needed(self, *, needed: bool) -> None:
        """Whether the next stage asks for this field."""
        self.needed.setVisible(needed)

    def _on_touched(self) -> None:
        self._fade.stop()
        self._say(TYPING)
        if not self._draft.isActive():
            self._draft.start()

    def _tell_draft(self) -> None:
        self.drafted.emit(self.field.name, self.editor.raw())

    def _on_settled(self, value: Value) -> None:
        self._draft.stop()
        self._say(TYPING)
        self.edited.emit(self.field.name, value)

    def _on_refused(self, error: Known | None) -> None:
        self._draft.stop()
        if error is not None:
            self.show_failed(error)
            return
        self.editor.set_wrong(wrong=False)
        self._wrong.hide()
        if self.state.text() != self._face.said(SAVED):
            self._say(_NONE)

    def _show_wrong(self, error: Known) -> None:
        self._face.say(
            self._wrong.setText, Phrase(f"{error.why.ko} {error.how.ko}", f"{error.why.en} {error.how.en}")
        )
        self._wrong.show()
        self.editor.set_wrong(wrong=True)

    def _say(self, phrase: Phrase, tone: str = "") -> None:
        self._face.say(self.state.setText, phrase)
        self._face.name(self.state, phrase)
        mark(self.state, tone=tone)


class FieldForm(QWidget):
    """The fields of a record in one or two columns; long texts and those named ``wide`` take a whole line.

    ``edited(name, value)`` asks the page to save one value and answer with ``show_saved`` or ``show_failed``;
    ``drafted(name, raw)`` comes at most a second after a keystroke, for the draft.
    """

    edited = Signal(str, object)
    drafted = Signal(str, object)
    known = Signal(str)

    def __init__(
        self,
        face: Face,
        fields: Iterable[Field],
        *,
        entries: Mapping[str, Mapping[str, Phrase]] | None = None,
        columns: int = 1,
        needed: frozenset[str] = frozenset(),
        wide: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face, self._columns = face, columns
        self._entries, self._needed, self._wide = entries or {}, needed, wide
        self._place = 0
        self.rows: dict[str, FieldRow] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GROUP_GAP)
        self._grid.setVerticalSpacing(GAP + 4)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        for field in fields:
            self.add(field)

    def add(self, field: Field) -> FieldRow:
        """Put one field more after the others: a long form may be made in several turns."""
        entries, columns = self._entries.get(field.name), self._columns
        made = FieldRow(self._face, field, entries=entries, needed=field.name in self._needed)
        made.edited.connect(self.edited)
        made.drafted.connect(self.drafted)
        made.known.connect(self.known)
        self.rows[field.name] = made
        whole = field.name in self._wide or field.type.name in {"LONG_TEXT", "WORDS"}
        if whole and self._place % columns:
            self._place += columns - self._place % columns
        line, at = divmod(self._place, columns)
        self._grid.addWidget(made, line, at, 1, columns if whole else 1, Qt.AlignmentFlag.AlignTop)
        self._place += columns if whole else 1
        return made

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show a record; a field being written in is left alone."""
        for name, made in self.rows.items():
            proxy = made.editor.focusProxy()
            if proxy is None or not (proxy.hasFocus() and made.state.text()):
                made.editor.show_value(values.get(name))

    def show_news(self, told: Mapping[str, Phrase]) -> None:
        """Mark the fields that somebody else changed since the person last looked."""
        for name, made in self.rows.items():
            made.show_news(told.get(name))

    def show_saved(self, *names: str) -> None:
        """These fields are on the disk."""
        for name in names:
            self.rows[name].show_saved()

    def show_failed(self, name: str, error: Known) -> None:
        """This field could not be saved."""
        self.rows[name].show_failed(error)

    def set_needed(self, names: frozenset[str]) -> None:
        """Which fields the next stage asks for."""
        for name, made in self.rows.items():
            made.set_needed(needed=name in names)

    def settle(self) -> None:
        """Save what is being written in any field."""
        for made in self.rows.values():
            made.editor.settle()

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field; False if it is not here."""
        if name not in self.rows:
            return False
        self.rows[name].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True


def _timer(parent: QWidget, after: int, run: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(after)
    timer.timeout.connect(run)
    return timer
