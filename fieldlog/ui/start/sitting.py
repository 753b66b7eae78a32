"""One sitting at the program: from a folder to the exit code when the last window is closed."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from fieldlog.domain.phrase import LANGUAGES
from fieldlog.ui.application import catch_bugs, make_application, make_face
from fieldlog.ui.memory import Memory
from fieldlog.ui.start.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from fieldlog.domain.phrase import Language
    from fieldlog.services.opening import Environment

_STARTED_MS: Final = 2000
_MEANWHILE: Final = ("fieldlog.ui.furnishing", "fieldlog.ui.window", "fieldlog.ui.pages.today")
"""Imported while the store is being opened on its lane."""


def open_window(
    folder: Path,
    *,
    around: Environment,
    language: Language | None = None,
    otherwise: Language = "ko",
    memory: Path | None = None,
) -> int:
    """Open the window on the store of a folder, or offer to make one; the exit code when it is closed.

    Args:
        folder: Where the store lies, or will.
        around: The surroundings; a passphrase is asked for in the window, never on the terminal.
        language: Asked for this time, whatever the person chose in the window.
        otherwise: Spoken where the person has not chosen one in the window.
        memory: The file that keeps sizes and choices; by default where this system keeps such things.
    """
    remembered = Memory(memory or memory_path())
    application = make_application(sys.argv[:1], scale=remembered.number("face/scale", 100))
    chosen = remembered.text("face/language")
    before: Language = next((each for each in LANGUAGES if each == chosen), otherwise)
    spoken = before if language is None else language
    face = make_face(
        application,
        around.resources,
        language=spoken,
        theme=remembered.text("face/theme", "light"),
        touch=remembered.flag("face/touch"),
    )
    session = Session(application, face, remembered, around, folder)
    hook = sys.excepthook
    catch_bugs(session.messages.bug)
    session.begin()
    for needed in _MEANWHILE:
        import_module(needed)
    QTimer.singleShot(_STARTED_MS, session, _collect_again)
    try:
        return application.exec()
    finally:
        session.end()
        sys.excepthook = hook


def _collect_again() -> None:
    """From now on garbage is collected; what the start made is never looked through again."""
    gc.freeze()
    gc.enable()


def memory_path() -> Path:
    """Where this system keeps a person's choices for a program."""
    from platformdirs import user_config_path  # noqa: PLC0415

    return user_config_path("fieldlog", appauthor=False) / "window.ini"
