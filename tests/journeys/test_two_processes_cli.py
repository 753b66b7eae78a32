"""Commands as the system starts them: beside one another, piped, cut short, in other encodings."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest
from helpers.pictures import jpeg

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.clerk import Clerk

KILLED = 1 if sys.platform == "win32" else -9
HOLD = """
import sys
from pathlib import Path
from fieldlog.bootstrap import environment
from fieldlog.services.opening import open_store
workspace = open_store(Path(sys.argv[1]), environment({}, "ko"))
print("open", flush=True)
sys.stdin.read()
workspace.close()
"""


def test_a_second_process_is_told_who_writes_and_may_still_read(clerk: Clerk, case: str) -> None:

    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(clerk.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"open"
        refused = clerk.runs("--json", "case", "set", case, "title=다른 제목")
        assert refused.returncode == 1
        error = json.loads(refused.stdout)["error"]
        assert error["kind"] == "StoreBusy"
        assert str(holder.pid) in error["why"]
        read = clerk.runs("--json", "case", "list")
        assert (read.returncode, json.loads(read.stdout)["cases"][0]["case_no"]) == (0, case)
        holder.communicate()
    assert clerk.runs("case", "set", case, "title=다른 제목").returncode == 0


def test_processes_that_add_at_once_lose_nothing_they_acknowledged(clerk: Clerk) -> None:
    adding = [
        clerk.starts("--json", "case", "add", "--title", f"제목 {n}", "--category", "ROAD_POTHOLE")
        for n in range(4)
    ]
    told = [(process.communicate()[0], process.returncode) for process in adding]
    added = {json.loads(out)["case_no"] for out, code in told if code == 0}
    refused = [json.loads(out)["error"]["kind"] for out, code in told if code != 0]
    assert added
    assert set(refused) <= {"StoreBusy"}
    assert {case["case_no"] for case in clerk.asks("case", "list")["cases"]} == added
    assert clerk.asks("verify")["sound"]


@pytest.mark.parametrize("encoding", ["ascii", "cp949", "utf-8", "utf-16"])
def test_the_document_can_be_read_in_every_encoding(clerk: Clerk, case: str, encoding: str) -> None:
    ran = clerk.runs("--json", "case", "show", case, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert ran.returncode == 0
    assert json.loads(ran.stdout.decode(encoding))["title"] == "별빛로 포트홀"
    assert clerk.runs("case", "show", case, PYTHONIOENCODING=encoding, PYTHONUTF8="0").returncode == 0


def test_a_machine_that_speaks_english_is_answered_in_english(clerk: Clerk) -> None:
    ran = clerk.runs("case", "show", "x", LANG="en_US.UTF-8")
    assert ran.returncode == 1
    assert ran.stderr.startswith(b"What: ")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_pipe_that_closes_early_is_quiet(clerk: Clerk, case: str) -> None:
    process = clerk.starts("case", "show", case)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process:
        assert process.stderr.read() == b""
    assert process.returncode == 0


def photographs_of_the_only_case(clerk: Clerk) -> int:
    """How many photographs the store's one case has by now; 0 while there is none."""
    return sum(case["photo_count"] for case in clerk.asks("case", "list")["cases"])


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent otherwise there")
def test_an_interrupted_command_ends_with_a_sentence(clerk: Clerk, tmp_path: Path) -> None:
    photographs = tmp_path / "photos"
    photographs.mkdir()
    for n in range(150):
        (photographs / f"{n:03}.jpg").write_bytes(jpeg(1600, 1200) + bytes(n))
    words = ("case", "add", "--title", "많은 사진", "--category", "ROAD_POTHOLE", "--photo", photographs)
    with clerk.starts("--json", *words) as process:
        try:
            while not photographs_of_the_only_case(clerk):
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            out, err = process.communicate()
        finally:
            process.kill()
    assert (process.returncode, json.loads(out)["error"]["kind"]) == (1, "Cancelled")
    assert b"Traceback" not in err
    assert clerk.asks("verify")["sound"]


def kill_and_look(clerk: Clerk, tmp_path: Path, rounds: int, seed: int) -> None:
    """Start adding a case with two photographs, kill at a random moment, and look at what was acknowledged."""
    chance = Random(seed)
    acknowledged: dict[str, list[str]] = {}
    longest = 1.0
    for number in range(rounds):
        photographs = [tmp_path / f"{number}-{n}.jpg" for n in range(2)]
        for n, path in enumerate(photographs):
            path.write_bytes(jpeg(1600, 1200) + f"{number} {n}".encode())
        words = [word for path in photographs for word in ("--photo", path)]
        process = clerk.starts(
            "--json", "case", "add", "--title", f"제목 {number}", "--category", "ROAD_POTHOLE", *words
        )
        try:
            out, _ = process.communicate(timeout=chance.uniform(0.2, longest))
        except subprocess.TimeoutExpired:
            process.kill()
            out, _ = process.communicate()
            longest = min(longest * 1.3, 6.0)
        assert process.returncode in {0, KILLED}, out
        if process.returncode == 0:
            answer = json.loads(out)
            acknowledged[answer["id"]] = [photo["sha256"] for photo in answer["photos"]]
    found = clerk.asks("verify")
    assert found["sound"], found
    for case, hashes in acknowledged.items():
        assert [photo["sha256"] for photo in clerk.asks("case", "show", case)["photos"]] == hashes
    listed = clerk.asks("case", "list", "--limit", 10_000)["cases"]
    assert len({case["case_no"] for case in listed}) == len(listed)
    assert acknowledged or rounds < 10


def test_a_killed_command_loses_nothing_that_it_answered(clerk: Clerk, tmp_path: Path) -> None:
    kill_and_look(clerk, tmp_path, rounds=10, seed=20261123)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_two_hundred_killed_commands_lose_nothing_that_they_answered(clerk: Clerk, tmp_path: Path) -> None:
    kill_and_look(clerk, tmp_path, rounds=200, seed=1)
