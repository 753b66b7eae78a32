"""How the report is made: template, arrangement of photos, archive format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QToolButton, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.services.reporting import ARRANGEMENTS, TEMPLATE_NAMES
from fieldlog.ui.face import GAP, GROUP_GAP, mark
from fieldlog.ui.widgets.parts import column, framed, row, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.services.reporting import Arrangement, Flavour, Template
    from fieldlog.ui.face import Face

Code = TypeVar("Code", bound=str)
_TEMPLATE: Final = Phrase("서식", "Template")
_PHOTOS: Final = Phrase("한 쪽의 사진", "Photos on a page")
_ARCHIVE: Final = Phrase("보존 형식", "Archive format")
_ARRANGED: Final[dict[Arrangement, Phrase]] = {
    "1": Phrase("1장", "1"),
    "2": Phrase("2장", "2"),
    "4": Phrase("4장", "4"),
    "6": Phrase("6장", "6"),
    "pairs": Phrase("전·후", "Pairs"),
}
_SPOKEN: Final[dict[Arrangement, Phrase]] = {
    "1": Phrase("한 쪽에 사진 1장", "1 photo on a page"),
    "2": Phrase("한 쪽에 사진 2장", "2 photos on a page"),
    "4": Phrase("한 쪽에 사진 4장", "4 photos on a page"),
    "6": Phrase("한 쪽에 사진 6장", "6 photos on a page"),
    "pairs": Phrase("전후 사진을 나란히", "Before beside after"),
}
_FLAVOURS: Final[dict[Flavour, Phrase]] = {
    "2b": Phrase("PDF/A-2b (일반 보존)", "PDF/A-2b (everyday)"),
    "1b": Phrase("PDF/A-1b (기록물 이관)", "PDF/A-1b (transfer to archives)"),
}
assert set(_ARRANGED) == set(ARRANGEMENTS)  # noqa: S101
WITH_PHOTOS: Final = frozenset({"R2", "R4"})
"""Templates in which photos can be arranged."""


class ReportOptions(QWidget):
    """``changed`` comes when anything is wanted otherwise."""

    changed = Signal()

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.templates = self._radios(TEMPLATE_NAMES)
        self.flavours = self._radios(_FLAVOURS)
        self.arranged: dict[Arrangement, QToolButton] = {}
        self._arranging = QButtonGroup(self)
        for code, phrase in _ARRANGED.items():
            self.arranged[code] = self._toggle(phrase, _SPOKEN[code])
            self._arranging.addButton(self.arranged[code])
        self._arranging.buttonClicked.connect(lambda _button: self.changed.emit())
        photos = column(words(face, _PHOTOS, "label"), row(*self.arranged.values(), None, gap=4), gap=4)
        self._photos = framed(photos, "clear")
        self.setLayout(
            column(
                column(words(face, _TEMPLATE, "label"), *self.templates.values(), gap=0),
                self._photos,
                column(words(face, _ARCHIVE, "label"), *self.flavours.values(), gap=0),
                gap=GROUP_GAP - GAP // 2,
            )
        )

    @property
    def template(self) -> Template:
        """The template chosen."""
        return next(code for code, made in self.templates.items() if made.isChecked())

    @property
    def photos(self) -> Arrangement:
        """How photos are arranged."""
        return next(code for code, made in self.arranged.items() if made.isChecked())

    @property
    def flavour(self) -> Flavour:
        """The archive format chosen."""
        return next(code for code, made in self.flavours.items() if made.isChecked())

    def choose(self, template: str, photos: str, flavour: str) -> None:
        """Show these choices; what is not known becomes the first."""
        for buttons, code in ((self.templates, template), (self.arranged, photos), (self.flavours, flavour)):
            made = {str(name): each for name, each in buttons.items()}
            made.get(code, next(iter(made.values()))).setChecked(True)
        self._judge()

    def _radios(self, names: Mapping[Code, Phrase]) -> dict[Code, QRadioButton]:
        group = QButtonGroup(self)
        made: dict[Code, QRadioButton] = {}
        for code, phrase in names.items():
            radio = QRadioButton()
            self._face.say(radio.setText, phrase)
            self._face.name(radio, phrase)
            group.addButton(radio)
            made[code] = radio
        group.buttonClicked.connect(lambda _button: self._on_choice())
        return made

    def _toggle(self, phrase: Phrase, spoken: Phrase) -> QToolButton:
        made = QToolButton()
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        mark(made, toggle=True)
        self._face.say(made.setText, phrase)
        self._face.name(made, spoken)
        self._face.say(made.setToolTip, spoken)
        return made

    def _on_choice(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        self._photos.setVisible(self.template in WITH_PHOTOS)
