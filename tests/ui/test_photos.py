from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from fieldlog.domain.phrase import Phrase
from fieldlog.ui.theme import Tone
from fieldlog.ui.widgets.photo_grid import PhotoGrid
from fieldlog.ui.widgets.photo_tile import PICTURE_ROLE, Badge, PhotoTile
from fieldlog.ui.widgets.photo_viewer import PhotoViewer
from fieldlog.ui.widgets.pictures import decoded, picture_loader, png_of
from fieldlog.ui.widgets.swipe_view import SwipeView

UNSEEN = Badge("shield-alert", Phrase("개인정보 미확인", "Personal data unreviewed"), Tone.WARNING)


def picture(colour: str = "#336699", size: int = 40) -> QImage:
    image = QImage(size * 2, size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def tiles(count: int) -> list[PhotoTile]:
    phases = ("BEFORE", "DURING", "AFTER")
    return [
        PhotoTile(f"p{n}", Phrase(f"{n}번 사진", f"photo {n}"), phases[n % 3], (UNSEEN,) if n == 1 else ())
        for n in range(count)
    ]


class Shelf:
    """Pictures that are handed out when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []

    def load(self, key, take) -> None:
        self.asked.append((key, take))

    def keys(self) -> list[str]:
        return [key for key, _ in self.asked]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def grid(qtbot, face, shelf) -> PhotoGrid:
    made = PhotoGrid(face, shelf.load)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.activateWindow()
    return made


def test_only_thumbnails_in_sight_are_fetched_and_each_once(grid, shelf) -> None:
    grid.show_photos(tiles(500))
    grid.grab()
    grid.grab()
    assert 0 < len(shelf.asked) < 40
    assert len(set(shelf.keys())) == len(shelf.asked)


def test_a_thumbnail_appears_when_it_arrives_and_again_when_it_changed(grid, shelf) -> None:
    grid.show_photos(tiles(2))
    grid.grab()
    key, take = shelf.asked[0]
    take(picture())
    assert grid.model().index(0).data(PICTURE_ROLE) is not None
    grid.forget(key)
    grid.model().index(0).data(PICTURE_ROLE)
    assert shelf.keys().count(key) == 2


def test_a_missing_picture_is_not_asked_for_again_and_again(grid, shelf) -> None:
    grid.show_photos(tiles(1))
    grid.grab()
    shelf.asked[0][1](None)
    grid.grab()
    assert len(shelf.asked) == 1


def test_a_photo_is_told_by_phase_caption_and_badges(grid, face) -> None:
    grid.show_photos(tiles(2))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert grid.model().index(1).data(role) == "중, 1번 사진, 개인정보 미확인"
    face.speak("en")
    assert grid.model().index(1).data(role) == "During, photo 1, Personal data unreviewed"
    told = QAccessible.queryAccessibleInterface(grid)
    assert told.text(QAccessible.Text.Name) == "Photos"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_space_and_enter_open_the_photo_the_keyboard_is_on(qtbot, grid, key) -> None:
    grid.show_photos(tiles(3))
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(2))
    with qtbot.waitSignal(grid.opened) as heard:
        qtbot.keyClick(grid, key)
    assert heard.args == ["p2"]


def test_what_was_chosen_stays_chosen_when_the_list_is_made_anew(qtbot, grid) -> None:
    grid.show_photos(tiles(3))
    grid.selectAll()
    grid.show_photos(tiles(2))
    assert grid.selected() == ["p0", "p1"]


def test_files_may_be_dropped(qtbot, grid, tmp_path) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(tmp_path / "가.jpg")), QUrl("https://example.invalid/b.jpg")])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        held,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(grid.dropped) as heard:
        grid.dropEvent(drop)
    assert heard.args == [[tmp_path / "가.jpg"]]


def test_a_picture_may_be_pasted(qtbot, grid) -> None:
    QGuiApplication.clipboard().setImage(picture("#ff0000"))
    with qtbot.waitSignal(grid.pasted) as heard:
        qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    image = decoded(heard.args[0])
    assert image is not None
    assert image.pixelColor(1, 1).name() == "#ff0000"
    QGuiApplication.clipboard().clear()


def test_pictures_are_fetched_and_decoded_away_from_the_window(qtbot, lanes) -> None:
    lanes.workspace["p"] = png_of(picture()).hex()
    owner, seen = QWidget(), []
    qtbot.addWidget(owner)
    load = picture_loader(lanes, lambda workspace, key: bytes.fromhex(workspace[key]), owner)
    load("p", seen.append)
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert seen[0].width() == 80


def test_bytes_that_are_no_picture_give_none() -> None:
    assert decoded(b"not a picture") is None
    assert decoded(b"") is None


@pytest.fixture
def viewer(qtbot, face, shelf) -> PhotoViewer:
    made = PhotoViewer(face, shelf.load)
    qtbot.addWidget(made)
    made.show_photos(tiles(4), "p1", {"p0": "p2"})
    return made


def test_arrows_walk_and_stop_at_the_ends(qtbot, viewer) -> None:
    walked = []
    viewer.walked.connect(walked.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(viewer.picture, key)
    assert walked == ["p0", "p1"]
    assert viewer.picture.accessibleName() == "사진: 1번 사진"


def test_a_pair_is_compared_before_at_the_left(qtbot, viewer, shelf) -> None:
    viewer.walk(-1)
    for key, take in list(shelf.asked):
        take(picture({"p0": "#ff0000", "p2": "#0000ff"}.get(key, "#00ff00"), 200))
    qtbot.keyClick(viewer.picture, Qt.Key.Key_C)
    assert viewer.swipe.isVisible()
    shown = viewer.swipe.grab().toImage()
    ratio, middle = viewer.swipe.devicePixelRatioF(), viewer.swipe.height() // 2 + 60
    left = shown.pixelColor(QPoint(int(60 * ratio), int(middle * ratio)))
    right = shown.pixelColor(QPoint(int((viewer.swipe.width() - 60) * ratio), int(middle * ratio)))
    assert (left.name(), right.name()) == ("#ff0000", "#0000ff")
    viewer.walk(1)
    assert viewer.picture.isVisible()


def test_a_photo_that_cannot_be_shown_says_so(viewer, shelf) -> None:
    shelf.asked[0][1](None)
    assert viewer._note.text() == "사진을 불러올 수 없습니다."


def test_zoom_is_bounded_and_comes_back(qtbot, viewer, shelf) -> None:
    shelf.asked[0][1](picture())
    for _ in range(30):
        qtbot.keyClick(viewer.picture, Qt.Key.Key_Plus)
    assert viewer.picture._zoom == 8.0
    qtbot.keyClick(viewer.picture, Qt.Key.Key_0)
    assert viewer.picture._zoom == 1.0


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_space_and_esc_close_the_viewer(qtbot, viewer, key) -> None:
    qtbot.keyClick(viewer.picture, key)
    assert not viewer.isVisible()


def test_the_divider_follows_mouse_and_keys_and_is_a_slider_for_screen_readers(qtbot, face) -> None:
    swipe = SwipeView(face)
    qtbot.addWidget(swipe)
    swipe.resize(400, 200)
    swipe.show_pair(picture(size=100), picture("#222222", 100))
    swipe.show()
    qtbot.mousePress(swipe, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert swipe.value() == pytest.approx(250, abs=5)
    qtbot.keyClick(swipe, Qt.Key.Key_Right)
    assert swipe.value() == pytest.approx(270, abs=5)
    told = QAccessible.queryAccessibleInterface(swipe)
    assert told.role() == QAccessible.Role.Slider
    assert told.text(QAccessible.Text.Name) == "전후 비교"


def test_swiping_nothing_does_no_harm(qtbot, face) -> None:
    swipe = SwipeView(face)
    qtbot.addWidget(swipe)
    swipe.show_pair(QImage(), QImage())
    swipe.grab()
    assert swipe.value() == 500
