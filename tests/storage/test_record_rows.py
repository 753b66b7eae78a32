from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldlog.domain.ids import RecordId, StreamId, id_bytes
from fieldlog.domain.merge import Head
from fieldlog.domain.op import Version
from fieldlog.storage.digest import bucket_of
from fieldlog.storage.record_rows import (
    RecordRow,
    leaf_digest,
    named_values,
    pack_heads,
    pack_values,
    record_row,
    unpack_values,
)

CASE = RecordId("0199a3c0-0000-7000-8000-000000000001")
DEVICES = {1: StreamId(b"a" * 16), 2: StreamId(b"b" * 16)}
NUMBERS = {uuid: number for number, uuid in DEVICES.items()}

keys = st.integers(0, 60) | st.text(max_size=4).map("30:{}".format)
head = st.builds(
    Head, st.builds(Version, st.integers(1, 1 << 60), st.sampled_from(list(NUMBERS))), st.integers(1, 1 << 40)
)
all_heads = st.dictionaries(keys, st.lists(head, min_size=1, max_size=3).map(tuple), max_size=6)
all_values = st.dictionaries(
    keys, st.none() | st.text() | st.integers(-9, 9) | st.floats(allow_nan=False), max_size=6
)


@given(all_heads, all_values)
def test_a_record_is_packed_and_unpacked_as_it_was(heads, values) -> None:
    packed = (
        7,
        id_bytes(CASE),
        1,
        "ROAD",
        None,
        pack_heads(heads, NUMBERS.__getitem__),
        pack_values(values),
        bytes(16),
    )
    row = record_row(packed, DEVICES.__getitem__)
    assert (row.record, row.heads, row.values) == (CASE, heads, values)


@given(all_values)
def test_values_are_packed_alike_in_whatever_order_they_came(values) -> None:
    backwards = dict(reversed(values.items()))
    assert pack_values(values) == pack_values(backwards)
    assert unpack_values(pack_values(values)) == values


def test_the_leaf_changes_with_every_head_and_value_and_with_nothing_local() -> None:
    version = Version(5, DEVICES[1])
    row = RecordRow(1, CASE, 1, "ROAD", None, {3: (Head(version, 1),)}, {3: "제목"})
    same = replace(row, row=99, scope="PARK", parent=4, heads={3: (Head(version, 77),)})
    assert leaf_digest(same) == leaf_digest(row)
    for other in (
        replace(row, values={3: "제목 "}),
        replace(row, heads={3: (Head(Version(6, DEVICES[1]), 1),)}),
        replace(row, heads={3: (Head(Version(5, DEVICES[2]), 1),)}),
        replace(row, heads={4: (Head(version, 1),)}),
        replace(row, record=RecordId(CASE[:-1] + "2")),
    ):
        assert leaf_digest(other) != leaf_digest(row)


def test_named_values_gather_sets_and_leave_out_what_is_empty_or_unknown() -> None:
    values = {
        3: "제목",
        4: None,
        "30:ELDER": True,
        "30:CHILD": True,
        "30:FOREIGN": False,
        999: "neu",
        "998:x": True,
    }
    assert named_values(1, values) == {"title": "제목", "vulnerable_flags": ["CHILD", "ELDER"]}
    assert named_values(999, values) == {}


def test_records_of_one_moment_fall_into_different_buckets() -> None:
    ids = [id_bytes(RecordId(f"0199a3c0-0000-7000-8000-{n:012x}")) for n in range(200)]
    assert len({bucket_of(record) for record in ids}) > 190
