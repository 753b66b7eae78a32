"""Two laptops and an office folder: created, joined, synced, with a receipt that is kept."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from helpers.makers import picture, received
from helpers.meeting import Device
from helpers.stores import OFFICIAL, environment, practice_store, reopened
from msgspec.structs import replace

from fieldlog.domain.errors import AlreadyThere, BadInput, Cancelled, Known, NotAllowed, OfficeAway
from fieldlog.domain.phrase import plain
from fieldlog.services import recording, settling, syncing
from fieldlog.services.opening import make_store
from fieldlog.services.photographs import add_photos

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.domain.effects import Effects
    from fieldlog.services.workspace import Workspace


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    made = practice_store(tmp_path / "one"), practice_store(tmp_path / "two")
    yield made
    for each in made:
        each.close()


@pytest.fixture
def target(tmp_path: Path) -> str:
    return str(tmp_path / "office")


def test_a_case_with_its_photograph_comes_to_the_other_laptop(two, target) -> None:
    one, other = two
    syncing.create_office(one, target, name="별빛구")
    assert syncing.join_office(other, target).name == "별빛구"
    case = received(one)
    list(add_photos(one, case, [picture(1)], threads=1))
    sent = syncing.sync(one).receipt
    heard: list[Effects] = []
    came = syncing.sync(other, on_landed=heard.append)
    assert (sent.sent.photos, sent.same) == (1, True)
    assert (came.receipt.received.photos, came.receipt.same) == (1, True)
    assert case in came.effects.cases
    assert case in heard[0].cases
    assert syncing.sync(one).receipt.digest == syncing.digest(other) == syncing.digest(one)


def test_receipts_are_kept_newest_first_and_survive_closing(two, target) -> None:
    one, _ = two
    syncing.create_office(one, target)
    received(one)
    first, second = syncing.sync(one).receipt, syncing.sync(one).receipt
    assert syncing.receipts(one) == [second, first]
    again = reopened(one)
    try:
        assert syncing.receipts(again) == [second, first]
        assert syncing.joined_office(again) is not None
    finally:
        again.close()


def test_without_an_office_it_says_how_to_get_one(two) -> None:
    with pytest.raises(NotAllowed) as told:
        syncing.sync(two[0])
    assert "office create" in told.value.how.ko


@pytest.mark.parametrize("typed", ["", "  ", "https://office.example"])
def test_what_is_no_folder_is_refused(two, typed) -> None:
    with pytest.raises(BadInput):
        syncing.join_office(two[0], typed)


def test_a_second_office_is_refused_and_the_first_stays(two, target, tmp_path) -> None:
    one, _ = two
    joined = syncing.create_office(one, target)
    with pytest.raises(AlreadyThere):
        syncing.create_office(one, str(tmp_path / "another"))
    assert syncing.joined_office(one) == joined
    assert not (tmp_path / "another").exists()


def test_another_office_under_the_joined_path_is_not_synced_with(two, target, tmp_path) -> None:
    one, other = two
    syncing.create_office(one, target)
    syncing.create_office(other, str(tmp_path / "another"))
    received(one)
    with pytest.raises(NotAllowed):
        syncing.sync(one, str(tmp_path / "another"))


def test_real_records_never_meet_practice_records(two, target, tmp_path) -> None:
    one, _ = two
    syncing.create_office(one, target)
    secret = tmp_path / "passphrase"
    secret.write_text("긴 비밀번호를 씁니다", encoding="utf-8")
    around = replace(environment(), passphrase_file=secret)
    real = make_store(tmp_path / "real", around, official=OFFICIAL)
    try:
        with pytest.raises(NotAllowed):
            syncing.join_office(real, target)
        assert syncing.joined_office(real) is None
    finally:
        real.close()


def test_an_office_that_is_away_leaves_the_store_as_it_is(two, target, tmp_path) -> None:
    one, _ = two
    syncing.create_office(one, target)
    case = received(one)
    (tmp_path / "office").rename(tmp_path / "gone")
    with pytest.raises(OfficeAway):
        syncing.sync(one)
    (tmp_path / "gone").rename(tmp_path / "office")
    assert syncing.sync(one).receipt.sent.ops > 0
    assert one.store.find(case)


def test_a_sync_that_is_stopped_goes_on_at_the_next(two, target) -> None:
    one, other = two
    syncing.create_office(one, target)
    syncing.join_office(other, target)
    case = received(one)
    list(add_photos(one, case, [picture(n) for n in range(3)], threads=1))

    def stop(done: int, _total: int, _doing: object) -> None:
        if done == 2:
            raise Cancelled(plain("멈춤"), plain("시험"), plain("다시"))

    with pytest.raises(Known):
        syncing.sync(one, on_progress=stop)
    assert syncing.sync(one).receipt.photos_verified == 3
    assert syncing.sync(other).receipt.received.photos == 3


def test_a_conflict_shows_what_stood_before_whose_is_whose_and_can_be_settled(two, target) -> None:
    one, other = two
    syncing.create_office(one, target)
    syncing.join_office(other, target)
    case = received(one, "처음 제목")
    syncing.sync(one)
    syncing.sync(other)
    recording.revise(one, case, {"title": "하나의 제목"})
    recording.revise(other, case, {"title": "둘의 제목"})
    syncing.sync(one)
    assert syncing.sync(other).conflicts == 1
    [found] = settling.cases_with_contests(other)
    [contest] = settling.contests(other, found.id)
    assert (contest.field, contest.base) == ("title", "처음 제목")
    assert {each.value: each.mine for each in contest.contenders} == {"하나의 제목": False, "둘의 제목": True}
    settling.settle_contest(other, contest, "하나의 제목")
    syncing.sync(other)
    assert syncing.sync(one).conflicts == 0
    assert one.store.find(case).text("title") == "하나의 제목"


def test_twins_that_publish_in_the_same_moment_both_go_on_in_logs_of_their_own(tmp_path) -> None:
    one, twin = Device(tmp_path, "one"), Device(tmp_path, "twin")
    folder = tmp_path / "office"
    try:
        syncing.create_office(one.workspace, str(folder))
        received(one.workspace, "복제 앞의 사안")
        syncing.sync(one.workspace)
        one.copy("image")
        twin.copies = one.copies
        twin.put_back("image")
        mine = received(one.workspace, "하나의 사안")
        theirs = received(twin.workspace, "쌍둥이의 사안")
        apart = tmp_path / "apart"
        shutil.copytree(folder, apart)
        syncing.sync(one.workspace)
        syncing.sync(twin.workspace, str(apart))
        shutil.copytree(apart, folder, dirs_exist_ok=True)  # what both wrote without seeing each other
        for _ in range(3):
            syncing.sync(one.workspace)
            last = syncing.sync(twin.workspace)
        assert last.receipt.same
        for each in (one, twin):
            titles = {each.workspace.store.find(case).text("title") for case in (mine, theirs)}
            assert titles == {"하나의 사안", "쌍둥이의 사안"}
        assert one.workspace.store.own_stream != twin.workspace.store.own_stream
    finally:
        one.close()
        twin.close()
