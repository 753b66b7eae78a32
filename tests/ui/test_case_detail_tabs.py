from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from helpers.casework import calm
from helpers.composing import commit, type_pothole
from helpers.heartbeat import slowness
from helpers.makers import jpeg, part, picture, received
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, QUrl

from fieldlog.services import browsing, photographs, recording
from fieldlog.ui.widgets.photo_grid import dropped_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fieldlog.domain.record import Record
    from fieldlog.ui.case.part_list import PartList
    from fieldlog.ui.case.tab import CaseTab

LONGEST = 0.05


@pytest.fixture
def open_tab(qtbot, detail, lanes) -> Callable[[str, str], CaseTab]:
    """Opens a case at one of its tabs."""

    def open_one(case: str, key: str) -> CaseTab:
        detail.show_case(case)
        calm(qtbot, lanes)
        detail.show_tab(key)
        calm(qtbot, lanes)
        return detail._tabs[key]

    return open_one


def lines(shown: PartList) -> list[str]:
    return [shown.item(line).text() for line in range(shown.count())]


def parts(workspace, case, kind) -> tuple[Record, ...]:
    return browsing.case_sheet(workspace, case).of(kind)


# Visits


def test_a_visit_is_added_with_what_is_known_and_opened(qtbot, workspace, open_tab, lanes) -> None:
    case = received(workspace)
    tab = open_tab(case, "visits")
    assert tab._none.isVisible()
    qtbot.mouseClick(tab.add_button, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    (visit,) = parts(workspace, case, "visit")
    assert visit.text("visit_kind") == "V_POTHOLE"
    assert lines(tab.list) == ["1차 · 도로·포트홀"]
    assert tab.form.form.rows["planned_at"].editor.entry.hasFocus()


def test_a_visit_is_added_from_any_tab_by_its_keys(qtbot, workspace, detail, open_tab, lanes) -> None:
    case = received(workspace)
    open_tab(case, "overview")
    (command,) = [each for each in detail.commands() if each.keys == ("Ctrl+Shift+V",)]
    command.run()
    calm(qtbot, lanes)
    assert len(parts(workspace, case, "visit")) == 1
    assert detail._tabs["visits"].isVisible()


def test_a_visit_begins_and_ends_by_a_press(qtbot, workspace, open_tab, lanes) -> None:
    case = received(workspace)
    long = part(workspace, case, "visit", started_at="2026-11-20T09:00", ended_at="2026-11-20T18:00")
    tab = open_tab(case, "visits")
    assert "8시간" in tab.doubt.text()
    recording.remove(workspace, long, "다른 날")
    part(workspace, case, "visit")
    tab = open_tab(case, "visits")
    assert tab.doubt.isHidden()
    assert not tab.end.isVisible()
    qtbot.mouseClick(tab.start, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    qtbot.mouseClick(tab.end, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    (visit,) = parts(workspace, case, "visit")
    assert visit.text("started_at") < visit.text("ended_at")


def test_an_answer_on_the_checklist_becomes_an_observation_of_its_item(
    qtbot, workspace, open_tab, lanes
) -> None:
    case = received(workspace)
    visit = part(workspace, case, "visit")
    checks = open_tab(case, "visits").checklist._lines
    commit(checks["depth"].entry, "6.5")
    checks["depth"].entry.settle()
    calm(qtbot, lanes)
    qtbot.mouseClick(checks["depth"].verdicts["NG"], Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    commit(checks["lane"].entry, "2차로")
    checks["lane"].entry.settle()
    calm(qtbot, lanes)
    depth, lane = parts(workspace, case, "observation")
    assert (depth.text("kind"), depth.get("value_num"), depth.text("unit"), depth.text("verdict")) == (
        "MEASUREMENT", 6.5, "cm", "NG",
    )  # fmt: skip
    assert (depth.text("text"), depth.text("checklist_item"), depth.text("visit_id")) == (
        "깊이 6.5 cm",
        "depth",
        visit,
    )
    assert (lane.text("kind"), lane.text("text")) == ("FACT", "차로: 2차로")
    assert (checks["depth"].entry.text(), checks["lane"].entry.text()) == ("6.5", "2차로")


def test_a_measured_value_that_is_no_number_is_marked_and_not_saved(
    qtbot, workspace, open_tab, lanes
) -> None:
    case = received(workspace)
    part(workspace, case, "visit")
    line = open_tab(case, "visits").checklist._lines["depth"]
    commit(line.entry, "깊음")
    line.entry.settle()
    calm(qtbot, lanes)
    assert line.entry.property("wrong")
    assert not parts(workspace, case, "observation")


def test_facts_measurements_statements_and_opinions_are_kept_apart(qtbot, workspace, open_tab, lanes) -> None:
    case = received(workspace)
    part(workspace, case, "visit")
    blocks = open_tab(case, "visits").observations.blocks
    for kind, block in blocks.items():
        block.entry.setFocus()
        commit(block.entry, kind)
        qtbot.keyClick(block.entry, Qt.Key.Key_Return)
        calm(qtbot, lanes)
    seen = {each.text("kind"): each.text("text") for each in parts(workspace, case, "observation")}
    assert seen == {kind: kind for kind in blocks}
    assert [lines(block.list) for block in blocks.values()] == [[kind] for kind in blocks]
    assert "value_num" not in blocks["OPINION"].form.form.rows


def test_an_observation_is_corrected_and_removed_in_its_block(qtbot, workspace, open_tab, lanes) -> None:
    case = received(workspace)
    visit = part(workspace, case, "visit")
    part(workspace, case, "observation", text="금이 감", visit_id=visit)
    block = open_tab(case, "visits").observations.blocks["FACT"]
    block.list.setCurrentRow(0)
    block.list.itemActivated.emit(block.list.item(0))
    entry = block.form.form.rows["text"].editor.entry
    entry.selectAll()
    type_pothole(entry)
    block.settle()
    calm(qtbot, lanes)
    assert lines(block.list) == ["포트홀"]
    qtbot.mouseClick(block._take_away, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    assert not parts(workspace, case, "observation")


def test_observations_without_a_visit_are_not_lost_from_sight(workspace, open_tab) -> None:
    case = received(workspace)
    part(workspace, case, "observation", text="전화로 들음", kind="STATEMENT")
    tab = open_tab(case, "visits")
    assert lines(tab.list) == ["방문 없이 적은 관찰 1건"]
    assert lines(tab.observations.blocks["STATEMENT"].list) == ["전화로 들음"]
    assert not tab._sections["visit"].isVisible()


# Photographs


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for seed in range(3):
        (folder / f"{seed}.jpg").write_bytes(jpeg(seed, lat=36.5))
    (folder / "3.jpg").write_bytes(jpeg(0, lat=36.5))
    (folder / "4.jpg").write_bytes(b"no picture")
    return folder


def test_a_folder_is_added_and_every_file_is_answered(qtbot, workspace, open_tab, lanes, pictures) -> None:
    case = received(workspace)
    tab = open_tab(case, "photos")
    assert tab._none.isVisible()
    tab.phase.choose("AFTER")
    tab.add_files([pictures])
    calm(qtbot, lanes)
    photos = parts(workspace, case, "photo")
    assert [photo.text("phase") for photo in photos] == ["AFTER"] * 3
    assert tab._counted.text() == "3장 추가 · 1장 중복 · 1장 거부"
    told = lines(tab._answers)
    assert any(said.startswith("3.jpg — 중복: 이 사안에 이미 있는 사진입니다.") for said in told)
    assert any(said.startswith("4.jpg — 거부:") for said in told)
    assert not tab.busy.isVisible()
    assert len(tab._tiles) == 3


def test_adding_can_be_stopped_and_what_was_added_stays(qtbot, workspace, open_tab, lanes, tmp_path) -> None:
    case = received(workspace)
    tab = open_tab(case, "photos")
    gate, began = threading.Event(), threading.Event()

    def slow(seed: int) -> Callable[[], bytes]:
        def make() -> bytes:
            if seed > 2:
                began.set()
                gate.wait(10)
            return jpeg(seed)

        return make

    sources = [photographs.PhotoSource(f"{seed}.jpg", make=slow(seed)) for seed in range(40)]
    tab.adding._add(lambda: sources, "BEFORE", None)
    qtbot.waitUntil(began.is_set)
    tab.busy.cancel.click()
    gate.set()
    calm(qtbot, lanes)
    kept = len(parts(workspace, case, "photo"))
    assert 0 < kept < 40
    assert len(tab._tiles) == kept
    assert not tab.busy.isVisible()


def test_a_picture_from_the_clipboard_is_added_under_a_name_of_its_time(
    qtbot, workspace, open_tab, lanes
) -> None:
    case = received(workspace)
    open_tab(case, "photos").grid.pasted.emit(jpeg(9))
    calm(qtbot, lanes)
    (photo,) = parts(workspace, case, "photo")
    assert photo.text("original_name") == "20261122_142005_붙여넣은 사진.png"


def test_files_may_be_dropped_on_the_empty_tab(qtbot, workspace, open_tab, lanes, pictures) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(pictures / "0.jpg"))])
    tab = open_tab(received(workspace), "photos")
    assert tab.acceptDrops()
    tab.add_files(dropped_files(held))
    calm(qtbot, lanes)
    assert len(tab._tiles) == 1


def test_a_caption_saves_itself_and_is_on_the_tile(qtbot, workspace, open_tab, lanes) -> None:
    case = received(workspace)
    list(photographs.add_photos(workspace, case, [picture(1)]))
    tab = open_tab(case, "photos")
    tab.choose(tab._tiles[0].key)
    entry = tab.details.form.form.rows["caption"].editor.entry
    entry.setFocus()
    type_pothole(entry)
    tab.settle()
    calm(qtbot, lanes)
    assert parts(workspace, case, "photo")[0].text("caption") == "포트홀"
    assert tab._tiles[0].caption.ko == "포트홀"


def test_two_photographs_are_paired_compared_and_parted(qtbot, workspace, open_tab, lanes) -> None:
    case = received(workspace)
    list(photographs.add_photos(workspace, case, [picture(1)], phase="AFTER"))
    list(photographs.add_photos(workspace, case, [picture(2)], phase="BEFORE"))
    tab = open_tab(case, "photos")
    before, after = (tile.key for tile in tab._tiles)
    tab.grid.selectAll()
    qtbot.mouseClick(tab.details.pair, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    assert tab._pairs == {before: after}
    tab.grid.clearSelection()
    tab.choose(before)
    qtbot.mouseClick(tab.details.compare, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    assert tab._viewer._stack.currentWidget() is tab._viewer.swipe
    tab._viewer.close()
    qtbot.mouseClick(tab.details.unpair, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    assert tab._pairs == {}


def test_removed_photographs_leave_the_grid_and_their_originals_stay(
    qtbot, workspace, open_tab, lanes
) -> None:
    case = received(workspace)
    (answer,) = photographs.add_photos(workspace, case, [picture(1)])
    tab = open_tab(case, "photos")
    tab.choose(tab._tiles[0].key)
    qtbot.mouseClick(tab.details.remove, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    assert tab._tiles == []
    assert photographs.original_photo(workspace, answer.sha256)


# Actions


def test_an_action_is_written_opened_and_done(qtbot, workspace, open_tab, lanes) -> None:
    case = received(workspace)
    tab = open_tab(case, "actions")
    tab.entry.setFocus()
    type_pothole(tab.entry)
    qtbot.mouseClick(tab.add_button, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    assert lines(tab.list) == ["예정 · 포트홀 · 한가람"]
    assert tab.form.form.rows["due_on"].editor.entry.hasFocus()
    qtbot.mouseClick(tab.done, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    (action,) = parts(workspace, case, "action")
    assert (action.text("status"), action.text("done_on")) == ("DONE", "2026-11-23")
    assert not tab.done.isVisible()


def test_a_part_removed_elsewhere_leaves_its_form(qtbot, workspace, open_tab, bus, lanes) -> None:
    case = received(workspace)
    action = part(workspace, case, "action", title="덧씌우기")
    tab = open_tab(case, "actions")
    assert tab._chosen.isVisible()
    bus.effects_happened.emit(recording.remove(workspace, action, "중복"), None)
    calm(qtbot, lanes)
    assert not tab._chosen.isVisible()
    assert tab._none.isVisible()


# History


def test_the_history_tells_who_changed_what_from_what_to_what(qtbot, workspace, open_tab, lanes) -> None:
    case = received(workspace)
    recording.revise(workspace, case, {"title": "새 제목", "vulnerable_flags": ["CHILD"]})
    tree = open_tab(case, "history").tree
    newest = tree.topLevelItem(0)
    assert newest.text(0).endswith("한가람")
    assert newest.text(1) == "제목, 취약계층 관련"
    newest.setExpanded(True)
    changes = {newest.child(at).text(0): newest.child(at).text(1) for at in range(newest.childCount())}
    assert changes == {"제목": "별빛로 포트홀 → 새 제목", "취약계층 관련": "비어 있음 → 어린이"}
    assert tree.topLevelItem(1).text(1).startswith("사안 추가: 별빛로 포트홀")


def test_a_save_is_undone_from_the_history(qtbot, workspace, open_tab, lanes) -> None:
    case = received(workspace)
    recording.revise(workspace, case, {"title": "첫째"})
    recording.revise(workspace, case, {"severity": "5"})
    tab = open_tab(case, "history")
    tab.tree.setCurrentItem(tab.tree.topLevelItem(1))
    qtbot.mouseClick(tab.undo, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    record = browsing.read_record(workspace, case)
    assert (record.text("title"), record.text("severity")) == ("별빛로 포트홀", "5")
    assert tab.tree.topLevelItem(0).text(1) == "되돌림: 제목"


def test_a_comment_is_written_and_found_again(qtbot, workspace, open_tab, lanes) -> None:
    case = received(workspace)
    tab = open_tab(case, "history")
    tab.entry.setFocus()
    type_pothole(tab.entry)
    qtbot.mouseClick(tab.say, Qt.MouseButton.LeftButton)
    calm(qtbot, lanes)
    assert tab.entry.value() == ""
    tab.only.setChecked(True)
    assert [tab.tree.topLevelItem(0).text(1), tab.tree.topLevelItemCount()] == ["의견: 포트홀", 1]


# Calm


def test_no_part_of_a_case_ever_appears_as_a_window_of_its_own(workspace, open_tab, qapp) -> None:
    case = received(workspace)
    visit = part(workspace, case, "visit")
    part(workspace, case, "observation", text="금이 감", visit_id=visit)
    part(workspace, case, "action", title="덧씌우기")
    flashed: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() is QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
                flashed.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    for key in ("overview", "visits", "photos", "causes", "partners", "actions", "effect", "history"):
        open_tab(case, key)
    qapp.removeEventFilter(watch)
    assert flashed == []


def test_opening_a_case_with_sixty_photographs_never_holds_the_window(
    qtbot, workspace, detail, open_tab, lanes
) -> None:
    case, other = received(workspace), received(workspace, "다른 사안")
    list(photographs.add_photos(workspace, case, [picture(seed) for seed in range(60)]))
    walk = ((case, "overview"), (case, "photos"), (other, "photos"), (case, "photos"), (case, "history"))
    longest = []
    for _ in range(3):
        detail._forget_tabs()
        beats = Heart(detail)
        for each, key in walk:
            open_tab(each, key)
        assert len(detail._tabs["photos"]._tiles) == 60
        longest.append(beats.stop() / slowness())
        if longest[-1] < LONGEST:
            break
    assert min(longest) < LONGEST, longest


class Heart:
    """Beats whenever the event loop turns; ``longest`` is the work between two beats, in this thread's own time."""

    def __init__(self, parent: QObject) -> None:
        self.longest, self._last = 0.0, time.thread_time()
        self._timer = QTimer(parent)
        self._timer.timeout.connect(self._beat)
        self._timer.start(0)

    def _beat(self) -> None:
        now = time.thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now

    def stop(self) -> float:
        self._timer.stop()
        return self.longest
