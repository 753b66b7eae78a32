"""A store of any number of cases, written straight into the log and its tables, as fast as one machine can.

Nothing is merged, as every case is new; everything else is made by the functions of the program, so that
``verify``, which replays the log the ordinary way, finds the store sound: ``many_cases.py FOLDER COUNT verify``.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fieldlog.domain.clock import KST, SystemClock, iso  # noqa: E402
from fieldlog.domain.editing import Edit, changes_for  # noqa: E402
from fieldlog.domain.hlc import milliseconds, tick  # noqa: E402
from fieldlog.domain.ids import id_bytes  # noqa: E402
from fieldlog.domain.merge import Head  # noqa: E402
from fieldlog.domain.op import Op, OpKind, RecordChange, Version  # noqa: E402
from fieldlog.domain.registry import REGISTRY, SCHEMA  # noqa: E402
from fieldlog.services.opening import Environment, make_store, open_store  # noqa: E402
from fieldlog.storage.op_bytes import chained, op_to_bytes  # noqa: E402
from fieldlog.storage.read_model import INSERT_LISTED, searched_text  # noqa: E402
from fieldlog.storage.record_rows import RecordRow, leaf_digest, pack_heads, pack_values  # noqa: E402
from fieldlog.storage.search import RecordText, index_many, tidy_index  # noqa: E402
from fieldlog.storage.streams import all_streams  # noqa: E402

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace

BATCH = 8_000
YEARS = 8
STAGES = ("RECEIVED", "TRIAGED", "ON_SITE", "ANALYZED", "IN_ACTION", "VERIFIED", "NOTIFIED", "CLOSED")
ENDED = frozenset({"NOTIFIED", "CLOSED"})
STREETS = ("별빛로", "한빛대로", "은하수길", "새벽로", "물레방앗길", "가온로", "솔숲길", "너른들로")
THINGS = (
    "보도블록",
    "가로등",
    "맨홀 뚜껑",
    "난간",
    "빗물받이",
    "표지판",
    "가로수",
    "신호등",
    "울타리",
    "계단",
)
TROUBLES = ("파손", "침하", "누수", "기울어짐", "막힘", "꺼짐", "균열", "훼손", "들뜸", "낙서")
WORDS = ("점검", "요청", "통행", "불편", "야간", "위험", "학교", "앞", "경로당", "버스", "정류장", "어린이")


def environment() -> Environment:
    """What a store is opened with here."""
    return Environment(clock=SystemClock(), resources=ROOT / "resources", use_keyring=False)


def values_of(number: int, draw: random.Random, codes: list[str], departments: list[str]) -> dict[str, Any]:
    """The fields of one case, most of them long answered, as in an office that has kept records for years."""
    received = datetime(2018, 3, 1, 9, tzinfo=KST) + timedelta(minutes=draw.randrange(YEARS * 365 * 24 * 60))
    stage = draw.choice(STAGES[:4] if draw.random() < 0.03 else STAGES[-2:])
    said: dict[str, Any] = {
        "case_no": f"HB-{received.year}-{number % 1_000_000:06d}",
        "title": f"{draw.choice(STREETS)} {draw.randrange(1, 300)} {draw.choice(THINGS)} {draw.choice(TROUBLES)}",
        "description": " ".join(draw.choice(WORDS) for _ in range(8)),
        "category_code": draw.choice(codes),
        "severity": str(draw.randrange(1, 6)),
        "urgency": draw.choice(("URGENT", "NORMAL", "NORMAL", "PLANNED")),
        "lead_dept_id": draw.choice(departments),
        "received_at": iso(received),
        "stage": stage,
    }
    if stage in ENDED:
        said["answered_at"] = iso(received + timedelta(hours=draw.randrange(1, 200)))
    return said


def place_of(case: RecordId, draw: random.Random) -> dict[str, Any]:
    """Where a case is."""
    return {
        "case_id": case,
        "lat": round(36 + draw.random(), 6),
        "lon": round(127 + draw.random(), 6),
        "source": "MANUAL_PIN",
        "road_addr": f"한빛시 {draw.choice(STREETS)} {draw.randrange(1, 300)}",
    }


class Writer:
    """Chains one op per case to the store's own log and lays every row beside it, a batch at a time."""

    def __init__(self, workspace: Workspace, connection: Any) -> None:
        self._store = workspace.store
        self._author = workspace.official.id
        self._connection = connection
        self._stream = all_streams(connection)[0]
        (self._recv_no,) = connection.execute("SELECT max(recv_no) FROM op").fetchone()
        (self._row,) = connection.execute("SELECT max(row) FROM record").fetchone()
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in ("op", "record", "touched")}
        self._texts: list[RecordText] = []

    def save(self, edits: list[Edit]) -> None:
        """One op of new records, the case first."""
        now, stream = self._store.clock.now(), self._stream
        kinds = [REGISTRY.kind(edit.kind) for edit in edits]
        changed = tuple(
            RecordChange(edit.record, kind.id, changes_for(edit, kind, {}, {}))
            for edit, kind in zip(edits, kinds, strict=True)
        )
        hlc = tick(stream.tip_hlc, now)
        op = Op(hlc, milliseconds(now), self._author, OpKind.IMPORT, SCHEMA, changed)
        body = op_to_bytes(op, stream.uuid)
        stream.tip_seq, stream.tip_hash, stream.tip_hlc = (
            stream.tip_seq + 1,
            chained(stream.tip_hash, body),
            hlc,
        )
        self._recv_no += 1
        self._rows["op"].append((self._recv_no, stream.id, stream.tip_seq, hlc, body, stream.tip_hash))
        parent = None
        for change in changed:
            row = self._lay(change, parent, hlc)
            parent = parent or row.row
            self._texts.append(RecordText(row.row, parent, *searched_text(row)))
            if parent == row.row:
                self._connection.executemany(INSERT_LISTED, self._store.read_model.new_line(row, hlc))
            else:
                self._connection.execute(
                    "UPDATE case_list SET place = ?, lat = ?, lon = ? WHERE row = ?",
                    (*(edits[1].values[name] for name in ("road_addr", "lat", "lon")), parent),
                )

    def _lay(self, change: RecordChange, parent: int | None, hlc: int) -> RecordRow:
        self._row += 1
        head = (Head(Version(hlc, self._stream.uuid), self._stream.tip_seq),)
        heads = {each.key: head for each in change.changes}
        values = {each.key: each.value for each in change.changes}
        row = RecordRow(self._row, change.record, change.kind, self._stream.scope, parent, heads, values)
        row.digest = leaf_digest(row)
        self._rows["record"].append(
            (
                *(row.row, id_bytes(row.record), row.kind, row.scope, parent),
                *(pack_heads(heads, lambda _uuid: self._stream.id), pack_values(values), 0, 0, row.digest),
            )
        )
        self._rows["touched"].append((row.row, self._recv_no))
        return row

    def flush(self) -> None:
        """Write the batch."""
        marks = {"op": 6, "record": 10, "touched": 2}
        columns = {
            "op": "recv_no, stream, seq, hlc, body, hash",
            "record": "row, rec, kind, scope, parent, heads, vals, nconf, deleted, digest",
            "touched": "row, recv_no",
        }
        for name, rows in self._rows.items():
            places = ", ".join("?" * marks[name])
            self._connection.executemany(f"INSERT INTO {name}({columns[name]}) VALUES({places})", rows)
        index_many(self._connection, self._texts)
        self._connection.execute(
            "UPDATE stream SET tip_seq = ?, tip_hash = ?, tip_hlc = ? WHERE id = ?",
            (self._stream.tip_seq, self._stream.tip_hash, self._stream.tip_hlc, self._stream.id),
        )


def fill(folder: Path, count: int, *, seed: int = 1) -> float:
    """Make a practice store of so many cases, every fourth with a place; answers the seconds it took."""
    began = time.perf_counter()
    workspace = make_store(folder, environment(), practice=True)
    draw = random.Random(seed)
    codes, departments = list(workspace.profile.categories), list(workspace.profile.departments)
    try:
        for first in range(0, count, BATCH):
            with workspace.store.database.writing() as connection:
                writer = Writer(workspace, connection)
                for number in range(first, min(first + BATCH, count)):
                    case = workspace.mint.record_id()
                    edits = [
                        Edit(record=case, kind="case", values=values_of(number, draw, codes, departments))
                    ]
                    if number % 4 == 0:
                        place = workspace.mint.record_id()
                        edits.append(Edit(record=place, kind="location", values=place_of(case, draw)))
                    writer.save(edits)
                writer.flush()
        with workspace.store.database.writing() as connection:
            tidy_index(connection)
    finally:
        workspace.close()
    return time.perf_counter() - began


def main() -> int:
    """Fill a folder and, with ``verify`` as a third word, prove it."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    seconds = fill(folder, count)
    sys.stdout.write(f"{count} cases in {seconds:.1f} s, {count / seconds:.0f} a second\n")
    if "verify" not in sys.argv[3:]:
        return 0
    workspace = open_store(folder, environment())
    began = time.perf_counter()
    found = workspace.store.verify()
    sys.stdout.write(f"verified in {time.perf_counter() - began:.1f} s: {found}\n")
    workspace.close()
    return 0 if found.sound else 1


if __name__ == "__main__":
    sys.exit(main())
