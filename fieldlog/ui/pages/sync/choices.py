"""Before an office was joined: join one, or make one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import GAP, GROUP_GAP
from fieldlog.ui.widgets.parts import button, column, framed, row, words
from fieldlog.ui.widgets.text_entry import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLayout

    from fieldlog.ui.face import Face

_ALONE: Final = Phrase("아직 사무실에 참여하지 않았습니다.", "This store has not joined an office yet.")
_MEANING: Final = Phrase(
    "사무실 폴더는 동료와 함께 쓰는 공유 폴더입니다. 기록과 사진이 이 폴더를 거쳐 서로의 컴퓨터로 갑니다. "
    "참여하지 않아도 이 컴퓨터에서는 모두 그대로 쓸 수 있습니다.",
    "An office folder is a folder you share with colleagues; records and photos travel through it. "
    "Without one, everything on this computer works as before.",
)
_PRACTICE: Final = Phrase(
    "연습 저장소입니다. 연습 사무실에만 참여하며, 실제 기록과 섞이지 않습니다.",
    "This is the practice store: it joins practice offices only and never mixes with real records.",
)
JOIN: Final = Phrase("사무실 폴더에 참여", "Join an office folder")
_JOIN_MEANS: Final = Phrase(
    "동료가 이미 만든 사무실 폴더를 고릅니다. 이 컴퓨터의 기록을 보내고 동료의 기록을 받습니다.",
    "Choose the folder a colleague has made. Your records go there, theirs come here.",
)
_CHOOSE: Final = Phrase("폴더 고르기…", "Choose the folder…")
CREATE: Final = Phrase("새 사무실 폴더 만들기", "Make a new office folder")
_CREATE_MEANS: Final = Phrase(
    "비어 있는 공유 폴더를 고르면 그 폴더가 사무실이 되고, 동료들이 참여할 수 있습니다.",
    "Choose an empty shared folder: it becomes the office, and colleagues can join it.",
)
_CHOOSE_EMPTY: Final = Phrase("빈 폴더 고르기…", "Choose an empty folder…")
_NAME: Final = Phrase("사무실 이름", "Name of the office")
_LONGEST: Final = 80
_BESIDE: Final = 560
"""From this width on the two stand side by side."""
_ICON: Final = 24


class Choices(QWidget):
    """Two plain ways into an office, a sentence each."""

    join_asked = Signal()
    create_asked = Signal()

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._pictures: list[tuple[QLabel, str]] = []
        self.name = Line(face, _NAME, longest=_LONGEST)
        self.join = button(face, _CHOOSE, self.join_asked.emit, kind="primary", icon="folder-open")
        self.make = button(face, _CHOOSE_EMPTY, self.create_asked.emit, icon="folder-open")
        face.name(self.join, JOIN, _JOIN_MEANS)
        face.name(self.make, CREATE, _CREATE_MEANS)
        self._practice = words(face, _PRACTICE, wrap=True)
        self._practice.setProperty("tone", "warning")
        named = column(words(face, _NAME, "label"), self.name, gap=4)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(GROUP_GAP)
        self._cards.addWidget(self._card("users", JOIN, _JOIN_MEANS, [], self.join), 1)
        self._cards.addWidget(self._card("building-2", CREATE, _CREATE_MEANS, [named], self.make), 1)
        self.setLayout(
            column(
                words(face, _ALONE, "title"),
                words(face, _MEANING, "muted", wrap=True),
                self._practice,
                GAP,
                self._cards,
                gap=GAP,
            )
        )
        face.theme_changed.connect(self._draw)
        self._draw()

    def show_now(self, *, agency: str, practice: bool, may_join: bool) -> None:
        """Offer the agency's name for a new office, and say what practice means."""
        if not self.name.value():
            self.name.set_value(agency)
        self._practice.setVisible(practice)
        self.allow(may=may_join)

    def allow(self, *, may: bool) -> None:
        """While a folder is looked at, nothing else can be chosen."""
        for each in (self.join, self.make, self.name):
            each.setEnabled(may)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Side by side where there is room, otherwise one below the other."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        self._cards.setDirection(way.LeftToRight if self.width() >= _BESIDE else way.TopToBottom)

    def _card(
        self, icon: str, title: Phrase, means: Phrase, more: Sequence[QLayout], act: QWidget
    ) -> QWidget:
        picture = QLabel()
        picture.setFixedSize(QSize(_ICON, _ICON))
        self._pictures.append((picture, icon))
        sentence = words(self._face, means, "muted", wrap=True)
        sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = column(picture, words(self._face, title, "lead"), sentence, gap=GAP)
        for part in more:
            inside.addLayout(part)
        inside.addStretch(1)
        inside.addSpacing(GAP)
        inside.addLayout(row(act, None))
        inside.setContentsMargins(GROUP_GAP, GROUP_GAP, GROUP_GAP, GROUP_GAP)
        return framed(inside, "card")

    def _draw(self) -> None:
        for label, icon in self._pictures:
            label.setPixmap(self._face.pixmap(icon, "accent", _ICON, self.devicePixelRatioF()))
