"""A store of any number of cases, filled through the log like any other, so that ``verify`` passes on it."""

from __future__ import annotations

import random
import sys
import time
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fieldlog.domain.clock import KST, SystemClock, iso  # noqa: E402
from fieldlog.domain.editing import Edit  # noqa: E402
from fieldlog.services.opening import Environment, make_store, open_store  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.services.workspace import Workspace

BATCH = 2_000
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


def saves(workspace: Workspace, count: int, seed: int) -> Iterator[list[Edit]]:
    """One save per case; every fourth has a place."""
    draw = random.Random(seed)
    codes, departments = list(workspace.profile.categories), list(workspace.profile.departments)
    for number in range(count):
        case = workspace.mint.record_id()
        edits = [Edit(record=case, kind="case", values=values_of(number, draw, codes, departments))]
        if number % 4 == 0:
            place = {
                "case_id": case,
                "lat": round(36 + draw.random(), 6),
                "lon": round(127 + draw.random(), 6),
                "source": "MANUAL_PIN",
                "road_addr": f"한빛시 {draw.choice(STREETS)} {draw.randrange(1, 300)}",
            }
            edits.append(Edit(record=workspace.mint.record_id(), kind="location", values=place))
        yield edits


def fill(folder: Path, count: int, *, seed: int = 1) -> float:
    """Make a practice store of so many cases; answers the seconds it took."""
    began = time.perf_counter()
    workspace = make_store(folder, environment(), practice=True)
    try:
        rest = saves(workspace, count, seed)
        while batch := list(islice(rest, BATCH)):
            workspace.store.save_many(batch, author=workspace.official.id)
    finally:
        workspace.close()
    return time.perf_counter() - began


def main() -> int:
    """Fill a folder: ``many_cases.py FOLDER COUNT``; with ``verify`` as a third word, prove it too."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    seconds = fill(folder, count)
    sys.stdout.write(f"{count} cases in {seconds:.1f} s, {count / seconds:.0f} a second\n")
    if "verify" in sys.argv[3:]:
        workspace = open_store(folder, environment())
        began = time.perf_counter()
        found = workspace.store.verify()
        sys.stdout.write(f"verified in {time.perf_counter() - began:.1f} s: {found}\n")
        workspace.close()
        return 0 if found.sound else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
