from __future__ import annotations

import uuid
from datetime import timedelta
from itertools import pairwise
from threading import Thread

from helpers.stores import MONDAY, SteppingClock
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.clock import FixedClock
from fieldlog.domain.ids import Mint, RecordId, id_bytes, id_text, is_record_id


def test_ids_rise_within_one_millisecond_and_past_the_end_of_its_counter() -> None:
    mint = Mint(FixedClock(MONDAY))
    made = [mint.record_id() for _ in range(5000)]
    assert all(one < other for one, other in pairwise(made))


def test_ids_rise_also_when_the_clock_is_set_back() -> None:
    clock = SteppingClock(step=timedelta(seconds=-5))
    mint = Mint(clock)
    assert mint.record_id() < mint.record_id() < mint.record_id()


def test_an_id_is_a_uuid_of_version_7_that_tells_its_millisecond() -> None:
    made = uuid.UUID(Mint(FixedClock(MONDAY)).record_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(MONDAY.timestamp() * 1000)


def test_ids_come_after_every_known_one_unless_that_lies_far_ahead() -> None:
    earlier = Mint(FixedClock(MONDAY + timedelta(hours=3)))
    known = [earlier.record_id() for _ in range(3)][-1]
    mint = Mint(FixedClock(MONDAY))
    mint.follow(known)
    assert mint.record_id() > known
    far = Mint(FixedClock(MONDAY + timedelta(days=400))).record_id()
    mint.follow(far)
    assert mint.record_id() < far
    mint.follow(RecordId("00000000-0000-7000-8000-000000000000"))
    assert mint.record_id() > known


def test_threads_never_get_the_same_id() -> None:
    mint, made = Mint(FixedClock(MONDAY), entropy=bytes), []
    threads = [Thread(target=lambda: made.extend(mint.record_id() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000


@given(st.binary(min_size=16, max_size=16))
def test_ids_are_bytes_and_text_alike(raw) -> None:
    assert id_bytes(id_text(raw)) == raw
    assert is_record_id(id_text(raw))
    assert id_text(raw) == str(uuid.UUID(bytes=raw))


def test_other_spellings_of_an_id_are_none() -> None:
    name = "0199a3c0-0000-7000-8000-00000000000a"
    for text in (name.upper(), f"{{{name}}}", name.replace("-", ""), name + "\n", "", "사안"):
        assert not is_record_id(text)
