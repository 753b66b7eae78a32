"""A window over a small practice store, for tests of pages that read and write records."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from helpers.photographed import new_case, photograph
from helpers.stores import practice_store

from fieldlog.domain.phrase import plain
from fieldlog.services.recording import revise
from fieldlog.ui.bus import Bus
from fieldlog.ui.case.detail import CaseDetail
from fieldlog.ui.jobs import Lanes
from fieldlog.ui.memory import Memory
from fieldlog.ui.messages import Messages
from fieldlog.ui.page import Furnishing, PageSpec
from fieldlog.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.face import Face


class Office:
    """One window, its store, and two cases: a pothole with two photographs, and lights with none."""

    def __init__(self, qtbot: Any, face: Face, folder: Path, pages: Sequence[PageSpec[Any]]) -> None:
        self.qtbot, self.face, self.folder = qtbot, face, folder
        self.workspace: Workspace = practice_store(folder / "store")
        self.pothole = new_case(self.workspace, "별빛로 포트홀")
        self.lights = new_case(self.workspace, "한빛천 보안등 꺼짐")
        self.before, self.after = photograph(self.workspace, self.pothole, ("BEFORE", "AFTER"))
        revise(self.workspace, self.before, {"caption": "파인 구멍"})
        self.bus = Bus()
        self.lanes: Lanes[Any] = Lanes(self.bus)
        self.messages = Messages(face)
        self.shown: list[Any] = []
        self.lanes.failed = self.shown.append
        self.memory = Memory(folder / "window.ini")
        self.window: MainWindow[Any] = MainWindow(
            Furnishing(tuple(pages), case=CaseDetail),
            face=face,
            lanes=self.lanes,
            bus=self.bus,
            messages=self.messages,
            memory=self.memory,
            clock=self.workspace.store.clock,
        )
        self.lanes.open(self.workspace)
        self.window.show_store(plain("연습"), practice=True)
        self.window.start()
        self.window.show()
        self.window.activateWindow()
        self.settle()

    @property
    def page(self) -> Any:
        return self.window.page

    def settle(self) -> None:
        """Until nothing is under way, and what it started has landed too."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.lanes.busy, timeout=20_000)
            self.qtbot.wait(60)
        self.qtbot.waitUntil(lambda: not self.lanes.busy, timeout=20_000)

    def close(self) -> None:
        self.window.close()
        self.lanes.close()
        self.window.deleteLater()
        self.qtbot.wait(10)
        self.workspace.close()


@contextmanager
def office(qtbot: Any, face: Face, folder: Path, *pages: PageSpec[Any]) -> Iterator[Office]:
    made = Office(qtbot, face, folder, pages)
    try:
        yield made
    finally:
        made.close()


def text_of(pdf: bytes) -> str:
    """What a reader of PDFs finds written, with every run of white space as one space."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())
