from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from helpers.composing import commit, compose
from helpers.stores import environment, practice_store
from helpers.windows import pump, sitting, until
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from fieldlog.domain.errors import KeyWrong, StoreBusy
from fieldlog.services.opening import holds_store, make_store, open_store
from fieldlog.services.rehearsing import practice_folder
from fieldlog.ui.start.new_store import NewStoreStep
from fieldlog.ui.start.steps import PassphraseStep, TroubleStep, WaitStep, WelcomeStep
from fieldlog.ui.widgets.passphrase_line import PassphraseLine

if TYPE_CHECKING:
    from pathlib import Path

KOREAN = "별빛로 열두 번지"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def locked_store(folder: Path, passphrase: str = KOREAN) -> None:
    make_store(folder, replace(environment(), ask_passphrase=lambda: passphrase)).close()


def test_a_practice_store_opens_without_being_asked_anything(folder, face) -> None:
    practice_store(folder).close()
    with sitting(folder, face) as person:
        window = person.opened()
        assert window.isVisible()
        assert window.status.practice.isVisible()
        assert window.page is not None


def test_the_store_is_opened_away_from_the_windows_thread(folder, face, monkeypatch) -> None:
    practice_store(folder).close()
    seen = []

    def watched(*args: Any, **more: Any) -> Any:
        seen.append(threading.current_thread().name)
        return open_store(*args, **more)

    monkeypatch.setattr("fieldlog.services.opening.open_store", watched)
    with sitting(folder, face) as person:
        person.opened()
    assert seen == ["store-0"]


def test_the_first_start_welcomes_and_makes_nothing(folder, face) -> None:
    with sitting(folder, face) as person:
        welcome = person.step(WelcomeStep)
        assert welcome.start.hasFocus() or welcome.focusProxy() is welcome.start
        assert not holds_store(folder)


def test_a_store_is_made_with_a_korean_passphrase_and_opens_with_it(folder, face) -> None:
    with sitting(folder, face) as person:
        person.step(WelcomeStep).start.click()
        step = person.step(NewStoreStep)
        step.person.set_value("한가람")
        step.rank.set_value("시설주사보")
        step.department.setCurrentIndex(1)
        for entry in (step.passphrase, step.again):
            entry.setFocus()
            commit(entry, KOREAN[:-1])
            compose(entry, KOREAN[-1])
            entry.keep_preedit()
        step.make.click()
        person.opened()
        official = person.workspace.official
        assert (official.name, official.rank) == ("한가람", "시설주사보")
        assert official.department in person.workspace.profile.departments
    open_store(folder, replace(environment(), ask_passphrase=lambda: KOREAN)).close()


@pytest.mark.parametrize(
    ("first", "again", "why"),
    [("짧다", "짧다", "짧습니다"), (KOREAN, KOREAN + "2", "서로 다릅니다"), ("", "", "비어")],
)
def test_a_passphrase_that_will_not_do_is_told_and_nothing_is_made(folder, face, first, again, why) -> None:
    with sitting(folder, face) as person:
        person.step(WelcomeStep).start.click()
        step = person.step(NewStoreStep)
        step.passphrase.set_value(first)
        step.again.set_value(again)
        step.make.click()
        assert why in step._told.error.why.ko
        assert step.isEnabled()
        assert not holds_store(folder)


def test_the_passphrase_is_asked_for_until_it_is_right(folder, face) -> None:
    locked_store(folder)
    with sitting(folder, face) as person:
        step = person.step(PassphraseStep)
        step.entry.set_value("틀린 암호입니다")
        step.open.click()
        until(lambda: step.told_error() is not None, "the error")
        assert isinstance(step.told_error(), KeyWrong)
        step.entry.set_value(KOREAN)
        step.open.click()
        assert person.opened().isVisible()


def test_enter_while_a_syllable_is_composed_does_not_yet_open(folder, face) -> None:
    locked_store(folder)
    with sitting(folder, face) as person:
        step = person.step(PassphraseStep)
        asked = []
        step.entered.connect(asked.append)
        step.entry.setFocus()
        commit(step.entry, KOREAN[:-1])
        compose(step.entry, KOREAN[-1])
        step.open.click()
        assert asked == [KOREAN]
        person.opened()


def test_a_hidden_passphrase_takes_hangul(qtbot, face) -> None:
    from PySide6.QtCore import Qt

    from fieldlog.domain.phrase import plain

    entry = PassphraseLine(face, plain("암호"))
    qtbot.addWidget(entry)
    assert entry.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert entry.echoMode() == entry.EchoMode.Password
    entry.actions()[0].trigger()
    assert entry.echoMode() == entry.EchoMode.Normal
    assert entry.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_store_somebody_else_has_open_may_be_read(folder, face) -> None:
    other = practice_store(folder)
    try:
        with sitting(folder, face) as person:
            trouble = person.step(TroubleStep)
            assert isinstance(trouble.error, StoreBusy)
            trouble.ways[0].click()
            window = person.opened()
            assert person.workspace.read_only
            assert window.status.read_only.isVisible()
            assert not window.page.quick.isEnabled()
    finally:
        other.close()


def test_a_damaged_store_is_told_with_ways_out(folder, face) -> None:
    practice_store(folder).close()
    (folder / "key.json").write_text("{", encoding="utf-8")
    with sitting(folder, face) as person:
        trouble = person.step(TroubleStep)
        assert [way.text() for way in trouble.ways] == ["다시 시도", "끝내기"]


def test_practice_that_is_cancelled_leaves_nothing_and_welcomes_again(folder, face) -> None:
    with sitting(folder, face) as person:
        person.step(WelcomeStep).practise.click()
        waiting = person.step(WaitStep)
        until(lambda: waiting._bar.maximum() > 1, "progress")
        waiting.cancel.click()
        person.step(WelcomeStep)
        place = practice_folder(folder)
        assert not place.exists()
        assert not place.with_name(place.name + ".new").exists()


def test_practice_is_made_once_and_gone_on_with(folder, face) -> None:
    practice_store(practice_folder(folder)).close()
    with sitting(folder, face) as person:
        welcome = person.step(WelcomeStep)
        assert welcome.practise.text() == "연습 이어서 하기"
        welcome.practise.click()
        person.opened()
        assert person.workspace.is_practice
        assert person.session.away
        person.session.return_home()
        person.step(WelcomeStep)


def test_the_language_is_switched_at_the_door(folder, face) -> None:
    with sitting(folder, face) as person:
        welcome = person.step(WelcomeStep)
        person.door.language.click()
        assert welcome.start.text() == "Start"


def test_a_practice_store_begins_anew_in_a_new_window(folder, face) -> None:
    from fieldlog.domain.filter import CaseFilter
    from fieldlog.services.browsing import count_cases
    from fieldlog.ui.quick import QuickWindow

    practice_store(folder).close()
    left = {id(each) for each in QApplication.topLevelWidgets()}
    with sitting(folder, face) as person:
        before = person.opened()
        person.quick()
        person.session.renew_practice()
        person.step(WaitStep)
        until(lambda: person.session.window not in {None, before}, "the new window")
        person.wait()
        assert count_cases(person.workspace, CaseFilter()) == 30
        assert not [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QuickWindow) and id(each) not in left
        ]


def test_beginning_anew_that_is_cancelled_keeps_the_practice_of_before(folder, face) -> None:
    practice_store(folder).close()
    with sitting(folder, face) as person:
        before = person.opened()
        person.session.renew_practice()
        waiting = person.step(WaitStep)
        until(lambda: waiting._bar.maximum() > 1, "progress")
        waiting.cancel.click()
        until(lambda: person.session.window not in {None, before}, "the window again")
        person.wait()
        assert person.workspace.is_practice


def test_a_broken_profile_is_told_and_the_last_good_one_used(folder, face, tmp_path) -> None:
    practice_store(folder).close()
    profile = tmp_path / "own.toml"
    source = environment().resources / "profiles" / "hanbit.toml"
    profile.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    with sitting(folder, face) as person:
        person.opened()
        page = person.go("settings")
        page.agency.apply(str(profile))
        person.wait()
    profile.write_text("format = ", encoding="utf-8")
    with sitting(folder, face) as person:
        person.opened()
        assert len(person.workspace.notices) == 1
        assert person.session.messages._cards[0].error is person.workspace.notices[0]


def test_a_bug_in_a_job_reaches_the_person(folder, face, qtbot) -> None:
    from fieldlog.ui.jobs import Read

    practice_store(folder).close()
    with sitting(folder, face) as person:
        person.opened()
        with qtbot.capture_exceptions() as bugs:
            Read(person.session.lanes, lambda _w: 1 / 0).start()
            until(lambda: bool(bugs), "the bug")
        assert bugs[0][0] is ZeroDivisionError


def test_closing_the_window_ends_the_program_in_order(folder, face) -> None:
    practice_store(folder).close()
    with sitting(folder, face) as person:
        window = person.opened()
        window.close()
        pump()
        assert not window.isVisible()
    open_store(folder, environment()).close()
    assert QApplication.instance() is not None
