"""An op is the same bytes everywhere and for ever: those of every release are kept in ``golden`` and read back."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import StoreDamaged
from fieldlog.domain.ids import RecordId, StreamId, id_text
from fieldlog.domain.op import Change, Op, OpKind, RecordChange, Version, element_key, split_key
from fieldlog.storage.op_bytes import GENESIS, UNREAD, chained, op_from_bytes, op_to_bytes

GOLDEN = Path(__file__).parent / "golden"
OWN, OTHER = StreamId(bytes(range(16))), StreamId(bytes(range(16, 32)))
CASE = RecordId("0199a3c0-0000-7000-8000-000000000001")
TAG = RecordId("0199a3c0-0000-7000-8000-000000000002")

OPS = {
    "creation": Op(
        117_664_000_000_000_000,
        1_795_392_000_000,
        "0199a3c0-0000-7000-8000-00000000000a",
        int(OpKind.SAVE),
        1,
        (
            RecordChange(
                CASE,
                1,
                (Change(3, (), 1, "포트홀"), Change(23, (), 9, "DRAFT"), Change("30:CHILD", (), 10, True)),
            ),
            RecordChange(TAG, 8, (Change(1, (), 11, CASE), Change(2, (), 1, "해빙기"))),
        ),
    ),
    "move": Op(
        117_664_000_000_065_536,
        1_795_392_001_000,
        "",
        int(OpKind.MOVE),
        1,
        (
            RecordChange(
                CASE,
                1,
                (
                    Change(23, (Version(117_664_000_000_000_000, OWN),), 9, "RECEIVED"),
                    Change(3, (Version(5, OWN), Version(7, OTHER)), 1, None),
                    Change(20, (), 3, 1 << 53),
                    Change(43, (), 4, -0.5),
                    Change(0, (), 1, None),
                ),
            ),
        ),
        {"from": "DRAFT", "to": "RECEIVED"},
    ),
    "from a newer version": Op(
        1 << 62,
        0,
        "x",
        77,
        99,
        (RecordChange(TAG, 999, (Change(500, (), 88, {"tief": [1, [None, {"🙂": ""}]]}),)),),
        {"neu": [1]},
    ),
}

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 63), (1 << 63) - 1)
    | st.floats(allow_nan=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def made(of: type, *parts: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Values of a class, by position: hypothesis would evaluate its annotations."""
    return st.tuples(*parts).map(lambda drawn: of(*drawn))


stamps = st.integers(1, (1 << 63) - 1)
versions = made(Version, stamps, st.sampled_from([OWN, OTHER]))
keys = st.integers(0, 999) | st.builds(element_key, st.integers(1, 99), st.text())
changes = made(Change, keys, st.lists(versions, max_size=3).map(tuple), st.integers(1, 99), values)
records = st.binary(min_size=16, max_size=16).map(id_text)
record_changes = made(RecordChange, records, st.integers(1, 999), st.lists(changes, max_size=4).map(tuple))
ops = made(
    Op, stamps, st.integers(0, 1 << 50), st.text(), st.integers(1, 99), st.integers(1, 99),
    st.lists(record_changes, max_size=3).map(tuple), st.dictionaries(st.text(), values, max_size=2),
)  # fmt: skip


@given(ops)
def test_an_op_reads_back_as_it_was_written(op) -> None:
    assert op_from_bytes(op_to_bytes(op, OWN), OWN) == op


@pytest.mark.parametrize("name", OPS)
def test_the_bytes_of_format_1_never_change(name) -> None:
    golden = (GOLDEN / f"format-1-{name.replace(' ', '-')}.op").read_bytes()
    assert op_to_bytes(OPS[name], OWN) == golden
    assert op_from_bytes(golden, OWN) == OPS[name]


def test_the_chain_of_format_1_never_changes() -> None:
    tip = GENESIS
    for op in OPS.values():
        tip = chained(tip, op_to_bytes(op, OWN))
    assert tip.hex() == (GOLDEN / "format-1-chain.txt").read_text(encoding="ascii").strip()


def refused_or_unread(raw: bytes) -> bool:
    """Whether bytes are refused as no op, or stand for one of a newer format of which only the time is known."""
    try:
        read = op_from_bytes(raw, OWN)
    except StoreDamaged:
        return True
    return read.kind == UNREAD and read.records == () and read.hlc > 0


@given(st.binary(max_size=200))
def test_bytes_that_are_no_op_are_damage_and_never_a_crash(raw) -> None:
    assert refused_or_unread(raw)


@given(values)
def test_well_formed_values_that_are_no_op_are_damage_too(value) -> None:
    assert refused_or_unread(msgspec.msgpack.encode(value))


@pytest.mark.parametrize("start", [[1, 5, 5], [0, 5, 5], [True, 5, 5], [2, True, 5], [2, 0, 5], [2, 5], [2]])
def test_only_a_newer_format_that_tells_its_times_is_kept_unread(start) -> None:
    with pytest.raises(StoreDamaged):
        op_from_bytes(msgspec.msgpack.encode(start), OWN)


@given(st.sampled_from(sorted(OPS)), st.data())
def test_an_op_with_a_part_of_another_shape_is_read_or_called_damaged(name, data) -> None:
    raw = bytearray(op_to_bytes(OPS[name], OWN))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(StoreDamaged):
        assert isinstance(op_from_bytes(bytes(raw), OWN), Op)


@pytest.mark.parametrize(
    "misshapen",
    [
        [1, "spät", 0, "", 1, 1, [], {}],
        [1, 5, 0, "", 1, 1, [], []],
        [1, 5, 0, "", 1, 1, [[b"short", 1, []]], {}],
        [1, 5, 0, "", 1, 1, [["0" * 16, 1, []]], {}],
        [1, 5, 0, "", 1, 1, [[bytes(16), 1, [["kein Feld", [], 1, None]]]], {}],
        [1, 5, 0, "", 1, 1, [[bytes(16), 1, [[None, [], 1, None]]]], {}],
        [1, 5, 0, "", 1, 1, [[bytes(16), 1, [[3, [[5]], 1, None]]]], {}],
        [1, 5, 0, "", 1, 1, [[bytes(16), 1, [[3, ["x"], 1, None]]]], {}],
    ],
)
def test_an_op_with_a_part_of_the_wrong_shape_is_damage(misshapen) -> None:
    with pytest.raises(StoreDamaged):
        op_from_bytes(msgspec.msgpack.encode(misshapen), OWN)


def test_keys_of_elements_are_taken_apart_at_the_first_colon() -> None:
    assert split_key(element_key(8, "a:b")) == (8, "a:b")
    assert split_key(5) == (5, None)
