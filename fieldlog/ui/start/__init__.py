"""Starting: from a folder to an open window, with everything that may stand between them."""

from fieldlog.ui.start.session import Session
from fieldlog.ui.start.sitting import open_window

__all__ = ["Session", "open_window"]
