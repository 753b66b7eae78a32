from __future__ import annotations

import os
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from helpers.composing import commit, type_pothole
from helpers.makers import jpeg
from helpers.stores import practice_store
from helpers.windows import pump, sitting, until
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest

from fieldlog.domain.filter import CaseFilter
from fieldlog.services import browsing, capturing, drafting
from fieldlog.services.capture_drafts import FORM
from fieldlog.services.recording import CaseDraft
from fieldlog.ui.quick.category_picker import CategoryList
from fieldlog.ui.quick.photo_strip import newest_in
from fieldlog.ui.reading_order import tab_stops

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.domain.record import CaseSheet
    from fieldlog.ui.quick import QuickWindow


@pytest.fixture
def person(tmp_path, face) -> Iterator:
    practice_store(tmp_path / "store").close()
    with sitting(tmp_path / "store", face) as made:
        made.opened()
        yield made


@pytest.fixture
def quick(person) -> QuickWindow:
    return person.quick()


@pytest.fixture
def files(tmp_path) -> list[Path]:
    paths = [tmp_path / "하나.jpg", tmp_path / "둘.jpg"]
    for seed, path in enumerate(paths):
        path.write_bytes(jpeg(seed, lat=36.5 if seed == 0 else None))
    return paths


def cases(person) -> list:
    return list(browsing.list_cases(person.workspace, CaseFilter()).cases)


def case(person) -> CaseSheet:
    return browsing.case_sheet(person.workspace, cases(person)[0].id)


def test_the_newest_pictures_of_a_folder_come_in_their_order(tmp_path) -> None:
    for number, name in enumerate(["c.jpg", "a.HEIC", "b.txt", "d.png"]):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (1000 + number, 1000 + number))
    assert [path.name for path in newest_in(tmp_path, 1000.0)] == ["a.HEIC", "d.png"]
    assert newest_in(tmp_path / "none", 0.0) == []


def test_eight_favourites_stand_with_picture_and_word(quick, person) -> None:
    assert list(quick.category.buttons) == list(person.workspace.profile.favourites)
    for code, button in quick.category.buttons.items():
        assert button.accessibleName() == person.workspace.profile.categories[code].label.ko
        assert not button._picture.pixmap().isNull()


def test_another_category_is_found_by_its_initials(quick, person) -> None:
    quick.category.choose_other()
    listed = quick.findChild(CategoryList)
    listed.show_matching("ㅈㅂㅊㅎ")
    assert "지반침하" in listed.list.item(0).text()
    listed._take()
    assert quick.category.code() == "ROAD_SUBSIDENCE"
    assert "지반침하" in quick.category.other.text()
    assert not any(button.isChecked() for button in quick.category.buttons.values())


def test_a_title_is_proposed_without_standing_in_the_way(quick) -> None:
    quick.category.choose_number(1)
    assert quick.title.placeholderText().startswith("[포트홀] 2026. 11. 23.(월)")
    quick.place.set_text("별빛로 12 앞")
    assert quick.title.placeholderText() == "[포트홀] 별빛로 12 앞"
    assert quick.title.value() == ""
    assert quick.title.hasFocus() or not quick.isActiveWindow()


def test_the_proposed_title_is_taken_where_none_is_typed(quick, person) -> None:
    quick.category.choose_number(1)
    quick.place.set_text("별빛로 12 앞")
    quick.save()
    person.wait()
    sheet = case(person)
    assert sheet.case.text("title") == "[포트홀] 별빛로 12 앞"
    assert sheet.case.text("description") == "위치: 별빛로 12 앞"
    assert sheet.location is None
    assert not quick.isVisible()


def test_the_place_is_taken_from_the_first_picture_that_knows_it(quick, person, files) -> None:
    quick.photos.added.emit(files)
    person.wait()
    assert quick.place.status.text().startswith("사진에서 가져옴 · 36.50000")
    quick.category.choose_number(1)
    quick.save()
    person.wait()
    sheet = case(person)
    assert len(sheet.of("photo")) == 2
    assert sheet.location is not None
    assert sheet.location.text("source") == "EXIF"


@pytest.mark.parametrize("wait", [True, False])
def test_a_typed_position_is_taken_also_if_saving_was_quicker_than_reading(quick, person, wait) -> None:
    quick.category.choose_number(1)
    quick.place.set_text("36.48, 127.289")
    if wait:
        until(lambda: quick.place.agreed() is not None, "the reading")
    quick.save()
    person.wait()
    location = case(person).location
    assert location is not None
    assert (location.number("lat"), location.number("lon")) == (36.48, 127.289)


def test_a_swapped_position_is_asked_about_and_never_turned_silently(quick, person) -> None:
    quick.category.choose_number(1)
    quick.place.set_text("127.0298, 37.4930")
    until(lambda: not quick.place.yes.isHidden(), "the question")
    assert "바뀐" in quick.place.status.text()
    quick.save_and_go_on()
    person.wait()
    assert case(person).location is None
    quick.category.choose_number(1)
    quick.place.set_text("127.0298, 37.4930")
    until(lambda: not quick.place.yes.isHidden(), "the question")
    quick.place.yes.click()
    quick.save()
    person.wait()
    assert case(person).location.number("lat") == 37.493


def test_without_a_category_nothing_is_saved_and_it_is_said(quick, person) -> None:
    quick.title.set_value("분류 없는 기록")
    quick.save()
    person.wait()
    assert quick.told.error.why.ko == "분류를 고르지 않았습니다."
    assert cases(person) == []
    assert quick.title.value() == "분류 없는 기록"


def test_what_cannot_be_saved_stays_and_is_told(quick, person) -> None:
    quick.category.choose_number(1)
    quick.title.set_value("가" * 101)
    quick.save()
    person.wait()
    assert quick.told.error is not None
    assert quick.title.value() == "가" * 101
    assert quick.body.isEnabled()
    assert cases(person) == []


def test_saving_does_not_wait_for_the_pictures(quick, person, files, monkeypatch) -> None:
    import threading

    gate = threading.Event()
    real = capturing.file_photos

    def slow(*args: Any, **more: Any) -> Any:
        gate.wait(20)
        return real(*args, **more)

    monkeypatch.setattr(capturing, "file_photos", slow)
    quick.photos.added.emit(files)
    person.wait()
    quick.category.choose_number(1)
    quick.save_and_go_on()
    until(lambda: len(cases(person)) == 1, "the case")
    until(quick.saved_line.isVisible, "the word that it is saved")
    assert quick.filing.busy
    gate.set()
    person.wait()
    assert len(case(person).of("photo")) == 2
    assert not quick.filing.busy


def test_a_picture_that_cannot_be_kept_is_named_and_the_rest_is_saved(quick, person, files, tmp_path) -> None:
    bad = tmp_path / "아님.jpg"
    bad.write_bytes(b"no picture")
    quick.photos.added.emit([*files, bad])
    person.wait()
    tile = quick.photos.tiles[str(bad)]
    assert tile.trouble is not None
    assert "아님.jpg" in quick.photos._wrong.text()
    quick.category.choose_number(1)
    quick.save()
    person.wait()
    assert len(case(person).of("photo")) == 2
    card = person.session.messages._cards[-1]
    assert "아님.jpg" in card.error.why.ko


def test_a_picture_is_taken_away_with_its_button(quick, person, files) -> None:
    quick.photos.added.emit(files)
    person.wait()
    quick.photos.tiles[str(files[0])].remove.click()
    person.wait()
    assert [each.path for each in quick.desk.chosen] == [files[1]]


def test_tab_goes_from_the_pictures_over_the_categories_to_the_title(quick, person, files) -> None:
    quick.photos.added.emit(files)
    person.wait()
    stops = tab_stops((quick.body, quick.foot))
    first = [quick.photos.tiles[str(file)].remove for file in files]
    assert stops[:3] == [*first, quick.photos.add]
    category = next(index for index, stop in enumerate(stops) if quick.category.isAncestorOf(stop))
    assert 3 <= category < stops.index(quick.title) < stops.index(quick.place.entry)
    assert stops[-2:] == [quick.next_button, quick.save_button]
    quick.photos.add.setFocus()
    passed = []
    while quick.focusWidget() is not quick.save_button:
        QTest.keyClick(quick.focusWidget(), Qt.Key.Key_Tab)
        passed.append(stops.index(quick.focusWidget()))
    assert passed == sorted(set(passed))
    assert passed[0] == 3
    assert {stops.index(quick.title), stops.index(quick.place.entry)} < set(passed)
    QTest.keyClick(quick.focusWidget(), Qt.Key.Key_Tab)
    assert quick.focusWidget() is first[0]
    QTest.keyClick(quick.focusWidget(), Qt.Key.Key_Backtab)
    assert quick.focusWidget() is quick.save_button


def test_the_same_picture_chosen_twice_stays_once(quick, person, files) -> None:
    quick.photos.added.emit(files)
    person.wait()
    quick.photos.added.emit(files)
    person.wait()
    assert len(quick.desk.chosen) == 2


def test_dropped_files_are_chosen(quick, person, files) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        held,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    quick.photos.dropEvent(event)
    person.wait()
    assert len(quick.desk.chosen) == 2


def test_a_pasted_picture_is_kept_behind_the_door_until_it_is_filed(quick, person) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    assert quick.photos.paste()
    person.wait()
    assert quick.desk.chosen[0].held
    quick.category.choose_number(1)
    quick.save()
    person.wait()
    assert len(case(person).of("photo")) == 1
    assert drafting.drafts(person.workspace) == ()


def test_a_picture_pasted_into_the_title_is_a_picture_of_the_case(quick, person) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(image)
    quick.title.setFocus()
    QTest.keyClick(quick.title, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    person.wait()
    assert len(quick.desk.chosen) == 1


def test_what_is_typed_is_kept_within_two_seconds(quick, person, files) -> None:
    quick.photos.added.emit(files)
    person.wait()
    type_pothole(quick.title)
    until(
        lambda: (
            (drafting.draft_of(person.workspace, FORM) or SimpleNamespace(values={})).values.get("title")
            == "포트홀"
        ),
        "draft",
    )
    kept = drafting.draft_of(person.workspace, FORM)
    assert [chosen.path for chosen in capturing.chosen_in(kept.values["photos"])] == files
    assert quick._keeping.interval() <= 2000


def test_what_was_written_comes_back_after_the_program_is_gone(tmp_path, face, files) -> None:
    practice_store(tmp_path / "store").close()
    with sitting(tmp_path / "store", face) as person:
        person.opened()
        quick = person.quick()
        quick.photos.added.emit(files)
        person.wait()
        quick.category.choose_number(2)
        quick.severity.buttons["4"].click()
        commit(quick.title, "보도 꺼짐")
        quick.place.entry.set_value("별빛로")
        quick.close()
    with sitting(tmp_path / "store", face) as person:
        person.opened()
        quick = person.quick()
        until(lambda: bool(quick.desk.chosen), "what was written")
        blank = quick.blank()
        assert (blank.title, blank.category, blank.severity) == ("보도 꺼짐", "ROAD_SIDEWALK", "4")
        assert [each.path for each in blank.photos] == files


def test_pictures_that_were_not_filed_are_filed_at_the_next_start(tmp_path, face, files) -> None:
    store = practice_store(tmp_path / "store")
    chosen = [capturing.Chosen.from_path(path) for path in files]
    capturing.capture(store, CaseDraft(title="끊긴 기록", category="ROAD_POTHOLE"), chosen)
    store.close()
    with sitting(tmp_path / "store", face) as person:
        person.opened()
        until(lambda: len(case(person).of("photo")) == 2, "the pictures")
        person.wait()
        assert drafting.drafts(person.workspace) == ()


def test_saving_and_going_on_leaves_a_blank_record_and_says_what_was_saved(quick, person) -> None:
    quick.category.choose_number(1)
    commit(quick.title, "첫 번째")
    quick.save_and_go_on()
    person.wait()
    assert quick.isVisible()
    assert quick.blank().is_empty
    assert quick.saved_line.sentence.text().startswith("저장됨 임시-")
    quick.category.choose_number(2)
    commit(quick.title, "두 번째")
    quick.save_and_go_on()
    person.wait()
    assert {row.title for row in cases(person)} == {"첫 번째", "두 번째"}


def test_a_save_is_taken_back_and_what_was_written_stands_again(quick, person, files) -> None:
    quick.photos.added.emit(files)
    person.wait()
    quick.category.choose_number(1)
    commit(quick.title, "되돌릴 기록")
    quick.save_and_go_on()
    person.wait()
    quick.saved_line.undo.click()
    person.wait()
    assert cases(person) == []
    assert quick.title.value() == "되돌릴 기록"
    assert len(quick.desk.chosen) == 2


def test_after_saving_the_case_is_one_press_away(quick, person) -> None:
    quick.category.choose_number(1)
    commit(quick.title, "열어 볼 기록")
    quick.save()
    person.wait()
    toast = person.session.messages._toast
    assert toast.accessibleName().startswith("저장됨 임시-")
    toast.also.click()
    person.wait()
    assert person.window._trail.here.case_id == cases(person)[0].id


def test_the_time_it_took_is_kept_in_the_case(quick, person) -> None:
    quick._began -= 12.0
    quick.category.choose_number(1)
    quick.save()
    person.wait()
    assert 12.0 <= case(person).case.number("capture_seconds") < 60


def test_severity_is_the_categorys_own_unless_chosen(quick, person) -> None:
    quick.category.choose_number(1)
    quick.save_and_go_on()
    person.wait()
    assert case(person).case.text("severity") == "4"
    quick.category.choose_number(1)
    quick.severity.buttons["2"].click()
    quick.save()
    person.wait()
    assert case(person).case.text("severity") == "2"


def test_the_window_remembers_its_place(quick, person) -> None:
    quick.resize(520, 700)
    quick.close()
    assert person.session.memory.shape("quick/shape") is not None


def test_new_pictures_of_the_last_folder_are_offered(quick, person, tmp_path) -> None:
    phone = tmp_path / "DCIM"
    phone.mkdir()
    first = phone / "1.jpg"
    first.write_bytes(jpeg(1))
    os.utime(first, (1000, 1000))
    quick.photos.added.emit([first])
    person.wait()
    second = phone / "2.jpg"
    second.write_bytes(jpeg(2))
    quick.desk.look_for_newest()
    person.wait()
    assert quick.photos.newest.isVisible()
    assert "새 사진 1장" in quick.photos.newest.text()
    quick.photos.newest.click()
    person.wait()
    assert len(quick.desk.chosen) == 2
    assert not quick.photos.newest.isVisible()


def test_everything_that_can_be_pressed_has_a_name(quick, person, files) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    quick.photos.added.emit(files)
    person.wait()
    pump()
    for widget in [*quick.findChildren(QAbstractButton), *quick.findChildren(QLineEdit)]:
        inner = widget.parent() is not None and isinstance(widget.parent(), QLineEdit)
        assert inner or widget.accessibleName(), widget


def test_the_hint_below_the_pictures_follows_the_keys_that_paste(quick, face) -> None:
    def hint() -> str:
        return str(quick.photos._hint.text())

    assert hint() == "끌어 놓거나 붙여 넣어도 됩니다 (Ctrl+V)"
    paste = next(each.command for each in face.keys.known if each.command.key == "quick.paste")
    face.keys.choose(paste, "F7")
    assert hint().endswith("(F7)")
    face.keys.choose(paste, "")
    assert hint() == "끌어 놓거나 붙여 넣어도 됩니다"
    face.keys.restore(paste)
