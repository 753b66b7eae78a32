"""Ctrl+K: everything that can be done or opened, found by name, part or initials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.icons import ICON_SIZE
from fieldlog.ui.key_map import shown_keys
from fieldlog.ui.matching import closeness
from fieldlog.ui.widgets.parts import lift, words
from fieldlog.ui.widgets.text_entry import Line, commit_composition

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from fieldlog.ui.command import Command
    from fieldlog.ui.face import Face

Show: TypeAlias = "Callable[[Sequence[Command]], None]"
Find: TypeAlias = "Callable[[str, Show], None]"
"""Looks for more commands and shows them when it has them: cases by their text."""

_NAME: Final = Phrase("명령 팔레트", "Command palette")
_HINT: Final = Phrase("명령·화면·사안 찾기 (초성 가능)", "Find a command, page or case")
_RESULTS: Final = Phrase("찾은 항목", "Results")
_NOTHING: Final = Phrase("맞는 항목이 없습니다.", "Nothing matches.")
_WIDE, _TALL, _TOP, _ROW = 560, 400, 72, 36
_COMMAND: Final = Qt.ItemDataRole.UserRole


class Palette(QFrame):
    """A field over the window; Enter does what is chosen, Esc closes it."""

    def __init__(self, face: Face, window: QWidget) -> None:
        super().__init__(window)
        self._face, self._window = face, window
        self._commands: Sequence[Command] = ()
        self._finders: list[Find] = []
        self._asked = ""
        self._back: QWidget | None = None
        self.setProperty("surface", "float")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        face.name(self, _NAME)
        self.entry = Line(face, _NAME, parent=self)
        face.say(self.entry.setPlaceholderText, _HINT)
        self.entry.live_changed.connect(self._look)
        self.entry.entered.connect(self.choose)
        self.entry.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Row(face, self.list))
        self.list.itemClicked.connect(lambda _item: self.choose())
        face.name(self.list, _RESULTS)
        self._nothing = words(face, _NOTHING, "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.entry)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing, 1)
        lift(self)
        self.hide()

    def add_finder(self, find: Find) -> None:
        """Also ask ``find(typed, show)``, which calls ``show`` with more commands when it has them."""
        self._finders.append(find)

    def open(self, commands: Sequence[Command]) -> None:
        """Show it with the commands of now."""
        self._commands, self._back = commands, self._window.focusWidget()
        self.entry.set_value("")
        self._look("")
        self.show()
        self.raise_()
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close it and give the keyboard back."""
        self.hide()
        if self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """Do what is chosen."""
        if self.list.currentRow() < 0:
            return
        command: Command = self.list.currentItem().data(_COMMAND)
        self.leave()
        commit_composition()
        command.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Up and down walk the list while the cursor stays in the field; going elsewhere closes it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif event.type() is QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)

    def _look(self, typed: str) -> None:
        self._asked = typed
        ranked = []
        for place, command in enumerate(self._commands):
            ranks = [closeness(typed, command.title.ko), closeness(typed, command.title.en)]
            found = [rank for rank in ranks if rank is not None]
            if found:
                ranked.append((min(found), place, command))
        self._show([command for _, _, command in sorted(ranked, key=lambda entry: entry[:2])])
        if typed.strip():
            for find in self._finders:
                find(typed, lambda more, typed=typed: self._add(typed, more))  # type: ignore[misc]

    def _show(self, commands: Sequence[Command]) -> None:
        self.list.clear()
        for command in commands:
            self.list.addItem(self._item(command))
        self.list.setCurrentRow(0)
        self._settle()

    def _add(self, typed: str, commands: Sequence[Command]) -> None:
        if typed != self._asked:
            return
        for command in commands:
            self.list.addItem(self._item(command))
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._settle()

    def _settle(self) -> None:
        self.list.setVisible(self.list.count() > 0)
        self._nothing.setVisible(self.list.count() == 0)
        width = min(_WIDE, self._window.width() - 32)
        rows = max(2, self.list.count()) * max(_ROW, self._face.target)
        height = min(rows + self.entry.sizeHint().height() + 32, _TALL, self._window.height() - _TOP - 32)
        self.setGeometry((self._window.width() - width) // 2, _TOP, width, height)

    def _item(self, command: Command) -> QListWidgetItem:
        item = QListWidgetItem(self._face.said(command.title))
        item.setData(_COMMAND, command)
        if command.keys:
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, shown_keys(command.keys[0]))
        return item


class _Row(QStyledItemDelegate):
    """Icon, title, and the keys at the right."""

    def __init__(self, face: Face, parent: QWidget) -> None:
        super().__init__(parent)
        self._face = face

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return QSize(0, max(_ROW, self._face.target))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        command: Command = index.data(_COMMAND)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._face.colour("selection"))
            painter.drawRoundedRect(rect, 4, 4)
        place = rect.adjusted(10, 0, -10, 0)
        if command.icon:
            top = place.top() + (place.height() - ICON_SIZE) // 2
            icon = self._face.icon(command.icon, "muted")
            icon.paint(painter, QRect(place.left(), top, ICON_SIZE, ICON_SIZE))
        painter.setPen(self._face.colour("text"))
        text = place.adjusted(ICON_SIZE + 12, 0, 0, 0)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        keys = shown_keys(command.keys[0]) if command.keys else ""
        room = text.width() - painter.fontMetrics().horizontalAdvance(keys) - 16
        title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(text, left, title)
        painter.setPen(self._face.colour("muted"))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, keys)
        painter.restore()
