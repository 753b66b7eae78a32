"""Choosing which photographs are shown: a menu of conditions and a chip for each in force."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from fieldlog.domain.photo_filter import PhotoFilter
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry.vocabularies import PHASE
from fieldlog.ui.widgets.chip_bar import ChipBar
from fieldlog.ui.widgets.parts import button

if TYPE_CHECKING:
    from fieldlog.services.leafing import PhotoCounts
    from fieldlog.ui.face import Face

_FILTER: Final = Phrase("필터", "Filter")
_PHASE: Final = Phrase("단계: {phase}", "Phase: {phase}")
_COUNTED: Final = Phrase("{what} ({n})", "{what} ({n})")
_FLAGS: Final = {
    "without_caption": Phrase("설명 없음", "No caption"),
    "without_place": Phrase("위치 없음", "No place"),
    "unreviewed": Phrase("개인정보 확인 전", "Personal data not reviewed"),
}


class PhotoFilters(QObject):
    """``changed`` brings the filter as the person has made it; ``choose`` and ``chips`` stand on the page."""

    changed = Signal(object)

    def __init__(self, face: Face, parent: QObject) -> None:
        super().__init__(parent)
        self._face = face
        self._asked = PhotoFilter()
        self._counts: PhotoCounts | None = None
        self.choose = button(face, _FILTER, self._open, icon="list-filter")
        self.chips = ChipBar(face)
        self.chips.removed.connect(self._on_removed)
        self.chips.cleared.connect(lambda: self._emit(PhotoFilter(query=self._asked.query)))

    def show_filter(self, asked: PhotoFilter) -> None:
        """Show the conditions in force."""
        self._asked = asked
        phases = {f"phase/{code}": _PHASE.fill(phase=PHASE.entries[code]) for code in asked.phases}
        flags = {name: phrase for name, phrase in _FLAGS.items() if getattr(asked, name)}
        self.chips.show_filters({**phases, **flags})

    def show_counts(self, counts: PhotoCounts) -> None:
        """How many lack what: said in the menu."""
        self._counts = counts

    def menu(self) -> QMenu:
        """Every condition; those in force are ticked."""
        menu, asked = QMenu(self.choose), self._asked
        for code, label in PHASE.entries.items():
            self._tick(menu, label, _toggled(asked, code), on=code in asked.phases)
        menu.addSeparator()
        for name, phrase in _FLAGS.items():
            on = bool(getattr(asked, name))
            changes: dict[str, Any] = {name: not on}
            counted = getattr(self._counts, name, None)
            said = phrase if counted is None else _COUNTED.fill(what=phrase, n=f"{counted:,}")
            self._tick(menu, said, replace(asked, **changes), on=on)
        return menu

    def _tick(self, menu: QMenu, phrase: Phrase, becomes: PhotoFilter, *, on: bool) -> None:
        action = menu.addAction(self._face.said(phrase))
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(partial(self._emit, becomes))

    def _open(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.choose.mapToGlobal(self.choose.rect().bottomLeft()))

    def _on_removed(self, key: str) -> None:
        name, _, code = key.partition("/")
        if code:
            self._emit(_toggled(self._asked, code))
        else:
            changes: dict[str, Any] = {name: False}
            self._emit(replace(self._asked, **changes))

    def _emit(self, asked: PhotoFilter, *_checked: Any) -> None:
        self.changed.emit(asked)


def _toggled(asked: PhotoFilter, phase: str) -> PhotoFilter:
    others = tuple(code for code in asked.phases if code != phase)
    return replace(asked, phases=others if phase in asked.phases else (*others, phase))
