from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from helpers.casework import Walks, calm
from helpers.makers import at_work, picture, received
from helpers.stores import practice_store
from msgspec import convert
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from fieldlog.domain.errors import AlreadyThere, OfficeAway
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.phrase import plain
from fieldlog.services import recording, syncing
from fieldlog.services.photographs import add_photos
from fieldlog.services.receipt_words import remarks, summed_up
from fieldlog.services.syncing import Receipt, Standing
from fieldlog.sync.folder.route import FolderRemote
from fieldlog.ui.jobs import Step, Write
from fieldlog.ui.page import PageContext
from fieldlog.ui.pages.sync import SyncPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.services.workspace import Workspace

RECEIPT = {
    "office": "office",
    "at": "2026-11-23T10:00:00+09:00",
    "sent": {"ops": 3, "photos": 1},
    "received": {"ops": 10, "photos": 0},
    "photos_verified": 41,
    "photos_referenced": 41,
    "photos_absent": [],
    "digest": "ab" * 32,
    "same": True,
    "cases": ["one", "two"],
}


def receipt(**more: Any) -> Receipt:
    return convert({**RECEIPT, **more}, Receipt)


@dataclass
class Desk:
    """The page over a store, and a colleague's store that meets it in a folder."""

    page: SyncPage
    workspace: Workspace
    colleague: Workspace
    office: Path
    lanes: Any
    qtbot: Any
    walks: Walks
    told: list[Any] = field(default_factory=list)

    def still(self) -> None:
        calm(self.qtbot, self.lanes)

    def joined(self) -> None:
        """Through the window: the colleague's office is joined."""
        self.colleague_office()
        self.page.join_folder(str(self.office))
        self.still()

    def colleague_office(self) -> None:
        syncing.create_office(self.colleague, str(self.office), name="한빛시 도로과")

    def synced(self) -> Receipt:
        self.page.now.click()
        self.still()
        found = self.page.receipts.shown
        assert found is not None
        return found


@pytest.fixture
def desk(request, lanes, tmp_path) -> Iterator[Desk]:
    face, bus, messages, memory, clock, qtbot = (
        request.getfixturevalue(name) for name in ("face", "bus", "messages", "memory", "clock", "qtbot")
    )
    mine, theirs = practice_store(tmp_path / "mine"), practice_store(tmp_path / "theirs")
    walks = Walks()
    lanes.open(mine)
    made = SyncPage(PageContext(face, lanes, bus, messages, memory, clock, walks))
    desk = Desk(made, mine, theirs, tmp_path / "사무실", lanes, qtbot, walks)
    bus.effects_happened.connect(lambda effects, _who: desk.told.append(effects))
    lanes.failed = desk.told.append
    qtbot.addWidget(made)
    messages.attach(made)
    made.resize(900, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.arrive()
    desk.still()
    yield desk
    lanes.close()
    for store in (mine, theirs):
        store.close()


def test_before_an_office_there_are_two_ways_and_no_sync(desk) -> None:
    assert desk.page.choices.isVisible()
    assert not desk.page.now.isVisible()
    assert desk.page.choices.name.value() == desk.workspace.profile.agency.ko
    desk.page.sync()
    assert desk.page.choices.join.hasFocus()


def test_a_folder_becomes_an_office_under_the_name_written(desk) -> None:
    desk.page.choices.name.set_value("별빛면")
    desk.page.create_in(str(desk.office))
    desk.still()
    assert desk.page.joined.isVisible()
    assert desk.page.joined.name.text() == "별빛면"
    assert desk.page.joined.path.text() == str(desk.office)
    assert syncing.joined_office(desk.workspace).name == "별빛면"
    assert desk.page.now.hasFocus()


def test_the_office_of_a_colleague_is_joined_and_both_hold_the_same(desk) -> None:
    desk.joined()
    case = received(desk.colleague, "동료의 사안")
    list(add_photos(desk.colleague, case, [picture(1)]))
    syncing.sync(desk.colleague)
    received(desk.workspace, "내 사안")
    told = desk.synced()
    assert desk.page.now.hasFocus()
    assert told.same
    assert (told.photos_verified, told.photos_referenced) == (1, 1)
    assert desk.page.receipts.summary.text() == "사안 1 · 사진 1/1 확인 · 같음 확인"
    assert desk.page.receipts.received.text().endswith("사진 1장")
    assert "같음 확인" in desk.page.joined.last.text()
    assert syncing.sync(desk.colleague).receipt.same
    assert syncing.digest(desk.workspace) == syncing.digest(desk.colleague)


def test_what_came_is_told_to_every_screen(desk) -> None:
    desk.joined()
    case = received(desk.colleague, "동료의 사안")
    syncing.sync(desk.colleague)
    desk.told.clear()
    desk.synced()
    assert any(case in effects.cases for effects in desk.told)


def test_what_waits_is_counted_until_the_office_has_confirmed_it(desk) -> None:
    desk.joined()
    desk.synced()
    assert desk.page.joined.to_send.text().startswith("없습니다")
    case = received(desk.workspace)
    list(add_photos(desk.workspace, case, [picture(1)]))
    waits = syncing.waiting(desk.workspace)
    assert waits.ops > 0
    assert waits.photos == 1
    desk.page.refresh()
    desk.still()
    assert desk.page.joined.to_send.text() == f"기록 {waits.ops}건, 사진 1장"
    desk.synced()
    assert syncing.waiting(desk.workspace) == syncing.Waiting()
    assert len(desk.page.standing.receipts) == 2
    assert desk.page.receipts.list.count() == 2


def test_a_folder_that_is_no_office_is_refused_in_three_sentences(desk) -> None:
    desk.office.mkdir()
    desk.page.choices.join.setFocus()
    desk.page.join_folder(str(desk.office))
    desk.still()
    error = desk.page.told.error
    assert error is not None
    assert desk.page.told.isVisible()
    assert all((error.what.ko, error.why.ko, error.how.ko))
    assert desk.page.choices.isVisible()
    assert desk.page.choices.join.isEnabled()
    assert desk.page.choices.join.hasFocus()


def test_a_folder_with_an_office_in_it_is_not_made_one_again(desk) -> None:
    desk.colleague_office()
    desk.page.create_in(str(desk.office))
    desk.still()
    assert isinstance(desk.page.told.error, AlreadyThere)


def test_an_office_out_of_reach_is_told_and_tried_again(desk) -> None:
    desk.joined()
    received(desk.workspace)
    away = desk.office.rename(desk.office.with_name("옮긴 곳"))
    desk.page.now.click()
    desk.still()
    assert isinstance(desk.page.told.error, OfficeAway)
    assert desk.page.again.isVisible()
    assert desk.page.elsewhere.isVisible()
    desk.page.sync_at(str(away))
    desk.still()
    assert desk.page.told.error is None
    assert desk.page.again.isHidden()
    assert desk.page.receipts.shown.same


@pytest.fixture
def held(monkeypatch) -> Iterator[tuple[threading.Event, threading.Event]]:
    """The first photograph waits on its way until it is let go."""
    begun, let_go = threading.Event(), threading.Event()
    put = FolderRemote.put_photo

    def slow(self: FolderRemote, *photo: Any) -> None:
        begun.set()
        assert let_go.wait(20)
        put(self, *photo)

    monkeypatch.setattr(FolderRemote, "put_photo", slow)
    yield begun, let_go
    let_go.set()


def test_recording_is_saved_while_a_sync_is_under_way(desk, held) -> None:
    begun, let_go = held
    desk.joined()
    list(add_photos(desk.workspace, received(desk.workspace), [picture(1)]))
    desk.page.now.click()
    desk.qtbot.waitUntil(begun.is_set)
    assert not desk.page.now.isEnabled()
    saved: list[Any] = []
    draft = recording.CaseDraft(title="그 사이 기록", category="ROAD_POTHOLE")
    Write(desk.lanes, lambda w: recording.record_case(w, draft)).done(saved.append).start(desk.page)
    desk.qtbot.waitUntil(lambda: bool(saved))
    assert desk.page.meanwhile.isVisible()
    let_go.set()
    desk.still()
    assert desk.page.receipts.shown is not None
    assert desk.page.now.isEnabled()
    assert syncing.waiting(desk.workspace).ops > 0  # what was recorded meanwhile goes next time
    assert desk.synced().same


def test_a_sync_that_is_stopped_goes_on_the_next_time(desk, held) -> None:
    begun, let_go = held
    desk.joined()
    list(add_photos(desk.workspace, at_work(desk.workspace), [picture(1), picture(2)]))
    desk.page.now.click()
    desk.qtbot.waitUntil(begun.is_set)
    desk.qtbot.waitUntil(desk.page.busy.isVisible)
    desk.page.busy.cancel.click()
    let_go.set()
    desk.still()
    assert desk.page.stopped.isVisible()
    assert not desk.page.standing.receipts
    assert syncing.waiting(desk.workspace).ops == 0
    told = desk.synced()
    assert told.same
    assert told.sent.ops == 0
    assert told.photos_verified == told.photos_referenced > 0
    assert desk.page.stopped.isHidden()


def test_closing_the_program_stops_a_sync_without_a_word(desk, held) -> None:
    begun, let_go = held
    desk.joined()
    list(add_photos(desk.workspace, received(desk.workspace), [picture(1), picture(2)]))
    desk.page.now.click()
    desk.qtbot.waitUntil(begun.is_set)
    threading.Timer(0.2, let_go.set).start()
    desk.lanes.close()
    desk.qtbot.wait(50)
    assert syncing.receipts(desk.workspace) == []


def test_each_phase_is_shown_with_its_own_amounts(desk, held) -> None:
    begun, let_go = held
    desk.joined()
    list(add_photos(desk.workspace, received(desk.workspace), [picture(1)]))
    desk.page.now.click()
    desk.qtbot.waitUntil(begun.is_set)
    desk.page._on_step(Step(3, 41, plain("사진을 보냅니다")))
    desk.qtbot.waitUntil(desk.page.busy.isVisible)
    assert desk.page.busy._count.text() == "3 / 41"
    assert desk.page.busy._doing.text() == "사진을 보냅니다"
    let_go.set()
    desk.still()
    assert desk.page.busy.isHidden()


def test_the_keys_of_the_command_sync(desk) -> None:
    (command,) = desk.page.commands()
    assert command.keys == ("Ctrl+Shift+S",)
    desk.joined()
    command.run()
    desk.still()
    assert len(desk.page.standing.receipts) == 1


def test_a_sync_that_ends_behind_another_page_is_told(desk, face) -> None:
    desk.joined()
    desk.page.now.click()
    desk.page.hide()
    desk.still()
    assert len(syncing.receipts(desk.workspace)) == 1


def test_a_chosen_folder_is_asked_for_and_remembered(desk, tmp_path) -> None:
    desk.colleague_office()
    desk.qtbot.mouseClick(desk.page.choices.join, Qt.MouseButton.LeftButton)
    (asking,) = desk.page.findChildren(QFileDialog)
    assert asking.fileMode() is QFileDialog.FileMode.Directory
    asking.filesSelected.emit([str(desk.office)])
    asking.reject()
    desk.still()
    assert desk.page.joined.isVisible()
    assert desk.page._context.memory.text("sync/folder") == str(desk.office)


def test_conflicts_are_counted_and_lead_to_their_cases(desk) -> None:
    desk.joined()
    case = received(desk.workspace)
    desk.synced()
    syncing.sync(desk.colleague)
    for store, title in ((desk.workspace, "내 제목"), (desk.colleague, "동료 제목")):
        recording.revise(store, case, {"title": title})
    syncing.sync(desk.colleague)
    desk.synced()
    assert "1건" in desk.page.joined.conflicts.text()
    assert ("count", ("sync", 1)) in desk.walks.asked
    desk.page.joined.open_list.click()
    assert desk.walks.asked[-1] == ("cases", {"asked": CaseFilter(in_conflict=True)})
    link = desk.page.joined._cases.itemAt(0).widget()
    link.click()
    assert desk.walks.asked[-1] == ("case", (case, None))


def test_an_older_receipt_is_shown_when_its_line_is_chosen(desk) -> None:
    joined = syncing.JoinedOffice("/office", "office", "도로과", RECEIPT["at"])
    older = receipt(at="2026-11-20T09:00:00+09:00", same=False, written_again=2)
    desk.page.show_standing(Standing(joined, receipts=(receipt(), older)))
    assert desk.page.receipts.summary.text() == "사안 2 · 사진 41/41 확인 · 같음 확인"
    assert desk.page.receipts.remarks.count() == 0
    desk.page.receipts.list.setCurrentRow(1)
    assert "아직 같지 않음" in desk.page.receipts.summary.text()
    assert desk.page.receipts.remarks.count() == 2


def test_a_receipt_speaks_english_too(desk, face) -> None:
    joined = syncing.JoinedOffice("/office", "office", "도로과", RECEIPT["at"])
    desk.page.show_standing(Standing(joined, receipts=(receipt(), receipt(same=False))))
    face.speak("en")
    assert desk.page.receipts.summary.text() == "2 cases · 41 of 41 photos verified · proved the same"
    assert desk.page.receipts.list.item(0).text().startswith("Mon 23 Nov 2026")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"office_was_restored": True}, "예전 상태"),
        ({"written_again": 4}, "기록 4건"),
        ({"forks": [b"\1" * 16], "same": False}, "기기 1대"),
        ({"photos_absent": ["a"], "photos_verified": 40}, "이 컴퓨터에도 사무실에도"),
        ({"photos_verified": 40}, "아직 사무실에서 확인되지"),
        ({"same": False}, "다시 동기화"),
    ],
)
def test_what_is_out_of_the_ordinary_is_one_plain_sentence(what, said) -> None:
    (sentence,) = remarks(replace(receipt(), **convert_fields(what)))
    assert said in sentence.ko
    assert sentence.en


def convert_fields(what: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in what.items()}


def test_an_ordinary_receipt_has_nothing_to_remark() -> None:
    assert remarks(receipt()) == []
    assert summed_up(receipt(cases=["one"])).en.startswith("1 case ")
