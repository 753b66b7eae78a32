"""A case page or the whole window over a small practice store, and waiting until nothing is under way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from fieldlog.ui.jobs import Lanes


@dataclass
class Walks:
    """Stands in for the window: remembers where a page wanted to go."""

    asked: list[tuple[str, Any]] = field(default_factory=list)

    def go(self, page: str, **wanted: Any) -> None:
        self.asked.append((page, wanted))

    def open_case(self, case_id: str, *, field: str | None = None) -> None:
        self.asked.append(("case", (case_id, field)))

    def close_case(self) -> None:
        self.asked.append(("close", None))

    def quick_record(self) -> None:
        self.asked.append(("quick", None))

    def make_next(self) -> bool:
        return False

    def set_count(self, page: str, count: int) -> None:
        self.asked.append(("count", (page, count)))


def calm(qtbot: Any, lanes: Lanes[Any]) -> None:
    """Wait until every job has landed and what it set off has landed too."""
    for _ in range(4):
        qtbot.waitUntil(lambda: not lanes.busy, timeout=10_000)
        for _ in range(12):
            QApplication.processEvents()


def detail_over(request: Any, workspace: Any) -> Any:
    """The case page over a workspace, shown as high as a laptop's window; the lanes work on that workspace."""
    from fieldlog.ui.case.detail import CaseDetail
    from fieldlog.ui.page import PageContext

    face, lanes, bus, messages, memory, clock = (
        request.getfixturevalue(name) for name in ("face", "lanes", "bus", "messages", "memory", "clock")
    )
    lanes.open(workspace)
    lanes.failed = messages.show
    context = PageContext(face, lanes, bus, messages, memory, clock, request.getfixturevalue("walks"))
    made = CaseDetail(context)
    request.getfixturevalue("qtbot").addWidget(made)
    messages.attach(made)
    made.resize(560, 900)
    made.show()
    made.activateWindow()
    request.getfixturevalue("qtbot").waitUntil(made.isActiveWindow)
    return made
