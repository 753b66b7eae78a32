"""The main window: places the pages and the open case, and owns nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QFrame, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.command import Command
from fieldlog.ui.key_map import CASE
from fieldlog.ui.page import PageContext
from fieldlog.ui.rail import QUICK, Rail
from fieldlog.ui.shortcuts import ShortcutList, Shortcuts
from fieldlog.ui.status_bar import StatusBar
from fieldlog.ui.trail import Place, Trail
from fieldlog.ui.watermark import Watermark
from fieldlog.ui.widgets.divider import Divider
from fieldlog.ui.widgets.parts import button, column, framed, row
from fieldlog.ui.widgets.text_entry import commit_composition

if TYPE_CHECKING:
    from PySide6.QtCore import QChildEvent
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from fieldlog.domain.clock import Clock
    from fieldlog.ui.bus import Bus
    from fieldlog.ui.face import Face
    from fieldlog.ui.jobs import Lanes
    from fieldlog.ui.memory import Memory
    from fieldlog.ui.messages import Messages
    from fieldlog.ui.page import CasePage, Furnishing, Page
    from fieldlog.ui.palette import Find, Palette

W = TypeVar("W")

NARROW: Final = 1100
"""Below this width, device-independent pixels, the open case takes the page's place."""
_BACK: Final = Phrase("뒤로", "Back")
_CASE: Final = Phrase("열린 사안", "Open case")


class MainWindow(QMainWindow, Generic[W]):
    """The rail, one page, the open case beside it, and the status bar."""

    def __init__(
        self,
        furnishing: Furnishing[W],
        *,
        face: Face,
        lanes: Lanes[W],
        bus: Bus,
        messages: Messages,
        memory: Memory,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._furnishing, self._face, self._memory, self._clock = furnishing, face, memory, clock
        self.context: PageContext[W] = PageContext(face, lanes, bus, messages, memory, clock, self)
        self._specs = {spec.key: spec for spec in furnishing.pages}
        self._pages: dict[str, Page] = {}
        self._case: CasePage | None = None
        self._quick: QWidget | None = None
        self._watermark: Watermark | None = None
        self._trail = Trail()
        self.rail, self.status, self._stack = Rail(face), StatusBar(face), QStackedWidget()
        self._build()
        self._palette: Palette | None = None
        self._finders: list[Find] = []
        face.keys.remember(memory)
        self.shortcuts = Shortcuts(self, face.keys)
        self.shortcuts.add(self._commands())
        messages.attach(self)
        bus.effects_happened.connect(self._on_effects)
        self._recall()

    # Where the person is

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self._pages.get(self._trail.here.page)

    @property
    def case_id(self) -> str | None:
        """The case that is open, or None."""
        return self._trail.here.case_id

    def go(self, page: str, **wanted: Any) -> None:
        """Show a page; it is made the first time it is asked for."""
        if page not in self._specs or not self._may_leave():
            return
        self._trail.visit(Place(page, self._trail.here.case_id))
        self._show_page(page, wanted)

    def open_case(self, case_id: str, *, field: str | None = None) -> None:
        """Open a case beside the page, or in its place where the window is narrow."""
        if self._furnishing.case is None or not self._may_leave():
            return
        self._trail.visit(Place(self._trail.here.page, case_id))
        self._show_case(case_id, field)

    def close_case(self) -> None:
        """Close the open case."""
        if self._trail.here.case_id is not None and self._may_leave():
            self._trail.visit(Place(self._trail.here.page, None))
            self._arrange()

    def quick_record(self) -> None:
        """Open the small window for recording at once."""
        if self._furnishing.quick is None:
            return
        if self._quick is None:
            self._quick = self._furnishing.quick(self.context)
        self._quick.show()
        self._quick.raise_()
        self._quick.activateWindow()

    @property
    def palette_box(self) -> Palette:
        """The command palette, made when it is first asked for: opening the window does not wait for it."""
        if self._palette is None:
            from fieldlog.ui.palette import Palette  # noqa: PLC0415

            self._palette = Palette(self._face, self)
            for find in self._finders:
                self._palette.add_finder(find)
        return self._palette

    def add_finder(self, find: Find) -> None:
        """Have the palette also ask ``find(typed, show)``, which shows more commands when it has them."""
        self._finders.append(find)
        if self._palette is not None:
            self._palette.add_finder(find)

    def set_count(self, page: str, count: int) -> None:
        """Show a count that matters on the rail."""
        self.rail.set_count(page, count)

    def show_store(self, name: Phrase, *, practice: bool = False, read_only: bool = False) -> None:
        """Name the open store; a practice store is marked all over the window."""
        self.status.show_store(name, practice=practice, read_only=read_only)
        if practice and self._watermark is None:
            self._watermark = Watermark(self._face, self)
            self._watermark.show()
        elif not practice and self._watermark is not None:
            self._watermark.deleteLater()
            self._watermark = None

    # How it is built

    def _build(self) -> None:
        self.setWindowTitle("fieldlog")
        self.setMinimumSize(QSize(640, 480))
        self.resize(1280, 800)
        specs = self._furnishing.pages
        self.rail.furnish([(s.key, s.icon, s.title) for s in specs], self._furnishing.foot)
        self.rail.chosen.connect(self.go)
        self.rail.quick_asked.connect(self.quick_record)
        self.rail.folded.connect(lambda folded: self._memory.put("rail/folded", folded))
        self.status.asked.connect(self.go)
        self._back_button = button(self._face, _BACK, self.close_case, kind="quiet", icon="arrow-left")
        self._back_row = framed(row(self._back_button, None, margin=8), "raised")
        self._case_place = QVBoxLayout()
        self._beside = framed(column(self._back_row, self._case_place, gap=0), "clear")
        self._beside.setBackgroundRole(QPalette.ColorRole.Base)
        self._beside.setAutoFillBackground(True)
        self._face.name(self._beside, _CASE)
        self._splitter = Divider(self._face)
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self._beside)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.splitterMoved.connect(
            lambda: self._memory.put("window/divider", self._splitter.saveState())
        )
        self._beside.hide()
        middle = row(self.rail, gap=0)
        middle.addWidget(self._splitter, 1)
        self.setCentralWidget(framed(column(middle, self.status, gap=0), "clear"))
        for part in (self.rail, self.status, self._back_row):
            self._face.wardrobe.dress(part)

    def _commands(self) -> list[Command]:
        pages = [
            Command(f"go.{spec.key}", spec.title, partial(self.go, spec.key), (f"Ctrl+{n}",), spec.icon)
            for n, spec in enumerate(self._furnishing.pages, start=1)
        ]
        return [
            Command("quick", QUICK, self.quick_record, ("F2",), "zap"),
            *pages,
            Command(
                "palette",
                Phrase("명령 팔레트", "Command palette"),
                lambda: self.palette_box.open(self.shortcuts.commands),
                ("Ctrl+K",),
                "search",
            ),
            Command(
                "find", Phrase("목록에서 찾기", "Find in the list"), self._find, ("Ctrl+F", "F3"), "search"
            ),
            Command("save", Phrase("저장", "Save"), self._settle, ("Ctrl+S",), "save"),
            Command(
                "back",
                Phrase("이전 사안", "Previous case"),
                lambda: self._step(-1),
                ("Alt+Left",),
                "chevron-left",
            ),
            Command(
                "forward",
                Phrase("다음 사안", "Next case"),
                lambda: self._step(1),
                ("Alt+Right",),
                "chevron-right",
            ),
            Command("close", Phrase("닫기", "Close"), self._escape, ("Esc",), "x"),
            Command(
                "keys",
                Phrase("단축키 보기", "Show keyboard shortcuts"),
                self.show_shortcuts,
                ("F1",),
                "keyboard",
            ),
        ]

    def show_shortcuts(self) -> None:
        """F1: list every command with its keys."""
        ShortcutList(self._face, self.shortcuts.commands, self).open()

    # What it does

    def _show_page(self, key: str, wanted: dict[str, Any]) -> None:
        self.make_page(key)
        page = self._pages[key]
        for part in page.parts():
            self._face.wardrobe.dress(part)
        self._stack.setCurrentWidget(page)
        self.rail.choose(key)
        self._memory.put("window/page", key)
        self._lend()
        page.arrive(**wanted)
        self._arrange()

    def pages_to_make(self) -> list[str]:
        """The pages that nobody went to yet."""
        return [key for key in self._specs if key not in self._pages]

    def make_page(self, key: str) -> None:
        """Make a page, to be shown later; nothing happens where it is there already."""
        if key not in self._pages:
            page = self._pages[key] = self._specs[key].make(self.context)
            self._face.name(page, self._specs[key].title)
            self._stack.addWidget(page)
            for part in page.parts():
                self._face.wardrobe.dress(part, at_once=False)
            self._face.keys.note(key, page.commands())

    def make_next(self) -> bool:
        """Make one place that nobody went to yet, so that its commands are known; False when all are there."""
        missing = self.pages_to_make()
        if missing:
            self.make_page(missing[0])
        elif self._case is None and self._furnishing.case is not None:
            self.make_case()
            self._lend()
        elif self._quick is None and self._furnishing.quick is not None:
            self._quick = self._furnishing.quick(self.context)
        else:
            return False
        return True

    def make_case(self) -> None:
        """Make the place of the open case; done in a quiet moment, it does not hold up the first one opened."""
        if self._case is None and self._furnishing.case is not None:
            self._case = self._furnishing.case(self.context)
            self._face.name(self._case, _CASE)
            self._case_place.addWidget(self._case)

    def _show_case(self, case_id: str, field: str | None) -> None:
        self.make_case()
        if self._case is not None:
            self._arrange()
            self._lend()
            self._case.show_case(case_id, field=field)

    def _arrange(self) -> None:
        is_open = self._trail.here.case_id is not None and self._case is not None
        narrow = self.width() < NARROW
        self._beside.setVisible(is_open)
        self._back_row.setVisible(narrow)
        self._stack.setVisible(not (is_open and narrow))

    def _lend(self) -> None:
        shown = ((self._trail.here.page, self.page), (CASE, self._case))
        self.shortcuts.lend({place: page.commands() for place, page in shown if page is not None})

    def _step(self, by: int) -> None:
        if self.page is not None and self.page.step(by):
            return
        place = self._trail.move(by)
        if place is not None:
            self._show_page(place.page, {})
            if place.case_id is not None:
                self._show_case(place.case_id, None)

    def _find(self) -> None:
        if self.page is not None and self.page.isVisible():
            self.page.focus_search()

    def _escape(self) -> None:
        for page in (self._case if self._beside.isVisible() else None, self.page):
            if page is not None and page.escape():
                return
        self.close_case()

    def _on_effects(self, effects: object, _initiator: object) -> None:
        if effects:
            self.status.show_saved(self._clock.now())

    def _settle(self) -> None:
        commit_composition()
        for page in (self.page, self._case):
            if page is not None:
                page.settle()

    def _may_leave(self) -> bool:
        self._settle()
        return all(page.may_leave() for page in (self.page, self._case) if page is not None)

    # What it remembers

    def _recall(self) -> None:
        if (shape := self._memory.shape("window/shape")) is not None:
            self.restoreGeometry(shape)
        if (divider := self._memory.shape("window/divider")) is not None:
            self._splitter.restoreState(divider)
        self.rail.set_folded(folded=self._memory.flag("rail/folded"))

    def start(self) -> None:
        """Show the page of last time, or the first."""
        remembered = self._memory.text("window/page")
        first = self._furnishing.pages[0].key
        self.go(remembered if remembered in self._specs else first)
        if self.page is not None:
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def childEvent(self, event: QChildEvent) -> None:  # noqa: N802
        """Dress what opens over the window: questions, notices, the palette."""
        super().childEvent(event)
        if event.polished() and isinstance(opened := event.child(), QDialog | QFrame):
            self._face.wardrobe.dress(opened)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Between wide and narrow the open case changes its place."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._arrange)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep what is being written; a page may still say no."""
        if not self._may_leave():
            event.ignore()
            return
        if self._quick is not None and not self._quick.close():
            event.ignore()
            return
        self._memory.put("window/shape", self.saveGeometry())
        self._memory.keep()
        super().closeEvent(event)
