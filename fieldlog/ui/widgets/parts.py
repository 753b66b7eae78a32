"""Labels, buttons, rows and columns: the small parts, already named and speaking both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fieldlog.ui.face import GAP, PAGE_MARGIN
from fieldlog.ui.icons import ICON_SIZE
from fieldlog.ui.widgets.text_entry import commit_composition

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeySequence

    from fieldlog.domain.phrase import Phrase
    from fieldlog.ui.face import Face
    from fieldlog.ui.theme import Tone

TextKind = Literal["body", "small", "muted", "label", "lead", "title", "display"]
_Box = TypeVar("_Box", QHBoxLayout, QVBoxLayout)
ButtonKind = Literal["plain", "primary", "quiet", "danger", "link"]


def words(face: Face, phrase: Phrase, kind: TextKind = "body", *, wrap: bool = False) -> QLabel:
    """A text that speaks the language of now."""
    label = QLabel()
    label.setProperty("kind", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    face.say(label.setText, phrase)
    return label


def badge(face: Face, phrase: Phrase, tone: Tone) -> QLabel:
    """A word on the wash of its tone."""
    label = words(face, phrase)
    label.setProperty("badge", tone.value)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return label


def button(
    face: Face,
    phrase: Phrase,
    act: Callable[[], object] | None = None,
    *,
    kind: ButtonKind = "plain",
    icon: str | None = None,
    keys: QKeySequence | QKeySequence.StandardKey | str | None = None,
) -> QPushButton:
    """A button with its verb; Enter presses it only while it has the focus."""
    made = QPushButton()
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    face.say(made.setText, phrase)
    face.name(made, phrase)
    if icon is not None:
        made.setIconSize(QSize(ICON_SIZE + 2, ICON_SIZE))
        face.show_icon(made, icon, {"primary": "on_accent", "danger": "danger.ink"}.get(kind, "text"))
    if act is not None:
        _on_press(made, act)
    if keys is not None:
        made.setShortcut(keys)
    return made


def heighten(made: QPushButton, height: int) -> None:
    """Make a button higher than the targets: the stylesheet overrules a minimum height set in code."""
    made.setStyleSheet(f"QPushButton {{ min-height: {height - 2}px; }}")


def tool(
    face: Face, icon: str, name: Phrase, act: Callable[[], object] | None = None, *, colour: str = "text"
) -> QToolButton:
    """A button of one icon; its name is its tooltip and what a screen reader says."""
    made = QToolButton()
    made.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    face.name(made, name)
    face.say(made.setToolTip, name)
    face.show_icon(made, icon, colour)
    if act is not None:
        _on_press(made, act)
    return made


def rule() -> QFrame:
    """A hairline between two groups."""
    made = QFrame()
    made.setProperty("rule", True)
    made.setFixedHeight(1)
    return made


def row(*parts: QWidget | QLayout | int | None, gap: int = GAP, margin: int = 0) -> QHBoxLayout:
    """Parts side by side; ``None`` is a spring, a number a space."""
    return _fill(QHBoxLayout(), parts, gap, margin)


def column(*parts: QWidget | QLayout | int | None, gap: int = GAP, margin: int = 0) -> QVBoxLayout:
    """Parts one below the other; ``None`` is a spring, a number a space."""
    return _fill(QVBoxLayout(), parts, gap, margin)


def framed(layout: QLayout, surface: Literal["card", "raised", "background", "clear", "float"]) -> QWidget:
    """A layout on a surface of its own."""
    made = QWidget()
    made.setProperty("surface", surface)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, surface != "clear")
    made.setLayout(layout)
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """Something that may be taller than its place."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # A viewport of our own paints no ground; asking for Qt's own has PySide6 look through every kind of widget.
    area.setViewport(QWidget())
    inside.setAutoFillBackground(False)
    area.setWidget(inside)
    return area


def as_table(face: Face, view: QTableView, name: Phrase) -> None:
    """Give a table the manners of the program: whole rows, no grid, headings at the left, one row height."""
    face.name(view, name)
    view.setShowGrid(False)
    view.setAlternatingRowColors(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    _RowHeight(face, view)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    heading = view.horizontalHeader()
    heading.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heading.setHighlightSections(False)
    heading.setStretchLastSection(True)


class _RowHeight(QObject):
    """Keeps a table's rows as high as the targets; gone with its table."""

    def __init__(self, face: Face, view: QTableView) -> None:
        super().__init__(view)
        self._face, self._rows = face, view.verticalHeader()
        face.theme_changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Set the height of now."""
        self._rows.setDefaultSectionSize(self._face.target + 4)


def lift(floating: QWidget) -> None:
    """The one shadow of the program, for what floats over a page."""
    shadow = QGraphicsDropShadowEffect(floating)
    shadow.setBlurRadius(32)
    shadow.setOffset(0, 6)
    shadow.setColor(QColor(0, 0, 0, 90))
    floating.setGraphicsEffect(shadow)


def page_header(face: Face, title: Phrase, *actions: QWidget, subtitle: Phrase | None = None) -> QWidget:
    """The title of a page with its actions at the right."""
    heading = column(words(face, title, "display"), gap=4)
    if subtitle is not None:
        heading.addWidget(words(face, subtitle, "muted"))
    line = row(heading, None, *actions)
    line.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, GAP)
    return framed(line, "clear")


def _on_press(made: QAbstractButton, act: Callable[[], object]) -> None:
    def press(_checked: bool = False) -> None:  # noqa: FBT001, FBT002
        commit_composition()
        act()

    made.clicked.connect(press)


def _fill(layout: _Box, parts: tuple[QWidget | QLayout | int | None, ...], gap: int, margin: int) -> _Box:
    layout.setSpacing(gap)
    layout.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout
