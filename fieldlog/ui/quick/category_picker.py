"""What sort of problem: eight favourites by picture and word, and the way to all others."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import GAP, PAGE_MARGIN, mark
from fieldlog.ui.matching import closeness
from fieldlog.ui.widgets.parts import button, column, heighten, row
from fieldlog.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from pathlib import Path

    from fieldlog.domain.profile import AgencyProfile, Category
    from fieldlog.ui.face import Face

_OTHER: Final = Phrase("다른 분류…", "Other category…")
_CHOSEN_OTHER: Final = Phrase("다른 분류: {name}", "Other: {name}")
_ALL: Final = Phrase("분류 고르기", "Choose a category")
_FIND: Final = Phrase("분류 찾기", "Find a category")
_HINT: Final = Phrase("이름이나 초성", "Name or initials")
_LISTED: Final = Phrase("{group} · {name}", "{group} · {name}")
_CHOOSE: Final = Phrase("선택", "Choose")
_CANCEL: Final = Phrase("취소", "Cancel")
_ACROSS: Final = 4
_HEIGHT: Final = 76
_ICON: Final = 24
_PLAIN: Final = "tag"


class CategoryButton(QPushButton):
    """A picture over one or two lines of words; stays pressed while it is chosen."""

    def __init__(self, face: Face, label: Phrase, icon: str) -> None:
        super().__init__()
        self._face, self._icon = face, icon
        self.setCheckable(True)
        self.setAutoDefault(False)
        heighten(self, _HEIGHT)
        face.name(self, label)
        self._picture, self._word = QLabel(), QLabel()
        for part in (self._picture, self._word):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._word.setWordWrap(True)
        self._word.setProperty("kind", "category")
        face.say(self._word.setText, label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 8, 6, 4)
        layout.setSpacing(2)
        layout.addWidget(self._picture)
        layout.addWidget(self._word, 1)
        face.theme_changed.connect(self._draw)
        self._draw()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Four of them fit side by side in a small window."""
        return QSize(96, _HEIGHT)

    def _draw(self) -> None:
        pixmap = self._face.pixmap(self._icon, "text", _ICON, self.devicePixelRatioF())
        self._picture.setPixmap(pixmap)
        self._word.setStyleSheet(f"font-size: {self._face.theme.sizes.small}px;")


class CategoryPicker(QWidget):
    """One category or none."""

    chosen = Signal(str)

    def __init__(self, face: Face, resources: Path) -> None:
        super().__init__()
        self._face = face
        self._icons = tomllib.loads((resources / "icons" / "categories.toml").read_text(encoding="utf-8"))
        self._profile: AgencyProfile | None = None
        self._code = ""
        self.buttons: dict[str, CategoryButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self.other = button(face, _OTHER, self.choose_other, kind="quiet", icon="tag")
        self.setLayout(column(self._grid, row(self.other, None), gap=4))

    def know(self, profile: AgencyProfile) -> None:
        """Offer the favourites of an agency."""
        if profile is self._profile:
            return
        self._profile = profile
        for old in self.buttons.values():
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        self.buttons.clear()
        for place, code in enumerate(profile.favourites):
            category = profile.categories[code]
            made = CategoryButton(self._face, category.label, self._icon(category))
            made.clicked.connect(lambda _checked=False, code=code: self._choose(code))
            self._group.addButton(made)
            self._grid.addWidget(made, place // _ACROSS, place % _ACROSS)
            self.buttons[code] = made
        for column_ in range(_ACROSS):
            self._grid.setColumnStretch(column_, 1)
        self.show_code(self._code)

    def code(self) -> str:
        """The category chosen; empty for none."""
        return self._code

    def label(self) -> Phrase | None:
        """Its name."""
        category = self._profile.category(self._code) if self._profile else None
        return category.label if category else None

    def show_code(self, code: str) -> None:
        """Show a category as chosen, without saying so."""
        known = self._profile is None or self._profile.category(code) is not None
        self._code = code if known else ""
        self._group.setExclusive(False)
        for each, made in self.buttons.items():
            made.setChecked(each == self._code)
        self._group.setExclusive(True)
        label = self.label() if self._code not in self.buttons else None
        said = _CHOSEN_OTHER.fill(name=label) if label else _OTHER
        self._face.say(self.other.setText, said)
        self._face.name(self.other, said)
        mark(self.other, kind="plain" if label else "quiet")

    def choose_number(self, number: int) -> None:
        """Choose the favourite of a place, counted from one."""
        codes = list(self.buttons)
        if 1 <= number <= len(codes):
            self._choose(codes[number - 1])

    def choose_other(self) -> None:
        """Open the list of all categories."""
        if self._profile is None:
            return
        listed = CategoryList(self._face, self._profile, self)
        listed.chosen.connect(self._choose)
        listed.open()

    def _choose(self, code: str) -> None:
        self.show_code(code)
        self.chosen.emit(code)

    def _icon(self, category: Category) -> str:
        own, groups = self._icons.get("categories", {}), self._icons.get("groups", {})
        return str(own.get(category.code) or groups.get(category.group) or _PLAIN)


class CategoryList(QDialog):
    """Every category in use, found by name or initials."""

    chosen = Signal(str)

    def __init__(self, face: Face, profile: AgencyProfile, parent: QWidget) -> None:
        super().__init__(parent)
        self._face, self._profile = face, profile
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        face.say(self.setWindowTitle, _ALL)
        face.name(self, _ALL)
        self.resize(520, 560)
        self.search = SearchField(face, _FIND, _HINT)
        self.list = QListWidget()
        mark(self.list, framed=True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        face.name(self.list, _ALL)
        self.search.searched.connect(self.show_matching)
        self.search.entered.connect(self._take)
        self.list.itemActivated.connect(lambda _item: self._take())
        layout = column(
            self.search,
            self.list,
            row(
                None,
                button(face, _CANCEL, self.reject),
                button(face, _CHOOSE, self._take, kind="primary"),
            ),
            gap=GAP,
            margin=PAGE_MARGIN,
        )
        self.setLayout(layout)
        self.show_matching("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_matching(self, typed: str) -> None:
        """Show what fits what is typed, the closest first."""
        ranked: list[tuple[int, int, str, str]] = []
        active = [each for each in self._profile.categories.values() if each.active]
        for number, each in enumerate(active):
            group = self._profile.groups.get(each.group)
            listed = self._face.said(
                _LISTED.fill(group=group.label, name=each.label) if group else each.label
            )
            ways = [closeness(typed, self._face.said(each.label)), closeness(typed, listed)]
            if close := [way for way in ways if way is not None]:
                ranked.append((min(close), number, each.code, listed))
        self.list.clear()
        for _close, _number, code, listed in sorted(ranked):
            item = QListWidgetItem(listed)
            item.setData(Qt.ItemDataRole.UserRole, code)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
            self.accept()
