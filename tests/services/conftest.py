"""A practice store for every test that asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.stores import SteppingClock, practice_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.services.workspace import Workspace


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def workspace(tmp_path: Path, clock: SteppingClock) -> Iterator[Workspace]:
    made = practice_store(tmp_path / "store", clock)
    yield made
    made.close()
