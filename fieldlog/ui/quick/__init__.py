"""빠른 기록: the small window in which a case is recorded in a few presses."""

from fieldlog.ui.quick.window import QuickWindow

__all__ = ["QuickWindow"]
