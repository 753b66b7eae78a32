"""Two and three laptops and an office: everything arrives once, and both ends can prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.makers import picture, received
from helpers.meeting import Device, MemoryOffice
from helpers.replicas import shown

from fieldlog.domain.errors import OfficeAway, OfficeDamaged
from fieldlog.domain.ids import Digest
from fieldlog.domain.transfer import Tip
from fieldlog.services import recording
from fieldlog.services.photographs import add_photos

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.domain.transfer import Stretch


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[list[Device]]:
    made = [Device(tmp_path, name) for name in ("one", "two", "three")]
    yield made
    for each in made:
        each.close()


@pytest.fixture
def office() -> MemoryOffice:
    return MemoryOffice()


def title_of(device: Device, case: str) -> str:
    return device.workspace.store.find(case).text("title")


def settle(laptops: list[Device], office: MemoryOffice) -> None:
    """Sync until nobody has anything new; then all are the same."""
    for _ in range(2):
        for each in laptops:
            each.sync(office)
    assert len({each.digest() for each in laptops}) == 1
    assert all(shown(each.workspace.store) == shown(laptops[0].workspace.store) for each in laptops)


def test_what_one_recorded_the_other_has_after_both_met_the_office(laptops, office) -> None:
    one, two, _ = laptops
    case = received(one.workspace, "별빛로 포트홀")
    sent = one.sync(office)
    came = two.sync(office)
    assert (sent.sent.ops, sent.received.ops, sent.same) == (2, 0, True)
    assert came.received.ops == 2
    assert case in came.cases
    assert title_of(two, case) == "별빛로 포트홀"


def test_a_second_sync_has_nothing_to_do_and_says_that_both_are_the_same(laptops, office) -> None:
    one, two, _ = laptops
    received(one.workspace)
    settle([one, two], office)
    again = one.sync(office)
    assert (again.sent.ops, again.received.ops, again.sent.photos, again.same) == (0, 0, 0, True)
    assert again.digest == two.sync(office).digest


def test_what_two_changed_apart_stays_both_until_somebody_decides(laptops, office) -> None:
    one, two, _ = laptops
    case = received(one.workspace)
    settle([one, two], office)
    recording.revise(one.workspace, case, {"title": "하나가 고친 제목", "severity": "4"})
    recording.revise(two.workspace, case, {"title": "둘이 고친 제목", "description": "둘이 적은 내용"})
    settle([one, two], office)
    found = one.workspace.store.find(case)
    assert found.in_conflict == ("title",)
    assert (found.text("severity"), found.text("description")) == ("4", "둘이 적은 내용")


def test_photographs_follow_their_records_and_are_proved_one_by_one(laptops, office) -> None:
    one, two, _ = laptops
    case = received(one.workspace)
    list(add_photos(one.workspace, case, [picture(1), picture(2)], threads=1))
    sent = one.sync(office)
    assert (sent.sent.photos, sent.photos_verified, sent.photos_referenced) == (2, 2, 2)
    came = two.sync(office)
    assert (came.received.photos, came.photos_verified, came.photos_referenced) == (2, 2, 2)
    for digest in office.photos:
        assert two.workspace.store.vault.get(digest) == office.photos[digest]


def test_a_photograph_that_neither_side_holds_is_named_and_not_counted_as_synced(laptops, office) -> None:
    one, two, _ = laptops
    case = received(one.workspace)
    list(add_photos(one.workspace, case, [picture(1)], threads=1))
    one.sync(office)
    [digest] = list(office.photos)
    office.photos.clear()
    office.incarnation = "second"
    came = two.sync(office)
    assert came.photos_absent == (digest,)
    assert (came.photos_verified, came.photos_referenced) == (0, 1)
    assert one.sync(office).photos_verified == 1


def test_a_photograph_spoilt_in_the_office_is_sent_again(laptops, office) -> None:
    one, two, _ = laptops
    case = received(one.workspace)
    list(add_photos(one.workspace, case, [picture(1)], threads=1))
    one.sync(office)
    [digest] = list(office.photos)
    office.photos[digest] = b"spoilt"
    assert two.sync(office).photos_absent == (digest,)
    office.incarnation = "second"
    assert one.sync(office).sent.photos == 1
    assert two.sync(office).received.photos == 1


@pytest.mark.parametrize("calls", range(9))
def test_wherever_the_line_is_cut_the_next_sync_goes_on_and_nothing_comes_twice(
    laptops, office, calls
) -> None:
    one, two, _ = laptops
    for number in range(4):
        case = received(one.workspace, f"사안 {number}")
    list(add_photos(one.workspace, case, [picture(1)], threads=1))
    office.fails_after = calls
    try:
        one.sync(office)
    except OfficeAway:
        office.fails_after = None
        one.sync(office)
    office.fails_after = None
    settle([one, two], office)
    assert two.workspace.store.database.row("SELECT count(*) FROM case_list")[0] == 4


def test_a_device_restored_from_a_backup_loses_nothing_and_goes_on_in_a_log_of_its_own(
    laptops, office
) -> None:
    one, two, _ = laptops
    case = received(one.workspace, "처음 제목")
    one.sync(office)
    one.copy("monday")
    recording.revise(one.workspace, case, {"title": "백업 뒤의 제목"})
    one.sync(office)
    one.put_back("monday")
    before = one.workspace.store.own_stream
    recording.revise(one.workspace, case, {"severity": "5"})
    later = received(one.workspace, "되돌린 뒤의 사안")
    receipt = one.sync(office)
    assert one.workspace.store.own_stream != before
    assert receipt.written_again == 2
    settle(laptops, office)
    found = two.workspace.store.find(case)
    assert (found.text("title"), found.text("severity")) == ("백업 뒤의 제목", "5")
    assert title_of(two, later) == "되돌린 뒤의 사안"
    assert one.workspace.store.verify().sound


def test_a_restored_device_that_wrote_nothing_since_takes_its_old_words_back(laptops, office) -> None:
    one, two, _ = laptops
    case = received(one.workspace, "처음 제목")
    one.sync(office)
    one.copy("monday")
    recording.revise(one.workspace, case, {"title": "백업 뒤의 제목"})
    one.sync(office)
    one.put_back("monday")
    receipt = one.sync(office)
    assert (receipt.written_again, receipt.received.ops) == (0, 1)
    assert title_of(one, case) == "백업 뒤의 제목"
    recording.revise(one.workspace, case, {"title": "그 뒤의 제목"})
    settle([one, two], office)
    assert title_of(two, case) == "그 뒤의 제목"


def test_two_laptops_from_one_disk_image_both_bring_everything_home(tmp_path, laptops, office) -> None:
    one, two, _ = laptops
    received(one.workspace, "복제 앞의 사안")
    one.copy("image")
    twin = Device(tmp_path, "twin")
    twin.copies = one.copies
    twin.put_back("image")
    mine = received(one.workspace, "하나의 사안")
    theirs = received(twin.workspace, "쌍둥이의 사안")
    one.sync(office)
    assert twin.sync(office).written_again == 1
    settle([one, twin, two], office)
    assert {title_of(two, mine), title_of(two, theirs)} == {"하나의 사안", "쌍둥이의 사안"}
    assert one.workspace.store.own_stream != twin.workspace.store.own_stream
    twin.close()


@pytest.mark.parametrize("incarnation", ["second", "first"])
def test_any_laptop_heals_an_office_that_was_rolled_back(laptops, office, incarnation) -> None:
    one, two, three = laptops
    received(one.workspace, "첫 사안")
    one.sync(office)
    kept = office.backup()
    case = received(one.workspace, "되돌리기 전의 사안")
    list(add_photos(one.workspace, case, [picture(3)], threads=1))
    settle([one, two], office)
    office.restore(kept, incarnation)
    receipt = two.sync(office)
    assert receipt.office_was_restored == (incarnation == "first")
    assert receipt.sent.ops > 0
    assert receipt.photos_verified == receipt.photos_referenced == 1
    three.sync(office)
    assert title_of(three, case) == "되돌리기 전의 사안"
    settle(laptops, office)


def test_an_empty_office_under_the_old_name_is_filled_again(laptops, office) -> None:
    one, two, three = laptops
    case = received(one.workspace)
    settle([one, two], office)
    office.restore(({}, {}), "first")
    assert two.sync(office).office_was_restored
    three.sync(office)
    assert title_of(three, case) == title_of(one, case)


def test_an_office_that_says_it_kept_what_it_did_not_keep_is_found_out(laptops, office) -> None:
    one = laptops[0]
    received(one.workspace)

    class Careless(MemoryOffice):
        def push(self, stretch: Stretch) -> Tip:
            return Tip(stretch.log, stretch.last, bytes(32))

    with pytest.raises(OfficeDamaged):
        one.sync(Careless())


def test_a_digest_that_differs_is_never_called_the_same(laptops, office) -> None:
    one = laptops[0]
    received(one.workspace)
    one.sync(office)
    for said in office.testimonies.values():
        said.add("0" * 32)
    assert not one.sync(office).same


def test_a_clock_years_off_changes_nothing_but_what_is_shown_first(laptops, office) -> None:
    one, two, _ = laptops
    case = received(one.workspace)
    settle([one, two], office)
    two.clock.go(days=-20_000)
    recording.revise(two.workspace, case, {"title": "옛날의 제목"})
    settle([one, two], office)
    assert title_of(one, case) == "옛날의 제목"
    two.clock.go(days=60_000)
    recording.revise(two.workspace, case, {"title": "먼 뒷날의 제목"})
    settle([one, two], office)
    recording.revise(one.workspace, case, {"title": "오늘의 제목"})
    settle([one, two], office)
    assert title_of(two, case) == "오늘의 제목"


def test_what_a_cut_log_held_is_found_by_hash_in_few_questions() -> None:
    from fieldlog.sync.forks import common_prefix

    asked = []

    def theirs(_stream: object, seq: int) -> bytes:
        asked.append(seq)
        return bytes([seq % 251]) if seq <= 700 else b"other"

    assert common_prefix(lambda _stream, seq: bytes([seq % 251]), theirs, b"log", 1000) == 700
    assert len(asked) <= 11
    assert Digest("x") == "x"
