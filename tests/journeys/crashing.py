"""Records without end and says what is safe, until somebody kills it: ``crashing.py FOLDER SEED``."""

from __future__ import annotations

import random
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from helpers.makers import picture
from helpers.stores import environment

from fieldlog.domain.clock import SystemClock
from fieldlog.services import drafting, recording
from fieldlog.services.opening import open_store
from fieldlog.services.photographs import add_photos


def work(folder: Path, seed: int) -> None:
    """Record, revise, type, add photographs; each line printed tells of something that must never be lost."""
    chance = random.Random(seed)
    workspace = open_store(folder, environment(SystemClock()))
    turn = 0
    while True:
        turn += 1
        draft = recording.CaseDraft(
            title=f"사안 {seed} {turn}",
            category="ROAD_POTHOLE",
            place={"lat": 36.0, "lon": 127.0, "source": "MANUAL_PIN"},
            received_at=workspace.now(),
            description="가나다라마바사 " * chance.randrange(200),
        )
        case = recording.record_case(workspace, draft).record
        say("case", case.id, case.text("case_no"))
        recording.revise(workspace, case.id, {"title": f"고친 사안 {seed} {turn}"})
        say("title", case.id, f"고친 사안 {seed} {turn}")
        drafting.keep_draft(workspace, "case", {"title": f"쓰다 만 {seed} {turn}"})
        say("draft", "case", f"쓰다 만 {seed} {turn}")
        pictures = [picture(chance.randrange(1 << 30), size=(200, 150)) for _ in range(3)]
        for answer in add_photos(workspace, case.id, pictures):
            say("photo", str(answer.record), str(answer.sha256))


def say(*words: str) -> None:
    """One line, out before anything else happens."""
    print("\t".join(words), flush=True)  # noqa: T201


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
