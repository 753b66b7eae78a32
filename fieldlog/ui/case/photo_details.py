"""What is said of the chosen photographs: caption, phase, counterpart; of one by itself also its own data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.services import placing
from fieldlog.ui.case.record_form import RecordForm
from fieldlog.ui.case.wording import joined, worded
from fieldlog.ui.face import GAP
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.parts import button, column, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.domain.record import Record
    from fieldlog.ui.case.open_case import OpenCase
    from fieldlog.ui.case.view import CaseView

_PHOTO: Final = REGISTRY.kind("photo")
_FIELDS: Final = ("caption", "phase", "pii_review", "taken_at")
_CHOSEN: Final = Phrase("{n}장 선택", "{n} selected")
_VIEW: Final = Phrase("크게 보기", "Open")
_COMPARE: Final = Phrase("전후 비교", "Compare")
_PAIR: Final = Phrase("짝짓기", "Pair")
_UNPAIR: Final = Phrase("짝 풀기", "Unpair")
_REMOVE: Final = Phrase("빼기", "Remove")
_SIZE: Final = Phrase("{width} × {height} 화소", "{width} × {height} pixels")
_AWAY: Final = Phrase("사안 위치에서 {far}", "{far} from the case")
_TIME: Final = Phrase("{at} ({source})", "{at} ({source})")
_TWO: Final = 2


class PhotoDetails(QWidget):
    """Asks the tab for what changes photographs; the form saves itself."""

    view_asked = Signal()
    compare_asked = Signal()
    pair_asked = Signal()
    unpair_asked = Signal()
    remove_asked = Signal()

    def __init__(self, case: OpenCase, profile: AgencyProfile, parent: QWidget) -> None:
        super().__init__(parent)
        self._face, self._profile = case.face, profile
        self.form = RecordForm(
            case,
            [_PHOTO.field(name) for name in _FIELDS],
            columns=2,
            wide=frozenset({"caption"}),
            parent=self,
        )
        self._told = words(case.face, plain(""), "small", wrap=True)
        self.view = button(case.face, _VIEW, self.view_asked.emit, icon="maximize")
        self.compare = button(case.face, _COMPARE, self.compare_asked.emit, icon="columns-2")
        self.pair = button(case.face, _PAIR, self.pair_asked.emit)
        self.unpair = button(case.face, _UNPAIR, self.unpair_asked.emit, kind="quiet")
        self.remove = button(case.face, _REMOVE, self.remove_asked.emit, kind="quiet", icon="trash-2")
        self._tools = QWidget()
        flow = Flow(self._tools, gap=4)
        for each in (self.view, self.compare, self.pair, self.unpair, self.remove):
            flow.addWidget(each)
        self.setLayout(column(self._tools, self.form, self._told, gap=GAP))

    def show_chosen(self, view: CaseView, chosen: Sequence[Record], counterpart: Record | None) -> None:
        """Show what is chosen; nothing hides all of it."""
        self.setVisible(bool(chosen))
        one = chosen[0] if len(chosen) == 1 else None
        self.form.setVisible(one is not None)
        writable = not view.read_only
        self.view.setVisible(one is not None)
        self.compare.setVisible(one is not None and counterpart is not None)
        self.unpair.setVisible(one is not None and counterpart is not None and writable)
        self.pair.setVisible(len(chosen) == _TWO and writable)
        self.remove.setVisible(bool(chosen) and writable)
        if one is None:
            self._face.say(self._told.setText, _CHOSEN.fill(n=len(chosen)))
            return
        self.form.set_read_only(read_only=view.read_only)
        self.form.show_record(one, view.drafts.get(one.id))
        self._face.say(self._told.setText, self._own_data(view, one))

    def _own_data(self, view: CaseView, photo: Record) -> Phrase:
        """File, size, camera, and how far from the case it was taken."""
        parts = [plain(photo.text("original_name"))]
        if photo.get("width") and photo.get("height"):
            parts.append(_SIZE.fill(width=photo.text("width"), height=photo.text("height")))
        if photo.get("taken_at"):
            at, source = (
                worded(_PHOTO.field(n), photo.get(n), self._profile) for n in ("taken_at", "taken_at_source")
            )
            parts.append(_TIME.fill(at=at, source=source))
        parts.append(plain(photo.text("camera")))
        location, here = view.sheet.location, (photo.number("lat"), photo.number("lon"))
        there = (location.number("lat"), location.number("lon")) if location else (None, None)
        if None not in {*here, *there}:
            _metres, far, _offset = placing.distance_between(there, here)  # type: ignore[arg-type]
            parts.append(_AWAY.fill(far=far))
        return joined(" · ", parts)

    def settle(self) -> None:
        """Save what is being written."""
        if not self.form.isHidden():
            self.form.settle()
