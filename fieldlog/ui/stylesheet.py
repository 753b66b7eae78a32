"""One stylesheet for every part of the program, written from a theme's values."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

from fieldlog.ui.theme import Tone

if TYPE_CHECKING:
    from pathlib import Path

    from fieldlog.ui.theme import Theme

PICTURES: Final = {
    "check": "on_accent",
    "minus": "on_accent",
    "chevron-down": "muted",
    "chevron-up": "muted",
    "chevron-left": "muted",
    "chevron-right": "muted",
}
"""Icons the stylesheet needs as files, and the colour each is drawn in."""

_LARGE: Final = 15
"""Text of this size leaves the tabs of a case less room between them."""

_WHOLE: Final = Template("""
* { font-size: ${body}px; }
QWidget { color: $text; selection-background-color: $accent; selection-color: $on_accent; }
QWidget[surface="background"], QMainWindow, QDialog { background: $background; }
QWidget[surface="raised"] { background: $raised; }
QWidget[surface="card"] { background: $raised; border: 1px solid $hairline; border-radius: 6px; }
QWidget[surface="float"] { background: $raised; border: 1px solid $hairline; border-radius: 6px; }
QToolTip { background: $text; color: $background; border: 0; padding: 4px 8px; }

QLabel { background: transparent; }
QLabel[kind="small"] { font-size: ${small}px; color: $muted; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="label"] { color: $muted; font-weight: 500; }
QLabel[kind="lead"] { font-size: ${lead}px; font-weight: 600; }
QLabel[kind="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[kind="display"] { font-size: ${display}px; font-weight: 700; }

QAbstractButton { outline: 0; }

QFrame[rule="true"] { background: $hairline; border: 0; max-height: 1px; min-height: 1px; }

QPushButton, QToolButton[kind="button"] {
  background: $raised; border: 1px solid $line; border-radius: 6px;
  min-height: ${inner}px; padding: 0 12px; font-weight: 500; }
QPushButton:hover, QToolButton[kind="button"]:hover { background: $sunken; }
QPushButton:pressed, QToolButton[kind="button"]:pressed { background: $hairline; }
QPushButton:checked, QToolButton[kind="button"]:checked { background: $selection; border-color: $accent; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; border-color: $hairline; background: transparent; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {
  background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:disabled { background: $sunken; color: $disabled; border-color: $hairline; }
QPushButton[kind="danger"] { color: $danger_ink; border-color: $danger_ink; }
QPushButton[kind="danger"]:hover { background: $danger_wash; }
QPushButton[kind="quiet"], QToolButton {
  background: transparent; border: 1px solid transparent; border-radius: 6px;
  min-height: ${inner}px; padding: 0 8px; }
QToolButton { min-width: ${icon_inner}px; min-height: ${tool_inner}px; padding: 0 4px; }
QToolButton[kind="button"] { background: $raised; border: 1px solid $line; padding: 0 12px; }
QPushButton[kind="quiet"]:hover, QToolButton:hover { background: $sunken; }
QPushButton[kind="quiet"]:pressed, QToolButton:pressed, QToolButton:checked { background: $selection; }
QPushButton[kind="link"] { background: transparent; border: 0; color: $accent; padding: 0 2px;
  min-height: ${inner}px; text-align: left; text-decoration: underline; }
QToolButton[chip="true"] { background: $selection; border-radius: ${round}px; padding: 0 6px 0 12px; }
QToolButton[chip="true"]:hover { background: $hairline; }
QToolButton[chip="true"]:disabled { background: $sunken; color: $muted; border-color: $hairline; }
QToolButton[toggle="true"] { background: $raised; border: 1px solid $line; padding: 0 12px; }
QToolButton[toggle="true"]:checked { background: $selection; border: 1px solid $accent; font-weight: 600; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit, QDateTimeEdit {
  background: $raised; border: 1px solid $line; border-radius: 6px; padding: 0 8px; min-height: ${inner}px; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $muted; }
QPlainTextEdit, QTextEdit { padding: 4px 4px; }
QLineEdit > QToolButton { border: 0; padding: 0; min-width: 0; min-height: 0; background: transparent; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $sunken; border-color: $hairline; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QDateEdit:disabled, QDateTimeEdit:disabled,
QSpinBox:disabled, QDoubleSpinBox:disabled { background: $sunken; color: $muted; border-color: $hairline; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus,
QDateEdit:focus, QDateTimeEdit:focus { border: ${focus_width}px solid $focus; padding: 0 ${focus_pad}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: ${area_pad}px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
  border: ${focus_width}px solid $danger_ink; padding: 0 ${focus_pad}px; }
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down { border: 0; width: 28px; }
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow {
  image: url("$pictures/chevron-down.svg"); width: 16px; height: 16px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
  border: 0; width: 24px; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$pictures/chevron-up.svg"); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
  image: url("$pictures/chevron-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; padding: 4px; outline: 0; }

QCheckBox, QRadioButton { spacing: 8px; min-height: ${target}px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator {
  width: 16px; height: 16px; border: 1px solid $line; background: $raised; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$pictures/check.svg"); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent; image: url("$pictures/minus.svg"); }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 8px; height: 8px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }

QAbstractItemView { background: $raised; alternate-background-color: $background; border: 0; outline: 0;
  selection-background-color: $selection; selection-color: $text; }
QAbstractItemView[framed="true"] { border: 1px solid $hairline; border-radius: 6px; }
QListView::item, QTreeView::item { min-height: ${target}px; padding: 0 8px; border-radius: 4px; }
QListView::item:hover, QTreeView::item:hover { background: $sunken; }
QListView::item:selected, QTreeView::item:selected { background: $selection; color: $text; }
QTableView { gridline-color: $hairline; }
QTableView::item { padding: 0 8px; }
QTableView::item:selected { background: $selection; color: $text; }
QHeaderView { background: $raised; border: 0; }
QHeaderView::section { background: $raised; color: $muted; border: 0; border-bottom: 1px solid $hairline;
  padding: 0 8px; min-height: ${target}px; font-size: ${small}px; font-weight: 500; text-align: left; }
QTableCornerButton::section { background: $raised; border: 0; border-bottom: 1px solid $hairline; }

QTabWidget::pane { border: 0; border-top: 1px solid $hairline; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 0 10px; min-height: ${inner}px;
  border: 0; border-bottom: 2px solid transparent; font-weight: 500; }
QTabBar::tab:hover { color: $text; }
QTabBar QToolButton { background: $raised; border: 0; border-radius: 0; min-width: 0; min-height: 0; padding: 0; }
QTabBar::scroller { width: 24px; }
QTabBar QToolButton::left-arrow { image: url("$pictures/chevron-left.svg"); width: 16px; height: 16px; }
QTabBar QToolButton::right-arrow { image: url("$pictures/chevron-right.svg"); width: 16px; height: 16px; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }

QScrollArea { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget[surface="clear"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QAbstractScrollArea::corner { background: transparent; border: 0; }
QSplitter::handle { background: $hairline; }
QSplitter::handle:hover, QSplitter::handle:focus { background: $accent; }
QProgressBar { background: $sunken; border: 0; border-radius: 4px; min-height: 8px; max-height: 8px;
  text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: 20px; margin: -8px 0; border-radius: 10px; }

QMenu { background: $raised; border: 1px solid $line; padding: 4px; }
QMenu::item { min-height: ${target}px; padding: 0 24px 0 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QCalendarWidget QWidget { alternate-background-color: $sunken; }
QCalendarWidget QAbstractItemView { min-height: 0; }
QGroupBox { border: 0; margin-top: 24px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }

#rail { background: $raised; border-right: 1px solid $hairline; }
#rail QToolButton { border: 0; padding: 4px 0; font-size: ${small}px; color: $muted; }
#rail QToolButton:checked { background: $selection; color: $text; font-weight: 600; }
#rail #quick { background: $accent; color: $on_accent; font-weight: 600; }
#rail #quick:hover, #rail #quick:pressed { background: $accent_hover; }
#status { background: $raised; border-top: 1px solid $hairline; }
#status QPushButton { border: 0; border-radius: 4px; padding: 0 6px; min-height: 24px; background: transparent;
  font-size: ${small}px; font-weight: 400; color: $muted; }
#status QPushButton:hover { background: $sunken; color: $text; }
#status QLabel { font-size: ${small}px; padding: 0 8px; }
#toast { background: $text; border-radius: 6px; min-height: ${target}px; }
#toast QLabel { color: $background; }
#toast QPushButton { color: $background; font-weight: 600; text-decoration: underline; }
#toast QPushButton:hover { background: $muted; }
#caseTabs QTabBar::tab { padding: 0 ${tab_pad}px; }
$tones
""")

_TONE: Final = Template("""
QLabel[tone="$tone"] { color: $ink; }
QLabel[badge="$tone"] { color: $ink; background: $wash; border-radius: 4px; padding: 2px 8px; font-weight: 500; }
QWidget[band="$tone"] { background: $wash; border-radius: 6px; }
""")


def stylesheet(theme: Theme, *, target: int, pictures: Path) -> str:
    """The program's stylesheet.

    Args:
        theme: Whose colours and sizes.
        target: The least height of what can be operated, device-independent pixels.
        pictures: The folder with the icons named in PICTURES, coloured for the theme.
    """
    colours, sizes = theme.colours, theme.sizes
    tones = "".join(
        _TONE.substitute(tone=tone.value, ink=shade.ink, wash=shade.wash)
        for tone, shade in theme.tones.items()
    )
    return _WHOLE.substitute(
        {name: getattr(colours, name) for name in colours.__struct_fields__},
        **{name: getattr(sizes, name) for name in sizes.__struct_fields__},
        danger_ink=theme.tones[Tone.DANGER].ink,
        danger_wash=theme.tones[Tone.DANGER].wash,
        target=target,
        inner=target - 2,
        round=min(target // 2, 16),
        icon_inner=target - 13,
        tool_inner=target - 5,
        focus_width=theme.focus_width,
        focus_pad=9 - theme.focus_width,
        tab_pad=7 if sizes.body < _LARGE else 5,
        area_pad=5 - theme.focus_width,
        pictures=pictures.as_posix(),
        tones=tones,
    )
