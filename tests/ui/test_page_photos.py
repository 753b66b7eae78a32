from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.offices import Office, office
from helpers.photographed import photograph
from helpers.pictures import jpeg
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from fieldlog.domain.photo_filter import PhotoFilter
from fieldlog.domain.phrase import plain
from fieldlog.services import recording, tending
from fieldlog.ui.page import Page, PageSpec
from fieldlog.ui.pages.photos import SPEC
from fieldlog.ui.pages.photos.target import TargetWindow
from fieldlog.ui.widgets.photo_tile import PICTURE_ROLE, TILE_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator

EMPTY = PageSpec("empty", "image", plain("-"), lambda _context: Page())


@pytest.fixture
def desk(qtbot, face, tmp_path) -> Iterator[Office]:
    with office(qtbot, face, tmp_path, SPEC, EMPTY) as made:
        made.window.resize(1280, 800)
        made.settle()
        yield made


def tiles(desk: Office) -> list[str]:
    album = desk.page.album
    return [album.index(at).data(TILE_ROLE).caption.ko for at in range(album.rowCount())]


def choose(desk: Office, *photos: str) -> None:
    album, wall = desk.page.album, desk.page.wall
    wall.clearSelection()
    for at in range(album.rowCount()):
        if album.photo(album.row_at(at)).id in photos:
            flags = QItemSelectionModel.SelectionFlag.Select
            wall.selectionModel().setCurrentIndex(album.index(at), flags)
    desk.settle()


def target(desk: Office) -> TargetWindow:
    desk.qtbot.waitUntil(lambda: desk.page.findChild(TargetWindow) is not None)
    found = desk.page.findChild(TargetWindow)
    desk.settle()
    return found


def test_all_photographs_are_shown_newest_first_with_what_each_lacks(desk) -> None:
    assert tiles(desk) == ["IMG_0001.jpg", "파인 구멍"]
    newest, oldest = (desk.page.album.index(at).data(TILE_ROLE) for at in range(2))
    assert [badge.icon for badge in newest.badges] == ["map-pin-off", "pencil", "shield-alert"]
    assert [badge.icon for badge in oldest.badges] == ["shield-alert"]
    assert desk.page.album.index(0).data(PICTURE_ROLE).width() == 160


def test_filters_leave_out_and_their_chips_bring_back(desk) -> None:
    desk.page.show_filter(PhotoFilter(without_place=True))
    desk.settle()
    assert tiles(desk) == ["IMG_0001.jpg"]
    desk.page.filters.chips.removed.emit("without_place")
    desk.settle()
    assert len(tiles(desk)) == 2
    said = [action.text() for action in desk.page.filters.menu().actions()]
    assert "위치 없음 (1)" in said
    assert "설명 없음 (1)" in said


def test_a_search_that_finds_nothing_says_so_and_offers_all(desk) -> None:
    desk.page.show_filter(PhotoFilter(query="없는말"))
    desk.settle()
    assert desk.page._stack.currentWidget() is desk.page._none_found
    desk.page._none_found.action.click()
    desk.settle()
    assert len(tiles(desk)) == 2


def test_typing_in_the_search_finds_by_caption_and_by_case(desk) -> None:
    photograph(desk.workspace, desk.lights, ("DURING",))
    for typed, found in (("파인", 1), ("보안등", 1), ("포트홀", 2)):
        desk.page.search.setText(typed)
        desk.qtbot.wait(200)
        desk.settle()
        assert desk.page.album.rowCount() == found, typed


def test_the_chosen_photograph_is_told_at_the_side(desk) -> None:
    choose(desk, desk.before)
    told = desk.page.details.facts.told()
    assert told["Taken"] == "2026. 3. 9.(월) 10:12\n출처: 사진 정보"
    assert told["Place"].startswith("37.")
    assert told["Camera"] == "Hanbit HB-5"
    assert told["File"] == "IMG_0000.jpg"
    assert told["Size"].startswith("320 × 240")
    assert not desk.page.details.picture.image.isNull()
    desk.face.speak("en")
    assert desk.page.details.facts.told()["Taken"].endswith("from: Picture's own data")


def test_a_caption_written_at_the_side_is_saved_and_shown_on_the_wall(desk) -> None:
    choose(desk, desk.after)
    editor = desk.page.details.form.form.rows["caption"].editor
    editor.entry.setText("메운 구멍")
    desk.page.settle()
    desk.settle()
    assert desk.workspace.store.find(desk.after).text("caption") == "메운 구멍"
    assert tiles(desk)[0] == "메운 구멍"


def test_space_opens_the_photograph_and_the_arrows_walk_on(desk) -> None:
    choose(desk, desk.after)
    desk.page.wall.setFocus()
    desk.qtbot.keyClick(desk.page.wall, Qt.Key.Key_Space)
    desk.settle()
    viewer = desk.page.looking.viewer
    assert viewer.isVisible()
    desk.qtbot.keyClick(viewer, Qt.Key.Key_Right)
    desk.settle()
    assert desk.page.album.photo(desk.page.wall.row()).id == desk.before
    assert not viewer.picture._image.isNull()
    desk.qtbot.keyClick(viewer, Qt.Key.Key_Space)
    assert not viewer.isVisible()


def test_enter_opens_the_case_and_the_link_leads_there_too(desk) -> None:
    choose(desk, desk.before)
    desk.page.wall.setFocus()
    desk.qtbot.keyClick(desk.page.wall, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.case_id == desk.pothole
    desk.window.close_case()
    desk.page.details.case_asked.emit(desk.lights)
    assert desk.window.case_id == desk.lights


def test_before_and_after_are_paired_compared_and_parted(desk) -> None:
    choose(desk, desk.before, desk.after)
    assert desk.page.details.pair.isVisible()
    desk.page.details.pair.click()
    desk.settle()
    assert desk.workspace.store.find(desk.after).text("pair_photo_id") == desk.before
    choose(desk, desk.before)
    assert desk.page.details.compare.isVisible()
    desk.page.details.compare.click()
    desk.settle()
    viewer = desk.page.looking.viewer
    assert viewer._stack.currentWidget() is viewer.swipe
    assert not viewer.swipe._before.isNull()
    assert not viewer.swipe._after.isNull()
    viewer.close()
    desk.page.details.unpair.click()
    desk.settle()
    assert desk.workspace.store.find(desk.after).get("pair_photo_id") is None


def test_two_that_do_not_face_each_other_are_not_paired_and_it_says_why(desk) -> None:
    tending.set_phase(desk.workspace, [desk.after], "BEFORE")
    desk.page.album.refresh()
    desk.settle()
    choose(desk, desk.before, desk.after)
    desk.page.details.pair.click()
    desk.settle()
    assert "전 한 장과 후 한 장" in desk.shown[0].how.ko


def test_many_are_reviewed_and_phased_at_once(desk) -> None:
    desk.page.wall.selectAll()
    desk.page.details.review.click()
    desk.settle()
    assert desk.workspace.store.find(desk.before).text("pii_review") == "NONE"
    desk.page.details.phases["EVIDENCE"].click()
    desk.settle()
    assert desk.workspace.store.find(desk.after).text("phase") == "EVIDENCE"


def test_dropped_files_go_to_the_case_that_is_open_and_every_file_is_answered(desk, tmp_path) -> None:
    folder = tmp_path / "사진"
    folder.mkdir()
    (folder / "하나.jpg").write_bytes(jpeg(400, 300))
    (folder / "둘.jpg").write_bytes(jpeg(400, 300))
    (folder / "셋.jpg").write_bytes(b"no picture")
    desk.window.open_case(desk.lights)
    desk.settle()
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(folder))])
    here = QPointF(QPoint(60, 60))
    desk.page.wall.dropEvent(
        QDropEvent(
            here, Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    asked = target(desk)
    assert "보안등" in asked.shown.text()
    asked.phase.choose("AFTER")
    asked.add.click()
    desk.settle()
    answers = [desk.page._answers.item(at).text() for at in range(desk.page._answers.count())]
    assert [line.split("  ")[0] for line in answers] == ["거부", "중복", "추가"]
    assert "셋.jpg" in answers[0]
    added = desk.workspace.store.sheet(desk.lights).of("photo")
    assert [photo.text("phase") for photo in added] == ["AFTER"]
    assert len(tiles(desk)) == 3
    assert desk.page.escape()
    assert desk.page._answers_box.isHidden()


def test_photographs_can_become_a_new_case(desk, tmp_path) -> None:
    picture = tmp_path / "턱.jpg"
    picture.write_bytes(jpeg(400, 300))
    desk.page.add_files([picture])
    asked = target(desk)
    asked.new.click()
    assert not asked.add.isEnabled()
    asked.title.setText("솔빛동 보도 턱")
    asked.add.click()
    desk.settle()
    row = desk.page.album.row_at(0)
    assert desk.page.album.line(row).case_title == "솔빛동 보도 턱"
    desk.page._to_case.click()
    assert desk.window.case_id == desk.page.album.photo(row).case_id


def test_a_pasted_picture_asks_for_its_case_which_is_found_by_typing(desk) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    desk.page.wall.paste()
    asked = target(desk)
    assert not asked.add.isEnabled()
    asked.finder.field.setText("보안등")
    desk.qtbot.wait(200)
    desk.settle()
    desk.qtbot.keyClick(asked.finder.field, Qt.Key.Key_Return)
    assert asked.add.isEnabled()
    asked.add.click()
    desk.settle()
    (photo,) = desk.workspace.store.sheet(desk.lights).of("photo")
    assert photo.text("original_name").endswith("붙여넣은 사진.png")


def test_adding_can_be_stopped_and_what_came_in_stays(desk, tmp_path) -> None:
    for at in range(30):
        (tmp_path / f"{at:02d}.jpg").write_bytes(jpeg(1200 + at, 900))
    desk.page.add_files(sorted(tmp_path.glob("*.jpg")))
    asked = target(desk)
    asked._case = desk.lights
    asked._judge()
    asked.add.click()
    desk.qtbot.waitUntil(lambda: len(desk.workspace.store.sheet(desk.lights).of("photo")) > 1)
    desk.page.busy.cancel.click()
    desk.settle()
    kept = len(desk.workspace.store.sheet(desk.lights).of("photo"))
    assert 1 < kept < 30
    assert desk.page._answers.count() == kept
    assert not desk.page.adding.under_way
    assert desk.workspace.store.verify().sound


def test_a_picture_is_handed_out_without_metadata_and_a_file_there_is_asked_about(
    desk, tmp_path, monkeypatch
) -> None:
    out, asked = tmp_path / "낸 사진.jpg", []
    monkeypatch.setattr(
        desk.messages, "ask", lambda question, *_args, **_named: asked.append(question.ko) or False
    )
    desk.page.exporting.write({desk.before: out})
    desk.settle()
    with Image.open(out) as picture:
        assert not picture.getexif()
    out.write_bytes(b"mine")
    desk.page.exporting.write({desk.before: out})
    desk.settle()
    assert out.read_bytes() == b"mine"
    assert "덮어쓰시겠습니까" in asked[0]
    monkeypatch.setattr(desk.messages, "ask", lambda *_args, **_named: True)
    desk.page.exporting.write({desk.before: out})
    desk.settle()
    assert out.read_bytes().startswith(b"\xff\xd8")


def test_what_was_not_reviewed_is_handed_out_only_when_the_person_says_so(desk, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        desk.messages, "ask", lambda question, *_args, **_named: asked.append(question.ko) or False
    )
    choose(desk, desk.before)
    desk.page.export()
    desk.settle()
    assert "1장" in asked[0]


def test_what_is_chosen_and_in_view_stays_when_photographs_come_in_above(desk) -> None:
    choose(desk, desk.before)
    photograph(desk.workspace, desk.lights, ("BEFORE", "AFTER"))
    desk.page.album.refresh()
    desk.settle()
    assert desk.page.album.photo(desk.page.wall.rows()[0]).id == desk.before
    assert len(tiles(desk)) == 4


def test_the_arrows_go_by_tile_and_line_and_to_the_ends(desk) -> None:
    photograph(desk.workspace, desk.lights, ["BEFORE"] * 12)
    desk.page.album.refresh()
    desk.settle()
    wall = desk.page.wall
    wall.setFocus()
    columns = wall._columns()
    assert columns > 1
    for key, there in (
        (Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 1 + columns), (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Left, 0), (Qt.Key.Key_End, 13), (Qt.Key.Key_PageUp, None),
    ):  # fmt: skip
        desk.qtbot.keyClick(wall, key)
        if there is not None:
            assert wall.currentIndex().row() == there
    place = wall.visualRect(desk.page.album.index(1))
    assert wall.indexAt(place.center()).row() == 1
    assert not wall.indexAt(QPoint(2, 2)).isValid()
    desk.qtbot.keyClick(wall, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(wall.rows()) == 14
    assert desk.page.step(-1)


def test_a_screen_reader_is_told_phase_caption_case_and_what_is_missing(desk) -> None:
    said = desk.page.album.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    number = desk.workspace.store.find(desk.pothole).text("case_no")
    assert said == f"후, IMG_0001.jpg, {number}, 위치 없음, 설명 없음, 개인정보 확인 전"
    told = QAccessible.queryAccessibleInterface(desk.page.wall)
    assert told.role() in {QAccessible.Role.List, QAccessible.Role.Table}
    nameless = [
        widget
        for widget in desk.page.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
        and widget.focusProxy() is None
    ]
    assert nameless == []


def test_where_there_is_little_room_the_wall_has_it(desk) -> None:
    assert desk.page.details.isVisible()
    desk.window.resize(800, 700)
    desk.settle()
    assert not desk.page.details.isVisible()


def test_a_hundred_thousand_positions_are_laid_out_at_once_and_little_is_held(desk) -> None:
    from array import array

    from fieldlog.domain.clock import monotonic

    album, wall = desk.page.album, desk.page.wall
    began = monotonic()
    album._take_order(array("q", range(100_000)))
    wall.verticalScrollBar().setValue(wall.verticalScrollBar().maximum() // 2)
    wall.repaint()
    assert monotonic() - began < 1.0
    assert abs(wall._in_view().start - 50_000) < 200
    desk.settle()
    assert len(album._lines) <= 2_048
    assert not album._runs


def test_a_store_that_is_only_read_offers_nothing_that_writes(desk, monkeypatch) -> None:
    desk.workspace.store.read_only = True
    desk.window.go("empty")
    desk.window.go("photos")
    desk.settle()
    assert desk.page._adders.isHidden()
    assert not desk.page.wall.acceptDrops()
    desk.page.add_files([desk.folder / "x.jpg"])
    desk.settle()
    assert desk.page.findChild(TargetWindow) is None
    choose(desk, desk.before)
    assert desk.page.details.form._read_only
    desk.workspace.store.read_only = False


def test_without_any_photograph_the_page_says_what_will_be_here(desk) -> None:
    for photo in (desk.before, desk.after):
        recording.remove(desk.workspace, photo, "시험")
    desk.page.album.refresh()
    desk.settle()
    assert desk.page._stack.currentWidget() is desk.page._none_yet
    assert desk.page.album.asked == PhotoFilter()
