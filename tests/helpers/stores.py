"""Practice stores to try things on: made in a moment, with a clock that stands still or steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fieldlog.domain.clock import KST
from fieldlog.services.opening import Environment, make_store, open_store
from fieldlog.services.workspace import Official

if TYPE_CHECKING:
    from fieldlog.domain.clock import Clock
    from fieldlog.services.workspace import Workspace

RESOURCES = Path(__file__).parents[2] / "resources"
SHARED = Path(__file__).parents[3] / "shared" / "data"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=KST)
OFFICIAL = Official("0199a3c0-0000-7000-8000-00000000000a", "한가람", "시설주사보", "ROAD")


class SteppingClock:
    """Steps on by a second each time it is asked, and by hand."""

    def __init__(self, moment: datetime = MONDAY, step: timedelta = timedelta(seconds=1)) -> None:
        self.moment = moment
        self.step = step

    def now(self) -> datetime:
        self.moment += self.step
        return self.moment

    def go(self, **how_far: float) -> None:
        """Let time pass, or turn it back."""
        self.moment += timedelta(**how_far)


def environment(clock: Clock | None = None) -> Environment:
    """A rim without keyring: practice stores keep their key beside them."""
    return Environment(clock=clock or SteppingClock(), resources=RESOURCES, use_keyring=False)


def practice_store(folder: Path, clock: Clock | None = None, official: Official = OFFICIAL) -> Workspace:
    """A new, empty practice store."""
    return make_store(folder, environment(clock), practice=True, official=official)


def reopened(workspace: Workspace) -> Workspace:
    """The same store, closed and opened again."""
    folder, clock = workspace.store.folder, workspace.store.clock
    workspace.close()
    return open_store(folder, environment(clock))
