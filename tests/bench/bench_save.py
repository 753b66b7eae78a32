"""A durable save of ten fields, against a bare UPDATE of ten columns on the same engine, key and settings.

    bench_save.py [ROUNDS]

Both take turns in one run and on one connection, as a store has only one that writes: whatever else the machine does
weighs on both, and neither throws away what the other has in memory. Ours is the whole verb:
checking what was typed, the op with its hash, heads, list, search index, digest; it returns when it is on disk.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))
import many_cases

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 600
WARM_UP = 60
CASES = 20_000
P50_REACH = 0.8
CHANNELS, URGENCIES = ("SELF_PATROL", "PHONE"), ("URGENT", "NORMAL")
SHOWN, KEPT = ("PARTIAL", "PUBLIC"), ("Y5", "Y10")


def form(number: int) -> dict[str, Any]:
    """Ten fields of the form beside the texts."""
    turn = number % 2
    return {
        "channel": CHANNELS[turn],
        "urgency": URGENCIES[turn],
        "severity": str(1 + number % 5),
        "affected_people": number,
        "brm_task_id": f"업무 {number}",
        "disclosure": SHOWN[turn],
        "retention": KEPT[turn],
        "location_waiver": f"사유 {number}",
        "capture_seconds": float(number % 1000),
        "lead_dept_id": f"D{number}",
    }


def texts(number: int) -> dict[str, Any]:
    """Ten fields, eight of which are searched: their words go into the index."""
    return {
        "title": f"별빛로 {number} 보도블록",
        "description": f"바퀴가 빠질 만큼 패였습니다. {number}",
        "severity": str(1 + number % 5),
        "affected_people": number,
        "affected_basis": f"현장에서 센 수 {number}",
        "external_no": f"1AA-{number}",
        "manager_org": f"관리소 {number}",
        "problem_statement": f"배수가 막혀 물이 고입니다. {number}",
        "lead_agency": f"기관 {number}",
        "owner_user_id": f"담당 {number}",
    }


def bare_table(connection: Any) -> Callable[[int], None]:
    """Ten columns of a row among as many rows as there are cases."""
    columns = [f"f{at}" for at in range(10)]
    connection.execute(f"CREATE TABLE bare(id INTEGER PRIMARY KEY, {', '.join(columns)})")
    rows = ((at, *form(at).values()) for at in range(CASES))
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO bare VALUES({', '.join('?' * 11)})", rows)
    connection.execute("COMMIT")
    update = f"UPDATE bare SET {', '.join(f'{name} = ?' for name in columns)} WHERE id = ?"

    def save(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(update, (*form(number).values(), number * 37 % CASES))
        connection.execute("COMMIT")

    return save


def timed(work: Callable[[int], object], number: int) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work(number)
    return (time.perf_counter() - began) * 1e3


def say(name: str, ours: list[float], bare: list[float]) -> None:
    """The medians and their ratio."""
    mine, theirs = sorted(ours), sorted(bare)
    middle = len(mine) // 2
    told = {
        "name": name,
        "ours": round(mine[middle], 3),
        "anchor": round(theirs[middle], 3),
        "ratio": round(mine[middle] / theirs[middle], 2),
        "unit": "ms",
        "p99": round(mine[int(len(mine) * 0.99)], 3),
        "reach": 3,
        "p50_reach": P50_REACH,
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def main() -> None:
    """Save, in turns."""
    from fieldlog.services import recording
    from fieldlog.services.opening import open_store

    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "store"
        many_cases.fill(folder, CASES)
        workspace = open_store(folder, many_cases.environment())
        beside = workspace.store.database._writer
        try:
            draft = recording.CaseDraft(title="별빛로 보도블록", category="ROAD_POTHOLE")
            case = recording.record_case(workspace, draft).record.id
            bare = bare_table(beside)
            works = (
                bare,
                lambda number: recording.revise(workspace, case, form(number)),
                lambda number: recording.revise(workspace, case, texts(number)),
            )
            times: tuple[list[float], ...] = ([], [], [])
            for number in range(rounds + WARM_UP):
                for work, spent in zip(works, times, strict=True):
                    spent.append(timed(work, number))
            kept = [spent[WARM_UP:] for spent in times]
            say("save of ten fields", kept[1], kept[0])
            say("save of ten fields, eight of them searched", kept[2], kept[0])
            beside.execute("DROP TABLE bare")
        finally:
            workspace.close()


if __name__ == "__main__":
    main()
