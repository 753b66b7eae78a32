from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers.failing_disk import NEVER
from helpers.folders import (
    DyingShare,
    FailingShare,
    InterruptedShare,
    connect,
    files,
    in_a_child,
    make_office,
)

from fieldlog.domain.errors import AlreadyThere, OfficeAway, OfficeDamaged, OfficeRefuses

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "사무실"


def test_an_office_is_one_readable_file(place: Path) -> None:
    made = make_office(place)
    written = json.loads((place / "fieldlog.json").read_text("utf-8"))
    assert list(files(place)) == ["fieldlog.json"]
    assert written["name"] == made.name == "별빛시 도로과"
    assert written["format"] == written["min_reader"] == 1
    assert written["created"] == "2026-03-09T09:00:00+09:00"
    assert connect(place).office == made


def test_an_office_made_again_keeps_its_id_and_has_another_incarnation(tmp_path: Path) -> None:
    first = make_office(tmp_path / "one")
    again = make_office(tmp_path / "two", office=first.office)
    assert again.office == first.office
    assert again.incarnation != first.incarnation


def test_a_practice_office_says_so(place: Path) -> None:
    make_office(place, practice=True)
    assert connect(place).office.practice


def test_a_second_office_is_not_put_over_the_first(place: Path) -> None:
    make_office(place)
    before = files(place)
    with pytest.raises(AlreadyThere) as told:
        make_office(place, name="다른 과")
    assert "별빛시 도로과" in told.value.why.ko
    assert files(place) == before


def test_two_who_make_an_office_at_once_get_one(place: Path) -> None:
    faster = InterruptedShare(lambda: make_office(place, name="빠른 과"))
    with pytest.raises(AlreadyThere) as told:
        make_office(place, disk=faster)
    assert "빠른 과" in told.value.why.ko
    assert connect(place).office.name == "빠른 과"
    assert list(files(place)) == ["fieldlog.json"]


def test_a_folder_with_other_files_is_refused_and_left_alone(place: Path) -> None:
    place.mkdir()
    (place / "민원 정리.hwp").write_bytes(b"x")
    with pytest.raises(OfficeRefuses) as told:
        make_office(place)
    assert "민원 정리.hwp" in told.value.why.ko
    assert files(place) == {"민원 정리.hwp": b"x"}


def test_what_storage_boxes_leave_in_a_folder_does_not_matter(place: Path) -> None:
    (place / "@eaDir").mkdir(parents=True)
    (place / "Thumbs.db").touch()
    make_office(place)
    assert connect(place).hello([]).tips == ()
    assert connect(place).strange == ()


def test_a_folder_that_cannot_be_reached_is_away(tmp_path: Path) -> None:
    with pytest.raises(OfficeAway):
        make_office(tmp_path / "not mounted" / "office")
    with pytest.raises(OfficeAway):
        connect(tmp_path / "gone")
    assert not list(tmp_path.iterdir())


def test_a_folder_without_an_office_refuses(place: Path) -> None:
    place.mkdir()
    with pytest.raises(OfficeRefuses):
        connect(place)


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, "\ufeff{", '{"office": 3}', '"\\ud800"'])
def test_a_broken_office_file_is_told_and_not_repaired(place: Path, text: str) -> None:
    make_office(place)
    (place / "fieldlog.json").write_text(text, "utf-8")
    with pytest.raises(OfficeDamaged):
        connect(place)
    assert (place / "fieldlog.json").read_text("utf-8") == text


def test_an_office_that_needs_a_newer_program_refuses(place: Path) -> None:
    make_office(place)
    written = json.loads((place / "fieldlog.json").read_text("utf-8"))
    (place / "fieldlog.json").write_text(json.dumps({**written, "format": 9, "later": [1]}), "utf-8")
    assert connect(place).office.format == 9
    (place / "fieldlog.json").write_text(json.dumps({**written, "min_reader": 2}), "utf-8")
    with pytest.raises(OfficeRefuses) as told:
        connect(place)
    assert "2" in told.value.why.ko


def test_an_office_that_becomes_too_new_or_vanishes_is_noticed_at_the_next_hello(place: Path) -> None:
    make_office(place)
    remote = connect(place)
    text = (place / "fieldlog.json").read_text("utf-8")
    (place / "fieldlog.json").write_text(text.replace('"min_reader": 1', '"min_reader": 2'), "utf-8")
    with pytest.raises(OfficeRefuses):
        remote.hello([])
    (place / "fieldlog.json").unlink()
    with pytest.raises(OfficeAway):
        remote.hello([])


def test_killed_or_failing_at_any_act_an_office_is_made_or_not_and_can_be_made_then(tmp_path: Path) -> None:
    counting = FailingShare(NEVER)
    make_office(tmp_path / "counted", disk=counting)
    for act in range(len(counting.acts)):
        for number, disk in enumerate((DyingShare(act), FailingShare(act, for_good=True))):
            place = tmp_path / f"{act}-{number}"
            whole = in_a_child(lambda place=place, disk=disk: _make(place, disk))
            if not whole and (place / "fieldlog.json").exists():
                assert connect(place).office.name == "별빛시 도로과"
            else:
                if (place / "fieldlog.json").exists():
                    continue
                make_office(place)
                assert connect(place).hello([]).tips == ()


def _make(place: Path, disk: FailingShare) -> None:
    try:
        make_office(place, disk=disk)
    except (OfficeRefuses, OfficeAway):
        return
