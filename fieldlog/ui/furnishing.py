"""Every place of the window: each is imported and made when the person first goes there."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.jobs import Errand
from fieldlog.ui.page import Command, Furnishing, PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from fieldlog.services.browsing import CasePage as CaseLines
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import CasePage, Page, PageContext
    from fieldlog.ui.palette import Find
    from fieldlog.ui.premises import Premises
    from fieldlog.ui.window import MainWindow

_FOUND: Final = 8
_SETTLED_MS: Final = 300
_LISTED: Final = Phrase("{title}  ·  {number}", "{title}  ·  {number}")
_PAGES: Final = (
    ("today", "sun-medium", Phrase("오늘", "Today"), "TodayPage"),
    ("cases", "briefcase", Phrase("사안", "Cases"), "CasesPage"),
    ("photos", "images", Phrase("사진", "Photos"), "PhotosPage"),
    ("reports", "file-text", Phrase("보고서", "Reports"), "ReportsPage"),
)
_CASE: Final = "fieldlog.ui.case.detail"
_AHEAD: Final = (
    _CASE,
    "fieldlog.ui.quick",
    *(f"fieldlog.ui.pages.{page}" for page in ("cases", "photos", "reports", "settings")),
    "fieldlog.ui.palette",
)


def furnish(premises: Premises, resources: Path) -> Furnishing[Workspace]:
    """The places of the rail, the open case and the quick record."""
    places = [
        PageSpec(key, icon, title, _maker(f"fieldlog.ui.pages.{key}", name))
        for key, icon, title, name in _PAGES
        if _is_there(f"fieldlog.ui.pages.{key}")
    ]

    def make_settings(context: PageContext[Workspace]) -> Page:
        from fieldlog.ui.pages.settings import SettingsPage  # noqa: PLC0415

        return SettingsPage(context, premises)

    def make_quick(context: PageContext[Workspace]) -> QWidget:
        from fieldlog.ui.quick import QuickWindow  # noqa: PLC0415

        return QuickWindow(context, resources)

    settings = PageSpec("settings", "settings", Phrase("설정", "Settings"), make_settings)
    return Furnishing((*places, settings), case=make_case, quick=make_quick, foot=frozenset({"settings"}))


def fetch_ahead(window: MainWindow[Workspace]) -> None:
    """Import what every sitting comes to need, once the first page stands: later nobody waits for it."""

    def fetch() -> None:
        if window.isVisible():
            lanes = window.context.lanes
            for module in _AHEAD:
                errand = Errand(lanes, partial(import_module, module), lane=lanes.reading)
                if module == _CASE:
                    errand.done(lambda _module: window.make_case())
                errand.start(window, background=True)

    QTimer.singleShot(_SETTLED_MS, window, fetch)


def make_case(context: PageContext[Workspace]) -> CasePage:
    """The open case, beside its list."""
    from fieldlog.ui.case.detail import CaseDetail  # noqa: PLC0415

    return CaseDetail(context)


def case_finder(context: PageContext[Workspace]) -> Find:
    """Finds cases for the command palette, by their text, number or initials."""

    def find(typed: str, show: Callable[[Sequence[Command]], None]) -> None:
        from fieldlog.domain.filter import CaseFilter  # noqa: PLC0415
        from fieldlog.services.browsing import list_cases  # noqa: PLC0415
        from fieldlog.ui.jobs import Read  # noqa: PLC0415

        def landed(page: CaseLines) -> None:
            show([_opening(context, case.id, case.title, case.case_no) for case in page.cases])

        asked = CaseFilter(query=typed)
        Read(context.lanes, lambda w: list_cases(w, asked, limit=_FOUND), lane=context.lanes.reading).done(
            landed
        ).start()

    return find


def _opening(context: PageContext[Workspace], case: str, title: str, number: str) -> Command:
    listed = _LISTED.fill(title=plain(title), number=plain(number))
    return Command(f"case.{case}", listed, lambda: context.navigator.open_case(case), (), "briefcase")


def _is_there(module: str) -> bool:
    spec = find_spec(module)
    return spec is not None and spec.origin is not None


def _maker(module: str, name: str) -> Callable[[PageContext[Workspace]], Page]:
    def make(context: PageContext[Workspace]) -> Page:
        made: Page = getattr(import_module(module), name)(context)
        return made

    return make
