from __future__ import annotations

import pytest

from fieldlog.domain.errors import StoreDamaged
from fieldlog.domain.ids import StreamId
from fieldlog.storage.op_bytes import GENESIS, chained
from fieldlog.storage.streams import all_streams, append, begin_stream, body_at, find_stream, verified_entries

LOG = StreamId(b"another device 1")


@pytest.fixture
def log(workspace) -> StreamId:
    with workspace.store.database.writing() as connection:
        stream = begin_stream(connection, LOG, scope="ROAD", device="A1B2", owner="한가람")
        for n in range(1, 6):
            append(connection, stream, b"op %d" % n, n)
    return LOG


def entries(workspace) -> list[bytes]:
    reader = workspace.store.reader()
    return [entry.body for entry in verified_entries(reader, find_stream(reader, LOG))]


def test_ops_stand_in_their_log_in_order_each_chained_to_the_one_before(workspace, log) -> None:
    assert entries(workspace) == [b"op %d" % n for n in range(1, 6)]
    stream = find_stream(workspace.store.reader(), log)
    tip = GENESIS
    for n in range(1, 6):
        tip = chained(tip, b"op %d" % n)
    assert (stream.tip_seq, stream.tip_hash, stream.tip_hlc) == (5, tip, 5)
    assert body_at(workspace.store.reader(), stream, 3) == b"op 3"
    assert len(all_streams(workspace.store.reader())) == 2


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE op SET body = x'00' WHERE seq = 3 AND stream = 2",
        "UPDATE op SET hash = zeroblob(32) WHERE seq = 5 AND stream = 2",
        "DELETE FROM op WHERE seq = 1 AND stream = 2",
        "DELETE FROM op WHERE seq = 3 AND stream = 2",
        "DELETE FROM op WHERE seq = 5 AND stream = 2",
        "UPDATE stream SET tip_seq = 4 WHERE id = 2",
        "UPDATE stream SET tip_hash = zeroblob(32) WHERE id = 2",
    ],
)
def test_whatever_is_changed_or_missing_in_a_log_is_noticed(workspace, log, harm) -> None:
    with workspace.store.database.writing() as connection:
        connection.execute(harm)
    with pytest.raises(StoreDamaged) as caught:
        entries(workspace)
    assert "A1B2" in caught.value.why.ko


def test_what_is_not_there_is_none_or_damage(workspace, log) -> None:
    reader = workspace.store.reader()
    assert find_stream(reader, StreamId(b"nobody's device!")) is None
    with pytest.raises(StoreDamaged):
        body_at(reader, find_stream(reader, log), 6)
