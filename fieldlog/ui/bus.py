"""The one signal by which screens learn that something was changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """Every screen listens here; no screen listens to another."""

    effects_happened = Signal(object, object)
    """What was touched (``Effects`` of the services), and who started it, so a form need not redraw itself."""
