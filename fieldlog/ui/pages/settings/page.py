"""설정: how it looks, who works here, which agency, what locks the store, whether it is whole, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QSizePolicy

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import PAGE_MARGIN
from fieldlog.ui.page import Page
from fieldlog.ui.pages.settings.about import About
from fieldlog.ui.pages.settings.agency import Agency
from fieldlog.ui.pages.settings.keys import KeysPart
from fieldlog.ui.pages.settings.locks import LockPart
from fieldlog.ui.pages.settings.looks import Looks
from fieldlog.ui.pages.settings.person import Person
from fieldlog.ui.pages.settings.store import StorePart
from fieldlog.ui.widgets.parts import column, framed, page_header, row, rule, scrolled, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.premises import Premises

_TITLE: Final = Phrase("설정", "Settings")
_READ_ONLY: Final = Phrase(
    "다른 창이 이 저장소를 쓰고 있어 화면만 바꿀 수 있습니다.",
    "Another window is writing in this store: only the display can be changed here.",
)
_WIDEST: Final = 760


class SettingsPage(Page):
    """One column of parts, each saving itself."""

    def __init__(self, context: PageContext[Workspace], premises: Premises) -> None:
        super().__init__()
        self._context = context
        face = context.face
        self.looks = Looks(face, context.memory)
        self.person = Person(context)
        self.agency = Agency(context, premises)
        self.locks = LockPart(context, premises)
        self.store = StorePart(context, premises)
        self.keys = KeysPart(context)
        self.about = About(context, premises.around.resources)
        self.agency.changed.connect(self.person.show_now)
        self._read_only = words(face, _READ_ONLY, wrap=True)
        self._read_only.setProperty("tone", "warning")
        parts: list[QWidget] = [self._read_only, self.looks]
        for part in (self.person, self.agency, self.locks, self.store, self.keys, self.about):
            parts += [rule(), part]
        inside = framed(column(*parts, None, gap=PAGE_MARGIN), "clear")
        inside.setMaximumWidth(_WIDEST)
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        body = row(inside, None)
        body.setStretch(0, 100)
        body.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN // 2, PAGE_MARGIN, PAGE_MARGIN)
        header, area = page_header(face, _TITLE), scrolled(framed(body, "clear"))
        self._parts = (header, area.verticalScrollBar(), *parts)
        layout = column(header, area, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def parts(self) -> Sequence[QWidget]:
        """Each group of settings by itself."""
        return self._parts

    def arrive(self, **_wanted: Any) -> None:
        """Show everything as it is now."""
        self._read_only.setVisible(self._context.lanes.workspace.read_only)
        for part in (self.looks, self.person, self.agency, self.locks, self.store, self.keys):
            part.show_now()

    def settle(self) -> None:
        """Save what is being written."""
        self.person.settle()
