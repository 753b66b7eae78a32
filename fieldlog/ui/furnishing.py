"""Every place of the window: each is imported and made when the person first goes there."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.command import Command
from fieldlog.ui.jobs import Errand
from fieldlog.ui.page import Furnishing, PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
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
_LOOK_MS: Final = 50
_QUIET_LOOKS: Final = 2
"""Looks in a row that find nothing under way: the first page has read what it shows, and what landed is drawn."""
_MOST_LOOKS: Final = 200
"""Ten seconds: something else keeps the lanes busy by then."""
_LISTED: Final = Phrase("{title}  ·  {number}", "{title}  ·  {number}")
_PAGES: Final = (
    ("today", "sun-medium", Phrase("오늘", "Today"), "TodayPage"),
    ("cases", "briefcase", Phrase("사안", "Cases"), "CasesPage"),
    ("photos", "images", Phrase("사진", "Photos"), "PhotosPage"),
    ("reports", "file-text", Phrase("보고서", "Reports"), "ReportsPage"),
    ("sync", "refresh-cw", Phrase("동기화", "Sync"), "SyncPage"),
)
_BREATH_MS: Final = 20
"""Between two pieces that are fetched: the window answers in between."""
_BEHIND: Final = (
    "importlib.metadata",
    *(f"fieldlog.services.{name}" for name in ("moving", "placing", "photographs", "dossiers", "capturing")),
    *(f"fieldlog.services.{name}" for name in ("verifying", "offering", "reporting")),
)
"""What the pages stand on: nothing of Qt, so it is imported beside the window."""
_CASE: Final = (
    *(f"fieldlog.ui.widgets.{name}" for name in ("editors", "field_form", "busy_bar", "photo_grid")),
    *(f"fieldlog.ui.case.{name}" for name in ("part_list", "record_form", "progress", "overview", "visits")),
    *(f"fieldlog.ui.case.{name}" for name in ("photos", "solving", "actions", "history", "detail")),
)
_AHEAD: Final = {
    "cases": ("fieldlog.ui.models.case_table", "fieldlog.ui.pages.cases.table"),
    "photos": ("fieldlog.ui.pages.photos.wall", "fieldlog.ui.pages.photos.details"),
    "reports": ("fieldlog.ui.widgets.pdf_preview", "fieldlog.ui.pages.reports.chosen"),
    "settings": ("fieldlog.ui.pages.settings.about",),
    "today": (),
}
_LAST: Final = ("fieldlog.ui.quick.category_picker", "fieldlog.ui.quick", "fieldlog.ui.palette")


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
    """Make what every sitting comes to need, once the first page shows what it reads: later nobody waits for it.

    What imports Qt is imported on the window's thread, in pieces: PySide6 6.11 makes its classes when they are
    first named, and two threads at it end the program (seen with two imports at once).
    """
    pieces = _pieces(window)

    def fetch_behind() -> None:
        if window.isVisible():
            lanes = window.context.lanes
            for module in _BEHIND[:-1]:
                Errand(lanes, partial(import_module, module), lane=lanes.reading).start(
                    window, background=True
                )
            last = Errand(lanes, partial(import_module, _BEHIND[-1]), lane=lanes.reading)
            last.done(lambda _module: fetch()).start(window, background=True)

    def fetch() -> None:
        if window.isVisible() and next(pieces, None) is not None:
            QTimer.singleShot(_BREATH_MS, window, fetch)

    QTimer.singleShot(_SETTLED_MS, window, lambda: _when_quiet(window, fetch_behind))


def _when_quiet(
    window: MainWindow[Workspace], begin: Callable[[], None], *, quiet: int = 0, looks: int = 1
) -> None:
    """Begin when nothing has been under way for a few looks, or when that does not come about."""
    quiet = 0 if window.context.lanes.busy else quiet + 1
    if quiet >= _QUIET_LOOKS or looks >= _MOST_LOOKS:
        begin()
        return
    QTimer.singleShot(_LOOK_MS, window, lambda: _when_quiet(window, begin, quiet=quiet, looks=looks + 1))


def _pieces(window: MainWindow[Workspace]) -> Iterator[str]:
    """The open case, then page after page, then what opens over them; names what was made."""
    for module in _CASE:
        yield import_module(module).__name__
    window.make_case()
    yield "case"
    for page in window.pages_to_make():
        for module in (*_AHEAD.get(page, ()), f"fieldlog.ui.pages.{page}"):
            yield import_module(module).__name__
        window.make_page(page)
        yield page
    for module in _LAST:
        yield import_module(module).__name__


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
