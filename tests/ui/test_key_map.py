from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.command import Command
from fieldlog.ui.key_map import CASE, QUICK, WINDOW, Bound, KeyMap, meet, why_not
from fieldlog.ui.memory import Memory
from fieldlog.ui.shortcuts import Shortcuts


def command(key: str, *keys: str) -> Command:
    return Command(key, Phrase(f"일 {key}", f"Task {key}"), lambda: None, keys)


FIND, SAVE = command("find", "Ctrl+F", "F3"), command("save", "Ctrl+S")


@pytest.fixture
def keys(tmp_path) -> KeyMap:
    made = KeyMap()
    made.remember(Memory(tmp_path / "window.ini"))
    made.note(WINDOW, [FIND, SAVE])
    return made


def bound_in(window: QWidget) -> set[str]:
    return {each.key().toString() for each in window.findChildren(QShortcut) if each.isEnabled()}


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (WINDOW, "cases", True),
        ("cases", "photos", False),
        (CASE, "photos", True),
        (QUICK, WINDOW, False),
        (QUICK, QUICK, True),
    ],
)
def test_keys_meet_where_they_can_be_pressed_in_the_same_moment(one, other, together) -> None:
    assert meet(one, other) is together
    assert meet(other, one) is together


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("Ctrl+S", "이미 쓰고 있습니다: 일 save"),
        ("F", "Ctrl이나 Alt"),
        ("Shift+F", "Ctrl이나 Alt"),
        ("Return", "Ctrl이나 Alt"),
        ("Ctrl+ㅏ", "영문 자판"),
        ("Ctrl+V", "늘 쓰는"),
        ("F7", None),
        ("Ctrl+Shift+F", None),
        ("F3", None),
        ("", None),
    ],
)
def test_keys_that_type_are_kept_or_are_taken_are_refused_in_words(keys, said) -> None:
    trouble = why_not(Bound(WINDOW, FIND), keys, [Bound(WINDOW, SAVE)])
    assert (trouble is None) if said is None else (trouble is not None and said in trouble.ko)


def test_keys_of_another_window_are_free(keys) -> None:
    keys.note(QUICK, [command("quick.photos", "Ctrl+O")])
    keys.note("photos", [command("photos.add", "Ctrl+Shift+O")])
    assert keys.refusal(SAVE, "Ctrl+O") is None
    assert keys.refusal(SAVE, "Ctrl+Shift+O") is not None


def test_what_was_chosen_is_kept_in_the_settings_and_can_be_given_back(keys, tmp_path) -> None:
    keys.choose(FIND, "F7")
    keys.choose(SAVE, "")
    again = KeyMap()
    again.remember(Memory(tmp_path / "window.ini"))
    assert (again.keys_of(FIND), again.keys_of(SAVE)) == (("F7",), ())
    assert again.now(FIND).keys == ("F7",)
    again.restore(FIND, SAVE)
    assert (again.keys_of(FIND), again.keys_of(SAVE)) == (("Ctrl+F", "F3"), ("Ctrl+S",))
    assert not again.is_chosen(FIND)


def test_settings_that_name_no_keys_leave_those_of_the_program(tmp_path) -> None:
    memory, keys = Memory(tmp_path / "window.ini"), KeyMap()
    memory.put("keys/find", "Ctrl+K, Ctrl+F")
    keys.remember(memory)
    assert keys.keys_of(FIND) == FIND.keys


def test_a_change_holds_at_once_and_is_said_in_hints(qtbot, face, keys) -> None:
    window, hinted = QWidget(), QPushButton()
    qtbot.addWidget(window)
    qtbot.addWidget(hinted)
    shortcuts = Shortcuts(window, keys)
    shortcuts.add([FIND, SAVE])
    shortcuts.lend({"cases": [command("cases.new", "Ctrl+N")]})
    keys.hint(face.say, hinted.setToolTip, Phrase("찾기", "Find"), "find")
    assert (
        hinted.toolTip()
        == f"찾기 ({QKeySequence('Ctrl+F').toString(QKeySequence.SequenceFormat.NativeText)})"
    )
    keys.choose(FIND, "F7")
    assert bound_in(window) == {"F7", "Ctrl+S", "Ctrl+N"}
    assert hinted.toolTip() == "찾기 (F7)"
    assert {each.key: each.keys for each in shortcuts.commands}["find"] == ("F7",)
    keys.choose(FIND, "")
    assert hinted.toolTip() == "찾기"


def test_a_window_that_is_gone_is_not_bound_again(qtbot, keys) -> None:
    window = QWidget()
    shortcuts = Shortcuts(window, keys)
    shortcuts.add([FIND])
    window.deleteLater()
    qtbot.waitUntil(lambda: not isValid(window))
    keys.choose(FIND, "F7")
