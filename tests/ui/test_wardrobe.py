from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from fieldlog.ui.face import mark

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def part(qtbot, face) -> Iterator[QWidget]:
    """A part of a window, dressed by itself, with a label in it."""
    window = QWidget()
    layout = QVBoxLayout(window)
    made = QWidget(window)
    QVBoxLayout(made).addWidget(QLabel("x"))
    layout.addWidget(made)
    face.wardrobe.dress(made)
    yield made
    window.deleteLater()


def ink(widget: QWidget) -> str:
    label = widget.findChild(QLabel)
    label.ensurePolished()
    return label.palette().windowText().color().name()


def test_a_hidden_part_is_dressed_in_a_quiet_moment(qtbot, face, part) -> None:
    face.wear("dark")
    qtbot.waitUntil(lambda: ink(part) == face.theme.colours.text)


def test_what_is_seen_is_dressed_first_and_painted_when_it_is_whole(qtbot, face, part) -> None:
    part.window().show()
    face.wear("dark")
    assert not part.window().updatesEnabled()
    qtbot.waitUntil(part.window().updatesEnabled)
    assert ink(part) == face.theme.colours.text


def test_a_hidden_part_is_dressed_at_the_latest_when_it_is_shown(qtbot, face, part) -> None:
    face.wear("dark")
    part.window().show()
    assert ink(part) == face.theme.colours.text


def test_a_part_that_may_wait_is_dressed_before_it_is_shown(qtbot, face) -> None:
    waiting = QWidget()
    face.wardrobe.dress(waiting, at_once=False)
    assert waiting.styleSheet() == ""
    qtbot.waitUntil(lambda: waiting.styleSheet() != "")


def test_a_part_inside_a_dressed_one_wears_what_the_outer_wears(qtbot, face, part) -> None:
    inner = part.findChild(QLabel)
    face.wardrobe.dress(inner)
    assert inner.styleSheet() == ""
    mark(inner, tone="danger")
    assert ink(part) == face.hex("danger.ink")


def test_a_part_that_comes_into_a_dressed_one_gives_up_its_own(qtbot, face, part) -> None:
    assert part.styleSheet() != ""
    face.wardrobe.dress(part.window())
    assert part.styleSheet() == ""
    assert part.window().styleSheet() != ""


def test_a_theme_changed_twice_at_once_ends_in_the_last_one(qtbot, face, part) -> None:
    part.window().show()
    face.wear("dark")
    face.wear("sun")
    face.wardrobe.finish()
    assert ink(part) == face.theme.colours.text
    assert part.window().updatesEnabled()


def test_a_part_that_is_gone_is_forgotten(qtbot, face, part) -> None:
    part.deleteLater()
    qtbot.wait(10)
    face.wear("dark")
    face.wardrobe.finish()


def test_however_deep_a_widget_lies_it_is_dressed_twice_at_most(qtbot, face) -> None:
    """The application's own stylesheet would be looked up as often as the widget is deep."""
    window = QWidget()
    inside = window
    for _ in range(8):
        QVBoxLayout(inside).addWidget(deeper := QWidget())
        inside = deeper
    QVBoxLayout(inside).addWidget(button := QPushButton("x"))
    qtbot.addWidget(window)
    window.show()
    looked: list[QEvent.Type] = []

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() is QEvent.Type.StyleChange:
                looked.append(event.type())
            return False

    watch = Watch()
    button.installEventFilter(watch)
    face.wear("dark")
    face.wardrobe.finish()
    assert 1 <= len(looked) <= 2
