"""Killed at any moment, a store holds everything that was called saved, and nothing half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.stores import environment, practice_store

from fieldlog.domain.clock import SystemClock
from fieldlog.domain.ids import RecordId
from fieldlog.services import drafting, verifying
from fieldlog.services.opening import open_store

if TYPE_CHECKING:
    from fieldlog.services.workspace import Workspace

CRASHING = Path(__file__).with_name("crashing.py")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")


def said_until_killed(folder: Path, seed: int, seconds: float) -> list[list[str]]:
    """What the process said before it was killed so many seconds after its first word."""
    worker = subprocess.Popen(
        [sys.executable, str(CRASHING), str(folder), str(seed)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    first = worker.stdout.readline()
    timer = threading.Timer(seconds, worker.send_signal, (signal.SIGKILL,))
    timer.start()
    rest = worker.stdout.read()
    timer.join()
    worker.stdout.close()
    assert worker.wait(30) == -signal.SIGKILL
    lines = (first + rest).decode().split("\n")[:-1]
    return [line.split("\t") for line in lines]


def check(workspace: Workspace, said: list[list[str]]) -> None:
    store = workspace.store
    titles: dict[str, str] = {}
    draft = ""
    for what, name, value in said:
        if what == "case":
            assert store.find(RecordId(name)).text("case_no") == value
        elif what == "title":
            titles[name] = value
        elif what == "draft":
            draft = value
        else:
            assert store.find(RecordId(name)).text("sha256") == value
            store.vault.check(value)
    for name, title in titles.items():
        assert store.find(RecordId(name)).text("title") == title
    if draft:
        kept = drafting.draft_of(workspace, "case").values["title"]
        assert int(str(kept).split()[-1]) in {int(draft.split()[-1]), int(draft.split()[-1]) + 1}


def rounds(folder: Path, count: int, longest: float) -> None:
    chance = random.Random()
    practice_store(folder, SystemClock()).close()
    said: list[list[str]] = []
    for seed in range(count):
        said += [
            line for line in said_until_killed(folder, seed, chance.uniform(0, longest)) if len(line) == 3
        ]
        with open_store(folder, environment(SystemClock())).store as store:
            assert store.database.rows("PRAGMA integrity_check") == [("ok",)]
        workspace = open_store(folder, environment(SystemClock()))
        try:
            drafted = [line for line in said if line[0] != "draft"] + [
                line for line in said if line[0] == "draft"
            ][-1:]
            check(workspace, drafted)
            found = verifying.verify(workspace)
            assert found.sound
            numbers = [line[2] for line in said if line[0] == "case"]
            assert len(set(numbers)) == len(numbers)
            assert not list((folder / "vault" / "writing").iterdir())
        finally:
            workspace.close()
    assert len(said) > count


def test_kill_at_random_moments_loses_nothing_that_was_called_saved(tmp_path) -> None:
    rounds(tmp_path / "store", 8, 1.0)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_kill_at_very_many_random_moments_loses_nothing(tmp_path) -> None:
    rounds(tmp_path / "store", 120, 2.5)
