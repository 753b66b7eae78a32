from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabWidget, QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.face import mark

SAVE = Phrase("저장", "Save")
CLOSE = Phrase("닫기", "Close")


def test_what_was_said_is_said_again_in_the_other_language(qtbot, face) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    face.say(button.setText, SAVE)
    face.name(button, SAVE, CLOSE)
    face.speak("en")
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("Save", "Save", "Close")
    face.speak("ko")
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("저장", "저장", "닫기")


def test_saying_something_else_replaces_what_was_said(qtbot, face) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    face.say(label.setText, SAVE)
    face.say(label.setText, CLOSE)
    face.speak("en")
    assert label.text() == "Close"


def test_tabs_are_said_by_their_place(qtbot, face) -> None:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    for place, title in enumerate((SAVE, CLOSE)):
        tabs.addTab(QWidget(), "")
        face.say(tabs.setTabText, title, place)
    face.speak("en")
    assert [tabs.tabText(place) for place in (0, 1)] == ["Save", "Close"]


def test_what_was_forgotten_keeps_its_text(qtbot, face) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    face.say(label.setText, SAVE)
    face.forget(label.setText)
    face.speak("en")
    assert label.text() == "저장"


def test_a_label_owned_by_its_window_alone_is_still_said_again(qtbot, face) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    face.say(QLabel(window).setText, SAVE)
    gc.collect()
    face.speak("en")
    assert window.findChild(QLabel).text() == "Save"


def test_widgets_that_are_gone_are_forgotten(qapp, face) -> None:
    window = QWidget()
    label = QLabel(window)
    face.say(label.setText, SAVE)
    face.show_icon(QPushButton(window), "x")
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    face.speak("en")
    face.wear("dark")
    face.wardrobe.finish()


def test_icons_are_coloured_again_with_the_theme(qtbot, face) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    face.show_icon(button, "minus")
    light = button.icon().pixmap(20).toImage().pixelColor(10, 10).lightness()
    face.wear("dark")
    face.wardrobe.finish()
    assert button.icon().pixmap(20).toImage().pixelColor(10, 10).lightness() > light + 100


def test_a_theme_reaches_the_palette_and_the_widgets(qtbot, face) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    face.wear("dark")
    face.wardrobe.finish()
    assert QApplication.palette().window().color().name() == face.theme.colours.background
    label.ensurePolished()
    assert label.palette().windowText().color().name() == face.theme.colours.text


def test_touch_mode_makes_targets_higher(qtbot, face) -> None:
    button = QPushButton("x")
    qtbot.addWidget(button)
    button.ensurePolished()
    assert button.sizeHint().height() == 32
    face.set_touch(touch=True)
    face.wardrobe.finish()
    button.ensurePolished()
    assert button.sizeHint().height() == 48


def test_qt_itself_speaks_the_language_chosen(qapp, face) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"
    face.speak("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_marking_a_widget_makes_the_stylesheet_look_again(qtbot, face) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    mark(label, tone="danger")
    label.ensurePolished()
    assert label.palette().windowText().color().name() == face.hex("danger.ink")
