"""Typing Korean as an input method does: what is being composed, then what is committed.

``qtbot.keyClicks`` cannot type Hangul (Qt aborts the process); real input methods send these events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def compose(widget: QWidget, text: str) -> None:
    """Show ``text`` as being composed."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))


def commit(widget: QWidget, text: str) -> None:
    """Make ``text`` part of what is written."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def type_pothole(widget: QWidget) -> None:
    """Type 포트홀 key by key and leave its last syllable uncommitted, as people do before Ctrl+S."""
    for seen in ("ㅍ", "포", "폿"):
        compose(widget, seen)
    commit(widget, "포")
    for seen in ("트", "틓"):
        compose(widget, seen)
    commit(widget, "트")
    for seen in ("호", "홀"):
        compose(widget, seen)
