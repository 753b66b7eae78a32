"""``office rebuild`` on the command line: what it answers, refuses and leaves to the other laptops."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from helpers.clerk import Clerk, clerk_with_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return tmp_path / "사무실"


@pytest.fixture
def clerks(tmp_path: Path, office: Path, picture: Path) -> list[Clerk]:
    """Three clerks of one office, each with a case and a photograph of their own, all the same by now."""
    made = [clerk_with_store(tmp_path / name) for name in ("하나", "둘", "셋")]
    for number, each in enumerate(made):
        each.asks("office", "join" if number else "create", office)
        case = each.asks(
            "case",
            "add",
            "--title",
            f"포트홀 {number}",
            "--category",
            "ROAD_POTHOLE",
            "--at",
            "36.62, 127.43",
        )
        taken = picture.with_name(f"{number}.jpg")
        taken.write_bytes(picture.read_bytes() + bytes([number]))
        each.asks("photo", "add", case["case_no"], taken)
    for each in (*made, *made):
        each.asks("sync")
    return made


def test_it_answers_as_a_sync_does_and_everything_is_there_again(clerks, office) -> None:
    digest = clerks[0].asks("digest")["digest"]
    shutil.rmtree(office)
    done = clerks[2].asks("office", "rebuild")
    assert (done["digest"], done["same"], done["target"]) == (digest, True, str(office))
    assert (done["sent"]["photos"], done["photos_verified"], done["photos_referenced"]) == (3, 3, 3)
    assert (done["received"], done["conflicts"]) == ({"ops": 0, "photos": 0}, 0)
    again = clerks[0].asks("sync")
    assert (again["digest"], again["same"], again["sent"]["ops"]) == (digest, True, 0)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_whoever_begins_all_come_to_the_same_digest(clerks, office, order) -> None:
    for number, each in enumerate(clerks):
        each.asks(
            "case",
            "add",
            "--title",
            f"나중에 {number}",
            "--category",
            "ROAD_POTHOLE",
            "--at",
            "36.62, 127.43",
        )
    shutil.rmtree(office)
    first, *others = (clerks[number] for number in order)
    first.asks("office", "rebuild", office)
    for each in (*others, first, *others):
        assert each.asks("sync")["same"]
    assert len({each.asks("digest")["digest"] for each in clerks}) == 1
    with closing(sqlite3.connect(office / "fieldlog-shared.sqlite")) as shared:
        assert shared.execute("SELECT count(*) FROM case_overview").fetchone() == (6,)


def test_people_are_told_what_was_made_and_that_others_must_sync(clerks, office) -> None:
    shutil.rmtree(office)
    told = clerks[0].types("office", "rebuild")
    assert told.code == 0
    assert str(office) in told.out
    assert "다른 컴퓨터들도" in told.err


def test_where_the_office_lives_nothing_happens(clerks, office) -> None:
    told = clerks[0].types("--json", "office", "rebuild")
    assert told.code == 1
    assert told.error["kind"] == "AlreadyThere"
    assert "sync" in told.error["how"]


def test_a_store_without_an_office_is_refused(clerk: Clerk, office: Path) -> None:
    told = clerk.types("--json", "office", "rebuild", office)
    assert (told.code, told.error["kind"]) == (1, "NotAllowed")
    assert not office.exists()
