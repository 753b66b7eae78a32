from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.stores import environment, practice_store
from helpers.windows import pump, sitting, until
from msgspec.structs import replace
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QDialog

from fieldlog.domain.errors import KeyWrong, NotFound, ProfileBroken
from fieldlog.services.opening import make_store, open_store
from fieldlog.ui.pages.settings.about import WorksWindow, works
from fieldlog.ui.pages.settings.keys import KeysPart
from fieldlog.ui.pages.settings.locks import PassphraseWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD, NEW = "지금의 암호입니다", "새로 정한 암호입니다"


@pytest.fixture
def person(tmp_path, face) -> Iterator:
    practice_store(tmp_path / "store").close()
    with sitting(tmp_path / "store", face) as made:
        made.opened()
        yield made


@pytest.fixture
def locked(tmp_path, face) -> Iterator:
    """Somebody before a store with a passphrase, which has been typed."""
    around = replace(environment(), ask_passphrase=lambda: OLD)
    make_store(tmp_path / "store", around).close()
    with sitting(tmp_path / "store", face) as made:
        made.session.open(passphrase=OLD)
        made.opened()
        yield made


def test_language_theme_and_touch_are_switched_at_once_and_remembered(person, face) -> None:
    page, memory = person.go("settings"), person.session.memory
    page.looks.language.buttons["en"].click()
    assert page.looks.touch.text() == "Larger targets (48 pixels)"
    page.looks.theme.buttons["dark"].click()
    assert face.theme.key == "dark"
    page.looks.touch.click()
    assert face.target == 48
    page.looks.scale.buttons["150"].click()
    assert (memory.text("face/language"), memory.text("face/theme")) == ("en", "dark")
    assert (memory.flag("face/touch"), memory.number("face/scale")) == (True, 150)
    face.set_touch(touch=False)


def test_who_works_here_saves_itself(person) -> None:
    page = person.go("settings")
    assert page.person.name.value() == "한가람"
    page.person.name.set_value("이새봄")
    page.person.name._last = ""
    page.person.rank.setText("주무관")
    page.settle()
    person.wait()
    page.person.department.setCurrentIndex(2)
    page.person.department.activated.emit(2)
    person.wait()
    official = person.workspace.official
    assert (official.name, official.rank) == ("이새봄", "주무관")
    assert official.department == list(person.workspace.profile.departments)[1]


def test_a_sound_profile_from_a_file_is_used_at_once(person, tmp_path) -> None:
    source = environment().resources / "profiles" / "hanbit.toml"
    own = tmp_path / "gaon.toml"
    own.write_text(source.read_text(encoding="utf-8").replace('ko = "한빛시"', 'ko = "가온시"', 1), "utf-8")
    page = person.go("settings")
    page.agency.apply(str(own))
    person.wait()
    assert page.agency.now.text().startswith("가온시")
    assert person.workspace.profile.agency.ko == "가온시"


def test_a_broken_profile_is_refused_with_every_fault_and_the_old_one_stays(person, tmp_path) -> None:
    source = (environment().resources / "profiles" / "hanbit.toml").read_text(encoding="utf-8")
    own = tmp_path / "bad.toml"
    own.write_text(
        source.replace('"ROAD_POTHOLE",', '"ROAD_POTHOEL",').replace("width = 4", "width = 99"), "utf-8"
    )
    page = person.go("settings")
    page.agency.apply(str(own))
    person.wait()
    assert isinstance(page.agency.told.error, ProfileBroken)
    assert page.agency._faults.count() >= 1
    assert person.workspace.profile.agency.ko == "한빛시"


def test_a_missing_profile_is_told(person) -> None:
    page = person.go("settings")
    page.agency.apply("없는 설정")
    person.wait()
    assert isinstance(page.agency.told.error, NotFound)


def test_a_practice_store_says_where_its_key_lies(person) -> None:
    page = person.go("settings")
    assert page.locks.opens.text() == "연습 저장소라 열쇠를 옆 파일에 둡니다."
    assert not page.locks.passphrase.isEnabled()


def test_the_passphrase_is_changed_only_by_whoever_knows_it(locked, tmp_path) -> None:
    page = locked.go("settings")
    assert page.locks.opens.text() == "암호"
    page.locks.change_passphrase()
    window = page.locks.findChild(PassphraseWindow)
    window.now.set_value("틀린 암호입니다")
    window.fresh.set_value(NEW)
    window.again.set_value(NEW)
    window.yes.click()
    until(lambda: window.told.error is not None, "the refusal")
    assert isinstance(window.told.error, KeyWrong)
    window.now.set_value(OLD)
    window.yes.click()
    locked.wait()
    locked.window.close()
    locked.session.end()
    open_store(tmp_path / "store", replace(environment(), ask_passphrase=lambda: NEW)).close()


def test_two_different_passphrases_change_nothing(locked) -> None:
    page = locked.go("settings")
    page.locks.change_passphrase()
    window = page.locks.findChild(PassphraseWindow)
    window.now.set_value(OLD)
    window.fresh.set_value(NEW)
    window.again.set_value(NEW + "!")
    window.yes.click()
    assert "서로 다릅니다" in window.told.error.why.ko
    window.reject()


def test_a_sound_store_is_said_to_be_sound(person) -> None:
    page = person.go("settings")
    page.store.check.click()
    until(page.store.result.isVisible, "the result")
    assert page.store.result.text().startswith("이상 없습니다.")
    assert page.store.check.isEnabled()


def test_a_check_can_be_stopped(person, monkeypatch) -> None:
    from fieldlog.services import verifying

    def endless(_workspace: object, *, on_progress: object) -> None:
        while True:
            on_progress(1, 100)

    monkeypatch.setattr(verifying, "verify", endless)
    page = person.go("settings")
    page.store.check.click()
    until(page.store.busy.isVisible, "the bar")
    page.store.busy.cancel.click()
    until(page.store.check.isEnabled, "the end")
    assert not page.store.result.isVisible()


def test_the_holiday_data_says_what_it_covers(person) -> None:
    page = person.go("settings")
    table = person.workspace.holidays
    assert table.version in page.store.holidays.text()
    assert str(table.covers_until.year) in page.store.holidays.text()


def test_a_store_open_elsewhere_lets_only_the_display_be_changed(tmp_path, face) -> None:
    other = practice_store(tmp_path / "store")
    try:
        with sitting(tmp_path / "store", face) as person:
            until(lambda: person.session._doorway is not None, "the door")
            person.session.open(read_only=True)
            person.opened()
            page = person.go("settings")
            assert page._read_only.isVisible()
            assert not page.person.name.isEnabled()
            assert not page.agency.choose.isEnabled()
            assert page.looks.theme.buttons["dark"].isEnabled()
    finally:
        other.close()


def test_every_library_and_font_is_named_with_its_licence() -> None:
    found = {work.name.casefold(): work for work in works(environment().resources)}
    for name in ("pillow", "cryptography", "pretendard", "lucide"):
        assert found[name].licence not in {"", "–"}
    assert all(work.version for work in found.values())


def test_the_licences_are_shown_in_a_table(person) -> None:
    page = person.go("settings")
    page.about.licences.click()
    until(lambda: page.about.findChild(WorksWindow) is not None, "the table")
    page.about.findChild(QDialog).accept()


def test_everything_that_can_be_pressed_has_a_name(person) -> None:
    page = person.go("settings")
    for widget in page.findChildren(QAbstractButton):
        assert widget.accessibleName() or "QLineEdit" in type(widget.parent()).__name__, widget


def test_every_action_is_listed_and_takes_other_keys_by_pressing_them(person, face) -> None:
    page = person.go("settings")
    every = {"palette", "cases.new", "photos.add", "reports.file", "undo", "quick.save"}
    until(lambda: every <= set(page.keys.lines), "the commands of every place")
    line = page.keys.lines["palette"]
    assert line.entry.accessibleName() == "명령 팔레트 단축키"
    press(line, "Ctrl+F")
    assert "이미 쓰고 있습니다: 목록에서 찾기" in line.told.text()
    assert line.entry.keySequence().toString() == "Ctrl+K"
    assert line.told.text() == line.entry.accessibleDescription()
    press(line, "F8")
    assert line.told.isHidden()
    assert person.session.memory.text("keys/palette") == "F8"
    assert {each.key: each.keys for each in person.window.shortcuts.commands}["palette"] == ("F8",)
    line.restore.click()
    assert line.entry.keySequence().toString() == "Ctrl+K"
    assert not line.restore.isEnabled()
    press(page.keys.lines["quick"], "F9")
    assert person.window.rail.quick.toolTip() == "빠른 기록 (F9)"
    page.keys.restore_all.click()
    assert person.window.rail.quick.toolTip() == "빠른 기록 (F2)"
    assert not page.keys.restore_all.isEnabled()


def test_the_actions_are_listed_in_pieces_while_the_page_is_shown(person, monkeypatch) -> None:
    pieces: list[int] = []
    go_on = KeysPart._go_on

    def counted(part: KeysPart) -> None:
        before = len(part.lines)
        go_on(part)
        pieces.append(len(part.lines) - before)

    monkeypatch.setattr(KeysPart, "_go_on", counted)
    person.window.go("settings")
    keys = person.window.page.keys
    assert not keys.lines
    until(lambda: len(keys.lines) > 3, "the first of them")
    person.window.go("today")
    listed = len(keys.lines)
    pump(100)
    assert len(keys.lines) == listed < len(keys.face.keys.known)
    person.window.go("settings")
    until(lambda: len(keys.lines) == len(keys.face.keys.known), "all of them")
    assert max(pieces) <= 4


def press(line, keys: str) -> None:
    line.entry.setKeySequence(QKeySequence(keys))
    line.entry.editingFinished.emit()
