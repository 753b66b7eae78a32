"""The first start for real work: which agency, who, and the passphrase where there is no keyring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldlog.domain.errors import Known
from fieldlog.domain.phrase import Phrase
from fieldlog.services import locking
from fieldlog.ui.face import GAP, GROUP_GAP
from fieldlog.ui.widgets.editors import ChoiceBox
from fieldlog.ui.widgets.error_band import ErrorBand
from fieldlog.ui.widgets.parts import button, column, framed, row, words
from fieldlog.ui.widgets.passphrase_line import PassphraseLine
from fieldlog.ui.widgets.text_entry import Line, commit_composition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.services.offering import Offer
    from fieldlog.ui.face import Face

_TITLE: Final = Phrase("저장소 만들기", "Make the store")
_AGENCY: Final = Phrase("기관설정", "Agency profile")
_OTHER: Final = Phrase("파일에서 고르기…", "Choose a file…")
_OTHER_TITLE: Final = Phrase("기관설정 파일 고르기", "Choose an agency profile")
_FILTER: Final = Phrase("기관설정 (*.toml)", "Agency profile (*.toml)")
_FICTIONAL: Final = Phrase("{name} (가상 기관)", "{name} (fictional)")
_PERSON: Final = Phrase("이름", "Name")
_RANK: Final = Phrase("직급", "Rank")
_RANK_HINT: Final = Phrase("예: 시설주사보", "e.g. Officer")
_DEPARTMENT: Final = Phrase("부서", "Department")
_NONE: Final = Phrase("선택 안 함", "None")
_PASSPHRASE: Final = Phrase("암호 (8자 이상)", "Passphrase (8 characters or more)")
_AGAIN: Final = Phrase("암호 한 번 더", "Passphrase once more")
_WHY_PASSPHRASE: Final = Phrase(
    "이 컴퓨터에는 열쇠를 맡길 키링이 없어, 기록을 암호화할 암호를 직접 정합니다. 잊으면 누구도 열 수 없습니다.",
    "This computer has no keyring to hold the key, so a passphrase of yours encrypts the records. Nobody can open them without it.",
)
_KEYRING: Final = Phrase(
    "기록은 암호화되고, 열쇠는 로그인한 사람의 키링에 맡깁니다. 암호는 나중에 설정에서 더할 수 있습니다.",
    "Records are encrypted; your login's keyring holds the key. A passphrase can be added later in the settings.",
)
_MAKE: Final = Phrase("만들기", "Make it")
_BACK: Final = Phrase("뒤로", "Back")


class NewStore(Struct, frozen=True):
    """What the person decided; an empty passphrase leaves the key to the keyring."""

    profile: str
    name: str
    rank: str
    department: str
    passphrase: str


class NewStoreStep(QWidget):
    """One short form; everything of it can be changed later in the settings."""

    decided = Signal(object)
    file_chosen = Signal(str)
    left = Signal()

    def __init__(self, face: Face, offers: Sequence[Offer], *, needs_passphrase: bool) -> None:
        super().__init__()
        self._face, self._offers = face, list(offers)
        self._needs_passphrase = needs_passphrase
        self.agency, self.department = ChoiceBox(), ChoiceBox()
        for box, label in ((self.agency, _AGENCY), (self.department, _DEPARTMENT)):
            face.name(box, label)
            face.name(box.view(), label)
        self.person, self.rank = Line(face, _PERSON, longest=40), Line(face, _RANK, longest=40)
        face.say(self.rank.setPlaceholderText, _RANK_HINT)
        self.passphrase, self.again = PassphraseLine(face, _PASSPHRASE), PassphraseLine(face, _AGAIN)
        self._told = ErrorBand(face)
        self.make = button(face, _MAKE, self._on_make, kind="primary")
        self._build()
        self.show_offers(self._offers)
        self.agency.activated.connect(self._on_agency)
        self.again.entered.connect(self._on_make)
        self.setFocusProxy(self.person)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show these profiles to choose from, the last one chosen."""
        self._offers = list(offers)
        self.agency.clear()
        for number, offer in enumerate(self._offers):
            label = offer.profile.agency
            self.agency.addItem("")
            shown = _FICTIONAL.fill(name=label) if offer.profile.fictional else label
            self._face.say(self.agency.setItemText, shown, number)
        self.agency.addItem("")
        self._face.say(self.agency.setItemText, _OTHER, len(self._offers))
        self.agency.setCurrentIndex(len(self._offers) - 1)
        self._show_departments()

    def tell(self, error: Known) -> None:
        """Say why the store was not made; what was written stays."""
        self.setEnabled(True)
        self._told.tell(error)

    def _build(self) -> None:
        face = self._face
        layout = column(
            words(face, _TITLE, "display"),
            GAP,
            _labelled(face, _AGENCY, self.agency),
            row(_labelled(face, _PERSON, self.person), _labelled(face, _RANK, self.rank), gap=GROUP_GAP),
            _labelled(face, _DEPARTMENT, self.department),
            GAP,
            words(face, _WHY_PASSPHRASE if self._needs_passphrase else _KEYRING, "muted", wrap=True),
        )
        self._secrets = framed(
            row(
                _labelled(face, _PASSPHRASE, self.passphrase),
                _labelled(face, _AGAIN, self.again),
                gap=GROUP_GAP,
            ),
            "clear",
        )
        self._secrets.setVisible(self._needs_passphrase)
        layout.addWidget(self._secrets)
        layout.addWidget(self._told)
        layout.addSpacing(GAP)
        layout.addLayout(row(self.make, button(face, _BACK, self.left.emit, kind="quiet"), None))
        layout.addStretch(1)
        self.setLayout(layout)

    def _on_agency(self, place: int) -> None:
        if place < len(self._offers):
            self._show_departments()
            return
        self.agency.setCurrentIndex(0)
        said = self._face.said
        path, _ = QFileDialog.getOpenFileName(self, said(_OTHER_TITLE), "", said(_FILTER))
        if path:
            self.file_chosen.emit(path)

    def _show_departments(self) -> None:
        self.department.clear()
        self.department.addItem("", "")
        self._face.say(self.department.setItemText, _NONE, 0)
        place = self.agency.currentIndex()
        offer = self._offers[place] if 0 <= place < len(self._offers) else None
        for department in offer.profile.departments.values() if offer else ():
            self.department.addItem("", department.code)
            self._face.say(self.department.setItemText, department.label, self.department.count() - 1)

    def _on_make(self) -> None:
        commit_composition()
        self._told.clear()
        passphrase = ""
        try:
            if self._needs_passphrase:
                passphrase = locking.check_passphrase(self.passphrase.value(), self.again.value())
        except Known as error:
            self.tell(error)
            return
        self.setEnabled(False)
        self.decided.emit(
            NewStore(
                self._offers[self.agency.currentIndex()].key,
                self.person.value().strip(),
                self.rank.value().strip(),
                self.department.currentData() or "",
                passphrase,
            )
        )


def _labelled(face: Face, label: Phrase, entry: QWidget) -> QWidget:
    shown = words(face, label, "label")
    shown.setBuddy(entry)
    shown.setAlignment(Qt.AlignmentFlag.AlignLeft)
    return framed(column(shown, entry, gap=4), "clear")
