"""Two devices write into one folder, are killed at random, and begin again: what was acknowledged is there."""

from __future__ import annotations

import os
import random
import signal
from functools import partial
from time import sleep
from typing import TYPE_CHECKING

import pytest
from helpers.chains import Chain
from helpers.folders import begin_child, connect, make_office
from helpers.remote_contract import joined

from fieldlog.domain.clock import monotonic

if TYPE_CHECKING:
    from pathlib import Path

OPS = 60_000
SECONDS = 40


def write(office: Path, chain: Chain, seed: int, acknowledged: Path) -> None:
    chance = random.Random(seed)
    remote = connect(office, chain.name.device, own=(chain.stream,))
    have = next((tip.seq for tip in remote.hello([]).tips if tip.log == chain.name), 0)
    notes = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    while have < OPS:
        have = remote.push(chain.stretch(have + 1, min(OPS, have + chance.randint(1, 9)))).seq
        os.write(notes, f"{have}\n".encode())
        remote.tidy()


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_while_two_writers_are_killed_at_random(tmp_path: Path) -> None:
    office, chance = tmp_path / "office", random.Random(11)
    make_office(office)
    chains = [Chain(number, OPS) for number in (1, 2)]
    notes = [tmp_path / "one", tmp_path / "two"]
    children: dict[int, int] = {}
    until, kills = monotonic() + SECONDS, 0
    try:
        while monotonic() < until:
            for writer in (0, 1):
                if writer not in children:
                    work = partial(write, office, chains[writer], kills, notes[writer])
                    children[writer] = begin_child(work)
            sleep(chance.uniform(0.05, 0.4))
            child = children.pop(chance.choice((0, 1)))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            kills += 1
    finally:
        for child in children.values():
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    reader = connect(office, "R")
    tips = {tip.log: tip for tip in reader.examine().tips}
    assert reader.strange == ()
    for chain, noted in zip(chains, notes, strict=True):
        reach = tips[chain.name].seq
        assert reach >= max(int(line) for line in noted.read_text().split())
        assert joined(reader.pull(chain.stream, 0)) == chain.bodies[:reach]
    assert kills > SECONDS
