"""The contract of every route, over memory and over a folder."""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from helpers.memory_office import MemoryOffice, MemoryRemote
from helpers.remote_contract import RemoteContract

from fieldlog.domain.clock import KST, FixedClock
from fieldlog.domain.ids import Mint
from fieldlog.sync.folder.office import create_folder_office
from fieldlog.sync.folder.route import FolderRemote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from helpers.remote_contract import Connect

    from fieldlog.sync.remote import Remote


class TestMemory(RemoteContract):
    @pytest.fixture
    def connect(self) -> Connect:
        office = MemoryOffice()

        def connect(device: str) -> Remote:
            return MemoryRemote(office, device)

        return connect


class TestFolder(RemoteContract):
    @pytest.fixture
    def connect(self, tmp_path: Path) -> Iterator[Connect]:
        clock = FixedClock(datetime(2026, 3, 9, 9, 0, tzinfo=KST))
        create_folder_office(tmp_path / "office", name="별빛시 도로과", mint=Mint(clock), clock=clock)
        with ExitStack() as opened:

            def connect(device: str) -> Remote:
                return opened.enter_context(closing(FolderRemote(tmp_path / "office", device=device)))

            yield connect
