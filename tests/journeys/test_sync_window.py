"""Two officials, one office folder: through the window of one, what the other recorded is seen and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.makers import picture, received
from helpers.stores import RESOURCES, environment, practice_store, reopened
from helpers.windows import sitting, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fieldlog.domain.filter import CaseFilter
from fieldlog.services import browsing, recording, settling, syncing
from fieldlog.services.photographs import add_photos, photo_bytes
from fieldlog.ui.application import make_application, make_face
from fieldlog.ui.case.detail import CaseDetail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.face import Face


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return make_application(["fieldlog"])


@pytest.fixture(scope="session")
def face(qapp: QApplication) -> Face:
    return make_face(qapp, RESOURCES)


@pytest.fixture
def person(tmp_path, face) -> Iterator:
    practice_store(tmp_path / "mine").close()
    with sitting(tmp_path / "mine", face, environment()) as made:
        made.opened()
        yield made


@pytest.fixture
def colleague(tmp_path) -> Iterator[Workspace]:
    store = practice_store(tmp_path / "theirs")
    yield store
    store.close()


def titles(workspace: Workspace) -> set[str]:
    return {line.title for line in browsing.list_cases(workspace, CaseFilter()).cases}


def press_sync(person) -> None:
    """Press its keys, until its receipt is kept and everything it set off has landed."""
    before = len(syncing.receipts(person.workspace))
    person.window.activateWindow()
    until(person.window.isActiveWindow, "the window to be the active one")
    QTest.keyClick(
        person.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    until(lambda: len(syncing.receipts(person.workspace)) > before, "the receipt")
    person.wait()


def test_two_officials_meet_in_a_folder_and_settle_what_both_wrote(person, colleague, tmp_path) -> None:
    office = str(tmp_path / "사무실")
    page = person.go("sync")
    page.choices.name.set_value("한빛시 도로과")
    page.create_in(office)
    person.wait()
    mine = received(person.workspace, "내 포트홀")
    press_sync(person)
    assert page.receipts.shown.same
    assert syncing.join_office(colleague, office).name == "한빛시 도로과"
    theirs = received(colleague, "동료의 보안등")
    list(add_photos(colleague, theirs, [picture(1)]))
    assert syncing.sync(colleague).receipt.same
    assert titles(colleague) == {"내 포트홀", "동료의 보안등"}

    # The list and the open case show what comes, without being asked again.
    person.window.open_case(mine)
    cases = person.go("cases")
    recording.revise(colleague, mine, {"description": "동료가 적은 설명"})
    syncing.sync(colleague)
    person.go("sync")
    press_sync(person)
    assert page.receipts.summary.text() == "사안 2 · 사진 1/1 확인 · 같음 확인"
    until(lambda: cases.model.rowCount() == 2, "the colleague's case in the list")
    open_case = person.window._case
    assert isinstance(open_case, CaseDetail)
    assert open_case.case.view.sheet.case.text("description") == "동료가 적은 설명"
    photo = browsing.case_sheet(person.workspace, theirs).of("photo")[0]
    assert photo_bytes(person.workspace, photo.text("sha256"), "thumb")

    # Both write the same field; the conflict is counted and its case is one press away.
    for store, title in ((person.workspace, "내 제목"), (colleague, "동료 제목")):
        recording.revise(store, mine, {"title": title})
    syncing.sync(colleague)
    press_sync(person)
    assert "1건" in page.joined.conflicts.text()
    page.joined.open_list.click()
    person.wait()
    until(lambda: person.window.page.model.rowCount() == 1, "the case in conflict")
    (contest,) = settling.contests(person.workspace, mine)
    settling.settle_contest(person.workspace, contest, "함께 정한 제목")
    person.go("sync")
    press_sync(person)
    syncing.sync(colleague)
    assert browsing.read_record(colleague, mine).text("title") == "함께 정한 제목"
    assert page.joined.open_list.isHidden()
    assert syncing.digest(person.workspace) == syncing.digest(colleague)


def test_the_office_and_its_receipts_are_there_when_the_store_is_opened_again(colleague, tmp_path) -> None:
    syncing.create_office(colleague, str(tmp_path / "사무실"))
    received(colleague)
    done = syncing.sync(colleague).receipt
    again = reopened(colleague)
    standing = syncing.standing(again)
    assert standing.office.target == str(tmp_path / "사무실")
    assert standing.receipts == (done,)
    assert standing.waiting == syncing.Waiting()
    again.close()
