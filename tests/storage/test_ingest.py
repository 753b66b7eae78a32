"""Ops of several devices come to the same state, in whatever order and portions they arrive."""

from __future__ import annotations

import contextlib
import random
from typing import TYPE_CHECKING

import pytest
from helpers.makers import drafted, moved, part, picture, received
from helpers.replicas import bodies, logs_of, receive, shown
from helpers.stores import MONDAY, SteppingClock, practice_store, reopened

from fieldlog.domain.errors import BadInput, NotAllowed, NotFound
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.ids import RecordId, StreamId
from fieldlog.domain.op import Change, Op, OpKind, RecordChange
from fieldlog.services import placing, recording
from fieldlog.services.browsing import list_cases
from fieldlog.services.photographs import add_photos
from fieldlog.services.undoing import undo_last
from fieldlog.storage.digest import store_digest
from fieldlog.storage.op_bytes import op_from_bytes, op_to_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fieldlog.services.workspace import Workspace

    Act = Callable[[], object]

OTHER = StreamId(b"other device 016")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[list[Workspace]]:
    """Three devices; the third one's clock is a day ahead."""
    made = []
    for n in range(3):
        clock = SteppingClock(MONDAY)
        clock.go(days=n // 2)
        made.append(practice_store(tmp_path / f"device {n}", clock))
    yield made
    for workspace in made:
        workspace.close()


def digest(workspace: Workspace) -> str:
    return store_digest(workspace.store.reader())


def pass_on(giver: Workspace, taker: Workspace, *, batch: int = 0) -> int:
    return sum(
        receive(taker.store, log, bodies(giver.store, log), batch=batch) for log in logs_of(giver.store)
    )


def acts_of(workspace: Workspace, chance: random.Random, turn: int, held: list[RecordId]) -> list[Act]:
    """What a person may do just now to one of the cases this device holds."""
    case = chance.choice(held)
    words = {"title": f"제목 {turn}", "description": f"내용 {turn}", "severity": str(1 + turn % 5)}
    some = chance.sample(["CHILD", "ELDER", "DISABLED", "FOREIGN"], chance.randrange(4))
    return [
        lambda: recording.revise(workspace, case, words),
        lambda: recording.revise(workspace, case, {"title": f"다른 제목 {turn}"}),
        lambda: recording.revise(workspace, case, {"vulnerable_flags": some}),
        lambda: part(workspace, case, "comment", body=f"의견 {turn}"),
        lambda: list(add_photos(workspace, case, [picture(turn % 6, lat=35.0)], threads=1)),
        lambda: recording.remove(workspace, case, "중복"),
        lambda: recording.restore(workspace, case),
        lambda: placing.set_place(workspace, case, {"lat": 36 + turn / 100, "lon": 127.0}),
        lambda: moved(workspace, case, "WITHDRAWN", reason="취하"),
        lambda: undo_last(workspace),
    ]


def busy_day(office: list[Workspace], seed: int, turns: int = 45) -> None:
    """Three people record, change, remove, restore, undo; now and then one passes on what it holds."""
    chance = random.Random(seed)
    cases: list[RecordId] = []
    for turn in range(turns):
        workspace = chance.choice(office)
        held = [case for case in cases if holds(workspace, case)]
        if not held or chance.random() < 0.1:
            cases.append(received(workspace, title=f"사안 {turn}") if turn % 2 else drafted(workspace))
        elif chance.random() < 0.12:
            pass_on(workspace, chance.choice(office), batch=chance.randrange(4))
        else:
            with contextlib.suppress(BadInput, NotAllowed, NotFound):
                chance.choice(acts_of(workspace, chance, turn, held))()


def holds(workspace: Workspace, case: RecordId) -> bool:
    try:
        return workspace.store.find(case).kind == "case"
    except NotFound:
        return False


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_order_and_the_portions_all_come_to_the_same(office, tmp_path, seed) -> None:
    busy_day(office, seed)
    for giver in office:
        for taker in office:
            pass_on(giver, taker, batch=seed)
    assert len({digest(workspace) for workspace in office}) == 1
    first = shown(office[0].store)
    assert all(shown(workspace.store) == first for workspace in office)
    assert [workspace.store.verify().differing for workspace in office] == [[], [], []]
    assert [workspace.store.database.rows("SELECT * FROM ghost") for workspace in office] == [[], [], []]
    newcomer = practice_store(tmp_path / "newcomer", SteppingClock())
    logs = [(log, bodies(office[0].store, log)) for log in logs_of(office[0].store)]
    random.Random(seed).shuffle(logs)
    for log, arriving in logs:
        receive(newcomer.store, log, arriving, batch=seed * 3)
    own = len(bodies(newcomer.store, StreamId(bytes.fromhex(newcomer.store.note("stream")))))
    for taker in office:
        pass_on(newcomer, taker)
    assert own == 1
    assert digest(newcomer) == digest(office[1])
    assert shown(newcomer.store) == shown(office[1].store)
    assert newcomer.store.verify().sound
    newcomer.close()


def test_taking_the_same_ops_again_changes_nothing(office) -> None:
    received(office[0])
    assert pass_on(office[0], office[1]) == 2
    before = shown(office[1].store)
    assert pass_on(office[0], office[1]) == 0
    assert shown(office[1].store) == before


@pytest.mark.parametrize("batch", [0, 1])
def test_a_part_that_comes_before_its_case_waits_for_it(office, batch) -> None:
    one, two, three = office
    case = received(one)
    pass_on(one, two)
    part(two, case, "comment", body="먼저 온 의견")
    next(add_photos(two, case, [picture()]))
    own = StreamId(bytes.fromhex(two.store.note("stream")))
    receive(three.store, own, bodies(two.store, own), batch=batch)
    assert three.store.database.row("SELECT count(*) FROM case_list") == (0,)
    with pytest.raises(NotFound):
        three.store.sheet(case)
    pass_on(one, three, batch=batch)
    pass_on(three, two)
    assert len(three.store.sheet(case).of("comment")) == 1
    assert shown(three.store) == shown(two.store)
    assert three.store.verify().sound


def test_a_part_that_stands_before_its_case_in_one_portion_finds_it(office) -> None:
    one, two, three = office
    case = drafted(one)
    pass_on(one, two)
    part(two, case, "comment", body="의견")
    arrived = [(log, bodies(two.store, log)) for log in reversed(logs_of(two.store))]
    from fieldlog.storage.ingest import Arrival, Ingest
    from fieldlog.storage.streams import all_streams, append, begin_stream

    with three.store.database.writing() as connection:
        for log, _ in arrived:
            begin_stream(connection, log, scope="ROAD", device="", owner="")
        streams = all_streams(connection)
        ingest = Ingest(connection, three.store._read_model, streams)
        arrivals = []
        for log, raws in arrived:
            stream = next(each for each in streams if each.uuid == log)
            for raw in raws:
                op = op_from_bytes(raw, log)
                entry = append(connection, stream, raw, op.hlc)
                arrivals.append(Arrival(stream, entry.seq, entry.recv_no, op))
        ingest.apply(arrivals)
    assert len(three.store.sheet(case).of("comment")) == 1
    assert three.store.verify().sound


def test_an_element_added_here_and_removed_there_stays(office) -> None:
    one, two, _ = office
    case = drafted(one)
    recording.revise(one, case, {"vulnerable_flags": ["CHILD"]})
    pass_on(one, two)
    recording.revise(one, case, {"vulnerable_flags": []})
    recording.revise(one, case, {"vulnerable_flags": ["CHILD"]})
    recording.revise(two, case, {"vulnerable_flags": []})
    for giver, taker in ((one, two), (two, one)):
        pass_on(giver, taker)
    for workspace in (one, two):
        found = workspace.store.find(case)
        assert found.words("vulnerable_flags") == ("CHILD",)
        assert found.in_conflict == ()
    recording.revise(two, case, {"vulnerable_flags": []})
    pass_on(two, one)
    assert one.store.find(case).words("vulnerable_flags") == ()
    assert digest(one) == digest(two)


def test_concurrent_values_stay_both_until_a_person_decides(office) -> None:
    one, two, _ = office
    case = drafted(one)
    pass_on(one, two)
    recording.revise(one, case, {"title": "하나의 제목"})
    recording.revise(two, case, {"title": "둘의 제목"})
    for giver, taker in ((one, two), (two, one)):
        pass_on(giver, taker)
    assert one.store.find(case).in_conflict == two.store.find(case).in_conflict == ("title",)
    assert one.store.find(case).text("title") == two.store.find(case).text("title")
    recording.revise(one, case, {"title": "정한 제목"}, settles=True)
    pass_on(one, two)
    assert two.store.find(case).in_conflict == ()
    assert two.store.find(case).text("title") == "정한 제목"


def test_two_places_given_apart_show_the_same_one_everywhere(office) -> None:
    one, two, _ = office
    case = drafted(one)
    pass_on(one, two)
    placing.set_place(two, case, {"lat": 36.2, "lon": 127.2})
    placing.set_place(one, case, {"lat": 36.1, "lon": 127.1})
    for giver, taker in ((one, two), (two, one)):
        pass_on(giver, taker)
    assert one.store.sheet(case).location == two.store.sheet(case).location
    assert shown(one.store) == shown(two.store)


def from_elsewhere(
    workspace: Workspace, *records: RecordChange, hlc: int = 1 << 58, schema: int = 99
) -> bytes:
    op = Op(hlc, 0, "", int(OpKind.SAVE), schema, records, {"hint": "새 판"})
    body = op_to_bytes(op, OTHER)
    arriving = [*bodies(workspace.store, OTHER), body]
    receive(workspace.store, OTHER, arriving)
    return body


def test_what_a_newer_version_wrote_is_kept_chained_and_passed_on_bit_by_bit_but_not_shown(office) -> None:
    one, two, _ = office
    case = received(one)
    stranger = one.mint.record_id()
    head = one.store.find(case).seen[3]
    written = [
        from_elsewhere(
            one, RecordChange(stranger, 999, (Change(1, (), 77, {"나중": [1, None, b"\x00".hex()]}),))
        ),
        from_elsewhere(
            one,
            RecordChange(
                case,
                1,
                (
                    Change(3, (head,), 1, "새 판의 제목"),
                    Change(500, (), 77, "모르는 값"),
                    Change("501:가", (), 10, True),
                ),
            ),
            hlc=(1 << 58) + 1,
        ),
    ]
    assert bodies(one.store, OTHER) == written
    shown_case = one.store.find(case)
    assert shown_case.text("title") == "새 판의 제목"
    assert not {"모르는 값", True} & set(map(str, shown_case.values.values()))
    with pytest.raises(NotFound):
        one.store.find(stranger)
    assert one.store.verify().sound
    recording.revise(one, case, {"title": "고친 제목"})
    pass_on(one, two)
    assert bodies(two.store, OTHER) == written
    assert digest(two) != ""
    assert shown(two.store)[-1] == shown(one.store)[-1]
    assert two.store.verify().sound
    again = reopened(one)
    assert again.store.verify().sound
    office[0] = again


@pytest.mark.parametrize("case_id", ["kein Fall", "", 7, None, "0199A3C0-0000-7000-8000-0000000000FF", ["a"]])
def test_a_part_that_names_no_case_is_kept_but_shown_nowhere(office, case_id) -> None:
    lost = office[0].mint.record_id()
    body = from_elsewhere(
        office[0], RecordChange(lost, 7, (Change(1, (), 11, case_id), Change(2, (), 2, "의견")))
    )
    assert bodies(office[0].store, OTHER) == [body]
    assert office[0].store.find(lost).case_id is None
    assert office[0].store.verify().sound


def test_a_part_that_names_itself_or_another_part_as_its_case_harms_nothing(office) -> None:
    one, other = office[0].mint.record_id(), office[0].mint.record_id()
    from_elsewhere(
        office[0],
        RecordChange(one, 7, (Change(1, (), 11, other), Change(2, (), 2, "의견"))),
        RecordChange(other, 7, (Change(1, (), 11, one), Change(2, (), 2, "의견"))),
    )
    itself = office[0].mint.record_id()
    from_elsewhere(office[0], RecordChange(itself, 7, (Change(1, (), 11, itself),)), hlc=(1 << 58) + 1)
    assert office[0].store.verify().sound


def test_a_clock_far_ahead_elsewhere_does_not_carry_this_device_along(office) -> None:
    case = drafted(office[0])
    head = office[0].store.find(case).seen[3]
    from_elsewhere(office[0], RecordChange(case, 1, (Change(3, (head,), 1, "2248년의 제목"),)))
    recording.revise(office[0], case, {"title": "오늘의 제목"})
    assert office[0].store.find(case).text("title") == "오늘의 제목"
    assert office[0].store.verify().sound


def test_who_wrote_the_same_apart_is_not_at_odds(office) -> None:
    one, other, _ = office
    case = received(one)
    pass_on(one, other)
    for each in (one, other):
        recording.revise(each, case, {"title": "같은 제목", "severity": "5"})
    recording.revise(other, case, {"description": "둘이 적은 내용"})
    pass_on(one, other)
    pass_on(other, one)
    found = other.store.find(case)
    assert found.in_conflict == ()
    assert other.store.database.row("SELECT sum(nconf) FROM case_list")[0] == 0
    assert digest(one) == digest(other)
    assert all(each.store.verify().sound for each in (one, other))
    recording.revise(one, case, {"title": "다른 제목"})
    pass_on(one, other)
    assert other.store.find(case).in_conflict == ("title",)


def test_a_case_is_among_the_contested_when_only_a_part_of_it_is(office) -> None:
    one, other, _ = office
    case = received(one)
    visit = part(one, case, "visit", started_at="2026-11-23T10:00", purpose="처음 목적")
    pass_on(one, other)
    recording.revise(one, visit, {"purpose": "하나의 목적"})
    recording.revise(other, visit, {"purpose": "둘의 목적"})
    pass_on(one, other)
    assert [line.id for line in list_cases(other, CaseFilter(in_conflict=True)).cases] == [case]
    recording.revise(other, visit, {"purpose": "정한 목적"}, settles=True)
    assert list_cases(other, CaseFilter(in_conflict=True)).cases == ()
