"""One editor per type of field, made from the registry's declaration."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLabel,
    QMenu,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from fieldlog.domain.clock import parse_moment
from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry.acceptance import accept
from fieldlog.domain.registry.field import FieldType
from fieldlog.domain.shown_dates import shown_day, shown_moment
from fieldlog.ui.face import mark
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.parts import row, tool
from fieldlog.ui.widgets.text_entry import Line, Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QWheelEvent

    from fieldlog.domain.registry.field import Field, Value
    from fieldlog.ui.face import Face

    Entries = Mapping[str, Phrase]

_NONE: Final = Phrase("선택 안 함", "None")
_OPEN_CALENDAR: Final = Phrase("{field} 달력 열기", "Open the calendar for {field}")
_DAY_HINT: Final = Phrase("예: 2026. 3. 9.", "e.g. 2026-03-09")
_MOMENT_HINT: Final = Phrase("예: 2026-03-09 14:20", "e.g. 2026-03-09 14:20")
_LINES_SHOWN: Final = 4


class FieldEditor(QWidget):
    """Edits one field; ``touched`` while it is written, ``settled`` with a new value when it is done.

    ``raw`` is what was written, for ``accept`` of the registry to judge; ``refused`` brings its answer.
    """

    touched = Signal()
    settled = Signal(object)
    refused = Signal(object)

    def __init__(self, face: Face, field: Field) -> None:
        super().__init__()
        self.face, self.field = face, field
        self._shown: Value = None

    def raw(self) -> Value:
        """What is written now."""
        return self._shown

    def show_value(self, value: Value) -> None:
        """Show a stored value."""
        self._shown = value
        self.put(value)

    def put(self, value: Value) -> None:
        """Draw a value; each editor does it its own way."""

    def settle(self) -> None:
        """Judge what is written and say ``settled`` if it is a new value, ``refused`` if it cannot be one."""
        try:
            value = accept(self.field, self.raw())
        except BadInput as error:
            self.refused.emit(error)
            return
        self.refused.emit(None)
        if value != self._shown:
            self._shown = value
            self.settled.emit(value)

    def set_wrong(self, *, wrong: bool) -> None:
        """Mark the editor as holding something that cannot be saved."""
        target = self.focusProxy()
        if target is not None and bool(target.property("wrong")) != wrong:
            mark(target, wrong=wrong)

    def _hold(self, widget: QWidget, *beside: QWidget) -> None:
        self.setLayout(row(widget, *beside))
        self.setFocusProxy(widget)


class TextEditor(FieldEditor):
    """A line, or several for long text."""

    def __init__(self, face: Face, field: Field) -> None:
        super().__init__(face, field)
        self.entry: Line | Lines
        if field.type is FieldType.LONG_TEXT:
            self.entry = Lines(face, field.label, longest=field.bounds.longest)
            self.entry.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES_SHOWN + 16)
        else:
            self.entry = Line(face, field.label, longest=field.bounds.longest)
        self.entry.live_changed.connect(self._on_live)
        self.entry.settled.connect(lambda _text: self.settle())
        self._hold(self.entry)

    def raw(self) -> Value:
        """What is written now."""
        return self.entry.value()

    def put(self, value: Value) -> None:
        """Show a text, or the words of a list."""
        text = ", ".join(str(part) for part in value) if isinstance(value, list) else value
        self.entry.set_value("" if text is None else _shown_number(text))

    def settle(self) -> None:
        """Keep what is being composed first."""
        if self.entry.preedit():
            self.entry.keep_preedit()
        super().settle()

    def _on_live(self, _seen: str) -> None:
        if self.entry.hasFocus() and self.entry.is_unsettled():
            self.touched.emit()


class WordsEditor(TextEditor):
    """Words between commas."""

    def raw(self) -> Value:
        """The words one by one."""
        return [word.strip() for word in self.entry.value().split(",") if word.strip()]


class DateEditor(TextEditor):
    """A day or a moment, written as the person likes or picked in a calendar."""

    def __init__(self, face: Face, field: Field) -> None:
        super().__init__(face, field)
        is_day = field.type is FieldType.DATE
        if isinstance(self.entry, Line):
            face.say(self.entry.setPlaceholderText, _DAY_HINT if is_day else _MOMENT_HINT)
        self._open = tool(face, "calendar-days", _OPEN_CALENDAR.fill(field=field.label), self._pick)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._open)
        face.language_changed.connect(self._say_again)

    def put(self, value: Value) -> None:
        """Show it as offices write it."""
        self.entry.set_value(self.face.said(_shown_date(value)))

    def raw(self) -> Value:
        """What is written; the shown form of the stored value counts as the stored value."""
        written = self.entry.value()
        return self._shown if written == self.face.said(_shown_date(self._shown)) else written

    def settle(self) -> None:
        """A date that was understood is shown again in the office's form."""
        super().settle()
        if not self.entry.property("wrong"):
            self.put(self._shown)

    def _say_again(self) -> None:
        if not self.entry.hasFocus():
            self.put(self._shown)

    def _pick(self) -> None:
        menu, calendar = QMenu(self), QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if isinstance(self._shown, str):
            day = date.fromisoformat(self._shown[:10])
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(self._take)
        calendar.clicked.connect(self._take)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._open.mapToGlobal(self._open.rect().bottomLeft()))
        calendar.setFocus()

    def _take(self, day: QDate) -> None:
        text = day.toString(Qt.DateFormat.ISODate)
        if self.field.type is FieldType.MOMENT:
            hours = str(self._shown)[11:16] if isinstance(self._shown, str) else "09:00"
            text = f"{text} {hours}"
        self.entry.setText(text) if isinstance(self.entry, Line) else None
        self.settle()


class FlagEditor(FieldEditor):
    """A box to tick; its label is the field's own."""

    def __init__(self, face: Face, field: Field) -> None:
        super().__init__(face, field)
        self.box = QCheckBox()
        face.say(self.box.setText, field.label)
        face.name(self.box, field.label)
        self.box.clicked.connect(self.settle)
        self._hold(self.box)

    def raw(self) -> Value:
        """Whether it is ticked; an untouched box of an empty field stays empty."""
        return None if self._shown is None and not self.box.isChecked() else self.box.isChecked()

    def put(self, value: Value) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))


class ChoiceBox(QComboBox):
    """A list to choose from that a turning wheel does not change in passing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        """Name the list that pops up too; on Linux Qt tells the value as the name, so the label is told beside it."""
        super().setAccessibleName(name)
        self.setAccessibleDescription(name)
        self.view().setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll the page, not the value."""
        event.ignore()


class ChoiceEditor(FieldEditor):
    """One code out of a vocabulary, or of entries the page gives."""

    def __init__(self, face: Face, field: Field, entries: Entries) -> None:
        super().__init__(face, field)
        self.box = ChoiceBox()
        face.name(self.box, field.label)
        face.name(self.box.view(), field.label)
        self.box.addItem("", None)
        face.say(self.box.setItemText, _NONE, 0)
        for place, (code, label) in enumerate(entries.items(), start=1):
            self.box.addItem("", code)
            face.say(self.box.setItemText, label, place)
        self.box.activated.connect(self.settle)
        self._hold(self.box)

    def raw(self) -> Value:
        """The code chosen."""
        code: Value = self.box.currentData()
        return code

    def put(self, value: Value) -> None:
        """Choose a code; one this version does not know is shown as it is written."""
        place = 0 if value is None else self.box.findData(_code(value))
        if place < 0:
            self.box.addItem(str(value), _code(value))
            place = self.box.count() - 1
        self.box.setCurrentIndex(place)


class SetEditor(FieldEditor):
    """Several codes out of a vocabulary, each a button that stays pressed."""

    def __init__(self, face: Face, field: Field, entries: Entries) -> None:
        super().__init__(face, field)
        self._buttons: dict[str, QToolButton] = {}
        flow = Flow(self)
        for code, label in entries.items():
            made = QToolButton()
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            mark(made, toggle=True)
            face.say(made.setText, label)
            face.name(made, label)
            made.clicked.connect(self.settle)
            flow.addWidget(made)
            self._buttons[code] = made
        face.name(self, field.label)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))

    def raw(self) -> Value:
        """The codes pressed, in the vocabulary's order."""
        return [code for code, made in self._buttons.items() if made.isChecked()]

    def put(self, value: Value) -> None:
        """Press these codes."""
        chosen = value if isinstance(value, list) else []
        for code, made in self._buttons.items():
            made.setChecked(code in chosen)


class ShownField(FieldEditor):
    """A field that is shown and not edited here."""

    def __init__(self, face: Face, field: Field, entries: Entries) -> None:
        super().__init__(face, field)
        self._entries = entries
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._hold(self.label)

    def put(self, value: Value) -> None:
        """Write it out."""
        self.face.say(self.label.setText, _shown(self.field, value, self._entries))

    def settle(self) -> None:
        """There is nothing to settle."""


def editor_for(face: Face, field: Field, entries: Entries | None = None) -> FieldEditor:
    """The editor that fits a field; ``entries`` are choices that do not stand in the registry."""
    known = entries if entries is not None else (field.vocabulary.entries if field.vocabulary else {})
    if field.derived or field.type in {FieldType.STAGE, FieldType.TREE, FieldType.LINKS}:
        return ShownField(face, field, known)
    if field.type is FieldType.LINK and entries is None:
        return ShownField(face, field, known)
    if field.type is FieldType.WORDS:
        return SetEditor(face, field, known) if known else WordsEditor(face, field)
    if known:
        return ChoiceEditor(face, field, known)
    return _PLAIN.get(field.type, TextEditor)(face, field)


_PLAIN: Final[dict[FieldType, Callable[[Face, Field], FieldEditor]]] = {
    FieldType.FLAG: FlagEditor,
    FieldType.DATE: DateEditor,
    FieldType.MOMENT: DateEditor,
}


def _code(value: Value) -> str:
    return str(value)


def _shown_number(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _shown_date(value: Value) -> Phrase:
    if not isinstance(value, str):
        return plain("")
    try:
        return (
            shown_day(date.fromisoformat(value))
            if len(value) == len("2026-03-09")
            else shown_moment(parse_moment(value))
        )
    except (ValueError, BadInput):
        return plain(value)


def _shown(field: Field, value: Value, entries: Entries) -> Phrase:
    if value is None or value in ("", []):
        return plain("–")
    if isinstance(value, list):
        parts = [entries.get(str(part), plain(str(part))) for part in value]
        return Phrase(", ".join(part.ko for part in parts), ", ".join(part.en for part in parts))
    if field.type in {FieldType.DATE, FieldType.MOMENT}:
        return _shown_date(value)
    if isinstance(value, bool):
        return Phrase("예", "Yes") if value else Phrase("아니오", "No")
    return entries.get(str(value), plain(_shown_number(value)))
