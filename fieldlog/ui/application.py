"""The QApplication: fonts, palette, Qt's own translation, and what becomes of a bug."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from fieldlog.ui.face import Face
from fieldlog.ui.fonts import body_font, load_fonts
from fieldlog.ui.icons import Icons
from fieldlog.ui.qt_words import QtWords
from fieldlog.ui.theme import load_themes
from fieldlog.ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from fieldlog.domain.phrase import Language
    from fieldlog.ui.theme import Theme

SCALES: Final = (100, 125, 150, 175, 200)
"""The sizes the person may choose, per cent; the screen's own scaling comes on top."""

_TURN: Final = 0.001
"""Seconds after which a working thread hands the interpreter over: the window asks for it many times a frame."""
_log = logging.getLogger(__name__)
_worn: Final[list[_Dresser]] = []
"""What the application follows now; never more than one."""


def make_application(arguments: Sequence[str], *, scale: int = 100) -> QApplication:
    """The one QApplication. ``scale`` is per cent and holds until the program is started again.

    Qt reads the scale factor once, before the application exists, so it cannot follow a change at run time.
    """
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    sys.setswitchinterval(_TURN)
    if scale != 100:  # noqa: PLR2004
        os.environ["QT_SCALE_FACTOR"] = str(scale / 100)
    # Named here, the style is made without a Python class for it and for its six hundred codes.
    application = QApplication([*arguments, "-style", "fusion"])
    application.setApplicationName("fieldlog")
    QGuiApplication.setApplicationDisplayName("fieldlog")
    return application


def make_face(
    application: QApplication,
    resources: Path,
    *,
    language: Language = "ko",
    theme: str = "light",
    touch: bool = False,
) -> Face:
    """Dress the application and answer the Face by which it is switched later."""
    load_fonts(resources / "fonts")
    themes = load_themes(resources / "themes")
    icons = Icons(resources / "icons")
    face = Face(themes, icons, language=language, theme=theme if theme in themes else "light", touch=touch)
    dress(application, face)
    return face


def dress(application: QApplication, face: Face) -> None:
    """Let the application follow this Face and no other; nothing happens where it does already."""
    if _worn and _worn[-1].face is face:
        return
    while _worn:
        _worn.pop().retire()
    dresser = _Dresser(application, face)
    _worn.append(dresser)
    face.theme_changed.connect(dresser.dress)
    face.language_changed.connect(dresser.translate)
    dresser.dress()
    dresser.translate()


class _Dresser(QObject):
    """Applies the Face to the application: palette, font, Qt's own words."""

    def __init__(self, application: QApplication, face: Face) -> None:
        super().__init__(application)
        self._application = application
        self.face = face
        self._translators = (QtWords(self), QTranslator(self))  # the one installed last is asked first
        self._ring = FocusRing(application, face)

    def retire(self) -> None:
        """Leave the application to a newer Face: two would ring each focus and speak over one another."""
        self.setParent(None)
        self.face.theme_changed.disconnect(self.dress)
        self.face.language_changed.disconnect(self.translate)
        self._forget_words()
        self._ring.retire()
        self.deleteLater()

    def dress(self) -> None:
        """Wear the Face's theme; each part of a window has its stylesheet from the Face's wardrobe."""
        theme = self.face.theme
        self._application.setFont(body_font(theme.sizes.body))
        self._application.setPalette(palette(theme))

    def translate(self) -> None:
        """Have Qt's own dialogs and menus speak the Face's language."""
        korean = self.face.language == "ko"
        QLocale.setDefault(QLocale(QLocale.Language.Korean if korean else QLocale.Language.English))
        self._forget_words()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if korean:
            self._translators[-1].load("qtbase_ko", folder)
            for translator in self._translators:
                self._application.installTranslator(translator)

    def _forget_words(self) -> None:
        for translator in self._translators:
            self._application.removeTranslator(translator)


def palette(theme: Theme) -> QPalette:
    """Qt's palette for a theme: what the stylesheet does not reach is drawn in these."""
    colours, made, role = theme.colours, QPalette(), QPalette.ColorRole
    for where, colour in {
        role.Window: colours.background,
        role.WindowText: colours.text,
        role.Base: colours.raised,
        role.AlternateBase: colours.background,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.text,
        role.ToolTipBase: colours.text,
        role.ToolTipText: colours.background,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Accent: colours.accent,
        role.Light: colours.raised,
        role.Midlight: colours.hairline,
        role.Mid: colours.line,
        role.Dark: colours.line,
        role.Shadow: colours.text,
    }.items():
        made.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.disabled))
    return made


def catch_bugs(show: Callable[[BaseException], None]) -> None:
    """Log whatever nobody caught and hand it to ``show``, so that no bug passes unseen."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("a bug reached the window", exc_info=(kind, error, trace))
        try:
            show(error)
        except Exception:  # noqa: BLE001
            _log.exception("the bug could not be shown")

    sys.excepthook = hook
