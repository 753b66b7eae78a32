"""Every page and dialog drawn into pictures, without a screen: for the README, the manual, and for looking."""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QSize, QTimer, qInstallMessageHandler

from fieldlog.domain.clock import monotonic
from fieldlog.domain.filter import CaseFilter
from fieldlog.services import browsing, locking, rehearsing
from fieldlog.ui.application import make_application, make_face
from fieldlog.ui.memory import Memory
from fieldlog.ui.scenes import scenes
from fieldlog.ui.start import Session
from fieldlog.ui.theme import THEME_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from fieldlog.domain.ids import RecordId
    from fieldlog.domain.phrase import Language
    from fieldlog.services.opening import Environment
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.face import Face
    from fieldlog.ui.window import MainWindow

WINDOW: Final = QSize(1440, 900)
_POLL_MS: Final = 40
_CALM_POLLS: Final = 6
_REMARK: Final = "This plugin does not support"
_PATIENCE: Final = 20.0


class PracticeStage:
    """A window on a practice store, and the patience to wait until it has nothing more to do."""

    def __init__(self, session: Session, workspace: Workspace, window: MainWindow[Workspace]) -> None:
        self.session, self.workspace, self.window = session, workspace, window
        found = browsing.list_cases(workspace, CaseFilter(sort="case_no", descending=False), limit=50)
        told = max(found.cases, key=lambda case: case.photos, default=None)
        self.case: RecordId | None = told.id if told else None

    def wait(self) -> None:
        """Until no job is under way and what they brought is drawn."""
        began, calm = monotonic(), 0
        while calm < _CALM_POLLS and monotonic() - began < _PATIENCE:
            loop = QEventLoop()
            QTimer.singleShot(_POLL_MS, loop.quit)
            loop.exec()
            calm = 0 if self.session.lanes.busy else calm + 1


def draw_pictures(
    folder: Path, out: Path, *, around: Environment, language: Language, theme: str | None, scale: int
) -> Sequence[Path]:
    """Draw every page and dialog of a practice store into PNG files and answer their paths.

    The store of the folder is copied if it is a practice store, otherwise one is made: nothing real is drawn.

    Args:
        folder: A store.
        out: Where the pictures go, ``today-light.png`` and so on.
        around: The clock and the resources.
        language: What the pictures speak.
        theme: One theme, or every one where it is None.
        scale: 1 or 2 pixels of the picture per pixel of the window.
    """
    application = make_application(["fieldlog"], scale=scale * 100)
    face = make_face(application, around.resources, language=language, theme=theme or THEME_KEYS[0])
    out.mkdir(parents=True, exist_ok=True)
    drawn: list[Path] = []
    with (
        _without_platform_remarks(),
        tempfile.TemporaryDirectory() as place,
        _stage(folder, Path(place), around, face) as stage,
    ):
        for key in (theme,) if theme else THEME_KEYS:
            face.wear(key)
            face.wardrobe.finish()
            for name, shown in scenes(stage):
                drawn.append(_saved(shown, out / f"{name}-{key}.png"))
    return drawn


@contextmanager
def _without_platform_remarks() -> Iterator[None]:
    """Keep Qt's offscreen platform from saying, window by window, that it cannot raise or size one."""

    def say(_kind: object, _where: object, remark: str | None) -> None:
        if remark and not remark.startswith(_REMARK):
            sys.stderr.write(f"{remark}\n")

    before = qInstallMessageHandler(say)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


@contextmanager
def _stage(folder: Path, place: Path, around: Environment, face: Face) -> Iterator[PracticeStage]:
    application = make_application([])
    around = locking.replace_ask(around, None)
    rehearsing.copied_practice(folder, place / "store", around).close()
    session = Session(application, face, Memory(place / "window.ini"), around, place / "store")
    session.begin()
    began = monotonic()
    while (session.window is None or session.workspace is None) and monotonic() - began < _PATIENCE:
        loop = QEventLoop()
        QTimer.singleShot(_POLL_MS, loop.quit)
        loop.exec()
    try:
        if session.window is not None and session.workspace is not None:
            session.window.resize(WINDOW)
            yield PracticeStage(session, session.workspace, session.window)
            session.window.close()
    finally:
        session.end()
        for window in application.topLevelWidgets():
            window.deleteLater()


def _saved(shown: QWidget, path: Path) -> Path:
    shown.grab().save(str(path))
    return path
